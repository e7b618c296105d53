"""Another transformer encoder: a local directory or a hub name, through ``transformers``.

Its vectors are the mean of the last layer, with the prefix ``query: `` for models of the E5 family
and none for others. No code that comes with a model is ever run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.encoder import Progress, TokenVectors
from qa.encoder.batching import buckets, windows
from qa.encoder.e5 import MAX_CHARACTERS, MAX_WINDOWS, cached_pooled, thread_count, torch_threads
from qa.encoder.sketch import Sketch, cached_sketches, sketch, sketch_layer
from qa.encoder.tokenizer import clean
from qa.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.encoder.cache import VectorCache

__all__ = ["HubEncoder"]

_BATCH_PIECES = 4096
_LONGEST = 512  # pieces a window, also for models that could take more: attention is quadratic


class HubEncoder:
    """See ``qa.encoder.Encoder``. Raises ModelError when the model cannot be had or is no encoder."""

    def __init__(self, model: str, *, threads: int | None = None, cache: VectorCache | None = None) -> None:
        from transformers import AutoConfig, AutoTokenizer

        self.name = model
        self.threads = thread_count(threads)
        self._cache = cache
        try:
            self._config: Any = AutoConfig.from_pretrained(model)
            self._tokenizer: Any = AutoTokenizer.from_pretrained(model, use_fast=True)
        except (OSError, ValueError, ImportError, KeyError) as error:
            raise ModelError(f"cannot load the encoder {model!r}: {_first_line(error)}") from error
        if not self._tokenizer.is_fast:
            raise ModelError(
                f"the encoder {model!r} has no fast tokenizer, so words cannot be located in texts"
            )
        try:
            self.hidden = int(self._config.hidden_size)
            self.layers = int(self._config.num_hidden_layers)
        except AttributeError as error:
            raise ModelError(f"{model!r} is no text encoder ({_first_line(error)})") from error
        self.prefix = "query: " if "e5" in Path(model).name.lower().split("-") else ""

    @cached_property
    def signature(self) -> str:
        """Name, revision or files, and prefix."""
        digest = hashlib.sha256(self._config.to_json_string(use_diff=False).encode())
        folder = Path(self.name)
        if folder.is_dir():
            for path in sorted(p for p in folder.iterdir() if p.is_file()):
                stat = path.stat()
                digest.update(f"{path.name}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
        digest.update(str(getattr(self._config, "_commit_hash", "")).encode())
        return f"{folder.name}:{digest.hexdigest()[:12]}|{self.prefix.strip()}|v1"

    @cached_property
    def _model(self) -> Any:
        import torch
        from transformers import AutoModel

        try:
            model: Any = AutoModel.from_pretrained(self.name, dtype=torch.float32)
        except (OSError, ValueError, RuntimeError, ImportError) as error:
            raise ModelError(f"cannot load the weights of {self.name!r}: {_first_line(error)}") from error
        if getattr(self._config, "is_encoder_decoder", False):
            model = model.get_encoder()
        return model.eval().requires_grad_(False)

    @cached_property
    def _room(self) -> int:
        positions = int(getattr(self._config, "max_position_embeddings", _LONGEST) or _LONGEST)
        # RoBERTa's positions start behind the padding index.
        positions -= int(getattr(self._config, "pad_token_id", 0) or 0) + 1
        lead, tail = self._special
        prefix = len(self._ids(self.prefix))
        return max(8, min(_LONGEST, positions) - len(lead) - len(tail) - prefix)

    @cached_property
    def _special(self) -> tuple[list[int], list[int]]:
        probe = self._ids("a")
        whole = list(self._tokenizer("a")["input_ids"])
        for at in range(len(whole) - len(probe) + 1):
            if whole[at : at + len(probe)] == probe:
                return whole[:at], whole[at + len(probe) :]
        return [], []

    def _ids(self, text: str) -> list[int]:
        return list(self._tokenizer(text, add_special_tokens=False)["input_ids"]) if text else []

    def pooled(self, texts: Sequence[str], *, progress: Progress | None = None) -> NDArray[np.float32]:
        """(n, hidden) unit vectors."""
        return cached_pooled(texts, self.hidden, self.signature, self._cache, self._pool, progress)

    def read(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> tuple[NDArray[np.float32], list[Sketch]]:
        """``pooled`` and the sketch of each text."""

        def encode(some: list[str]) -> list[Sketch]:
            layer = sketch_layer(self.layers)
            return [sketch(one) for one in self.tokens(some, layers=(layer,), prefix=True)]

        sketches = cached_sketches(texts, self.signature, self._cache, encode, progress)
        return self.pooled(texts), sketches

    def _pool(self, texts: list[str]) -> NDArray[np.float32]:
        lead, tail = self._special
        start = [*lead, *self._ids(self.prefix)]
        pieces: list[list[int]] = []
        owner: list[int] = []
        for index, text in enumerate(texts):
            row = self._ids(clean(text[:MAX_CHARACTERS]))
            for low, high in windows(len(row), self._room, MAX_WINDOWS):
                pieces.append([*start, *row[low:high], *tail])
                owner.append(index)
        sums = np.zeros((len(texts), self.hidden), np.float32)
        for group, states in self._run(pieces, [self.layers]):
            for window, state in zip(group, states[0], strict=True):
                sums[owner[window]] += state[: len(pieces[window])].sum(0)
        sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
        return sums

    def tokens(
        self, texts: Sequence[str], *, layers: Sequence[int] = (12,), prefix: bool = False
    ) -> list[TokenVectors]:
        """Vectors of each text's pieces."""
        lead, tail = self._special
        start = [*lead, *(self._ids(self.prefix) if prefix else [])]
        out: list[TokenVectors] = []
        pieces: list[list[int]] = []
        place: list[tuple[int, int, int]] = []
        for index, text in enumerate(texts):
            cut = clean(text[:MAX_CHARACTERS])
            coded = self._tokenizer(cut, add_special_tokens=False, return_offsets_mapping=True)
            row = list(coded["input_ids"])[: self._room * MAX_WINDOWS]
            starts, ends = _trim(cut, coded["offset_mapping"][: len(row)])
            out.append(TokenVectors(starts, ends, np.zeros((len(layers), len(row), self.hidden), np.float32)))
            for low, high in windows(len(row), self._room, MAX_WINDOWS):
                if high > low:
                    pieces.append([*start, *row[low:high], *tail])
                    place.append((index, low, high))
        for group, states in self._run(pieces, layers):
            for at, window in enumerate(group):
                index, low, high = place[window]
                for layer in range(len(layers)):
                    out[index].vectors[layer, low:high] = states[layer][
                        at, len(start) : len(start) + high - low
                    ]
        return out

    def _run(
        self, pieces: list[list[int]], layers: Sequence[int]
    ) -> Iterator[tuple[list[int], list[NDArray[np.float32]]]]:
        if not pieces:
            return
        import torch

        pad = self._tokenizer.pad_token_id or 0
        with torch_threads(self.threads), torch.inference_mode():
            for group in buckets([len(row) for row in pieces], _BATCH_PIECES):
                longest = max(len(pieces[i]) for i in group)
                ids = torch.full((len(group), longest), pad)
                mask = torch.zeros_like(ids)
                for row, i in enumerate(group):
                    ids[row, : len(pieces[i])] = torch.tensor(pieces[i])
                    mask[row, : len(pieces[i])] = 1
                states = self._model(
                    input_ids=ids, attention_mask=mask, output_hidden_states=True
                ).hidden_states
                if max(layers, default=0) >= len(states):
                    raise ModelError(f"{self.name!r} has {len(states) - 1} layers, not {max(layers)}")
                yield group, [states[layer].float().numpy() for layer in layers]


def _trim(text: str, spans: Sequence[tuple[int, int]]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    out = np.zeros((len(spans), 2), np.int32)
    for row, (low, high) in enumerate(spans):
        while low < high and text[low].isspace():
            low += 1
        while high > low and text[high - 1].isspace():
            high -= 1
        out[row] = low, high
    return out[:, 0], out[:, 1]


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
