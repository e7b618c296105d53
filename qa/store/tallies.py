"""The rows of checks as a whole: what became of the flags of each, and whether it is muted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from qa.errors import NotFoundError
from qa.model import FlagState
from qa.store.repository import Records
from qa.store.schema import Flag, Project, Segment
from qa.store.selections import LIVING

__all__ = ["Tally", "flagged_by", "lock_project", "open_flags", "tallies"]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many flags of a check have a state for a reason; without a decision the reason is empty."""

    check: str
    state: str
    reason: str
    number: int


def tallies(records: Records, project_id: int, document_id: int | None) -> list[Tally]:
    """The flags that checks have raised in a project or one of its documents, counted. What people marked by
    hand is left out, and so are segments that a repair of the alignment has replaced."""
    query = (
        select(Flag.check, Flag.state, Flag.reason, func.count())
        .join(Segment, Flag.segment_id == Segment.id)
        .where(Segment.project_id == project_id, LIVING, Flag.found_by.not_like("person:%"))
        .group_by(Flag.check, Flag.state, Flag.reason)
        .order_by(Flag.check, Flag.state, Flag.reason)
    )
    if document_id is not None:
        query = query.where(Segment.document_id == document_id)
    return [Tally(*row) for row in records.session.execute(query)]


def open_flags(records: Records, project_id: int, check: str) -> int:
    """How many open flags of the check the project has, muted or not."""
    query = (
        select(func.count())
        .select_from(Flag)
        .join(Segment, Flag.segment_id == Segment.id)
        .where(*_open(check), Segment.project_id == project_id, LIVING)
    )
    return records.session.scalar(query) or 0


def flagged_by(project_id: int, check: str) -> ColumnElement[bool]:
    """For ``Records.recount``: the segments of a project with an open flag of the check."""
    return Segment.id.in_(select(Flag.segment_id).where(*_open(check))) & (Segment.project_id == project_id)


def lock_project(records: Records, project_id: int) -> Project:
    """The project, kept from others' changes until the transaction ends; raises NotFoundError."""
    row = records.session.scalar(select(Project).where(Project.id == project_id).with_for_update())
    if row is None:
        raise NotFoundError(f"there is no project {project_id}")
    return row


def _open(check: str) -> Sequence[ColumnElement[bool]]:
    return Flag.check == check, Flag.state == FlagState.OPEN.value
