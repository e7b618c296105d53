"""Whether the errors that flags speak of are in another text of the segment: their own checks say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from qa.model import Flag, Segment, Span
from qa.review.diff import rebase_span

if TYPE_CHECKING:
    from qa.checks.base import Context

__all__ = ["Found", "alone", "standing"]


@dataclass(frozen=True, slots=True)
class Found:
    """A flag by its number, and the translation in which it was found."""

    id: int
    flag: Flag
    base: str


@cache
def alone() -> frozenset[str]:
    """The checks that need no more than one segment."""
    from qa.checks import CHECKS

    return frozenset(name for name in CHECKS.names() if CHECKS.get(name).scope == "segment")


def standing(found: Iterable[Found], source: str, text: str, context: Context) -> Mapping[int, bool]:
    """Number of a flag → is its error in the translation ``text``?

    It is not where its check finds less than before, and nothing at its place. Nothing is said of a flag
    whose place is gone, nor where its check does not find it again in the text it was found in: that check
    needed more than this segment (an estimate, a dictionary that is not here).
    """
    out: dict[int, bool] = {}
    for one in found:
        flag = one.flag
        place = Span(flag.start, flag.end)
        moved = place if flag.side == "source" else rebase_span(one.base, text, place)
        if one.base == text:
            out[one.id] = True
        elif moved is not None and flag.check in alone():
            before, after = (_run(flag.check, source, each, context) for each in (one.base, text))
            if (flag.side, place) in [(other.side, Span(other.start, other.end)) for other in before]:
                out[one.id] = len(after) >= len(before) or any(
                    other.side == flag.side and other.start <= moved.end and moved.start <= other.end
                    for other in after
                )
    return out


def _run(check: str, source: str, target: str, context: Context) -> tuple[Flag, ...]:
    from qa.checks import runner

    pair = Segment(1, source, target, (0,) if source else (), (0,) if target else ())
    return runner.run(replace(context, segments=(pair,)), only={check})[1]
