"""Cutting a translation into the words that are scored.

A word is a run of letters, marks and digits with its inner apostrophes, hyphens and separators; a
punctuation mark is a word of its own. Scripts without spaces between words are cut into characters
(Han, kana) or short runs that never start with a combining mark (Thai, Lao, Khmer, Burmese, Tibetan).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

__all__ = ["split_words"]

_HAN_KANA = (
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_RUNS = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"
_JOINERS = "'’ʼ\\-‐‑.,·_\u200c\u200d"
# Combining marks are no \\w in Python's re, yet belong to the word they sit in (Arabic, Sinhala …).
_MARKS = "".join(
    chr(code)
    for low, high in ((0x300, 0x370), (0x483, 0x488), (0x591, 0x5C8), (0x610, 0x6EE), (0x900, 0xE00))
    for code in range(low, high)
    if unicodedata.category(chr(code))[0] == "M"
)
_LETTER = rf"(?:[^\W_{_HAN_KANA}{_RUNS}]|[{_MARKS}])"
_WORD = re.compile(rf"{_LETTER}+(?:[{_JOINERS}]{_LETTER}+)*|[{_HAN_KANA}]|(?P<run>[{_RUNS}]+)|\S")
_RUN_LENGTH = 4


def _short_runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of at least ``_RUN_LENGTH`` characters (the last may be shorter) that start with a base."""
    at = start
    for i in range(start + 1, end):
        if i - at >= _RUN_LENGTH and unicodedata.category(text[i])[0] != "M":
            yield at, i
            at = i
    yield at, end


def split_words(text: str) -> list[tuple[int, int]]:
    """Half-open code-point ranges of the words of ``text``, in order, none overlapping, no white space.

    >>> text = "C’est l'Élysée, 3,5 %."
    >>> [text[a:b] for a, b in split_words(text)]
    ['C’est', "l'Élysée", ',', '3,5', '%', '.']
    """
    out: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if match["run"]:
            out.extend(_short_runs(text, start, end))
        else:
            out.append((start, end))
    return out
