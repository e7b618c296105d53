"""A number of a running text: where it stands, what it may be worth, how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Kind", "Number"]

Kind = Literal["digits", "word", "hint", "month", "roman", "han"]


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a text: ``text[start:end]``, everything it may be worth, and how it is written.

    A ``hint`` is a word that may stand for a number and need not ("dozen", "both", French «neuf»).
    ``values`` are canonical decimal strings ("1234.5"); ``parts`` the values of the digit groups of what
    may be a date or a clock time ("19.03.2025" → 19, 3, 2025); ``bare`` the values of a number with a scale
    without that scale ("25 thousand" → 25).
    """

    start: int
    end: int
    kind: Kind
    values: frozenset[str]
    parts: tuple[str, ...] = ()
    bare: frozenset[str] = frozenset()
