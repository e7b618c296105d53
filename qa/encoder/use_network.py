"""The forward pass of USE-multilingual in torch, its products in bf16 or fp32.

The package's numpy does the same in fp32, text by text, which is most of what a sentence costs. Cosines of
numpy and bf16 differ by about 0.001 at most.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from qa.encoder.flat import Rows, groups, lay
from qa.encoder.packed import Matrix

__all__ = ["UseNetwork"]

_ROWS = 512
_WIDTH, _BRANCH = 512, 256
_BRANCHES = ((2, 0), (3, 1), (5, 2))
"""Words in a window, and how many of them lie to the left."""
_LEFT, _RIGHT = 2, 2


class UseNetwork:
    """Ids to vectors with the weights of ``backend``, the package's ``NumpyBackend``, in ``dtype``."""

    def __init__(self, backend: Any, ids: Callable[[str], list[int]], dtype: torch.dtype) -> None:
        self._ids, self._dtype = ids, dtype
        self._table, self._epsilon = torch.from_numpy(backend.table), backend.eps
        self._scale, self._low = torch.from_numpy(backend.scale), torch.from_numpy(backend.lo)
        self._entry = self._matrix(backend.proj_W, backend.proj_b)
        parts = zip(backend.w1, backend.b1, backend.w2, backend.b2, strict=True)
        self._convolutions = [(self._matrix(w1, b1), self._matrix(w2, b2)) for w1, b1, w2, b2 in parts]
        norms = (backend.ln_g_all, backend.ln_b_all), (backend.ln_g, backend.ln_b)
        self._norms = [tuple(torch.from_numpy(part) for part in norm) for norm in norms]
        self._head = {
            name: torch.from_numpy(getattr(backend, name))
            for name in ("cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3")
        }

    def _matrix(self, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> Matrix:
        """The package has its weights as (in, out)."""
        turned = torch.from_numpy(weight).T.contiguous()
        return Matrix(turned.to(self._dtype), torch.from_numpy(bias).to(self._dtype))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(texts, 512) unit vectors, not finite where the arithmetic was not."""
        ids = [self._ids(text) for text in texts]
        out = np.empty((len(texts), _WIDTH), np.float32)
        with torch.inference_mode():
            for group in groups([len(row) for row in ids], rows=_ROWS):
                out[group] = self._run([ids[i] for i in group]).numpy()
        return out

    def _run(self, texts: list[list[int]]) -> Tensor:
        rows = lay([len(text) for text in texts])
        flat = torch.zeros(rows.size, dtype=torch.long)
        flat[: sum(rows.lengths)] = torch.tensor([number for text in texts for number in text])
        chunk = flat % len(self._scale)
        words = self._table[flat].float().mul_(self._scale[chunk, None]).add_(self._low[chunk, None])
        x = self._normed(self._entry(words.to(self._dtype)).float(), 0)
        seen = [words]
        windows = _windows(rows)
        padded = torch.zeros(rows.size + 1, _BRANCH, dtype=self._dtype)
        for (size, left), (first, second), part in zip(
            _BRANCHES, self._convolutions, torch.split(x, _BRANCH, 1), strict=True
        ):
            window = windows[:, _LEFT - left : _LEFT - left + size].reshape(-1)
            for convolution in (first, second):
                padded[:-1] = part
                gathered = padded.index_select(0, window).view(rows.size, -1)
                part = convolution(gathered).float().relu_() + part
            seen.append(part)
        features = self._normed(torch.cat(seen, 1), 1)
        mine = (rows.owner == torch.arange(len(texts))[:, None]).float()
        return self._finished(mine @ features, torch.tensor(rows.lengths)[:, None].float())

    def _normed(self, x: Tensor, which: int) -> Tensor:
        weight, bias = self._norms[which]
        return functional.layer_norm(x, x.shape[1:], weight, bias, self._epsilon)

    def _finished(self, sums: Tensor, lengths: Tensor) -> Tensor:
        """Vectors from the sums over each text's rows: two residual layers, fp32."""
        head = self._head
        mean = (sums @ head["cnn_W"] + lengths * head["cnn_b"]) * lengths.rsqrt()
        y = (mean @ head["p1"] + (mean @ head["d0"]).relu_() @ head["d1"]).relu_()
        z = torch.tanh(y @ head["p3"] + (y @ head["d2"]).relu_() @ head["d3"])
        return z * z.square().sum(1, keepdim=True).clamp(min=self._epsilon).rsqrt()


def _windows(rows: Rows) -> Tensor:
    """(size, 5): the rows of the widest window around each row, ``size`` in place of another text's."""
    places = torch.arange(rows.size)[:, None] + torch.arange(-_LEFT, _RIGHT + 1)
    near = places.clamp(0, rows.size - 1)
    own = (rows.owner[near] == rows.owner[:, None]) & (near == places)
    return torch.where(own, places, rows.size)
