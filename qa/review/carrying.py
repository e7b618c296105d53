"""What becomes of texts and flags when the segments of a document are cut anew: pure functions.

The rule for texts: what people typed is never lost and never doubled, and stays in the order it had. An
edited text that belongs to several new segments is cut at a border of sentences where it still reads as the
machine wrote it; where no such border is left, it goes to the first of them as a whole, and the others are
left empty.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from qa.model import Document, Edit, Segment, Side, Span
from qa.review.diff import rebase_span

__all__ = ["Carrying", "Old", "Place"]


@dataclass(frozen=True, slots=True)
class Old:
    """A segment as it was: ``segment`` with the machine's text, and the text that stood."""

    segment: Segment
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A span of the new segment number ``owner`` (0-based)."""

    owner: int
    span: Span


@dataclass(frozen=True, slots=True)
class _Piece:
    """``[start, end)`` of an old segment's standing text, which goes to the new segment ``owner``.

    ``span`` is the part of the document's translation it stands for; None where it had none.
    """

    old: int
    owner: int
    start: int
    end: int
    span: Span | None


class Carrying:
    """From ``old`` to ``new`` segments over the same sentences of ``source`` and ``target``.

    ``space`` parts texts between which the document has nothing that could.
    """

    def __init__(
        self, source: Document, target: Document, old: Sequence[Old], new: Sequence[Segment], space: str
    ) -> None:
        self._documents: dict[Side, Document] = {"source": source, "target": target}
        self._owners: dict[Side, dict[int, int]] = {
            "source": {i: n for n, item in enumerate(new) for i in item.source_index},
            "target": {j: n for n, item in enumerate(new) for j in item.target_index},
        }
        self._starts = {side: [s.start for s in doc.sentences] for side, doc in self._documents.items()}
        self._ends = {side: [s.end for s in doc.sentences] for side, doc in self._documents.items()}
        self._old, self._new = old, new
        self._pieces = [piece for n, item in enumerate(old) for piece in self._cut(n, item)]
        self._at: dict[_Piece, int] = {}
        self.texts = tuple(self._joined(n, space) for n in range(len(new)))
        """The text that stands in each new segment."""

    def makers(self, owner: int) -> tuple[int, ...]:
        """The old segments whose text the new segment ``owner`` has, or would have if it were not empty."""
        return tuple(sorted({piece.old for piece in self._pieces if piece.owner == owner}))

    def heir(self, old: int) -> int:
        """The new segment that an old segment's comments go to: the one with its first sentence."""
        item = self._old[old].segment
        if item.target_index:
            return self._owners["target"][item.target_index[0]]
        return self._owners["source"][item.source_index[0]]

    def found_in_document(self, old: int, side: Side, span: Span) -> Place | None:
        """Where a span of an old segment's source or machine text is now; None where it was cut apart."""
        item = self._old[old].segment
        own = item.source_span if side == "source" else item.target_span
        if own is None:
            return None
        start, end = own.start + span.start, own.start + span.end
        starts, ends = self._starts[side], self._ends[side]
        first = bisect_right(starts, start) - 1
        last = bisect_left(ends, end)
        # An empty span between two sentences that touch is the end of the first.
        first = min(first, last)
        if first < 0 or last == len(ends):
            return None
        owners = {self._owners[side].get(n) for n in range(first, last + 1)}
        owner = owners.pop()
        if owners or owner is None:
            return None
        base = self._new[owner].source_span if side == "source" else self._new[owner].target_span
        if base is None or not base.start <= start <= end <= base.end:
            return None
        return Place(owner, Span(start - base.start, end - base.start))

    def found_in_text(self, old: int, span: Span) -> Place | None:
        """Where a span of an old segment's standing text is in a new one's; None where it was cut apart."""
        for piece in self._pieces:
            if piece.old == old and piece.start <= span.start and span.end <= piece.end:
                shift = self._at[piece] - piece.start
                return Place(piece.owner, Span(span.start + shift, span.end + shift))
        return None

    def fix(self, old: int, edits: Sequence[Edit], owner: int, *, in_text: bool) -> tuple[Edit, ...]:
        """A fix as edits of the new segment ``owner``; empty when a part of it is elsewhere now."""
        moved = []
        for edit in edits:
            span = Span(edit.start, edit.end)
            place = self.found_in_text(old, span) if in_text else self.found_in_document(old, "target", span)
            if place is None or place.owner != owner:
                return ()
            moved.append(Edit(place.span.start, place.span.end, edit.text))
        return tuple(moved)

    def _cut(self, number: int, old: Old) -> list[_Piece]:
        """The pieces of an old segment's standing text, in order."""
        item, sentences = old.segment, self._documents["target"].sentences
        runs = [
            (owner, list(group))
            for owner, group in groupby(item.target_index, key=self._owners["target"].__getitem__)
        ]
        filled = [(owner, [j for j in run if sentences[j].text]) for owner, run in runs]
        filled = [(owner, run) for owner, run in filled if run]
        if item.target_span is None or not filled:
            # What was typed where the machine had left something out, or nothing at all.
            return [_Piece(number, self.heir(number), 0, len(old.text), None)]
        base = item.target_span.start
        spans = [Span(sentences[run[0]].start, sentences[run[-1]].end) for _, run in filled]
        pieces: list[_Piece] = []
        first = start = 0
        for n in range(len(filled)):
            border = self._border(old, base, spans[n], spans[n + 1]) if n + 1 < len(filled) else None
            if border is None and n + 1 < len(filled):
                continue
            end = len(old.text) if border is None else border.start
            whole = Span(spans[first].start, spans[n].end)
            pieces.append(_Piece(number, filled[first][0], start, end, whole))
            pieces += [_Piece(number, owner, end, end, None) for owner, _ in filled[first + 1 : n + 1]]
            if border is not None:
                first, start = n + 1, border.end
        return pieces

    def _border(self, old: Old, base: int, before: Span, after: Span) -> Span | None:
        """The gap between two sentences in an old segment's standing text; None where it was edited away."""
        # With a character on either side: an empty gap has no surroundings of its own.
        span = rebase_span(old.segment.target, old.text, Span(before.end - base - 1, after.start - base + 1))
        return None if span is None else Span(span.start + 1, span.end - 1)

    def _joined(self, owner: int, space: str) -> str:
        text, before = "", None
        for piece in (piece for piece in self._pieces if piece.owner == owner):
            own = self._old[piece.old].text[piece.start : piece.end]
            if own and text:
                text += self._gap(before, piece.span, space)
            self._at[piece] = len(text)
            text += own
            before = piece.span if own else before
        return text

    def _gap(self, before: Span | None, after: Span | None, space: str) -> str:
        """What the document has between two pieces, or ``space`` where that is no mere gap."""
        if before is None or after is None:
            return space
        gap = self._documents["target"].text[before.end : after.start]
        return space if gap.strip() else gap
