"""False friends: pairs of look-alikes of two languages, as senses of a pivot of their own.

``data/false_friends.txt`` has a section for a pair of languages, ``[en fr]``, and a line for a pair of words:
``library = librairie/f | bibliothèque/f | bookshop, bookstore``. Behind the look-alikes stand what the first
is in the second language, and the second in the first; then, if need be, the company in which alone they
deceive, and the company in which they do not. With ``>`` for ``=`` only the first deceives its translator.
"""

from __future__ import annotations

import re
from pathlib import Path

from qa.errors import FormatError
from qa.terms.senses.notation import Listed, Rendering, Sense, rendering

__all__ = ["friends"]

_DATA = Path(__file__).parent / "data" / "false_friends.txt"
_LOOKS_LIKE = re.compile("([=>])")


def friends(text: str | None = None, name: str = _DATA.name) -> list[Sense]:
    """The two senses of every pair of ``text``, the built-in list by default (raises FormatError)."""
    senses: list[Sense] = []
    languages: list[str] = []
    lines = (_DATA.read_text(encoding="utf-8") if text is None else text).splitlines()
    for at, line in enumerate(lines, start=1):
        where = f"{name}: line {at}"
        if line.startswith("["):
            languages = line.strip("[] ").split()
        elif line.strip() and not line.startswith("#"):
            words, *parts = line.split("|")
            pair = _LOOKS_LIKE.split(words)
            if len(languages) != 2 or len(pair) != 3 or not 2 <= len(parts) <= 4 or not parts[0].strip():
                raise FormatError(f"{where}: expected such as coin = coin/m | pièce/f | corner")
            senses += _pair(where, languages, pair, parts)
    return senses


def _pair(where: str, languages: list[str], pair: list[str], parts: list[str]) -> list[Sense]:
    one, other = _first(where, pair[0]), _first(where, pair[2])
    if one is None or other is None or one.weak or other.weak:
        raise FormatError(f"{where}: two words that look alike are to stand on both sides of {pair[1]}")
    pivot = f"{one.text}/{other.text} ({'-'.join(languages)})"
    first = Listed(where, {languages[0]: pair[0], languages[1]: parts[0]})
    second = Listed(where, {languages[1]: pair[2], languages[0]: parts[1]})
    company = [_company(part) for part in (*parts[2:], "", "")]
    both = pair[1] == "="
    return [
        Sense(pivot, tag, word.text, renderings, company[0], alike=deceives, against=company[1])
        for tag, word, renderings, deceives in (
            (languages[0], one, first, True),
            (languages[1], other, second, both),
        )
    ]


def _first(where: str, words: str) -> Rendering | None:
    return next((rendering(where, part.strip()) for part in words.split(",") if part.strip()), None)


def _company(words: str) -> dict[str, tuple[str, ...]]:
    listed = tuple(word.strip() for word in words.split(",") if word.strip())
    return {"en": listed} if listed else {}
