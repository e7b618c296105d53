"""The audit trail, for QA leads: who did what to which segment and when, filtered and a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from qa.errors import NotFoundError, UsageError
from qa.review import pictures
from qa.review.record import Record
from qa.review.roles import Action
from qa.review.views import Actor, EventView
from qa.store import alignment, schema
from qa.store import trail as rows
from qa.store.repository import Records
from qa.store.text import fold

__all__ = ["NAMED", "Place", "Trail", "TrailEntry", "TrailFilter", "TrailPage"]

NAMED = 30
"""Segments of one decision that an entry names."""


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """Which events of a project to show; empty fields do not restrict.

    ``position`` (1-based, needs a document) selects what happened to a segment and to those it was made of.
    ``since`` is included, ``before`` is not; both carry a time zone. ``group_id`` shows the events of one
    decision, and of taking it back, one by one.
    """

    project_id: int
    people: frozenset[str] = frozenset()
    actions: frozenset[Action] = frozenset()
    document_id: int | None = None
    position: int | None = None
    since: datetime | None = None
    before: datetime | None = None
    group_id: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A segment; ``position`` is 1-based, negative once a repair of the alignment has replaced it."""

    document_id: int
    segment_id: int
    position: int


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One event, or a decision about several segments as one: then ``event`` is its newest, ``number`` how
    many there are, and ``places`` the first of their segments in document order."""

    event: EventView
    places: tuple[Place, ...]
    number: int = 1


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Entries, the newest first. ``next`` goes on behind them; None at the end."""

    entries: tuple[TrailEntry, ...]
    next: int | None


class Trail(Record):
    """Reading the record itself."""

    def trail(
        self, actor: Actor, filter: TrailFilter, *, before_id: int | None = None, limit: int = 50
    ) -> TrailPage:
        """The newest entries, or those behind ``before_id`` (a page's ``next``).

        Raises PermissionDenied for whoever may not read the trail, NotFoundError when there is no such
        project or segment, UsageError for a filter that cannot be.
        """
        if limit < 1:
            raise UsageError(f"no page has {limit} entries")
        with self._database.read() as records:
            criteria = self._criteria(records, actor, filter)
            found = rows.lines(records, criteria, before_id, limit + 1)
            shown = found[:limit]
            groups = [] if filter.group_id else [_group(line.event) for line in shown if line.event.group_id]
            sizes = rows.sizes(records, criteria, groups)
            entries = tuple(_entry(records, criteria, line, sizes) for line in shown)
            return TrailPage(entries, shown[-1].event.id if len(found) > limit else None)

    def trail_events(self, actor: Actor, filter: TrailFilter) -> Iterator[TrailEntry]:
        """Every event, one by one, the oldest first, from one consistent snapshot and without loading them
        all. Raises what ``trail`` raises, before the first is read."""
        with self._database.read() as records:
            self._criteria(records, actor, filter)
        return self._stream(actor, filter)

    def trail_people(self, actor: Actor, project_id: int) -> list[str]:
        """Everybody who stands in the project's trail, one spelling each, by name."""
        with self._database.read() as records:
            self._acting(records, actor, Action.READ_TRAIL)
            return list({fold(name): name for name in rows.actors(records, project_id)}.values())

    def _stream(self, actor: Actor, filter: TrailFilter) -> Iterator[TrailEntry]:
        with self._database.read() as records:
            for line in rows.stream(records, self._criteria(records, actor, filter)):
                yield TrailEntry(pictures.event_view(line.event), _places(line))

    def _criteria(self, records: Records, actor: Actor, filter: TrailFilter) -> rows.Criteria:
        self._acting(records, actor, Action.READ_TRAIL)
        project = records.get(schema.Project, filter.project_id)
        for moment in (filter.since, filter.before):
            if moment is not None and moment.tzinfo is None:
                raise UsageError("a time without a time zone says nothing; give one, such as UTC")
        segments, repairs = _segments(records, filter)
        people = {fold(name) for name in filter.people}
        return rows.Criteria(
            project_id=project.id,
            # Two spellings of a name are one person.
            actors=frozenset(name for name in rows.actors(records, project.id) if fold(name) in people)
            if people
            else None,
            actions=frozenset(map(str, filter.actions)) or None,
            document_id=filter.document_id,
            segment_ids=segments,
            extra_ids=repairs,
            since=filter.since,
            before=filter.before,
            group_id=filter.group_id,
        )


def _segments(records: Records, filter: TrailFilter) -> tuple[frozenset[int] | None, frozenset[int]]:
    """The segments the filter asks for, and the repairs that made them."""
    if filter.position is None:
        return None, frozenset()
    if filter.document_id is None:
        raise UsageError("a segment is counted in its document; choose the document too")
    segment_id = rows.segment_at(records, filter.document_id, filter.position)
    if segment_id is None:
        raise NotFoundError(f"the document has no segment {filter.position}")
    ids, repairs = alignment.lineage(records, segment_id)
    return frozenset(ids), frozenset(event.id for event in repairs)


def _group(event: schema.Event) -> tuple[str, str]:
    return event.group_id or "", event.action


def _places(line: rows.Line) -> tuple[Place, ...]:
    event = line.event
    if event.segment_id is None or event.document_id is None or line.position is None:
        return ()
    return (Place(event.document_id, event.segment_id, line.position),)


def _entry(
    records: Records, criteria: rows.Criteria, line: rows.Line, sizes: dict[tuple[str, str], int]
) -> TrailEntry:
    number = sizes.get(_group(line.event), 1)
    places = _places(line)
    if number > 1:
        found = rows.members(records, criteria, *_group(line.event), NAMED)
        places = tuple(Place(*row) for row in found)
    return TrailEntry(pictures.event_view(line.event), places, number)
