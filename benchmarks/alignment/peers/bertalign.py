"""Bertalign's score (Liu and Zhu, Digital Scholarship in the Humanities 2023) in its two passes.

The first pass finds anchors: the monotone chain of 1-1 pairs of highest total cosine, where a target
sentence counts only among the three nearest of a source sentence. The second pass links n:m inside five
sentences around the anchors by

    (cos(x, y) - margin) · log2(1 + min(|x|, |y|) / max(|x|, |y|))

with the margin the mean cosine of each run with the single sentences right before and behind the other
one, and lengths in characters, the target's scaled to the source's total. A sentence alone scores -0.1.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from alignment.cases import Case, Pairs
from alignment.peers import vectors
from alignment.peers.monotone import best_pairs, shapes

ALONE = -0.1
_MOST = 6  # sentences in a bead
_NEAREST = 3
_WINDOW = 5
Matrix = NDArray[np.float64]


def align(case: Case) -> Pairs:
    source, target = vectors.of(case)
    n, m = len(source), len(target)
    near = _neighbours(source.vectors, target.vectors[0]), _neighbours(target.vectors, source.vectors[0])
    scale = source.characters[0].sum() / max(1.0, target.characters[0].sum())
    rewards = {}
    for a, b in shapes(_MOST):
        cosine = source.vectors[a - 1].astype(float) @ target.vectors[b - 1].T
        # near[0][a][b] (n, m): the source run beside what surrounds the target run, and the other way.
        margin = (near[0](a, b) + near[1](b, a).T) / 2
        long, short = source.characters[a - 1][:, None], target.characters[b - 1][None] * scale
        fit = np.log2(1 + np.minimum(long, short) / np.maximum(1.0, np.maximum(long, short)))
        rewards[a, b] = (cosine - margin) * fit
    return best_pairs(rewards, ALONE, _around(_anchors(source.vectors[0], target.vectors[0]), n, m))


class _neighbours:
    """Mean cosine of each run of one side with the sentences right before and behind runs of the other."""

    def __init__(self, runs: list[NDArray[np.float32]], singles: NDArray[np.float32]) -> None:
        self._cosines = [one.astype(float) @ singles.T for one in runs]

    def __call__(self, size: int, other: int) -> Matrix:
        """(rows, columns): the run of ``size`` that ends in the row beside what surrounds the run of
        ``other`` sentences that ends in the column; at a border the one neighbour there is."""
        cosine = self._cosines[size - 1]
        behind, before = np.zeros_like(cosine), np.zeros_like(cosine)
        behind[:, :-1] = cosine[:, 1:]
        before[:, other:] = cosine[:, :-other]
        count = np.full(cosine.shape[1], 2.0)
        count[-1] -= 1
        count[:other] -= 1
        mean: Matrix = (behind + before) / np.maximum(1.0, count)
        return mean


def _anchors(source: NDArray[np.float32], target: NDArray[np.float32]) -> list[tuple[int, int]]:
    """Corners (i, j): that many sentences of each side lie up to and with an anchor."""
    cosine = source.astype(float) @ target.T
    top = min(_NEAREST, cosine.shape[1])
    least = np.partition(cosine, -top, axis=1)[:, -top]
    linked = np.where(cosine >= least[:, None], cosine, -np.inf)
    pairs = best_pairs({(1, 1): linked}, 0.0)
    return [(left[0] + 1, right[0] + 1) for left, right in pairs if left and right]


def _around(anchors: list[tuple[int, int]], n: int, m: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The columns each row of the second pass may use: the rectangle between the anchors before and behind
    it, widened."""
    low, high = np.full(n + 1, m, np.int64), np.zeros(n + 1, np.int64)
    for (i, j), (i2, j2) in pairwise([(0, 0), *anchors, (n, m)]):
        low[i : i2 + 1] = np.minimum(low[i : i2 + 1], max(0, j - _WINDOW))
        high[i : i2 + 1] = np.maximum(high[i : i2 + 1], min(m, j2 + _WINDOW))
    return low, high
