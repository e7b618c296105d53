"""The arithmetic of COMET's reference-free models over a transformers encoder.

Rebuilt from the published description and checked against unbabel-comet 2.2.7 by
``benchmarks/comet_parity.py``: Rei et al. 2020 (estimator), 2022 (CometKiwi, unified input), Guerreiro
et al. 2024 (xCOMET, error spans).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

__all__ = ["FeedForward", "LayerMix", "encode", "join", "pad", "sparsemax"]

ACTIVATIONS = ("Hardsigmoid", "Hardtanh", "Identity", "Sigmoid", "Softplus", "Softsign", "Tanh", "Tanhshrink")
"""What COMET can name: it looks for the name in title case among torch's modules."""


def sparsemax(weights: Tensor) -> Tensor:
    """The Euclidean projection of a vector onto the simplex (Martins and Astudillo 2016); shape (n,)."""
    ordered = weights.sort(descending=True).values
    ranks = torch.arange(1, len(weights) + 1, dtype=weights.dtype)
    excess = ordered.cumsum(0) - 1
    support = int((ranks * ordered > excess).sum())
    return (weights - excess[support - 1] / support).clamp(min=0)


@dataclass(frozen=True, slots=True)
class LayerMix:
    """A weighted sum of all layers. ``weights``: (layers,), already normalised; ``gamma``: (1,)."""

    weights: Tensor
    gamma: Tensor
    normed: bool

    @classmethod
    def of(cls, state: Mapping[str, Tensor], layers: int, transformation: str, normed: bool) -> LayerMix:
        """From a checkpoint's tensors. Raises KeyError when one is missing."""
        raw = torch.cat([state[f"layerwise_attention.scalar_parameters.{i}"].float() for i in range(layers)])
        weights = sparsemax(raw) if transformation == "sparsemax" else raw.softmax(0)
        return cls(weights, state["layerwise_attention.gamma"].float(), normed)

    def __call__(self, layers: Sequence[Tensor], mask: Tensor) -> Tensor:
        """``layers``: each (batch, tokens, units); ``mask``: (batch, tokens) → (batch, tokens, units)."""
        seen = mask.unsqueeze(-1).float()
        parts = (self._norm(layer, seen) if self.normed else layer for layer in layers)
        mixed = sum(weight * part for weight, part in zip(self.weights, parts, strict=True))
        return self.gamma * torch.as_tensor(mixed)

    @staticmethod
    def _norm(layer: Tensor, seen: Tensor) -> Tensor:
        """Normalised over all tokens and units of a text together, padding left out."""
        count = (seen.sum(1) * layer.shape[2]).unsqueeze(-1)
        mean = (layer * seen).sum((1, 2), keepdim=True) / count
        variance = (((layer - mean) * seen) ** 2).sum((1, 2), keepdim=True) / count
        return (layer - mean) / torch.sqrt(variance + 1e-12)


class FeedForward:
    """Linear layers with an activation between them; the last gives one number a row."""

    def __init__(self, state: Mapping[str, Tensor], hidden: int, activation: str, final: str | None) -> None:
        """``hidden`` counts the hidden layers. Raises KeyError when a tensor is missing, ValueError for an
        activation that COMET does not have either."""
        # Linear, activation and dropout take three places each in the numbering.
        places = [3 * i for i in range(hidden + 1)]
        self.layers = [
            (state[f"estimator.ff.{at}.weight"].float(), state[f"estimator.ff.{at}.bias"].float())
            for at in places
        ]
        self.activation = _activation(activation)
        self.final = _activation(final or "Identity")

    def __call__(self, rows: Tensor) -> Tensor:
        """(batch, units) → (batch,)."""
        for weight, bias in self.layers[:-1]:
            rows = self.activation(torch.nn.functional.linear(rows, weight, bias))
        weight, bias = self.layers[-1]
        last: Tensor = self.final(torch.nn.functional.linear(rows, weight, bias))
        return last.reshape(-1)


def _activation(name: str) -> torch.nn.Module:
    if name.title() not in ACTIVATIONS:
        raise ValueError(f"activation {name!r} is none of {', '.join(ACTIVATIONS)}")
    module: torch.nn.Module = getattr(torch.nn, name.title())()
    return module


def pad(rows: Sequence[Sequence[int]], filler: int) -> tuple[Tensor, Tensor]:
    """Rows of ids as one tensor (batch, tokens), and the mask of what is no padding."""
    width = max(len(row) for row in rows)
    ids = torch.tensor([[*row, *[filler] * (width - len(row))] for row in rows])
    lengths = torch.tensor([len(row) for row in rows])
    return ids, torch.arange(width)[None, :] < lengths[:, None]


def join(target: Sequence[int], source: Sequence[int], separators: int, window: int) -> list[int]:
    """``<s> target </s>`` and ``<s> source </s>`` as the unified input, at most ``window`` ids.

    ``separators`` is how many ``</s>`` stand between two texts: two for XLM-R, one for BERT.
    """
    end = target[-1]
    joined = [*target, *[end] * (separators - 1), *source[1:]]
    inner = len(target) + len(source) - 4
    return joined[:window] if inner > window - 1 - 2 * separators else joined


def encode(model: Any, ids: Tensor, mask: Tensor, segments: Tensor | None = None) -> tuple[Tensor, ...]:
    """All layers of the encoder, embeddings first; each (batch, tokens, units) in fp32."""
    extra = {} if segments is None else {"token_type_ids": segments}
    out = model(input_ids=ids, attention_mask=mask.long(), output_hidden_states=True, **extra)
    return tuple(layer.float() for layer in out.hidden_states)
