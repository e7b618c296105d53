"""Differences between two texts: word by word for the eye, and spans carried from old to new."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

from qa.lang import UNSPACED
from qa.model import Edit, Span

__all__ = ["Piece", "rebase_edits", "rebase_span", "rebase_spans", "words"]

_UNSPACED = re.compile(f"[{UNSPACED}]")
_JOINERS = frozenset("_\u200c\u200d")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is in both versions (``same``), only in the old or only in the new one."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class _Block:
    """Code points ``[start, end)`` of the old text became ``[new_start, new_end)``."""

    start: int
    end: int
    new_start: int
    new_end: int


def words(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of the two versions in reading order, removed before added.

    The ``same`` and ``removed`` pieces make up ``old``, the ``same`` and ``added`` ones ``new``. Changes
    that only white space separates are one change: "the big dog" → "a small cat" reads better in one go.
    """
    pieces: list[Piece] = []
    at = 0
    for block in _merged(old, _blocks(old, new)):
        pieces += (
            Piece("same", old[at : block.start]),
            Piece("removed", old[block.start : block.end]),
            Piece("added", new[block.new_start : block.new_end]),
        )
        at = block.end
    pieces.append(Piece("same", old[at:]))
    return tuple(piece for piece in pieces if piece.text)


def rebase_spans(old: str, new: str, spans: Sequence[Span]) -> tuple[Span | None, ...]:
    """Where ``spans`` of ``old`` stand in ``new``; None where one's text was changed.

    A word counts as a whole: "grève" → "grèves" changes a span over "grève". An empty span is a place
    between two code points; it is lost when something was inserted there or its surroundings replaced.
    """
    if old == new:
        return tuple(spans)
    blocks = _blocks(old, new)
    return tuple(_moved(span, blocks) for span in spans)


def rebase_span(old: str, new: str, span: Span) -> Span | None:
    """``rebase_spans`` for one."""
    return rebase_spans(old, new, [span])[0]


def rebase_edits(old: str, new: str, edits: Sequence[Edit]) -> tuple[Edit, ...] | None:
    """``edits`` of ``old`` as edits of ``new``; None when the place of one was changed."""
    spans = rebase_spans(old, new, [Span(edit.start, edit.end) for edit in edits])
    moved = [Edit(s.start, s.end, e.text) for s, e in zip(spans, edits, strict=True) if s is not None]
    return tuple(moved) if len(moved) == len(edits) else None


def _moved(span: Span, blocks: Sequence[_Block]) -> Span | None:
    shift = 0
    for block in blocks:
        if block.start >= span.end and block.start > span.start:
            break
        inserted_here = block.start == block.end == span.start == span.end
        if inserted_here or (block.start < span.end and block.end > span.start):
            return None
        if block.end <= span.start:
            shift = block.new_end - block.end
    return Span(span.start + shift, span.end + shift)


def _blocks(old: str, new: str) -> list[_Block]:
    """The changed ranges, in order, at the borders of tokens."""
    from rapidfuzz.distance import Indel

    before, after = list(_tokens(old)), list(_tokens(new))
    starts, new_starts = _offsets(before), _offsets(after)
    blocks: list[_Block] = []
    for op in Indel.opcodes(before, after):
        if op.tag == "equal":
            continue
        block = _Block(
            starts[op.src_start], starts[op.src_end], new_starts[op.dest_start], new_starts[op.dest_end]
        )
        # A deletion and an insertion at one place are one replacement.
        if blocks and blocks[-1].end == block.start and blocks[-1].new_end == block.new_start:
            block = _Block(blocks[-1].start, block.end, blocks[-1].new_start, block.new_end)
            blocks.pop()
        blocks.append(block)
    return blocks


def _merged(old: str, blocks: Sequence[_Block]) -> list[_Block]:
    merged: list[_Block] = []
    for block in blocks:
        if merged and old[merged[-1].end : block.start].isspace():
            last = merged.pop()
            block = _Block(last.start, block.end, last.new_start, block.new_end)
        merged.append(block)
    return merged


def _offsets(tokens: Sequence[str]) -> list[int]:
    offsets = [0]
    for token in tokens:
        offsets.append(offsets[-1] + len(token))
    return offsets


def _tokens(text: str) -> Iterator[str]:
    """Words, runs of white space, and every other character (and every CJK or Thai one) by itself."""
    for kind, run in groupby(text, _class):
        if kind == "other":
            yield from run
        else:
            yield "".join(run)


@lru_cache(maxsize=4096)
def _class(char: str) -> str:
    if char.isspace():
        return "space"
    if _UNSPACED.match(char):
        return "other"
    return "word" if char in _JOINERS or unicodedata.category(char)[0] in "LMN" else "other"
