"""The opened record: who acts, what is noted in the audit trail, how rows become views."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from qa.errors import PermissionDenied
from qa.review import inputs, pictures
from qa.review.roles import Action, require
from qa.review.views import (
    Actor,
    CountedProject,
    DocumentView,
    Role,
    SegmentView,
)
from qa.store import schema
from qa.store.engine import Database
from qa.store.repository import Counts, Records
from qa.store.text import fold

__all__ = ["Record", "muted_checks"]


class Record:
    """The record of one database. Safe to share between threads.

    ``local`` is the policy of a single desk: any name may act in any role. Otherwise people and their
    roles are those held in the store, and the first person is added by whoever sets the database up.
    """

    def __init__(self, database: Database, *, local: bool = True) -> None:
        self._database = database
        self.local = local

    @classmethod
    def open(cls, url: str | Path | None = None, *, local: bool = True) -> Self:
        """Open a database: a path or URL; None is ``RELECTURE_DATABASE`` or the user's data folder.

        Raises StoreError, in one line, when it cannot be used.
        """
        return cls(Database.open(url), local=local)

    @property
    def database(self) -> str:
        """The database's path, or its URL without password."""
        return self._database.name

    def close(self) -> None:
        self._database.close()

    def _acting(self, records: Records, actor: Actor, action: Action, *, first: bool = False) -> Actor:
        """The actor, checked: a name, a role they hold, and one that may do ``action``."""
        name, role = inputs.name(actor.name, "person"), Role(actor.role)
        if first:
            return Actor(name, role)
        if not self.local:
            person = records.person(fold(name))
            if person is None or str(role) not in records.roles().get(person.id, ()):
                raise PermissionDenied(f"{name} does not hold the role {role} here; a QA lead can give it")
            name = person.name
        require(role, action)
        return Actor(name, role)

    def _record(
        self,
        records: Records,
        actor: Actor,
        action: Action,
        *,
        data: dict[str, Any],
        project_id: int | None = None,
        document_id: int | None = None,
        segment_id: int | None = None,
    ) -> schema.Event:
        return records.add(
            schema.Event(
                at=datetime.now(UTC),
                actor=actor.name,
                role=str(actor.role),
                action=str(action),
                project_id=project_id,
                document_id=document_id,
                segment_id=segment_id,
                data=data,
            )
        )

    def _segment_view(self, records: Records, row: schema.Segment) -> SegmentView:
        muted = muted_checks(records.get(schema.Project, row.project_id))
        return pictures.segment_views(records, [row], muted)[0]

    def _project_view(self, records: Records, row: schema.Project) -> CountedProject:
        counts = records.counts(row.id, muted_checks(row))
        return pictures.counted_project(row, counts, len(records.document_names(row.id)))

    def _document_view(self, records: Records, row: schema.Document) -> DocumentView:
        muted = muted_checks(records.get(schema.Project, row.project_id))
        counts = records.counts(row.project_id, muted).get(row.id, Counts({}, {}, None))
        return pictures.document_view(row, counts)


def muted_checks(project: schema.Project) -> frozenset[str]:
    """Checks whose open flags the project does not count."""
    return frozenset(project.policy["muted_checks"])
