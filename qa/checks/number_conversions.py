"""The same quantity in another unit: feet as metres, two days as 48 hours, 1h45 as 105 minutes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from qa.terms.durations import DAYS
from qa.terms.measures import Names, sizes
from qa.terms.number_words import canonical
from qa.terms.numerals import Number

if TYPE_CHECKING:
    from qa.checks.number_excuses import Sides

__all__ = ["converted"]


def converted(number: Number, sides: Sides) -> bool:
    """Whether a number of the other side is this one in another unit."""
    return (
        _converted(number, sides.text, sides.others, sides.other_text)
        or _glossed(number, sides)
        or _other_duration(number, sides)
        or _all_in_minutes(number, sides)
    )


_TOLERANCE = 0.07
_FAHRENHEIT = re.compile(r"°\s?F|\dF\b|fahrenheit|фаренгейт|华氏|華氏", re.IGNORECASE)
_CELSIUS = re.compile(r"°\s?C|\dC\b|celsius|цельси|摄氏|攝氏|градус", re.IGNORECASE)


@cache
def _conversions() -> Sequence[tuple[float, Names, Names]]:
    """(own value → the other side's, what names the unit here, what there), by that factor."""
    return sorted(
        (
            (mine / factor, here, there)
            for units in sizes()
            for here, mine in units
            for there, factor in units
            if mine != factor
        ),
        key=itemgetter(0),
    )


def _converted(number: Number, text: str, others: Sequence[Number], other_text: str) -> bool:
    """A number of the other side is this one in another unit that the other side names."""
    own, theirs = _decimals([number]), _decimals(others)
    if not own or not theirs:
        return False
    # Arithmetic first: it is quicker than a search for the names of units.
    known = _conversions()
    for ratio in (there / here for here in own if here for there in theirs):
        nearest = bisect_left(known, ratio * (1 - _TOLERANCE), key=itemgetter(0))
        for factor, here, there in known[nearest:]:
            if factor > ratio * (1 + _TOLERANCE):
                break
            if _named(here, text) and _named(there, other_text):
                return True
    for hot, cold, first, second in ((text, other_text, own, theirs), (other_text, text, theirs, own)):
        if _FAHRENHEIT.search(hot) and _CELSIUS.search(cold):
            return any(abs((f - 32) / 1.8 - c) <= max(2, 0.03 * c) for f in first for c in second)
    return False


@lru_cache(maxsize=4096)  # many factors of one text, and its numbers one after the other
def _named(unit: Names, text: str) -> bool:
    return unit.stand_in(text)


def _glossed(number: Number, sides: Sides) -> bool:
    """The side itself gives the same in a unit that the other side keeps: "350 °F (180 °C)" and «180 °C»."""
    kept = [value for other in sides.others for value in other.values]
    beside = [
        one
        for one in sides.numbers
        if one.start != number.start
        and abs(one.start - number.start) <= 24
        and not one.values.isdisjoint(kept)
    ]
    return bool(beside) and _converted(number, sides.text, beside, sides.text)


def _decimals(found: Iterable[Number]) -> list[float]:
    return [float(value) for number in found for value in number.values | number.bare if value.count(".") < 2]


def _other_duration(number: Number, sides: Sides) -> bool:
    """The same time in another unit: two days and 48 hours, a year and a half and 18 months."""
    unit = _unit_of_time(number, sides.text)
    if not unit:
        return False
    own = [unit * value for value in _decimals([number])]
    for other in sides.others:
        another = _unit_of_time(other, sides.other_text)
        if another in (0.0, unit):
            continue  # 23 years are never 24
        theirs = [another * value for value in _decimals([other])]
        if any(abs(mine - one) <= _TOLERANCE * one for mine in own for one in theirs):
            return True
    return False


_HOURS_AND_MINUTES = re.compile(
    r"(?<![\d.,])(\d{1,3})\s?(?:h\b|h(?=\d)|:|std\.?|ч\.?|год\.?|(?:hour|heure|hora|час|stunde|ore?\b)\w*)"
    r"(?:\s\w{1,3})?\s?([0-5]\d)(?!\d)",
    re.IGNORECASE,
)
_MINUTE = 1 / 1440


def _all_in_minutes(number: Number, sides: Sides) -> bool:
    """Hours and minutes on one side are minutes or a decimal on the other: 1h30 is 90 minutes, 1.5 hours."""
    own = [m for m in _HOURS_AND_MINUTES.finditer(sides.text) if m.start() <= number.start < m.end()]
    if own:
        minutes = [other for other in sides.others if _counts_minutes(other, sides.other_text)]
        if any(_total(match) in other.values for match in own for other in minutes):
            return True
        return any(_hours(match) in other.values for match in own for other in sides.others)
    clock = list(_HOURS_AND_MINUTES.finditer(sides.other_text))
    return any(_hours(match) in number.values for match in clock) or (
        _counts_minutes(number, sides.text) and any(_total(match) in number.values for match in clock)
    )


def _hours(match: re.Match[str]) -> str:
    """The hours as a decimal: 1.5 of 1h30."""
    return canonical(round(int(match.group(1)) + int(match.group(2)) / 60, 2))


def _total(match: re.Match[str]) -> str:
    return str(60 * int(match.group(1)) + int(match.group(2)))


def _counts_minutes(number: Number, text: str) -> bool:
    return abs(_unit_of_time(number, text) - _MINUTE) < _MINUTE / 100


_DECADES: Sequence[tuple[re.Pattern[str], float]] = [
    (re.compile(r"[\s\u00a0-](?:decades?|décennies?|jahrzehnt|década|decenni|десятилет|десятиліт"
        r"|dekad|desetilet)|十年"), 3652.5),
    (re.compile(r"[\s\u00a0-](?:centur(?:y|ies)\b|siècles?\b|jahrhundert|siglos?\b|secol[oi]\b"
        r"|столет|століт|stolet)|世[纪紀]"), 36525.0),
    (re.compile(r"[\s\u00a0-](?:fortnights?)\b"), 14.0),
]  # fmt: skip
# What may stand between an amount and its unit: "half an hour", 两个半小时; «les 18 derniers mois».
_ARTICLE = re.compile(r"\s(?:of\s)?(?:an?|une?)(?=\s)|[个個]?半", re.IGNORECASE)
_BETWEEN = re.compile(r"\s(?!(?:and|et|und|и|y|e|of)\b)[^\W\d_]+(?=\s)")


def _unit_of_time(number: Number, text: str) -> float:
    """The length in days of the unit after the number; 0 where there is none."""
    places = (_ARTICLE.match(text, number.end), number.end, _BETWEEN.match(text, number.end))
    for place in places:
        if place is None:
            continue
        at = place if isinstance(place, int) else place.end()
        for pattern, days in (*DAYS, *_DECADES):
            if pattern.match(text, at):
                return days
    return 0.0
