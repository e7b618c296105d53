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

__all__ = ["Negations", "languages", "negations"]

_SURE, _APART, _VOID, _NO = "sure", "apart", "void", "no"


@dataclass(frozen=True, slots=True)
class Negations:
    """What negates in one text. ``sure`` are spans of sentence negations in order; ``notions`` the other
    ways, name → spans; names with a tilde are weak: they may render a negation and undo none."""

    sure: tuple[tuple[int, int], ...] = ()
    notions: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)


@cache
def _tables() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    text = resources.files("qa.terms").joinpath("negation.toml").read_text(encoding="utf-8")
    return {
        language: {name: re.compile(pattern, re.IGNORECASE) for name, pattern in table.items() if pattern}
        for language, table in tomllib.loads(text).items()
    }


@cache
def languages() -> frozenset[str]:
    """Base tags of the languages whose negations are known."""
    return frozenset(_tables())


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match.group())


@lru_cache(maxsize=512)
def negations(text: str, language: str) -> Negations:
    """The negations of ``text``; ``language`` is a base tag. Empty for a language without a table."""
    table = _tables().get(language)
    if table is None:
        return Negations()
    text = text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
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
    spans[_NO] = (*spans.get(_NO, ()), *apart)  # «pas seulement» may render «не просто»
    return Negations(sure, {name: found for name, found in spans.items() if found})
