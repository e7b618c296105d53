"""What a document says about the words of each segment, gathered once for the checks of meaning.

A ``Reading`` holds one segment's words and what the sense inventory knows of them on both sides;
``Company`` measures which sense of a pivot the words around keep company with.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from qa.checks.base import Context
from qa.lang import base, is_unspaced
from qa.model import Segment
from qa.terms.senses import Inventory, Match, Sense
from qa.terms.senses.keys import Token, tokens
from qa.terms.weekdays import is_weekday

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.encoder.lexicon import WordVectors

__all__ = ["Company", "Fit", "Reading", "knows", "read"]

_FUNCTION_WORDS = 150
_RELATED = 0.3
"""Cosine of centred word vectors from which two words are taken to be related."""
_WITNESSES = 3
_LONGEST_CONTEXT = 60
"""Content words of one side that are heard; a sentence longer than that is no sentence."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A segment with its words and its matches in the sense inventory, per side."""

    segment: Segment
    source_words: Sequence[Token]
    target_words: Sequence[Token]
    source: Sequence[Match]
    target: Sequence[Match]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one sense fits the words around: 0 (not at all) to about 1.5, higher is better.

    ``witnesses`` are the words of the text that speak for it, the strongest first.
    """

    value: float
    witnesses: tuple[str, ...] = ()


def read(context: Context, inventory: Inventory, pivots: Container[str]) -> list[Reading]:
    """The readings of all segments that have both sides, in order; linear in the document's length.

    Only matches of ``pivots`` are kept.
    """
    source_lang, target_lang = base(context.source_lang), base(context.target_lang)
    readings = []
    for segment in context.segments:
        if not segment.source.strip() or not segment.target.strip():
            continue
        source_words, target_words = tokens(segment.source), tokens(segment.target)
        readings.append(
            Reading(
                segment,
                source_words,
                target_words,
                [m for m in inventory.find(segment.source, source_lang, source_words) if m.pivot in pivots],
                [m for m in inventory.find(segment.target, target_lang, target_words) if m.pivot in pivots],
            )
        )
    return readings


class Company:
    """Which sense the other words of a sentence speak for, by vectors of words and cues.

    A sense's cues are given in English; the encoder's word vectors compare them with words of any
    language it knows. Costs nothing until the first question.
    """

    def __init__(self, vectors: WordVectors | None = None) -> None:
        self._vectors = vectors
        self._missing = False

    def closeness(self, word: tuple[str, str], others: Sequence[tuple[str, str]]) -> list[float]:
        """Cosines of ``word`` with ``others``, pairs of (word, base tag): above .5 they may well be
        translations of each other. All 0 where the encoder is not installed."""
        vectors = self._load()
        if vectors is None:
            return [0.0] * len(others)
        one = vectors([word[0].lower()], word[1])[0]
        return [float(one @ vectors([other.lower()], tag)[0]) for other, tag in others]

    def _load(self) -> WordVectors | None:
        if self._vectors is None and not self._missing:
            from qa.encoder.lexicon import word_vectors
            from qa.errors import ModelError

            try:
                self._vectors = word_vectors()
            except ModelError:
                self._missing = True
        return self._vectors

    def fits(self, senses: Mapping[str, Sense], words: Sequence[tuple[str, str]]) -> dict[str, Fit]:
        """Name of a sense → its fit to ``words``, pairs of (word, base tag); all 0 without the encoder."""
        vectors = self._load() if words else None
        if vectors is None:
            return dict.fromkeys(senses, Fit(0.0))
        sides = list(dict.fromkeys(tag for _, tag in words))
        ordered = [word for tag in sides for word, t in words if t == tag]
        context = np.vstack([vectors([word for word, t in words if t == tag], tag) for tag in sides])
        return {name: _fit(sense, context, ordered, vectors) for name, sense in senses.items()}


def _fit(sense: Sense, context: NDArray[np.float32], words: Sequence[str], vectors: WordVectors) -> Fit:
    cues = [vectors(list(cues), tag) for tag, cues in sense.cues.items() if cues]
    if not cues:
        return Fit(0.0)
    similarity = context @ np.vstack(cues).T
    closest = -np.sort(-similarity, axis=1)[:, :2].mean(axis=1)
    strength = np.maximum(closest - _RELATED, 0.0)
    order = np.argsort(-strength)[:_WITNESSES]
    return Fit(float(strength[order].sum()), tuple(words[i] for i in order if strength[i] > 0))


def around(words: Sequence[Token], lang: str, without: Iterable[tuple[int, int]]) -> list[tuple[str, str]]:
    """The content words of a side but days of the week, in lower case, with their language; spans ``without``
    are left out."""
    if is_unspaced(lang):
        return []
    taken = list(without)
    common = _common(lang)
    found: dict[str, None] = {}
    for word in words:
        low = word.text.lower()
        if len(low) < 3 or low in common or is_weekday(low):
            continue
        if not any(s < word.end and word.start < e for s, e in taken):
            found[low] = None
    return [(word, lang) for word in list(found)[:_LONGEST_CONTEXT]]


def knows(lang: str) -> bool:
    """Whether word vectors were trained on ``lang`` (a base tag)."""
    from qa.encoder.use import LANGUAGES

    return lang in LANGUAGES


@cache
def _common(lang: str) -> frozenset[str]:
    from qa.encoder.lexicon import frequent_words

    return frozenset(frequent_words(lang, _FUNCTION_WORDS))
