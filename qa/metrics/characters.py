"""Words for languages that write none: one token a character of the script, other words kept whole."""

from __future__ import annotations

import re

__all__ = ["by_character"]

# Scripts written without spaces: Thai, Lao, Tibetan, Myanmar, Khmer, Tai, kana, Han and their punctuation.
_CHARACTER = re.compile(
    "([\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u1aaf"
    "\u3000-\u30ff\u31f0-\u9fff\ua000-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff])"
)


def by_character(text: str) -> str:
    """``text`` with spaces around every character of an unspaced script.

    >>> by_character("東京でUSB端子")
    '東 京 で USB 端 子'
    """
    return " ".join(_CHARACTER.sub(r" \1 ", text).split())
