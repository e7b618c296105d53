"""Tables of regular expressions, compiled so that Python's engine gets through a text quickly."""

from __future__ import annotations

import re
from itertools import groupby

__all__ = ["compiled", "lowered"]

_BOUNDARY = r"\b"


def compiled(pattern: str) -> re.Pattern[str]:
    r"""``pattern`` with the ``\b`` of neighbours asked once: ``\b(?:one|two)`` for ``\bone|\btwo``.

    It matches the same and is two to three times as fast, as behind a common ``\b`` the engine tells by one
    letter which alternatives can begin. The order of the alternatives stays.
    """
    parts = []
    for bounded, some in groupby(alternatives(pattern), lambda one: one.startswith(_BOUNDARY)):
        if bounded:
            parts.append(rf"\b(?:{'|'.join(one.removeprefix(_BOUNDARY) for one in some)})")
        else:
            parts += some
    return re.compile("|".join(parts))


def lowered(text: str) -> str:
    """``text`` in lower case and of the same length: patterns that ignore case are three times as slow."""
    return text.replace("İ", "i").lower()  # the one letter that becomes two


_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)


def alternatives(pattern: str) -> list[str]:
    """The alternatives of the outermost level, in order."""
    found, depth = [""], 0
    for piece in _PIECE.findall(pattern):
        if piece == "|" and not depth:
            found.append("")
            continue
        depth += (piece == "(") - (piece == ")")
        found[-1] += piece
    return found
