"""Numbers in running text: digits of every script and locale, number words, Roman and Han numerals.

``numbers(text, lang)`` returns every number with all values it may stand for: "1,234" is 1234 in one
locale and 1.234 in another, "25 thousand" is 25 and 25000, «нояб.» is 11. Deciding which of them is
meant takes the other side of a translation; that is the caller's business.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from qa.terms.number_words import canonical, languages, may_hold, prefixes, table, words

__all__ = ["Kind", "Number", "canonical", "digits", "has_words", "languages", "numbers", "prefixes"]

Kind = Literal["digits", "word", "hint", "month", "roman", "han"]


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a text: ``text[start:end]``, everything it may be worth, and how it is written.

    A ``hint`` is a word that may stand for a number and need not ("dozen", "both", French «neuf»).
    ``values`` are canonical decimal strings ("1234.5"); ``parts`` the values of the digit groups
    it is made of ("19.03.2025" → 19, 3, 2025).
    """

    start: int
    end: int
    kind: Kind
    values: frozenset[str]
    parts: tuple[str, ...] = ()


_DIGITS = re.compile(r"\d+(?:(?:[.,'’٫٬]|[ \u00a0\u202f\u2009](?=\d{3}(?!\d)))\d+)*")
_SCALE_AFTER = re.compile(r"[ \u00a0\u202f-]?([^\W\d_]+)")
_ROMAN = re.compile(
    r"(?<![\w.])(?=[IVXLC])(C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))"
    r"(?=(?:e|è|ème|ère|er|re|th|nd|rd)?(?![\w'’]))"
)
_HAN_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_HAN_SCALES = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "萬": 10**4,
    "亿": 10**8,
    "億": 10**8,
    "兆": 10**12,
}
_HAN_WRITTEN = frozenset({"zh", "ja", "yue"})
_HAN = re.compile("[〇零一二两兩三四五六七八九十百千万萬亿億兆]+")
# 千瓦, 千克, 千米, 千卡 are units: their 千 is no scale. «１万１０００» is one number.
_DIGITS_HAN = re.compile(r"([十百千]?[万萬亿億兆]+|[十百千](?![瓦克米卡赫]))(\d{1,4}(?![\d,.]))?")


def numbers(text: str, language: str) -> tuple[Number, ...]:
    """The numbers of ``text`` in order of their start; ``language`` is a base tag."""
    return _numbers(text, language) if len(text) <= 20_000 else _numbers.__wrapped__(text, language)


@lru_cache(maxsize=2048)
def _numbers(text: str, language: str) -> tuple[Number, ...]:
    found = list(_digit_numbers(text, language))
    if language in _HAN_WRITTEN:
        found += _han_numbers(text)
    else:
        found += _word_numbers(text, language, found)
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
    if language in _HAN_WRITTEN:
        return _HAN.search(text) is not None
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
        values.add(f"{whole}.{fraction}" if fraction else whole)
    if not values:
        values.add(".".join(parts))
    return frozenset(values), parts


def _digit_numbers(text: str, language: str) -> Iterator[Number]:
    scales = table(language).values
    for match in _DIGITS.finditer(text):
        values, parts = readings(match.group())
        end = match.end()
        after = _SCALE_AFTER.match(text, end, end + 24)
        if after:
            word = after.group(1).casefold()
            scale = scales.get(word, 0.0)
            if scale >= 100 and (len(word) > 1 or after.group(1) in "MK"):
                values |= frozenset(
                    canonical(float(value) * scale) for value in values if value.count(".") < 2
                )
                end = after.end()
            elif scaled := _DIGITS_HAN.match(text, end):
                factor = 1
                for char in scaled.group(1):
                    factor *= _HAN_SCALES[char]
                rest = float(_plain(scaled.group(2) or "0"))
                values |= frozenset(
                    canonical(float(value) * factor + rest) for value in values if value.count(".") < 2
                )
                end = scaled.end()
        yield Number(match.start(), end, "digits", values, parts)


