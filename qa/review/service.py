"""The review service: the only writer of the record.

Every method takes who acts, in which role; checks that the role may (``roles``), that the state allows it
(``states``) and that the caller saw the latest version; then writes the change and its event in one
transaction. When a method returns, its change is on the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.errors import LimitError, NotFoundError, PermissionDenied, TransitionError, UsageError
from qa.lang import UNDETERMINED, normalise
from qa.model import CheckedDocument, Estimate, Flag, FlagState
from qa.review import pictures
from qa.review.changes import SegmentChange, same_person
from qa.review.importing import flag_values, score_values, usable, write_document
from qa.review.roles import Action, require
from qa.review.views import (
    Actor,
    CommentView,
    DocumentView,
    EventView,
    PersonView,
    Policy,
    ProjectView,
    RevisionView,
    Role,
    SegmentFilter,
    SegmentPage,
    SegmentView,
)
from qa.store import schema
from qa.store.engine import Database
from qa.store.repository import Counts, Records, Selection, one_project, some_segments
from qa.store.text import clean, fold

__all__ = ["MAX_NOTE", "MAX_TEXT", "ReviewService"]

MAX_TEXT = 100_000
"""Longest text of a segment a person may save, in code points."""
MAX_NOTE = 10_000
"""Longest comment or reason, in code points."""
_MAX_NAME = 200


class ReviewService:
    """The record of one database. Safe to share between threads.

    ``local`` is the policy of a single desk: any name may act in any role. Otherwise people and their
    roles are those held in the store, and the first person is added by whoever sets the database up.
    """

    def __init__(self, database: Database, *, local: bool = True) -> None:
        self._database = database
        self.local = local

    @classmethod
    def open(cls, url: str | Path | None = None, *, local: bool = True) -> ReviewService:
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

    # People

    def people(self) -> list[PersonView]:
        with self._database.read() as records:
            roles = records.roles()
            return [pictures.person_view(row, roles.get(row.id, ())) for row in records.people()]

    def add_person(self, actor: Actor, name: str, roles: Iterable[Role], email: str = "") -> PersonView:
        """Add somebody, or give somebody other roles and another address.

        While the store holds nobody yet, the first person is added without asking for a role.
        """
        name, email = _name(name, "person"), _note(email)
        wanted = {Role(role) for role in roles}
        if not wanted:
            raise UsageError(f"give {name} at least one role: {', '.join(Role)}")
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.ADD_PERSON, first=not records.people())
            person = records.person(fold(name)) or schema.Person(key=fold(name))
            person.name, person.email = name, email
            records.add(person)
            records.set_roles(person.id, (str(role) for role in wanted))
            self._record(
                records,
                actor,
                Action.ADD_PERSON,
                data={"name": name, "roles": sorted(wanted), "email": email},
            )
            return PersonView(name, frozenset(wanted), email)

    # Projects and documents

    def projects(self) -> list[ProjectView]:
        with self._database.read() as records:
            return [self._project_view(records, row) for row in records.projects()]

    def project(self, id: int) -> ProjectView:
        with self._database.read() as records:
            return self._project_view(records, records.get(schema.Project, id))

    def create_project(
        self, actor: Actor, name: str, source_lang: str, target_lang: str, policy: Policy | None = None
    ) -> ProjectView:
        """Raises UsageError when the name is taken or a language is none.

        The source language is ``und`` where there are translations alone.
        """
        name = _name(name, "project")
        source_lang = source_lang if source_lang == UNDETERMINED else normalise(source_lang)
        languages = source_lang, normalise(target_lang)
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.CREATE_PROJECT)
            if records.project_named(fold(name)):
                raise UsageError(f"there is a project called {name!r} already; choose another name")
            row = records.add(
                schema.Project(
                    name=name,
                    key=fold(name),
                    source_lang=languages[0],
                    target_lang=languages[1],
                    policy=pictures.policy_data(_valid(policy or Policy())),
                    created=datetime.now(UTC),
                )
            )
            self._record(
                records,
                actor,
                Action.CREATE_PROJECT,
                project_id=row.id,
                data={"name": name, "languages": list(languages), "policy": row.policy},
            )
            return self._project_view(records, row)

    def set_policy(self, actor: Actor, project_id: int, policy: Policy) -> ProjectView:
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.SET_POLICY)
            row = records.get(schema.Project, project_id)
            before, after = row.policy, pictures.policy_data(_valid(policy))
            row.policy = after
            if before["muted_checks"] != after["muted_checks"]:
                records.recount(policy.muted_checks, one_project(row.id))
            self._record(
                records, actor, Action.SET_POLICY, project_id=row.id, data={"policy": [before, after]}
            )
            return self._project_view(records, row)

    def import_document(
        self,
        actor: Actor,
        project_id: int,
        checked: CheckedDocument,
        *,
        name: str,
        mt_system: str = "",
        original: bytes | None = None,
        original_name: str = "",
    ) -> DocumentView:
        """Write a checked document: all of it or, on any error, nothing.

        ``original`` keeps the uploaded file for a round trip. NUL and lone surrogates become U+FFFD.
        """
        name = _name(name, "document")
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.IMPORT)
            project = records.get(schema.Project, project_id)
            row = write_document(
                records,
                project,
                checked,
                name=name,
                mt_system=_note(mt_system),
                original=original,
                original_name=_note(original_name),
                muted=_muted(project),
            )
            self._record(
                records,
                actor,
                Action.IMPORT,
                project_id=project.id,
                document_id=row.id,
                data={"name": name, "segments": len(checked.segments), "mt_system": row.mt_system},
            )
            return self._document_view(records, row)

    def documents(self, project_id: int) -> list[DocumentView]:
        with self._database.read() as records:
            project = records.get(schema.Project, project_id)
            counts = records.counts(project_id, _muted(project))
            nothing = Counts({}, {}, None)
            return [
                pictures.document_view(row, counts.get(row.id, nothing))
                for row in records.documents(project_id)
            ]

    def document_texts(self, document_id: int) -> tuple[str | None, str]:
        """The source (None where only a translation was given) and the machine's text, as imported."""
        with self._database.read() as records:
            row = records.get(schema.Document, document_id)
            return row.source_text, row.mt_text

    def document_original(self, document_id: int) -> tuple[bytes | None, str]:
        """The file the document came from and its name, where it was kept."""
        with self._database.read() as records:
            row = records.get(schema.Document, document_id)
            return row.original, row.original_name

    def assign(self, actor: Actor, document_id: int, name: str) -> DocumentView:
        """Say whose turn a document is; an empty name takes the assignment back."""
        name = _name(name, "person") if name.strip() else ""
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.ASSIGN)
            row = records.get(schema.Document, document_id)
            if name and not self.local and records.person(fold(name)) is None:
                raise NotFoundError(f"there is nobody called {name!r} here; add them first")
            before, row.assignee = row.assignee, name
            self._record(
                records,
                actor,
                Action.ASSIGN,
                project_id=row.project_id,
                document_id=row.id,
                data={"assignee": [before, name]},
            )
            return self._document_view(records, row)

    def record_scores(self, actor: Actor, project_id: int, estimates: Mapping[int, Estimate]) -> None:
        """Write estimates of the machine's text, by segment id. Doing it twice is as doing it once."""
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.RESCORE)
            project = records.get(schema.Project, project_id)
            found = records.in_order(schema.Segment, schema.Segment.id, estimates)
            known = {row.id for row in found if row.project_id == project.id}
            if strangers := sorted(set(estimates) - known):
                raise NotFoundError(f"project {project.name} has no segment {strangers[0]}")
            rows = [score_values(id, estimate) for id, estimate in estimates.items() if usable(estimate)]
            records.replace_scores(rows)
            records.recount(_muted(project), some_segments(*(row["segment_id"] for row in rows)))
            data = {"segments": len(rows), "signatures": sorted({row["signature"] for row in rows})}
            self._record(records, actor, Action.RESCORE, project_id=project.id, data=data)

    def record_export(self, actor: Actor, project_id: int, format: str) -> None:
        """Ask leave to export a project, and note it in the audit trail."""
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.EXPORT)
            row = records.get(schema.Project, project_id)
            self._record(records, actor, Action.EXPORT, project_id=row.id, data={"format": format})

    # Reading segments

    def segments(self, filter: SegmentFilter, *, offset: int = 0, limit: int = 20) -> SegmentPage:
        if offset < 0 or limit < 1:
            raise UsageError(f"no page starts at {offset} and has {limit} rows")
        with self._database.read() as records:
            muted = _muted(records.get(schema.Project, filter.project_id))
            selection = Selection(
                project_id=filter.project_id,
                document_id=filter.document_id,
                states=filter.states,
                open_only=filter.open_flags_only,
                min_severity=filter.min_severity,
                checks=filter.checks,
                max_quality=filter.max_quality,
                needle=fold(clean(filter.search.strip())),
                order=filter.order,
                muted=muted,
            )
            rows, total = records.page(selection, offset, limit)
            return SegmentPage(pictures.segment_views(records, rows, muted), total, offset)

    def segment(self, segment_id: int) -> SegmentView:
        with self._database.read() as records:
            return self._segment_view(records, records.get(schema.Segment, segment_id))

    def neighbours(self, segment_id: int, before: int = 2, after: int = 2) -> tuple[SegmentView, ...]:
        """The segments around one in its document, itself included, in order."""
        with self._database.read() as records:
            row = records.get(schema.Segment, segment_id)
            muted = _muted(records.get(schema.Project, row.project_id))
            return pictures.segment_views(records, records.around(row, before, after), muted)

    def all_segments(self, project_id: int, document_id: int | None = None) -> Iterator[SegmentView]:
        """Every segment in document order, from one consistent snapshot, without loading them all."""
        with self._database.read() as records:
            muted = _muted(records.get(schema.Project, project_id))
            for rows in records.stream(project_id, document_id):
                yield from pictures.segment_views(records, rows, muted)

    def comments(self, segment_id: int) -> list[CommentView]:
        with self._database.read() as records:
            return [pictures.comment_view(row) for row in records.comments(segment_id)]

    def revisions(self, segment_id: int) -> list[RevisionView]:
        """Every text people gave the segment, oldest first; ``parent`` None follows the machine's."""
        with self._database.read() as records:
            return [pictures.revision_view(row) for row in records.revisions(segment_id)]

    def events(
        self, project_id: int | None = None, segment_id: int | None = None, limit: int | None = 200
    ) -> list[EventView]:
        """The newest events first."""
        with self._database.read() as records:
            rows = records.events(project_id=project_id, segment_id=segment_id, limit=limit)
            return [pictures.event_view(row) for row in rows]

    # Changing segments

    def save_draft(self, actor: Actor, segment_id: int, text: str, version: int) -> SegmentView:
        """Keep ``text`` while revising. Saving what is already there changes nothing."""
        return self._edit(actor, segment_id, Action.SAVE_DRAFT, text, version)

    def submit(self, actor: Actor, segment_id: int, text: str, version: int) -> SegmentView:
        """Hand ``text`` in for approval; the machine's text unchanged is a confirmation of it.

        Open flags whose place was edited away count as accepted, with the reason "edited".
        """
        return self._edit(actor, segment_id, Action.SUBMIT, text, version)

    def approve(
        self, actor: Actor, segment_id: int, version: int, *, text: str | None = None, comment: str = ""
    ) -> SegmentView:
        """Approve, with ``text`` as a last correction; that makes the approver its author.

        Raises PermissionDenied when the approver wrote the text and the project's policy forbids that.
        """
        text, comment = None if text is None else _text(text), _note(comment)
        with self._changing(actor, segment_id, Action.APPROVE) as change:
            change.check_version(version, text)
            writes = text is not None and text != change.row.text
            author = change.actor.name if writes else change.row.author
            policy = pictures.policy_of(change.records.get(schema.Project, change.row.project_id).policy)
            change.move(text, approver=change.actor.name)
            if same_person(author, change.actor.name) and not policy.own_approval:
                raise PermissionDenied(
                    f"{author} wrote this text, so somebody else has to approve it (the project's rule); "
                    + ("submit it instead" if writes else "ask another editor")
                )
            change.accept_edited_away()
            change.note(comment)
            return self._done(change)

    def send_back(self, actor: Actor, segment_id: int, version: int, comment: str) -> SegmentView:
        """Ask for another correction, saying what is wrong."""
        return self._return(actor, segment_id, version, Action.SEND_BACK, comment)

    def reopen(self, actor: Actor, segment_id: int, version: int, reason: str) -> SegmentView:
        """Take an approved segment into revision again, saying why."""
        return self._return(actor, segment_id, version, Action.REOPEN, reason)

    def undo(self, actor: Actor, segment_id: int, version: int) -> SegmentView:
        """Take back the actor's last change of the segment: text, state and decisions about flags.

        Raises TransitionError when they changed nothing or somebody else has changed it since.
        """
        with self._changing(actor, segment_id, Action.UNDO) as change:
            change.check_version(version, None)
            change.take_back()
            return self._done(change)

    def apply_fix(
        self, actor: Actor, segment_id: int, flag_id: int, version: int, *, text: str | None = None
    ) -> SegmentView:
        """Apply a flag's fix to the current text, or to ``text`` (what the caller has not saved yet).

        Raises TransitionError when the flag is decided, has no fix, or its place has been edited away.
        """
        text = None if text is None else _text(text)
        with self._changing(actor, segment_id, Action.APPLY_FIX) as change:
            change.check_version(version, text)
            flag = change.records.get(schema.Flag, flag_id)
            if flag.segment_id != change.row.id:
                raise NotFoundError(f"segment {segment_id} has no flag {flag_id}")
            _require_open(flag)
            change.move(_text(change.fixed(flag, change.row.text if text is None else text)))
            change.decide(flag, FlagState.ACCEPTED)
            return self._done(change)

    # Flags and comments

    def dismiss_flag(self, actor: Actor, flag_id: int, reason: str) -> SegmentView:
        """Say that a flag is wrong, and why: dismissals measure the precision of checks."""
        reason = _required(reason, "say why the flag is wrong; a dismissal needs a reason")
        return self._decide(actor, flag_id, Action.DISMISS_FLAG, FlagState.DISMISSED, reason)

    def accept_flag(self, actor: Actor, flag_id: int) -> SegmentView:
        """Say that a flag is right, without applying its fix."""
        return self._decide(actor, flag_id, Action.ACCEPT_FLAG, FlagState.ACCEPTED, "")

    def reopen_flag(self, actor: Actor, flag_id: int) -> SegmentView:
        """Take back anybody's decision about a flag."""
        return self._decide(actor, flag_id, Action.REOPEN_FLAG, FlagState.OPEN, "")

    def add_flag(self, actor: Actor, segment_id: int, flag: Flag) -> SegmentView:
        """Mark an error by hand; the flag's offsets are those of the source or of the current text."""
        with self._changing(actor, segment_id, Action.ADD_FLAG) as change:
            text = change.row.source if flag.side == "source" else change.row.text
            if not 0 <= flag.start <= flag.end <= len(text) or any(
                not 0 <= edit.start <= edit.end <= len(change.row.text) for edit in flag.fix
            ):
                raise UsageError("the mark lies outside the text; select it again")
            row = schema.Flag(segment_id=segment_id, **flag_values(flag))
            row.revision_id = change.row.revision_id
            row.text = text[flag.start : flag.end]
            row.message = _note(flag.message)
            row.found_by = f"person:{change.actor.name}"
            change.records.add(row)
            change.data["flags"] = {str(row.id): [None, [row.state, "", ""]]}
            change.data["flag"] = {"check": row.check, "severity": row.severity, "text": row.text}
            return self._done(change)

    def comment(self, actor: Actor, segment_id: int, text: str) -> CommentView:
        text = _required(text, "an empty comment says nothing")
        with self._changing(actor, segment_id, Action.COMMENT) as change:
            change.note(text)
            change.record()
            return pictures.comment_view(change.records.comments(segment_id)[-1])

    # What the methods share

    def _edit(self, actor: Actor, segment_id: int, action: Action, text: str, version: int) -> SegmentView:
        text = _text(text)
        with self._changing(actor, segment_id, action) as change:
            change.check_version(version, text)
            if change.unchanged(text):
                return self._segment_view(change.records, change.row)
            change.move(text)
            if action is Action.SUBMIT:
                change.accept_edited_away()
            return self._done(change)

    def _return(self, actor: Actor, segment_id: int, version: int, action: Action, why: str) -> SegmentView:
        why = _required(why, f"say what is wrong; to {action.replace('-', ' ')} needs a reason")
        with self._changing(actor, segment_id, action) as change:
            change.check_version(version, None)
            change.move()
            change.note(why)
            return self._done(change)

    def _decide(
        self, actor: Actor, flag_id: int, action: Action, state: FlagState, reason: str
    ) -> SegmentView:
        with self._database.read() as records:
            segment_id = records.get(schema.Flag, flag_id).segment_id
        with self._changing(actor, segment_id, action) as change:
            flag = change.records.get(schema.Flag, flag_id)
            if state is not FlagState.OPEN:
                _require_open(flag)
            elif flag.state == FlagState.OPEN:
                raise TransitionError("this flag is open already")
            change.decide(flag, state, reason)
            return self._done(change)

    @contextmanager
    def _changing(self, actor: Actor, segment_id: int, action: Action) -> Iterator[SegmentChange]:
        with self._database.write() as records:
            actor = self._acting(records, actor, action)
            row = records.lock(segment_id)
            project = records.get(schema.Project, row.project_id)
            yield SegmentChange(records, actor, action, row, _muted(project))

    def _done(self, change: SegmentChange) -> SegmentView:
        change.record()
        return self._segment_view(change.records, change.row)

    def _acting(self, records: Records, actor: Actor, action: Action, *, first: bool = False) -> Actor:
        """The actor, checked: a name, a role they hold, and one that may do ``action``."""
        name, role = _name(actor.name, "person"), Role(actor.role)
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
    ) -> None:
        records.add(
            schema.Event(
                at=datetime.now(UTC),
                actor=actor.name,
                role=str(actor.role),
                action=str(action),
                project_id=project_id,
                document_id=document_id,
                segment_id=None,
                data=data,
            )
        )

    def _segment_view(self, records: Records, row: schema.Segment) -> SegmentView:
        muted = _muted(records.get(schema.Project, row.project_id))
        return pictures.segment_views(records, [row], muted)[0]

    def _project_view(self, records: Records, row: schema.Project) -> ProjectView:
        counts = records.counts(row.id, _muted(row))
        return pictures.project_view(row, counts, len(records.documents(row.id)))

    def _document_view(self, records: Records, row: schema.Document) -> DocumentView:
        muted = _muted(records.get(schema.Project, row.project_id))
        counts = records.counts(row.project_id, muted).get(row.id, Counts({}, {}, None))
        return pictures.document_view(row, counts)


