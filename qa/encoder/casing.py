"""How a word is mostly written, with a capital or without, told from the encoder's own vocabulary.

The pieces of the vocabulary are cased and carry the logarithm of their frequency in texts of a hundred
languages: «▁Obama» is a piece and «▁obama» is none, «▁Minister» is rarer than «▁minister».
"""

from __future__ import annotations

from functools import cache

__all__ = ["capital_bias"]

_SPACE = "\u2581"
_ONE_SIDED = 3.0
"""The bias of a word of which only one spelling is in the vocabulary."""


@cache
def _scores() -> dict[str, float]:
    from qa.encoder.weights import WeightFile

    weights = WeightFile()
    return {
        piece[1:]: score
        for piece, score in zip(weights.pieces(), weights.scores.tolist(), strict=True)
        if piece[:1] == _SPACE and piece[1:2].isalpha()
    }


def capital_bias(word: str) -> float | None:
    """Log frequency of ``word`` with a capital less that without; above 0 it mostly has one.

    None for a word that is in the vocabulary in neither spelling (rare or inflected). Loads the
    vocabulary on the first call (about a second). Raises ModelError when the weights are missing.
    """
    scores = _scores()
    low = word.lower()
    upper, lower = scores.get(low[:1].upper() + low[1:]), scores.get(low)
    if upper is None:
        return None if lower is None else -_ONE_SIDED
    return _ONE_SIDED if lower is None else upper - lower
