"""CSV and XLSX: tables for people who work in spreadsheets.

Texts that a spreadsheet would run as formulas get a leading apostrophe. Offsets of a flag refer to the
text it was found in.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.report.exports import Export, Format
from qa.report.safe import cell, rounded, unicode_text
from qa.report.summary import COUNTING, Summariser, Summary, segment_edits
from qa.review.views import CommentView, DocumentView, FlagView, SegmentView

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["CSV", "XLSX"]

SEGMENT_COLUMNS = (
    "document",
    "position",
    "source",
    "machine",
    "text",
    "state",
    "author",
    "approver",
    "quality",
    "low",
    "high",
    "edits",
    "words",
    "hter",
)
FLAG_COLUMNS = (
    "check",
    "category",
    "severity",
    "decision",
    "decided_by",
    "reason",
    "side",
    "start",
    "end",
    "flagged",
    "message",
    "confidence",
    "found_by",
)
COMMENT_COLUMNS = ("author", "at", "comment")
_ROWS = 1_048_576  # of an XLSX sheet
_LONGEST = 32_767  # characters of an XLSX cell
_CUT = " … [cut: the JSONL export has all of it]"


def _segment_row(document: DocumentView, segment: SegmentView, target_lang: str) -> list[object]:
    edits = segment_edits(segment, target_lang)
    return [
        document.name,
        segment.position,
        segment.source,
        segment.mt,
        segment.text,
        segment.state.value,
        segment.author,
        segment.approver,
        rounded(segment.quality, 2),
        rounded(segment.low, 2),
        rounded(segment.high, 2),
        edits.edits,
        edits.words,
        rounded(edits.hter, 4),
    ]


def _flag_row(view: FlagView) -> list[object]:
    flag = view.flag
    return [
        flag.check,
        flag.category,
        flag.severity.value,
        flag.state.value,
        view.decided_by,
        view.reason,
        flag.side,
        flag.start,
        flag.end,
        flag.text,
        flag.message,
        rounded(flag.confidence, 3),
        flag.found_by,
    ]


def _comment_row(comment: CommentView) -> list[object]:
    return [comment.author, comment.created.isoformat(timespec="seconds"), comment.text]


def _write_csv(export: Export, path: Path) -> None:
    """One row a flag with its segment's columns repeated; one row for a segment without flags. The last
    column has the comments on the segment under each other."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow([*SEGMENT_COLUMNS, *FLAG_COLUMNS, "comments"])
        for document, segment in export.segments():
            head = _segment_row(document, segment, export.project.target_lang)
            said = "\n".join(f"{one.author}: {one.text}" for one in export.comments(segment))
            for tail in map(_flag_row, segment.flags) if segment.flags else [[""] * len(FLAG_COLUMNS)]:
                rows.writerow([_encodable(cell(value)) for value in [*head, *tail, said]])


def _encodable(value: object) -> object:
    return unicode_text(value) if isinstance(value, str) else value


