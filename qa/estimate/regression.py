"""Any transformers sequence-regression model as an estimator: ``load("folder")`` or ``load("owner/model")``.

The model must have one output (``num_labels`` 1) and read source and translation as a pair of texts.
Its output is taken as 0 (worst) to 1 (best) unless ``relecture_scale: [worst, best]`` in its
``config.json`` says otherwise; code that comes with a model is never run.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa import lang
from qa.errors import ModelError
from qa.estimate.artefact import fingerprint
from qa.estimate.batching import SpecialTokens, estimate_in_blocks
from qa.estimate.memory import Memory, Pair
from qa.estimate.scale import Scale
from qa.model import Estimate, Score

if TYPE_CHECKING:
    from qa.encoder import Encoder, Progress

__all__ = ["RegressionEstimator", "load_regression"]

BATCH = 16


def load_regression(argument: str, encoder: Encoder | None = None) -> RegressionEstimator:
    """The model in the folder ``argument`` or of that name on the hub; ``encoder`` is not needed.

    Estimates are remembered in the user's cache under the fingerprint of the weights.

    Raises ModelError when there is no such model or it is of another kind.
    """
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    from qa.encoder.cache import open_cache

    if not argument:
        raise ModelError("name the model: transformers:FOLDER or transformers:OWNER/MODEL")
    try:
        tokenizer = AutoTokenizer.from_pretrained(argument, trust_remote_code=False)
        model = AutoModelForSequenceClassification.from_pretrained(argument, trust_remote_code=False)
    except Exception as error:  # of damaged files, tokenizers and safetensors raise what has no class
        reason = str(error).strip().split("\n", 1)[0]
        raise ModelError(f"cannot load {argument} as a sequence-regression model: {reason}") from None
    if model.config.num_labels != 1:
        raise ModelError(
            f"{argument} has {model.config.num_labels} outputs; a regression model has one: choose another"
        )
    folder = Path(argument)
    if folder.is_dir():
        parts = (path for kind in ("config.json", "*.safetensors", "*.bin") for path in folder.glob(kind))
        name, revision = folder.name, fingerprint(parts)
    else:
        name, revision = argument, str(model.config._commit_hash or "unknown")[:8]
    return RegressionEstimator(tokenizer, model, f"{name}@{revision}", Memory(open_cache()))


class RegressionEstimator:
    """See ``qa.estimate.Estimator``. Sentence scores alone: no interval, no words, no predicted HTER."""

    def __init__(self, tokenizer: Any, model: Any, name: str, memory: Memory | None = None) -> None:
        self._tokenizer, self._model, self._memory = tokenizer, model.eval(), memory or Memory(None)
        self._special = SpecialTokens(tokenizer.all_special_tokens)
        self._scale = Scale.read(getattr(model.config, "relecture_scale", None), (0.0, 1.0), name)
        self.signature = f"transformers|model:{name}|{self._scale}"

    def estimate(
        self,
        pairs: Sequence[Pair],
        source_lang: str,
        target_lang: str,
        *,
        progress: Progress | None = None,
    ) -> list[Estimate]:
        """See ``qa.estimate.Estimator.estimate``. Raises ModelError where the model gives no number."""
        return estimate_in_blocks(
            self._block,
            pairs,
            signature=self.signature,
            languages=(lang.normalise(source_lang), lang.normalise(target_lang)),
            size=BATCH,
            memory=self._memory,
            progress=progress,
        )

    def _block(self, pairs: Sequence[Pair]) -> list[Estimate]:
        import torch

        batch = self._tokenizer(
            [self._special.defuse(source) for source, _ in pairs],
            [self._special.defuse(target) for _, target in pairs],
            truncation=True,
            max_length=self._window(),
            padding=True,
            return_tensors="pt",
        )
        with torch.inference_mode():
            values = self._model(**batch).logits.reshape(-1).float().tolist()
        return [Estimate(Score(self._scale.quality(value), self.signature)) for value in values]

    def _window(self) -> int:
        """Pieces the model can read: tokenizers without a limit of their own report an absurd one."""
        positions = getattr(self._model.config, "max_position_embeddings", 512)
        return int(min(self._tokenizer.model_max_length, positions - 2))
