"""Which segments a list shows, in which order, and where one of them stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select, tuple_
from sqlalchemy.orm import Session

from qa.model import FlagState, SegmentState, Severity
from qa.store.schema import Document, Flag, Segment, Withdrawal
from qa.store.searching import Search, holding, matching

__all__ = ["KEPT", "LIVING", "Selection", "following", "page", "preceding"]

T = TypeVar("T")

_WITHDRAWN = select(Withdrawal.document_id)

KEPT: ColumnElement[bool] = Document.id.not_in(_WITHDRAWN)
"""Documents that are not withdrawn."""

LIVING: ColumnElement[bool] = and_(Segment.position + 0 > 0, Segment.document_id.not_in(_WITHDRAWN))
"""Neither retired by a repair of the alignment nor of a withdrawn document. The sum keeps it a mere filter:
as a range of an index it would draw SQLite away from the index that has the order."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which segments, in which order; open flags of ``muted`` checks do not count."""

    project_id: int
    document_id: int | None = None
    states: frozenset[SegmentState] = frozenset()
    open_only: bool = False
    min_severity: Severity | None = None
    checks: frozenset[str] = frozenset()
    max_quality: float | None = None
    assignee_id: int | None = None
    search: Search = field(default_factory=Search)
    order: Literal["position", "harm", "score"] = "position"
    muted: frozenset[str] = frozenset()


def page(session: Session, selection: Selection, offset: int, limit: int) -> tuple[list[int], int]:
    """Ids of the rows ``offset`` to ``offset + limit`` of the selection, and the length of all of it.

    Raises UsageError for a search pattern that takes too long, as the next two do.
    """
    where = _where(session, selection)
    # Ids alone: they come out of an index, so that a deep offset does not read texts.
    every = _ordered(select(Segment.id).where(*where), selection.order)
    query = every.offset(offset).limit(limit)
    if selection.search.pattern:
        found = _matching(session, selection, every)
        return list(found[offset : offset + limit]), len(found)
    if selection.search.needle or _asks_for_a_flag(selection):
        # What is costly to find is found once, and counted on the way.
        counted = session.execute(query.add_columns(func.count().over())).all()
        if counted:
            return [row[0] for row in counted], counted[0][1]
        return [], _count(session, where)
    return list(session.scalars(query)), _count(session, where)


def following(session: Session, selection: Selection, segment: Segment) -> int | None:
    """Id of the first row of the selection that comes after ``segment``, itself a part of it or not."""
    where = [*_where(session, selection), _after(segment, selection.order)]
    query = _ordered(select(Segment.id).where(*where), selection.order)
    if selection.search.pattern:
        return next(iter(_matching(session, selection, query)), None)
    return session.scalar(query.limit(1))


def preceding(session: Session, selection: Selection, segment: Segment) -> int:
    """How many rows of the selection come before ``segment``, one of them or not."""
    before = not_(_after(segment, selection.order))
    where = [*_where(session, selection), before, Segment.id != segment.id]
    if selection.search.pattern:
        return len(_matching(session, selection, select(Segment.id).where(*where)))
    return _count(session, where)


def _count(session: Session, where: Sequence[ColumnElement[bool]]) -> int:
    return session.scalar(select(func.count()).select_from(Segment).where(*where)) or 0


def _matching(session: Session, selection: Selection, query: Select[int]) -> Sequence[int]:
    """Those of the ids of ``query`` whose text the selection's pattern matches, in their order."""
    pattern, ids = selection.search.pattern, session.scalars(query).all()
    return matching(session, ids, pattern, selection.search.side) if pattern else ids


def _where(session: Session, selection: Selection) -> list[ColumnElement[bool]]:
    # The sum keeps SQLite from walking the project's index where a few ids are known to begin with.
    few = bool(selection.search.needle) or _asks_for_a_flag(selection)
    project = Segment.project_id + 0 if few else Segment.project_id
    where: list[ColumnElement[bool]] = [project == selection.project_id, LIVING]
    if selection.document_id is not None:
        where.append(Segment.document_id == selection.document_id)
    if selection.states:
        where.append(Segment.state.in_(sorted(selection.states)))
    if selection.assignee_id is not None:
        where.append(Segment.assignee_id == selection.assignee_id)
    if selection.max_quality is not None:
        where.append(Segment.quality <= selection.max_quality)
    if selection.open_only:
        where.append(Segment.open_flags > 0)
    if _asks_for_a_flag(selection):
        where.append(_has_flag(selection))
    elif selection.min_severity:
        where.append(Segment.worst >= selection.min_severity.rank)
    if selection.search.needle:
        where.append(Segment.id.in_(holding(session, selection.project_id, selection.search)))
    return where


def _asks_for_a_flag(selection: Selection) -> bool:
    """Do the repeated columns not say enough? They know of open flags, and not of their checks."""
    return bool(selection.checks or (selection.min_severity and not selection.open_only))


def _has_flag(selection: Selection) -> ColumnElement[bool]:
    """One flag that has all that is asked for."""
    mine: list[ColumnElement[bool]] = []
    if selection.open_only:
        mine.append(Flag.state == FlagState.OPEN.value)
    if selection.min_severity:
        ranks = [str(s) for s in Severity if s.rank >= selection.min_severity.rank]
        mine.append(Flag.severity.in_(ranks))
    if selection.checks:
        mine.append(Flag.check.in_(sorted(selection.checks)))
    if selection.muted:
        mine.append((Flag.state != FlagState.OPEN.value) | Flag.check.not_in(sorted(selection.muted)))
    return Segment.id.in_(select(Flag.segment_id).where(*mine))


def _after(segment: Segment, order: str) -> ColumnElement[bool]:
    """Rows that come after ``segment`` as :func:`_ordered` puts them; never NULL."""
    later = tuple_(Segment.document_id, Segment.position) > tuple_(segment.document_id, segment.position)
    if order == "harm":
        return or_(Segment.harm < segment.harm, and_(Segment.harm == segment.harm, later))
    if order == "score":
        last = Segment.quality.is_(None)
        if segment.quality is None:
            return and_(last, later)
        known = func.coalesce(Segment.quality, -1.0)
        return or_(last, known > segment.quality, and_(known == segment.quality, later))
    return later


def _ordered(query: Select[T], order: str) -> Select[T]:
    if order == "harm":
        return query.order_by(Segment.harm.desc(), Segment.document_id, Segment.position)
    if order == "score":
        return query.order_by(Segment.quality.asc().nulls_last(), Segment.document_id, Segment.position)
    return query.order_by(Segment.document_id, Segment.position)
