"""Where a path may run: a band around anchors, so that cost grows with the texts and not their product.

Anchors are sentence pairs that are each other's nearest neighbours by a clear margin, looked for in a
wide window around the diagonal and chained into the heaviest monotone sequence. Between two anchors
the band is the whole rectangle, or, where that is large, a strip along its diagonal.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from qa.align.path import Band, Bead
from qa.align.vectors import Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["anchors", "band", "centres", "chain", "corridor"]

_SMALL = 60_000  # cells up to which no band is needed
_WINDOW = 10_000  # how far from where a sentence should be anchors are looked for at most
_NARROW = 1_000  # … and as long as the anchors before it were where they should be
_KNOWN = 8  # anchors in a block of rows that make its place known
_STRAY = 64  # sentences they may be apart
_ROWS = 256
_EXACT = 10_000_000  # cells up to which anchors are looked for with whole vectors
_SKETCH = 256
_MARGIN = 0.12
_PAD = 10
_REACH = 6  # sentences around the first path that the second search may use
_STRIP = 150
_RECTANGLE = 200_000  # cells of a gap between anchors above which it is cut down to a strip


def band(source: Side, target: Side, *, pad: int = _PAD) -> Band:
    """The band for two sides, whatever their sizes."""
    n, m = len(source), len(target)
    if n * m <= _SMALL or not n or not m:
        return Band.full(n, m)
    corners = [(0, 0), *((i, j) for i, j in anchors(source, target)), (n, m)]
    low = np.full(n + 1, m, np.int64)
    high = np.zeros(n + 1, np.int64)
    for (i1, j1), (i2, j2) in pairwise(corners):
        rows = np.arange(i1, i2 + 1)
        if (i2 - i1) * (j2 - j1) <= _RECTANGLE:
            first, last = np.full(len(rows), j1), np.full(len(rows), j2)
        else:
            middle = j1 + (rows - i1) * (j2 - j1) // max(1, i2 - i1)
            slack = _STRIP + (j2 - j1) // max(1, i2 - i1)
            first, last = np.maximum(middle - slack, j1), np.minimum(middle + slack, j2)
        low[rows] = np.minimum(low[rows], first)
        high[rows] = np.maximum(high[rows], last + 1)
    return _widened(low, high, pad, m)


def corridor(path: Sequence[Bead], n: int, m: int, *, reach: int = _REACH) -> Band:
    """The cells within ``reach`` sentences of a path, in both directions."""
    low, high = np.full(n + 1, m, np.int64), np.zeros(n + 1, np.int64)
    low[0] = 0
    for bead in path:
        rows = slice(bead.i - bead.a, bead.i + 1)
        low[rows] = np.minimum(low[rows], bead.j - bead.b)
        high[rows] = np.maximum(high[rows], bead.j + 1)
    return _widened(low, high, reach, m)


def centres(path: Sequence[Bead], n: int, m: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each source sentence about where it belongs in the target, and the other way round."""
    forth, back = np.zeros(n, np.int64), np.zeros(m, np.int64)
    for bead in path:
        forth[bead.i - bead.a : bead.i] = max(0, min(bead.j - (bead.b + 1) // 2, m - 1))
        back[bead.j - bead.b : bead.j] = max(0, min(bead.i - (bead.a + 1) // 2, n - 1))
    return forth, back


def _widened(low: NDArray[np.int64], high: NDArray[np.int64], pad: int, m: int) -> Band:
    """A band with room of ``pad`` cells around, in both directions."""
    size = len(low)
    low = np.concatenate([np.full(min(pad, size), low[0]), low])[:size] - pad
    high = np.concatenate([high, np.full(min(pad, size), high[-1])])[-size:] + pad
    low = np.minimum.accumulate(np.clip(low, 0, m)[::-1])[::-1]
    high = np.maximum.accumulate(np.clip(high, 1, m + 1))
    low[0], high[-1] = 0, m + 1
    return Band(low, high)


def anchors(source: Side, target: Side) -> list[tuple[int, int]]:
    """Cells (i, j) right behind sure sentence pairs, rising in both coordinates."""
    n, m = len(source), len(target)
    slope = m / n
    left, right = _sketches(source, target)
    best_t = np.full(m, -np.inf, np.float32)
    runner_t = np.full(m, -np.inf, np.float32)
    owner_t = np.zeros(m, np.int64)
    best_s = np.zeros(n, np.float32)
    runner_s = np.zeros(n, np.float32)
    owner_s = np.zeros(n, np.int64)
    shift, reach = 0, _WINDOW
    for start in range(0, n, _ROWS):
        stop = min(start + _ROWS, n)
        rows = np.arange(stop - start)
        while True:
            low = max(0, min(int(start * slope) + shift - reach, m - reach))
            high = min(m, max(int(stop * slope) + shift + reach, low + 1))
            near = left[start:stop] @ right[low:high].T
            owner, best, runner = _two_best(near, rows, low)
            offsets = (owner - np.arange(start, stop) * slope)[best - runner >= _MARGIN]
            typical = float(np.median(offsets)) if len(offsets) else 0.0
            known = int((np.abs(offsets - typical) <= _STRAY).sum()) >= max(_KNOWN, len(offsets) // 2)
            if known or reach >= _WINDOW:
                break
            reach = min(4 * reach, _WINDOW)
        if known:
            shift, reach = int(typical), _NARROW
        owner_s[start:stop], best_s[start:stop], runner_s[start:stop] = owner, best, runner
        owner, best, runner = _two_best(near.T, np.arange(high - low), start)
        old = best_t[low:high]
        runner_t[low:high] = np.maximum(np.maximum(runner_t[low:high], runner), np.minimum(best, old))
        owner_t[low:high] = np.where(best > old, owner, owner_t[low:high])
        best_t[low:high] = np.maximum(old, best)
    i = np.flatnonzero(owner_t[owner_s] == np.arange(n))
    j = owner_s[i]
    margin = best_s[i] - np.maximum(runner_s[i], runner_t[j])
    sure = margin >= _MARGIN
    pairs = chain(i[sure], j[sure], margin[sure])
    return [(a + 1, b + 1) for a, b in _supported(pairs)]


def _sketches(source: Side, target: Side) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Single sentences' vectors of both sides, projected at random onto fewer dimensions where there are
    many: an anchor has to be found among thousands, not measured."""
    width = source.rows(1, 0, 1).shape[1]
    projection = None
    if len(source) * len(target) > _EXACT and width > _SKETCH:
        draw = np.random.default_rng(0).normal(size=(width, _SKETCH)) / np.sqrt(_SKETCH)
        projection = draw.astype(np.float32)
    out = []
    for side in (source, target):
        parts = []
        for start in range(0, len(side), 4096):
            rows = side.rows(1, start, min(start + 4096, len(side)))
            parts.append(rows if projection is None else rows @ projection)
        out.append(np.concatenate(parts))
    return out[0], out[1]


def _two_best(
    near: NDArray[np.float32], rows: NDArray[np.int64], first: int
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    """Owner, best and second best value of each row; ``first`` is added to the owners."""
    owner = near.argmax(1)
    best = near[rows, owner].copy()
    if near.shape[1] < 2:
        return owner + first, best, np.full(len(rows), -1.0, np.float32)
    near[rows, owner] = -np.inf
    runner = near.max(1)
    near[rows, owner] = best
    return owner + first, best, runner


def chain(i: NDArray[np.int64], j: NDArray[np.int64], weight: NDArray[np.float32]) -> list[tuple[int, int]]:
    """The heaviest subsequence of pairs that rises strictly in both; ``i`` must rise."""
    ends: list[int] = []  # columns at which some chain ends, rising
    totals: list[float] = []  # its weight; rises along ``ends``, or the entry is dropped
    heads: list[int] = []
    back = np.full(len(i), -1, np.int64)
    for k, (column, gain) in enumerate(zip(j.tolist(), weight.tolist(), strict=True)):
        at = bisect_left(ends, column)
        total = gain + (totals[at - 1] if at else 0.0)
        back[k] = heads[at - 1] if at else -1
        if at < len(ends) and ends[at] == column and totals[at] >= total:
            continue
        stop = at
        while stop < len(ends) and totals[stop] <= total:
            stop += 1
        ends[at:stop], totals[at:stop], heads[at:stop] = [column], [total], [k]
    out: list[tuple[int, int]] = []
    k = heads[-1] if heads else -1
    while k >= 0:
        out.append((int(i[k]), int(j[k])))
        k = int(back[k])
    return out[::-1]


def _supported(pairs: list[tuple[int, int]], reach: int = 12) -> list[tuple[int, int]]:
    """Pairs with another one near by on about the same diagonal: a lone one may be chance."""
    kept = []
    for k, (i, j) in enumerate(pairs):
        around = [*pairs[max(0, k - 2) : k], *pairs[k + 1 : k + 3]]
        if any(abs(x - i) <= reach and abs((y - j) - (x - i)) <= 4 for x, y in around):
            kept.append((i, j))
    return kept
