"""The joint network: reads a translation and its source as one text, through the fine-tuned encoder.

``<s> translation </s> source </s>`` runs through the bundled encoder's layers, so that every word of one
side can look at every word of the other. Beside the upper layers' states, heads see how well each token
finds its like on the other side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from qa.estimate.marks import KINDS

if TYPE_CHECKING:
    from qa.encoder.bert import Bert
    from qa.estimate.marks import Marker

__all__ = ["FROZEN", "MAX_PIECES", "Network", "Output", "Packed", "joined", "pack"]

FROZEN = 4
"""Lower layers that stay as the encoder's; training starts above them."""
FIRST_MIXED = 6
MAX_PIECES = 512
MATCHES = 11 + 2 * KINDS
WIDTH = 256


class Packed(NamedTuple):
    """A batch of pairs: ``ids`` (n, length) piece ids, ``sizes`` (n,) pieces in all, ``cuts`` (n,) pieces
    of the translation's part (with its two border marks), ``marks`` (n, length, kinds) what comparing
    the texts tells of each piece, 0 or 1."""

    ids: Tensor
    sizes: Tensor
    cuts: Tensor
    marks: Tensor


class Output(NamedTuple):
    """``sentence`` (n, 2): quality in standard deviations of human judgement (higher is better) and edit
    rate; ``pieces`` (n, length, 2): log-odds that a piece is wrong, and that a wrong one is a major error."""

    sentence: Tensor
    pieces: Tensor


class Joined(NamedTuple):
    """A pair as the network reads it: ``ids`` with border marks, ``cut`` of them the translation's part,
    ``marks`` (ids, kinds) as in :class:`Packed`."""

    ids: list[int]
    cut: int
    marks: NDArray[np.float32]


def joined(
    source: Sequence[int], target: Sequence[int], special: tuple[int, int, int], marker: Marker
) -> Joined:
    """One pair of piece ids; ``special`` are the ids that begin, end and pad a text.

    Sides longer than ``MAX_PIECES`` together lose their ends in proportion.
    """
    bos, eos, _ = special
    of_source, of_target = marker(source, target)
    room, both = MAX_PIECES - 3, len(source) + len(target)
    if both > room:
        kept = max(1, min(len(target), room * len(target) // both))
        target, source = target[:kept], source[: room - kept]
    ids, cut = [bos, *target, eos, *source, eos], len(target) + 2
    marks = np.zeros((len(ids), KINDS), np.float32)
    marks[1 : cut - 1] = of_target[: len(target)]
    marks[cut:-1] = of_source[: len(source)]
    return Joined(ids, cut, marks)


def pack(
    pairs: Sequence[tuple[Sequence[int], Sequence[int]]], special: tuple[int, int, int], marker: Marker
) -> Packed:
    """Batch of ``(source ids, translation ids)``, each as :func:`joined`, with padding behind the shorter."""
    rows = [joined(*pair, special, marker) for pair in pairs]
    sizes = torch.tensor([len(row.ids) for row in rows])
    ids = torch.full((len(rows), int(sizes.max())), special[-1])
    marks = torch.zeros((*ids.shape, KINDS))
    for at, row in enumerate(rows):
        ids[at, : len(row.ids)] = torch.tensor(row.ids)
        marks[at, : len(row.ids)] = torch.from_numpy(row.marks)
    return Packed(ids, sizes, torch.tensor([row.cut for row in rows]), marks)


def _best_matches(x: Tensor, target: Tensor, source: Tensor) -> list[Tensor]:
    """How well tokens find their like on the other side: mean and mean of the two lowest best cosines of
    each side. ``x`` (n, length, width); ``target``, ``source`` (n, length) bool; four of (n,)."""
    x = functional.normalize(x, dim=-1)
    cosine = x @ x.transpose(1, 2)
    out = []
    for mine, other in ((target, source), (source, target)):
        best = cosine.masked_fill(~other[:, None, :], -1.0).amax(-1)
        out.append((best * mine).sum(1) / mine.sum(1).clamp(min=1))
        out.append(best.masked_fill(~mine, 1.0).topk(2, dim=1, largest=False).values.mean(1))
    return out


class Network(nn.Module):
    """See the module. ``body`` is the encoder's network; ``common`` (hidden,) the mean word embedding."""

    def __init__(self, body: Bert, common: Tensor) -> None:
        super().__init__()
        hidden = common.shape[0]
        self.body = body
        self.common: Tensor
        self.register_buffer("common", common)
        self.segments = nn.Parameter(torch.zeros(2, hidden))
        self.marks = nn.Parameter(torch.zeros(KINDS, hidden))
        self.mix = nn.Parameter(torch.linspace(0.5, 1.5, len(body.encoder.layer) - FIRST_MIXED + 1))
        self.pool = nn.Linear(hidden, 1)
        self.inner = nn.Linear(6 * hidden + MATCHES, WIDTH)
        self.outer = nn.Linear(WIDTH, 2)
        self.words = nn.Linear(hidden, 2)
        self.dropout = nn.Dropout(0.1)

    def forward(self, words: Tensor, sizes: Tensor, cuts: Tensor, marks: Tensor) -> Output:
        """``words`` (n, length, hidden): word embeddings of the ids of :class:`Packed`."""
        places = torch.arange(words.shape[1], device=words.device)[None]
        inside = places < sizes[:, None]
        source = inside & (places >= cuts[:, None])
        target = inside & ~source
        mask = None if bool(inside.all()) else inside[:, None, None, :]
        layers = self.body.encoder.layer
        states = []
        with torch.no_grad():
            x = self.body.embeddings(words.to(self.body.dtype), None)
            for layer in layers[:FROZEN]:
                x = layer(x, mask)
        x = x + (self.segments[source.long()] + marks @ self.marks).to(x.dtype)
        for number, layer in enumerate(layers[FROZEN:], FROZEN + 1):
            x = layer(x, mask)
            if number >= FIRST_MIXED:
                states.append(x)
        with torch.autocast(words.device.type, enabled=False):
            shares = self.mix.float().softmax(0)
            mixed = torch.stack([s.float() for s in states], -1) @ shares
            return self._heads(mixed, words.float(), marks, target, source, inside)

    def _heads(
        self, x: Tensor, words: Tensor, marks: Tensor, target: Tensor, source: Tensor, inside: Tensor
    ) -> Output:
        t, s = target.float()[..., None], source.float()[..., None]
        u, v = (x * t).sum(1) / t.sum(1), (x * s).sum(1) / s.sum(1)
        looks = self.pool(x).squeeze(-1).masked_fill(~inside, -1e4).softmax(1)
        pooled = (x * looks[..., None]).sum(1)
        middle = (x * inside[..., None]).sum(1) / inside.sum(1, keepdim=True)
        lengths = target.sum(1).float().log(), source.sum(1).float().log()
        matches = torch.stack(
            [
                *_best_matches(x - middle[:, None], target, source),
                *_best_matches(words - self.common, target, source),
                *lengths,
                lengths[0] - lengths[1],
                *(marks * t).sum(1).log1p().unbind(1),
                *(marks * s).sum(1).log1p().unbind(1),
            ],
            1,
        )
        seen = torch.cat([u, v, (u - v).abs(), u * v, x[:, 0], pooled, matches], 1)
        hidden = torch.tanh(self.inner(self.dropout(seen)))
        return Output(self.outer(self.dropout(hidden)), self.words(self.dropout(x)))
