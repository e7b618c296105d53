"""Numbers in running text: digits of every script and locale, number words, Roman and Han numerals.

``numbers(text, lang)`` returns every number with all values it may stand for: "1,234" is 1234 in one
locale and 1.234 in another, «нояб.» is 11. Deciding which of them is meant takes the other side of a
translation; that is the caller's business.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from qa.terms import han_numerals, korean_numerals
from qa.terms.number_fractions import complete, join
from qa.terms.number_value import Kind, Number
from qa.terms.number_words import canonical, languages, may_hold, prefixes, table, words

__all__ = [
    "PERCENT",
    "Kind",
    "Number",
    "canonical",
    "digits",
    "has_words",
    "languages",
    "numbers",
    "prefixes",
]

_DIGITS = re.compile(r"\d+(?:(?:[.,'’٫٬]|(?<!\d{4})[ \u00a0\u202f\u2009](?=\d{3}(?!\d)))\d+)*")
_SCALE_AFTER = re.compile(r"[ \u00a0\u202f-]?([^\W\d_]+)")
_ROMAN = re.compile(
    r"(?<![\w.])(?=[IVXLC])(C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))"
    r"(?=(?:e|è|ème|ère|er|re|th|nd|rd)?(?![\w'’]))"
)


def numbers(text: str, language: str) -> tuple[Number, ...]:
    """The numbers of ``text`` in order of their start; ``language`` is a base tag."""
    return _numbers(text, language) if len(text) <= 20_000 else _numbers.__wrapped__(text, language)


@lru_cache(maxsize=2048)
def _numbers(text: str, language: str) -> tuple[Number, ...]:
    if language == "ko":
        text = korean_numerals.as_han(text)
    found = list(_digit_numbers(text, language))
    join(text, found)
    if language == "ko":
        found += han_numerals.han_numbers(text, found)
        found += korean_numerals.native(text)
    elif language in han_numerals.WRITTEN:
        found += han_numerals.han_numbers(text, found)
    else:
        found += _word_numbers(text, language, found)
        complete(text, language, found)
        found += _roman_numbers(text)
    return tuple(sorted(found, key=lambda number: (number.start, -number.end)))


def digits(text: str) -> list[str]:
    """The numbers of ``text`` in digits of any script as they are written, sorted."""
    if text.isascii() and not (  # a search for each is quicker than one for all
        "1" in text or "0" in text or "2" in text or "3" in text or "4" in text
        or "5" in text or "6" in text or "7" in text or "8" in text or "9" in text
    ):  # fmt: skip
        return []
    return sorted(_DIGITS.findall(text))


def has_words(text: str, language: str) -> bool:
    """Whether ``text`` may hold a number in words or Han numerals, hints and months aside."""
    if language == "ko":
        text = korean_numerals.as_han(text)
        return han_numerals.holds(text) or any(one.kind == "word" for one in korean_numerals.native(text))
    if language in han_numerals.WRITTEN:
        return han_numerals.holds(text)
    return may_hold(text, language)


def _plain(digits: str) -> str:
    """ASCII digits of any decimal digits."""
    return digits if digits.isascii() else "".join(str(unicodedata.decimal(char)) for char in digits)


def _stripped(digits: str) -> str:
    return digits.lstrip("0") or "0"


def readings(token: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """All values of a digit token, and its groups: "1,234" → {1234, 1.234}, (1, 234)."""
    if token.isdecimal():
        part = _stripped(_plain(token))
        return frozenset((part,)), (part,)
    groups = re.split(r"\D", token)
    marks = re.findall(r"\D", token)
    groups = [_plain(group) for group in groups]
    parts = tuple(_stripped(group) for group in groups)
    values = set()
    joined = _stripped("".join(groups))
    thousands = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3
    indian = len(groups[-1]) == 3 and all(len(group) == 2 for group in groups[1:-1]) and len(groups[0]) <= 2
    if (thousands or indian) and len(set(marks)) == 1:
        values.add(joined)
    last_differs = len(marks) == 1 or (marks[-1] != marks[-2] and len(set(marks[:-1])) == 1)
    if last_differs and marks[-1] in ".,٫":
        fraction = groups[-1].rstrip("0")
        whole = _stripped("".join(groups[:-1]))
        if fraction or not values:  # "20,000" is no 20
            values.add(f"{whole}.{fraction}" if fraction else whole)
    if not values:
        values.add(".".join(parts))
    return frozenset(values), parts


def _digit_numbers(text: str, language: str) -> Iterator[Number]:
    """Digits with their scales; «2 млн 350 тыс.» and 2万5千 are one number."""
    scales = table(language).values
    before: Number | None = None
    lowest = 1.0
    for match in _DIGITS.finditer(text):
        if before is not None and match.start() < before.end:
            continue  # read as part of 2万5千
        number, scale = _scaled(text, match, scales)
        if language in han_numerals.WRITTEN:
            number = han_numerals.with_readings(number, text)
        if before is not None:
            joined = _joined(before, lowest, number, text)
            if joined is None:
                shared = scale > 1 and not before.bare and _SPAN.fullmatch(text, before.end, number.start)
                yield (
                    replace(before, values=before.values | _times(before.values, scale)) if shared else before
                )
            else:
                number = joined
        before, lowest = number, scale
    if before is not None:
        yield before


# "from 12 to 16 thousand": the scale is that of both.
_SPAN = re.compile(r"\s?[-–—~〜～]\s?|[\s\u00a0](?:[^\W\d_]{1,3}[\s\u00a0])?|, |至|到|から|、")


def _scaled(text: str, match: re.Match[str], scales: Mapping[str, float]) -> tuple[Number, float]:
    """The number that begins with these digits, and its scale (1 where it has none)."""
    values, parts = readings(match.group())
    start, end = match.span()
    if len(parts) < 2 or not _divisible(text, match, parts):
        parts = ()
    after = _SCALE_AFTER.match(text, end, end + 24)
    if after is None:
        return Number(start, end, "digits", values, parts), 1.0
    scale, last = 1.0, end
    letter = False
    while after:  # «15 mil millones»
        word = after.group(1)
        factor = scales.get(word.casefold(), 0.0)
        if scale == 1 and len(word) < 3 and text[end] == "-":  # «15-ти миллионов»
            after = _SCALE_AFTER.match(text, after.end(), end + 24)
            continue
        if word == "m" == text[end] and factor and scale == 1:  # "1.7m people", and as well five metres
            return Number(start, end, "digits", values | _times(values, factor), parts), 1.0
        if factor < 100 or (len(word) == 1 and (word not in "MK" or scale > 1)):
            break
        scale, last = scale * factor, after.end()
        letter = len(word) == 1
        after = _SCALE_AFTER.match(text, last, last + 24)
    if scale > 1:
        scaled = _times(values, scale)
        if letter:  # 4K and 5M are as often names
            return Number(start, last, "digits", values | scaled, parts), 1.0
        return Number(start, last, "digits", scaled, (), values), scale
    if han := han_numerals.after_digits(text, end, values, "," in match.group()):
        last, total, scale = han
        return Number(start, last, "digits", frozenset({total}), (), values), scale
    return Number(start, end, "digits", values, parts), 1.0


def _times(values: frozenset[str], scale: float) -> frozenset[str]:
    return frozenset(canonical(float(value) * scale) for value in values if value.count(".") < 2)


def _joined(one: Number, scale: float, other: Number, text: str) -> Number | None:
    """«1 трлн 200 млрд» as one number; None where the second is none of the first's lower places."""
    if scale <= 1 or text[one.end : other.start].strip(" .\u00a0\u202f"):
        return None
    sums = frozenset(
        canonical(float(high) + float(low))
        for high in one.values
        for low in other.values
        if low.isdecimal() and float(low) < scale
        if other.bare or (scale == 1000 and 2 <= other.end - other.start <= 3)  # «5 mille 352 pesos»
    )
    if not sums:
        return None
    return Number(one.start, other.end, "digits", sums, (), one.values | other.values)


