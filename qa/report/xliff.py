"""XLIFF 1.2: the document with its states, its comments as notes and its flags as ITS 2.0 issues.

A document that came as XLIFF 1.2 goes out as that file, filled in: ids, groups, inline codes and what other
tools have put there stay. Any other becomes a ``file`` with a ``trans-unit`` a segment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import qa
from qa.formats.base import Pair
from qa.formats.links import without_controls
from qa.formats.recoding import write_text
from qa.formats.xliff import XLIFF as READ
from qa.formats.xliff import Place, child, marks, places
from qa.formats.xml import XML_SPACE, parse_bytes
from qa.model import SegmentState
from qa.report.exports import Export, Format
from qa.report.its import ITS, attach, detach
from qa.review.views import DocumentView, SegmentView

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["STATES", "XLIFF"]

_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_ITS_VERSION = (f"{{{ITS}}}version", "2.0")

STATES = {
    SegmentState.MACHINE: "needs-review-translation",
    SegmentState.SENT_BACK: "needs-translation",
    SegmentState.IN_REVISION: "needs-translation",
    SegmentState.REVISED: "translated",
    SegmentState.APPROVED: "signed-off",
}
"""State of a segment → state of an XLIFF target, the least advanced first: a unit of several segments has the
state of the least advanced."""

Placed = Sequence[tuple[Place, SegmentView]]


def _write_xliff(export: Export, path: Path) -> None:
    from lxml import etree

    etree.register_namespace("its", ITS)
    if len(export.documents) == 1 and (root := _filled_in(export, export.documents[0])) is not None:
        root.set(*_ITS_VERSION)
        etree.ElementTree(root).write(str(path), encoding="utf-8", xml_declaration=True)
        return
    with etree.xmlfile(str(path), encoding="utf-8") as out:
        out.write_declaration()
        about = dict([("version", "1.2"), _ITS_VERSION])
        with out.element(_named("xliff"), about, nsmap={None: _NAMESPACE, "its": ITS}):
            for document in export.documents:
                root = _filled_in(export, document)
                if root is None:
                    _write_file(out, export, document)
                else:
                    out.write(*root.findall(_named("file")))


def _named(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _filled_in(export: Export, document: DocumentView) -> _Element | None:
    """The XLIFF 1.2 file that the document came from, with what has become of it; None where it did not."""
    data, name = export.service.document_original(document.id)
    if data is None or not name.lower().endswith(READ.extensions):
        return None
    root = parse_bytes(data, Path(name))
    if root.tag != _named("xliff"):
        return None
    found = [place for place in places(root) if not place.pair.empty]
    if len(found) != document.segments:
        return None
    segments = export.service.all_segments(export.project.id, document_id=document.id)
    for _, unit in groupby(zip(found, segments, strict=True), key=lambda pair: pair[0].unit):
        _fill(export, list(unit))
    return root


def _write_file(out: Any, export: Export, document: DocumentView) -> None:
    """A ``file`` for a document of any other origin, written segment by segment."""
    from lxml import etree

    about = {
        "original": without_controls(document.name),
        "source-language": export.project.source_lang,
        "target-language": export.project.target_lang,
        "datatype": "plaintext",
        "tool-id": "relecture",
    }
    tool = {"tool-id": "relecture", "tool-name": "Relecture", "tool-version": qa.__version__}
    with out.element(_named("file"), about):
        with out.element(_named("header")):
            out.write(etree.Element(_named("tool"), tool))
        with out.element(_named("body")):
            for segment in export.service.all_segments(export.project.id, document_id=document.id):
                unit = etree.Element(
                    _named("trans-unit"), {"id": str(segment.position), XML_SPACE: "preserve"}
                )
                source = etree.SubElement(unit, _named("source"))
                source.text = without_controls(segment.source)
                _fill(export, [(Place(unit, Pair(segment.source, ""), source, None), segment)])
                out.write("\n", unit)


def _fill(export: Export, placed: Placed) -> None:
    """Put translations, state, comments and flags of its segments into a unit."""
    unit = placed[0][0].unit
    detach(unit)
    target = _target(unit)
    segments = [segment for _, segment in placed]
    for (place, segment), element in zip(placed, _elements(target, placed), strict=True):
        source = place.source
        write_text(element, segment.text, [] if source is None else [source])
        for side, text in (("source", source), ("target", element)):
            if text is not None:
                flags = (view for view in segment.flags if view.flag.side == side)
                attach(unit, text, flags, f"{segment.id}-{side}")
    _set_state(unit, target, segments)
    after = unit.index(target) + 1
    unit[after:after] = list(_notes(export, unit, segments))


def _target(unit: _Element) -> _Element:
    target = child(unit, "target")
    if target is None:
        target = unit.makeelement(_named("target"))
        before = [element for name in ("source", "seg-source") for element in unit.findall(_named(name))]
        unit.insert(unit.index(before[-1]) + 1 if before else 0, target)
    return target


def _elements(target: _Element, placed: Placed) -> list[_Element]:
    """Where the translations go: into the target, or into its marks where the source is segmented."""
    mids = [place.mid for place, _ in placed]
    segmented = child(placed[0][0].unit, "seg-source")
    if not mids[0] or segmented is None:
        return [target]
    blank = deepcopy(segmented)
    blanks = marks(blank)
    for mark in blanks.values():
        mark[:], mark.text = [], None
    found = marks(target)
    if not found:
        target[:], target.text = list(blank), blank.text
        return [blanks[mid] for mid in mids]
    for mid in mids:
        if mid not in found:
            target.append(blanks[mid])
    return [found.get(mid, blanks[mid]) for mid in mids]


def _set_state(unit: _Element, target: _Element, segments: Sequence[SegmentView]) -> None:
    state = min((segment.state for segment in segments), key=list(STATES).index)
    suggested = state is SegmentState.MACHINE and any(segment.text.strip() for segment in segments)
    if suggested or state is not SegmentState.MACHINE:
        target.set("state", STATES[state])
    else:
        target.set("state", "needs-translation")
    target.attrib.pop("state-qualifier", "")
    if suggested:
        target.set("state-qualifier", "mt-suggestion")
    unit.attrib.pop("approved", "")
    if state is SegmentState.APPROVED:
        unit.set("approved", "yes")


def _notes(export: Export, unit: _Element, segments: Iterable[SegmentView]) -> Iterable[_Element]:
    for segment in segments:
        for comment in export.comments(segment):
            note = unit.makeelement(_named("note"), {"from": without_controls(comment.author)})
            note.text = without_controls(comment.text)
            yield note


XLIFF = Format("For translation tools (XLIFF 1.2)", ".xliff", "application/xliff+xml", _write_xliff)
