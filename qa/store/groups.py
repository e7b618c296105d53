"""The rows of decisions about several segments at once: what is alike, what can be approved, what belongs
together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, insert, select, update

from qa.model import FlagState, SegmentState, Severity
from qa.store.repository import Records
from qa.store.schema import Event, Flag, Segment
from qa.store.selections import LIVING

__all__ = [
    "Brief",
    "Waiting",
    "alike_flags",
    "alike_segments",
    "alter",
    "authors",
    "briefs",
    "count_alike_flags",
    "count_untouched",
    "group_events",
    "last_group",
    "renderings",
    "waiting",
    "write_events",
]

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Brief:
    """What approving looks at of a segment, without its texts. ``worst`` is -1 without an open flag;
    ``empty``: its source has no translation."""

    id: int
    project_id: int
    document_id: int
    position: int
    version: int
    state: str
    author: str
    approver: str
    worst: int
    quality: float | None
    empty: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """Revised segments: ``ready`` can be approved (id and version each, in order); the others are counted
    by the first reason that holds."""

    ready: Sequence[tuple[int, int]]
    own: int
    empty: int
    flagged: int
    low: int


_EMPTY = and_(func.trim(Segment.text, " \t\r\n") == "", func.trim(Segment.source, " \t\r\n") != "")
"""A translation of nothing but white space."""


def _like(origin: Segment) -> list[ColumnElement[bool]]:
    return [
        Segment.project_id == origin.project_id,
        Segment.alike_key == origin.alike_key,
        # The key is short: two sources may share it.
        Segment.source == origin.source,
        Segment.id != origin.id,
        LIVING,
    ]


def alike_segments(records: Records, origin: Segment, limit: int) -> Sequence[Segment]:
    """Segments of the project with the source of ``origin``, in document order; of additions, with its
    machine text. Those that have its text already are left out."""
    query = select(Segment).where(*_like(origin), Segment.text != origin.text)
    return records.session.scalars(query.order_by(Segment.document_id, Segment.position).limit(limit)).all()


def count_untouched(records: Records, origin: Segment) -> int:
    """How many segments with the source and machine text of ``origin`` nobody has worked on."""
    query = select(func.count()).where(
        *_like(origin),
        Segment.mt == origin.mt,
        Segment.text != origin.text,
        Segment.state == SegmentState.MACHINE.value,
    )
    return records.session.scalar(query) or 0


def renderings(records: Records, rows: Sequence[Segment]) -> dict[int, list[tuple[str, str, int, int]]]:
    """Segment → how the segments of its document with its source read: text, machine text, the position of
    the first and their number, in document order."""
    wanted = (Segment.document_id, Segment.alike_key, Segment.source)
    query = (
        select(*wanted, Segment.text, Segment.mt, func.min(Segment.position), func.count())
        .where(
            Segment.project_id.in_({row.project_id for row in rows}),
            Segment.document_id.in_({row.document_id for row in rows}),
            Segment.alike_key.in_({row.alike_key for row in rows}),
            LIVING,
        )
        .group_by(*wanted, Segment.text, Segment.mt)
        .order_by(func.min(Segment.position))
    )
    found: dict[tuple[int, str | None, str], list[tuple[str, str, int, int]]] = {}
    for row in records.session.execute(query):
        found.setdefault((row[0], row[1], row[2]), []).append((row[3], row[4], row[5], row[6]))
    return {row.id: found.get((row.document_id, row.alike_key, row.source), []) for row in rows}


def alike_flags(
    records: Records, flag: Flag, project_id: int, words: Mapping[str, Sequence[str]], limit: int
) -> list[tuple[int, int]]:
    """The open flags of a project with the check, the side and the span text of ``flag`` whose parameters
    have one of the ``words`` each, in document order: the ids of flag and segment, at most ``limit``."""
    query = (
        select(Flag.id, Segment.id)
        .join(Segment, Flag.segment_id == Segment.id)
        .where(*_flags_like(flag, project_id, words))
        .order_by(Segment.document_id, Segment.position, Flag.id)
    )
    return [(row[0], row[1]) for row in records.session.execute(query.limit(limit))]


def count_alike_flags(
    records: Records, flag: Flag, project_id: int, words: Mapping[str, Sequence[str]], limit: int
) -> int:
    """How many there are, counted up to ``limit``."""
    some = (
        select(Flag.id)
        .join(Segment, Flag.segment_id == Segment.id)
        .where(*_flags_like(flag, project_id, words))
        .limit(limit)
    )
    return records.session.scalar(select(func.count()).select_from(some.subquery())) or 0


def _flags_like(flag: Flag, project_id: int, words: Mapping[str, Sequence[str]]) -> list[ColumnElement[bool]]:
    return [
        Flag.check == flag.check,
        # All of them: with it, the index leads to the open ones.
        Flag.severity.in_([str(severity) for severity in Severity]),
        Flag.state == FlagState.OPEN.value,
        Flag.text == flag.text,
        Flag.side == flag.side,
        Flag.id != flag.id,
        *(
            func.coalesce(Flag.params[name].as_string(), "").in_(sorted(forms))
            for name, forms in words.items()
        ),
        Segment.project_id + 0 == project_id,
        LIVING,
    ]


def authors(records: Records, project_id: int) -> Sequence[str]:
    """Who wrote a text of the project that waits for approval."""
    query = select(Segment.author).where(
        Segment.project_id == project_id, Segment.state == SegmentState.REVISED.value, LIVING
    )
    return records.session.scalars(query.distinct()).all()


def waiting(
    records: Records,
    project_id: int,
    document_id: int | None,
    *,
    excluded: Sequence[str],
    severity: Severity,
    quality: float,
    limit: int,
) -> Waiting:
    """Revised segments that ``excluded`` people did not write, with a translation, no open flag of
    ``severity`` or worse, and of estimated ``quality`` or better (0 asks for no estimate); at most ``limit``
    of them."""
    mine = [
        Segment.project_id == project_id,
        Segment.state == SegmentState.REVISED.value,
        LIVING,
    ]
    if document_id is not None:
        mine.append(Segment.document_id == document_id)
    own = Segment.author.in_(sorted(excluded))
    flagged = Segment.worst >= severity.rank
    low = func.coalesce(Segment.quality, -1.0) < quality if quality > 0 else Segment.id < 0
    reason = case((own, "own"), (_EMPTY, "empty"), (flagged, "flagged"), (low, "low"), else_="ready")
    # A subquery, as PostgreSQL takes one expression with parameters for two when it is grouped by.
    reasons = select(reason.label("reason")).where(*mine).subquery()
    counts: dict[str, int] = dict(
        records.session.execute(select(reasons.c.reason, func.count()).group_by(reasons.c.reason)).all()
    )
    query = select(Segment.id, Segment.version).where(*mine, reason == "ready")
    rows = records.session.execute(query.order_by(Segment.document_id, Segment.position).limit(limit))
    ready = [(row[0], row[1]) for row in rows]
    return Waiting(ready, *(counts.get(name, 0) for name in ("own", "empty", "flagged", "low")))


def briefs(records: Records, ids: Iterable[int]) -> Iterator[list[Brief]]:
    """These segments, some hundreds at a time, kept from others' changes until the transaction ends."""
    wanted = sorted(set(ids))
    columns = [_EMPTY if name == "empty" else getattr(Segment, name) for name in Brief.__slots__]
    for start in range(0, len(wanted), _CHUNK):
        query: Select[Any] = select(*columns).where(Segment.id.in_(wanted[start : start + _CHUNK]))
        yield [Brief(*row) for row in records.session.execute(query.order_by(Segment.id).with_for_update())]


def alter(records: Records, ids: Sequence[int], values: Mapping[str, Any]) -> None:
    """Change locked segments, at most as many as ``briefs`` gives at a time, and raise their versions."""
    records.session.execute(
        update(Segment)
        .where(Segment.id.in_(ids))
        .values(version=Segment.version + 1, **values)
        .execution_options(synchronize_session=False)
    )


def write_events(records: Records, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write events in bulk, without asking for their ids."""
    records.session.execute(insert(Event), [dict(row) for row in rows])


def group_events(records: Records, group_id: str) -> Sequence[Event]:
    """The events of one decision about several segments, and of taking it back, oldest first."""
    return records.session.scalars(select(Event).where(Event.group_id == group_id).order_by(Event.id)).all()


def last_group(records: Records, project_id: int, actor: str, undoing: str) -> str | None:
    """The person's newest group in the project that has no event of the action ``undoing``."""
    undone = func.sum(case((Event.action == undoing, 1), else_=0))
    return records.session.scalar(
        select(Event.group_id)
        .where(Event.project_id == project_id, Event.actor == actor, Event.group_id.is_not(None))
        .group_by(Event.group_id)
        .having(undone == 0)
        .order_by(func.max(Event.id).desc())
        .limit(1)
    )
