"""How well the bundled encoder finds the like of a name in the other text.

The vector of each of the name's pieces is compared with those of all pieces there: a name that was
transcribed, translated or put in other words («РФА» for Germany) has its like, another name has not.
Scripts and spellings play no part, so that this tells most where sounds cannot be compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from qa.model import Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.encoder import Encoder, TokenVectors

__all__ = ["LAYERS", "Matches"]

LAYERS = (8, 12)
"""The middle and the last layer of the encoder that are compared."""
_ENCODER = "e5-small-q4"
"""The only encoder whose mean vectors and likeness the weights know."""


class Matches:
    """Likeness of names to the other text, by ``encoder``. The last pair of texts is kept, encoded."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._pair = ("", "")
        self._read: Mapping[Side, tuple[TokenVectors, NDArray[np.float32]]] = {}

    @classmethod
    def by(cls, encoder: Encoder | None) -> Matches | None:
        """None without an encoder, and for another one than the bundled: nothing is known of its scale."""
        if encoder is None or not encoder.signature.startswith(_ENCODER):
            return None
        return cls(encoder)

    def __call__(self, source: str, target: str, side: Side, start: int, end: int) -> dict[str, float] | None:
        """How alike the name at ``[start, end)`` of ``side`` is to its like in the other text.

        Cosines of centred vectors, higher is more alike: mean, highest and lowest of its pieces and the
        usual of its text in the last layer, mean and usual in a middle one. None where the encoder read
        no piece of it.
        """
        if self._pair != (source, target):
            self._pair, self._read = (source, target), self._encode(source, target)
        if side not in self._read:
            return None
        return _summary(source if side == "source" else target, *self._read[side], start, end)

    def _encode(self, source: str, target: str) -> Mapping[Side, tuple[TokenVectors, NDArray[np.float32]]]:
        """Side → its pieces and how alike each is to its best match, shape (layers, pieces)."""
        one, other = self._encoder.tokens([source, target], layers=LAYERS)
        if not len(one.starts) or not len(other.starts):
            return {}
        likeness = np.einsum("lik,ljk->lij", _centred(one), _centred(other))
        return {"source": (one, likeness.max(axis=2)), "target": (other, likeness.max(axis=1))}


def _summary(
    text: str, read: TokenVectors, best: NDArray[np.float32], start: int, end: int
) -> dict[str, float] | None:
    inside = (read.starts < end) & (read.ends > start) & (read.ends > read.starts)
    if not inside.any():
        return None
    words = [
        at
        for at, (first, last) in enumerate(zip(read.starts.tolist(), read.ends.tolist(), strict=True))
        if text[first:last].isalpha()
    ]
    middle, last_layer = best[0], best[1]
    return {
        "mean": float(last_layer[inside].mean()),
        "highest": float(last_layer[inside].max()),
        "lowest": float(last_layer[inside].min()),
        "usual": float(last_layer[words].mean()) if words else 0.0,
        "middle": float(middle[inside].mean()),
        "middle-usual": float(middle[words].mean()) if words else 0.0,
    }


def _centred(read: TokenVectors) -> NDArray[np.float32]:
    """Unit vectors of shape (layers, pieces, hidden), less the mean of many texts."""
    vectors = read.vectors - _means()[:, None, :]
    scaled: NDArray[np.float32] = vectors / np.maximum(np.linalg.norm(vectors, axis=2, keepdims=True), 1e-9)
    return scaled


@cache
def _means() -> NDArray[np.float32]:
    """The mean vector of a piece at each layer, shape (layers, hidden): ``benchmarks/names.py --means``."""
    with resources.files("qa.checks").joinpath("name_means.npz").open("rb") as file, np.load(file) as kept:
        found: NDArray[np.float32] = kept["means"].astype(np.float32)
    return found
