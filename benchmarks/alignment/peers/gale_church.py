"""Gale and Church (Computational Linguistics 1993): lengths in characters, the six shapes of the paper,
variance 6.8."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from alignment.cases import Case, Pairs

PRIORS = {(1, 1): 0.89, (1, 0): 0.00495, (0, 1): 0.00495, (2, 1): 0.0445, (1, 2): 0.0445, (2, 2): 0.011}
VARIANCE = 6.8


def align(case: Case) -> Pairs:
    return by_lengths(case.source, case.target)


def by_lengths(source: Sequence[str], target: Sequence[str]) -> Pairs:
    """The alignment of two sentence lists, searched in a strip around the diagonal."""
    x, y = ([0, *np.cumsum([len(t) for t in texts]).tolist()] for texts in (source, target))
    ratio = y[-1] / max(1, x[-1])
    n, m = len(source), len(target)
    width = max(60, abs(n - m) + 40)
    cost: dict[tuple[int, int], float] = {(0, 0): 0.0}
    back: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(n + 1):
        middle = i * m // max(1, n)
        for j in range(max(0, middle - width), min(m, middle + width) + 1):
            for (a, b), prior in PRIORS.items():
                before = cost.get((i - a, j - b))
                if before is None:
                    continue
                left, right = x[i] - x[i - a], y[j] - y[j - b]
                scale = math.sqrt(max(1e-9, (left + right / ratio) / 2 * VARIANCE))
                tail = max(1e-300, math.erfc(abs(right - left * ratio) / scale / math.sqrt(2)))
                total = before - math.log(prior) - math.log(tail)
                if total < cost.get((i, j), math.inf):
                    cost[i, j], back[i, j] = total, (a, b)
    out: Pairs = []
    i, j = n, m
    while (i, j) != (0, 0):
        a, b = back[i, j]
        out.append((tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = i - a, j - b
    return out[::-1]
