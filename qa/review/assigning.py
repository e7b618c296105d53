"""Assignments: whose turn which segments are. They say where to begin, and keep nobody from anything."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from qa.errors import NotFoundError, StoreError, UsageError
from qa.model import SegmentState
from qa.review import inputs
from qa.review.record import Record
from qa.review.roles import Action, allowed
from qa.review.views import Actor, Assigned, Part, Role
from qa.store import alignment, assignments, schema, withdrawals
from qa.store.repository import Records
from qa.store.text import fold

__all__ = ["Assigning"]

_AT_ONCE = 2_000
"""Segments that change hands in one transaction."""
_PAUSE = 0.01
"""Seconds between two of them, in which whoever waits to save gets a turn."""

_Stretch = tuple[int, list[int]]
"""A document and the ids of some of its segments."""


class Assigning(Record):
    """Giving parts of documents to people."""

    def assign(self, actor: Actor, parts: Iterable[Part], name: str) -> int:
        """Make ``parts`` somebody's turn, whoever had them before; an empty name takes them back.

        Returns how many segments changed hands. More than ``_AT_ONCE`` go hand by hand, each as many in a
        transaction and with an event of its own, so that nobody who saves meanwhile waits long. Whatever can
        be wrong with the order is found before anything is written: NotFoundError for a document or person
        that is not here (WithdrawnError for a withdrawn document), UsageError for segments a document does
        not have and for somebody whose roles do not edit. StoreError, where the store fails on the way, says
        how far it went.
        """
        name = inputs.name(name, "person") if name.strip() else ""
        with self._database.read() as records:
            self._acting(records, actor, Action.ASSIGN)
            if name and not self.local:
                name = _editor(records, name)
            # In the order of their numbers, so that two leads cannot wait for each other.
            ordered = sorted(parts, key=lambda part: part.document_id)
            # By id: a repair in between renumbers.
            wanted = [(part.document_id, _segments(records, part)) for part in ordered]
        changed = 0
        for number, stretches in enumerate(_some_at_a_time(wanted)):
            if number:
                time.sleep(_PAUSE)
            try:
                changed += self._assign_some(actor, stretches, name)
            except StoreError as error:
                if not changed:
                    raise
                raise StoreError(
                    f"{error}; {changed:,} segments were assigned by then, assign again for the rest"
                ) from error
        return changed

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

    def _assign_some(self, actor: Actor, stretches: Iterable[_Stretch], name: str) -> int:
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.ASSIGN)
            return sum(self._hand_over(records, actor, document, ids, name) for document, ids in stretches)

    def _hand_over(self, records: Records, actor: Actor, document_id: int, ids: list[int], name: str) -> int:
        # Its order of segments must stay while a stretch of it is told by positions.
        document = alignment.lock_document(records, document_id)
        before, first, last = assignments.holders(records, ids)
        who = _assignee(records, document.project_id, name)
        changed = sum(number for holder, number in before.items() if holder != who)
        if not changed:
            return 0
        assignments.give(records, ids, who)
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


def _some_at_a_time(wanted: Iterable[_Stretch]) -> Iterator[list[_Stretch]]:
    """The stretches, cut and put together so that ``_AT_ONCE`` segments come at a time."""
    batch: list[_Stretch] = []
    room = _AT_ONCE
    for document, ids in wanted:
        while ids:
            batch.append((document, ids[:room]))
            ids, room = ids[room:], room - len(ids[:room])
            if not room:
                yield batch
                batch, room = [], _AT_ONCE
    if batch:
        yield batch


def _editor(records: Records, name: str) -> str:
    """The person's name as the store writes it, if they may edit at all."""
    person = records.person(fold(name))
    if person is None:
        raise NotFoundError(f"there is nobody called {name!r} here; add them first")
    held = records.roles().get(person.id, set())
    if not any(allowed(Role(role), Action.SUBMIT) for role in held):
        raise UsageError(f"{person.name} holds no role that edits; give them one on the page People first")
    return person.name


def _segments(records: Records, part: Part) -> list[int]:
    """The ids of a part, in order; raises UsageError where the document has no such segments."""
    document = withdrawals.document(records, part.document_id)
    length = alignment.length(records, document.id)
    last = length if part.last is None else part.last
    if not 1 <= part.first <= last <= length:
        raise UsageError(
            f"{document.name} has segments 1 to {length}; {part.first} to {last} is no stretch of them"
        )
    return assignments.stretch(records, document.id, part.first, last)


def _assignee(records: Records, project_id: int, name: str) -> int | None:
    if not name:
        return None
    row = assignments.assignee(records, project_id, fold(name))
    if row is None:
        row = records.add(schema.Assignee(project_id=project_id, key=fold(name), name=name))
    return row.id
