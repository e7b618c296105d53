"""What a link is worth: the reward of every bead (a source, b target sentences) that ends in a cell.

A cell (i, j) stands for "the first i source and j target sentences are linked". The reward of a bead
with similarity s (mean cosine of the channels) is ::

    u = s - .5 loc + .10                    loc: how similar both sides are to their neighbourhood
    W = (.6 (a+b)/2 + .4 l)^.75             l: length of the bead in mean sentences of its side
    R = W u - .03 min(z²/6, 4) - .1 (a+b-2) - .2 max(0, stranger - member)

with z the Gale-Church length deviation in bytes and ``member`` the lowest ``s - .5 loc`` of any merged
sentence against the whole other side: a stranger in a merged bead costs (``stranger`` is 0 unless said
otherwise). A sentence left alone gets ``-.15 (.5 + .5 min(length, 2))``.

Once a first path is known, ``Evidence`` adds two things. Words: each sentence adds ``.6 g`` times the
share of its words that is found inside the bead, half of it from either side, with g its own W. Noise: a
sentence of noise counts for nothing in W and costs ``.03`` alone.

Structure: a bead that runs over the border of a paragraph costs ``.1`` a border, one that begins with the
same list mark on both sides gets ``.15``, and with different ones it costs as much. So much is added also
for two sentences that are the same letter for letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.align.constants import SHAPES, Constants
from qa.align.near import Near, neighbourhood
from qa.align.vectors import MOST, Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.align.structure import Structure
    from qa.align.words import Shares

__all__ = ["Evidence", "Rewards", "Shape"]

Shape = tuple[int, int, int, int]
"""a and b sentences that end in cell (i, j): (a, b, i, j)."""
Sizes = dict[tuple[int, int], "NDArray[np.float64]"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What can only be told once it is known about where the sentences belong: which of them are noise
    (shapes (n,) and (m,)), and where their words are found (None where words were not compared)."""

    noise: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    words: tuple[Shares, Shares] | None = None
    structure: Structure | None = None


