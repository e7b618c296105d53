"""From a model's raw output to numbers that mean something."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Curve", "Interval"]


@dataclass(frozen=True, slots=True)
class Curve:
    """A rising piecewise-linear map given by its knots, constant beyond them. ``x``, ``y``: (knots,)."""

    x: NDArray[np.float32]
    y: NDArray[np.float32]

    def __call__(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Same shape as ``values``."""
        return np.interp(values, self.x, self.y).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Interval:
    """80% interval of the human percentile at each predicted quality.

    ``at``: (levels,) predicted qualities; ``low`` and ``high``: (levels,) bounds observed there.
    """

    at: NDArray[np.float32]
    low: NDArray[np.float32]
    high: NDArray[np.float32]

    def __call__(self, quality: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Bounds that always enclose ``quality`` and stay within 0 to 100."""
        low = np.minimum(np.interp(quality, self.at, self.low), quality)
        high = np.maximum(np.interp(quality, self.at, self.high), quality)
        return low.clip(0, 100).astype(np.float32), high.clip(0, 100).astype(np.float32)
