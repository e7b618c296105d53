"""The trained predictor behind every number: a linear model, and boosted trees that see its output."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.estimate.trees import Trees

__all__ = ["Head"]

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """Prediction from scalars (n, s) and vectors (n, v), both as the training standardised them.

    Scalars are standardised by ``mean`` and ``scale`` (s,) and clipped to ±``CLIP``, so that an odd text
    cannot throw the linear part off. ``weights`` is (s + v,). The trees see the plain scalars and the
    linear output as one more column; ``blend`` is their share in the result.
    """

    mean: Floats
    scale: Floats
    weights: Floats
    bias: float
    trees: Trees
    blend: float

    CLIP = 4.0

    def standardised(self, scalars: Floats) -> Floats:
        """(n, s) standardised scalars."""
        standard: Floats = np.clip((scalars - self.mean) / self.scale, -self.CLIP, self.CLIP)
        return standard

    def linear(self, scalars: Floats, vectors: Floats) -> Floats:
        """(n,) output of the linear part alone."""
        s = scalars.shape[1]
        out = self.standardised(scalars) @ self.weights[:s] + vectors @ self.weights[s:] + self.bias
        return out.astype(np.float32)

    def __call__(self, scalars: Floats, vectors: Floats) -> Floats:
        """(n,) raw predictions."""
        line = self.linear(scalars, vectors)
        boosted = self.trees(np.concatenate([scalars, line[:, None]], axis=1))
        return ((1 - self.blend) * line + self.blend * boosted).astype(np.float32)

    def tensors(self, name: str) -> dict[str, NDArray[Any]]:
        """Arrays to store under ``name/…``."""
        return {
            f"{name}/mean": self.mean.astype(np.float32),
            f"{name}/scale": self.scale.astype(np.float32),
            f"{name}/weights": self.weights.astype(np.float32),
            f"{name}/feature": self.trees.feature,
            f"{name}/threshold": self.trees.threshold,
            f"{name}/leaf": self.trees.leaf,
            f"{name}/constants": np.array([self.bias, self.blend, self.trees.base], dtype=np.float32),
        }

    @classmethod
    def of(cls, tensors: Mapping[str, NDArray[Any]], name: str) -> Head:
        """What :meth:`tensors` stored. Raises KeyError where a part is missing."""
        bias, blend, base = map(float, tensors[f"{name}/constants"])
        trees = Trees(tensors[f"{name}/feature"], tensors[f"{name}/threshold"], tensors[f"{name}/leaf"], base)
        return cls(
            tensors[f"{name}/mean"],
            tensors[f"{name}/scale"],
            tensors[f"{name}/weights"],
            bias,
            trees,
            blend,
        )
