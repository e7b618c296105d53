"""How a number of the source is written in the translation, in the place of a wrong one."""

from __future__ import annotations

import re

from qa.checks.number_format import decimal_comma, grouping
from qa.model import Edit
from qa.terms.number_words import canonical, word_like
from qa.terms.numerals import Number

__all__ = ["rewritten"]

_WRITTEN = re.compile(
    r"(?P<whole>\d{1,3}(?:(?P<group>[.,'’ \u00a0\u202f\u2009])\d{3})(?:(?P=group)\d{3})*|\d+)"
    r"(?:(?P<mark>[.,])(?P<rest>\d+))?"
)
_PART, _BEFORE = re.compile(r"[.,:] ?\d"), re.compile(r"\d[.,:] ?\Z")
"""Beside half of a number: a clock time, a decimal with a space in it."""
_LONGEST = 18
"""Digits of the longest number that is written anew."""
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")


def rewritten(
    one: Number, source: str, source_lang: str, other: Number, target: str, target_lang: str
) -> tuple[Edit, ...]:
    """Edits of ``target`` that put ``one`` in the place of ``other``; none where its value or way of writing
    is not certain. Languages are base tags."""
    value = _value(one, source[one.start : one.end], source_lang)
    found = target[other.start : other.end]
    if value is None or len(value) > _LONGEST:
        return ()
    if not any(abs(_size(value) - _size(worth)) <= 1 for worth in other.values):
        return ()  # a year in the place of a percentage: they are not the same number at all
    if other.kind == "word":
        word = word_like(found, value, target_lang)
        return (Edit(other.start, other.end, word),) if word else ()
    if other.kind != "digits" or not one.bare.isdisjoint(other.values):
        return ()  # «13 millones» and "13": its scale may stand somewhere else
    if _PART.match(target, other.end) or _BEFORE.search(target[: other.start]):
        return ()
    zero = ord(found[0]) - int(found[0])  # of the digits that the translation uses
    written = _like(value, _ascii(found), other, source[one.start : one.end], target_lang)
    if not written or (zero != ord("0") and not written.isdecimal()):
        return ()
    written = "".join(chr(zero + int(char)) if char.isdecimal() else char for char in written)
    end = other.end
    if target_lang == "en" and (suffix := _ORDINAL.match(target, end)):
        end, written = suffix.end(), written + _suffix(written)
    return (Edit(other.start, end, written),)


def _ascii(text: str) -> str:
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)


def _size(value: str) -> int:
    """Digits before the decimal mark."""
    return len(value.partition(".")[0])


def _value(number: Number, text: str, language: str) -> str | None:
    """What a number is worth, as a canonical decimal; None where it can be read in two ways."""
    if len(number.values) == 1:
        return next(iter(number.values))
    match = _WRITTEN.fullmatch(_ascii(text))
    if not match or not (match["group"] or match["mark"]):
        return None
    decimal = "," if decimal_comma(language) else "."
    if match["group"] == decimal or (match["mark"] or decimal) != decimal:
        return None
    whole = re.sub(r"\D", "", match["whole"])
    if len(whole) > _LONGEST:
        return None
    value = canonical(float(f"{whole}.{match['rest'] or 0}"))
    return value if value in number.values else None


def _like(value: str, found: str, other: Number, old: str, language: str) -> str:
    """``value`` in the manner of ``found``: with its scale («45 million») or the marks of the language."""
    match = _WRITTEN.match(found)
    if not match:
        return ""
    scale = found[match.end() :]
    if scale:
        if len(other.values) != 1 or len(other.bare) != 1:
            return ""
        factor = float(next(iter(other.values))) / float(next(iter(other.bare)) or 1)
        short = canonical(float(value) / factor) if factor > 1 else ""
        if not short or not 0.1 <= float(short) < 1000 or len(short.partition(".")[2]) > 2:
            return ""
        return _marked(short, language, grouped=False) + scale
    grouped = match["group"] is not None or not old.isdecimal()
    return _marked(value, language, grouped=grouped, group=match["group"])


def _marked(value: str, language: str, *, grouped: bool, group: str | None = None) -> str:
    whole, _, rest = value.partition(".")
    if grouped and len(whole) > 3:
        whole = f"{int(whole):,}".replace(",", group or grouping(language))
    return whole + (("," if decimal_comma(language) else ".") + rest if rest else "")


def _suffix(written: str) -> str:
    """What makes an English ordinal of digits: 21 → "st"."""
    teens = written[-2:-1] == "1"
    return "th" if teens else {"1": "st", "2": "nd", "3": "rd"}.get(written[-1], "th")
