"""Cutting a text at the borders of its flags, and saying in one line what a fix changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.model import Edit, Flag, Side, apply_edits
from qa.report.safe import visible_space

__all__ = ["Piece", "fixed", "flags_of", "pieces", "proposal"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the numbers (positions in the list given) of the flags that cover it.

    ``ends`` are those whose span ends with this piece: the place for a footnote mark. A piece without
    text marks an empty span, a place where something is missing.
    """

    text: str
    flags: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def flags_of(flags: Sequence[Flag], side: Side, text: str) -> list[tuple[int, Flag]]:
    """Position and flag of those that mark ``text`` on ``side``. A flag found in another version of the
    text, where its words stand elsewhere or no more, is left out."""
    return [
        (number, flag)
        for number, flag in enumerate(flags)
        if flag.side == side and text[flag.start : flag.end] == flag.text
    ]


def pieces(text: str, flags: Sequence[tuple[int, Flag]]) -> Iterator[Piece]:
    """``text`` cut at every border of ``flags`` (overlaps allowed; spans outside the text are clipped).

    The texts of the pieces, joined, are ``text``.
    """
    spans = [(min(flag.start, len(text)), min(flag.end, len(text)), number) for number, flag in flags]
    borders = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    empty: dict[int, list[int]] = {}
    for start, end, number in spans:
        if start == end:
            empty.setdefault(start, []).append(number)
        else:
            opening.setdefault(start, []).append(number)
            closing.setdefault(end, []).append(number)
    active: list[int] = []
    for position, start in enumerate(borders):
        if start in empty:
            yield Piece("", tuple(empty[start]), tuple(empty[start]))
        active = [n for n in active if n not in closing.get(start, ())] + opening.get(start, [])
        if position + 1 < len(borders):
            end = borders[position + 1]
            yield Piece(text[start:end], tuple(active), tuple(n for n in active if n in closing.get(end, ())))


def fixed(text: str, fix: Sequence[Edit]) -> str | None:
    """``text`` after ``fix``; None when there is no fix or it does not fit the text."""
    if not fix:
        return None
    try:
        return apply_edits(text, fix)
    except ValueError:
        return None


def proposal(target: str, flag: Flag) -> tuple[str, str] | None:
    """What the fix of ``flag`` replaces and by what, as one stretch of ``target`` that holds all its edits;
    None when there is no applicable fix. Spaces are drawn where the two differ in nothing else."""
    after = fixed(target, flag.fix)
    if after is None:
        return None
    start = min(edit.start for edit in flag.fix)
    end = max(edit.end for edit in flag.fix)
    grown = len(after) - len(target)
    if all(edit.start == edit.end or not edit.text for edit in flag.fix):
        # A bare insertion or deletion reads as nothing without the words beside it.
        while start > 0 and not target[start - 1].isspace():
            start -= 1
        while end < len(target) and not target[end].isspace():
            end += 1
    change = target[start:end], after[start : end + grown]
    if "".join(change[0].split()) == "".join(change[1].split()):
        change = visible_space(change[0]), visible_space(change[1])
    return change
