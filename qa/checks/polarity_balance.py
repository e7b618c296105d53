"""A negation that has no counterpart on the other side, and what else there may account for it.

Sure negations of both sides are paired off by their place in the sentence. Of one that is left over,
``features`` says what could excuse it, foremost negative words of the other side that have no
counterpart either, and ``likelihood`` weighs that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from qa.terms.negation import Negations

__all__ = ["WEIGHTS", "LeftOver", "features", "left_over", "likelihood"]

_NEAR = 0.15
"""Difference of places, as shares of the sentence, within which two negative words may be one."""

WEIGHTS: Mapping[str, float] = {
    "always": 3.3,
    "added": -0.2,
    "affix": -2.0,
    "deny": -0.4,
    "doubt": -1.2,
    "end": -0.9,
    "exclude": 0.2,
    "fail": -2.1,
    "few": -1.8,
    "forbid": -1.0,
    "hard": -2.0,
    "lack": -1.2,
    "loose": -1.1,
    "near": -2.0,
    "paired": -1.0,
    "prevent": -1.1,
    "refuse": -1.0,
    "without": -2.3,
    "~only": -0.2,
    "~other": -1.6,
    "~until": -0.4,
}
"""By name of a feature or of a notion of ``negation.toml``; what is not here weighs nothing."""


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A sure negation at ``[start, end)`` of the source (``lost``) or of the target that nothing sure
    matches; ``ours`` and ``theirs`` are all negations of its own side and of the other one."""

    start: int
    end: int
    lost: bool
    place: float
    ours: Negations
    theirs: Negations
    sizes: tuple[int, int]


def left_over(before: Negations, after: Negations, source: str, target: str) -> LeftOver | None:
    """The negation that source or target has more than the other side; None where they have as many, or
    where as many words as are missing («нет», "nothing") negate in another way."""
    if len(before.sure) == len(after.sure):
        return None
    lost = len(before.sure) > len(after.sure)
    ours, theirs = (before, after) if lost else (after, before)
    spare = sum(max(0, _count(theirs, name) - _count(ours, name)) for name in ("no", "~apart"))
    if len(ours.sure) - len(theirs.sure) <= spare:
        return None
    sizes = (len(source), len(target)) if lost else (len(target), len(source))
    places = [start / sizes[0] for start, _ in ours.sure]
    number = _unpaired(places, [start / sizes[1] for start, _ in theirs.sure])
    return LeftOver(*ours.sure[number], lost, places[number], ours, theirs, sizes)


def _count(one: Negations, name: str) -> int:
    return len(one.notions.get(name, ()))


def _unpaired(places: list[float], others: list[float]) -> int:
    """Which of ``places`` is left when each of ``others`` has taken the nearest one still free."""
    free = list(range(len(places)))
    for other in others:
        free.remove(min(free, key=lambda number: abs(places[number] - other)))
    return free[0]


def features(one: LeftOver) -> dict[str, float]:
    """Name → value of everything that speaks for or against an error; absent means 0."""
    found = {"always": 1.0, "added": float(not one.lost)}
    if one.start in one.ours.loose:
        found["loose"] = 1.0
    if one.theirs.sure:
        found["paired"] = 1.0
    for name, spans in one.theirs.notions.items():
        if name not in ("no", "~apart") and len(spans) > len(one.ours.notions.get(name, ())):
            found[name] = 1.0
            if min(abs(start / one.sizes[1] - one.place) for start, _ in spans) < _NEAR:
                found["near"] = 1.0
    return found


def likelihood(one: LeftOver) -> float:
    """Chance that ``one`` is an error and no other way to say the same: 0 to 1, the weights fitted by
    ``benchmarks/polarity.py --fit``."""
    score = sum(WEIGHTS.get(name, 0.0) * value for name, value in features(one).items())
    return 1 / (1 + exp(-score))
