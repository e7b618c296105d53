"""Where two words of a text meet that seldom do: a noun may be missing between them.

English alone. Every place between two words has some evidence (the two words, and one more on either
side; rare words stand for their ending), and the weights of ``seams.tsv`` tell places where a name was
taken out of a good sentence from all others. Written by ``benchmarks/gaps.py --fit``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from qa.terms.frequency import common

__all__ = ["Piece", "Seam", "evidence", "pieces", "seams"]

_PIECE = re.compile(r"[’']s\b|[^\W\d_]+(?:[’'][^\W\d_]+)*|\d[\d.,:]*|[^\w\s]")
_THEMSELVES, _EVEN_WITH_CAPITAL = 400, 150
"""So many of the commonest words stand for themselves, and so many also where they have a capital."""
_MARKS = '.,;:!?()"“”-–’'
_ENDINGS = (
    "ing", "ed", "ly", "ions", "ion", "ers", "er", "ies", "ness", "ment", "ity", "al", "ive", "ous", "ful",
    "able", "ic", "s",
)  # fmt: skip


class Piece(NamedTuple):
    """A word or mark and its half-open span."""

    text: str
    start: int
    end: int


class Seam(NamedTuple):
    """The place before the piece ``[start, end)``; the higher ``odds`` (log), the likelier a gap."""

    start: int
    end: int
    odds: float


def pieces(text: str) -> list[Piece]:
    """The words and marks of ``text`` in order."""
    return [Piece(match.group(), *match.span()) for match in _PIECE.finditer(text)]


def seams(text: str) -> list[Seam]:
    """The place before each piece of the English ``text``, in order."""
    found, weights = pieces(text), _weights()
    return [
        Seam(piece.start, piece.end, weights[""] + sum(weights.get(key, 0.0) for key in evidence(found, at)))
        for at, piece in enumerate(found)
    ]


def evidence(found: Sequence[Piece], at: int) -> tuple[str, ...]:
    """What the weights know of the place before piece ``at``."""
    far, left, right, farther = (
        _kind(found[place].text) if 0 <= place < len(found) else "^$"[place > 0]
        for place in (at - 2, at - 1, at, at + 1)
    )
    return (
        f"l {left}",
        f"r {right}",
        f"lr {left} {right}",
        f"ll {far} {left}|{right}",
        f"rr {left}|{right} {farther}",
    )


def _kind(piece: str) -> str:
    low, capital = piece.lower(), piece[0].isupper()
    place = _places().get(low)
    if place is not None and (not capital or place < _EVEN_WITH_CAPITAL):
        return low
    if low in ("'s", "’s"):
        return "'s"
    if piece[0].isdigit():
        return "0"
    if not piece[0].isalpha():
        return piece if piece in _MARKS else "#"
    if capital:
        return "Cap"
    ending = next((end for end in _ENDINGS if low.endswith(end) and len(low) > len(end) + 2), "")
    return f"~{ending}"


@cache
def _places() -> dict[str, int]:
    """Each of the commonest words → its place among them."""
    listed = common("en")
    return {word: at for at, word in enumerate(sorted(listed, key=lambda w: -listed[w])[:_THEMSELVES])}


@cache
def _weights() -> dict[str, float]:
    text = resources.files("qa.terms").joinpath("seams.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("##"))
    return {key: float(weight) for key, weight in rows}
