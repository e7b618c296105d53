"""How often people agreed with each check: its precision in a project, with an interval, and as a table."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import TextIO

from qa.report.safe import cell, rounded
from qa.review.muting import CheckTally

__all__ = ["COLUMNS", "Precision", "precisions", "wilson", "write_precisions"]

COLUMNS = (
    "check",
    "muted",
    "precision",
    "low",
    "high",
    "decided",
    "accepted",
    "corrected by hand",
    "dismissed",
    "open",
    "reasons",
)
_Z = 1.959963984540054
"""Quantile of the normal distribution for a 95% interval."""


@dataclass(frozen=True, slots=True)
class Precision:
    """A check's tally with its precision: the share of the decided flags that were accepted (0 to 1, higher
    is better) and its 95% interval. None while nothing is decided.

    The interval is that of independent decisions; many dismissed at once are worth less than it says.
    """

    tally: CheckTally
    value: float | None
    low: float | None
    high: float | None


def wilson(successes: int, number: int) -> tuple[float, float]:
    """Wilson's 95% score interval of a proportion of ``number`` > 0 (E. B. Wilson, JASA 22, 1927)."""
    share, square = successes / number, _Z * _Z
    centre = share + square / (2 * number)
    margin = _Z * sqrt(share * (1 - share) / number + square / (4 * number * number))
    scale = 1 + square / number
    # Rounding must not take the share itself out of its interval.
    return min(share, max(0.0, (centre - margin) / scale)), max(share, min(1.0, (centre + margin) / scale))


def precisions(tallies: Iterable[CheckTally]) -> list[Precision]:
    """Those first that are imprecise for sure (by the upper end of the interval), then those without a
    decision, the most open flags first."""
    found = [_precision(tally) for tally in tallies]
    return sorted(
        found,
        key=lambda p: (p.high is None, p.high or 0.0, -p.tally.decided, -p.tally.open, p.tally.check),
    )


def _precision(tally: CheckTally) -> Precision:
    if not tally.decided:
        return Precision(tally, None, None, None)
    return Precision(tally, tally.accepted / tally.decided, *wilson(tally.accepted, tally.decided))


def write_precisions(found: Iterable[Precision], stream: TextIO) -> None:
    """One row a check, with COLUMNS as header. Reasons that a spreadsheet would run get an apostrophe."""
    rows = csv.writer(stream)
    rows.writerow(COLUMNS)
    for each in found:
        tally = each.tally
        values: tuple[object, ...] = (
            tally.check,
            "yes" if tally.muted else "no",
            rounded(each.value, 4),
            rounded(each.low, 4),
            rounded(each.high, 4),
            tally.decided,
            tally.accepted,
            tally.edited,
            tally.dismissed,
            tally.open,
            "; ".join(f"{reason} ({number})" for reason, number in tally.reasons.items()),
        )
        rows.writerow([cell(value) for value in values])
