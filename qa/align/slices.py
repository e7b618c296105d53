"""From links to the segments that are scored, flagged and corrected."""

from __future__ import annotations

from collections.abc import Iterable

from qa.model import Document, Link, Segment, Span

__all__ = ["segments"]


def segments(source: Document, target: Document, links: Iterable[Link]) -> tuple[Segment, ...]:
    """One segment a link, in order, with ids from 1.

    The text of a side is the slice of its document from the first sentence of the link to the last,
    white space between them included; a side without sentences is empty and has no span.
    """
    out = []
    for number, link in enumerate(links, 1):
        left, right = _span(source, link.source), _span(target, link.target)
        out.append(
            Segment(
                id=number,
                source=source.text[left.start : left.end] if left else "",
                target=target.text[right.start : right.end] if right else "",
                source_index=link.source,
                target_index=link.target,
                link_score=link.score,
                source_span=left,
                target_span=right,
            )
        )
    return tuple(out)


def _span(document: Document, indices: tuple[int, ...]) -> Span | None:
    # Blank lines of a presegmented file are sentences without text; they add nothing at the edges.
    filled = [document.sentences[i] for i in indices if document.sentences[i].text]
    return Span(filled[0].start, filled[-1].end) if filled else None
