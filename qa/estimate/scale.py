"""From a model's own number to ``quality``."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

from qa.errors import ModelError

__all__ = ["Scale"]


@dataclass(frozen=True, slots=True)
class Scale:
    """``worst`` and ``best`` of a model's output; either may be the larger. What lies beyond is clipped."""

    worst: float
    best: float

    @classmethod
    def read(cls, given: Any, default: tuple[float, float], where: str) -> Scale:
        """What ``relecture_scale`` of a model's configuration says, ``default`` where it says nothing.

        Raises ModelError, naming ``where``, unless it is a list of two different numbers.
        """
        try:
            worst, best = (float(value) for value in (default if given is None else given))
        except (TypeError, ValueError):
            raise ModelError(f"{where}: relecture_scale must be two numbers, [worst, best]") from None
        if worst == best or not (isfinite(worst) and isfinite(best)):
            raise ModelError(f"{where}: relecture_scale must name two different numbers")
        return cls(worst, best)

    def quality(self, value: float) -> float:
        """0 (worst) to 100 (best), two decimals. Raises ModelError when ``value`` is no number."""
        if not isfinite(value):
            raise ModelError("the model returned something that is no number; its weights may be damaged")
        share = (value - self.worst) / (self.best - self.worst)
        return round(100 * min(1.0, max(0.0, share)), 2)

    def __str__(self) -> str:
        return f"scale:{self.worst:g}..{self.best:g}"
