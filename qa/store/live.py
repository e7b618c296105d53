"""The rows behind live work: what is new in the audit trail, and who types where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from qa.store.repository import Records
from qa.store.schema import Editing, Event

__all__ = ["edit", "editing", "events_after", "forget", "newest_event"]


def newest_event(records: Records, project_id: int) -> int:
    """The number of a project's newest event; 0 without one."""
    query = select(Event.id).where(Event.project_id == project_id).order_by(Event.id.desc()).limit(1)
    return records.session.scalar(query) or 0


def events_after(records: Records, project_id: int, after: int, limit: int) -> list[tuple[int, int | None]]:
    """Number and segment of a project's events with numbers above ``after``, oldest first."""
    query = select(Event.id, Event.segment_id).where(Event.project_id == project_id, Event.id > after)
    return [(row[0], row[1]) for row in records.session.execute(query.order_by(Event.id).limit(limit))]


def editing(records: Records, project_id: int, since: datetime) -> Sequence[Editing]:
    """Those seen typing in a project after ``since``, the earliest first."""
    query = select(Editing).where(Editing.project_id == project_id, Editing.seen > since)
    return records.session.scalars(query.order_by(Editing.seen, Editing.sitting)).all()


def edit(records: Records, row: Editing, *, stale: datetime) -> None:
    """Note that somebody types in a segment, in the place of where the same sitting did before; rows last
    seen before ``stale`` go."""
    records.session.execute(delete(Editing).where(Editing.seen < stale))
    records.session.merge(row)


def forget(records: Records, sitting: str) -> None:
    """The sitting edits nothing any more."""
    records.session.execute(delete(Editing).where(Editing.sitting == sitting))
