"""Units of measure, from ``measures.toml``, and quantities: the numbers of a text with their unit."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from qa.lang import is_unspaced
from qa.terms import durations
from qa.terms.numerals import Number, numbers

__all__ = ["Names", "Quantity", "is_sign", "named", "quantities", "sizes"]

_TIME = "time"
# Kinds whose units hold those of another: what is so many square metres is not so many metres as well.
_COMPOUND = frozenset({"speed", "area", "volume"})
_SPACE = "[ \u00a0\u202f-]?"
# "half a mile", "a quarter of a litre", «mezzo litro», «un quart de litre», «чверть літра»
_AFTER_SHARE = _SPACE + r"(?:(?:of )?an?\s|(?:di|de|von|eines?)\s|d['’](?:un\s)?)?"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: ``text[start:end]``, to the end of the word."""

    values: frozenset[str]
    kind: str
    unit: str
    start: int
    end: int

    def equals(self, other: Quantity) -> bool:
        """Whether it may be the same number of the same kind of unit."""
        return self.kind == other.kind and not self.values.isdisjoint(other.values)


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Kind → unit → "factor", "sign" or a language → what the file says."""
    text = resources.files("qa.terms").joinpath("measures.toml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = tomllib.loads(text)
    return found


_NOTHING = "(?!)"


@cache
def _written(language: str) -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Kind → unit → its signs and how ``language`` writes it."""
    written = {
        kind: {
            unit: (entry.get("sign", _NOTHING), f"(?i:{entry.get(language, _NOTHING)})")
            for unit, entry in units.items()
        }
        for kind, units in _table().items()
    }
    times = {
        unit: (_NOTHING, f"(?i:{names[language]})")
        for unit, (_, names) in durations.UNITS.items()
        if language in names
    }
    return {**written, _TIME: times} if times else written


@cache
def _after(language: str, share: bool) -> Mapping[str, tuple[re.Pattern[str], tuple[str, ...]]]:
    """Kind → (what follows a number, the units of its pairs of groups: a sign, a word)."""
    gap = _AFTER_SHARE if share else _SPACE
    return {
        kind: (
            re.compile(f"{gap}(?:{'|'.join(f'({sign})|({word})' for sign, word in units.values())})"),
            tuple(units),
        )
        for kind, units in _written(language).items()
    }


_SIGN_PLACE = r"(?<![^\s\d(/])"


@cache
def named(kind: str, unit: str, language: str) -> re.Pattern[str]:
    """What names the unit anywhere in a text of ``language``."""
    sign, word = _written(language).get(kind, {}).get(unit, (_NOTHING, _NOTHING))
    return re.compile(rf"{_SIGN_PLACE}(?:{sign})|{_word_start(language)}(?:{word})")


def _word_start(language: str) -> str:
    return "" if is_unspaced(language) or language == "ko" else r"(?<![^\W\d_])"


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """What names a unit, in any language."""

    signs: re.Pattern[str]
    words: re.Pattern[str]
    """Of lower-case letters, on a text in lower case: five times as fast as a search that folds."""

    def stand_in(self, text: str) -> bool:
        return self.signs.search(text) is not None or self.words.search(text.lower()) is not None


@cache
def sizes() -> Sequence[Sequence[tuple[Names, float]]]:
    """Kinds of units that are converted by a factor: (what names the unit, its size)."""
    return [
        [(_names(entry), float(entry["factor"])) for entry in units.values()]
        for units in _table().values()
        if all("factor" in entry for entry in units.values())
    ]


def _names(entry: Mapping[str, str]) -> Names:
    words: dict[str, list[str]] = {}
    for language, written in entry.items():
        if language not in ("factor", "sign"):
            words.setdefault(_word_start(language), []).append(written)
    return Names(
        re.compile(rf"{_SIGN_PLACE}(?:{entry.get('sign', _NOTHING)})"),
        re.compile("|".join(f"{start}(?:{'|'.join(some)})" for start, some in words.items()) or _NOTHING),
    )


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(
        "|".join(entry["sign"] for units in _table().values() for entry in units.values() if "sign" in entry)
    )


def is_sign(word: str) -> bool:
    """Whether ``word`` is the sign of a unit, as in 40 mph."""
    return _signs().fullmatch(word) is not None


def quantities(text: str, language: str) -> list[Quantity]:
    """The numbers of ``text`` with a unit directly after them."""
    found = (
        quantity
        for number in numbers(text, language)
        if number.kind not in ("month", "roman")
        for quantity in _of(number, text, language)
    )
    return list(dict.fromkeys(found))  # a word that may be several numbers is there several times


def _of(number: Number, text: str, language: str) -> Iterator[Quantity]:
    """The quantities that a number may belong to: Japanese «キロ» is a length and a weight."""
    ahead = text[max(0, number.start - 2) : number.start].rstrip()
    for kind, (pattern, units) in _after(language, number.kind == "hint").items():
        match = pattern.match(text, number.end)
        if match is None or match.lastindex is None:
            continue
        unit = units[(match.lastindex - 1) // 2]
        if match.lastindex % 2 and not _beside(number, match[match.lastindex]):
            continue
        if kind == _TIME and _no_time(number, unit, ahead):
            continue
        yield Quantity(number.values, kind, unit, number.start, _word_end(text, match.end()))
        if kind in _COMPOUND:
            return


def _beside(number: Number, sign: str) -> bool:
    """Signs stand beside digits: «un l» is no litre. Cyrillic ones after words, too: «двадцать км»."""
    return number.kind == "digits" or (len(sign) > 1 and not sign.isascii())


def _no_time(number: Number, unit: str, ahead: str) -> bool:
    """«в 2008 году», the minutes of 0:30, the lower part of 3/4."""
    return ahead.endswith((":", "/")) or (
        unit == "year" and any(len(value) == 4 and value[:2] in ("18", "19", "20") for value in number.values)
    )


def _word_end(text: str, end: int) -> int:
    """The end of the word that a stem begins; Chinese and Japanese leave no space after it."""
    while end < len(text) and text[end - 1].isalpha() and text[end].isalpha() and text[end] < "⺀":
        end += 1
    return end
