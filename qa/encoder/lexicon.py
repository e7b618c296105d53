"""Word vectors of the universal sentence encoder: a small bilingual lexicon of its 16 languages.

A word's vector is its sentence embedding less the mean of its language's frequent words, so that
cosines compare meanings and not languages: related words stand around .4–.8, unrelated ones around 0.
Rare words and languages the encoder was not trained on fail: the vectors propose, they never decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from qa.encoder.use import LANGUAGES, UseEncoder, load_use

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["WordVectors", "frequent_words", "word_vectors"]

_FREQUENT = 300
_RELATED = {"uk": "ru", "be": "ru", "bg": "ru", "ca": "es", "gl": "pt", "cs": "pl", "sk": "pl", "ro": "it",
            "da": "de", "sv": "de", "nb": "de", "no": "de"}  # fmt: skip
"""Languages the encoder does not know, with the known one whose mean serves them best."""


@cache
def word_vectors() -> WordVectors:
    """The lexicon of this process; costs nothing until the first word."""
    return WordVectors(load_use(threads=1))


@cache
def frequent_words(lang: str, count: int = _FREQUENT) -> tuple[str, ...]:
    """The most frequent words of a language, most frequent first; empty where no list is known."""
    import wordfreq

    if lang not in wordfreq.available_languages("small"):
        return ()
    return tuple(wordfreq.top_n_list(lang, count, wordlist="small"))


class WordVectors:
    """Centred unit vectors of words, kept in memory by word and language."""

    def __init__(self, encoder: UseEncoder) -> None:
        self._encoder = encoder
        self._known: dict[str, dict[str, NDArray[np.float32]]] = {}
        self._means: dict[str, NDArray[np.float32]] = {}

    def __call__(self, words: Sequence[str], lang: str) -> NDArray[np.float32]:
        """(n, 512) vectors of ``words`` of ``lang`` (a base tag); an unknown language is centred on
        its nearest known relative, or on English."""
        known = self._known.setdefault(lang, {})
        missing = list(dict.fromkeys(word for word in words if word not in known))
        if missing:
            vectors = self._encoder.embed(missing) - self._mean(lang)
            vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
            known.update(zip(missing, vectors, strict=True))
        if not words:
            return np.zeros((0, self._encoder.hidden), np.float32)
        return np.stack([known[word] for word in words])

    def _mean(self, lang: str) -> NDArray[np.float32]:
        tag = lang if lang in LANGUAGES else _RELATED.get(lang, "en")
        if tag not in self._means:
            mean: NDArray[np.float32] = self._encoder.embed(list(frequent_words(tag))).mean(axis=0)
            self._means[tag] = mean
        return self._means[tag]
