"""Linear layers in 8 bits: the fastest way through the network on most CPUs that multiply bytes.

A matrix is rounded once, row by row; activations are rounded as they come, by torch. What that costs in
correlation with people is in ``docs/benchmarks/estimate.md``: nothing that shows.
"""

from __future__ import annotations

import warnings

import torch
from torch import Tensor, nn

__all__ = ["eight_bit", "pays"]


class _Linear(nn.Module):
    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        weight = linear.weight.float()
        scales = weight.abs().amax(1).clamp(min=1e-8) / 127
        with warnings.catch_warnings():  # torch means to replace this; pays() asks whether it has
            warnings.simplefilter("ignore", UserWarning)
            rounded = torch.quantize_per_channel(
                weight, scales.double(), torch.zeros(len(weight), dtype=torch.int64), 0, torch.qint8
            )
        self._packed = torch.ops.quantized.linear_prepack(rounded, linear.bias.float())
        # Without VNNI, sums of two products of whole bytes would overflow 16 bits: activations get 7.
        self._seven_bits = not torch.cpu._is_vnni_supported()

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = torch.ops.quantized.linear_dynamic(x, self._packed, self._seven_bits)
        return out


def pays() -> bool:
    """Whether this build of torch can, and this CPU has nothing better: one that multiplies tiles of bf16
    needs about two thirds of the time."""
    return (
        "x86" in torch.backends.quantized.supported_engines
        and hasattr(torch, "quantize_per_channel")
        and hasattr(torch.cpu, "_is_vnni_supported")
        and not getattr(torch.cpu, "_is_amx_tile_supported", bool)()
    )


def eight_bit(module: nn.Module) -> None:
    """Put every linear layer inside ``module`` into 8 bits, in place."""
    for name, child in module.named_children():
        if isinstance(child, nn.Linear):
            setattr(module, name, _Linear(child))
        else:
            eight_bit(child)
