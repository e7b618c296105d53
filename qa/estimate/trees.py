"""Evaluation of a boosted ensemble of complete binary trees in NumPy.

Trees are stored level by level as in a heap: node ``i`` sends a row left (``2i + 1``) when its feature is
at most the threshold, right (``2i + 2``) otherwise; a node the training did not split has an infinite
threshold, so every tree has the same depth and all rows of all trees step down together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Trees"]

_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Trees:
    """``feature`` and ``threshold``: (trees, 2^depth − 1); ``leaf``: (trees, 2^depth); ``base``: added."""

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    leaf: NDArray[np.float32]
    base: float

    def __call__(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, features) → (n,) sums of leaves plus ``base``."""
        return np.concatenate(
            [np.zeros(0, dtype=np.float32)]
            + [self._block(rows[i : i + _BLOCK]) for i in range(0, len(rows), _BLOCK)]
        )

    def _block(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        trees, inner = self.feature.shape
        each = np.arange(trees)
        which = np.arange(len(rows))[:, None]
        at = np.zeros((len(rows), trees), dtype=np.intp)
        while inner:
            right = rows[which, self.feature[each, at]] > self.threshold[each, at]
            at = 2 * at + 1 + right
            inner >>= 1
        leaves = self.leaf[each, at - self.feature.shape[1]]
        total: NDArray[np.float32] = (leaves.sum(axis=1) + self.base).astype(np.float32)
        return total
