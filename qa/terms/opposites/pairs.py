"""Pairs of opposites and the words that name their poles."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Any

from qa import lang as languages
from qa.errors import FormatError
from qa.terms.participles import infinitives
from qa.terms.plain_toml import loads
from qa.terms.senses.keys import Token, keys, tokens, words_of
from qa.terms.simplified import simplified

__all__ = ["Match", "Opposites", "Pole", "load", "parse"]

_INVARIABLE, _FAMILY, _SURE = "invariable", "family", "sure"
_SIGNS = frozenset("*~!")


@dataclass(frozen=True, slots=True)
class Pole:
    """A word or phrase that names pole ``side`` (0 or 1) of ``pair`` in one language.

    ``weak`` words excuse and never accuse; ``neither`` ones name no pole and hide the words in them
    («premier ministre»). A ``stem`` matches every word that begins with it.
    ``counterpart`` is the word to put in its place, "" where none is sure to fit. Poles of one side of
    all pairs of a ``family`` mean much the same; it is the name of the pair where it has no relatives.
    In a ``sure`` pair one pole hardly ever renders the other (north and south, before and after).
    """

    pair: str
    side: int
    text: str
    weak: bool = False
    stem: bool = False
    counterpart: str = ""
    family: str = ""
    neither: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """``text[start:end]`` names a pole; ``exact`` when it stands there letter by letter, case aside."""

    start: int
    end: int
    pole: Pole
    exact: bool


@dataclass(frozen=True, slots=True)
class _Index:
    """The poles of one language: first word → phrases in their parts, and by stem."""

    words: dict[str, list[tuple[tuple[str, ...], Pole]]]
    stems: dict[str, list[Pole]]

    @classmethod
    def of(cls, poles: Iterable[Pole], tag: str) -> _Index:
        index = cls({}, {})
        for pole in poles:
            folded = _fold(pole.text, tag)
            if pole.stem:
                index.stems.setdefault(folded, []).append(pole)
            else:
                parts = words_of(folded)
                index.words.setdefault(parts[0], []).append((parts, pole))
        return index


class Opposites:
    """Pairs of opposites, searchable by the words of any of their languages."""

    def __init__(self, poles: Mapping[str, Sequence[Pole]]) -> None:
        self.poles = poles
        self._beginning = lru_cache(maxsize=100_000)(self._begin)
        self._indexes: dict[str, _Index] = {}
        self._patterns: dict[str, list[tuple[re.Pattern[str], dict[str, Pole]]]] = {}

    @property
    def languages(self) -> frozenset[str]:
        """Base tags of the languages with words."""
        return frozenset(self.poles)

    @cached_property
    def excusing(self) -> frozenset[str]:
        """Pairs without a strong word in any language: they excuse a negation and are never flagged."""
        named = [pole for poles in self.poles.values() for pole in poles if not pole.neither]
        return frozenset(pole.pair for pole in named) - {pole.pair for pole in named if not pole.weak}

    def find(self, text: str, lang: str) -> list[Match]:
        """Every word or phrase of ``text`` that names a pole, in order; ``lang`` is any tag.

        Where a phrase and its part name poles of the same pair, the phrase stands. Linear in the
        length of the text.
        """
        tag = languages.base(lang)
        if tag not in self.poles:
            return []
        if languages.is_unspaced(tag):
            if tag not in self._patterns:
                self._patterns[tag] = _patterns(self.poles[tag])
            text = simplified(text, tag)
            return [
                Match(*match.span(), by_text[match.group()], True)
                for pattern, by_text in self._patterns[tag]
                for match in pattern.finditer(text)
                if not by_text[match.group()].neither
            ]
        found: list[Match] = []
        words = tokens(text)
        for at, word in enumerate(words):
            if some := self._beginning(word.text, tag):
                found += _standing(some, words, at, tag)
        return [match for match in _longest(found) if not match.pole.neither]

    def _begin(self, word: str, tag: str) -> tuple[tuple[tuple[str, ...], Pole], ...]:
        """What begins with ``word`` and the pole named: a phrase in its parts, () for a stem of the word."""
        folded = _fold(word, tag)
        index = self._indexes.get(tag)
        if index is None:
            index = self._indexes[tag] = _Index.of(self.poles[tag], tag)
        found = [one for key in _forms(word, tag) for one in index.words.get(key, ())]
        found += [
            ((), pole)
            for length in range(2, len(folded) + 1)
            for pole in index.stems.get(folded[:length], ())
        ]
        return tuple(found)


def _standing(
    some: Iterable[tuple[tuple[str, ...], Pole]], words: Sequence[Token], at: int, tag: str
) -> Iterator[Match]:
    """Those of the phrases that stand at ``at``."""
    first = words[at]
    following = _forms(words[at + 1].text, tag) if at + 1 < len(words) else frozenset()
    for parts, pole in some:
        if not parts:
            yield Match(first.start, first.end, pole, False)
            continue
        if len(parts) > 1 and parts[1] not in following:
            continue
        run = words[at : at + len(parts)]
        if len(run) == len(parts) and all(
            part in _forms(other.text, tag) for part, other in zip(parts[2:], run[2:], strict=True)
        ):
            exact = all(part == _fold(other.text, tag) for part, other in zip(parts, run, strict=True))
            yield Match(first.start, run[-1].end, pole, exact)


@lru_cache(maxsize=100_000)
def _forms(word: str, tag: str) -> frozenset[str]:
    """The word itself and what it may be a form of."""
    return keys(word, tag) | infinitives(word, tag) | {_fold(word, tag)}


def _span(match: Match) -> tuple[int, int]:
    return match.start, match.end


def _longest(found: list[Match]) -> list[Match]:
    """``found`` without what lies inside a longer match of the same pair, or is another reading of it."""
    kept: list[Match] = []
    until: dict[str, Match] = {}
    seen: set[tuple[int, int, str, int, bool]] = set()
    for match in sorted(found, key=lambda one: (one.start, -one.end, not one.exact)):
        pole, before = match.pole, until.get(match.pole.pair)
        reading = (match.start, match.end, pole.pair, pole.side, pole.weak)
        inside = before is not None and match.end <= before.end
        if reading in seen or (inside and before is not None and _span(match) != _span(before)):
            continue
        seen.add(reading)
        until[pole.pair] = match
        kept.append(match)
    return kept


def _patterns(poles: Sequence[Pole]) -> list[tuple[re.Pattern[str], dict[str, Pole]]]:
    """A pattern a pair, longer texts first, for languages without blanks."""
    pairs: dict[str, dict[str, Pole]] = {}
    for pole in poles:
        pairs.setdefault(pole.pair, {}).setdefault(pole.text, pole)
    return [
        (re.compile("|".join(map(re.escape, sorted(by_text, key=len, reverse=True)))), by_text)
        for by_text in pairs.values()
    ]


def _fold(text: str, tag: str) -> str:
    low = text.lower()
    return low.replace("ё", "е") if tag == "ru" else low


def parse(text: str, name: str) -> dict[str, list[Pole]]:
    """Language → poles out of one TOML file called ``name``.

    Raises FormatError, with file, pair and language, for anything the format does not allow.
    """
    try:
        table = loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormatError(f"{name}: no valid TOML ({error})") from None
    found: dict[str, list[Pole]] = {}
    for pair, entries in table.items():
        where = f"{name}: [{pair}]"
        if not isinstance(entries, dict):
            raise FormatError(f"{where}: a table with one line a language is expected")
        invariable, family = bool(entries.get(_INVARIABLE)), str(entries.get(_FAMILY, pair))
        sure = bool(entries.get(_SURE))
        for tag, value in entries.items():
            if tag not in (_INVARIABLE, _FAMILY, _SURE):
                poles = _poles(pair, value, f"{where} {tag}", invariable=invariable, family=family, sure=sure)
                found.setdefault(tag, []).extend(poles)
    return found


def _poles(pair: str, value: Any, where: str, *, invariable: bool, family: str, sure: bool) -> list[Pole]:
    sides = value.split("|") if isinstance(value, str) else []
    if len(sides) != 2:
        raise FormatError(f"{where}: write the words of the two poles with one “|” between them")
    listed = [[word.strip() for word in side.split(",")] for side in sides]
    poles: list[Pole] = []
    for side, words in enumerate(listed):
        for number, word in enumerate(words):
            weak, neither, stem = word.startswith("~"), word.startswith("!"), word.endswith("*")
            plain = word.removeprefix("!").removeprefix("~").removesuffix("*")
            if not words_of(plain) or not _SIGNS.isdisjoint(plain):
                raise FormatError(f"{where}: “{word}” is no word (~ or ! stands before, * behind it)")
            other = listed[1 - side][number] if invariable and number < len(listed[1 - side]) else ""
            fits = number == 0 and not weak and not stem and other.isalpha()
            counterpart = other if fits else ""
            poles.append(Pole(pair, side, plain, weak or neither, stem, counterpart, family, neither, sure))
    return poles


@cache
def load() -> Opposites:
    """The built-in pairs."""
    found: dict[str, list[Pole]] = {}
    folder = resources.files("qa.terms.opposites").joinpath("data")
    for path in sorted(folder.iterdir(), key=lambda one: one.name):
        if path.name.endswith(".toml"):
            for tag, poles in parse(path.read_text(encoding="utf-8"), path.name).items():
                found.setdefault(tag, []).extend(poles)
    return Opposites(found)
