"""COMET's reference-free models as estimators: ``load("comet:FOLDER")``, or just the folder.

Read without unbabel-comet, whose pinned dependencies do not fit beside ours. Of xCOMET and of unified
models with a word level, the error spans become flags and the label probabilities word suspicion.

``quality`` is COMET's own score brought to 0–100 by a fixed scale: 0 to 1 for CometKiwi and xCOMET, -1 to
1 for the older referenceless regression, which was trained on z-scores; ``relecture_scale: [worst, best]``
in ``hparams.yaml`` says otherwise. It is no percentile and has no interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa import lang
from qa.errors import ModelError
from qa.estimate.batching import SpecialTokens, clean, estimate_in_blocks
from qa.estimate.comet_checkpoint import Checkpoint, read_checkpoint
from qa.estimate.memory import Memory, Pair
from qa.estimate.scale import Scale
from qa.estimate.words import split_words
from qa.model import Estimate, Flag, Score, Severity, WordScore

if TYPE_CHECKING:
    from torch import Tensor

    from qa.encoder import Encoder, Progress

__all__ = ["CometEstimator", "Outcome", "load_comet"]

BATCH = 8
FOUND_BY = "model"
_XCOMET_WEIGHTS = (0.78, 0.22)
"""Of the regression and of the MQM score of the spans, where there is no reference."""
_XCOMET_PENALTIES = {"minor": 1, "major": 5, "critical": 10}
_XCOMET_WORST = 25


def load_comet(argument: str, encoder: Encoder | None = None) -> CometEstimator:
    """The checkpoint in the folder ``argument``; ``encoder`` is not needed.

    Raises ModelError when it cannot be read or needs a reference.
    """
    from qa.encoder.cache import open_cache

    if not argument:
        raise ModelError("name the folder of the COMET model: comet:FOLDER")
    return CometEstimator(read_checkpoint(Path(argument)), Memory(open_cache()))


@dataclass(frozen=True, slots=True)
class _Mark:
    """An error span as COMET decodes it: code points of the target, the mean probability of its label."""

    start: int
    end: int
    severity: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What COMET says of one pair: ``score`` on its own scale, higher is better, and per piece of the
    target its code points and the probability that it is no error."""

    score: float
    marks: tuple[_Mark, ...] = ()
    pieces: tuple[tuple[int, int, float], ...] = ()


