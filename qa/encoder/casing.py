"""How a word is mostly written, with a capital or without, told from the encoder's own vocabulary.

The pieces of the vocabulary are cased and carry the logarithm of their frequency in texts of a hundred
languages: «▁Obama» is a piece and «▁obama» is none, «▁Minister» is rarer than «▁minister».
"""

from __future__ import annotations

import io
from functools import cache
from zipfile import BadZipFile

import numpy as np

from qa.encoder.cache import cache_folder, write_atomically
from qa.encoder.weights import SHA256, WeightFile

__all__ = ["capital_bias"]

_SPACE = "\u2581"
_ONE_SIDED = 3.0
"""The bias of a word of which only one spelling is in the vocabulary."""


@cache
def _scores() -> dict[str, float]:
    """Whole words of the vocabulary → log frequency; kept in the cache folder, as decoding takes long."""
    folder = cache_folder()
    kept = folder / f"casing-{SHA256[:16]}.npz" if folder else None
    if kept is not None:
        try:
            with np.load(kept, allow_pickle=False) as file:
                text, scores = file["words"].tobytes().decode("utf-8"), file["scores"].tolist()
            return dict(zip(text.split("\n"), scores, strict=True))
        except (OSError, ValueError, KeyError, UnicodeError, BadZipFile):
            pass  # absent, cut or foreign: it is made anew
    found = _decoded()
    if kept is not None:
        data = io.BytesIO()
        text = "\n".join(found)
        np.savez(
            data, words=np.frombuffer(text.encode(), np.uint8), scores=np.array([*found.values()], np.float32)
        )
        write_atomically(kept, data.getvalue())
    return found


def _decoded() -> dict[str, float]:
    weights = WeightFile()
    return {
        piece[1:]: score
        for piece, score in zip(weights.pieces(), weights.scores.tolist(), strict=True)
        if piece[:1] == _SPACE and piece[1:2].isalpha()
    }


def capital_bias(word: str) -> float | None:
    """Log frequency of ``word`` with a capital less that without; above 0 it mostly has one.

    None for a word that is in the vocabulary in neither spelling (rare or inflected). Loads the
    vocabulary on the first call. Raises ModelError when the weights are missing.
    """
    scores = _scores()
    low = word.lower()
    upper, lower = scores.get(low[:1].upper() + low[1:]), scores.get(low)
    if upper is None:
        return None if lower is None else -_ONE_SIDED
    return _ONE_SIDED if lower is None else upper - lower
