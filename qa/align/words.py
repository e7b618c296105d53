"""Where the words of a sentence have their counterparts, sentence by sentence.

A sentence vector cannot say that the last clause of a sentence was translated at the beginning of the
next one; words can. Each piece of a sentence is compared with all pieces of the sentences around its
place on the other side, and spread over them by a softmax of its best similarity with each, one share
going to none of them::

    p(t, k) = exp(m(t, k) / τ) / (exp(θ / τ) + Σ_k' exp(m(t, k') / τ))

with m the highest cosine of piece t with a piece of sentence k. Summed over the pieces of sentence i,
weighted by rarity, this is the share of i that is found in k. A link is worth the shares that stay inside
it, in both directions; a border that cuts through a translation loses what crosses it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.encoder.sketch import Sketch

__all__ = ["REACH", "Shares", "Words", "shares"]

_TEMPERATURE = 0.05
_NONE = 0.55
"""θ: the similarity at which a piece is as likely to have no counterpart near by."""
REACH = 6
"""Sentences on either side of a sentence's place that are compared."""
_PRIOR = 400.0  # pieces that the mean over many languages is worth when a document's own mean is taken


class Words:
    """The pieces of one document: unit vectors, rarity weights, and where each sentence begins."""

    def __init__(
        self,
        texts: Sequence[str],
        sketches: Sequence[Sketch],
        background: NDArray[np.float32] | None = None,
    ) -> None:
        sizes = [len(one.vectors) for one in sketches]
        # One empty piece a sentence: no sentence is without a column.
        self.begins = np.concatenate([[0], np.cumsum(np.array(sizes, np.int64) + 1)])
        width = sketches[0].vectors.shape[1] if sketches else 1
        self._vectors = np.zeros((int(self.begins[-1]), width), np.int8)
        self.weights = np.zeros(int(self.begins[-1]), np.float32)
        words = [_surfaces(text, one) for text, one in zip(texts, sketches, strict=True)]
        known = Counter(word for row in words for word in set(row))
        rarity = {word: math.log((len(texts) + 1) / (count + 0.5)) for word, count in known.items() if word}
        total = np.zeros(width)
        for at, one, row in zip(self.begins, sketches, words, strict=False):
            part = slice(int(at), int(at) + len(row))
            self._vectors[part] = one.vectors
            self.weights[part] = [max(0.0, rarity.get(word, 0.0)) for word in row]
            total += _unit(one.vectors.astype(np.float32)).sum(0)
        # The mean of few pieces would be most of each of them.
        usual = np.zeros(width) if background is None else background
        self._mean = ((total + _PRIOR * usual) / (sum(sizes) + _PRIOR)).astype(np.float32)

    def __len__(self) -> int:
        return len(self.begins) - 1

    def rows(self, first: int, last: int) -> NDArray[np.float32]:
        """Centred unit vectors of the pieces of the sentences ``[first, last)``; empty pieces are zeros."""
        raw = self._vectors[self.begins[first] : self.begins[last]].astype(np.float32)
        empty = ~raw.any(axis=1)
        out = _unit(_unit(raw) - self._mean)
        out[empty] = 0
        return out


class Shares:
    """For each sentence of one side, the share of it found in each of ``2 REACH + 1`` sentences of the
    other: ``values`` of shape (n, 2 REACH + 1), the first column standing for sentence ``first[i]``."""

    def __init__(self, values: NDArray[np.float32], first: NDArray[np.int64]) -> None:
        self.values, self.first = values, first

    def table(self, i0: int, i1: int, j0: int, j1: int) -> NDArray[np.float32]:
        """The shares of the sentences [i0, i1) in the sentences [j0, j1): shape (i1 - i0, j1 - j0).
        Ranges may leave the documents; there, shares are 0."""
        out = np.zeros((i1 - i0, j1 - j0), np.float32)
        low, high = max(i0, 0), min(i1, len(self.values))
        if low < high:
            columns = self.first[low:high, None] + np.arange(self.values.shape[1])[None] - j0
            inside = (columns >= 0) & (columns < j1 - j0)
            rows = np.broadcast_to(np.arange(low - i0, high - i0)[:, None], columns.shape)
            out[rows[inside], columns[inside]] = self.values[low:high][inside]
        return out


def shares(own: Words, other: Words, centres: NDArray[np.int64]) -> Shares:
    """Where the words of ``own`` are found around ``centres`` (one place in ``other`` a sentence)."""
    width = 2 * REACH + 1
    n, m = len(own), len(other)
    first = np.clip(centres - REACH, 0, max(0, m - width))
    values = np.zeros((n, width), np.float32)
    low = -1
    for i in range(n):
        mine = own.weights[own.begins[i] : own.begins[i + 1]]
        mass = float(mine.sum())
        if mass <= 0:
            continue
        start, stop = int(first[i]), min(int(first[i]) + width, m)
        if start != low:  # neighbours often look at the same sentences
            low, there = start, other.rows(start, stop)
            begins = other.begins[start:stop] - other.begins[start]
        best = np.maximum.reduceat(own.rows(i, i + 1) @ there.T, begins, axis=1)
        odds = np.exp((best - _NONE) / _TEMPERATURE)
        values[i, : stop - start] = (mine / mass) @ (odds / (1 + odds.sum(1, keepdims=True)))
    return Shares(values, first)


def _surfaces(text: str, one: Sketch) -> list[str]:
    """The pieces as they stand in the text; empty where a piece has no letter or digit."""
    pieces = (text[start:end].lower() for start, end in zip(one.starts, one.ends, strict=True))
    return [piece if any(c.isalnum() for c in piece) else "" for piece in pieces]


def _unit(x: NDArray[np.float32]) -> NDArray[np.float32]:
    out: NDArray[np.float32] = x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)
    return out
