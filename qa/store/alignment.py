"""The rows of an alignment: its links without their texts, their order, and what repairs it had."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update

from qa.errors import NotFoundError
from qa.store.repository import Records
from qa.store.schema import Document, DocumentSentences, Event, Segment
from qa.store.selections import LIVING
from qa.store.withdrawals import refuse

__all__ = [
    "LinkRow",
    "length",
    "lineage",
    "link_rows",
    "lock_document",
    "lock_segments",
    "makeshift",
    "place",
    "sentences",
    "target_spans",
    "trail",
]

_ASIDE = 1_000_000_000
"""Positions below minus this are on their way from one place to another: a place is taken once only, also
in the middle of a statement."""
_MAKESHIFT = 500_000_000
"""Positions between minus this and the one above are of new segments; those of retired ones are above."""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A segment as a link."""

    id: int
    position: int
    version: int
    state: str
    link_score: float
    source_index: Sequence[int]
    target_index: Sequence[int]


def link_rows(records: Records, document_id: int) -> list[LinkRow]:
    """The links of a document in order, without texts."""
    columns = (
        Segment.id,
        Segment.position,
        Segment.version,
        Segment.state,
        Segment.link_score,
        Segment.source_index,
        Segment.target_index,
    )
    query = select(*columns).where(Segment.document_id == document_id, LIVING).order_by(Segment.position)
    return [LinkRow(*row) for row in records.session.execute(query)]


def length(records: Records, document_id: int) -> int:
    """The number of segments of a document: the position of its last."""
    query = select(func.max(Segment.position)).where(Segment.document_id == document_id, Segment.position > 0)
    return records.session.scalar(query) or 0


def sentences(records: Records, document_id: int) -> DocumentSentences | None:
    """The borders of the document's sentences, where they are known."""
    return records.session.get(DocumentSentences, document_id)


def target_spans(records: Records, document_id: int) -> Sequence[tuple[int | None, int | None]]:
    """Where the segments of a document stand in the machine's text, in order."""
    query = select(Segment.target_start, Segment.target_end).where(Segment.document_id == document_id, LIVING)
    return [(row[0], row[1]) for row in records.session.execute(query.order_by(Segment.position))]


def lock_document(records: Records, document_id: int) -> Document:
    """The document, its order of segments kept from others' repairs until the transaction ends.

    Raises WithdrawnError where it is withdrawn.
    """
    row = records.get(Document, document_id)
    # Not from what merely refers to it: whoever saves a segment holds that and writes an event next.
    lock = select(Document.id).where(Document.id == document_id).with_for_update(key_share=True)
    records.session.execute(lock)
    refuse(records, row.id)
    return row


def lock_segments(records: Records, ids: Collection[int]) -> list[Segment]:
    """These segments in the order of their positions, kept from others' changes."""
    query = select(Segment).where(Segment.id.in_(sorted(ids))).order_by(Segment.id).with_for_update()
    rows = records.session.scalars(query.execution_options(populate_existing=True)).all()
    if missing := set(ids) - {row.id for row in rows}:
        raise NotFoundError(f"there is no segment {min(missing)}")
    return sorted(rows, key=lambda row: row.position)


def makeshift(first: int, number: int) -> int:
    """A position for the ``number``-th segment that replaces ``first`` and others, until ``place`` gives it
    one: nobody else can hold it, as ``first`` is locked."""
    return -_MAKESHIFT - first - number


def place(
    records: Records, document_id: int, start: int, old: Sequence[int], new: Sequence[int], end: int
) -> None:
    """Give the ids ``new`` the positions from ``start`` on, in order; ``old`` held ``start`` to ``end - 1``.

    Ids of ``old`` that are not in ``new`` are retired; what comes after moves up or down.
    """
    session = records.session
    session.flush()
    mine = Segment.document_id == document_id
    session.execute(update(Segment), [{"id": id, "position": -id} for id in {*old, *new}])
    delta = start + len(new) - end
    if delta:
        # In two steps, through positions nobody holds.
        for where, value in (
            (Segment.position >= end, -_ASIDE - Segment.position),
            (Segment.position < -_ASIDE, delta - _ASIDE - Segment.position),
        ):
            session.execute(
                update(Segment)
                .where(mine, where)
                .values(position=value)
                .execution_options(synchronize_session=False)
            )
    session.execute(update(Segment), [{"id": id, "position": start + n} for n, id in enumerate(new)])
    session.expire_all()


def trail(records: Records, document_id: int, actions: Collection[str]) -> Sequence[Event]:
    """The document's events of these actions, newest first."""
    query = select(Event).where(Event.document_id == document_id, Event.action.in_(sorted(actions)))
    return records.session.scalars(query.order_by(Event.id.desc())).all()


def lineage(records: Records, segment_id: int) -> tuple[set[int], list[Event]]:
    """The segments a segment was made of by repairs, itself included, and the repairs that did it."""
    ids: set[int] = set()
    repairs: dict[int, Event] = {}
    waiting = [segment_id]
    while waiting:
        row = records.get(Segment, waiting.pop())
        ids.add(row.id)
        if row.repair_id is None:
            continue
        event = repairs.setdefault(row.repair_id, records.get(Event, row.repair_id))
        waiting += [id for id in event.data["made"][str(row.id)] if id not in ids]
    return ids, list(repairs.values())
