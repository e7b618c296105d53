"""The best monotone path through a band of the alignment matrix: dynamic programming row by row.

Within a row all shapes of links are compared at once; runs of unlinked target sentences, which depend
on the row itself, come from a running maximum. Memory holds one byte a cell of the band and one block
of rewards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.lib.stride_tricks import as_strided

from qa.align.vectors import MOST

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Band", "Bead", "Blocks", "best_path", "rivals"]

_ROWS = 64
_INSERT = -1


class Blocks(Protocol):
    """Where rewards come from; see ``qa.align.rewards.Rewards.block``."""

    def block(self, i0: int, i1: int, j0: int, j1: int) -> NDArray[np.float32]:
        """Rewards of the beads that end in the cells [i0, i1) × [j0, j1)."""
        ...


@dataclass(frozen=True, slots=True)
class Band:
    """The cells a path may use: for each row i in 0…n the columns [low[i], high[i]).

    Both rise with i; (0, 0) and (n, m) are inside.
    """

    low: NDArray[np.int64]
    high: NDArray[np.int64]

    @classmethod
    def full(cls, rows: int, columns: int) -> Band:
        """Every cell of an alignment of ``rows`` and ``columns`` sentences."""
        return cls(np.zeros(rows + 1, np.int64), np.full(rows + 1, columns + 1, np.int64))

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return int((self.high - self.low).sum())


@dataclass(frozen=True, slots=True)
class Bead:
    """One step of the path: ``a`` source and ``b`` target sentences that end in cell (i, j).

    ``margin`` is how much worse the next best way into its last cell was.
    """

    i: int
    j: int
    a: int
    b: int
    margin: float


def best_path(
    blocks: Blocks, band: Band, alone_s: NDArray[np.float64], alone_t: NDArray[np.float64]
) -> list[Bead]:
    """The path of highest total reward from (0, 0) to (n, m), first bead first.

    ``alone_s`` and ``alone_t`` are the rewards of unlinked sentences, shapes (n,) and (m,).
    """
    rows = len(band.low)
    run = np.concatenate([[0.0], np.cumsum(alone_t)])
    moves: list[NDArray[np.int8]] = []
    margins: list[NDArray[np.float32]] = []
    kept: list[tuple[int, NDArray[np.float64]]] = []  # the last MOST rows: first column, values
    for start in range(0, rows, _ROWS):
        stop = min(start + _ROWS, rows)
        j0, j1 = int(band.low[start:stop].min()), int(band.high[start:stop].max())
        rewards = blocks.block(start, stop, j0, j1)
        for i in range(start, stop):
            low, high = int(band.low[i]), int(band.high[i])
            base, move, second = _enter(
                rewards[i - start, :, :, low - j0 : high - j0], kept, low, high, i, alone_s
            )
            if i == 0:
                base[0], move[0] = 0.0, 0  # the origin: nothing leads into it
            # value[j] = max over k <= j of base[k] + (sum of alone_t in [k, j))
            offset = base - run[low:high]
            best = np.maximum.accumulate(offset)
            inserted = best > offset
            value = best + run[low:high]
            second = np.where(
                inserted, base, np.maximum(second, np.concatenate([[-np.inf], best[:-1]]) + run[low:high])
            )
            move[inserted] = _INSERT
            moves.append(move)
            # Cells that no path reaches have nothing to compare; their margin is never read.
            margin = np.zeros(len(value))
            np.subtract(value, second, out=margin, where=np.isfinite(value))
            margins.append(margin.astype(np.float32))
            kept = [(low, value), *kept[: MOST - 1]]
    return _trace(band, moves, margins, len(alone_s), len(alone_t))


def rivals(
    blocks: Blocks, band: Band, alone_s: NDArray[np.float64], alone_t: NDArray[np.float64], slack: float
) -> set[tuple[int, int, int, int]]:
    """The merged beads (a, b, i, j) on any path that is at most ``slack`` worse than the best one.

    One pass forth for the best value of every cell, one back for the best value from it on: a bead is
    judged by the best path through it.
    """
    rows, n, m = len(band.low), len(alone_s), len(alone_t)
    run = np.concatenate([[0.0], np.cumsum(alone_t)])
    forth: list[NDArray[np.float64]] = []
    for start in range(0, rows, _ROWS):
        stop = min(start + _ROWS, rows)
        j0, j1 = int(band.low[start:stop].min()), int(band.high[start:stop].max())
        rewards = blocks.block(start, stop, j0, j1)
        for i in range(start, stop):
            low, high = int(band.low[i]), int(band.high[i])
            kept = [(int(band.low[i - k]), forth[i - k]) for k in range(1, min(MOST, i) + 1)]
            base, _, _ = _enter(rewards[i - start, :, :, low - j0 : high - j0], kept, low, high, i, alone_s)
            if i == 0:
                base[0] = 0.0
            forth.append(np.maximum.accumulate(base - run[low:high]) + run[low:high])
    least = float(forth[n][m - int(band.low[n])]) - slack
    onward = {
        n: np.full(len(forth[n]), -np.inf)
    }  # best value from each cell of a row on; a few rows at a time
    onward[n][m - int(band.low[n])] = 0.0
    out: set[tuple[int, int, int, int]] = set()
    for stop in range(rows, 0, -_ROWS):
        start = max(0, stop - _ROWS)
        j0, j1 = int(band.low[start:stop].min()), int(band.high[start:stop].max())
        rewards = blocks.block(start, stop, j0, j1)
        for i in range(stop - 1, 0 if start == 0 else start - 1, -1):
            low, high = int(band.low[i]), int(band.high[i])
            value = onward.pop(i, np.full(high - low, -np.inf))
            # Unlinked target sentences lie within the row: the best cell further right.
            value = np.maximum.accumulate((value + run[low:high])[::-1])[::-1] - run[low:high]
            for a, b in [(1, 0), *((a, b) for a in range(1, min(MOST, i) + 1) for b in range(1, MOST + 1))]:
                # The columns of row i - a from which the bead leads into the band of row i.
                first = int(band.low[i - a])
                begin = max(first, low - b)
                end = min(int(band.high[i - a]), high - b)
                if begin >= end:
                    continue
                there = slice(begin + b - low, end + b - low)
                gain = rewards[i - start, a - 1, b, low - j0 : high - j0][there] if b else alone_s[i - 1]
                through = value[there] + gain
                here = slice(begin - first, end - first)
                before = onward.setdefault(i - a, np.full(len(forth[i - a]), -np.inf))
                np.maximum(before[here], through, out=before[here])
                if a + b > 2:
                    good = np.flatnonzero(forth[i - a][here] + through >= least)
                    out.update((a, b, i, begin + b + int(at)) for at in good)
    return out


def _enter(
    rewards: NDArray[np.float32],
    kept: list[tuple[int, NDArray[np.float64]]],
    low: int,
    high: int,
    i: int,
    alone_s: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.int8], NDArray[np.float64]]:
    """Best and second best value of each cell of row i when it is entered from an earlier row, and the
    index a - 1, b of the best move."""
    width = high - low
    before = np.full((MOST, width + MOST), -np.inf)
    for row, (first, values) in enumerate(kept):
        begin, end = max(first, low - MOST), min(first + len(values), high)
        if begin < end:
            before[row, begin - low + MOST : end - low + MOST] = values[begin - first : end - first]
    # view[a - 1, b, j] = before[a - 1, MOST - b + j]: the value of the cell the move comes from
    down, right = before.strides
    view = as_strided(before[:, MOST:], (MOST, MOST + 1, width), (down, -right, right))
    candidates = view + rewards
    if i:
        candidates[0, 0] = before[0, MOST:] + alone_s[i - 1]
    flat = candidates.reshape(-1, width)
    move = flat.argmax(0)
    columns = np.arange(width)
    best = flat[move, columns]
    flat[move, columns] = -np.inf
    return best, move.astype(np.int8), flat.max(0)


def _trace(
    band: Band, moves: list[NDArray[np.int8]], margins: list[NDArray[np.float32]], i: int, j: int
) -> list[Bead]:
    out: list[Bead] = []
    while i or j:
        at = j - int(band.low[i])
        move = int(moves[i][at])
        a, b = (0, 1) if move == _INSERT else (move // (MOST + 1) + 1, move % (MOST + 1))
        out.append(Bead(i, j, a, b, float(margins[i][at])))
        i, j = i - a, j - b
    out.reverse()
    return out
