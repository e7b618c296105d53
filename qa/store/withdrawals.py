"""The rows of withdrawn documents: which they are, and keeping everybody out of one.

On PostgreSQL, ``hold`` and ``lock`` order each other: whoever changes something of a document holds a lock
that allows others the same, and whoever withdraws it waits until they are done. SQLite has one writer anyway.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import case, func, select

from qa.errors import WithdrawnError
from qa.model import SegmentState
from qa.store.repository import Records
from qa.store.schema import Document, Segment, Withdrawal

__all__ = ["among", "document", "hold", "lock", "refuse", "segment", "told", "withdrawal", "withdrawn"]

_CHUNK = 500


def withdrawal(records: Records, document_id: int) -> Withdrawal | None:
    """The document's withdrawal; None where it is in its project."""
    return records.session.get(Withdrawal, document_id, populate_existing=True)


def withdrawn(records: Records, project_id: int) -> list[tuple[int, str, str, datetime, int, int]]:
    """The withdrawn documents of a project, the latest withdrawal first: id, name, who, when, the number of
    segments, and of those that were revised or approved."""
    done = Segment.state.in_([SegmentState.REVISED.value, SegmentState.APPROVED.value])
    columns = Document.id, Document.name, Withdrawal.person, Withdrawal.at
    query = (
        select(*columns, func.count(Segment.id), func.coalesce(func.sum(case((done, 1), else_=0)), 0))
        .join(Withdrawal, Withdrawal.document_id == Document.id)
        .outerjoin(Segment, (Segment.document_id == Document.id) & (Segment.position > 0))
        .where(Document.project_id == project_id)
        .group_by(*columns)
        .order_by(Withdrawal.at.desc(), Document.id.desc())
    )
    return [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in records.session.execute(query)]


def among(records: Records, document_ids: Collection[int]) -> set[int]:
    """Those of some hundred documents that are withdrawn."""
    query = select(Withdrawal.document_id).where(Withdrawal.document_id.in_(sorted(document_ids)))
    return set(records.session.scalars(query))


def document(records: Records, id: int) -> Document:
    """The document; raises NotFoundError, and WithdrawnError where it is withdrawn."""
    row = records.get(Document, id)
    refuse(records, row.id)
    return row


def segment(records: Records, id: int) -> Segment:
    """The segment; raises NotFoundError, and WithdrawnError where its document is withdrawn."""
    row = records.get(Segment, id)
    refuse(records, row.document_id)
    return row


def refuse(records: Records, document_id: int) -> None:
    """Raises WithdrawnError, saying by whom and since when, where the document is withdrawn."""
    row = withdrawal(records, document_id)
    if row is not None:
        name = records.session.scalar(select(Document.name).where(Document.id == document_id))
        raise WithdrawnError(
            document_id,
            f"{name} was withdrawn by {row.person} on {row.at:%d %b %Y, %H:%M} UTC; a QA lead can restore it "
            "on the page Documents",
        )


def lock(records: Records, document_id: int) -> None:
    """Wait until nobody changes anything of the document, and keep everybody from it until the transaction
    ends."""
    records.session.execute(select(Document.id).where(Document.id == document_id).with_for_update())


def hold(records: Records, document_id: int) -> None:
    """Keep the document from being withdrawn until the transaction ends; raises WithdrawnError."""
    kept = select(Document.id).where(Document.id == document_id)
    records.session.execute(kept.with_for_update(read=True, key_share=True))
    refuse(records, document_id)


def told(records: Records, segment_ids: Collection[int]) -> dict[int, str]:
    """What to say of those documents of these segments that are withdrawn, by id; the others are held."""
    wanted, documents = sorted(set(segment_ids)), set[int]()
    for start in range(0, len(wanted), _CHUNK):
        # The number alone: a row read before it is locked may have changed by then.
        query = select(Segment.document_id).where(Segment.id.in_(wanted[start : start + _CHUNK]))
        documents.update(records.session.scalars(query.distinct()))
    said: dict[int, str] = {}
    for id in sorted(documents):
        try:
            hold(records, id)
        except WithdrawnError as error:
            said[id] = str(error)
    return said
