"""What a sentence says must, may or might be: its modal verbs and whatever else says so.

``modality(text, lang)`` finds the ways of ``modality.toml``, which all languages share, so that the two sides
of a translation can be compared. What only may stand for a way is looked up when it is asked for.
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

__all__ = ["Modality", "languages", "modality"]

Spans = tuple[tuple[int, int], ...]

_NAME, _VOID = "name", "void"
_WHOLE = ("unmet", "exempt", "ban", "neutral", "past")
"""Ways that hold words of other ways («had to», "need not"): what they match is no other way besides."""
_PLAIN = ("must", "ought", "should", "may", "can", "might", "perhaps", "future", "due")


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files("qa.terms").joinpath("modality.toml").read_text(encoding="utf-8"))


@cache
def _patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    """Way → pattern; empty for a language without a table. To compile those of all would take .1 s."""
    return {name: compiled(pattern) for name, pattern in _tables().get(language, {}).items()}


@cache
def languages() -> frozenset[str]:
    """Base tags of the languages whose modality is known."""
    return frozenset(_tables())


@dataclass(frozen=True, slots=True)
class Modality:
    """The ways of one text: name → spans in order."""

    ways: Mapping[str, Spans] = field(default_factory=dict)
    language: str = ""
    rest: str = ""
    """The text in lower case, without what is taken out."""

    def spans(self, *names: str) -> Spans:
        """The places of all ``names`` (with a tilde: weak ones) in order; of overlapping ones the first."""
        found: list[tuple[int, int]] = []
        for name in names:
            found += _weak(self.rest, self.language, name) if name[0] == "~" else self.ways.get(name, ())
        found.sort()
        kept: list[tuple[int, int]] = []
        for start, end in found:
            if not kept or start >= kept[-1][1]:
                kept.append((start, end))
        return tuple(kept)


@lru_cache(maxsize=512)
def _weak(rest: str, language: str, name: str) -> Spans:
    pattern = _patterns(language).get(name)
    return tuple(match.span() for match in pattern.finditer(rest)) if pattern else ()


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match.group())


@lru_cache(maxsize=512)
def modality(text: str, language: str) -> Modality:
    """The modality of ``text``; ``language`` is a base tag. Empty for a language without a table."""
    table = _patterns(language)
    if not table:
        return Modality()
    text = text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    if _NAME in table:
        text = table[_NAME].sub(_blank, text)
    text = lowered(simplified(text, language))
    if _VOID in table:
        text = table[_VOID].sub(_blank, text)
    ways: dict[str, Spans] = {}
    for name in _WHOLE:
        if name in table and (found := tuple(match.span() for match in table[name].finditer(text))):
            ways[name] = found
            text = table[name].sub(_blank, text)
    for name in _PLAIN:
        if name in table and (found := tuple(match.span() for match in table[name].finditer(text))):
            ways[name] = found
    return Modality(ways, language, text)
