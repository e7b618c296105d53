"""Faults of meaning, read off the joint network's states: words left out, words that say something else.

Small layers, taught together with the network by translations into which one fault had been put: one looks
at neighbouring pieces of the translation and asks whether something is missing between them, one at each
piece of the source and asks whether it has no counterpart, one at each piece of the translation and asks
whether the source does not say it. With the sentence's quality they give the log-odds of a fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

__all__ = ["NAMES", "FaultLayers", "Faults"]

NAMES = ("mean", "scale", "left", "right", "between", "lost", "unmet", "omitted", "odd", "false", "falsified")


class Faults(NamedTuple):
    """Log-odds that the translation leaves something out (``omitted``) and that it says something false
    (``falsified``), and that each piece of the source has no counterpart (``unmet``)."""

    omitted: float
    falsified: float
    unmet: NDArray[np.float32]


class FaultLayers:
    """``tensors`` are those of the artefact under ``faults/``; the last row of a layer is its bias."""

    def __init__(self, tensors: Mapping[str, NDArray[Any]]) -> None:
        self._of = {name: torch.from_numpy(tensors[f"faults/{name}"].astype(np.float32)) for name in NAMES}

    def __call__(
        self, states: Tensor, likes: Tensor, quality: Tensor, parts: Sequence[tuple[int, int, int]]
    ) -> list[Faults]:
        """``states`` (size, hidden) of a group; ``likes`` (size, 2): cosine with the likest piece of the
        other side, of states and of word embeddings; ``quality`` (pairs,); ``parts``: start, cut, length."""
        of = self._of
        seen = (torch.cat([states, likes], 1) - of["mean"]) / of["scale"]
        left, right = _layer(seen, of["left"]), seen @ of["right"]
        unmet = _layer(functional.relu(_layer(seen, of["lost"])), of["unmet"])
        false = _layer(functional.relu(_layer(seen, of["odd"])), of["false"])
        found = []
        for (start, cut, length), good in zip(parts, quality, strict=True):
            middle, end = start + cut, start + length
            between = _layer(
                functional.relu(left[start : middle - 1] + right[start + 1 : middle]), of["between"]
            )
            lost, odd = unmet[middle:end].logsumexp(0), false[start + 1 : middle - 1].logsumexp(0)
            omitted = _layer(torch.stack([between.logsumexp(0), lost, -good]), of["omitted"])
            falsified = _layer(torch.stack([odd, lost, -good]), of["falsified"])
            found.append(Faults(float(omitted), float(falsified), unmet[middle : end - 1].numpy()))
        return found


def _layer(x: Tensor, weights: Tensor) -> Tensor:
    return x @ weights[:-1] + weights[-1]
