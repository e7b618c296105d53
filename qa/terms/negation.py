"""How a sentence negates: its sure negations, and every other notion that denies something.

``negations(text, lang)`` tells the sure ones («не», "not", „kein“) from words that negate in their own
way ("refuse", "without", "unlikely"), each under the name of a notion that all languages share, so that
the two sides of a translation can be compared.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources

from qa.terms.alternatives import compiled, lowered
from qa.terms.simplified import simplified

__all__ = ["Negations", "languages", "negations"]

_SURE, _APART, _VOID, _NO = "sure", "apart", "void", "no"
_LOOSE, _WORDS = "loose", "words"
_WEAKLY = "~apart"
"""«pas seulement» is no sure negation, but may render one («не просто»)."""
_CONCORD = frozenset("ru uk pl cs es it fr pt".split())
"""Languages in which «никто не пришёл» negates once, with several words."""
_NEGATIVE_WORD = re.compile(
    r"н[иі]\w|ni[egk]\w|ni\b|н[иі]\b|aucun|jamais|personne|rien|[żž][aá]d|nunca|jam[aá]s|nadie|ning|nenhu[mn]|nessun",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:.!?—–]")


@dataclass(frozen=True, slots=True)
class Negations:
    """What negates in one text. ``sure`` are spans of sentence negations in order; ``notions`` the other
    ways, name → spans; names with a tilde are weak: they may render a negation and undo none."""

    sure: tuple[tuple[int, int], ...] = ()
    notions: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    loose: frozenset[int] = frozenset()
    """Starts of those of ``sure`` that do not deny one finite verb."""
    words: tuple[tuple[int, int], ...] = ()
    """Words that deny a sentence where nothing in ``sure`` does ("nobody", "found no evidence")."""


Spans = tuple[tuple[int, int], ...]


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files("qa.terms").joinpath("negation.toml").read_text(encoding="utf-8"))


@cache
def _patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    """Notion → pattern; empty for a language without a table. To compile those of all would take .1 s."""
    return {name: compiled(text) for name, text in _tables().get(language, {}).items() if text}


@cache
def languages() -> frozenset[str]:
    """Base tags of the languages whose negations are known."""
    return frozenset(_tables())


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match.group())


@lru_cache(maxsize=512)
def negations(text: str, language: str) -> Negations:
    """The negations of ``text``; ``language`` is a base tag. Empty for a language without a table."""
    table = _patterns(language)
    if not table:
        return Negations()
    text = text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    text = simplified(text, language)
    text = lowered(text)  # as the tables are
    if _VOID in table:
        text = table[_VOID].sub(_blank, text)
    apart: list[tuple[int, int]] = []
    if _APART in table:
        apart = [match.span() for match in table[_APART].finditer(text)]
        text = table[_APART].sub(_blank, text)
    spans = {
        name: tuple(match.span() for match in pattern.finditer(text))
        for name, pattern in table.items()
        if name not in (_APART, _VOID)
    }
    sure = spans.pop(_SURE, ())
    loosely = {start for start, _ in spans.pop(_LOOSE, ())}
    denying = spans.pop(_WORDS, ())
    for name, found in spans.items():  # «нельзя» is no word with a negating prefix besides
        spans[name] = tuple(one for one in found if not any(a < one[1] and one[0] < b for a, b in sure))
    words = spans.get(_NO, ())
    if language in _CONCORD:
        sure, words = _concord(text, sure, words)
    spans[_NO], spans[_WEAKLY] = words, tuple(apart)
    notions = {name: found for name, found in spans.items() if found}
    return Negations(sure, notions, frozenset(loosely & {start for start, _ in sure}), denying)


def _concord(text: str, sure: Spans, words: Spans) -> tuple[Spans, Spans]:
    """``sure`` and ``words`` without those that only repeat a negation of the same clause."""
    kept: list[tuple[int, int, bool]] = []
    for start, end, certain in sorted([(*one, True) for one in sure] + [(*one, False) for one in words]):
        if kept:
            first, last, before = kept[-1]
            repeats = not (certain and before) or any(
                map(_NEGATIVE_WORD.match, (text[first:last], text[start:end]))
            )
            if repeats and certain + before and not _CLAUSE_END.search(text[last:start]):
                kept[-1] = (first, last, True) if before else (start, end, True)
                continue
        kept.append((start, end, certain))
    return (
        tuple((start, end) for start, end, certain in kept if certain),
        tuple((start, end) for start, end, certain in kept if not certain),
    )
