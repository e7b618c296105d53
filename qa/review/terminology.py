"""The glossary of a project: terms that people add while they work, for the checks that follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from qa.errors import LimitError, PermissionDenied, UsageError
from qa.review import inputs
from qa.review.changes import same_person
from qa.review.record import Record
from qa.review.roles import Action
from qa.review.views import Actor, Role
from qa.store import schema, tallies
from qa.store import terms as rows
from qa.store.text import clean, fold
from qa.terms.glossary import Glossary, Term

__all__ = ["MOST_TERMS", "TermKind", "TermView", "Terminology"]

TermKind = Literal["preferred", "forbidden"]

MOST_TERMS = 20_000
"""Terms one project holds; a larger glossary is a file."""
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class TermView:
    """One rendering of a source term: what it is to be translated as, or must not be."""

    id: int
    source: str
    target: str
    kind: TermKind
    note: str
    author: str
    created: datetime


class Terminology(Record):
    """What is done with a project's terms."""

    def terms(self, project_id: int) -> list[TermView]:
        """The terms that stand, in the order they were added."""
        with self._database.read() as records:
            records.get(schema.Project, project_id)
            return [_view(row) for row in rows.terms(records, project_id)]

    def glossary(self, project_id: int) -> Glossary:
        """The terms as checks take them: one a source term, with its renderings together."""
        by_source: dict[str, list[TermView]] = {}
        for term in self.terms(project_id):
            by_source.setdefault(term.source, []).append(term)
        return Glossary(tuple(_term(source, found) for source, found in by_source.items()))

    def add_term(
        self, actor: Actor, project_id: int, source: str, target: str, kind: TermKind, note: str = ""
    ) -> TermView:
        """Add a rendering; one that is there already stays as it is, and nothing is recorded.

        Raises UsageError when a side is empty, the kind is none, or the rendering is there as the other kind;
        LimitError beyond 200 characters or ``MOST_TERMS`` terms.
        """
        source, target = _words(source, "source"), _words(target, "target")
        note = inputs.note(note)
        if kind not in get_args(TermKind):
            raise UsageError(f"a term is {' or '.join(get_args(TermKind))}, not {kind!r}")
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.ADD_TERM)
            project = tallies.lock_project(records, project_id)
            standing = rows.terms(records, project.id)
            for row in standing:
                if (fold(row.source), fold(row.target)) == (fold(source), fold(target)):
                    if row.kind != kind:
                        raise UsageError(
                            f"the glossary has “{row.target}” for “{row.source}” as {row.kind} already "
                            f"(added by {row.author}); remove that first"
                        )
                    return _view(row)
            if len(standing) >= MOST_TERMS:
                raise LimitError(
                    f"a project holds at most {MOST_TERMS:,} terms; keep them in a glossary file"
                )
            row = records.add(
                schema.Term(
                    project_id=project.id,
                    source=source,
                    target=target,
                    kind=kind,
                    note=note,
                    author=actor.name,
                    created=datetime.now(UTC),
                    removed=False,
                )
            )
            self._record(records, actor, Action.ADD_TERM, project_id=project.id, data=_data(row))
            return _view(row)

    def remove_term(self, actor: Actor, project_id: int, term_id: int) -> TermView:
        """Take a term out of the glossary; it stays in the record. One that is out already stays so.

        Raises PermissionDenied when somebody else added it and the actor is no lead.
        """
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.REMOVE_TERM)
            tallies.lock_project(records, project_id)
            row = records.get(schema.Term, term_id)
            if row.project_id != project_id:
                raise UsageError("this term belongs to another project; reload the page")
            if row.removed:
                return _view(row)
            if actor.role is not Role.LEAD and not same_person(row.author, actor.name):
                raise PermissionDenied(f"{row.author} added this term; they or a QA lead can remove it")
            row.removed = True
            self._record(records, actor, Action.REMOVE_TERM, project_id=project_id, data=_data(row))
            return _view(row)


def _words(given: str, side: str) -> str:
    out = " ".join(clean(given).split())
    if not out:
        raise UsageError(f"the term has nothing on the {side} side; select or type the words")
    if len(out) > _LONGEST:
        raise LimitError(
            f"the {side} side of the term is longer than {_LONGEST} characters; choose fewer words"
        )
    return out


def _data(row: schema.Term) -> dict[str, object]:
    return {
        "term": row.id,
        "source": row.source,
        "target": row.target,
        "kind": row.kind,
        **({"note": row.note} if row.note else {}),
    }


def _view(row: schema.Term) -> TermView:
    kind: TermKind = "forbidden" if row.kind == "forbidden" else "preferred"
    return TermView(row.id, row.source, row.target, kind, row.note, row.author, row.created)


def _term(source: str, found: list[TermView]) -> Term:
    return Term(
        source,
        tuple(term.target for term in found if term.kind == "preferred"),
        forbidden=tuple(term.target for term in found if term.kind == "forbidden"),
        note="; ".join(term.note for term in found if term.note),
    )
