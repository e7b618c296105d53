"""Weight matrices as oneDNN likes them: the one place that calls operators which torch keeps to itself.

A matrix that is laid out for the processor's tiles once is multiplied 1.4 times as fast as one that is laid
out for every batch, and GELU costs less where the product is still in the cache. ``torch.compile`` calls the
same operators. Where they are missing, refuse or compute something else, plain torch does the work.
"""

from __future__ import annotations

from functools import cache
from time import perf_counter
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

__all__ = ["Matrix", "packable", "quick_type"]


def _pack(weight: Tensor) -> Tensor:
    out: Tensor = torch.ops.mkldnn._reorder_linear_weight(weight)
    return out


def _packed_linear(x: Tensor, packed: Tensor, bias: Tensor, gelu: bool) -> Tensor:
    what: tuple[Any, ...] = ("gelu", [], "none") if gelu else ("none", [], "")
    out: Tensor = torch.ops.mkldnn._linear_pointwise(x, packed, bias, *what)
    return out


def _plain_linear(x: Tensor, weight: Tensor, bias: Tensor, gelu: bool) -> Tensor:
    out = functional.linear(x, weight, bias)
    return functional.gelu(out) if gelu else out


@cache
def packable(dtype: torch.dtype) -> bool:
    """Whether this torch on this processor multiplies packed matrices of ``dtype``, and rightly.

    Only bf16 is asked for: fp32 gains nothing.
    """
    if dtype != torch.bfloat16:
        return False
    ramp = torch.linspace(-1, 1, 64 * 96).sin()
    x, weight, bias = (part.to(dtype) for part in (ramp.view(96, 64), ramp.view(64, 96).T, ramp[:96]))
    weight = weight.contiguous()
    try:
        return all(
            torch.allclose(
                _packed_linear(x, _pack(weight), bias, gelu).float(),
                _plain_linear(x.float(), weight.float(), bias.float(), gelu),
                rtol=0.02,
                atol=0.05,
            )
            for gelu in (False, True)
        )
    except (AttributeError, RuntimeError):  # NotImplementedError is one of the latter
        return False


@cache
def quick_type() -> torch.dtype:
    """bf16 where this processor multiplies it faster than fp32, else fp32; both agree to a cosine of .9995.

    Where there are tiles (AMX) it does. Processors that know bf16 without them differ: of two that were
    measured one took half of fp32's time and one half as long again, so both types are tried, for
    a few milliseconds.
    """
    if getattr(torch.cpu, "_is_amx_tile_supported", bool)():
        return torch.bfloat16
    if not getattr(torch.cpu, "_is_avx512_bf16_supported", bool)():
        return torch.float32
    return torch.bfloat16 if _time(torch.bfloat16) < 0.8 * _time(torch.float32) else torch.float32


def _time(dtype: torch.dtype) -> float:
    """Seconds of a product of an encoder layer's shape: the best of some, as others use the processor too."""
    x, weight = torch.ones(256, 384, dtype=dtype), torch.ones(1536, 384, dtype=dtype)
    best = float("inf")
    for _ in range(6):  # the first one also makes the kernels
        start = perf_counter()
        functional.linear(x, weight)
        best = min(best, perf_counter() - start)
    return best


class Matrix:
    """``x @ weight.T + bias`` for inference on the CPU, through GELU if asked: (rows, in) → (rows, out).

    ``weight`` is (out, in), ``bias`` (out,), both of the type of ``x``.
    """

    def __init__(self, weight: Tensor, bias: Tensor, *, gelu: bool = False) -> None:
        self._bias, self._gelu = bias, gelu
        self._linear = _packed_linear if packable(weight.dtype) else _plain_linear
        self._weight = _pack(weight) if packable(weight.dtype) else weight

    @classmethod
    def of(cls, *layers: nn.Linear, gelu: bool = False) -> Matrix:
        """One matrix of layers that read the same ``x``; their outputs lie side by side."""
        weight = torch.cat([layer.weight.detach() for layer in layers])
        return cls(weight, torch.cat([layer.bias.detach() for layer in layers]), gelu=gelu)

    def __call__(self, x: Tensor) -> Tensor:
        return self._linear(x, self._weight, self._bias, self._gelu)
