"""What explains a number that has no equal on the other side: clock times, dates, regrouping, conversion.

An excuse holds only for what is written as the thing it is about: 1500 is 15 where one of the two is a
clock time, and never where people are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.checks.number_conversions import converted
from qa.terms.number_words import table
from qa.terms.numerals import PERCENT, Number, prefixes, readings

__all__ = ["Sides", "explained"]


@dataclass(frozen=True, slots=True)
class Sides:
    """The numbers of one side, with its text, and what they are compared with."""

    numbers: Sequence[Number]
    text: str
    others: Sequence[Number]
    other_text: str
    other_lang: str
    words_known: bool


def explained(number: Number, sides: Sides) -> bool:
    """Whether the other side says ``number`` in another way than by an equal value."""
    return (
        number.values == {"0"}  # minutes, most often
        or _in_date(number, sides)
        or _decade(number, sides)
        or _other_calendar(number, sides)
        or _unscaled(number, sides)
        or _same_time(number, sides)
        or _half(number, sides)
        or _in_compound(number, sides.other_text, sides.other_lang)
        or _fraction_of_hour(number, sides.text, sides.other_text)
        or _split(number, sides)
        or _regrouped(number, sides.text, sides.other_text)
        or converted(number, sides)
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


_SCALE_LIKE = re.compile(r"[\s\u00a0-]?(?:mi[lo]|b[iy]l|tril|тыс|тис|м[иі]л|млн|млрд|тр[иі]л)", re.IGNORECASE)


def _unscaled(number: Number, sides: Sides) -> bool:
    """The same figures without their scale: "3 to 5 million" and «от 3 миллионов до 5 миллионов».

    Two scales have to be equal. A scale that is missing is in a word that the tables lack, or follows with
    the next number.
    """
    if not sides.words_known:
        known = {_figures(value) for other in sides.others for value in other.values}
        return any(_figures(value) in known for value in number.values)
    if number.bare:
        return any(
            not other.bare
            and not number.bare.isdisjoint(other.values)
            and _shares_scale(other, sides.others, sides.other_text)
            for other in sides.others
        )
    scaled = any(not other.bare.isdisjoint(number.values) for other in sides.others)
    return scaled and _shares_scale(number, sides.numbers, sides.text)


def _figures(value: str) -> str:
    return value.replace(".", "").strip("0")


def _shares_scale(number: Number, numbers: Sequence[Number], text: str) -> bool:
    if _SCALE_LIKE.match(text, number.end):
        return True
    return any(
        other.bare
        and 0 < other.start - number.end <= 24
        and not re.search(r"[.!?;:]", text[number.end : other.start])
        for other in numbers
    )


# Words and signs that say a clock time counts to twelve, in the main languages.
_HALF_DAY = re.compile(
    r"\b[ap]\.?\s?m\b|\bnoon\b|\bmidnight\b|\bafternoon|\bevening|\bmorning"
    r"|\bmidi\b|\bminuit\b|soir|après-midi|matin|nachmittag|abend|morgen|mitternacht|mittag|\bnachts\b"
    r"|вечера|\bдня\b|утра|\bночи\b|полдень|полноч|вечора|ранку|\btarde|noche|mañana|\bnoite|manhã|sera\b"
    r"|pomeriggio|mattin|\bnotte|wieczor|popołudni|\brano\b|odpoledne|večer|ráno|middag|avond"
    r"|上午|下午|晚上|凌晨|午前|午後|夜|朝|सुबह|शाम|दोपहर|रात",
    re.IGNORECASE,
)
# What makes a number the hour of a clock time: what follows it, perhaps after the end of a span of time.
_HOUR = re.compile(
    r"(?:\s?[-–—]\s?\d{1,2}|\s\w{1,3}\s\d{1,2})?(?:[:.]\d\d(?!\d))?"
    r"(?:(?<=[:.]\d\d)|[\s\u00a0\u202f]?(?:hrs?\b|h\b|h\d|heures?\b|hours\b|horas?\b|uhr\b|uur\b|час|ч\b|годин|год\.|godz|hod|o['’]clock"
    r"|gmt|utc|bst|cet|点|點|時|时|बजे"
    r"|(?:\w{1,3}\s){0,2}(?:\w['’])?(?:[ap]\.?\s?m\b|noon|midnight|afternoon|evening|morning|midi|minuit|soir|après|matin"
    r"|nachm|abend|morgen|nacht|вечора|вечера|дня|утра|ночи|ночі|ранку|tarde|noche|mañana|noite|manhã|sera|pomer|mattin"
    r"|notte|wiecz|popoł|rano|odpol|več|ráno|middag|avond)))",
    re.IGNORECASE,
)
_HOUR_BEFORE = re.compile(
    r"(?:上午|下午|晚上|凌晨|午前|午後|夜|朝|सुबह|शाम|दोपहर|रात|godz\.|hod\.)\s?$", re.IGNORECASE
)


def _is_hour(number: Number, text: str) -> bool:
    return (
        _HOUR.match(text, number.end) is not None
        or _HOUR_BEFORE.search(text[max(0, number.start - 6) : number.start]) is not None
    )


_CLOCK = re.compile(r"\d{1,2}[.:]\d\d")


def _clock(number: Number, text: str) -> tuple[str, ...]:
    """Hour and minutes of a number that is written like 17.30; none of any other."""
    written = len(number.parts) == 2 and _CLOCK.fullmatch(text[number.start : number.end])
    return number.parts if written else ()


def _same_time(number: Number, sides: Sides) -> bool:
    """A clock time that counts to twelve on one side, or is written 1200 on one."""
    texts = (sides.text, sides.other_text)
    clock = _clock(number, sides.text)
    minutes = set(clock[1:]) - {"0"}
    if minutes and not any(minutes <= {*other.values, *other.parts} for other in sides.others):
        return False
    for value in clock[:1] or number.values:
        if not value.isdecimal() or len(value) > 4:
            continue
        whole = int(value)
        same = {value.zfill(2) + "00"} if whole <= 24 else set()
        if len(value) == 4 and value.endswith("00"):
            same.add(value[:2].lstrip("0") or "0")
        if whole <= 24 and any(map(_HALF_DAY.search, texts)):
            same.add(str(whole - 12 if whole > 12 else whole + 12))
        partners = [
            other
            for other in sides.others
            if not same.isdisjoint(_clock(other, sides.other_text)[:1] or other.values)
        ]
        if partners and (
            _is_hour(number, sides.text) or any(_is_hour(other, sides.other_text) for other in partners)
        ):
            return True
    return False


_PERCENT = re.compile(rf"\s?(?:[%％]|{PERCENT})", re.IGNORECASE)


def _half(number: Number, sides: Sides) -> bool:
    """50 % and a half."""
    return (
        "50" in number.values
        and _PERCENT.match(sides.text, number.end) is not None
        and any("0.5" in other.values for other in sides.others)
    )


_HALF = re.compile(
    r"半|\bhalf\b|\bhalb|\bdemie?\b|\bпол(?:овин)?|\bпів|\bmedia\b|\bmezz[ao]\b|\bmeia\b|\bhalf|wpół|\bpůl",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"刻|\bquarter|\bviertel|\bdreiviertel|\bquart\b|\bчетверт|\bчверт|\bcuarto|\bquarto|\bkwart|\bkwadrans|\bčtvrt",
    re.IGNORECASE,
)


def _fraction_of_hour(number: Number, text: str, other_text: str) -> bool:
    """The minutes of a clock time that the other side says in words: 11:30 and 十一点半."""
    minutes = re.search(r"\d\s?[:.hч]\s?(\d\d)$", text[max(0, number.start - 4) : number.end])
    pattern = {"30": _HALF, "15": _QUARTER, "45": _QUARTER}.get(minutes.group(1)) if minutes else None
    return pattern is not None and pattern.search(other_text) is not None


def _in_compound(number: Number, other_text: str, other_lang: str) -> bool:
    """The other side writes the number inside a word: «четырёхмесячные»; not "seven" in "seventy"."""
    words = [word for value in number.values for word in prefixes(value, other_lang)]
    if not words:
        return False
    compound = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, words))})[^\W\d_]*")
    known = table(other_lang).values
    return any(match.group() not in known for match in compound.finditer(other_text.casefold()))


_SPACED = re.compile(r"\d+\s{0,3}[.,]\s{1,3}\d+|\d+\s{1,3}[.,]\s{0,3}\d+")


def _split(number: Number, sides: Sides) -> bool:
    """A space has slipped in at the mark: "0, 5", "40 , 000"."""
    theirs = {value for other in sides.others for value in other.values}
    own = (
        match.group() for match in _SPACED.finditer(sides.text) if match.start() <= number.start < match.end()
    )
    there = (match.group() for match in _SPACED.finditer(sides.other_text))
    return any(not theirs.isdisjoint(_readings(one)) for one in own) or any(
        not number.values.isdisjoint(_readings(one)) for one in there
    )


def _readings(written: str) -> frozenset[str]:
    return readings(re.sub(r"\s", "", written))[0]


_GAP = r"[\s.,'’()/-]{0,3}"
_GROUPED = re.compile(rf"\d(?:{_GAP}\d){{6,24}}")
_POINT = re.compile(r"[.,]\d+$")


def _regrouped(number: Number, text: str, other_text: str) -> bool:
    """The same digits in the same order, grouped in another way: telephone numbers, «10 000» in two."""
    written = [text[number.start : number.end]]
    squeezed = re.sub(r"\D", "", other_text)  # quicker than a pattern for each number
    window = max(0, number.start - 40)
    written += [
        match.group()
        for match in _GROUPED.finditer(text, window, number.end + 40)
        if match.start() <= number.start < match.end()
    ]
    for one in written:
        digits = re.sub(r"\D", "", one)
        if number.bare or len(digits) < 4 or digits not in squeezed:
            continue
        same = re.search(rf"(?<!\d){_GAP.join(digits)}(?!\d)", other_text)
        if same and _places(one) == _places(same.group()):
            return True
    return False


def _places(written: str) -> int:
    """Digits after the decimal mark; none where the marks may be those of groups, dates or telephones."""
    marks = re.findall(r"\D+", written)
    if (
        not marks
        or marks[-1] not in (".", ",")
        or marks[-1] in marks[:-1]
        or not all(mark in ".,' \u00a0\u202f" for mark in marks)
    ):
        return 0
    places = len(written) - max(written.rfind("."), written.rfind(",")) - 1
    return 0 if places > 2 else places
