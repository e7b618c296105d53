"""Where a number belongs to a phrase that the other side says in another way: clock times and shares."""

from __future__ import annotations

from collections.abc import Sequence

from qa.checks.clock_time import changed_time
from qa.checks.share import changed_share, percentages, same_share
from qa.terms.clock import ClockTime, clock_times
from qa.terms.numerals import Number, numbers
from qa.terms.shares import shares

__all__ = ["said_otherwise"]

Spans = list[tuple[int, int]]


def said_otherwise(source: str, source_lang: str, text: str, target_lang: str) -> tuple[Spans, Spans]:
    """The spans of source and translation whose numbers the other side says in a phrase of its own.

    Those that the checks of clock times and of shares flag are among them: one error is flagged once.
    """
    found: tuple[Spans, Spans] = [], []
    times = clock_times(source, source_lang), clock_times(text, target_lang)
    parts = shares(source, source_lang), shares(text, target_lang)
    percent = percentages(source, source_lang), percentages(text, target_lang)
    pairs = [changed_time(*times), changed_share(*parts, *percent)]
    for at, (spans, side, tag) in enumerate(
        zip(found, (source, text), (source_lang, target_lang), strict=True)
    ):
        other = 1 - at
        spans += [(one.start, one.end) for one in times[at] if any(one.equals(two) for two in times[other])]
        spans += [
            (one.start, one.end)
            for one in parts[at]
            if any(abs(one.value - two.value) < 0.006 for two in parts[other])
            or any(same_share(one.value, number) for number in percent[other])
        ]
        spans += _about_an_hour(numbers(side, tag), times[other])
        spans += [
            (one.start, one.end)
            for one in times[at]
            if one.vague
            and _about_an_hour(numbers((source, text)[other], (source_lang, target_lang)[other]), [one])
        ]
        spans += [(pair[at].start, pair[at].end) for pair in pairs if pair is not None]
        if percent[at] and parts[other]:
            spans += _same_percentages(side, tag, [share.value for share in parts[other]])
    return found


def _about_an_hour(found: Sequence[Number], times: Sequence[ClockTime]) -> Spans:
    """The numbers that may be the hour of a vague time: "after five" and «в начале шестого»."""
    hours = {time.minute // 60 for time in times if time.vague}
    return [
        (number.start, number.end)
        for number in found
        if any(value.isdecimal() and int(value) % 12 in hours for value in number.values)
    ]


def _same_percentages(text: str, language: str, values: Sequence[float]) -> Spans:
    return [
        (number.start, number.end)
        for number in numbers(text, language)
        if any(
            same_share(value, float(one)) for value in values for one in number.values if one.count(".") < 2
        )
    ]
