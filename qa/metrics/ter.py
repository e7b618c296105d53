"""TER (Snover et al., 2006) and HTER: edits, shifts included, per word of the reference; lower is better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from qa.errors import InputError
from qa.lang import base, is_unspaced
from qa.metrics.base import Metric
from qa.metrics.characters import by_character
from qa.model import Score

__all__ = ["Edits", "Ter", "hter", "hter_segments"]

SEED = 12345
RESAMPLES = 1000
LONGEST = 150
"""Words beyond which shifts are not searched for: the search takes seconds there and its beam misses most
of them anyway. Counting such a move as deletion and insertion can only make HTER higher."""


class Ter(Metric):
    """Tercom tokens; Chinese is split into characters by sacrebleu, other unspaced scripts by us."""

    name = "TER"
    higher_is_better = False
    case_sensitive = False
    normalized = False

    def scorer(self) -> Any:
        from sacrebleu.metrics.ter import TER

        chinese = bool(self.lang) and base(self.lang) == "zh"
        normalized = self.normalized or chinese
        return TER(normalized=normalized, asian_support=chinese, case_sensitive=self.case_sensitive)

    def prepare(self, texts: Sequence[str]) -> list[str]:
        return [by_character(text) for text in texts] if self._split() else list(texts)

    def mark(self) -> str:
        return "split:characters" if self._split() else ""

    def _split(self) -> bool:
        return bool(self.lang) and is_unspaced(self.lang) and base(self.lang) != "zh"


class Hter(Ter):
    """Case counts: a capital that the translator had to mend is an edit. Punctuation is parted from words,
    as in published HTER figures, so that a changed comma is an edit of its own."""

    case_sensitive = True
    normalized = True


@dataclass(frozen=True, slots=True)
class Edits:
    """Edits that turn a machine translation into its post-edit, and the words of the post-edit."""

    edits: int
    words: int

    @property
    def hter(self) -> float:
        """Edits per word, 0 upwards, lower is better; 1 when everything had to be deleted."""
        return self.edits / self.words if self.words else float(self.edits > 0)


def hter_segments(
    mt: Sequence[str], post_edits: Sequence[str], *, target_lang: str | None = None
) -> list[Edits]:
    """Edits of each pair, in order. Raises InputError when the two sequences differ in length."""
    if len(mt) != len(post_edits):
        raise InputError(f"{len(mt):,} machine translations but {len(post_edits):,} post-edits")
    metric, scorer = _hter(target_lang or "")
    return [
        _edits(scorer, before, after)
        for before, after in zip(metric.prepare(mt), metric.prepare(post_edits), strict=True)
    ]


@lru_cache(maxsize=8)
def _hter(lang: str) -> tuple[Hter, Any]:
    """The metric of a language and its scorer, which is slow to make for one segment at a time."""
    metric = Hter(lang)
    return metric, metric.scorer()


def _edits(scorer: Any, before: str, after: str) -> Edits:
    before_words, after_words = (scorer.tokenizer(text).split() for text in (before, after))
    if before_words == after_words:
        return Edits(0, len(after_words))
    if len(before_words) > LONGEST or len(after_words) > LONGEST:
        from rapidfuzz.distance import Levenshtein

        return Edits(Levenshtein.distance(before_words, after_words), len(after_words))
    score = scorer.sentence_score(before, [after])
    return Edits(score.num_edits, round(score.ref_length))


def hter(mt: Sequence[str], post_edits: Sequence[str], *, target_lang: str | None = None) -> Score:
    """Corpus HTER of ``mt`` against its post-edits: sum of edits over sum of post-edited words.

    A fraction from 0 upwards (it may exceed 1), lower is better, with an 80% bootstrap interval over
    segments. Raises InputError when there is nothing to compare or the lengths differ.
    """
    if not mt and not post_edits:
        raise InputError("no post-edits to compare with; approve at least one segment")
    counts = hter_segments(mt, post_edits, target_lang=target_lang)
    low, high = _interval(counts)
    total = Edits(sum(count.edits for count in counts), sum(count.words for count in counts))
    return Score(total.hter, _signature(target_lang or ""), low, high, scale="0+", higher_is_better=False)


def _signature(lang: str) -> str:
    metric = Hter(lang)
    scorer = metric.scorer()
    scorer.corpus_score([""], [[""]])  # sacrebleu signs only what it has scored
    parts = (
        "HTER",
        scorer.get_signature().format(),
        metric.mark(),
        f"shifts:<={LONGEST}w",
        f"bs:{RESAMPLES}",
        f"seed:{SEED}",
    )
    return "|".join(part for part in parts if part)


def _interval(counts: Sequence[Edits]) -> tuple[float, float]:
    import numpy as np

    table = np.array([(count.edits, count.words) for count in counts], dtype=np.float64)
    rng = np.random.default_rng(SEED)
    values = []
    # One resample at a time: a big project's would need gigabytes all at once.
    for _ in range(RESAMPLES):
        edits, words = table[rng.integers(len(table), size=len(table))].sum(axis=0)
        values.append(edits / words if words else float(edits > 0))
    low, high = np.quantile(values, (0.1, 0.9))
    return float(low), float(high)
