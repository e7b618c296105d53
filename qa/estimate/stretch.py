"""The words of a text that a fault is laid to, from the log-odds of its pieces."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from qa.model import WordScore

__all__ = ["Doubted", "chance", "stretch"]

Doubted = tuple[int, int, float]
"""Start and end of a word, log-odds that the fault is its."""
_NEARLY = 1.0
"""Words beside the worst belong to it: less than this below its log-odds, or above half of them."""


def chance(odds: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def stretch(text: str, words: Sequence[Doubted], odds: float, threshold: float) -> tuple[WordScore, ...]:
    """The worst of ``words`` and its neighbours that are nearly as bad, each with the probability of the
    fault; none where that is below ``threshold``. ``odds``: the fault's log-odds in the whole pair."""
    likely = chance(odds)
    solid = [word for word in words if any(c.isalnum() for c in text[word[0] : word[1]])]
    if likely < threshold or not solid:
        return ()
    worst = max(range(len(solid)), key=lambda at: solid[at][2])
    top = solid[worst][2]
    floor = min(top - _NEARLY, top / 2)
    first = last = worst
    while first > 0 and solid[first - 1][2] > floor:
        first -= 1
    while last + 1 < len(solid) and solid[last + 1][2] > floor:
        last += 1
    return tuple(WordScore(start, end, round(likely, 3)) for start, end, _ in solid[first : last + 1])
