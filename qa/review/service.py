"""The review service: the only writer of the record.

Every method takes who acts, in which role; checks that the role may (``roles``), that the state allows it
(``states``) and that the caller saw the latest version; then writes the change and its event in one
transaction. When a method returns, its change is on the disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from qa.errors import ConflictError, NotFoundError, PermissionDenied, TransitionError, UsageError
from qa.model import Flag, FlagState, Severity
from qa.review import inputs, pictures
from qa.review.approving import Approving
from qa.review.assigning import Assigning
from qa.review.changes import SegmentChange, same_person
from qa.review.importing import flag_values
from qa.review.live import Live
from qa.review.muting import Muting
from qa.review.record import muted_checks
from qa.review.roles import Action
from qa.review.standing import Found, standing
from qa.review.terminology import Terminology
from qa.review.trail import Trail
from qa.review.views import (
    Actor,
    CommentView,
    EventView,
    RevisionView,
    SegmentFilter,
    SegmentPage,
    SegmentView,
)
from qa.review.withdrawing import Withdrawing
from qa.store import alignment, assignments, schema, withdrawals
from qa.store.repository import Records
from qa.store.searching import Search
from qa.store.selections import Selection
from qa.store.text import clean, fold

__all__ = ["ReviewService"]


class ReviewService(Approving, Assigning, Live, Muting, Terminology, Trail, Withdrawing):
    """The record of one database: ``Administration``, ``Repairing``, decisions about several segments
    (``Grouping``, ``Propagating``, ``Approving``) or about checks (``Muting``), ``Assigning``, ``Live``,
    glossaries (``Terminology``), the audit trail (``Trail``), withdrawn documents (``Withdrawing``), and all
    that is done with one segment."""

    # Reading segments

    def segments(self, filter: SegmentFilter, *, offset: int = 0, limit: int = 20) -> SegmentPage:
        """One page of the list. Raises UsageError where there is none, and for a regular expression that
        cannot be read or takes too long."""
        if offset < 0 or limit < 1:
            raise UsageError(f"no page starts at {offset} and has {limit} rows")
        with self._database.read() as records:
            selection = self._selection(records, filter)
            rows, total = records.page(selection, offset, limit)
            return SegmentPage(pictures.segment_views(records, rows, selection.muted), total, offset)

    def next_flagged(
        self, filter: SegmentFilter, segment_id: int, at_least: Severity | None = None
    ) -> tuple[int, int] | None:
        """The next segment with an open flag, of severity ``at_least``, after ``segment_id`` in the list that
        ``filter`` selects, and its place in that list, from 0; None where none follows."""
        severities = [each for each in (filter.min_severity, at_least) if each is not None]
        worst = max(severities, key=lambda each: each.rank, default=None)
        with self._database.read() as records:
            here = withdrawals.segment(records, segment_id)
            flagged = replace(filter, open_flags_only=True, min_severity=worst)
            found = records.following(self._selection(records, flagged), here)
            return (found.id, records.preceding(self._selection(records, filter), found)) if found else None

    def place(self, filter: SegmentFilter, segment_id: int) -> int:
        """How many segments of the list that ``filter`` selects come before this one, in it or not."""
        with self._database.read() as records:
            return records.preceding(
                self._selection(records, filter), withdrawals.segment(records, segment_id)
            )

    def segment(self, segment_id: int) -> SegmentView:
        """Raises NotFoundError; as all that reads one segment or document, WithdrawnError where it is
        withdrawn."""
        with self._database.read() as records:
            return self._segment_view(records, withdrawals.segment(records, segment_id))

    def neighbours(self, segment_id: int, before: int = 2, after: int = 2) -> tuple[SegmentView, ...]:
        """The segments around one in its document, itself included, in order.

        Raises NotFoundError when a repair of the alignment has replaced the segment.
        """
        with self._database.read() as records:
            row = withdrawals.segment(records, segment_id)
            if row.position < 1:
                raise NotFoundError(f"segment {segment_id} was replaced when the alignment was repaired")
            muted = muted_checks(records.get(schema.Project, row.project_id))
            return pictures.segment_views(records, records.around(row, before, after), muted)

    def all_segments(self, project_id: int, document_id: int | None = None) -> Iterator[SegmentView]:
        """Every segment in document order, from one consistent snapshot, without loading them all."""
        with self._database.read() as records:
            muted = muted_checks(records.get(schema.Project, project_id))
            if document_id is not None:
                withdrawals.refuse(records, document_id)
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
        """The newest events first. Those of a segment begin with what happened to the ones it was made of."""
        with self._database.read() as records:
            ids, repairs = alignment.lineage(records, segment_id) if segment_id else (None, [])
            rows = {
                row.id: row
                for row in [*records.events(project_id=project_id, segment_ids=ids, limit=limit), *repairs]
            }
            newest = sorted(rows.values(), key=lambda row: row.id, reverse=True)
            return [pictures.event_view(row) for row in newest[:limit]]

    # Changing segments

    def save_draft(self, actor: Actor, segment_id: int, text: str, version: int) -> SegmentView:
        """Keep ``text`` while revising. Saving what is already there changes nothing."""
        return self._edit(actor, segment_id, Action.SAVE_DRAFT, text, version)

    def submit(self, actor: Actor, segment_id: int, text: str, version: int) -> SegmentView:
        """Hand ``text`` in for approval; the machine's text unchanged is a confirmation of it.

        Open flags whose place was edited away, or whose check finds them no longer, count as accepted, with
        the reason "edited". Flags that were closed so or by their fix are open again where the text has their
        error again; that holds for every change of the text.
        """
        return self._edit(actor, segment_id, Action.SUBMIT, text, version)

    def approve(
        self, actor: Actor, segment_id: int, version: int, *, text: str | None = None, comment: str = ""
    ) -> SegmentView:
        """Approve, with ``text`` as a last correction; that makes the approver its author.

        Raises PermissionDenied when the approver wrote the text and the project's policy forbids that.
        """
        text, comment = None if text is None else inputs.text(text), inputs.note(comment)
        stands = {} if text is None else self._standing(segment_id, text)
        with self._changing(actor, segment_id, Action.APPROVE) as change:
            change.check_version(version, text)
            before = change.row.text
            writes = text is not None and text != change.row.text
            author = change.actor.name if writes else change.row.author
            policy = pictures.policy_of(change.records.get(schema.Project, change.row.project_id).policy)
            change.move(text, approver=change.actor.name)
            if same_person(author, change.actor.name) and not policy.own_approval:
                raise PermissionDenied(
                    f"{author} wrote this text, so somebody else has to approve it (the project's rule); "
                    + ("submit it instead" if writes else "ask another editor")
                )
            change.reopen_standing(before, stands)
            change.accept_edited_away(stands)
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
        text = None if text is None else inputs.text(text)
        with self._changing(actor, segment_id, Action.APPLY_FIX) as change:
            change.check_version(version, text)
            flag = change.records.get(schema.Flag, flag_id)
            if flag.segment_id != change.row.id:
                raise NotFoundError(f"segment {segment_id} has no flag {flag_id}")
            _require_open(flag)
            before = change.row.text
            # As it is shown: what a fix quotes may have been corrected since it was found.
            shown = {view.id: view.flag for view in self._segment_view(change.records, change.row).flags}
            fix = shown.get(flag.id, pictures.flag_of(flag)).fix
            change.move(inputs.text(change.fixed(flag, fix, before if text is None else text)))
            change.reopen_standing(before)
            change.decide(flag, FlagState.ACCEPTED)
            return self._done(change)

    # Flags and comments

    def dismiss_flag(self, actor: Actor, flag_id: int, reason: str) -> SegmentView:
        """Say that a flag is wrong, and why: dismissals measure the precision of checks."""
        reason = inputs.required(reason, "say why the flag is wrong; a dismissal needs a reason")
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
            row.message = inputs.note(flag.message)
            row.found_by = f"person:{change.actor.name}"
            change.records.add(row)
            change.data["flags"] = {str(row.id): [None, [row.state, "", ""]]}
            change.data["flag"] = {"check": row.check, "severity": row.severity, "text": row.text}
            return self._done(change)

    def comment(self, actor: Actor, segment_id: int, text: str) -> CommentView:
        text = inputs.required(text, "an empty comment says nothing")
        with self._changing(actor, segment_id, Action.COMMENT) as change:
            change.note(text)
            change.record()
            return pictures.comment_view(change.records.comments(segment_id)[-1])

    # What the methods share

    def _selection(self, records: Records, filter: SegmentFilter) -> Selection:
        muted = muted_checks(records.get(schema.Project, filter.project_id))
        assignee_id = None
        if filter.assignee:
            row = assignments.assignee(records, filter.project_id, fold(clean(filter.assignee)))
            # 0 is nobody's number: who was never given anything has nothing.
            assignee_id = row.id if row else 0
        return Selection(
            project_id=filter.project_id,
            document_id=filter.document_id,
            states=filter.states,
            open_only=filter.open_flags_only,
            min_severity=filter.min_severity,
            checks=filter.checks,
            max_quality=filter.max_quality,
            assignee_id=assignee_id,
            search=Search.of(filter.search, filter.side, filter.regex),
            order=filter.order,
            muted=muted,
        )

    def _edit(self, actor: Actor, segment_id: int, action: Action, text: str, version: int) -> SegmentView:
        text = inputs.text(text)
        stands = self._standing(segment_id, text)
        with self._changing(actor, segment_id, action) as change:
            change.check_version(version, text)
            if change.unchanged(text):
                return self._segment_view(change.records, change.row)
            before = change.row.text
            change.move(text)
            change.reopen_standing(before, stands)
            if action is Action.SUBMIT:
                change.accept_edited_away(stands)
            return self._done(change)

    def _standing(self, segment_id: int, text: str) -> Mapping[int, bool]:
        """Which errors of the segment's flags are in ``text``. Asked before the segment is locked: its source
        and its flags' places never change, and no check must keep others waiting."""
        from qa.checks.base import Context

        with self._database.read() as records:
            row = records.get(schema.Segment, segment_id)
            project = records.get(schema.Project, row.project_id)
            found = [
                Found(
                    flag.id,
                    pictures.flag_of(flag),
                    row.mt
                    if flag.revision_id is None
                    else records.get(schema.Revision, flag.revision_id).text,
                )
                for flag in records.flags([segment_id])
                if flag.state != FlagState.DISMISSED
            ]
            source, languages = row.source, (project.source_lang, project.target_lang)
        glossary = self.glossary(project.id) if any(one.flag.check == "glossary" for one in found) else None
        context = Context(*languages, glossary=glossary, target_only=not source)
        return standing(found, source, text, context)

    def _return(self, actor: Actor, segment_id: int, version: int, action: Action, why: str) -> SegmentView:
        why = inputs.required(why, f"say what is wrong; to {action.replace('-', ' ')} needs a reason")
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
            withdrawals.hold(records, row.document_id)
            if row.position < 1:
                raise ConflictError(
                    "this segment was replaced when the alignment was repaired; reload the page and go on in "
                    "the one that has its place",
                    theirs=row.text,
                    version=row.version,
                )
            project = records.get(schema.Project, row.project_id)
            yield SegmentChange(records, actor, action, row, muted_checks(project))

    def _done(self, change: SegmentChange) -> SegmentView:
        change.record()
        return self._segment_view(change.records, change.row)


def _require_open(flag: schema.Flag) -> None:
    if flag.state != FlagState.OPEN:
        raise TransitionError(f"this flag was {flag.state} by {flag.decided_by}; reopen it first")
