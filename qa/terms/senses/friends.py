"""False friends: pairs of look-alikes of two languages, as senses of a pivot of their own.

``data/false_friends.txt`` has a section for a pair of languages, ``[en fr]``, and a line for a pair of words:
``library = librairie/f | bibliothèque/f | bookshop, bookstore``. Behind the look-alikes stand what the first
is in the second language, and the second in the first.
"""

from __future__ import annotations

from pathlib import Path

from qa.errors import FormatError
from qa.terms.senses.notation import Rendering, Sense, rendering

__all__ = ["friends"]

_DATA = Path(__file__).parent / "data" / "false_friends.txt"


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
            words, _, proper = line.partition("|")
            pair, rights = words.split("="), proper.split("|")
            if len(languages) != 2 or len(pair) != 2 or len(rights) != 2:
                raise FormatError(f"{where}: expected such as coin = coin/m | pièce/f | corner")
            senses += _pair(where, languages, pair, rights)
    return senses


def _pair(where: str, languages: list[str], pair: list[str], rights: list[str]) -> list[Sense]:
    one, other = (_listed(where, words) for words in pair)
    pivot = f"{one[0].text}/{other[0].text} ({'-'.join(languages)})"
    said = [_listed(where, words) for words in rights]
    first = {languages[0]: one, languages[1]: said[0]}
    second = {languages[1]: other, languages[0]: said[1]}
    return [
        Sense(pivot, tag, words[0].text, renderings, alike=True)
        for tag, words, renderings in ((languages[0], one, first), (languages[1], other, second))
    ]


def _listed(where: str, words: str) -> tuple[Rendering, ...]:
    return tuple(rendering(where, part.strip()) for part in words.split(",") if part.strip())
