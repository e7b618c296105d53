"""The joint network out of the artefact: the encoder's own weights plus 4-bit differences.

Fine-tuning moves weights little, so that the difference to the weights every installation has anyway fits
into four bits each without a visible loss: a quarter of what the weights alone would need in 16 bits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from qa.encoder.bert import from_weights
from qa.encoder.weights import dequantise
from qa.errors import ModelError
from qa.estimate.joint import FROZEN, Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.encoder.weights import WeightFile

__all__ = ["blank_network", "grown", "quantised", "shrunk"]

BLOCK = 32
_BODY = "body."


def blank_network(weights: WeightFile, dtype: torch.dtype = torch.float32) -> Network:
    """The network before any training: the encoder's layers, and heads whose weights mean nothing."""
    return Network(from_weights(weights, dtype), torch.zeros(weights.shape.hidden))


def _tuned(name: str) -> bool:
    """Whether a parameter was trained (the embeddings and the lowest layers were not)."""
    parts = name.removeprefix(_BODY).split(".")
    return not name.startswith(_BODY) or (parts[0] == "encoder" and int(parts[2]) >= FROZEN)


def quantised(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """(rows, columns) → 4-bit blocks (rows, columns / 32, 18): an fp16 scale, 32 nibbles; the inverse is
    ``qa.encoder.weights.dequantise``."""
    blocks = values.reshape(len(values), -1, BLOCK)
    scale = (np.abs(blocks).max(-1, keepdims=True) / 7).astype(np.float16)
    safe = np.where(scale == 0, 1, scale.astype(np.float32))
    codes = (np.rint(blocks / safe).clip(-8, 7) + 8).astype(np.uint8)
    packed = codes[..., :16] | codes[..., 16:] << 4
    return np.concatenate([np.ascontiguousarray(scale).view(np.uint8), packed], -1)


def shrunk(network: Network, weights: WeightFile) -> dict[str, NDArray[Any]]:
    """What has to be stored of a trained network: differences of the layers' matrices in 4 bits, of
    their norms and biases in 16; everything else in 16 bits as it is."""
    base = blank_network(weights).state_dict()
    out: dict[str, NDArray[Any]] = {}
    for name, tensor in network.state_dict().items():
        if not _tuned(name):
            continue
        value = tensor.float().cpu().numpy()
        if name.startswith(_BODY):
            value = value - base[name].numpy()
        matrix = name.startswith(_BODY) and value.ndim == 2
        out[name] = quantised(value) if matrix else value.astype(np.float16)
    return out


def grown(tensors: Mapping[str, NDArray[Any]], weights: WeightFile, dtype: torch.dtype) -> Network:
    """The network of :func:`shrunk` tensors, ready for inference: its layers in ``dtype``, heads in fp32.

    Raises ModelError when the tensors do not fit the encoder.
    """
    network = blank_network(weights)
    state = network.state_dict()
    try:
        for name, value in state.items():
            if not _tuned(name):
                continue
            stored = tensors[name]
            if stored.dtype == np.uint8:
                value += torch.from_numpy(dequantise(stored).reshape(value.shape))
            elif name.startswith(_BODY):
                value += torch.from_numpy(stored.astype(np.float32))
            else:
                value.copy_(torch.from_numpy(stored.astype(np.float32)).reshape(value.shape))
    except (KeyError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"the estimator's weights do not fit the encoder ({error}); reinstall relecture"
        ) from None
    network.eval().requires_grad_(False)
    network.body.to(dtype)
    return network
