"""The clause of a sentence that a place falls into, for flags on something that is not there."""

from __future__ import annotations

import re

__all__ = ["clause_at"]

_CLAUSES = re.compile(r"[^.!?;:,。！？；，]+")


def clause_at(text: str, place: int) -> tuple[int, int]:
    """The stretch between punctuation marks that holds character ``place``, white space around it left out.

    The whole text where nothing but marks follows.
    """
    match = next(
        (match for match in _CLAUSES.finditer(text) if match.end() > place and match.group().strip()), None
    )
    if match is None:
        return 0, len(text)
    inside = match.group()
    return match.start() + len(inside) - len(inside.lstrip()), match.start() + len(inside.rstrip())
