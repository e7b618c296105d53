"""PO: the translations as a gettext catalogue; what nobody has approved is fuzzy, comments are translators'.

A document that came as PO goes out as that catalogue with the translations of the review: contexts, plural
forms, references and header stay. Any other becomes a catalogue with a message a segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import qa
from qa.formats.base import ReadOptions
from qa.formats.po import PO as READ
from qa.formats.po import forms, parse
from qa.model import SegmentState
from qa.report.exports import Export, Format
from qa.report.safe import visible
from qa.review.views import DocumentView, SegmentView

__all__ = ["PO"]


def _write_po(export: Export, path: Path) -> None:
    (document,) = export.documents
    with path.open("wb") as stream:
        catalogue = _filled_in(export, document)
        if catalogue is not None:
            catalogue.serialize(stream)
            return
        for message in _messages(export, document):
            stream.write(f"{message}\n".encode())


def _filled_in(export: Export, document: DocumentView) -> Any | None:
    """The catalogue that the document came from, with what has become of it; None if it came from none."""
    project = export.project
    data, name = export.service.document_original(document.id)
    if data is None or not name.lower().endswith(READ.extensions):
        return None
    options = ReadOptions(source_lang=project.source_lang, target_lang=project.target_lang)
    catalogue = parse(data, Path(name), options)
    found = [form for form in forms(catalogue) if not form.pair.empty]
    if len(found) != document.segments:
        return None
    segments = export.service.all_segments(project.id, document_id=document.id)
    # By identity: messages with the same texts are equal, whatever their contexts.
    for _, group in groupby(zip(found, segments, strict=True), key=lambda pair: id(pair[0].message)):
        members = list(group)
        message = members[0][0].message
        if any(form.pair.target != segment.text for form, segment in members):
            targets = [str(text) for text in message.target.strings] if message.hasplural() else [""]
            for form, segment in members:
                targets[form.number] = segment.text
            message.target = targets
        _finish(export, message, [segment for _, segment in members])
    return catalogue


def _messages(export: Export, document: DocumentView) -> Iterator[Any]:
    """The header and a message a segment. One whose source was there before, or is empty, needs a context to
    be a message of its own: its position."""
    from translate.storage import pypo

    header = pypo.pofile().makeheader(  # type: ignore[no-untyped-call]
        charset="UTF-8",
        encoding="8bit",
        project_id_version=visible(export.project.name),
        po_revision_date=True,
        last_translator="",
        language_team="",
        language=export.project.target_lang.replace("-", "_"),
        x_generator=f"Relecture {qa.__version__}",
    )
    header.markfuzzy(False)
    yield header
    seen = {""}
    for segment in export.service.all_segments(export.project.id, document_id=document.id):
        message = pypo.pounit(segment.source)
        message.msgid = list(_no_context(message.msgid))
        message.addlocation(f"{visible(document.name)}:{segment.position}")
        if segment.source in seen:
            message.setcontext(str(segment.position))
        seen.add(segment.source)
        message.target = segment.text
        _finish(export, message, [segment])
        yield message


def _no_context(lines: list[str]) -> Iterator[str]:
    """``lines`` of a message, quoted, so that none begins as the contexts do that KDE kept in messages."""
    for line in lines:
        yield from ('"_"', f'"{line[2:]}') if line.startswith('"_:') else (line,)


def _finish(export: Export, message: Any, segments: Sequence[SegmentView]) -> None:
    """Mark a message as fuzzy or not, and add what was said about its segments."""
    approved = all(segment.state is SegmentState.APPROVED for segment in segments)
    message.markfuzzy(not approved and any(segment.text for segment in segments))
    if approved:  # the old msgid is there to see what made it fuzzy
        message.prev_source = message.prev_context = None
    for segment in segments:
        for comment in export.comments(segment):
            # Line by line: the library parts only lines that end as those of the catalogue do.
            for line in visible(f"{comment.author}: {comment.text}", keep="\n").split("\n"):
                message.addnote(line, origin="translator")


PO = Format("gettext catalogue (PO)", ".po", "text/x-gettext-translation", _write_po, single=True)
