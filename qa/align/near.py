"""How close each sentence comes to the other side at all: what a similarity has to be compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from qa.align.vectors import MOST, Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Near", "neighbourhood"]

Near = list["NDArray[np.float32]"]
"""One array of shape (n,) for each overlap size; index 0 is not used."""

_TOP = 4
_REACH = 150  # sentences on either side of a sentence's place that make up a neighbourhood
_WIDEST = 2_000
_ROWS = 256


def neighbourhood(
    one: Side,
    other: Side,
    centres: NDArray[np.int64] | None = None,
    *,
    largest: int = MOST,
    known: Near | None = None,
    changed: Mapping[int, Sequence[int]] | None = None,
) -> Near:
    """For each overlap of ``one``, up to ``largest`` sentences, the mean of its four highest similarities
    with single sentences of ``other`` around its place: ``centres``, shape (n,), or else the diagonal.

    With ``known`` only the overlaps that end at ``changed[size]`` (rising) are looked at again.
    """
    n, m = len(one), len(other)
    out = [np.zeros(n, np.float32) for _ in range(MOST + 1)]
    if known is not None:
        out = [near.copy() for near in known]
    if not n or not m:
        return out
    if centres is None:
        centres = np.arange(n) * m // n
    rising = {size: np.array((changed or {}).get(size, ()), np.int64) for size in range(1, MOST + 1)}
    top = min(_TOP, m)
    for start in range(0, n, _ROWS):
        stop = min(start + _ROWS, n)
        low = max(0, min(int(centres[start]) - _REACH, m - _REACH))
        high = min(m, int(centres[stop - 1]) + _REACH, low + _WIDEST)
        singles = other.rows(1, low, high).T
        for size in range(1, largest + 1):
            rows = one.rows(size, start, stop)
            ends = np.arange(start, stop)
            if changed is not None:
                ends = rising[size][slice(*np.searchsorted(rising[size], (start, stop)))]
                rows = rows[ends - start]
            near = rows @ singles
            best = np.partition(near, near.shape[1] - min(top, near.shape[1]), axis=1)
            out[size][ends] = best[:, -top:].mean(1)
    return out
