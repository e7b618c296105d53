"""JSONL: everything there is, one segment a line, for programs."""

from __future__ import annotations

from pathlib import Path

from qa.report.checked import flag_record
from qa.report.exports import Export, Format
from qa.report.safe import json_line, rounded
from qa.review.views import DocumentView, FlagView, SegmentView

__all__ = ["JSONL"]


def _write_jsonl(export: Export, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for document, segment in export.segments():
            stream.write(json_line(_record(export, document, segment)) + "\n")


def _record(export: Export, document: DocumentView, segment: SegmentView) -> dict[str, object]:
    """The keys of ``qa check``'s lines where they mean the same (``target`` is the machine's text, to which
    words and flags refer), and the state of the review beside them."""
    scored = segment.quality is not None
    return {
        "project": export.project.name,
        "document": document.name,
        "mt_system": document.mt_system,
        "source_lang": export.project.source_lang,
        "target_lang": export.project.target_lang,
        "id": segment.position,
        "source": segment.source,
        "target": segment.mt,
        "text": segment.text,
        "state": segment.state.value,
        "author": segment.author,
        "approver": segment.approver,
        "version": segment.version,
        "updated": segment.updated.isoformat() if segment.updated else None,
        "source_index": list(segment.source_index),
        "target_index": list(segment.target_index),
        "link_score": rounded(segment.link_score, 4),
        "score": {
            "quality": rounded(segment.quality, 2),
            "low": rounded(segment.low, 2),
            "high": rounded(segment.high, 2),
            "signature": segment.signature,
        }
        if scored
        else None,
        "words": [{"start": w.start, "end": w.end, "bad": rounded(w.bad, 4)} for w in segment.words],
        "flags": [_flag(view) for view in segment.flags],
        "comments": [
            {
                "author": comment.author,
                "at": comment.created.isoformat(timespec="seconds"),
                "text": comment.text,
            }
            for comment in export.comments(segment)
        ],
    }


def _flag(view: FlagView) -> dict[str, object]:
    return {
        **flag_record(view.flag),
        "state": view.flag.state.value,
        "decided_by": view.decided_by,
        "reason": view.reason,
        "now": None if view.span is None else [view.span.start, view.span.end],
    }


JSONL = Format("Everything, for programs (JSONL)", ".jsonl", "application/jsonl", _write_jsonl)
