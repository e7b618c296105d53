"""The words of the source that a translation seems to leave out, from the log-odds of its pieces."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from qa.model import WordScore

__all__ = ["Lost", "left_out"]

Lost = tuple[int, int, float]
"""Start and end of a word of the source, log-odds that it has no counterpart."""
_NEARLY = 1.0
"""Words beside the worst belong to it: less than this below its log-odds, or above half of them."""


def left_out(source: str, words: Sequence[Lost], odds: float, threshold: float) -> tuple[WordScore, ...]:
    """The worst of ``words`` and its neighbours that are nearly as bad, each with the probability that
    something is left out; none where that is below ``threshold``. ``odds``: its log-odds."""
    likely = 1 / (1 + exp(-odds))
    solid = [word for word in words if any(c.isalnum() for c in source[word[0] : word[1]])]
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
