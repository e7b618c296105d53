"""Exports of a project or one of its documents: CSV, XLSX, JSONL, HTML, corrected text or subtitles, TMX,
XLIFF, PO.

Every writer reads the segments once, in order, so that the size of a project does not matter; a file
replaces an older one only when it is complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from qa.errors import NotFoundError, UsageError
from qa.registry import Registry
from qa.report.writing import replacing
from qa.review.views import CommentView, DocumentView, ProjectView, SegmentView

__all__ = ["EXPORTS", "Export", "Format", "Service", "export"]


class Service(Protocol):
    """The part of the review service that exports read from."""

    def project(self, id: int, /) -> ProjectView: ...

    def documents(self, project_id: int, /) -> list[DocumentView]: ...

    def document_texts(self, document_id: int, /) -> tuple[str | None, str]: ...

    def in_rows(self, document_id: int, /) -> bool: ...

    def document_original(self, document_id: int, /) -> tuple[bytes | None, str]: ...

    def comments(self, segment_id: int, /) -> list[CommentView]: ...

    def all_segments(self, project_id: int, /, document_id: int | None = None) -> Iterator[SegmentView]: ...


@dataclass(frozen=True, slots=True)
class Export:
    """What a writer is given: a project, the documents to write, and where to read them."""

    service: Service
    project: ProjectView
    documents: tuple[DocumentView, ...]

    def segments(self) -> Iterator[tuple[DocumentView, SegmentView]]:
        """Every segment with its document, in document order."""
        for document in self.documents:
            for segment in self.service.all_segments(self.project.id, document_id=document.id):
                yield document, segment

    def comments(self, segment: SegmentView) -> list[CommentView]:
        """What people said about a segment, the reasons for which it was sent back included."""
        return self.service.comments(segment.id) if segment.comments else []


@dataclass(frozen=True, slots=True)
class Format:
    """An export format: how people know it, and its writer."""

    title: str
    suffix: str
    media_type: str
    write: Callable[[Export, Path], None]
    single: bool = False
    """True when the file can hold one document only."""


EXPORTS: Registry[Format] = Registry(
    "export format",
    {
        "xlsx": "qa.report.tabular:XLSX",
        "csv": "qa.report.tabular:CSV",
        "jsonl": "qa.report.records:JSONL",
        "html": "qa.report.project_page:HTML",
        "txt": "qa.report.rebuilt:TXT",
        "tmx": "qa.report.tmx:TMX",
        "xliff": "qa.report.xliff:XLIFF",
        "po": "qa.report.po:PO",
        "srt": "qa.report.subtitles:SRT",
        "vtt": "qa.report.subtitles:VTT",
    },
    group="relecture.exports",
)
"""Format name → Format."""


def export(
    service: Service, project_id: int, format: str, path: Path, document_id: int | None = None
) -> None:
    """Write a project, or one document of it, to ``path``.

    Raises UnknownNameError for a format that is none of EXPORTS, NotFoundError for a document that is not
    the project's, UsageError when the format holds one document and there are several, InputError where
    nothing can be written.
    """
    chosen = EXPORTS.get(format)
    project = service.project(project_id)
    documents = service.documents(project_id)
    if document_id is not None:
        documents = [document for document in documents if document.id == document_id]
        if not documents:
            raise NotFoundError(f"project {project.name!r} has no document number {document_id}")
    if chosen.single and len(documents) != 1:
        names = ", ".join(repr(document.name) for document in documents) or "none"
        raise UsageError(f"{format} holds one document; choose one of {project.name!r}: {names}")
    with replacing(path) as temporary:
        chosen.write(Export(service, project, tuple(documents)), temporary)