def _write_xlsx(export: Export, path: Path) -> None:
    """Sheets ``summary``, ``segments``, ``flags`` and ``comments``, written as they are read."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    summary_sheet = book.create_sheet("summary")
    summary_sheet.column_dimensions["A"].width = 38
    summary_sheet.column_dimensions["B"].width = 60
    segments = _Sheet(book, "segments", SEGMENT_COLUMNS, widths={"source": 60, "machine": 60, "text": 60})
    flags = _Sheet(
        book, "flags", ("document", "position", *FLAG_COLUMNS), widths={"category": 30, "message": 70}
    )
    comments = _Sheet(
        book, "comments", ("document", "position", *COMMENT_COLUMNS), widths={"at": 26, "comment": 70}
    )
    summariser = Summariser(export.project)
    for document, segment in export.segments():
        summariser.add(segment)
        segments.append(_segment_row(document, segment, export.project.target_lang))
        for view in segment.flags:
            flags.append([document.name, segment.position, *_flag_row(view)])
        for comment in export.comments(segment):
            comments.append([document.name, segment.position, *_comment_row(comment)])
    for row in summary_rows(summariser.finish(), export.documents):
        summary_sheet.append([_fitted(value) for value in row])
    book.save(path)


class _Sheet:
    """A sheet with a header that goes on in a further one when it is full."""

    def __init__(self, book: Workbook, title: str, header: Sequence[str], widths: dict[str, int]) -> None:
        self._book, self._title, self._header, self._widths = book, title, header, widths
        self._number = 0
        self._open()

    def _open(self) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        self._number += 1
        name = self._title if self._number == 1 else f"{self._title} {self._number}"
        self._sheet: Any = self._book.create_sheet(name)
        self._sheet.freeze_panes = "A2"
        for position, column in enumerate(self._header, start=1):
            width = self._widths.get(column, max(10, len(column) + 2))
            self._sheet.column_dimensions[get_column_letter(position)].width = width
        heads = []
        for column in self._header:
            head = WriteOnlyCell(self._sheet, column)
            head.font = Font(bold=True)
            heads.append(head)
        self._sheet.append(heads)
        self._rows = 1

    def append(self, values: Iterable[object]) -> None:
        if self._rows == _ROWS:
            self._open()
        self._sheet.append([_fitted(value) for value in values])
        self._rows += 1


def _fitted(value: object) -> Any:
    safe = cell(value)
    if isinstance(safe, str) and len(safe) > _LONGEST:
        return safe[: _LONGEST - len(_CUT)] + _CUT
    return safe


def summary_rows(summary: Summary, documents: Sequence[DocumentView]) -> Iterator[Sequence[object]]:
    """The summary as label and value rows, for a sheet."""
    project, score = summary.project, summary.mqm
    yield ["project", project.name]
    yield ["languages", f"{project.source_lang} → {project.target_lang}"]
    yield ["documents", ", ".join(document.name for document in documents)]
    yield ["machine translation by", ", ".join(sorted({d.mt_system for d in documents if d.mt_system}))]
    yield ["segments", summary.segments]
    yield []
    yield ["MQM (of the machine's text)"]
    yield ["verdict", score.explanation]
    yield ["evaluation word count", score.ewc]
    yield ["counted in", f"{score.side} {score.unit}"]
    yield ["absolute penalty total (APT)", score.apt]
    yield ["penalty per unit (PWPT)", rounded(score.pwpt, 6)]
    yield [f"penalty per 1,000 {score.unit} (NPT)", rounded(score.npt, 3)]
    yield ["overall quality score, raw (OQS)", rounded(score.oqs, 3)]
    yield ["calibrated quality score (CQS)", rounded(score.cqs, 3)]
    yield ["80% interval of CQS, low", rounded(score.low, 3)]
    yield ["80% interval of CQS, high", rounded(score.high, 3)]
    yield ["pass probability", rounded(score.pass_probability, 3)]
    yield ["passing threshold", score.passing_threshold]
    yield [f"acceptable penalty per 1,000 {score.unit}", score.acceptable_penalty]
    yield ["critical errors", score.critical]
    yield ["which flags count", COUNTING]
    yield []
    yield ["flags that count, by severity"]
    yield from ([severity.value, number] for severity, number in summary.by_severity().items())
    yield []
    yield ["flags that count, by category"]
    yield from ([category, number] for category, number in summary.by_category().items())
    yield []
    yield ["check", "severity", "open", "accepted", "dismissed", "precision so far"]
    for flag in summary.flags:
        yield [
            flag.check,
            flag.severity.value,
            flag.open,
            flag.accepted,
            flag.dismissed,
            rounded(flag.precision, 3),
        ]
    yield []
    yield ["state", "segments", f"{score.side} {score.unit}"]
    yield from ([state.state.value, state.segments, state.size] for state in summary.states)
    yield []
    if summary.quality is not None:
        yield ["estimated quality, mean", rounded(summary.quality.mean, 2)]
        yield ["estimated quality, median", rounded(summary.quality.median, 2)]
        yield ["estimated by", " · ".join(summary.quality.signatures)]
    yield ["approved segments", summary.approved]
    if summary.hter is not None:
        yield ["HTER of approved segments", rounded(summary.hter.value, 4), summary.hter.signature]
    for metric in summary.metrics.scores if summary.metrics else ():
        yield [f"{metric.name} against approved text", rounded(metric.value, 2), metric.signature]


CSV = Format("Table (CSV)", ".csv", "text/csv", _write_csv)
XLSX = Format(
    "Workbook (Excel)",
    ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    _write_xlsx,
)
