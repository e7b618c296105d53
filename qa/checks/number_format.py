"""Numbers written for another locale."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity
from qa.terms.numerals import PERCENT

__all__ = ["NumberFormatCheck", "decimal_comma", "grouping"]

# Languages that write 1,234.5. The others here write 1.234,5 or 1 234,5.
_POINT = frozenset("en zh ja ko th hi he ga cy mt ms fil tl sw ur bn ta te".split())
_COMMA = frozenset(
    "fr de es it pt nl pl cs sk ru uk be bg ro hu fi sv da nb no nn el tr id sr hr sl lt lv et ca".split()
)
_SPACED = frozenset("fr ru uk pl cs sk bg be fi sv nb no lt lv et hu".split())
"""Of these, the languages that set off thousands by a space."""
_COMMA_DECIMAL = re.compile(
    r"(?<![\d.,])\d+,(?:\d{1,2}|\d{4,})(?![\d.,]*\d)|(?<![\d.,])\d{1,3}(?:\.\d{3})+,\d+(?!\d)"
)
_POINT_DECIMAL = re.compile(
    r"(?<![\d.,])(?!\d{1,2}\.\d{2}(?!\d))\d+\.\d{1,2}(?!\d)(?![.,]\d)|(?<![\d.,])\d{1,3}(?:,\d{3})+\.\d+(?!\d)"
)
_GROUPED = {
    mark: re.compile(rf"(?<![\d.,])[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+(?![.,]?\d)") for mark in ".,"
}
_WHOLE = re.compile(
    r"(?<![\d.,])(?:[1-9]\d{3,}|[1-9]\d{0,2}(?:([.,' \u00a0\u202f])\d{3})(?:\1\d{3})*)(?![.,]?\d)"
)
_POINT_COUNTRIES = frozenset({"MX", "CH", "LI", "US", "PR", "GT", "HN", "NI", "PA", "DO", "SV"})


class NumberFormatCheck(SegmentCheck):
    """Decimal and thousands separators of another locale.

    ## What it flags
    A number copied with the separators of the source where the target's language writes it otherwise:
    ``1,234.5`` or ``0.5`` in French, ``0,5`` in English. And thousands set off by the mark that begins
    decimals there, ``4.870`` in English or ``1,500`` in French, where the source has them as thousands.
    Versions, dates and times with points are left alone, as are Swiss and Mexican texts.

    ## Why it matters
    The reader takes ``1,234`` for one and a bit.

    ## Example
    ``a growth of 2.5 percent`` → ``une croissance de 2.5 pour cent``

    ## Fix
    The separators of the target's locale.
    """

    id = "number-format"
    category = "locale-conventions/number-format"
    severity = Severity.MINOR
    needs_source = False
    languages = _POINT | _COMMA
    precision = 0.85
    messages = {"format": "{found} is not how this language writes the number; use {wanted}"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text, target = segment.target, lang.base(context.target_lang)
        region = context.target_lang.rpartition("-")[2]
        if region in _POINT_COUNTRIES or not any(char.isdigit() for char in text):
            return
        pattern = _COMMA_DECIMAL if target in _POINT else _POINT_DECIMAL
        for match in pattern.finditer(text):
            found = match.group()
            if not context.target_only and segment.source and found not in segment.source:
                continue  # only a number copied as it stood is surely in the wrong format
            if not _is_decimal(text, match, target in _POINT):
                continue
            yield self._flag(segment, match, _converted_format(found, target))
        grouped = list(_GROUPED["." if target in _POINT else ","].finditer(text))
        thousands = _thousands(segment.source, lang.base(context.source_lang)) if grouped else frozenset()
        for match in grouped:
            if re.sub(r"\D", "", match.group()) in thousands:
                yield self._flag(segment, match, _converted_format(match.group(), target))

    def _flag(self, segment: Segment, match: re.Match[str], wanted: str) -> Flag:
        return self.flag(
            segment, match.start(), match.end(), "format",
            fix=[Edit(match.start(), match.end(), wanted)], found=match.group(), wanted=wanted,
        )  # fmt: skip


def _thousands(source: str, source_lang: str) -> frozenset[str]:
    """The digits of the whole numbers of four digits and more, without what sets off their thousands."""
    decimal = "." if source_lang in _POINT else ","
    return frozenset(
        re.sub(r"\D", "", match.group()) for match in _WHOLE.finditer(source) if match.group(1) != decimal
    )


def _is_decimal(text: str, match: re.Match[str], point: bool) -> bool:
    """A measure: a unit, a percent sign, a currency or a scale stands beside the number."""
    after = text[match.end() : match.end() + 14].lstrip(" \u00a0\u202f-")
    before = text[max(0, match.start() - 2) : match.start()].rstrip()
    if re.match(rf"[%‰°€$£¥₽]|{PERCENT}", after, re.I):
        return True
    if re.match(
        r"(?:lit[er]|л(?:ит|\b)|[Ll]\b|[Vv]olt|[Ww]att|[VWA]\b|[kM]?Hz|h\b|[Mm]et(?:er|re)|m[èe]tr|метр|[Kk]ilo|кило|gram"
        r"|грам|[Ll]itr|[Ll]iter|[Gg]ramm|[Tt]onn|тонн|Stund|heure|час|год(?:ин|\b)|Grad|degr|град"
        r"|thousand|m[ií]l|b[ií]l|тыс|млн|млрд|mln|mrd|mio|km|kg|cm|mm|m\b|g\b|[GMkt]W|GB|MB|км|кг|см|мм)",
        after,
    ):
        return True
    return before.endswith(("$", "€", "£", "¥"))


def decimal_comma(language: str) -> bool:
    """Whether a language (a base tag) begins decimals with a comma: 1,5."""
    return language in _COMMA


def grouping(language: str) -> str:
    """What sets off thousands in a language (a base tag)."""
    return "," if language not in _COMMA else "\u00a0" if language in _SPACED else "."


def _converted_format(found: str, target: str) -> str:
    swapped = found.translate(str.maketrans(",.", ".,"))
    return swapped.replace(".", "\u00a0") if target in _SPACED else swapped
