"""Shares in words that changed: a quarter, one in five, two thirds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Flag, Segment, Severity
from qa.terms.numerals import PERCENT, numbers
from qa.terms.shares import Share, shares

__all__ = ["ShareCheck", "changed_share", "percentages", "same_share"]


class ShareCheck(SegmentCheck):
    """A share that changed.

    ## What it flags
    A share in words that only the translation has, where one of the source is missing: «каждый четвёртый»
    → ``one in five``, ``fell by a quarter`` → "um drei Viertel gefallen". The same share said in another
    way is left alone: "a third" and 33 %, "two in ten" and "one in five".

    ## Why it matters
    Both numbers of a share may well stand in the sentence, and still not together.

    ## Example
    ``one in four`` → «каждый пятый»

    ## Fix
    None.
    """

    id = "share"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    precision = 0.8
    messages = {"changed": "“{found}” is another share than “{wanted}” of the source"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        here, there = lang.base(context.source_lang), lang.base(context.target_lang)
        after = shares(text, there)
        before = shares(source, here) if after else []
        if not before:
            return
        pair = changed_share(before, after, percentages(source, here), percentages(text, there))
        if pair is not None:
            one, other = pair
            yield self.flag(
                segment, other.start, other.end, "changed",
                found=text[other.start : other.end], wanted=source[one.start : one.end],
            )  # fmt: skip


def changed_share(
    before: Sequence[Share], after: Sequence[Share], percent: Sequence[float], percent_there: Sequence[float]
) -> tuple[Share, Share] | None:
    """The one share of the source without an equal, and the one of the translation."""
    lost = _unequal(before, after, percent_there)
    new = _unequal(after, before, percent)
    if len(lost) == len(new) == 1 and lost[0].sure and new[0].sure:
        return lost[0], new[0]
    return None


def _unequal(own: Sequence[Share], others: Sequence[Share], percent: Sequence[float]) -> list[Share]:
    return [
        share
        for share in own
        if not any(abs(share.value - other.value) < 0.006 for other in others)
        and not any(same_share(share.value, number) for number in percent)
    ]


def same_share(value: float, percent: float) -> bool:
    """Whether a percentage is that share, rounded."""
    return abs(100 * value - percent) <= 0.67


_AFTER = re.compile(rf"\s?-?(?:[%％]|{PERCENT})", re.IGNORECASE)
_BEFORE = re.compile(r"(?:百分之|[%％]|yüzde\s)$", re.IGNORECASE)


def percentages(text: str, language: str) -> list[float]:
    """The numbers of ``text`` that are percentages."""
    return list(_percentages(text, language))


def _percentages(text: str, language: str) -> Iterator[float]:
    for number in numbers(text, language):
        if _AFTER.match(text, number.end) or _BEFORE.search(text[max(0, number.start - 6) : number.start]):
            yield from (float(value) for value in number.values if value.count(".") < 2)
