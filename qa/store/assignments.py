"""The rows of assignments: which segments are whose turn, as stretches of documents and as counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, update

from qa.store.repository import Records
from qa.store.schema import Assignee, Segment
from qa.store.selections import LIVING

__all__ = ["Run", "assignee", "assignees", "counts", "give", "has_any", "holders", "runs", "stretch"]


@dataclass(frozen=True, slots=True)
class Run:
    """Segments of one document that follow each other, ``first`` to ``last``, all of one person."""

    assignee_id: int
    document_id: int
    first: int
    last: int


def assignee(records: Records, project_id: int, key: str) -> Assignee | None:
    """The row of the person whose folded name is ``key``."""
    query = select(Assignee).where(Assignee.project_id == project_id, Assignee.key == key)
    return records.session.scalar(query)


def assignees(records: Records, project_id: int) -> dict[int, str]:
    """Names by number, of everybody who has or had a part of the project."""
    query = select(Assignee.id, Assignee.name).where(Assignee.project_id == project_id)
    return dict(records.session.execute(query).all())


def has_any(records: Records, project_id: int, assignee_id: int, document_id: int | None) -> bool:
    """Does the person have a segment, of one document where one is given?"""
    where = [Segment.project_id == project_id, Segment.assignee_id == assignee_id, LIVING]
    if document_id is not None:
        where.append(Segment.document_id == document_id)
    return records.session.scalar(select(Segment.id).where(*where).limit(1)) is not None


def stretch(records: Records, document_id: int, first: int, last: int) -> list[int]:
    """The ids of the segments ``first`` to ``last`` of a document, in order."""
    query = select(Segment.id).where(
        Segment.document_id == document_id, Segment.position.between(first, last)
    )
    return list(records.session.scalars(query.order_by(Segment.position)))


def holders(records: Records, ids: Sequence[int]) -> tuple[dict[int | None, int], int, int]:
    """How many of these segments each person has (None is nobody), the position of the first and of the
    last; those that a repair has replaced do not count. At most some thousands."""
    query = select(
        Segment.assignee_id, func.count(), func.min(Segment.position), func.max(Segment.position)
    ).where(*_living(ids))
    rows = records.session.execute(query.group_by(Segment.assignee_id)).all()
    first, last = min((row[2] for row in rows), default=0), max((row[3] for row in rows), default=0)
    return {row[0]: row[1] for row in rows}, first, last


def give(records: Records, ids: Sequence[int], assignee_id: int | None) -> None:
    """Make these segments somebody's, or nobody's. Their versions stay: what somebody types in them meanwhile
    can be saved."""
    records.session.execute(
        update(Segment)
        .where(*_living(ids))
        .values(assignee_id=assignee_id)
        .execution_options(synchronize_session=False)
    )


def counts(records: Records, project_id: int) -> Iterator[tuple[int, int, str, int]]:
    """Person, document, state and how many assigned segments of a project have these."""
    query = (
        select(Segment.assignee_id, Segment.document_id, Segment.state, func.count())
        .where(Segment.project_id == project_id, Segment.assignee_id.is_not(None), LIVING)
        .group_by(Segment.assignee_id, Segment.document_id, Segment.state)
    )
    for who, document, state, number in records.session.execute(query):
        yield who or 0, document, state, number


def runs(records: Records, project_id: int) -> list[Run]:
    """All assigned stretches of a project, in order."""
    # Within a run, position and the number within person and document rise together.
    number = func.row_number().over(
        partition_by=(Segment.assignee_id, Segment.document_id), order_by=Segment.position
    )
    numbered = (
        select(
            Segment.assignee_id,
            Segment.document_id,
            Segment.position,
            (Segment.position - number).label("run"),
        )
        .where(Segment.project_id == project_id, Segment.assignee_id.is_not(None), LIVING)
        .subquery()
    )
    first = func.min(numbered.c.position)
    query = (
        select(numbered.c.assignee_id, numbered.c.document_id, first, func.max(numbered.c.position))
        .group_by(numbered.c.assignee_id, numbered.c.document_id, numbered.c.run)
        .order_by(numbered.c.document_id, first)
    )
    return [Run(*row) for row in records.session.execute(query)]


def _living(ids: Sequence[int]) -> list[ColumnElement[bool]]:
    return [Segment.id.in_(ids), LIVING]