PERCENT = (
    "per ?cent|pour cent|pro[zc]ent|процент|відсот|por ciento|por cento|パーセント|퍼센트|प्रतिशत|फ़ीसदी"
    "|फीसदी|في المئة|بالمئة"
    "|في المائة|بالمائة"
)
"""How the words for per cent begin, as alternatives of a regex."""
_AMOUNT_AFTER = re.compile(
    rf"[ \u00a0\u202f]?(?:[%％‰°$€£¥₽₴]|{PERCENT})",
    re.IGNORECASE,
)


def _divisible(text: str, match: re.Match[str], parts: Sequence[str]) -> bool:
    """Whether the groups may be those of a date, a clock time or a version rather than one amount."""
    token, end = match.group(), match.end()
    first, *_, last = re.split(r"\D", token)
    if any(char in token for char in " \u00a0\u202f\u2009"):
        return text[end : end + 1] in ("x", "х", "×")  # «16 100x185» are no thousands
    if len(parts) > 2:
        return not all(len(group) == 3 for group in re.split(r"\D", token)[1:])
    return (
        "." in token
        and int(first) <= 31
        and (int(last) <= 59 or len(last) == 4)
        and (len(last) in (2, 4) or text.startswith(".", end))
        and text[match.start() - 1 : match.start()] not in ("$", "€", "£", "¥")
        and _AMOUNT_AFTER.match(text, end) is None
    )


def _word_numbers(text: str, language: str, taken: list[Number]) -> Iterator[Number]:
    """Runs of number words: "two hundred and fifty" is one number."""
    known = table(language)
    if not known.values:
        return
    run: list[tuple[int, int, float]] = []
    for start, end, word in words(text, language):
        value = known.values.get(word)
        if value is not None and (
            len(word) < 2 or (taken and any(one.start < start < one.end for one in taken))
        ):
            value = None  # «m», «k» are scales after digits alone; the rest was read with its digits
        if run and not _joins(text, run[-1][1], start, language, value or 0.0):
            yield _composed(run, text, language)
            run = []
        if value is not None:
            run.append((start, end, value))
            continue
        hints = known.hints.get(word)
        if hints and run and hints[0] in range(1, 10) and run[-1][2] >= 10:
            run.append((start, end, hints[0]))  # dix-neuf, vingt et un, двадцать один
            continue
        if run and word not in _LINKS.get(language, frozenset()):
            yield _composed(run, text, language)
            run = []
        if hints and not run:
            yield Number(start, end, "hint", _written(hints))
        month = known.months.get(word)
        if month is not None and _is_month(text[start:end], language):
            yield Number(start, end, "month", frozenset({str(month)}))
    if run:
        yield _composed(run, text, language)


