"""Writing a checked document into the store: in bulk, in one transaction."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TypeGuard

from qa.align.repair import check
from qa.errors import UsageError
from qa.model import CheckedDocument, CheckedSegment, Estimate, FlagState, Link, Segment, SegmentState
from qa.model import Flag as FoundFlag
from qa.store import schema
from qa.store.repository import Records, one_document
from qa.store.text import clean, fold

__all__ = ["flag_values", "score_values", "search_values", "segment_values", "usable", "write_document"]

_CHUNK = 2000


def write_document(
    records: Records,
    project: schema.Project,
    checked: CheckedDocument,
    *,
    name: str,
    mt_system: str,
    original: bytes | None,
    original_name: str,
    muted: Iterable[str],
) -> schema.Document:
    """The document's row, after it, its segments, scores and flags are written."""
    document = records.add(
        schema.Document(
            project_id=project.id,
            name=name,
            mt_system=mt_system,
            source_text=None if checked.source is None else clean(checked.source.text),
            mt_text=clean(checked.target.text),
            original=original,
            original_name=original_name,
            notices=[clean(notice) for notice in checked.notices],
            created=datetime.now(UTC),
        )
    )
    if (borders := _borders(checked)) is not None:
        records.add(schema.DocumentSentences(document_id=document.id, source=borders[0], target=borders[1]))
    for start in range(0, len(checked.segments), _CHUNK):
        chunk = checked.segments[start : start + _CHUNK]
        ids = records.insert_many(
            schema.Segment,
            [_segment_values(item, document, start + n) for n, item in enumerate(chunk, start=1)],
        )
        records.insert_many(
            schema.SegmentSearch,
            [
                search_values(id, project.id, item.segment.source, item.segment.target)
                for id, item in zip(ids, chunk, strict=True)
            ],
        )
        pairs = list(zip(ids, chunk, strict=True))
        records.insert_many(
            schema.Score,
            [score_values(id, item.estimate) for id, item in pairs if usable(item.estimate)],
        )
        records.insert_many(
            schema.Flag,
            [{"segment_id": id, **flag_values(flag)} for id, item in pairs for flag in item.flags],
        )
    records.recount(muted, one_document(document.id))
    return document


def flag_values(flag: FoundFlag) -> dict[str, Any]:
    """The columns of a flag, without those that say where it belongs and with no decision yet."""
    return {
        "revision_id": None,
        "check": clean(flag.check),
        "category": clean(flag.category),
        "severity": str(flag.severity),
        "side": flag.side,
        "start": flag.start,
        "end": flag.end,
        "text": clean(flag.text),
        "message": clean(flag.message),
        "confidence": float(flag.confidence),
        "fix": [[edit.start, edit.end, clean(edit.text)] for edit in flag.fix],
        "key": flag.key,
        "params": {key: clean(str(value)) for key, value in flag.params.items()},
        "found_by": clean(flag.found_by),
        "state": str(FlagState.OPEN),
        "decided_by": "",
        "reason": "",
    }


def usable(estimate: Estimate | None) -> TypeGuard[Estimate]:
    """Is there a score at all? A model that answers with no number has scored nothing."""
    return estimate is not None and math.isfinite(estimate.quality.value)


def _borders(checked: CheckedDocument) -> tuple[list[list[float]], list[list[float]]] | None:
    """The borders of the sentences on both sides; None unless the segments are links of them."""
    if checked.source is None or not checked.source.sentences or not checked.target.sentences:
        return None
    sides = checked.source.sentences, checked.target.sentences
    links = [Link(item.segment.source_index, item.segment.target_index, 1.0) for item in checked.segments]
    try:
        check(links, *map(len, sides))
    except UsageError:
        return None
    source, target = ([[s.start, s.end, s.paragraph, *(s.time or ())] for s in side] for side in sides)
    return source, target


def _segment_values(item: CheckedSegment, document: schema.Document, position: int) -> dict[str, Any]:
    quality = float(item.estimate.quality.value) if usable(item.estimate) else None
    return {**segment_values(item.segment, document, position), "quality": quality}


def segment_values(segment: Segment, document: schema.Document, position: int) -> dict[str, Any]:
    """The columns of a segment that nobody has worked on or scored yet."""
    source, mt = clean(segment.source), clean(segment.target)
    return {
        "project_id": document.project_id,
        "document_id": document.id,
        "position": position,
        "state": str(SegmentState.MACHINE),
        "version": 1,
        "open_flags": 0,
        "worst": -1,
        "harm": 0.0,
        "quality": None,
        "author": "",
        "approver": "",
        "revision_id": None,
        "updated": None,
        "repair_id": None,
        "assignee_id": None,
        "link_score": float(segment.link_score),
        "source_index": list(segment.source_index),
        "target_index": list(segment.target_index),
        "source_start": segment.source_span.start if segment.source_span else None,
        "source_end": segment.source_span.end if segment.source_span else None,
        "target_start": segment.target_span.start if segment.target_span else None,
        "target_end": segment.target_span.end if segment.target_span else None,
        "source": source,
        "mt": mt,
        "text": mt,
    }


def search_values(segment_id: int, project_id: int, source: str, text: str) -> dict[str, Any]:
    """The columns that searching looks through."""
    source, text = fold(clean(source)), fold(clean(text))
    return {
        "segment_id": segment_id,
        "project_id": project_id,
        "folded": f"{source}\n{text}",
        "source_length": len(source),
    }


def score_values(segment_id: int, estimate: Estimate) -> dict[str, Any]:
    """The columns of a score."""
    quality = estimate.quality
    return {
        "segment_id": segment_id,
        "signature": quality.signature,
        "value": float(quality.value),
        "low": None if quality.low is None else float(quality.low),
        "high": None if quality.high is None else float(quality.high),
        "scale": quality.scale,
        "higher_is_better": quality.higher_is_better,
        "hter": None if estimate.hter is None else float(estimate.hter),
        "words": [[word.start, word.end, round(float(word.bad), 4), word.major] for word in estimate.words],
    }
