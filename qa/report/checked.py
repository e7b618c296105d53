"""Writers for the result of ``qa check``: JSONL, CSV, HTML, SARIF (the table: ``qa.report.console``)."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import TextIO

from qa.model import CheckedDocument, CheckedSegment, Flag
from qa.registry import Registry
from qa.report.safe import cell, json_line, rounded, unicode_text
from qa.report.spans import fixed

__all__ = ["WRITERS", "Writer", "flag_record", "segment_record", "write", "write_csv", "write_jsonl"]

Writer = Callable[[CheckedDocument, TextIO], None]

COLUMNS = (
    "segment",
    "source",
    "target",
    "quality",
    "low",
    "high",
    "check",
    "category",
    "severity",
    "side",
    "start",
    "end",
    "text",
    "message",
    "confidence",
    "fixed_target",
)
"""Columns of the CSV: one row a flag; a segment without flags has one row with these left empty from
``check`` on, so that every segment is in the table. ``fixed_target`` is the target after the flag's fix."""


def write(checked: CheckedDocument, format: str, stream: TextIO) -> None:
    """Write ``checked`` to a text stream; raises UnknownNameError for a format that is none of WRITERS."""
    WRITERS.get(format)(checked, stream)


def write_jsonl(checked: CheckedDocument, stream: TextIO) -> None:
    """One JSON object a segment, in order, keys as the command line's contract names them."""
    for segment in checked.segments:
        stream.write(json_line(segment_record(segment)) + "\n")


def segment_record(checked: CheckedSegment) -> dict[str, object]:
    """The JSON object of one segment; ``score`` is None where nothing could be estimated."""
    segment, estimate = checked.segment, checked.estimate
    return {
        "id": segment.id,
        "source": segment.source,
        "target": segment.target,
        "source_index": list(segment.source_index),
        "target_index": list(segment.target_index),
        "score": None
        if estimate is None
        else {
            "quality": rounded(estimate.quality.value, 2),
            "low": rounded(estimate.quality.low, 2),
            "high": rounded(estimate.quality.high, 2),
            "signature": estimate.quality.signature,
        },
        "words": [
            {"start": word.start, "end": word.end, "bad": rounded(word.bad, 4)}
            for word in (() if estimate is None else estimate.words)
        ],
        "flags": [flag_record(flag) for flag in checked.flags],
    }


def flag_record(flag: Flag) -> dict[str, object]:
    """The JSON object of one flag."""
    return {
        "check": flag.check,
        "category": flag.category,
        "severity": flag.severity.value,
        "side": flag.side,
        "start": flag.start,
        "end": flag.end,
        "text": flag.text,
        "message": flag.message,
        "confidence": rounded(flag.confidence, 3),
        "found_by": flag.found_by,
        "fix": [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in flag.fix],
    }


def write_csv(checked: CheckedDocument, stream: TextIO) -> None:
    """A table for spreadsheets (see COLUMNS); texts that would run as formulas are neutralised."""
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(COLUMNS)
    for item in checked.segments:
        segment = item.segment
        quality = item.estimate.quality if item.estimate else None
        head = [
            segment.id,
            segment.source,
            segment.target,
            *(
                (rounded(quality.value, 2), rounded(quality.low, 2), rounded(quality.high, 2))
                if quality
                else (None, None, None)
            ),
        ]
        for flag in item.flags or (None,):
            tail: list[object] = (
                [None] * 10
                if flag is None
                else [
                    flag.check,
                    flag.category,
                    flag.severity.value,
                    flag.side,
                    flag.start,
                    flag.end,
                    flag.text,
                    flag.message,
                    rounded(flag.confidence, 3),
                    fixed(segment.target, flag.fix),
                ]
            )
            rows.writerow([_encodable(cell(value)) for value in [*head, *tail]])


def _encodable(value: object) -> object:
    return unicode_text(value) if isinstance(value, str) else value


WRITERS: Registry[Writer] = Registry(
    "format",
    {
        "jsonl": write_jsonl,
        "csv": write_csv,
        "html": "qa.report.page:write_html",
        "sarif": "qa.report.sarif:write_sarif",
    },
    group="relecture.check_formats",
)
"""Format name → writer of a checked document to a text stream."""
