"""Exact search for the best monotone alignment when every bead's reward is known: one cell at a time in
the first coordinate, whole rows in the second."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from alignment.cases import Pairs

Array = NDArray[np.float64]
_UP, _LEFT = -1, -2


def shapes(most: int) -> list[tuple[int, int]]:
    """The beads (a, b) with two sides and at most ``most`` sentences together."""
    return [(a, b) for a in range(1, most) for b in range(1, most) if a + b <= most]


def best_pairs(
    rewards: Mapping[tuple[int, int], Array],
    alone: float,
    allowed: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> Pairs:
    """The alignment of highest total reward.

    ``rewards[a, b]`` has shape (n, m): entry (i, j) is the bead of a source and b target sentences whose
    last ones are i and j. ``alone`` rewards each sentence without a counterpart. ``allowed`` limits row
    r of 0…n (r source sentences done) to the columns [low[r], high[r]].
    """
    n, m = next(iter(rewards.values())).shape
    order = list(rewards)
    value = np.full((n + 1, m + 1), -np.inf)
    move = np.full((n + 1, m + 1), _UP, np.int8)
    run = alone * np.arange(m + 1)
    for i in range(n + 1):
        entered = value[i - 1] + alone if i else np.where(np.arange(m + 1) == 0, 0.0, -np.inf)
        for k, (a, b) in enumerate(order):
            if a > i or b > m:
                continue
            candidate = value[i - a, : m + 1 - b] + rewards[a, b][i - 1, b - 1 :]
            better = candidate > entered[b:]
            entered[b:][better] = candidate[better]
            move[i, b:][better] = k
        if allowed is not None:
            entered[: allowed[0][i]] = entered[allowed[1][i] + 1 :] = -np.inf
        offset = entered - run
        reached = np.maximum.accumulate(offset)
        move[i, reached > offset] = _LEFT
        value[i] = reached + run
        if allowed is not None:
            value[i, allowed[1][i] + 1 :] = -np.inf
    out: Pairs = []
    i, j = n, m
    while i or j:
        step = int(move[i, j])
        a, b = {_UP: (1, 0), _LEFT: (0, 1)}.get(step) or order[step]
        out.append((tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = i - a, j - b
    return out[::-1]
