"""What plain comparison of the two texts tells the joint network of each piece: numbers that are and are not
on the other side, words copied as they stand, words said twice.

The encoder's states of numbers are near each other whatever their value, and 90,000 judged sentences do not
teach a small network to compare them digit by digit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["KINDS", "Marker", "digits"]

FOUND, MISSING, COPIED, REPEATED = range(4)
KINDS = 4
_SPACE = "\u2581"
_WORD = re.compile(r"(?P<number>\d{1,3}(?:[ .,]\d{3}(?!\d))+|\d+)|[^\W\d_]+")
_SEPARATORS = re.compile("[ .,\u00a0\u202f]")
_SHORTEST_COPY = 3  # shorter words are alike in many languages

Words = list[tuple[int, int, str, bool]]
"""Start and end in the text, the word in lower case, whether it is a number."""


class Marker:
    """Marks of pairs of piece ids; ``piece`` gives the text of an id."""

    def __init__(self, piece: Callable[[int], str]) -> None:
        self._piece = piece
        self._texts: dict[int, str] = {}

    def __call__(self, source: Sequence[int], target: Sequence[int]) -> tuple[NDArray[np.bool_], ...]:
        """Marks of the source's and of the target's pieces, each (pieces, ``KINDS``)."""
        sides = [self._words(ids) for ids in (source, target)]
        known = [{(word, number) for _, _, word, number in words} for words, _ in sides]
        return tuple(_marked(words, edges, known[1 - side]) for side, (words, edges) in enumerate(sides))

    def _words(self, ids: Sequence[int]) -> tuple[Words, NDArray[np.int64]]:
        """The words of a side, and where its pieces end in the text they were found in."""
        texts = []
        for piece in ids:
            text = self._texts.get(piece)
            if text is None:
                text = self._texts[piece] = self._piece(piece).replace(_SPACE, " ").lower()
            texts.append(text)
        words: Words = []
        for match in _WORD.finditer("".join(texts)):
            number = match["number"]
            words.append((*match.span(), digits(number) if number else match.group(), bool(number)))
        return words, np.cumsum([len(text) for text in texts])


def digits(text: str) -> str:
    """A number in the digits 0 to 9 alone, whatever its script and how its thousands are set apart."""
    text = _SEPARATORS.sub("", text)
    return text if text.isascii() else "".join(str(unicodedata.decimal(c, c)) for c in text)


def _marked(words: Words, edges: NDArray[np.int64], other: set[tuple[str, bool]]) -> NDArray[np.bool_]:
    out = np.zeros((len(edges), KINDS), np.bool_)
    before, seen = "", set()
    for start, end, word, number in words:
        kinds = []
        if number:
            kinds.append(FOUND if (word, True) in other else MISSING)
        elif len(word) >= _SHORTEST_COPY and (word, False) in other:
            kinds.append(COPIED)
        if not number and (word == before or (before, word) in seen):
            kinds.append(REPEATED)
        seen.add((before, word))
        before = word
        if kinds:
            # A piece belongs to the word if it ends behind the word's start and begins before its end.
            first, last = np.searchsorted(edges, (start, end - 1), side="right")
            out[first : last + 1, kinds] = True
    return out
