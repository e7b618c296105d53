"""The words of a text that a fault is laid to, from the log-odds of its pieces."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from qa.model import WordScore

__all__ = ["Doubted", "chance", "stretch"]

Doubted = tuple[int, int, float]
"""Start and end of a word, log-odds that the fault is its."""
_NEARLY, _PLAINLY = 1.0, 4.5
"""Words may be a fault's that are less than this below the worst one's log-odds, or above half of them, or so
high that there is no doubt. The second makes stretches as long as what was taken out of made examples: eight
words for a clause, two for one."""


def chance(odds: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def stretch(text: str, words: Sequence[Doubted], odds: float, threshold: float) -> tuple[WordScore, ...]:
    """The neighbouring ``words`` that lie highest above what is bad enough, taken together, each with the
    probability of the fault; none where that is below ``threshold``. ``odds``: the fault's log-odds in the
    whole pair."""
    likely = chance(odds)
    solid = [word for word in words if any(c.isalnum() for c in text[word[0] : word[1]])]
    if likely < threshold or not solid:
        return ()
    top = max(odds for *_, odds in solid)
    enough = min(top - _NEARLY, top / 2, _PLAINLY)
    first = last = start = 0
    most = total = 0.0
    for at, (*_, doubt) in enumerate(solid):
        if total <= 0:
            start, total = at, 0.0
        total += doubt - enough
        if total > most:
            first, last, most = start, at, total
    return tuple(WordScore(start, end, round(likely, 3)) for start, end, _ in solid[first : last + 1])