def _word_numbers(text: str, language: str, taken: list[Number]) -> Iterator[Number]:
    """Runs of number words: "two hundred and fifty" is one number."""
    known = table(language)
    if not known.values:
        return
    covered = {number.end for number in taken}
    run: list[tuple[int, int, float]] = []
    for start, end, word in words(text, language):
        value = known.values.get(word)
        if value is not None and (len(word) < 2 or end in covered):
            value = None  # «m», «k» are scales after digits alone; the rest was read with its digits
        if run and not _joins(text, run[-1][1], start, language):
            yield _composed(run)
            run = []
        if value is not None:
            run.append((start, end, value))
            continue
        hint = known.hints.get(word)
        if hint is not None and not run:
            yield Number(start, end, "hint", frozenset({canonical(hint)}))
        elif hint is not None and hint < 10 <= run[-1][2]:
            run.append((start, end, hint))  # dix-neuf, vingt et un, двадцать один
            continue
        month = known.months.get(word)
        if month is not None and _is_month(text[start:end], language):
            yield Number(start, end, "month", frozenset({str(month)}))
        if run and word not in _LINKS.get(language, frozenset()):
            yield _composed(run)
            run = []
    if run:
        yield _composed(run)


_LINKS = {
    "en": frozenset({"and"}),
    "fr": frozenset({"et"}),
    "es": frozenset({"y"}),
    "pt": frozenset({"e"}),
    "de": frozenset({"und"}),
}


def _joins(text: str, end: int, start: int, language: str) -> bool:
    """Only a space, a hyphen or a linking word stands between two words of one number."""
    gap = text[end:start].strip().casefold()
    return gap in ("", "-", "‑") or gap in _LINKS.get(language, frozenset())


def _is_month(word: str, language: str) -> bool:
    """English "may" and "march" need their capital to be months."""
    return language not in {"en", "de"} or word[0].isupper()


def _composed(run: list[tuple[int, int, float]]) -> Number:
    """One number out of a run of words, with the values of its members as further readings."""
    total = current = 0.0
    for at, (_, _, value) in enumerate(run):
        if value == 20 and at and run[at - 1][2] == 4:
            current += 76  # quatre-vingts
        elif value >= 1000:
            total += (current or 1) * value
            current = 0
        elif value == 100:
            current = (current or 1) * 100
        else:
            current += value
    values = {canonical(total + current)}
    values.update(canonical(value) for _, _, value in run)
    if len(run) == 2 and 10 <= run[0][2] < 100 and 10 <= run[1][2] < 100:
        values.add(canonical(run[0][2] * 100 + run[1][2]))  # nineteen eighty(-four)
    if len(run) == 3 and 10 <= run[0][2] < 100 and 20 <= run[1][2] < 100 and run[2][2] < 10:
        values.add(canonical(run[0][2] * 100 + run[1][2] + run[2][2]))
    return Number(run[0][0], run[-1][1], "word", frozenset(values))


def _roman_numbers(text: str) -> Iterator[Number]:
    for match in _ROMAN.finditer(text):
        numeral = match.group(1)
        initial = len(numeral) == 1 and (numeral in "ILC" or text[match.end() : match.end() + 1] == ".")
        if not numeral or initial:
            continue
        worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
        digits = [worth[char] for char in numeral]
        value = sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))
        yield Number(match.start(), match.end(), "roman", frozenset({str(value)}))


def _han_numbers(text: str) -> Iterator[Number]:
    for match in _HAN.finditer(text):
        if match.start() and text[match.start() - 1].isdigit():
            continue
        run = match.group()
        values = {str(value) for value in _han_values(run)}
        if values:
            yield Number(match.start(), match.end(), "han", frozenset(values))


def _han_values(run: str) -> Iterator[int]:
    if all(char in _HAN_DIGITS for char in run):
        if len(run) > 1:
            yield int("".join(str(_HAN_DIGITS[char]) for char in run))
        else:
            yield _HAN_DIGITS[run]
        return
    total = section = digit = 0
    for char in run:
        if char in _HAN_DIGITS:
            digit = _HAN_DIGITS[char]
        else:
            scale = _HAN_SCALES[char]
            if scale < 10**4:
                section += (digit or 1) * scale
            else:
                total = (total + section + digit or 1) * scale
                section = 0
            digit = 0
    yield total + section + digit