class Rewards:
    """Rewards of beads between two sides, block by block of the alignment matrix."""

    def __init__(
        self,
        source: Side,
        target: Side,
        constants: Constants | None = None,
        *,
        shapes: Sequence[tuple[int, int]] = SHAPES,
        evidence: Evidence | None = None,
        near: tuple[Near, Near] | None = None,
    ) -> None:
        """``evidence`` is what a first search made known; ``near`` saves computing the neighbourhoods."""
        self.source, self.target = source, target
        self.constants = constants or Constants()
        self.shapes = shapes
        self.evidence = evidence
        self.ratio = float(target.total[-1] / max(source.total[-1], 1.0)) or 1.0
        largest = max(max(shape) for shape in shapes)
        self.near = near or (
            neighbourhood(source, target, largest=largest),
            neighbourhood(target, source, largest=largest),
        )

    def alone(self, side: Side) -> NDArray[np.float64]:
        """Reward of leaving each sentence of ``side`` without a counterpart, shape (n,)."""
        share = np.minimum(side.lengths / side.mean_length, 2.0)
        cost = self.constants.alone * (0.5 + 0.5 * share)
        noise = self._noise(side)
        return -(cost if noise is None else np.where(noise, self.constants.alone_noise, cost))

    def block(self, i0: int, i1: int, j0: int, j1: int) -> NDArray[np.float32]:
        """Rewards of the beads that end in the cells [i0, i1) × [j0, j1).

        Shape (i1 - i0, MOST, MOST + 1, j1 - j0), indexed [i - i0, a - 1, b, j - j0]; minus infinity
        where there is no such bead (b = 0 among them).
        """
        k = self.constants
        out = np.full((i1 - i0, MOST, MOST + 1, j1 - j0), -np.inf, np.float32)
        affinity = self._affinities(i0, i1, j0, j1)
        rows, columns = np.arange(i0, i1), np.arange(j0, j1)
        found = self._found(i0, i1, j0, j1)
        sizes_s, sizes_t = self._sizes(i0, i1, j0, j1)
        merge = k.merge if found is None else k.merge + k.words_merge
        layout = self._layout(i0, i1, j0, j1)
        for a, b in self.shapes:
            own = affinity[a, b][MOST - 1 :, MOST - 1 :]
            value = own + np.float32(k.offset)
            length_s = _bead_length(self.source, a, rows)
            length_t = _bead_length(self.target, b, columns)
            weight = (0.5 * (sizes_s[a, b] + sizes_t[a, b])) ** k.power
            expected = self.ratio * length_s[:, None]
            z2 = (length_t[None] - expected) ** 2 / (length_t[None] + expected + 1e-9)
            value = weight * value - k.length * np.minimum(z2 / 6, 4) - merge * (a + b - 2)
            if found is not None:
                value += _inside(found, a, b)
            if layout is not None:
                value += layout[a, b]
            if a + b > 2:
                value -= k.member * np.maximum(0, k.stranger - self._worst_member(affinity, a, b))
            value[rows < a] = -np.inf
            value[:, columns < b] = -np.inf
            out[:, a - 1, b] = value
        return out

    def _noise(self, side: Side) -> NDArray[np.bool_] | None:
        return None if self.evidence is None else self.evidence.noise[side is self.target]

    def _sizes(self, i0: int, i1: int, j0: int, j1: int) -> tuple[Sizes, Sizes]:
        """How much the source and the target side of each bead counts, in mean sentences; shapes that
        broadcast to (i1 - i0, j1 - j0)."""
        sides = (self.source, i0, i1), (self.target, j0, j1)
        own_s, own_t = (self._own_size(side, start - MOST, stop - 1) for side, start, stop in sides)
        plain_s, plain_t = (_runs(own[:, None]) for own in (own_s, own_t))
        size_s: Sizes = {(a, b): plain_s[a] for a, b in self.shapes}
        size_t: Sizes = {(a, b): plain_t[b].T for a, b in self.shapes}
        return size_s, size_t

    def _own_size(self, side: Side, start: int, stop: int) -> NDArray[np.float64]:
        """The size of each sentence in [start, stop): 1 for a mean one, 0 for noise and outside."""
        k = self.constants
        out = np.zeros(stop - start)
        low, high = max(start, 0), min(stop, len(side))
        if low < high:
            length = np.minimum(side.lengths[low:high] / side.mean_length, 3.0)
            own = k.count_share + (1 - k.count_share) * length
            noise = self._noise(side)
            out[low - start : high - start] = own if noise is None else np.where(noise[low:high], 0.0, own)
        return out

    def _found(self, i0: int, i1: int, j0: int, j1: int) -> NDArray[np.float64] | None:
        """Running sums of what words say of each sentence pair: entry (i - i0 + MOST, j - j0 + MOST) is the
        sum over the pairs before cell (i, j), from MOST sentences before the block on."""
        if self.evidence is None or self.evidence.words is None:
            return None
        forth, back = self.evidence.words
        low = i0 - MOST, j0 - MOST
        worth_s = self._own_size(self.source, low[0], i1 - 1) ** self.constants.power
        worth_t = self._own_size(self.target, low[1], j1 - 1) ** self.constants.power
        table = forth.table(low[0], i1 - 1, low[1], j1 - 1) * worth_s[:, None]
        table += back.table(low[1], j1 - 1, low[0], i1 - 1).T * worth_t[None]
        out = np.zeros((table.shape[0] + 1, table.shape[1] + 1))
        out[1:, 1:] = table.cumsum(0, dtype=np.float64).cumsum(1)
        return out * (0.5 * self.constants.words)

    def _layout(self, i0: int, i1: int, j0: int, j1: int) -> Sizes | None:
        """What paragraphs, list marks and copies add to each bead; shapes that broadcast to the block's."""
        structure = None if self.evidence is None else self.evidence.structure
        if structure is None:
            return None
        k = self.constants
        cost = -k.border * structure.trust
        borders_s = _taken(structure.source.borders, i0 - MOST, i1 - 1)
        borders_t = _taken(structure.target.borders, j0 - MOST, j1 - 1)
        # The border before a bead's first sentence is no border inside it.
        runs_s, runs_t = (_runs(own[:, None]) for own in (borders_s, borders_t))
        marks_s = _taken(structure.source.marks, i0 - MOST, i1 - 1)
        marks_t = _taken(structure.target.marks, j0 - MOST, j1 - 1)
        out: Sizes = {}
        for a, b in self.shapes:
            first_s = marks_s[MOST - a : MOST - a + i1 - i0][:, None]
            first_t = marks_t[MOST - b : MOST - b + j1 - j0][None]
            marked = (first_s > 0) & (first_t > 0)
            marks = np.where(marked, np.where(first_s == first_t, k.item, -k.item), 0.0)
            out[a, b] = cost * (runs_s[a - 1] + runs_t[b - 1].T) + marks
        copies_s = _taken(structure.source.copies, i0 - 1, i1 - 1)[:, None]
        copies_t = _taken(structure.target.copies, j0 - 1, j1 - 1)[None]
        out[1, 1] = out[1, 1] + np.where((copies_s > 0) & (copies_s == copies_t), k.copy, 0.0)
        return out

    def affinity(self, a: int, b: int, i: int, j: int) -> float:
        """``s - .5 loc`` of the bead of a and b sentences that ends in cell (i, j)."""
        s = float(self.source.rows(a, i - 1, i)[0] @ self.target.rows(b, j - 1, j)[0])
        return s - self.constants.loc * 0.5 * float(self.near[0][a][i - 1] + self.near[1][b][j - 1])

    def deviation(self, a: int, b: int, i: int, j: int) -> float:
        """``min(z² / 6, 4)`` of the same bead: 0 where the lengths are as expected."""
        source = float(self.source.total[i] - self.source.total[i - a])
        target = float(self.target.total[j] - self.target.total[j - b])
        expected = self.ratio * source
        return min((target - expected) ** 2 / (target + expected + 1e-9) / 6, 4.0)

    def company(self, bead: Shape, member: Shape) -> tuple[float, float] | None:
        """How much a sentence has to do with the other side of a bead that it is in: the share of its words
        found there, and the share of the other side's words found in it, as a part of what they find in the
        sentence beside it that they find most in. None where words were not compared.

        ``member`` is the shape of the sentence against the whole other side.
        """
        if self.evidence is None or self.evidence.words is None:
            return None
        forth, back = self.evidence.words
        (a, b, i, j), (own_a, _, own_i, own_j) = bead, member
        given = forth.table(i - a, i, j - b, j)
        taken = back.table(j - b, j, i - a, i).T
        if own_a < a:  # a source sentence
            row = own_i - 1 - (i - a)
            own, of_each = given[row].sum(), taken.mean(1)
        else:
            row = own_j - 1 - (j - b)
            own, of_each = taken[:, row].sum(), given.mean(0)
        return float(own), float(of_each[row] / max(of_each.max(), 0.02))

    def _affinities(self, i0: int, i1: int, j0: int, j1: int) -> dict[tuple[int, int], NDArray[np.float32]]:
        """``s - .5 loc`` for each shape over the cells [i0 - 4, i1) × [j0 - 4, j1)."""
        back = MOST - 1
        sizes = range(1, max(max(shape) for shape in self.shapes) + 1)
        left = [_padded(self.source, a, i0 - back, i1) for a in sizes]
        right = [_padded(self.target, b, j0 - back, j1) for b in sizes]
        near_s = [_padded_near(self.near[0][a], i0 - back, i1) for a in sizes]
        near_t = [_padded_near(self.near[1][b], j0 - back, j1) for b in sizes]
        half = np.float32(self.constants.loc * 0.5)
        return {
            (a, b): left[a - 1] @ right[b - 1].T - half * (near_s[a - 1][:, None] + near_t[b - 1][None])
            for a, b in self.shapes
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


def _taken(x: NDArray[Any], start: int, stop: int) -> NDArray[Any]:
    """``x[start:stop]``, with zeros for what lies outside."""
    out = np.zeros(stop - start, x.dtype)
    low, high = max(start, 0), min(stop, len(x))
    if low < high:
        out[low - start : high - start] = x[low:high]
    return out


def _runs(x: NDArray[Any]) -> list[NDArray[np.float64]]:
    """Sums over the last 0 to MOST rows before each cell: ``x`` begins MOST sentences before the first cell
    and ends with the last cell's sentence."""
    total = np.zeros((len(x) + 1, *x.shape[1:]))
    np.cumsum(x, axis=0, out=total[1:])
    cells = len(total) - MOST
    return [total[MOST:] - total[MOST - size : MOST - size + cells] for size in range(MOST + 1)]


def _inside(found: NDArray[np.float64], a: int, b: int) -> NDArray[np.float64]:
    """What the beads of a and b sentences hold, for each cell of the block that ``found`` was made for."""
    n, m = found.shape[0] - MOST, found.shape[1] - MOST
    ends = found[MOST:, MOST:] - found[MOST - a : MOST - a + n, MOST:]
    return (
        ends - found[MOST:, MOST - b : MOST - b + m] + found[MOST - a : MOST - a + n, MOST - b : MOST - b + m]
    )


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
