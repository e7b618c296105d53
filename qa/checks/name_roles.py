"""Parties of a contract and other defined terms: «Najemca» and “the Tenant” are no names.

They are written with a capital throughout, and no sound binds the two. That one stands wherever the other
does, mostly with an article before it, tells that they render each other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from qa.lang import base
from qa.model import Segment

__all__ = ["Roles"]

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ARTICLES: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the a an each either any such said",
        "fr": "le la l les un une du des au aux ledit ladite chaque",
        "de": "der die das den dem des ein eine einen einem einer eines beim vom zum zur",
        "es": "el la los las un una del al cada dicho dicha",
        "it": "il lo la l i gli le un una uno del dello della dell al allo alla all dal dalla",
        "pt": "o a os as um uma do da dos das ao à pelo pela",
        "nl": "de het een",
    }.items()
}
_LEAST = 3
"""Segments that a term stands in before anything is concluded."""
_TOGETHER = 0.75
"""Share of them in which its rendering stands as well, seen from either side."""
_STEM = 5
"""Letters that stay when a word is inflected."""


def _stem(word: str) -> str:
    return word.lower()[:_STEM]


class Roles:
    """The defined terms of a document; nothing is read before the first question."""

    def __init__(self, segments: Sequence[Segment], source_lang: str, target_lang: str) -> None:
        self._segments = segments
        self._langs = base(source_lang), base(target_lang)

    def __contains__(self, word: str) -> bool:
        return _stem(word) in self._terms

    @cached_property
    def _terms(self) -> frozenset[str]:
        if all(language not in _ARTICLES for language in self._langs):
            return frozenset()
        before, after = (
            _capitals((side(segment) for segment in self._segments), language)
            for side, language in zip((_source, _target), self._langs, strict=True)
        )
        together = Counter(
            (one, other)
            for here, there in zip(before.by_segment, after.by_segment, strict=True)
            for one in here
            for other in there
        )
        return frozenset(
            stem
            for (one, other), both in together.items()
            if both >= _LEAST
            and both >= _TOGETHER * max(before.often[one], after.often[other])
            and (before.led[one] or after.led[other])
            for stem in (one, other)
        )


def _source(segment: Segment) -> str:
    return segment.source


def _target(segment: Segment) -> str:
    return segment.target


class _Capitals(NamedTuple):
    """Stems of words with a capital: those of each segment, in how many segments each stands, and whether
    it mostly stands behind an article."""

    by_segment: Sequence[frozenset[str]]
    often: Mapping[str, int]
    led: Mapping[str, bool]


def _capitals(texts: Iterable[str], language: str) -> _Capitals:
    articles = _ARTICLES.get(language, frozenset())
    by_segment = []
    led, often = Counter[str](), Counter[str]()
    for text in texts:
        words = _WORD.findall(text)
        stems = [
            (_stem(word), number > 0 and words[number - 1].lower() in articles)
            for number, word in enumerate(words)
            if word[0].isupper() and not word.isupper()
        ]
        by_segment.append(frozenset(stem for stem, _ in stems))
        often.update(by_segment[-1])
        led.update({stem for stem, behind in stems if behind})
    return _Capitals(by_segment, often, {stem: 2 * led[stem] > often[stem] for stem in often})
