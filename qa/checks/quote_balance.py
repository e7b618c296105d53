"""Quotation marks without a partner, in a segment or across several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qa import lang
from qa.checks.base import Context, DocumentCheck
from qa.checks.quote_marks import Mark, marks
from qa.model import Flag, Segment, Severity

__all__ = ["QuoteBalanceCheck"]


class QuoteBalanceCheck(DocumentCheck):
    """Quotation marks without a partner.

    ## What it flags
    An opening mark that is never closed, or a closing mark that nothing opened. A quotation may run
    over several sentences of a document: marks are paired across segments, but only with a near one
    where the source opens and closes its quotation in the same sentence. A source with the same lone
    mark excuses its translation, and inch marks (``5"``) are no quotation marks.

    ## Why it matters
    Readers cannot tell where the quoted speech ends and the author's words begin.

    ## Example
    ``Er sagte: „Wir kommen morgen.``

    ## Fix
    None: only a person knows where the quotation ends.
    """

    id = "quote-balance"
    category = "linguistic-conventions/punctuation"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.8
    messages = {
        "unclosed": "quotation opened by {mark} is never closed",
        "unopened": "quotation closed by {mark} was never opened",
    }

    _REACH = 30  # segments over which a quotation may run
    # The same from a segment whose source pairs all its marks. Not 0: where English interrupts a quotation
    # by «he said» at the end of a sentence, French opens in that sentence and closes in a later one.
    _REACH_QUOTED = 2

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        language = lang.base(context.target_lang)
        source = lang.base(context.source_lang) if context.source_lang else ""
        lone: list[_Lone] = []
        for place, segment in enumerate(context.segments):
            unmatched = _unmatched(marks(segment.target, language))
            if not unmatched:
                continue
            quoted = marks(segment.source, source) if segment.source else ()
            excused = bool(_unmatched(quoted))
            reach = self._REACH_QUOTED if quoted and not excused else self._REACH
            lone += [_Lone(place, segment, mark, excused, reach) for mark in unmatched]
        paired = _across_segments(lone)
        for number, (_, segment, mark, excused, _) in enumerate(lone):
            if excused or number in paired or _crowded(segment.target, mark):
                continue
            key = "unclosed" if mark.role == "open" else "unopened"
            yield segment.id, self.flag(segment, mark.at, mark.at + 1, key, mark=mark.char)


class _Lone(NamedTuple):
    """A mark without a partner in its segment."""

    place: int
    segment: Segment
    mark: Mark
    excused: bool
    """The source has such a mark too."""
    reach: int
    """How many segments away its partner may be."""


def _across_segments(lone: Sequence[_Lone]) -> set[int]:
    """Numbers of the lone marks that find their partner in another segment of the document.

    Marks that the source leaves alone too find theirs first: they are the two ends of one long
    quotation, and a mark that was lost near it must not take the place of one of them.
    """
    located = [number for number, found in enumerate(lone) if found.segment.target_span is not None]
    mirrored = _paired(lone, [number for number in located if lone[number].excused])
    return mirrored | _paired(lone, [number for number in located if number not in mirrored])


def _paired(lone: Sequence[_Lone], numbers: Iterable[int]) -> set[int]:
    paired: set[int] = set()
    pending: dict[str, list[int]] = {}
    for number in numbers:
        mark = lone[number].mark
        waiting = pending.setdefault(mark.family, [])
        if mark.family == "straight" or mark.role == "close":
            if waiting and _within_reach(lone[waiting[-1]], lone[number]):
                # Each paragraph of a long quotation opens anew and only the last one closes.
                paired.update((*waiting, number))
                waiting.clear()
            elif mark.family == "straight":
                waiting[:] = [number]
        else:
            waiting.append(number)
    return paired


def _within_reach(one: _Lone, other: _Lone) -> bool:
    return other.place - one.place <= min(one.reach, other.reach)


def _crowded(text: str, mark: Mark) -> bool:
    """The mark stands for inches, seconds or ditto: a digit or another such mark beside it."""
    around = text[max(0, mark.at - 1) : mark.at] + text[mark.at + 1 : mark.at + 2]
    return mark.family == "straight" and any(char in "\"'″′" or char.isdigit() for char in around)


def _unmatched(found: Sequence[Mark]) -> list[Mark]:
    """Marks without a partner; a family is paired with itself, straight marks by parity."""
    stacks: dict[str, list[Mark]] = {}
    lone: list[Mark] = []
    for mark in found:
        stack = stacks.setdefault(mark.family, [])
        if mark.role == "open":
            stack.append(mark)
        elif stack:
            stack.pop()
        else:
            lone.append(mark)
    lone += [mark for stack in stacks.values() for mark in stack]
    return sorted(lone, key=lambda mark: mark.at)
