"""Taking documents out of a project, and bringing them back.

Nothing is deleted: texts, revisions, flags, comments and the trail stay as they are. A withdrawn document is
left out of every list, count, search, figure and export (``qa.store.selections``), and nobody can change
anything of it until it is restored.
"""

from __future__ import annotations

from datetime import UTC, datetime

from qa.errors import ConflictError, NotFoundError
from qa.review.record import Record
from qa.review.roles import Action
from qa.review.views import Actor, Withdrawn
from qa.store import schema, withdrawals
from qa.store.repository import Records

__all__ = ["Withdrawing"]


class Withdrawing(Record):
    """What is done with documents that do not belong in their project, or no longer."""

    def withdrawn(self, project_id: int) -> list[Withdrawn]:
        """The withdrawn documents of a project, the latest withdrawal first."""
        with self._database.read() as records:
            records.get(schema.Project, project_id)
            return [Withdrawn(*row) for row in withdrawals.withdrawn(records, project_id)]

    def withdraw(self, actor: Actor, document_id: int) -> Withdrawn:
        """Take a document out of its project.

        Changes of it that are under way come to their end first. Raises WithdrawnError when somebody has
        withdrawn it already.
        """
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.WITHDRAW)
            document = _locked(records, document_id)
            withdrawals.refuse(records, document.id)
            records.add(schema.Withdrawal(document_id=document.id, person=actor.name, at=datetime.now(UTC)))
            done = _one(records, document)
            data = {"name": done.name, "segments": done.segments, "done": done.done}
            self._note(records, actor, Action.WITHDRAW, document, data)
            return done

    def restore(self, actor: Actor, document_id: int, at: datetime) -> Withdrawn:
        """Bring a document back as it was; returns what its withdrawal had been.

        ``at`` tells the withdrawal that the caller saw. Raises ConflictError when the document has been
        restored, or withdrawn again, in the meantime.
        """
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.RESTORE)
            document = _locked(records, document_id)
            row = withdrawals.withdrawal(records, document.id)
            if row is None:
                raise ConflictError(f"{document.name} has been restored already; reload the page")
            if row.at != at:
                raise ConflictError(
                    f"{document.name} was withdrawn again by {row.person} in the meantime; look at it again"
                )
            done = _one(records, document)
            records.session.delete(row)
            self._note(
                records, actor, Action.RESTORE, document, {"name": done.name, "withdrawn_by": row.person}
            )
            return done

    def _note(
        self, records: Records, actor: Actor, action: Action, row: schema.Document, data: dict[str, object]
    ) -> None:
        ids = {"project_id": row.project_id, "document_id": row.id}
        self._record(records, actor, action, data=data, **ids)


def _locked(records: Records, document_id: int) -> schema.Document:
    document = records.get(schema.Document, document_id)
    withdrawals.lock(records, document.id)
    return document


def _one(records: Records, document: schema.Document) -> Withdrawn:
    for row in withdrawals.withdrawn(records, document.project_id):
        if row[0] == document.id:
            return Withdrawn(*row)
    raise NotFoundError(f"{document.name} is not withdrawn")
