"""What a reference-based metric is, and how one compares a whole file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

__all__ = ["Metric", "MetricScore", "Report"]


@dataclass(frozen=True, slots=True)
class MetricScore:
    """A corpus score of one metric.

    ``value`` is on sacrebleu's scale (0 to 100; TER may exceed it). ``low`` and ``high`` bound the 95%
    bootstrap interval. With a baseline, ``baseline`` is its score and ``p_value`` the probability, under
    paired bootstrap resampling, of a difference this large if the systems were equally good. ``floor`` is
    the score the untranslated source would get, where a source was given.
    """

    name: str
    value: float
    low: float
    high: float
    higher_is_better: bool
    signature: str
    baseline: float | None = None
    p_value: float | None = None
    floor: float | None = None

    @property
    def better(self) -> bool | None:
        """Better than the baseline at p < 0.05, worse (False), or undecided (None)."""
        if self.baseline is None or self.p_value is None or self.p_value >= 0.05:
            return None
        return (self.value > self.baseline) == self.higher_is_better


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of one set of hypotheses against one reference each, and what was compared."""

    scores: tuple[MetricScore, ...]
    segments: int
    lang: str
    """Target language that chose the tokenizers; empty when none was given and none recognised."""
    notices: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "segments": self.segments,
            "target_lang": self.lang,
            "scores": [{**asdict(score), "better": score.better} for score in self.scores],
            "notices": list(self.notices),
        }

    def __getitem__(self, name: str) -> MetricScore:
        """The score called ``name`` (``"BLEU"``); raises KeyError."""
        for score in self.scores:
            if score.name == name:
                return score
        raise KeyError(name)


class Metric(ABC):
    """A metric that sacrebleu computes, set up for one target language."""

    name: ClassVar[str]
    higher_is_better: ClassVar[bool]

    def __init__(self, lang: str) -> None:
        self.lang = lang

    @abstractmethod
    def scorer(self) -> Any:
        """The sacrebleu metric object, with the tokenizer the language needs."""

    def prepare(self, texts: Sequence[str]) -> list[str]:
        """``texts`` as the scorer expects them."""
        return list(texts)

    def mark(self) -> str:
        """What ``prepare`` did, for the signature; empty when it did nothing."""
        return ""

    def notice(self) -> str:
        """A one-line remark on the choice made for the language; empty when there is none."""
        return ""
