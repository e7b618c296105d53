"""Assignments: whose turn which segments are. They say where to begin, and keep nobody from anything."""

from __future__ import annotations

from collections.abc import Iterable

from qa.errors import NotFoundError, UsageError
from qa.model import SegmentState
from qa.review import inputs
from qa.review.record import Record
from qa.review.roles import Action, allowed
from qa.review.views import Actor, Assigned, Part, Role
from qa.store import alignment, assignments, schema
from qa.store.repository import Records
from qa.store.text import fold

__all__ = ["Assigning"]


class Assigning(Record):
    """Giving parts of documents to people."""

    def assign(self, actor: Actor, parts: Iterable[Part], name: str) -> int:
        """Make ``parts`` somebody's turn, whoever had them before; an empty name takes them back.

        All or, on any error, nothing; returns how many segments changed hands. Raises NotFoundError for a
        document or person that is not here, UsageError for segments a document does not have and for
        somebody whose roles do not edit.
        """
        name = inputs.name(name, "person") if name.strip() else ""
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.ASSIGN)
            if name and not self.local:
                name = _editor(records, name)
            # In the order of their numbers, so that two leads cannot wait for each other.
            ordered = sorted(parts, key=lambda part: part.document_id)
            return sum(self._assign_part(records, actor, part, name) for part in ordered)

    def assignments(self, project_id: int) -> list[Assigned]:
        """Who has what of a project, by document, in the order of their first segments."""
        with self._database.read() as records:
            records.get(schema.Project, project_id)
            parts: dict[tuple[int, int], list[Part]] = {}
            for run in assignments.runs(records, project_id):
                mine = parts.setdefault((run.document_id, run.assignee_id), [])
                mine.append(Part(run.document_id, run.first, run.last))
            states: dict[tuple[int, int], dict[SegmentState, int]] = {}
            for who, document, state, number in assignments.counts(records, project_id):
                states.setdefault((document, who), {})[SegmentState(state)] = number
            names = assignments.assignees(records, project_id)
            return [
                Assigned(names[who], document, tuple(mine), states[document, who])
                for (document, who), mine in parts.items()
            ]

    def has_assignment(self, project_id: int, name: str, document_id: int | None = None) -> bool:
        """Is anything in the project, or in one document of it, this person's turn?"""
        with self._database.read() as records:
            row = assignments.assignee(records, project_id, fold(name))
            return row is not None and assignments.has_any(records, project_id, row.id, document_id)

    def _assign_part(self, records: Records, actor: Actor, part: Part, name: str) -> int:
        # Its order of segments must stay while a stretch of it is told by positions.
        document = alignment.lock_document(records, part.document_id)
        first, last = _stretch(records, document, part)
        before = assignments.holders(records, document.id, first, last)
        who = _assignee(records, document.project_id, name)
        changed = sum(number for holder, number in before.items() if holder != who)
        if not changed:
            return 0
        assignments.give(records, document.id, first, last, who)
        names = assignments.assignees(records, document.project_id)
        self._record(
            records,
            actor,
            Action.ASSIGN,
            project_id=document.project_id,
            document_id=document.id,
            data={
                "assignee": name,
                "segments": [first, last],
                "before": {names[holder]: n for holder, n in before.items() if holder is not None},
            },
        )
        return changed


def _editor(records: Records, name: str) -> str:
    """The person's name as the store writes it, if they may edit at all."""
    person = records.person(fold(name))
    if person is None:
        raise NotFoundError(f"there is nobody called {name!r} here; add them first")
    held = records.roles().get(person.id, set())
    if not any(allowed(Role(role), Action.SUBMIT) for role in held):
        raise UsageError(f"{person.name} holds no role that edits; give them one on the page People first")
    return person.name


def _stretch(records: Records, document: schema.Document, part: Part) -> tuple[int, int]:
    """The positions a part is about; raises UsageError where the document has no such segments."""
    length = alignment.length(records, document.id)
    last = length if part.last is None else part.last
    if not 1 <= part.first <= last <= length:
        raise UsageError(
            f"{document.name} has segments 1 to {length}; {part.first} to {last} is no stretch of them"
        )
    return part.first, last


def _assignee(records: Records, project_id: int, name: str) -> int | None:
    if not name:
        return None
    row = assignments.assignee(records, project_id, fold(name))
    if row is None:
        row = records.add(schema.Assignee(project_id=project_id, key=fold(name), name=name))
    return row.id
