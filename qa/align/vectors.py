"""Sentence vectors of one side, and of its overlaps: runs of up to five neighbouring sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.align.words import Words

__all__ = ["MOST", "Averaged", "Channel", "Side", "background", "principal"]

MOST = 5
"""Sentences one side of a link can have."""

_CHUNK = 4096
_SAMPLE, _SAMPLES = 256, 16  # sentences in a row, and how many such rows, that stand for a document
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


Encode = Callable[[list[str]], "NDArray[np.float32]"]
"""Texts to vectors, shape (n, width)."""


class Channel(Protocol):
    """One encoder's view of one side."""

    def refine(self, overlaps: Mapping[int, Sequence[int]], texts: Mapping[int, Sequence[str]]) -> None:
        """Look closer at some overlaps, by size and last sentence; their texts stand in ``texts``."""
        ...

    def rows(self, size: int, start: int, stop: int) -> NDArray[np.float32]:
        """Centred unit vectors of the overlaps of ``size`` sentences whose last sentences are
        ``start`` to ``stop - 1``; zeros where an overlap would begin before the document."""
        ...


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
    """Overlap vectors as weighted means of single sentences' vectors, made when they are asked for.

    Overlaps that ``refine`` has encoded as texts of their own take the place of their means.
    """

    def __init__(
        self,
        single: NDArray[np.float32],
        weights: NDArray[np.float32],
        background: NDArray[np.float32] | None = None,
        encode: Encode | None = None,
    ) -> None:
        self._single = single.astype(np.float16)  # half precision: a long book has to fit into memory
        self._weights = weights[:, None]
        self._encode = encode
        self._refined: dict[int, tuple[NDArray[np.int64], NDArray[np.float16]]] = {}
        self._means = [np.zeros(single.shape[1], np.float32)] * (MOST + 1)
        for size in range(1, MOST + 1):
            total = np.zeros(single.shape[1])
            for start in range(size - 1, len(single), _CHUNK):
                total += self._raw(size, start, min(start + _CHUNK, len(single))).sum(0, dtype=np.float64)
            self._means[size] = _centre(total, max(0, len(single) - size + 1), background)

    def refine(self, overlaps: Mapping[int, Sequence[int]], texts: Mapping[int, Sequence[str]]) -> None:
        """Encode the overlaps that end at ``overlaps[size]`` (rising), whose texts are ``texts[size]``."""
        if self._encode is None:
            return
        sizes = [size for size in overlaps if overlaps[size]]
        # One call for all sizes: batches of texts of similar length.
        raw = self._encode([text for size in sizes for text in texts[size]])
        at = 0
        for size in sizes:
            part = raw[at : at + len(overlaps[size])]
            at += len(part)
            mean = _centre(part.sum(0, dtype=np.float64), len(part), self._means[1])
            ends = np.array(overlaps[size], np.int64)
            self._refined[size] = ends, _unit(part - mean).astype(np.float16)

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
        if size in self._refined:
            ends, vectors = self._refined[size]
            low, high = np.searchsorted(ends, (start, stop))
            out[ends[low:high] - start] = vectors[low:high]
        return out


def principal(sides: Sequence[Side], width: int) -> NDArray[np.float32]:
    """The projection onto the ``width`` directions in which the sentences of ``sides`` differ most."""
    sample = np.concatenate(
        [
            side.rows(1, start, min(start + _SAMPLE, len(side)))
            for side in sides
            for start in range(0, len(side), max(_SAMPLE, len(side) // _SAMPLES))
        ],
        dtype=np.float64,
    )
    _, directions = np.linalg.eigh(sample.T @ sample)
    out: NDArray[np.float32] = directions[:, -width:].astype(np.float32)
    return out


class Side:
    """One document as the aligner sees it: channels side by side, so that the dot product of two
    sides' rows is the mean of the channels' cosines; lengths in UTF-8 bytes. ``joint`` stands between two
    sentences of an overlap."""

    def __init__(
        self,
        texts: Sequence[str],
        channels: Sequence[Channel],
        words: Words | None = None,
        joint: str = " ",
    ) -> None:
        self.texts, self.words, self._joint = texts, words, joint
        self.channels = list(channels)
        self._scale = np.float32(1 / np.sqrt(max(1, len(channels))))
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

    def refine(self, overlaps: Mapping[int, Sequence[int]]) -> None:
        """Have the overlaps of ``size`` that end at ``overlaps[size]`` (rising) encoded as texts."""
        texts = {
            size: [self._joint.join(self.texts[end - size + 1 : end + 1]) for end in ends]
            for size, ends in overlaps.items()
        }
        for channel in self.channels:
            channel.refine(overlaps, texts)

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
        parts = [channel.rows(size, start, stop) * self._scale for channel in self.channels]
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
