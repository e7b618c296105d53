"""Any transformers sequence-regression model as an estimator: ``load("folder")`` or ``load("owner/model")``.

The model must have one output (``num_labels`` 1) and read source and translation as a pair of texts.
Its output is taken as 0 (worst) to 1 (best) unless ``relecture_scale: [worst, best]`` in its
``config.json`` says otherwise; code that comes with a model is never run.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa import lang
from qa.errors import ModelError
from qa.model import Estimate, Score

if TYPE_CHECKING:
    from qa.encoder import Encoder, Progress

__all__ = ["RegressionEstimator", "load_regression"]

BATCH = 16
MAX_CHARACTERS = 20_000
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")


def _fingerprint(folder: Path) -> str:
    """First 8 hex digits over the configuration and the weights of a local model."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("config.json"), *folder.glob("*.safetensors"), *folder.glob("*.bin")]):
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:8]


def load_regression(argument: str, encoder: Encoder | None = None) -> RegressionEstimator:
    """The model in the folder ``argument`` or of that name on the hub; ``encoder`` is not needed.

    Raises ModelError when there is no such model or it is of another kind.
    """
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    if not argument:
        raise ModelError("name the model: transformers:FOLDER or transformers:OWNER/MODEL")
    try:
        tokenizer = AutoTokenizer.from_pretrained(argument)
        model = AutoModelForSequenceClassification.from_pretrained(argument)
    except (OSError, ValueError, KeyError, ImportError) as error:
        reason = str(error).strip().split("\n", 1)[0]
        raise ModelError(f"cannot load {argument} as a sequence-regression model: {reason}") from None
    if model.config.num_labels != 1:
        raise ModelError(
            f"{argument} has {model.config.num_labels} outputs; a regression model has one: choose another"
        )
    folder = Path(argument)
    revision = _fingerprint(folder) if folder.is_dir() else str(model.config._commit_hash or "unknown")[:8]
    return RegressionEstimator(tokenizer, model, f"{folder.name if folder.is_dir() else argument}@{revision}")


class RegressionEstimator:
    """See ``qa.estimate.Estimator``. Sentence scores alone: no interval, no words, no predicted HTER."""

    def __init__(self, tokenizer: Any, model: Any, name: str) -> None:
        self._tokenizer, self._model = tokenizer, model.eval()
        worst, best = getattr(model.config, "relecture_scale", None) or (0.0, 1.0)
        if worst == best:
            raise ModelError(f"{name}: relecture_scale must name two different numbers")
        self._worst, self._best = float(worst), float(best)
        self.signature = f"transformers|model:{name}|scale:{worst:g}..{best:g}"

    def estimate(
        self,
        pairs: Sequence[tuple[str, str]],
        source_lang: str,
        target_lang: str,
        *,
        progress: Progress | None = None,
    ) -> list[Estimate]:
        """See ``qa.estimate.Estimator.estimate``. Raises ModelError where the model gives no number."""
        import torch

        lang.normalise(source_lang)
        lang.normalise(target_lang)
        clean = [tuple(_UNREADABLE.sub(" ", text[:MAX_CHARACTERS]) for text in pair) for pair in pairs]
        out = [Estimate(Score(0.0, self.signature))] * len(pairs)
        order = sorted(
            (i for i, (source, target) in enumerate(clean) if source.strip() and target.strip()),
            key=lambda i: sum(map(len, clean[i])),
        )
        for at in range(0, len(order), BATCH):
            block = order[at : at + BATCH]
            batch = self._tokenizer(
                [clean[i][0] for i in block],
                [clean[i][1] for i in block],
                truncation=True,
                max_length=self._window(),
                padding=True,
                return_tensors="pt",
            )
            with torch.inference_mode():
                values = self._model(**batch).logits.reshape(-1).float()
            if not bool(torch.isfinite(values).all()):
                raise ModelError(f"{self.signature} returned something that is no number")
            for i, value in zip(block, values.tolist(), strict=True):
                share = (value - self._worst) / (self._best - self._worst)
                out[i] = Estimate(Score(round(100 * min(1.0, max(0.0, share)), 1), self.signature))
            if progress is not None:
                progress(at + len(block), len(order))
        return out

    def _window(self) -> int:
        """Pieces the model can read: tokenizers without a limit of their own report an absurd one."""
        positions = getattr(self._model.config, "max_position_embeddings", 512)
        return int(min(self._tokenizer.model_max_length, positions - 2))
