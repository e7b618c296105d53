"""The audit trail as a file: CSV for people who work in spreadsheets, JSONL with everything for programs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC
from pathlib import Path
from typing import TextIO

from qa.errors import UnknownNameError
from qa.report.safe import cell, json_line
from qa.report.writing import replacing
from qa.review.trail import TrailEntry

__all__ = ["COLUMNS", "FORMATS", "export_trail"]

COLUMNS = (
    "event",
    "time (UTC)",
    "person",
    "role",
    "operation",
    "document",
    "segment",
    "segment id",
    "decision",
    "details",
)


def export_trail(
    entries: Iterable[TrailEntry], documents: Mapping[int, str], path: Path, format: str
) -> None:
    """Write events (``ReviewService.trail_events``) to ``path``, one a line, as they are read.

    ``documents`` are names by id. ``segment`` is the position in the document, empty where the event is about
    no segment or about one that a repair of the alignment has replaced. Raises UnknownNameError for a format
    that is none of FORMATS, InputError where nothing can be written.
    """
    if format not in FORMATS:
        raise UnknownNameError("trail format", format, FORMATS)
    _, encoding, write = FORMATS[format]
    with replacing(path) as temporary, temporary.open("w", encoding=encoding, newline="") as stream:
        write(entries, documents, stream)


def _record(entry: TrailEntry, documents: Mapping[int, str]) -> dict[str, object]:
    event = entry.event
    position = entry.places[0].position if entry.places else None
    return {
        "event": event.id,
        "time": event.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "person": event.actor,
        "role": event.role,
        "operation": event.action,
        "document": documents.get(event.document_id or 0),
        "segment": position if position is not None and position > 0 else None,
        "segment_id": event.segment_id,
        "decision": event.group_id or None,
        "details": dict(event.data),
    }


def _write_jsonl(entries: Iterable[TrailEntry], documents: Mapping[int, str], stream: TextIO) -> None:
    for entry in entries:
        stream.write(json_line(_record(entry, documents)) + "\n")


def _write_csv(entries: Iterable[TrailEntry], documents: Mapping[int, str], stream: TextIO) -> None:
    rows = csv.writer(stream)
    rows.writerow(COLUMNS)
    for entry in entries:
        *values, _ = _record(entry, documents).values()
        rows.writerow([cell(value) for value in (*values, json_line(entry.event.data))])


_Writer = Callable[[Iterable[TrailEntry], Mapping[int, str], TextIO], None]

FORMATS: Mapping[str, tuple[str, str, _Writer]] = {
    "csv": ("text/csv", "utf-8-sig", _write_csv),
    "jsonl": ("application/jsonl", "utf-8", _write_jsonl),
}
"""Name → media type, encoding and writer."""
