"""One regular expression for many words, written as a tree of their beginnings.

Python tries the branches of ``two|three|ten|…`` one after the other at every place; with common beginnings
factored out it tries as many as there are first letters, and most texts are read at the speed of a search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["alternation"]


def alternation(words: Iterable[str]) -> str:
    """A pattern that matches exactly ``words``, none of them empty; without words one that matches nothing.

    Put a boundary behind it: of «ten» and «tenth» it may find the shorter one first otherwise.
    """
    tails: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        tails.setdefault(word[0], []).append(word[1:])
    branches = [re.escape(first) + _tail(rest) for first, rest in tails.items()]
    if not branches:
        return "(?!)"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _tail(rest: list[str]) -> str:
    longer = [tail for tail in rest if tail]
    if not longer:
        return ""
    return alternation(longer) if len(longer) == len(rest) else f"(?:{alternation(longer)})?"
