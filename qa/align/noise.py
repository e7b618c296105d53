"""Sentences with next to nothing in them: page numbers, rows of dots, debris of character recognition.

The other side seldom has them, and an aligner that takes every sentence to be worth a link hands them to
a neighbour. Here they are found by sight, so that leaving them alone costs little and merging them brings
nothing. A number, address or mark that stands on the other side near by is no noise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from qa.lang import is_unspaced

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["slight"]

_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_SIGN = re.compile(r"\d+|(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_FEW = 3
_NEAR = 12


def slight(
    own: Sequence[str], other: Sequence[str], lang: str, centres: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which of the sentences ``own`` (in ``lang``) are noise, shape (n,).

    ``centres``: for each of them, about where in ``other`` its counterpart would be.
    """
    few = 1 if is_unspaced(lang) else _FEW
    out = np.zeros(len(own), bool)
    for i, text in enumerate(own):
        # Most sentences are decided by their first characters.
        if ":" not in text[:40] and "@" not in text and sum(map(str.isalpha, text[:40])) >= 20:
            continue
        if len(_LETTER.findall(_ADDRESS.sub(" ", text[:400]))) >= few:
            continue
        near = other[max(0, int(centres[i]) - _NEAR) : int(centres[i]) + _NEAR + 1]
        out[i] = not _signs(text) & {sign for there in near for sign in _signs(there)}
    return out


def _signs(text: str) -> set[str]:
    """The numbers and addresses of a text, or, where it has none, the text itself."""
    return set(_SIGN.findall(text)) or {"".join(text.split())}
