"""Sketches: the words of a text as small vectors, to tell which words of two texts belong together.

A sketch holds one contextual vector a piece, from two thirds up the network (there, words of two
languages that mean the same lie closest), projected at random onto ``WIDTH`` dimensions and rounded to
a byte each: about 2 KB a sentence, so that sketches can be kept in the cache and in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.encoder import Progress, TokenVectors
    from qa.encoder.cache import VectorCache

__all__ = ["WIDTH", "Sketch", "cached_sketches", "sketch", "sketch_layer"]

WIDTH = 64
_LONGEST = 512  # pieces of one text: a sentence beyond it is judged by its beginning
_FLUSH = 512  # texts between two writes to the cache


@dataclass(frozen=True, slots=True)
class Sketch:
    """The pieces of one text.

    ``starts`` and ``ends``: int32, shape (pieces,), half-open code-point offsets into the text as given.
    ``vectors``: int8, shape (pieces, WIDTH); only their direction means anything.
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    vectors: NDArray[np.int8]

    def to_bytes(self) -> bytes:
        """For the cache; see ``from_bytes``."""
        return self.starts.tobytes() + self.ends.tobytes() + self.vectors.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Sketch | None:
        """What ``to_bytes`` wrote; None when these are other bytes."""
        pieces, rest = divmod(len(data), 8 + WIDTH)
        if rest:
            return None
        places = np.frombuffer(data[: 8 * pieces], np.int32)
        vectors = np.frombuffer(data[8 * pieces :], np.int8).reshape(pieces, WIDTH)
        return cls(places[:pieces], places[pieces:], vectors)


def sketch_layer(layers: int) -> int:
    """The layer that is sketched, of a network of ``layers``."""
    return max(1, round(layers * 2 / 3))


def sketch(tokens: TokenVectors, layer: int = 0) -> Sketch:
    """The sketch of a text whose token vectors have the right layer at index ``layer``."""
    vectors = tokens.vectors[layer][:_LONGEST]
    projected = vectors @ _projection(vectors.shape[1])
    scale = 127 / np.maximum(np.abs(projected).max(1, keepdims=True, initial=0), 1e-9)
    size = len(vectors)
    return Sketch(tokens.starts[:size], tokens.ends[:size], np.round(projected * scale).astype(np.int8))


def cached_sketches(
    texts: Sequence[str],
    signature: str,
    cache: VectorCache | None,
    encode: Callable[[list[str]], list[Sketch]],
    progress: Progress | None,
) -> list[Sketch]:
    """Sketches from the cache, the others through ``encode``; each different text is encoded once."""
    unique = list(dict.fromkeys(texts))
    name = f"{signature}|sketch{WIDTH}"
    found: dict[str, Sketch] = {}
    if cache is not None:
        for text, blob in zip(unique, cache.get_bytes(name, unique), strict=True):
            kept = None if blob is None else Sketch.from_bytes(blob)
            if kept is not None:
                found[text] = kept
    # Neighbours of similar length share batches; the longest go first.
    missing = sorted((text for text in unique if text not in found), key=len, reverse=True)
    for begin in range(0, len(missing), _FLUSH):
        part = missing[begin : begin + _FLUSH]
        made = encode(part)
        if cache is not None:
            cache.put_bytes(name, part, [one.to_bytes() for one in made])
        found.update(zip(part, made, strict=True))
        if progress is not None:
            progress(len(found), len(unique))
    if progress is not None and not missing:
        progress(len(unique), len(unique))
    return [found[text] for text in texts]


@lru_cache(maxsize=4)
def _projection(width: int) -> NDArray[np.float32]:
    """The same for every process and machine: sketches are compared across runs."""
    draw = np.random.default_rng(20_240_607).normal(size=(width, WIDTH)) / np.sqrt(WIDTH)
    out: NDArray[np.float32] = draw.astype(np.float32)
    return out
