"""The bundled encoder: multilingual-e5-small, 4-bit on disk, bf16 or fp32 in memory.

Texts longer than the network's 512 positions are cut into windows of equal length (at most
``MAX_WINDOWS``; what lies behind, about 12,000 pieces into one text, is not looked at). A pooled
vector is the mean over the windows' pieces.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from qa.encoder import Progress, TokenVectors
from qa.encoder.batching import windows
from qa.encoder.sketch import Sketch, cached_sketches, sketch, sketch_layer
from qa.encoder.weights import SHA256, WeightFile

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray

    from qa.encoder.bert import Embeddings
    from qa.encoder.cache import VectorCache
    from qa.encoder.flat import FlatLayer
    from qa.encoder.tokenizer import Pieces, Tokenizer

__all__ = ["E5Encoder", "cached_pooled", "thread_count", "torch_threads"]

MAX_WINDOWS = 24
MAX_CHARACTERS = 200_000  # more than 24 windows of pieces in any language; bounds the tokenizer's work
_FLUSH = 512  # texts between two writes to the cache: an interrupted run keeps what it has done


def thread_count(threads: int | None) -> int:
    """``threads``, else ``RELECTURE_THREADS``, else the cores this process may use."""
    if threads is not None:
        return max(1, threads)
    wish = os.environ.get("RELECTURE_THREADS", "")
    if wish.isdecimal() and int(wish) > 0:
        return int(wish)
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


@contextmanager
def torch_threads(threads: int) -> Iterator[None]:
    """Run torch on ``threads`` threads and put the process's setting back."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def cached_pooled(
    texts: Sequence[str],
    hidden: int,
    signature: str,
    cache: VectorCache | None,
    encode: Callable[[list[str]], NDArray[np.float32]],
    progress: Progress | None,
) -> NDArray[np.float32]:
    """Vectors from the cache, the others through ``encode``; each different text is encoded once."""
    unique = list(dict.fromkeys(texts))
    if cache is None:
        vectors, missing = np.zeros((len(unique), hidden), np.float32), np.arange(len(unique))
    else:
        vectors, missing = cache.get(signature, unique, hidden)
    done = len(unique) - len(missing)
    # Neighbours of similar length share batches; the longest go first.
    order = sorted(missing.tolist(), key=lambda i: -len(unique[i]))
    for begin in range(0, len(order), _FLUSH):
        part = order[begin : begin + _FLUSH]
        some = [unique[i] for i in part]
        vectors[part] = encode(some)
        if cache is not None:
            cache.put(signature, some, vectors[part])
        done += len(part)
        if progress is not None:
            progress(done, len(unique))
    if progress is not None and not order:
        progress(len(unique), len(unique))
    row = {text: i for i, text in enumerate(unique)}
    return vectors[[row[text] for text in texts]] if texts else vectors


