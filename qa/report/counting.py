"""Evaluation word count: how much text there is, in the unit the language is counted in."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from qa.lang import is_unspaced

__all__ = ["Unit", "count", "unit"]

Unit = Literal["words", "characters"]


def unit(lang: str) -> Unit:
    """Characters for languages written without spaces (zh, ja, th, …), words for all others."""
    return "characters" if is_unspaced(lang) else "words"


@lru_cache(maxsize=4096)
def count(text: str, lang: str) -> int:
    """Size of ``text``: white-space separated tokens holding a letter or digit; in languages counted in
    characters, the letters and digits themselves (punctuation and spaces do not count in either)."""
    if unit(lang) == "characters":
        return sum(character.isalnum() for character in text)
    return sum(any(character.isalnum() for character in token) for token in text.split())
