"""The BERT encoder in plain torch, with the parameter names of ``transformers.BertModel``.

``transformers`` computes the same (a test holds the two together), but importing it takes four
seconds, which is more than a whole check of an article may take.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

if TYPE_CHECKING:
    from qa.encoder.weights import Shape, WeightFile

__all__ = ["Bert", "Embeddings", "from_weights", "state_dict"]


class _SelfAttention(nn.Module):
    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)


class _AddNorm(nn.Module):
    def __init__(self, inner: int, hidden: int, epsilon: float) -> None:
        super().__init__()
        self.dense = nn.Linear(inner, hidden)
        self.LayerNorm = nn.LayerNorm(hidden, eps=epsilon)

    def forward(self, x: Tensor, residual: Tensor) -> Tensor:
        out: Tensor = self.LayerNorm(self.dense(x) + residual)
        return out


class _Attention(nn.Module):
    def __init__(self, hidden: int, epsilon: float) -> None:
        super().__init__()
        self.self = _SelfAttention(hidden)
        self.output = _AddNorm(hidden, hidden, epsilon)


class _Intermediate(nn.Module):
    def __init__(self, hidden: int, ffn: int) -> None:
        super().__init__()
        self.dense = nn.Linear(hidden, ffn)


class Layer(nn.Module):
    """One post-norm transformer layer.

    ``attend`` maps queries, keys, values (batch, heads, length, width) and a keyword ``attn_mask`` to the
    mixed values; training puts one with a fast backward pass in its place.
    """

    attend = staticmethod(functional.scaled_dot_product_attention)

    def __init__(self, hidden: int, heads: int, ffn: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.attention = _Attention(hidden, epsilon)
        self.intermediate = _Intermediate(hidden, ffn)
        self.output = _AddNorm(ffn, hidden, epsilon)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """(batch, length, hidden) → the same; ``mask`` is True where attention may look."""
        batch, length, hidden = x.shape
        shape = (batch, length, self.heads, hidden // self.heads)
        part = self.attention.self
        query, key, value = (f(x).view(shape).transpose(1, 2) for f in (part.query, part.key, part.value))
        mixed = self.attend(query, key, value, attn_mask=mask)
        x = self.attention.output(mixed.transpose(1, 2).reshape(batch, length, hidden), x)
        out: Tensor = self.output(functional.gelu(self.intermediate.dense(x)), x)
        return out


class Embeddings(nn.Module):
    """All embeddings but the words', which are dequantised from the weight file row by row."""

    def __init__(self, shape: Shape, epsilon: float) -> None:
        super().__init__()
        # Weights of one's own keep Embedding from drawing normal ones: on the meta device that alone
        # imports torch's compiler, which takes longer than reading the whole encoder.
        self.position_embeddings = nn.Embedding(
            shape.positions, shape.hidden, _weight=torch.empty(shape.positions, shape.hidden)
        )
        self.token_type_embeddings = nn.Embedding(
            shape.types, shape.hidden, _weight=torch.empty(shape.types, shape.hidden)
        )
        self.LayerNorm = nn.LayerNorm(shape.hidden, eps=epsilon)

    def forward(self, words: Tensor, types: Tensor | None) -> Tensor:
        table = self.token_type_embeddings
        kinds = table.weight[0] if types is None else table(types)
        out: Tensor = self.LayerNorm(words + kinds + self.position_embeddings.weight[: words.shape[1]])
        return out

    def at(self, words: Tensor, places: Tensor) -> Tensor:
        """The same for rows of texts: ``words`` (rows, hidden), ``places`` (rows,) their positions."""
        kinds = self.token_type_embeddings.weight[0]
        out: Tensor = self.LayerNorm(words + kinds + self.position_embeddings.weight[places])
        return out


class _Stack(nn.Module):
    def __init__(self, shape: Shape, epsilon: float) -> None:
        super().__init__()
        self.layer = nn.ModuleList(
            Layer(shape.hidden, shape.heads, shape.ffn, epsilon) for _ in range(shape.layers)
        )


class Bert(nn.Module):
    """Embeddings and layers; no pooler, no word embeddings."""

    def __init__(self, shape: Shape, epsilon: float) -> None:
        super().__init__()
        self.embeddings = Embeddings(shape, epsilon)
        self.encoder = _Stack(shape, epsilon)

    @property
    def dtype(self) -> torch.dtype:
        """What the network computes in."""
        return self.embeddings.LayerNorm.weight.dtype

    def forward(
        self,
        words: Tensor,
        lengths: Tensor,
        *,
        types: Tensor | None = None,
        keep: frozenset[int] | None = None,
    ) -> dict[int, Tensor]:
        """Hidden states by layer (0 is the embedding layer), each (batch, length, hidden).

        ``words`` are word embeddings (batch, length, hidden), ``lengths`` (batch,) the numbers of real
        tokens; states behind a text's length mean nothing. Only the layers in ``keep`` are returned
        (default: the last), and none above the highest of them is computed.
        """
        wanted = frozenset({len(self.encoder.layer)}) if keep is None else keep
        mask = None
        if int(lengths.min()) < words.shape[1]:
            inside = torch.arange(words.shape[1], device=words.device)[None] < lengths[:, None]
            mask = inside[:, None, None, :]
        x = self.embeddings(words, types)
        states = {0: x} if 0 in wanted else {}
        for number, layer in enumerate(self.encoder.layer, 1):
            if number > max(wanted, default=0):
                break
            x = layer(x, mask)
            if number in wanted:
                states[number] = x
        return states


_LINEAR = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORM = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def state_dict(weights: WeightFile, shapes: Mapping[str, torch.Size]) -> dict[str, Tensor]:
    """All parameters but the word embeddings, by their names in ``transformers.BertModel``."""
    renamed = {
        "embeddings.position_embeddings.weight": "emb.pos",
        "embeddings.token_type_embeddings.weight": "emb.type",
        "embeddings.LayerNorm.weight": "emb.ln.w",
        "embeddings.LayerNorm.bias": "emb.ln.b",
    }
    for number in range(weights.shape.layers):
        for short, name in (_LINEAR | _NORM).items():
            for kind in ("weight", "bias"):
                renamed[f"encoder.layer.{number}.{name}.{kind}"] = f"l{number}.{short}.{kind[0]}"
    return {
        name: torch.from_numpy(weights.tensor(renamed[name])).view(shape) for name, shape in shapes.items()
    }


def from_weights(weights: WeightFile, dtype: torch.dtype) -> Bert:
    """The bundled encoder, ready for inference."""
    with torch.device("meta"):  # no time for random weights that are overwritten at once
        model = Bert(weights.shape, weights.epsilon)
    shapes = {name: tensor.shape for name, tensor in model.state_dict().items()}
    model.load_state_dict(state_dict(weights, shapes), assign=True)
    return model.to(dtype).eval().requires_grad_(False)
