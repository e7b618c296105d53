"""Finding terms in text by their dictionary forms, so that an inflected term is still the term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from qa import lang
from qa.terms.lemmas import related
from qa.terms.senses.keys import Token, keys, tokens

__all__ = ["Occurrence", "TermIndex", "contains", "find"]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The term ``name`` stands at ``[start, end)``; ``exact`` when letter by letter."""

    name: str
    start: int
    end: int
    exact: bool


@dataclass(slots=True)
class TermIndex:
    """Many terms of one language, found in one pass over a text; longer terms win over their parts."""

    language: str
    _by_key: dict[str, list[tuple[str, tuple[Token, ...]]]] = field(default_factory=dict)
    _substrings: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, terms: Iterable[str], language: str) -> TermIndex:
        """An index of ``terms``; ``language`` is any tag."""
        index = cls(lang.base(language))
        for term in dict.fromkeys(terms):
            words = tuple(tokens(term))
            if lang.is_unspaced(language) or not words:
                if term.strip():
                    index._substrings.append(term)
                continue
            for key in keys(words[0].text, index.language) or {words[0].text.casefold()}:
                index._by_key.setdefault(key, []).append((term, words))
        return index

    def find(self, text: str) -> list[Occurrence]:
        """Every term of ``text``, in order, without those that lie inside a longer one."""
        found = [occurrence for term in self._substrings for occurrence in _substring(text, term)]
        if self._by_key:
            words = tokens(text)
            for at, word in enumerate(words):
                for key in keys(word.text, self.language) or {word.text.casefold()}:
                    for term, parts in self._by_key.get(key, ()):
                        occurrence = _sequence(text, words, at, term, parts, self.language)
                        if occurrence and occurrence not in found:
                            found.append(occurrence)
        return _longest(found)


def _sequence(
    text: str, words: Sequence[Token], at: int, term: str, parts: Sequence[Token], language: str
) -> Occurrence | None:
    """``term`` as the words of ``text`` from number ``at`` on, each in any of its forms."""
    if at + len(parts) > len(words):
        return None
    run = words[at : at + len(parts)]
    if any(_separated(text, one, after) for one, after in pairwise(run)):
        return None
    for word, part in zip(run, parts, strict=True):
        if part.text.isupper() and len(part.text) > 1 and not word.text.isupper():
            return None  # the acronym WHO is not the word "who"
        if not (keys(word.text, language) & keys(part.text, language) or word.text == part.text):
            return None
    start, end = run[0].start, run[-1].end
    return Occurrence(term, start, end, text[start:end] == term)


def _separated(text: str, one: Token, after: Token) -> bool:
    """Punctuation other than a hyphen or apostrophe stands between the two words."""
    return bool(text[one.end : after.start].strip(" \u00a0\u202f-‑'’"))


def _substring(text: str, term: str) -> Iterator[Occurrence]:
    folded, wanted = text.casefold(), term.casefold()
    if len(folded) != len(text):
        folded, wanted = text, term
    at = folded.find(wanted)
    while at >= 0:
        yield Occurrence(term, at, at + len(term), text[at : at + len(term)] == term)
        at = folded.find(wanted, at + max(1, len(wanted)))


def _longest(found: list[Occurrence]) -> list[Occurrence]:
    kept: list[Occurrence] = []
    for one in sorted(found, key=lambda item: (item.start, item.start - item.end, not item.exact)):
        inside = any(
            other.start <= one.start and one.end <= other.end
            and (other.start, other.end) != (one.start, one.end)
            for other in kept
        )  # fmt: skip
        if not inside:
            kept.append(one)
    return kept


@lru_cache(maxsize=1024)
def _index(term: str, language: str) -> TermIndex:
    return TermIndex.of([term], language)


def find(text: str, term: str, language: str) -> list[Occurrence]:
    """The occurrences of one term in ``text``, in any inflection."""
    return _index(term, language).find(text)


def contains(text: str, term: str, language: str) -> bool:
    """Whether ``text`` renders ``term`` in any form: inflected, inside a compound, its words apart.

    Lenient on purpose (see ``related``): every word of the term must be there, in any order and with
    other words between, so that «фонд социального страхования» is found in «фонда их социального
    страхования».
    """
    if find(text, term, language):
        return True
    if lang.is_unspaced(language):
        return False
    base = lang.base(language)
    wanted = [word.text for word in tokens(term)]
    present = [word.text for word in tokens(text)]
    if not wanted:
        return False
    return all(
        any(_renders(word, part, base) for word in present)
        for part in wanted
        if len(part) > 2 or len(wanted) == 1
    )


_COMPOUNDING = frozenset("de nl sv da nb no nn fi hu et is".split())


def _renders(word: str, part: str, language: str) -> bool:
    if related(word, part, language):
        return True
    if language in _COMPOUNDING and len(part) >= 4 and len(word) > len(part):
        folded, stem = word.casefold(), part.casefold().rstrip("e")
        return folded.startswith(stem) or folded.find(stem) > 1
    return False
