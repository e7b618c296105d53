"""What the vectors of another encoder tell of a translation.

The joint network reads both sides word by word, but in an encoder that was small to begin with. The universal
sentence encoder saw other texts and knows more words; a few layers over its two vectors, taught by the same
judgements, err elsewhere than the network does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["LAYERS", "VectorJudge", "compared"]

LAYERS = 3
_UNIT = 22.6  # √512: coordinates of a unit vector of that many become about ±1

Floats = NDArray[np.float32]


def compared(source: Floats, target: Floats) -> Floats:
    """(pairs, 4 · width) what the judge reads of unit vectors (pairs, width) of both sides."""
    s, t = source * np.float32(_UNIT), target * np.float32(_UNIT)
    return np.concatenate([s * t / 2, np.abs(s - t), t / 2, s / 2], axis=1)


class VectorJudge:
    """The mean of several small networks that learnt the same in another order. ``tensors`` are those of
    the artefact under ``vectors/``: layers ``0`` to ``2``, each (judges, in + 1, out), bias last."""

    def __init__(self, tensors: Mapping[str, NDArray[Any]]) -> None:
        self._layers = [tensors[f"vectors/{number}"].astype(np.float32) for number in range(LAYERS)]

    def __call__(self, source: Floats, target: Floats) -> Floats:
        """(pairs,) quality in standard deviations of human judgement, higher is better."""
        x = compared(source, target)
        for number, layer in enumerate(self._layers, 1):
            x = x @ layer[:, :-1] + layer[:, -1:]
            if number < LAYERS:
                x = np.maximum(x, 0)
        told: Floats = x[..., 0].mean(axis=0)
        return told
