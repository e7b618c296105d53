"""The joint network for inference: the same numbers as ``qa.estimate.joint.Network``, in less time.

Pairs lie one behind the other (``qa.encoder.flat``), matrices are packed, the mixture of layers is summed
up on the way, and each token is compared with the other side's alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from qa.encoder.flat import Rows, flat_layers, lay
from qa.estimate.joint import FIRST_MIXED, FROZEN, Network, Output, joined
from qa.estimate.marks import KINDS, Marker
from qa.estimate.omissions import Omission, OmissionLayers

__all__ = ["Laid", "Reader", "lay_out"]


class Laid(NamedTuple):
    """A group of pairs: ``ids`` (size,) piece ids of ``rows``, ``cuts`` (pairs,) pieces of the translation's
    part (with its two border marks), ``marks`` (size, kinds) as in ``qa.estimate.joint.Packed``."""

    ids: NDArray[np.int64]
    rows: Rows
    cuts: tuple[int, ...]
    marks: Tensor


def lay_out(
    pairs: Sequence[tuple[Sequence[int], Sequence[int]]], special: tuple[int, int, int], marker: Marker
) -> Laid:
    """Group of ``(source ids, translation ids)``, each as by ``qa.estimate.joint.joined``."""
    texts = [joined(*pair, special, marker) for pair in pairs]
    rows = lay([len(text.ids) for text in texts])
    ids = np.full(rows.size, special[-1], np.int64)
    marks = np.zeros((rows.size, KINDS), np.float32)
    for start, text in zip(rows.starts, texts, strict=True):
        here = slice(start, start + len(text.ids))
        ids[here], marks[here] = text.ids, text.marks
    return Laid(ids, rows, tuple(text.cut for text in texts), torch.from_numpy(marks))


class Read(NamedTuple):
    """``output`` of a group, its pieces (size, 2); ``omissions`` of each pair."""

    output: Output
    omissions: Sequence[Omission]


class Reader:
    """See the module. Raises nothing of its own; safe to call from several threads."""

    def __init__(self, network: Network, omissions: OmissionLayers) -> None:
        # Not the network itself: its own matrices may go once they are packed.
        self._layers = flat_layers(network.body)
        self._embeddings, self._dtype, self._common = (
            network.body.embeddings,
            network.body.dtype,
            network.common,
        )
        self._segments, self._marks = network.segments, network.marks
        self._shares: list[float] = network.mix.float().softmax(0).tolist()
        self._pool, self._inner, self.outer, self._words = (
            network.pool, network.inner, network.outer, network.words
        )  # fmt: skip
        self._omissions = omissions

    def __call__(self, words: Tensor, laid: Laid) -> Read:
        """``words`` (size, hidden): word embeddings of the ids."""
        rows = laid.rows
        inside = rows.owner[None] == torch.arange(len(rows.starts))[:, None]
        places = rows.places
        source = places >= torch.tensor(laid.cuts)[rows.owner]
        x = self._embeddings.at(words.to(self._dtype), places)
        for layer in self._layers[:FROZEN]:
            x = layer(x, rows)
        x = x + (self._segments[source.long()] + laid.marks @ self._marks).to(x.dtype)
        mixed = torch.zeros(x.shape)
        for number, layer in enumerate(self._layers[FROZEN:], FROZEN + 1):
            x = layer(x, rows)
            if number >= FIRST_MIXED:
                mixed.add_(x, alpha=self._shares[number - FIRST_MIXED])
        return self._heads(mixed, words, laid, inside, source)

    def _heads(self, x: Tensor, words: Tensor, laid: Laid, inside: Tensor, source: Tensor) -> Read:
        rows = laid.rows
        t, s = (inside & ~source).float(), (inside & source).float()
        counts = t.sum(1, keepdim=True), s.sum(1, keepdim=True)
        u, v = t @ x / counts[0], s @ x / counts[1]
        looks = self._pool(x)[:, 0].masked_fill(~inside, -1e4).softmax(1)
        middle = (inside.float() @ x) / inside.sum(1, keepdim=True)
        lengths = counts[0][:, 0].log(), counts[1][:, 0].log()
        likes = torch.stack([_likes(x - middle[rows.owner], laid), _likes(words - self._common, laid)], 1)
        matches = torch.cat(
            [
                _matches(likes[:, 0], laid),
                _matches(likes[:, 1], laid),
                torch.stack([*lengths, lengths[0] - lengths[1]], 1),
                (t @ laid.marks).log1p(),
                (s @ laid.marks).log1p(),
            ],
            1,
        )
        seen = torch.cat([u, v, (u - v).abs(), u * v, x[list(rows.starts)], looks @ x, matches], 1)
        output = Output(self.outer(torch.tanh(self._inner(seen))), self._words(x))
        parts = list(zip(rows.starts, laid.cuts, rows.lengths, strict=True))
        return Read(output, self._omissions(x, likes, output.sentence[:, 0], parts))


def _likes(x: Tensor, laid: Laid) -> Tensor:
    """(size,): cosine of each token with the likest of the other side of its pair."""
    x = functional.normalize(x, dim=-1)
    out = torch.zeros(len(x))
    for start, length, cut in zip(laid.rows.starts, laid.rows.lengths, laid.cuts, strict=True):
        cosine = x[start : start + cut] @ x[start + cut : start + length].T
        out[start : start + cut], out[start + cut : start + length] = cosine.amax(1), cosine.amax(0)
    return out


def _matches(likes: Tensor, laid: Laid) -> Tensor:
    """(pairs, 4): how well tokens find their like on the other side, as in ``qa.estimate.joint``."""
    out = []
    for start, length, cut in zip(laid.rows.starts, laid.rows.lengths, laid.cuts, strict=True):
        for best in (likes[start : start + cut], likes[start + cut : start + length]):
            worst = best.topk(2, largest=False).values
            out += [best.mean(), worst.mean()]
    return torch.stack(out).view(-1, 4)
