"""What a link is worth: the reward of every bead (a source, b target sentences) that ends in a cell.

A cell (i, j) stands for "the first i source and j target sentences are linked". The reward of a bead
with similarity s (mean cosine of the channels) is ::

    u = s - .5 loc + .10                    loc: how similar both sides are to their neighbourhood
    W = (.6 (a+b)/2 + .4 l)^.75             l: length of the bead in mean sentences of its side
    R = W u - .03 min(z²/6, 4) - .1 (a+b-2) - .2 max(0, stranger - member)

with z the Gale-Church length deviation in bytes and ``member`` the lowest ``s - .5 loc`` of any merged
sentence against the whole other side: a stranger in a merged bead costs (``stranger`` is 0 unless said
otherwise). A sentence left alone gets ``-.15 (.5 + .5 min(length, 2))``. The constants are pinned, not
fitted: a free fit of them was the best on one corpus and collapsed on the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa.align.vectors import MOST, Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["AVERAGED", "ENCODED", "FAST", "SHAPES", "Constants", "Rewards"]

SHAPES = tuple((a, b) for a in range(1, MOST + 1) for b in range(1, MOST + 1) if a + b <= MOST + 1)
"""The shapes of links with two sides."""

_TOP = 4
_NEAR = 400  # sentences on either side of the diagonal that make up a neighbourhood
_ROWS = 256


@dataclass(frozen=True, slots=True)
class Constants:
    """The weights of the reward; see the module."""

    loc: float = 0.5
    offset: float = 0.10
    count_share: float = 0.6
    power: float = 0.75
    length: float = 0.03
    merge: float = 0.10
    member: float = 0.20
    stranger: float = 0.0
    alone: float = 0.15


ENCODED = Constants(loc=0.55)
"""For overlaps encoded as texts of their own."""

AVERAGED = Constants(member=0.30, stranger=0.10)
"""For overlaps averaged from sentences: a stranger hides in a mean, so it has to cost more."""

FAST = Constants(loc=0.5, offset=0.2, length=0.15, merge=0.2, member=0.0, alone=0.3)
"""For channels that see the surface only: lengths have to do most of the work."""


class Rewards:
    """Rewards of beads between two sides, block by block of the alignment matrix."""

    def __init__(self, source: Side, target: Side, constants: Constants | None = None) -> None:
        self.source, self.target = source, target
        self.constants = constants or Constants()
        self.ratio = float(target.total[-1] / max(source.total[-1], 1.0)) or 1.0
        self._near = (neighbourhood(source, target), neighbourhood(target, source))

    def alone(self, side: Side) -> NDArray[np.float64]:
        """Reward of leaving each sentence of ``side`` without a counterpart, shape (n,)."""
        share = np.minimum(side.lengths / side.mean_length, 2.0)
        return -self.constants.alone * (0.5 + 0.5 * share)

    def block(self, i0: int, i1: int, j0: int, j1: int) -> NDArray[np.float32]:
        """Rewards of the beads that end in the cells [i0, i1) × [j0, j1).

        Shape (i1 - i0, MOST, MOST + 1, j1 - j0), indexed [i - i0, a - 1, b, j - j0]; minus infinity
        where there is no such bead (b = 0 among them).
        """
        k = self.constants
        out = np.full((i1 - i0, MOST, MOST + 1, j1 - j0), -np.inf, np.float32)
        affinity = self._affinities(i0, i1, j0, j1)
        rows, columns = np.arange(i0, i1), np.arange(j0, j1)
        for a, b in SHAPES:
            own = affinity[a, b][MOST - 1 :, MOST - 1 :]
            value = own + np.float32(k.offset)
            length_s = _bead_length(self.source, a, rows)
            length_t = _bead_length(self.target, b, columns)
            ell = 0.5 * (
                (length_s / self.source.mean_length)[:, None] + (length_t / self.target.mean_length)[None]
            )
            ell = np.minimum(ell, 1.5 * (a + b))
            weight = (k.count_share * (a + b) / 2 + (1 - k.count_share) * ell) ** k.power
            expected = self.ratio * length_s[:, None]
            z2 = (length_t[None] - expected) ** 2 / (length_t[None] + expected + 1e-9)
            value = weight * value - k.length * np.minimum(z2 / 6, 4) - k.merge * (a + b - 2)
            if a + b > 2:
                value -= k.member * np.maximum(0, k.stranger - self._worst_member(affinity, a, b))
            value[rows < a] = -np.inf
            value[:, columns < b] = -np.inf
            out[:, a - 1, b] = value
        return out

    def affinity(self, a: int, b: int, i: int, j: int) -> float:
        """``s - .5 loc`` of the bead of a and b sentences that ends in cell (i, j)."""
        s = float(self.source.rows(a, i - 1, i)[0] @ self.target.rows(b, j - 1, j)[0])
        return s - self.constants.loc * 0.5 * float(self._near[0][a][i - 1] + self._near[1][b][j - 1])

    def deviation(self, a: int, b: int, i: int, j: int) -> float:
        """``min(z² / 6, 4)`` of the same bead: 0 where the lengths are as expected."""
        source = float(self.source.total[i] - self.source.total[i - a])
        target = float(self.target.total[j] - self.target.total[j - b])
        expected = self.ratio * source
        return min((target - expected) ** 2 / (target + expected + 1e-9) / 6, 4.0)

    def _affinities(self, i0: int, i1: int, j0: int, j1: int) -> dict[tuple[int, int], NDArray[np.float32]]:
        """``s - .5 loc`` for each shape over the cells [i0 - 4, i1) × [j0 - 4, j1)."""
        back = MOST - 1
        left = [_padded(self.source, a, i0 - back, i1) for a in range(1, MOST + 1)]
        right = [_padded(self.target, b, j0 - back, j1) for b in range(1, MOST + 1)]
        near_s = [_padded_near(self._near[0][a], i0 - back, i1) for a in range(1, MOST + 1)]
        near_t = [_padded_near(self._near[1][b], j0 - back, j1) for b in range(1, MOST + 1)]
        half = np.float32(self.constants.loc * 0.5)
        return {
            (a, b): left[a - 1] @ right[b - 1].T - half * (near_s[a - 1][:, None] + near_t[b - 1][None])
            for a, b in SHAPES
        }

    @staticmethod
    def _worst_member(
        affinity: dict[tuple[int, int], NDArray[np.float32]], a: int, b: int
    ) -> NDArray[np.float32]:
        back = MOST - 1
        parts = []
        if a > 1:
            single = affinity[1, b][:, back:]
            parts += [single[back - n : len(single) - n] for n in range(a)]
        if b > 1:
            single = affinity[a, 1][back:]
            parts += [single[:, back - n : single.shape[1] - n] for n in range(b)]
        worst: NDArray[np.float32] = np.minimum.reduce(parts)
        return worst


def neighbourhood(one: Side, other: Side) -> list[NDArray[np.float32]]:
    """For each overlap size (index 0 unused), how close each overlap of ``one`` comes to its four nearest
    single sentences of ``other`` around the diagonal: shape (n,)."""
    out = [np.zeros(len(one), np.float32) for _ in range(MOST + 1)]
    if not len(one) or not len(other):
        return out
    slope = len(other) / len(one)
    top = min(_TOP, len(other))
    for start in range(0, len(one), _ROWS):
        stop = min(start + _ROWS, len(one))
        low = max(0, min(int(start * slope) - _NEAR, len(other) - _NEAR))
        high = min(len(other), int(stop * slope) + _NEAR)
        singles = other.rows(1, low, high).T
        for size in range(1, MOST + 1):
            near = one.rows(size, start, stop) @ singles
            best = np.partition(near, near.shape[1] - min(top, near.shape[1]), axis=1)
            out[size][start:stop] = best[:, -top:].mean(1)
    return out


def _bead_length(side: Side, size: int, cells: NDArray[np.int64]) -> NDArray[np.float64]:
    low = np.maximum(cells - size, 0)
    out: NDArray[np.float64] = side.total[np.minimum(cells, len(side))] - side.total[low]
    return out


def _padded(side: Side, size: int, start: int, stop: int) -> NDArray[np.float32]:
    """Rows for the cells [start, stop): cell c ends at sentence c - 1; zeros outside the document."""
    first, last = max(start, 1), stop
    body = side.rows(size, first - 1, last - 1)
    out = np.zeros((stop - start, body.shape[1]), np.float32)
    out[first - start :] = body
    return out


def _padded_near(near: NDArray[np.float32], start: int, stop: int) -> NDArray[np.float32]:
    first = max(start, 1)
    out = np.zeros(stop - start, np.float32)
    out[first - start :] = near[first - 1 : stop - 1]
    return out
