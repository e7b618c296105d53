"""What a translation seems to leave out, read off the joint network's states.

Small layers, taught together with the network by translations from which words had been taken: one looks at
neighbouring pieces of the translation and asks whether something is missing between them, one at each piece
of the source and asks whether it has no counterpart. With the sentence's quality they give the log-odds of
an omission.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

__all__ = ["NAMES", "Omission", "OmissionLayers"]

NAMES = ("mean", "scale", "left", "right", "between", "lost", "unmet", "omitted")


class Omission(NamedTuple):
    """``odds``: log-odds that the translation leaves something out. ``unmet`` (source pieces,): log-odds of
    each piece of the source that it has no counterpart."""

    odds: float
    unmet: NDArray[np.float32]


class OmissionLayers:
    """``tensors`` are those of the artefact under ``omissions/``; the last row of a layer is its bias."""

    def __init__(self, tensors: Mapping[str, NDArray[Any]]) -> None:
        self._of = {name: torch.from_numpy(tensors[f"omissions/{name}"].astype(np.float32)) for name in NAMES}

    def __call__(
        self, states: Tensor, likes: Tensor, quality: Tensor, parts: Sequence[tuple[int, int, int]]
    ) -> list[Omission]:
        """``states`` (size, hidden) of a group; ``likes`` (size, 2): cosine with the likest piece of the
        other side, of states and of word embeddings; ``quality`` (pairs,); ``parts``: start, cut, length."""
        of = self._of
        seen = (torch.cat([states, likes], 1) - of["mean"]) / of["scale"]
        left, right = _layer(seen, of["left"]), seen @ of["right"]
        unmet = _layer(functional.relu(_layer(seen, of["lost"])), of["unmet"])
        found = []
        for (start, cut, length), good in zip(parts, quality, strict=True):
            middle, end = start + cut, start + length
            between = _layer(
                functional.relu(left[start : middle - 1] + right[start + 1 : middle]), of["between"]
            )
            worst = torch.stack([between.logsumexp(0), unmet[middle:end].logsumexp(0), -good])
            found.append(Omission(float(_layer(worst, of["omitted"])), unmet[middle : end - 1].numpy()))
        return found


def _layer(x: Tensor, weights: Tensor) -> Tensor:
    return x @ weights[:-1] + weights[-1]
