"""The corrected document as text: the machine's file with every changed segment replaced in place.

Where nothing was changed the result is the machine's text, character for character, line ends and
spaces included. A document that came as pairs has a line a pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from qa.lang import is_unspaced
from qa.report.exports import Export, Format
from qa.review.views import SegmentView

__all__ = ["TXT", "rebuild"]

_LINE_BREAK = re.compile(r"[\r\n]")
_PARAGRAPH = re.compile(r"[\r\n]+")


def rebuild(mt: str, segments: Iterable[SegmentView], target_lang: str) -> Iterator[str]:
    """The pieces of the corrected text, in order.

    A segment that had no translation and was given one follows the segment before it: after a space, or
    as a paragraph of its own where that segment is one. A segment whose text was deleted takes the gap
    before it along, or the gap after it at the head of a paragraph.
    """
    space = "" if is_unspaced(target_lang) else " "
    at = 0  # how far ``mt`` has been dealt with
    before = ""  # the gap in front of the last segment placed
    for segment in segments:
        span = segment.target_span
        if span is None or span.start < at:
            if segment.text and segment.text != segment.mt:
                yield _inserted(segment.text, mt, at, before, space)
            continue
        before = mt[at : span.start]
        at = span.end
        if segment.text == segment.mt:
            yield before + mt[span.start : span.end]
        elif segment.text:
            yield before + segment.text
        else:
            after = _gap_after(mt, at)
            if at + len(after) < len(mt) and (not before or (_breaks(before) and not _breaks(after))):
                yield before
                at += len(after)
    yield mt[at:]


def _inserted(text: str, mt: str, at: int, before: str, space: str) -> str:
    """``text`` with what parts it from its neighbours, for the place ``at`` in ``mt``."""
    if not at:
        # A first line that was left out is a headline or dateline more often than not.
        paragraph = _PARAGRAPH.search(mt)
        return text + (paragraph[0] if paragraph else space)
    after = _gap_after(mt, at)
    last = at + len(after) == len(mt)
    if _breaks(before) and (last or _breaks(after)):
        return before + text
    if not before and not last and _breaks(after):
        return after + text
    return space + text


def _gap_after(text: str, at: int) -> str:
    end = at
    while end < len(text) and text[end].isspace():
        end += 1
    return text[at:end]


def _breaks(gap: str) -> bool:
    return _LINE_BREAK.search(gap) is not None


def _write_txt(export: Export, path: Path) -> None:
    (document,) = export.documents
    _, mt = export.service.document_texts(document.id)
    segments = export.service.all_segments(export.project.id, document_id=document.id)
    rows = export.service.in_rows(document.id)
    with path.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        stream.writelines(_rows(segments) if rows else rebuild(mt, segments, export.project.target_lang))


def _rows(segments: Iterable[SegmentView]) -> Iterator[str]:
    """Pairs stay row by row: whoever puts the file beside the source counts lines."""
    for number, segment in enumerate(segments):
        yield "\n" + segment.text if number else segment.text


TXT = Format("Corrected document (text)", ".txt", "text/plain", _write_txt, single=True)
