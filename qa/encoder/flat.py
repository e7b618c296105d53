"""The encoder's layers for inference: texts lie one behind the other, without padding between them.

Nothing is computed twice over for the longest text of a batch, and a text's states do not depend on what
it shares a batch with. Sizes are rounded so that few of them occur: for every new one oneDNN writes itself
kernels, which takes as long as the product of a whole batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from heapq import heapreplace
from math import ceil
from typing import TYPE_CHECKING, NamedTuple, cast

import torch
from torch import Tensor
from torch.nn import functional

from qa.encoder.packed import Matrix

if TYPE_CHECKING:
    from qa.encoder.bert import Bert, Layer

__all__ = ["FlatLayer", "Rows", "flat_layers", "groups", "lay"]

_KEYS = 16
"""Attention looks at multiples of so many keys: with a remainder, its softmax takes half as long again."""
_SMALL, _LARGE = 32, 128
"""Rows are rounded up to multiples of these, in small and in large groups."""
_FED = 512
"""So many rows at a time are widened in fp32: more do not stay in the cache and take half as long again."""
_FEWEST = 256
"""Fewer rows are not worth a group: each reads all weights from memory."""


class Rows(NamedTuple):
    """Where texts lie: ``starts`` and ``lengths`` (texts,) in rows, ``size`` rows in all (the last ones are
    nobody's), ``owner`` (size,) the text of each row, -1 for nobody's."""

    starts: tuple[int, ...]
    lengths: tuple[int, ...]
    size: int
    owner: Tensor

    @property
    def places(self) -> Tensor:
        """(size,): the position of each row in its text, 0 in nobody's."""
        out = torch.zeros(self.size, dtype=torch.long)
        for start, length in zip(self.starts, self.lengths, strict=True):
            out[start : start + length] = torch.arange(length)
        return out


def _up(n: int, step: int) -> int:
    return -(-n // step) * step


def lay(lengths: Sequence[int]) -> Rows:
    """Rows for texts of these ``lengths`` (each at least 1), in this order."""
    starts, at = [], 0
    for length in lengths:
        starts.append(at)
        at += length
    # Attention reads on behind a text, up to the next multiple.
    needed = max(start + _up(length, _KEYS) for start, length in zip(starts, lengths, strict=True))
    size = _up(needed, _SMALL if needed <= 2 * _LARGE else _LARGE)
    owner = torch.full((size,), -1)
    owner[:at] = torch.repeat_interleave(torch.arange(len(starts)), torch.tensor(lengths))
    return Rows(tuple(starts), tuple(lengths), size, owner)


def groups(lengths: Sequence[int], threads: int = 1, *, rows: int = 2048) -> list[list[int]]:
    """Indices of texts in groups of about as many rows each, some for every thread; every index comes once.

    A group has about ``rows`` rows at most, and ``_FEWEST`` at least as long as there are as many.
    """
    total = sum(lengths)
    count = min(threads * ceil(total / threads / rows), ceil(total / _FEWEST))
    out: list[list[int]] = [[] for _ in range(min(count, len(lengths)))]
    filled = [(0, number) for number in range(len(out))]  # a heap: the emptiest group first
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        held, number = filled[0]
        out[number].append(index)
        heapreplace(filled, (held + lengths[index], number))
    return out


class FlatLayer:
    """A ``qa.encoder.bert.Layer`` for inference: (rows, hidden) → the same."""

    def __init__(self, layer: Layer) -> None:
        part = layer.attention.self
        self._heads = layer.heads
        self._looks = Matrix.of(part.query, part.key, part.value)
        self._mixed = Matrix.of(layer.attention.output.dense)
        self._inner = Matrix.of(layer.intermediate.dense, gelu=True)
        self._outer = Matrix.of(layer.output.dense)
        self._norms = layer.attention.output.LayerNorm, layer.output.LayerNorm

    def __call__(self, x: Tensor, rows: Rows) -> Tensor:
        first, second = self._norms
        x = first(self._mixed(self._attend(self._looks(x), rows)).add_(x))
        out: Tensor = second(self._fed(x).add_(x))
        return out

    def _fed(self, x: Tensor) -> Tensor:
        """Through the two outer matrices; what lies between them is four times as wide as ``x``."""
        if x.dtype != torch.float32:
            return self._outer(self._inner(x))
        return torch.cat([self._outer(self._inner(part)) for part in torch.split(x, _FED)])

    def _attend(self, looks: Tensor, rows: Rows) -> Tensor:
        size, hidden = rows.size, looks.shape[1] // 3
        heads = looks.view(size, 3, self._heads, -1).permute(1, 2, 0, 3)[:, None]
        out = looks.new_empty(size, hidden)
        end = 0
        for start, length in zip(rows.starts, rows.lengths, strict=True):
            wide, end = _up(length, _KEYS), start + length
            query, key, value = heads[..., start : start + wide, :].unbind()
            mask = None if wide == length else _mask(length, wide, looks.dtype)
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
            out[start:end] = mixed.transpose(1, 2).reshape(wide, hidden)[:length]
        out[end:] = 0
        return out


def flat_layers(body: Bert) -> list[FlatLayer]:
    """All layers of an encoder, lowest first."""
    return [FlatLayer(cast("Layer", layer)) for layer in body.encoder.layer]


@cache
def _mask(length: int, wide: int, dtype: torch.dtype) -> Tensor:
    mask = torch.zeros(1, 1, 1, wide, dtype=dtype)
    mask[..., length:] = float("-inf")
    return mask
