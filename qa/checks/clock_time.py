"""Clock times whose half of the day or whose words for quarters and halves changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Flag, Segment, Severity
from qa.terms.clock import ClockTime, clock_times
from qa.terms.numerals import digits, numbers

__all__ = ["ClockTimeCheck", "changed_time"]


class ClockTimeCheck(SegmentCheck):
    """A clock time that changed.

    ## What it flags
    A time that only the translation has, where one of the source is missing and one of the two is said in
    words: "a quarter to six" → ``um Viertel nach sechs``, "ve čtvrt na sedm" (6.15) → ``at 7.15``; and the
    same time in the other half of the day: ``7 a.m.`` → «в 7 часов вечера». Times in digits on both sides
    are compared by ``numbers``.

    ## Why it matters
    Many languages count quarters and halves towards the next hour: „halb acht“ is half past seven.

    ## Example
    «без четверти пять» → ``at a quarter past five``

    ## Fix
    None.
    """

    id = "clock-time"
    category = "locale-conventions/time-format"
    severity = Severity.MAJOR
    precision = 0.8
    messages = {
        "changed": "“{found}” is another time than “{wanted}” of the source",
        "half": "“{found}” is the other half of the day than “{wanted}” of the source",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        here, there = lang.base(context.source_lang), lang.base(context.target_lang)
        after = clock_times(text, there) if _may_hold(text, there) else []
        before = clock_times(source, here) if after else []
        if not before:
            return
        pair = changed_time(before, after)
        if pair is not None and _counted(*pair, source, here):
            return
        key = "changed"
        if pair is None:
            pair, key = _other_half(before, after), "half"
        if pair is not None:
            one, other = pair
            yield self.flag(
                segment, other.start, other.end, key,
                found=text[other.start : other.end], wanted=source[one.start : one.end],
            )  # fmt: skip


def _counted(one: ClockTime, other: ClockTime, source: str, language: str) -> bool:
    """The source has the other hour as a number: the time that ends a span need not look like one there."""
    hour = str(other.minute // 60 or 12)
    return (
        other.minute % 60 == 0
        and other.minute // 60 != one.minute // 60
        and any(hour in number.values for number in numbers(source, language))
    )


def _may_hold(text: str, language: str) -> bool:
    return bool(digits(text)) or bool(numbers(text, language))


def changed_time(
    before: Sequence[ClockTime], after: Sequence[ClockTime]
) -> tuple[ClockTime, ClockTime] | None:
    """The one time of the source without an equal and the one of the translation, one of them in words."""
    lost = [one for one in before if not any(one.equals(other) for other in after)]
    new = [one for one in after if not any(one.equals(other) for other in before)]
    if len(lost) == len(new) == 1 and len(before) == len(after) and (lost[0].worded or new[0].worded):
        return lost[0], new[0]
    return None


def _other_half(
    before: Sequence[ClockTime], after: Sequence[ClockTime]
) -> tuple[ClockTime, ClockTime] | None:
    """The first time of the translation that contradicts each equal one; at twelve halves are confused."""
    for other in after:
        equal = [one for one in before if one.equals(other)]
        if equal and other.minute >= 60 and all(one.contradicts(other) for one in equal):
            return equal[0], other
    return None
