"""The same date, year, decade, century or age in another way: 1860s and «шестидесятые годы XIX века»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from qa.terms.numerals import Number

if TYPE_CHECKING:
    from qa.checks.number_excuses import Sides

__all__ = ["same_date"]


def same_date(number: Number, sides: Sides) -> bool:
    """Whether the other side says the date, or the part of one, that ``number`` is."""
    return (
        _in_date(number, sides)
        or _decade(number, sides)
        or _years_of_century(number, sides)
        or _in_ones_twenties(number, sides)
        or _other_calendar(number, sides)
    )


def _in_date(number: Number, sides: Sides) -> bool:
    """The parts of a date, a short year, the number of a century."""
    own = {value for one in sides.numbers for value in one.values}
    values = {value for other in sides.others for value in other.values}
    known = values | {part for other in sides.others for part in other.parts}
    years = {value for value in values - own if len(value) == 4 and value.isdecimal()}
    if _of_era(number):
        return not known.isdisjoint(number.parts)
    if number.parts and all(
        part in known or part == "0" or _short_year(part, years) for part in number.parts
    ):
        return True
    of_eras = {part for other in sides.others if _of_era(other) for part in other.parts}
    for value in number.values:
        if not value.isdecimal() or len(value) > 4:
            continue
        if value in known or _short_year(value, years):
            return True
        if len(value) == 4 and _century(value) and value[2:] != "00":
            short = value[2:].lstrip("0") in known - own - of_eras
            if short and not _other_century(int(value[:2]) + 1, sides):
                return True
        before = f"{int(value) - 1}00"
        if 10 <= int(value) <= 22 and before in known and (number.kind == "roman" or _names_century(sides)):
            return True
    return False


def _of_era(number: Number) -> bool:
    """The year of an era, as 平成23年: no short form of a year of ours."""
    return len(number.parts) == 1 and number.parts[0] not in number.values


def _decade(number: Number, sides: Sides) -> bool:
    """The decade of a year or an age: 1860s and «шестидесятые годы XIX века», 50 and «на шестом десятке»."""
    if number.kind == "hint" or (
        number.kind == "digits" and not _DECADE_LIKE.match(sides.text, number.end - 1)
    ):
        return False
    known = {value for other in sides.others for value in other.values}
    if _YEAR_OF_LIFE.match(sides.text, number.end):
        return any(value.isdecimal() and str(int(value) - 1) in known for value in number.values)
    for value in number.values:
        if len(value) == 4 and value.endswith("0") and value.isdecimal():
            if {value[2:].lstrip("0") or "0", str(int(value[:2]) + 1)} <= known:
                return True
        elif value.isdecimal() and 2 <= int(value) <= 22:
            decade = _TENTH_DECADE.match(sides.text, number.end)
            if decade is not None and str(10 * (int(value) - 1)) in known:
                return True
            if _CENTURY.match(sides.text[number.end :].lstrip("-thndrsгоеm .\u00a0")) and any(
                len(year) == 4 and year.startswith(str(int(value) - 1)) for year in known
            ):
                return True
    return False


# Digits with a nought at their end, or before "decade" or "century" and their endings.
_DECADE_LIKE = re.compile(r"0|\d[-thndrsгоеm .\u00a0]{0,5}(?:\sдесят|[^\W\d_])")
# Who is in the 31st year of life is thirty.
_YEAR_OF_LIFE = re.compile(
    r"(?:-?\w{1,3}|\.)?\s(?:год[у]? жизни|р[оі]ці? життя|lebensjahr|roku życia|roce života)", re.IGNORECASE
)
_TENTH_DECADE = re.compile(r"\sдесят(?:ок|к[уеа]|ці)\b")


def _years_of_century(number: Number, sides: Sides) -> bool:
    """1800 of «les années 1800», which is the 19th century."""
    if number.kind != "digits":
        return False
    centuries = {
        str(int(value) // 100 + 1)
        for value in number.values
        if value.isdecimal() and len(value) == 4 and value.endswith("00")
    }
    return any(
        not centuries.isdisjoint(other.values)
        and (
            other.kind == "roman"
            or _CENTURY.match(sides.other_text[other.end :].lstrip("-thndrsгоеmè .\u00a0"))
        )
        for other in sides.others
    )


_TENS = re.compile(r"(?:['’]?s|-х|-ті|er)\b|代|几岁")


def _in_ones_twenties(number: Number, sides: Sides) -> bool:
    """The end of "between 20 and 30", where the other side says "in his 20s"."""
    ends = {str(int(value) - 10) for value in number.values if value in _ROUND}
    own = {value for one in sides.numbers if one.start < number.start for value in one.values}
    return any(
        not (ends & own).isdisjoint(other.values) and _TENS.match(sides.other_text, other.end)
        for other in sides.others
    )


_ROUND = frozenset(str(10 * tens) for tens in range(2, 11))


# Calendars whose years stand beside ours or instead of them: (what names it, years of theirs in ours, first).
_CALENDARS = (
    (
        re.compile(r"\s?(?:هـ|ه\.(?!\s?ش)|هجري|AH\b|H\.?\s?(?=[/(])|hicr[iî]|хиджр|hégire|hijri)"),
        0.970224,
        621.57,
    ),
    (re.compile(r"\s?(?:ه\.?\s?ش|هجری شمسی|خورشیدی|SH\b)"), 1.0, 621.5),
    (re.compile(r"\s?(?:B\.?E\.?\b)"), 1.0, -543.0),
)
_CALENDAR_BEFORE = ((re.compile(r"(?:พ\.ศ\.|BE)\s?$"), 1.0, -543.0), (re.compile(r"皇紀\s?$"), 1.0, -660.0))


def _other_calendar(number: Number, sides: Sides) -> bool:
    """The year of another calendar whose year of ours the other side has."""
    named = [
        (factor, first) for pattern, factor, first in _CALENDARS if pattern.match(sides.text, number.end)
    ] + [
        (factor, first)
        for pattern, factor, first in _CALENDAR_BEFORE
        if pattern.search(sides.text[max(0, number.start - 6) : number.start])
    ]
    if not named:
        return False
    years = [int(value) for value in number.values if value.isdecimal() and 3 <= len(value) <= 4]
    theirs = [int(value) for other in sides.others for value in other.values if value.isdecimal()]
    return any(
        abs(year * factor + first - other) <= 1.1
        for year in years
        for factor, first in named
        for other in theirs
    )


def _short_year(value: str, years: Iterable[str]) -> bool:
    return len(value) <= 2 and any(year.endswith(value.zfill(2)) for year in years)


def _century(year: str) -> bool:
    return year[:2] in {"17", "18", "19", "20"}


def _other_century(century: int, sides: Sides) -> bool:
    """Whether the other side names another century than this: "1970s" is not «70-е годы XIX века»."""
    named = {
        int(value)
        for other in sides.others
        for value in other.values
        if other.kind == "roman" or _CENTURY.match(sides.other_text[other.end :].lstrip(" .-\u00a0"))
        if value.isdecimal() and 10 <= int(value) <= 21
    }
    return bool(named) and century not in named


_CENTURY = re.compile(
    r"centur|siècle|jahrh|\bjh|\bвек|\bв{1,2}\.|столет|століт|\bст\.|siglo|secolo|século|\beeuw|\bwiek|\bw\."
    r"|stolet|世[纪紀]|सदी",
    re.IGNORECASE,
)


def _names_century(sides: Sides) -> bool:
    return any(_CENTURY.search(text) for text in (sides.text, sides.other_text))