def _muted(project: schema.Project) -> frozenset[str]:
    return frozenset(project.policy["muted_checks"])


def _valid(policy: Policy) -> Policy:
    if not 0 <= policy.passing_threshold < 100:
        raise UsageError(f"the passing threshold is {policy.passing_threshold}; give 0 to below 100")
    if not 0 < policy.acceptable_penalty < float("inf"):
        raise UsageError(f"the acceptable penalty is {policy.acceptable_penalty}; give more than 0")
    return policy


def _require_open(flag: schema.Flag) -> None:
    if flag.state != FlagState.OPEN:
        raise TransitionError(f"this flag was {flag.state} by {flag.decided_by}; reopen it first")


def _name(name: str, kind: str) -> str:
    name = " ".join(clean(name).split())
    if not name:
        raise UsageError(f"the {kind} needs a name")
    if len(name) > _MAX_NAME:
        raise LimitError(f"the name of the {kind} is longer than {_MAX_NAME} characters")
    return name


def _text(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise LimitError(f"the text has {len(text):,} characters; a segment holds at most {MAX_TEXT:,}")
    return clean(text)


def _note(text: str) -> str:
    if len(text) > MAX_NOTE:
        raise LimitError(f"the note has {len(text):,} characters; at most {MAX_NOTE:,} are kept")
    return clean(text).strip()


def _required(text: str, message: str) -> str:
    text = _note(text)
    if not text:
        raise UsageError(message)
    return text
