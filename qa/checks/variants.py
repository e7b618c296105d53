"""Two varieties of one language mixed in one translation: spellings, and the order of dates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import ClassVar

from qa.checks.base import Context, DocumentCheck
from qa.lang import base, normalise
from qa.model import Edit, Flag, Severity
from qa.terms.variants import LANGUAGES, REGIONS, readings

__all__ = ["VariantDriftCheck"]

_LEAST = 3
_SHARE = 0.8


class VariantDriftCheck(DocumentCheck):
    """A spelling or a date of the variety of the language that this document does not use.

    ## What it flags
    In English, American spellings in a British text and the reverse (``colour``, ``color``), ``-ise`` in a
    text of ``-ize`` and the reverse (Oxford writes ``-ize`` beside ``colour``: a choice of its own), and
    ``March 5, 2024`` among dates like ``5 March 2024``; in German ``ss`` for ``ß``, and ``ß`` in a text of
    Swiss spelling. What four of five such places do, and three at least, is the rule of the document; where
    the target language has a region (``en-GB``, ``de-CH``), that is. Words that all write (``practice``,
    ``program``), names with a capital, addresses and code count for neither side.

    ## Why it matters
    A text that is British on one page and American on the next was plainly put together from pieces; style
    guides ask for one variety before anything else.

    ## Example
    ``The theatre is grey and its **color** has faded.``

    ## Fix
    The spelling of the rest, in the case of the word; the date written the usual way round.
    """

    id = "variant-drift"
    category = "style/inconsistent"
    severity = Severity.MINOR
    needs_source = False
    languages = LANGUAGES
    precision = 0.9
    messages: ClassVar[Mapping[str, str]] = {
        "spelling": "“{found}” is {variety}; {count} of {all} such words here are {usual}, as “{example}”",
        "ending": "“{found}” has {variety}; {count} of {all} such words here have {usual}, as “{example}”",
        "sharp": "“{found}” has {variety}; {count} of {all} such words here have {usual}, as “{example}”",
        "date": "“{found}” has the {variety}; {count} of {all} dates here have the {usual}, as “{example}”",
        "region": "“{found}” is not how {tag} writes it: “{other}”",
    }

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        """Pairs of (segment id, flag), in order."""
        tag = normalise(context.target_lang)
        lang = base(tag)
        found = [
            (segment, reading) for segment in context.segments for reading in readings(segment.target, lang)
        ]
        if not found:
            return
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        examples: dict[tuple[str, str], str] = {}
        for segment, reading in found:
            counts[reading.system][reading.variety] += 1
            examples.setdefault(
                (reading.system, reading.variety), segment.target[reading.start : reading.end]
            )
        ruled = _region(tag)
        usual = {system: _usual(count) for system, count in counts.items()}
        for segment, reading in found:
            start, end, system = reading.start, reading.end, reading.system
            right = ruled.get(system, usual[system])
            if right in ("", reading.variety):
                continue
            yield (
                segment.id,
                self.flag(
                    segment,
                    start,
                    end,
                    "region" if system in ruled else system,
                    category="locale-conventions/date-format" if system == "date" else None,
                    fix=[Edit(start, end, reading.other)],
                    found=segment.target[start:end],
                    other=reading.other,
                    tag=tag,
                    variety=reading.variety,
                    usual=right,
                    count=str(counts[system][right]),
                    all=str(counts[system].total()),
                    example=examples.get((system, right), ""),
                ),
            )


def _usual(count: Counter[str]) -> str:
    """The variety that is the rule; "" where none is."""
    variety, times = count.most_common(1)[0]
    return variety if times >= _LEAST and times >= _SHARE * count.total() else ""


def _region(tag: str) -> Mapping[str, str]:
    """System → the variety that is right for a tag with a region."""
    lang, *rest = tag.split("-")
    region = next((part for part in rest if len(part) == 2 and part.isupper()), "")
    return REGIONS.get(f"{lang}-{region}", {})
