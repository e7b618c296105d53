"""What explains a number that has no equal on the other side: clock times, dates, regrouping, conversion.

An excuse holds only for what is written as the thing it is about: 1500 is 15 where one of the two is a
clock time, and never where people are counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.checks.number_conversions import converted
from qa.checks.number_dates import same_date
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
        or same_date(number, sides)
        or _unscaled(number, sides)
        or _same_time(number, sides)
        or _half(number, sides)
        or _round(number, sides)
        or _in_compound(number, sides.other_text, sides.other_lang)
        or _fraction_of_hour(number, sides.text, sides.other_text)
        or _split(number, sides)
        or _regrouped(number, sides.text, sides.other_text)
        or converted(number, sides)
    )


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


_FINAL = re.compile(
    r"\w{0,3}\s?(?:d[ei]l?(?:la)?\s)?(?:final|фінал|финал|finał|finál|决赛|決勝)|(?:th|-е|-й)?[- ]final",
    re.IGNORECASE,
)


_LAST = re.compile(
    r"(?:last|round of|letzten|derni\w+|[uú]ltim\w+|последн\w+|останн\w+|laatste|ostatni\w*)\s$",
    re.IGNORECASE,
)
_ROUNDS = {
    teams: re.compile(written, re.IGNORECASE)
    for teams, written in (
        (
            "32",
            "seizièmes? de finale|sechzehntelfinal|dieciseisavos|sedicesimi|zestiende finale|šestnáctifinál",
        ),
        (
            "16",
            "huitièmes? de finale|achtelfinal|octavos de final|ottavi di finale|oitavas[ -]de[ -]final"
            "|achtste finale|osmifinál",
        ),
        (
            "8",
            "quarts? de finale|quarter-?final|viertelfinal|cuartos de final|quarti di finale"
            "|quartas?[ -]de[ -]final|kwartfinale|четвертьфинал|чвертьфінал|ćwierćfinał|čtvrtfinál",
        ),
    )
}


def _round(number: Number, sides: Sides) -> bool:
    """The last sixteen play the eighth-finals: «huitièmes de finale», «одна восьмая финала», «1/8 finału»."""
    named = any(_ROUNDS[value].search(sides.other_text) for value in number.values if value in _ROUNDS)
    return (
        (named and _LAST.search(sides.text, max(0, number.start - 16), number.start) is not None)
        or _halves(number, sides.text, sides.others)
        or any(_halves(other, sides.other_text, [number]) for other in sides.others)
    )


def _halves(number: Number, text: str, teams: Sequence[Number]) -> bool:
    return _FINAL.match(text, number.end) is not None and any(
        value.isdecimal() and not {str(2 * int(value))}.isdisjoint(team.values)
        for value in number.values
        for team in teams
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
