"""The rows of the audit trail: filtered, a page at a time, with the events of one decision as one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from qa.store.repository import Records
from qa.store.schema import Event, Segment

__all__ = ["Criteria", "Line", "actors", "lines", "members", "segment_at", "sizes", "stream"]

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Criteria:
    """Which events of a project; None and the empty ``group_id`` do not restrict.

    ``since`` is included, ``before`` is not. ``extra_ids`` are events about the segments of ``segment_ids``
    that do not name one of them.
    """

    project_id: int
    actors: frozenset[str] | None = None
    actions: frozenset[str] | None = None
    document_id: int | None = None
    segment_ids: frozenset[int] | None = None
    extra_ids: frozenset[int] = frozenset()
    since: datetime | None = None
    before: datetime | None = None
    group_id: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An event and the position of its segment: None without a segment, negative once it is replaced."""

    event: Event
    position: int | None


def lines(records: Records, criteria: Criteria, before_id: int | None, limit: int) -> list[Line]:
    """The newest events first, below ``before_id``. Of the events of one decision that meet the criteria
    only the newest is there, unless the criteria name the decision."""
    where = _where(Event, criteria)
    if before_id is not None:
        where.append(Event.id < before_id)
    if not criteria.group_id:
        newer = aliased(Event)
        where.append(
            Event.group_id.is_(None)
            | ~exists().where(
                newer.group_id == Event.group_id,
                # Taking a decision back is in its group, and a line of its own.
                newer.action == Event.action,
                newer.id > Event.id,
                *_where(newer, criteria, few=True),
            )
        )
    return _lines(records, _with_position().where(*where).order_by(Event.id.desc()).limit(limit))


def sizes(
    records: Records, criteria: Criteria, groups: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """How many events that meet the criteria each decision (group and action) has."""
    if not groups:
        return {}
    rows = records.session.execute(
        select(Event.group_id, Event.action, func.count())
        .where(
            Event.group_id.in_(sorted({group for group, _ in groups})),
            Event.action.in_(sorted({action for _, action in groups})),
            *_where(Event, criteria, few=True),
        )
        .group_by(Event.group_id, Event.action)
    )
    return {(group_id or "", action): number for group_id, action, number in rows}


def members(
    records: Records, criteria: Criteria, group_id: str, action: str, limit: int
) -> list[tuple[int, int, int]]:
    """Document, id and position of the first segments of a decision that meet the criteria, in order."""
    rows = records.session.execute(
        select(Segment.document_id, Segment.id, Segment.position)
        .join(Event, Event.segment_id == Segment.id)
        .where(Event.action == action, *_where(Event, replace(criteria, group_id=group_id)))
        .order_by(Segment.document_id, Segment.position)
        .limit(limit)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def stream(records: Records, criteria: Criteria) -> Iterator[Line]:
    """All of them, the oldest first, some hundreds at a time; what was yielded is let go."""
    last = 0
    while True:
        query = _with_position().where(*_where(Event, criteria), Event.id > last)
        found = _lines(records, query.order_by(Event.id).limit(_CHUNK))
        if not found:
            return
        last = found[-1].event.id
        yield from found
        records.session.expunge_all()


def actors(records: Records, project_id: int) -> Sequence[str]:
    """Everybody who stands in the project's trail, by name."""
    query = select(Event.actor).where(Event.project_id == project_id).distinct().order_by(Event.actor)
    return records.session.scalars(query).all()


def segment_at(records: Records, document_id: int, position: int) -> int | None:
    """The id of the segment at a position (1-based) of a document, a withdrawn one too."""
    if position < 1:
        return None
    return records.session.scalar(
        select(Segment.id).where(Segment.document_id == document_id, Segment.position == position)
    )


def _with_position() -> Select[Event, int]:
    return select(Event, Segment.position).join(Segment, Segment.id == Event.segment_id, isouter=True)


def _lines(records: Records, query: Select[Event, int]) -> list[Line]:
    return [Line(row[0], row[1]) for row in records.session.execute(query)]


def _where(event: Any, criteria: Criteria, *, few: bool = False) -> list[ColumnElement[bool]]:
    # The sum keeps SQLite from walking a long index where a few events are known to begin with.
    few = few or bool(criteria.group_id) or criteria.segment_ids is not None
    project, document = event.project_id, event.document_id
    if few:
        project, document = project + 0, document + 0
    where: list[ColumnElement[bool]] = [project == criteria.project_id]
    if criteria.actors is not None:
        where.append(event.actor.in_(sorted(criteria.actors)))
    if criteria.actions is not None:
        where.append(event.action.in_(sorted(criteria.actions)))
    if criteria.document_id is not None:
        where.append(document == criteria.document_id)
    if criteria.segment_ids is not None:
        mine = event.segment_id.in_(sorted(criteria.segment_ids))
        where.append(mine | event.id.in_(sorted(criteria.extra_ids)) if criteria.extra_ids else mine)
    if criteria.since is not None:
        where.append(event.at >= criteria.since)
    if criteria.before is not None:
        where.append(event.at < criteria.before)
    if criteria.group_id:
        where.append(event.group_id == criteria.group_id)
    return where