@lru_cache(maxsize=256)
def _written(values: tuple[float, ...]) -> frozenset[str]:
    return frozenset(map(canonical, values))


_LINKS = {
    "en": frozenset({"and"}),
    "fr": frozenset({"et"}),
    "es": frozenset({"y"}),
    "pt": frozenset({"e"}),
    "de": frozenset({"und"}),
}


_OF = {"fr": "de", "es": "de", "pt": "de", "it": "di"}
"""What stands before a scale: «une quinzaine de millions»."""


def _joins(text: str, end: int, start: int, language: str, value: float) -> bool:
    """Only a space, a hyphen or a linking word stands between two words of one number, the second of which is
    worth ``value``."""
    gap = text[end:start].strip().casefold()
    scaled = value >= 1_000_000 and gap == _OF.get(language)
    return scaled or gap in ("", "-", "‑") or gap in _LINKS.get(language, frozenset())


def _is_month(word: str, language: str) -> bool:
    """English "may" and "march" need their capital to be months."""
    return language not in {"en", "de"} or word[0].isupper()


def _composed(run: list[tuple[int, int, float]], text: str, language: str) -> Number:
    """One number out of a run of words; its members are further readings where it may be a list."""
    total = current = 0.0
    places: list[float] = []
    for at, (_, _, value) in enumerate(run):
        if language == "fr" and value == 20 and at and run[at - 1][2] == 4:
            current += 76  # quatre-vingts
            places[-1] = 80
        elif value >= 1000:
            if 0 < total < value:
                total = (total + current) * value  # three thousand million, «mil quinientos millones»
            elif current or not total:
                total += (current or 1) * value
            else:
                total += value  # Arabic "a milliard and two million", which is one word
            current = 0
        elif value == 100:
            places[-1:] = [100 * (places[-1] if current and places[-1] < 20 else 1)]
            current = (current or 1) * 100
        else:
            current += value
            places.append(value)
    values = {canonical(total + current)}
    if total and len(run) > 1:
        bare = frozenset(canonical(value) for _, _, value in run if value < 1000)
        return Number(run[0][0], run[-1][1], "word", frozenset(values), bare=bare)
    if not all(_completes(one, other, language) for one, other in pairwise(places)) or _listed(
        run, text, language
    ):
        values.update(canonical(value) for _, _, value in run)
    if len(run) == 2 and 10 <= run[0][2] < 100 and 10 <= run[1][2] < 100:
        values.add(canonical(run[0][2] * 100 + run[1][2]))  # nineteen eighty(-four)
    if len(run) == 3 and 10 <= run[0][2] < 100 and 20 <= run[1][2] < 100 and run[2][2] < 10:
        values.add(canonical(run[0][2] * 100 + run[1][2] + run[2][2]))
    return Number(run[0][0], run[-1][1], "word", frozenset(values))


def _completes(one: float, other: float, language: str) -> bool:
    """Whether two words that follow each other are places of one number: 200 and 30, 60 and 15, 20 and 3."""
    return (
        one % 100 == 0 < other < 100 <= one
        or (20 <= one < 100 and one % 10 == 0 and 0 < other < 10)
        or (one in (60, 80) and 10 <= other < 20)
        or (one == 10 and (7 if language == "fr" else 1) <= other < 10)
        or (language == "ar" and 0 < one < 10 <= other < 100 and other % 10 == 0)
    )


def _listed(run: list[tuple[int, int, float]], text: str, language: str) -> bool:
    """Whether the words may be two: an "and" stands where one number needs none, as in "twenty and three"."""
    if language == "fr" and text.endswith("cents", 0, run[-1][1]):
        return True  # «quatre cents» may be money
    return language in ("en", "de") and any(
        one < 100 and text[end:start].strip(" -\u00a0") for (_, end, one), (start, _, _) in pairwise(run)
    )


_CYRILLIC_ROMAN = re.compile(r"(?<![^\W_])[ХІXVILС]{2,}(?![^\W_])")
_LATIN = str.maketrans("ХІС", "XIC")


def _roman_numbers(text: str) -> Iterator[Number]:
    if "Х" in text or "І" in text:  # «ХІХ століття» in Cyrillic letters
        text = _CYRILLIC_ROMAN.sub(lambda match: match.group().translate(_LATIN), text)
    for match in _ROMAN.finditer(text):
        numeral = match.group(1)
        initial = len(numeral) == 1 and (numeral in "ILC" or text[match.end() : match.end() + 1] == ".")
        if not numeral or initial:
            continue
        worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
        digits = [worth[char] for char in numeral]
        value = sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))
        yield Number(match.start(), match.end(), "roman", frozenset({str(value)}))
