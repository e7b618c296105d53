"""Sentence vectors of one side, and of its overlaps: runs of up to five neighbouring sentences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.align.words import Words

__all__ = ["MOST", "Averaged", "Channel", "Encoded", "Side", "background", "overlap_texts", "principal"]

MOST = 5
"""Sentences one side of a link can have."""

_CHUNK = 4096
_PRIOR = 8.0  # how many sentences the background mean is worth when a document's own mean is taken


@cache
def background(signature: str, width: int) -> NDArray[np.float32] | None:
    """The mean sentence vector of a bundled encoder over many texts and languages; None for others.

    Written by ``python benchmarks/align.py --background``.
    """
    with resources.files("qa.align").joinpath("background.npz").open("rb") as file, np.load(file) as known:
        name = signature.split(":")[0]
        if name not in known or known[name].shape != (width,):
            return None
        out: NDArray[np.float32] = known[name].astype(np.float32)
        return out


class Channel(Protocol):
    """One encoder's view of one side."""

    def rows(self, size: int, start: int, stop: int) -> NDArray[np.float32]:
        """Centred unit vectors of the overlaps of ``size`` sentences whose last sentences are
        ``start`` to ``stop - 1``; zeros where an overlap would begin before the document."""
        ...


def overlap_texts(texts: Sequence[str], size: int, joint: str) -> list[str]:
    """The overlap that ends at each sentence; empty where it would begin before the document."""
    return [joint.join(texts[i - size + 1 : i + 1]) if i >= size - 1 else "" for i in range(len(texts))]


def _unit(x: NDArray[np.float32]) -> NDArray[np.float32]:
    out: NDArray[np.float32] = x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)
    return out


def _centre(
    total: NDArray[np.float64], count: int, background: NDArray[np.float32] | None
) -> NDArray[np.float32]:
    """The mean vector of an overlap size, drawn towards ``background`` where there are few of them.

    Without a background a handful of vectors is left uncentred: their own mean would be most of them.
    """
    if background is not None:
        return ((total + _PRIOR * background) / (count + _PRIOR)).astype(np.float32)
    return (total / max(count, 1) * (count / (count + _PRIOR))).astype(np.float32)


class Averaged:
    """Overlap vectors as weighted means of single sentences' vectors, made when they are asked for."""

    def __init__(
        self,
        single: NDArray[np.float32],
        weights: NDArray[np.float32],
        background: NDArray[np.float32] | None = None,
    ) -> None:
        self._single = single.astype(np.float16)  # half precision: a long book has to fit into memory
        self._weights = weights[:, None]
        self._means = [np.zeros(single.shape[1], np.float32)] * (MOST + 1)
        for size in range(1, MOST + 1):
            total = np.zeros(single.shape[1])
            for start in range(size - 1, len(single), _CHUNK):
                total += self._raw(size, start, min(start + _CHUNK, len(single))).sum(0, dtype=np.float64)
            self._means[size] = _centre(total, max(0, len(single) - size + 1), background)

    def _raw(self, size: int, start: int, stop: int) -> NDArray[np.float32]:
        first = start - size + 1
        single = self._single[first:stop].astype(np.float32)
        if size == 1:
            return single
        single *= self._weights[first:stop]
        out = single[size - 1 :].copy()
        for back in range(1, size):
            out += single[size - 1 - back : -back]
        return _unit(out)

    def rows(self, size: int, start: int, stop: int) -> NDArray[np.float32]:
        """See ``Channel``."""
        first = max(start, size - 1)
        out = np.zeros((stop - start, self._single.shape[1]), np.float32)
        if first < stop:
            out[first - start :] = _unit(self._raw(size, first, stop) - self._means[size])
        return out


class Encoded:
    """Overlap vectors encoded as texts of their own: one (n, width) matrix for each size."""

    def __init__(
        self, overlaps: Sequence[NDArray[np.float32]], background: NDArray[np.float32] | None = None
    ) -> None:
        self._sizes: list[NDArray[np.float16]] = []
        for size, raw in enumerate(overlaps, 1):
            total = raw[size - 1 :].sum(0, dtype=np.float64)
            mean = _centre(total, max(0, len(raw) - size + 1), background)
            # Half precision: five sizes of a long book have to fit into memory.
            self._sizes.append(_unit(raw - mean).astype(np.float16))

    def rows(self, size: int, start: int, stop: int) -> NDArray[np.float32]:
        """See ``Channel``."""
        out = self._sizes[size - 1][start:stop].astype(np.float32)
        out[: max(0, min(len(out), size - 1 - start))] = 0
        return out


def principal(sides: Sequence[Side], width: int) -> NDArray[np.float32]:
    """The projection onto the ``width`` directions in which the sentences of ``sides`` differ most."""
    sample = np.concatenate(
        [side.rows(1, 0, len(side))[:: max(1, len(side) // _CHUNK)] for side in sides], dtype=np.float64
    )
    _, directions = np.linalg.eigh(sample.T @ sample)
    out: NDArray[np.float32] = directions[:, -width:].astype(np.float32)
    return out


class Side:
    """One document as the aligner sees it: channels side by side, so that the dot product of two
    sides' rows is the mean of the channels' cosines, weighted by ``shares``; lengths in UTF-8 bytes."""

    def __init__(
        self,
        texts: Sequence[str],
        channels: Sequence[Channel],
        shares: Sequence[float] | None = None,
        words: Words | None = None,
    ) -> None:
        self.texts, self.words = texts, words
        self.channels = list(channels)
        given = np.ones(len(channels)) if shares is None else np.array(shares)
        self._scales = np.sqrt(given / given.sum()).astype(np.float32)
        sizes = np.array([max(1, len(text.encode("utf-8", "replace"))) for text in texts], np.float64)
        self.lengths = sizes
        self.total = np.concatenate([[0.0], np.cumsum(sizes)])
        self.mean_length = float(sizes.mean()) if len(sizes) else 1.0

    def __len__(self) -> int:
        return len(self.lengths)

    @property
    def width(self) -> int:
        """Dimensions of its vectors."""
        return int(self.rows(1, 0, 1).shape[1])

    def compact(self, projection: NDArray[np.float32]) -> Side:
        """The same sentences in fewer dimensions, overlaps averaged: for a quick look at a long text.
        ``projection`` has shape (width, fewer)."""
        parts = [
            self.rows(1, start, min(start + _CHUNK, len(self))) @ projection
            for start in range(0, len(self), _CHUNK)
        ]
        weights = self.lengths.astype(np.float32)
        return Side(self.texts, [Averaged(np.concatenate(parts), weights)])

    def rows(self, size: int, start: int, stop: int) -> NDArray[np.float32]:
        """(stop - start, width) vectors of the overlaps of ``size`` ending at ``start`` to ``stop - 1``."""
        parts = [
            channel.rows(size, start, stop) * scale
            for channel, scale in zip(self.channels, self._scales, strict=True)
        ]
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
