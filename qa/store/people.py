"""The rows of people: who has which address, who is invited, who has worked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text

from qa.store.repository import Records
from qa.store.schema import Event, Invitation, Person
from qa.store.text import same_address

__all__ = ["Work", "invitation", "invitations", "lock", "with_address", "work"]


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody has done in one role: the number of events and the time of the newest."""

    name: str
    role: str
    changes: int
    last: datetime


def lock(records: Records) -> None:
    """Keep others from changing people until the transaction ends: who is first, and who is the last lead,
    is asked of the whole table. On SQLite every writing transaction does this anyway."""
    if records.session.get_bind().dialect.name == "postgresql":
        records.session.execute(text("LOCK TABLE person IN SHARE ROW EXCLUSIVE MODE"))


def with_address(records: Records, address: str) -> list[Person]:
    """The people who have the e-mail address: one at most, unless an earlier release took it twice."""
    # In Python: databases disagree about what lower case is, and addresses must match to the letter.
    return [row for row in records.people() if row.email and same_address(row.email, address)]


def invitations(records: Records) -> Sequence[Invitation]:
    """Those not yet taken up, by address."""
    return records.session.scalars(select(Invitation).order_by(Invitation.email)).all()


def invitation(records: Records, address: str) -> Invitation | None:
    return next((row for row in invitations(records) if same_address(row.email, address)), None)


def work(records: Records) -> list[Work]:
    """Everybody who stands in the audit trail, by name and role."""
    rows = records.session.execute(
        select(Event.actor, Event.role, func.count(), func.max(Event.at, type_=Event.at.type))
        .group_by(Event.actor, Event.role)
        .order_by(Event.actor, Event.role)
    )
    return [Work(*row) for row in rows]
