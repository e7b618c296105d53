"""Numbers in the characters of Chinese and Japanese, and what these languages make of numbers in digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.terms.number_value import Number
from qa.terms.number_words import canonical

__all__ = ["WRITTEN", "after_digits", "han_numbers", "holds", "with_readings"]

WRITTEN = frozenset({"zh", "ja", "yue"})
"""Languages that write numbers in these characters."""
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_SCALES = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "萬": 10**4,
    "亿": 10**8,
    "億": 10**8,
    "兆": 10**12,
}
# 八点四 is 8.4, and 八点四十 a clock time; 百分之 is no hundred.
_NUMERAL = re.compile(
    "(?!百分之)[〇零一二两兩三四五六七八九十百千万萬亿億兆]+"
    "(?:(?<=[万億兆]) [一二三四五六七八九十百千万億]+)*"  # Korean
    "(?:[点點・．][〇零一二三四五六七八九]++(?![十刻分半])[万萬亿億]*)?"
)
# 千瓦, 千克, 千米, 千卡 are units: their 千 is no scale.
_AFTER_DIGITS = re.compile(
    r"(?:[十百千](?![瓦克米卡赫])|[万萬亿億兆])+"
    r"(?:(?:\d[\d,]*(?![\d,.])|[一二三四五六七八九])(?:[十百千](?![瓦克米卡赫])|[万萬亿億兆])*)*"
)
_POINT = re.compile("[点點・．]")
_TERM = re.compile(r"[\d,]+|.")
# Tenths: 两成 is 20 %, 八折 80 % of the price or 20 % off.
_TENTHS = re.compile(r"[成割](?![为為立分员員本长長功就熟果年交人份合])|折")
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民国": 1911, "民國": 1911}
# 两个半小时, 3年半, 2시간 반
_AND_A_HALF = re.compile(
    r"[个個]?(?:小时|小時|钟头|時間|年|天|か月|ヶ月|月|시간|년|개월|달)?\s?[半반](?![径径島岛分])"
)
_HALF = re.compile(
    r"(?<![前後后上下大夜])半(?=[个個]?(?:小时|小時|钟头|鐘頭|年|月|天|日|世[纪紀]|時間))|一半|半[数數]|半分|(?<!\w)반(?=\s?(?:시간|년|달|세기))|절반"
)


_MONTH = re.compile("月(?![間间球光経半])|월(?!요)")
_TWELVE = frozenset(map(str, range(1, 13)))


def holds(text: str) -> bool:
    """Whether ``text`` holds a numeral of that kind."""
    return _NUMERAL.search(text) is not None


def han_numbers(text: str, taken: Sequence[Number]) -> Iterator[Number]:
    """The numerals of ``text`` outside the numbers ``taken``, and halves as hints."""
    covered = {at for number in taken for at in range(number.start, number.end)}
    for match in _NUMERAL.finditer(text):
        if match.start() in covered or (match.start() and text[match.start() - 1].isdigit()):
            continue
        values = frozenset(_values(match.group()))
        yield with_readings(Number(match.start(), match.end(), "han", values), text)
        if _MONTH.match(text, match.end()) and values <= _TWELVE:
            yield Number(match.start(), match.end() + 1, "month", values)
    for match in _HALF.finditer(text):
        yield Number(*match.span(), "hint", frozenset({"0.5"}))


def with_readings(number: Number, text: str) -> Number:
    """The number with what Chinese and Japanese make of it: the year of an era, tenths, a half more."""
    era = _ERAS.get(text[max(0, number.start - 2) : number.start])
    years = {value for value in number.values if value.isdecimal() and len(value) < 3}
    if era is not None and years:
        values = frozenset(str(era + int(year)) for year in years)
        return replace(number, values=values, parts=tuple(sorted(years)))
    values = number.values
    if _TENTHS.match(text, number.end):
        values |= set(_tenths(values, text[number.end]))
    if _AND_A_HALF.match(text, number.end):
        values |= {canonical(float(value) + 0.5) for value in values if value.count(".") < 2}
    return number if values is number.values else replace(number, values=values)


def _tenths(values: frozenset[str], sign: str) -> Iterator[str]:
    for value in values:
        if value.count(".") < 2 and 0 < (share := float(value)) < 100:
            share *= 10 if share < 10 else 1  # 八折, but 八五折
            yield canonical(share)
            if sign == "折":
                yield canonical(100 - share)


def _values(run: str) -> Iterator[str]:
    whole, *fraction = _POINT.split(run.replace(" ", ""))  # Korean leaves a space after 万
    if fraction:
        digits = fraction[0].rstrip("万萬亿億")
        value = float(_sum(whole)) + float("0." + "".join(str(_DIGITS[char]) for char in digits))
        yield _sum(fraction[0][len(digits) :], value)
    elif all(char in _DIGITS for char in whole):
        yield "".join(str(_DIGITS[char]) for char in whole).lstrip("0") or "0"
    elif len(whole) == 3 and whole[0] == "十" and whole[1] in _DIGITS and whole[2] in _DIGITS:
        yield str(10 + _DIGITS[whole[1]])  # 十四五: the 14th Five-Year Plan
    else:
        yield _sum(whole)


def after_digits(text: str, at: int, values: frozenset[str], grouped: bool) -> tuple[int, str, float] | None:
    """(end, value, scale) of a number in digits that such numerals follow at ``at``: 2万5千, 1.2万亿.

    None where none follow. Chinese and Japanese group with a comma: ``grouped`` says that one was written.
    """
    amounts = [float(value) for value in values if value.count(".") < 2]
    match = _AFTER_DIGITS.match(text, at) if amounts else None
    if match is None:
        return None
    head = max(amounts) if grouped else min(amounts)
    total = _sum(match.group(), head)
    return match.end(), total, float(total) / head if head else 1.0


def _sum(written: str, digit: float | None = None) -> str:
    """The value of Han numerals, or of those that follow ``digit``: 一亿二千万, (2)万5千, (1.2)万亿."""
    total = section = 0.0
    lowest = 0
    for match in _TERM.finditer(written):
        term = match.group()
        if term in _DIGITS:
            digit = _DIGITS[term]
        elif term not in _SCALES:
            digit = float(term.replace(",", ""))
        else:
            scale = _SCALES[term]
            if scale < 10**4:
                section += (1 if digit is None else digit) * scale
            elif total and scale > lowest:  # 万亿
                total = (total + section + (digit or 0)) * scale
                section = 0
            else:
                total += (section + (digit or 0) or 1) * scale
                section = 0
            lowest = scale if scale >= 10**4 else lowest
            digit = None
    return canonical(total + section + (digit or 0))