class CometEstimator:
    """See ``qa.estimate.Estimator``."""

    def __init__(self, checkpoint: Checkpoint, memory: Memory | None = None) -> None:
        from qa.estimate.comet_network import FeedForward, LayerMix

        self._checkpoint, self._memory = checkpoint, memory or Memory(None)
        hparams, state = checkpoint.hparams, checkpoint.state
        config = checkpoint.encoder.config
        self._unified = checkpoint.kind != "referenceless_regression_metric"
        self._layers = config.num_hidden_layers + 1
        self._window = config.max_position_embeddings - 2
        self._special = SpecialTokens(checkpoint.tokenizer.all_special_tokens)
        self._scale = Scale.read(
            hparams.get("relecture_scale"), (0.0, 1.0) if self._unified else (-1.0, 1.0), checkpoint.name
        )
        self.signature = f"comet|kind:{checkpoint.kind}|model:{checkpoint.name}|{self._scale}"
        layer = hparams.get("sent_layer" if self._unified else "layer", hparams.get("layer", "mix"))
        self._labels = self._label_names()
        try:
            self._mix = (
                LayerMix.of(
                    state,
                    self._layers,
                    str(hparams.get("layer_transformation")),
                    bool(hparams.get("layer_norm")),
                )
                if layer == "mix"
                else None
            )
            self._layer = 0 if layer == "mix" else self._number(layer, "layer")
            self._head = FeedForward(
                state,
                len(hparams["hidden_sizes"]),
                str(hparams.get("activations", "Tanh")),
                hparams.get("final_activation"),
            )
            if self._labels:
                self._word_layer = self._number(hparams.get("word_layer"), "word_layer")
                self._tagger = state["hidden2tag.weight"].float(), state["hidden2tag.bias"].float()
                if len(self._tagger[1]) != len(self._labels):
                    raise ValueError(f"{len(self._tagger[1])} outputs for {len(self._labels)} labels")
        except (KeyError, ValueError, TypeError) as error:
            raise ModelError(f"{checkpoint.name}: the COMET model cannot be put together: {error}") from None
        self._pool = str(hparams.get("pool", "avg"))
        if not self._unified and self._pool not in ("avg", "max", "cls"):
            raise ModelError(f"{checkpoint.name}: pooling {self._pool!r} is none of avg, cls, max")

    def _label_names(self) -> tuple[str, ...]:
        """No error first, then the severities; none where the model has no word level."""
        kind, hparams = self._checkpoint.kind, self._checkpoint.hparams
        if kind == "xcomet_metric":
            return ("", *_XCOMET_PENALTIES)
        if kind == "unified_metric" and hparams.get("word_level_training"):
            return ("", *(str(label) for label in hparams.get("error_labels", ("minor", "major"))))
        return ()

    def _number(self, layer: Any, name: str) -> int:
        if type(layer) is not int or not 0 <= layer < self._layers:
            raise ValueError(f"{name} {layer!r} is no layer of an encoder with {self._layers}")
        return layer

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
            lambda block: [self._told(o, t) for o, (_, t) in zip(self.outcomes(block), block, strict=True)],
            pairs,
            signature=self.signature,
            languages=(lang.normalise(source_lang), lang.normalise(target_lang)),
            size=BATCH,
            memory=self._memory,
            progress=progress,
        )

    def _told(self, outcome: Outcome, target: str) -> Estimate:
        words = []
        for start, end in split_words(target) if outcome.pieces else ():
            good = [ok for a, b, ok in outcome.pieces if a < end and b > start]
            if good:  # what lies behind the model's window has no piece
                words.append(WordScore(start, end, round(1 - min(good), 3)))
        flags = []
        for mark in outcome.marks:
            # Pieces carry the space before them; a person looks at the words.
            text = target[mark.start : mark.end]
            start = mark.start + len(text) - len(text.lstrip())
            if text.strip() and mark.severity in set(Severity):
                flags.append(
                    Flag(
                        check="comet",
                        category="other",
                        severity=Severity(mark.severity),
                        side="target",
                        start=start,
                        end=start + len(text.strip()),
                        text=text.strip(),
                        message=f"{self._checkpoint.name} marks this as a {mark.severity} error",
                        confidence=round(mark.confidence, 3),
                        found_by=FOUND_BY,
                    )
                )
        quality = Score(self._scale.quality(outcome.score), self.signature)
        return Estimate(quality, tuple(words), flags=tuple(flags))

    # -- the model ---------------------------------------------------------------------------------

    def outcomes(self, pairs: Sequence[Pair]) -> list[Outcome]:
        """COMET's own scores and spans of ``(source, target)``, in input order, in one batch."""
        import torch

        if not pairs:
            return []
        texts = [tuple(self._special.defuse(side) for side in clean(pair)) for pair in pairs]
        with torch.inference_mode():
            sources, targets = (self._pieces([text[side] for text in texts]) for side in (0, 1))
            if self._unified:
                return self._joint(sources, targets)
            one, other = (self._embedded(side["input_ids"]) for side in (targets, sources))
            values = self._head(torch.cat((one, other, one * other, (one - other).abs()), dim=1))
        return [Outcome(value) for value in values.tolist()]

    def _pieces(self, texts: list[str]) -> Any:
        return self._checkpoint.tokenizer(
            texts, truncation=True, max_length=self._window - 2, return_offsets_mapping=True
        )

    def _embedded(self, rows: Sequence[Sequence[int]]) -> Tensor:
        """(batch, units): texts on their own, as referenceless regression sees them."""
        from qa.estimate.comet_network import encode, pad

        ids, mask = pad(rows, self._checkpoint.tokenizer.pad_token_id)
        tokens = self._sentence(encode(self._checkpoint.encoder, ids, mask), mask)
        if self._pool == "cls":
            return tokens[:, 0]
        unseen = ~mask.unsqueeze(-1)
        if self._pool == "max":
            return tokens.masked_fill(unseen, float("-inf")).amax(1)
        return tokens.masked_fill(unseen, 0.0).sum(1) / mask.sum(1, keepdim=True)

    def _sentence(self, layers: Sequence[Tensor], mask: Tensor) -> Tensor:
        return layers[self._layer] if self._mix is None else self._mix(layers, mask)

    def _joint(self, sources: Any, targets: Any) -> list[Outcome]:
        """Target and source in one input; the target's pieces are its first ones."""
        import torch

        from qa.estimate.comet_network import encode, join, pad

        checkpoint = self._checkpoint
        rows = [
            join(target, source, checkpoint.separators, self._window)
            for target, source in zip(targets["input_ids"], sources["input_ids"], strict=True)
        ]
        ids, mask = pad(rows, checkpoint.tokenizer.pad_token_id)
        segments = None
        if checkpoint.hparams["encoder_model"] == "BERT":  # the only one of COMET's that is told them
            lengths = torch.tensor([len(target) for target in targets["input_ids"]])
            segments = (torch.arange(ids.shape[1])[None, :] >= lengths[:, None]).long()
        layers = encode(checkpoint.encoder, ids, mask, segments)
        values = self._head(self._sentence(layers, mask)[:, 0]).tolist()
        if not self._labels:
            return [Outcome(value) for value in values]
        weight, bias = self._tagger
        chances = torch.nn.functional.linear(layers[self._word_layer], weight, bias).softmax(2)
        return [
            self._tagged(value, row[: len(offsets)].tolist(), offsets)
            for value, row, offsets in zip(values, chances, targets["offset_mapping"], strict=True)
        ]

    def _tagged(self, value: float, chances: list[list[float]], offsets: list[tuple[int, int]]) -> Outcome:
        marks = _decode(chances, offsets, self._labels)
        if self._checkpoint.kind == "xcomet_metric":
            penalty = min(_XCOMET_WORST, sum(_XCOMET_PENALTIES[mark.severity] for mark in marks))
            regression, spans = _XCOMET_WEIGHTS
            value = regression * min(value, 1.0) + spans * (1 - penalty / _XCOMET_WORST)
        pieces = [(a, b, row[0]) for row, (a, b) in zip(chances, offsets, strict=True) if a < b]
        return Outcome(value, tuple(marks), tuple(pieces))


def _decode(
    chances: Sequence[Sequence[float]], offsets: Sequence[tuple[int, int]], labels: Sequence[str]
) -> list[_Mark]:
    """Runs of pieces whose likeliest label is an error, as COMET reads them.

    A run has the severity of its first piece; one that reaches to the closing ``</s>`` is dropped, as
    COMET drops it: its score depends on it.
    """
    marks: list[_Mark] = []
    run: list[tuple[int, int]] = []
    severity, sure = "", 0.0
    for row, offset in zip(chances, offsets, strict=True):
        best = max(range(len(labels)), key=lambda k: row[k])
        if best:
            severity = severity if run else labels[best]
            sure += row[best]
            run.append(offset)
        elif run:
            marks.append(_Mark(run[0][0], run[-1][1], severity, sure / len(run)))
            run, sure = [], 0.0
    return marks