class E5Encoder:
    """See ``qa.encoder.Encoder``. ``dtype`` is ``"bf16"``, ``"fp32"`` or None (what this CPU is fast at)."""

    prefix = "query: "

    def __init__(
        self,
        *,
        threads: int | None = None,
        cache: VectorCache | None = None,
        dtype: str | None = None,
    ) -> None:
        self.weights = WeightFile()
        self.hidden = self.weights.shape.hidden
        self.layers = self.weights.shape.layers
        self.threads = thread_count(threads)
        self._cache = cache
        self._dtype = dtype

    @property
    def signature(self) -> str:
        """Names the weights by hash. bf16 and fp32 agree to a cosine of 0.9999 and share one name."""
        return f"e5-small-q4:{SHA256[:12]}|v1"

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """Text to ids and offsets."""
        from qa.encoder.tokenizer import Tokenizer

        return Tokenizer(self.weights)

    @cached_property
    def dtype(self) -> torch.dtype:
        """bf16 where this CPU multiplies it faster, else fp32."""
        import torch

        from qa.encoder.packed import quick_type

        if self._dtype is not None:
            return {"bf16": torch.bfloat16, "fp32": torch.float32}[self._dtype]
        return quick_type()

    @cached_property
    def _flat(self) -> tuple[Embeddings, list[FlatLayer]]:
        """What of the network inference needs; its own matrices go once they are packed."""
        from qa.encoder.bert import from_weights
        from qa.encoder.flat import flat_layers

        network = from_weights(self.weights, self.dtype)
        return network.embeddings, flat_layers(network)

    @cached_property
    def _prefix_ids(self) -> list[int]:
        return self.tokenizer.ids([self.prefix])[0]

    def pooled(self, texts: Sequence[str], *, progress: Progress | None = None) -> NDArray[np.float32]:
        """(n, 384) unit vectors: mean over the last layer, special tokens and prefix included, as E5 was
        trained."""
        return cached_pooled(texts, self.hidden, self.signature, self._cache, self._pool, progress)

    def read(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> tuple[NDArray[np.float32], list[Sketch]]:
        """``pooled`` and the sketch of each text, out of one pass through the network."""
        fresh: dict[str, NDArray[np.float32]] = {}

        def encode(some: list[str]) -> list[Sketch]:
            vectors, sketches = self._read(some, sketch_layer(self.layers))
            fresh.update(zip(some, vectors, strict=True))
            if self._cache is not None:
                self._cache.put(self.signature, some, vectors)
            return sketches

        sketches = cached_sketches(texts, self.signature, self._cache, encode, progress)
        old = [text for text in texts if text not in fresh]
        fresh.update(zip(old, self.pooled(old), strict=True))
        vectors = np.array([fresh[text] for text in texts], np.float32).reshape(len(texts), self.hidden)
        return vectors, sketches

    def _pool(self, texts: list[str]) -> NDArray[np.float32]:
        return self._read(texts)[0]

    def _read(self, texts: list[str], layer: int | None = None) -> tuple[NDArray[np.float32], list[Sketch]]:
        """Pooled vectors, and sketches of ``layer`` where one is given."""
        cut = [] if layer is None else [self.tokenizer.pieces(text[:MAX_CHARACTERS]) for text in texts]
        ids = [piece.ids.tolist() for piece in cut] or self.tokenizer.ids(
            [text[:MAX_CHARACTERS] for text in texts]
        )
        lead = [self.weights.bos, *self._prefix_ids]
        room = self.weights.shape.positions - 1 - len(lead)
        pieces: list[list[int]] = []
        place: list[tuple[int, int, int]] = []
        for index, row in enumerate(ids):
            for low, high in windows(len(row), room, MAX_WINDOWS):
                pieces.append([*lead, *row[low:high], self.weights.eos])
                place.append((index, low, high))
        sums = np.zeros((len(texts), self.hidden), np.float32)
        words = [np.zeros((1, min(len(p.ids), room * MAX_WINDOWS), self.hidden), np.float32) for p in cut]
        last = self.layers
        for window, states in self._run(pieces, frozenset({last} if layer is None else {layer, last})):
            index, low, high = place[window]
            sums[index] += states[last].sum(0)
            if layer is not None:
                words[index][0, low:high] = states[layer][len(lead) : len(lead) + high - low]
        sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
        return sums, [
            sketch(TokenVectors(piece.starts, piece.ends, vectors))
            for piece, vectors in zip(cut, words, strict=True)
        ]

    def tokens(
        self, texts: Sequence[str], *, layers: Sequence[int] = (12,), prefix: bool = False
    ) -> list[TokenVectors]:
        """Vectors of each text's pieces; ``prefix`` lets the network read the prefix first (it is never
        among the pieces). Texts that occur twice are computed once and share their arrays."""
        unique = list(dict.fromkeys(texts))
        lead = [self.weights.bos, *(self._prefix_ids if prefix else [])]
        room = self.weights.shape.positions - 1 - len(lead)
        cut: list[Pieces] = [self.tokenizer.pieces(text[:MAX_CHARACTERS]) for text in unique]
        pieces: list[list[int]] = []
        place: list[tuple[int, int, int]] = []
        for index, piece in enumerate(cut):
            for low, high in windows(len(piece.ids), room, MAX_WINDOWS):
                if high > low:
                    pieces.append([*lead, *piece.ids[low:high].tolist(), self.weights.eos])
                    place.append((index, low, high))
        sizes = [min(len(piece.ids), room * MAX_WINDOWS) for piece in cut]
        vectors = [np.zeros((len(layers), size, self.hidden), np.float32) for size in sizes]
        for window, states in self._run(pieces, frozenset(layers)):
            index, low, high = place[window]
            for at, layer in enumerate(layers):
                vectors[index][at, low:high] = states[layer][len(lead) : len(lead) + high - low]
        found = {
            text: TokenVectors(piece.starts[:size], piece.ends[:size], vector)
            for text, piece, size, vector in zip(unique, cut, sizes, vectors, strict=True)
        }
        return [found[text] for text in texts]

    def _run(
        self, pieces: list[list[int]], keep: frozenset[int]
    ) -> Iterator[tuple[int, dict[int, NDArray[np.float32]]]]:
        """Each window's index and its states by layer, (length, hidden)."""
        if not pieces:
            return
        from qa.encoder.flat import groups

        chosen = groups([len(row) for row in pieces], self.threads)
        work = ([pieces[i] for i in group] for group in chosen)
        # Threads that work on groups of their own never wait for each other, as torch's inside a product do.
        with torch_threads(1), ThreadPoolExecutor(self.threads) as workers:
            run = map if len(chosen) == 1 else workers.map
            for group, found in zip(chosen, run(partial(self._states, self._flat, keep), work), strict=True):
                yield from zip(group, found, strict=True)

    def _states(
        self, flat: tuple[Embeddings, list[FlatLayer]], keep: frozenset[int], pieces: list[list[int]]
    ) -> Iterator[dict[int, NDArray[np.float32]]]:
        import torch

        from qa.encoder.flat import lay

        embeddings, layers = flat
        rows = lay([len(row) for row in pieces])
        ids = np.full(rows.size, self.weights.pad, np.int64)
        ids[: sum(rows.lengths)] = [number for row in pieces for number in row]
        with torch.inference_mode():
            x = embeddings.at(torch.from_numpy(self.weights.embed(ids)).to(self.dtype), rows.places)
            states = {0: x.float().numpy()} if 0 in keep else {}
            for number, layer in enumerate(layers[: max(keep, default=0)], 1):
                x = layer(x, rows)
                if number in keep:
                    states[number] = x.float().numpy()
        return (
            {number: state[start : start + length] for number, state in states.items()}
            for start, length in zip(rows.starts, rows.lengths, strict=True)
        )
