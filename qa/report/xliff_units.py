"""What a review puts into a unit of XLIFF 1.2 or 2: translations, states, comments, flags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from qa.formats.links import without_controls
from qa.formats.recoding import write_text
from qa.formats.xliff import Place, child, marks, native_codes
from qa.formats.xml import local
from qa.model import SegmentState
from qa.report.exports import Export
from qa.report.its import attach, detach
from qa.review.views import SegmentView

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["NAMESPACE", "STATES", "STATES_2", "Placed", "fill", "fill_2", "named"]

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_NAMESPACES = {1: NAMESPACE, 2: "urn:oasis:names:tc:xliff:document:2.0"}

STATES = {
    SegmentState.MACHINE: "needs-review-translation",
    SegmentState.SENT_BACK: "needs-translation",
    SegmentState.IN_REVISION: "needs-translation",
    SegmentState.REVISED: "translated",
    SegmentState.APPROVED: "signed-off",
}
"""State of a segment → state of an XLIFF target, the least advanced first: a unit of several segments has the
state of the least advanced."""

STATES_2 = {
    SegmentState.MACHINE: "initial",
    SegmentState.SENT_BACK: "initial",
    SegmentState.IN_REVISION: "initial",
    SegmentState.REVISED: "translated",
    SegmentState.APPROVED: "final",
}
"""State of a segment → state of a segment of XLIFF 2, which knows no more of them."""

Placed = Sequence[tuple[Place, SegmentView]]


def named(name: str, version: int = 1) -> str:
    """The element's name with the namespace of XLIFF 1.2 or 2."""
    return f"{{{_NAMESPACES[version]}}}{name}"


def fill(export: Export, placed: Placed) -> None:
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
        target = unit.makeelement(named("target"))
        before = [element for name in ("source", "seg-source") for element in unit.findall(named(name))]
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


def _notes(export: Export, unit: _Element, segments: Sequence[SegmentView]) -> Iterator[_Element]:
    for segment in segments:
        for comment in export.comments(segment):
            note = unit.makeelement(named("note"), {"from": without_controls(comment.author)})
            note.text = without_controls(comment.text)
            yield note


def fill_2(export: Export, placed: Placed) -> None:
    """The same for a unit of XLIFF 2, which takes issues for the unit as a whole, before everything in it."""
    unit = placed[0][0].unit
    detach(unit)
    data = native_codes(unit)
    for place, segment in placed:
        source, target = place.source, place.target
        if source is not None and target is None:
            target = unit.makeelement(named("target", 2))
            source.addnext(target)
        if target is None or (holder := target.getparent()) is None:
            continue
        write_text(target, segment.text, [] if source is None else [source], data)
        holder.set("state", STATES_2[segment.state])
        holder.attrib.pop("subState", "")
    segments = [segment for _, segment in placed]
    _add_notes_2(export, unit, segments)
    flags = (view for segment in segments for view in segment.flags)
    attach(unit, unit, flags, f"{segments[0].id}", first=True)


def _add_notes_2(export: Export, unit: _Element, segments: Sequence[SegmentView]) -> None:
    """Comments as notes, each with its author in the text: notes of XLIFF 2 have no other place for names."""
    comments = [comment for segment in segments for comment in export.comments(segment)]
    notes = child(unit, "notes")
    if comments and notes is None:
        notes = unit.makeelement(named("notes", 2))
        content = ("originalData", "segment", "ignorable")
        unit.insert(next(n for n, each in enumerate(unit) if local(each) in content), notes)
    for comment in comments:
        note = unit.makeelement(named("note", 2))
        note.text = without_controls(f"{comment.author}: {comment.text}")
        if notes is not None:
            notes.append(note)
