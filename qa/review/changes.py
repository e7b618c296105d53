"""Changes of one segment: what every one of them checks, writes and records, and how one is taken back.

A change happens in the transaction that holds the segment's lock: the caller's version is compared, the
state table consulted, text and flags written, and the event recorded with what stood before and after.
Undo reads that event back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from qa.errors import ConflictError, TransitionError
from qa.model import Edit, FlagState, SegmentState, Span, apply_edits
from qa.review.diff import rebase_edits, rebase_span
from qa.review.roles import Action, require
from qa.review.states import next_state
from qa.review.views import Actor
from qa.store import schema
from qa.store.repository import Records, some_segments
from qa.store.text import fold

__all__ = ["EDITED_AWAY", "SegmentChange", "same_person"]

EDITED_AWAY = "edited"
"""The reason given for flags that submitting accepts because their place was edited."""

_UNKNOWN: Mapping[int, bool] = MappingProxyType({})
_TAKEN_BACK = "taken back by the person who marked it"
_UNDOABLE = frozenset(
    {
        Action.SAVE_DRAFT,
        Action.SUBMIT,
        Action.APPLY_FIX,
        Action.APPROVE,
        Action.SEND_BACK,
        Action.REOPEN,
        Action.ADD_FLAG,
        Action.ACCEPT_FLAG,
        Action.DISMISS_FLAG,
        Action.REOPEN_FLAG,
        Action.PROPAGATE,
        Action.PROPAGATE_DISMISSAL,
        Action.BULK_APPROVE,
    }
)


def same_person(one: str, other: str) -> bool:
    """Two spellings of one name ("Ann", "ann") are one person."""
    return fold(one) == fold(other)


def _decision(flag: schema.Flag) -> list[str]:
    """What an event keeps of a decision about a flag."""
    return [flag.state, flag.decided_by, flag.reason]


@dataclass(slots=True)
class SegmentChange:
    """One change by one person, in a writing transaction. ``row`` is locked."""

    records: Records
    actor: Actor
    action: Action
    row: schema.Segment
    muted: frozenset[str]
    data: dict[str, Any] = field(default_factory=dict)
    group_id: str | None = None
    """Of the decision about several segments that this change is part of."""

    def check_version(self, version: int, yours: str | None) -> None:
        """Raises ConflictError when somebody changed the segment after ``version``."""
        if version == self.row.version:
            return
        who = self.row.approver or self.row.author or "somebody"
        raise ConflictError(
            f"segment {self.row.position} was changed by {who} in the meantime "
            f"(you saw version {version}, it is at {self.row.version}); compare and save again",
            yours=self.row.text if yours is None else yours,
            theirs=self.row.text,
            version=self.row.version,
        )

    def move(self, text: str | None = None, *, approver: str = "") -> None:
        """Follow the state table, giving the segment ``text`` (None keeps it)."""
        state = next_state(SegmentState(self.row.state), self.action)
        revision_id, author, new_text = self.row.revision_id, self.row.author, self.row.text
        # Submitting the machine's text unchanged is somebody's confirmation: it gets an author too.
        confirms = self.action is Action.SUBMIT and revision_id is None
        if (text is not None and text != self.row.text) or confirms:
            new_text = self.row.text if text is None else text
            revision = self.records.add(
                schema.Revision(
                    segment_id=self.row.id,
                    parent_id=revision_id,
                    text=new_text,
                    author=self.actor.name,
                    created=datetime.now(UTC),
                )
            )
            revision_id, author = revision.id, self.actor.name
        self._advance(
            state=str(state), text=new_text, revision_id=revision_id, author=author, approver=approver
        )

    def unchanged(self, text: str) -> bool:
        """Would the change leave text and state as they are?"""
        state = next_state(SegmentState(self.row.state), self.action)
        return text == self.row.text and state == self.row.state

    def decide(self, flag: schema.Flag, state: FlagState, reason: str = "") -> None:
        """Give ``flag`` a new state, remembering the old one for undo."""
        before = _decision(flag)
        flag.state = str(state)
        flag.decided_by = "" if state is FlagState.OPEN else self.actor.name
        flag.reason = reason
        self.data.setdefault("flags", {})[str(flag.id)] = [before, _decision(flag)]

    def accept_edited_away(self, stands: Mapping[int, bool] = _UNKNOWN) -> None:
        """Accept the open flags whose place in the target the submitted text no longer has, and those whose
        error it has no longer (``stands``: see ``qa.review.standing``)."""
        for flag in self.records.flags([self.row.id]):
            wanted = flag.state == FlagState.OPEN and flag.check not in self.muted
            if wanted and not stands.get(flag.id, self._in_place(flag, self.row.text)):
                self.decide(flag, FlagState.ACCEPTED, EDITED_AWAY)

    def reopen_standing(self, before: str, stands: Mapping[int, bool] = _UNKNOWN) -> None:
        """Open the flags again that a fix or an edit has closed and whose error is back in the text, which
        was ``before``: typing is taken back without anybody asking for it here."""
        if self.row.text == before:
            return
        closed = [flag for flag in self.records.flags([self.row.id]) if flag.state == FlagState.ACCEPTED]
        fixed = self._fixed() if any(flag.fix for flag in closed) else {}
        for flag in closed:
            if flag.reason != EDITED_AWAY and fixed.get(flag.id) != _decision(flag):
                continue  # somebody has said that it is right: that stays
            back = self._in_place(flag, self.row.text) and not self._in_place(flag, before)
            if stands.get(flag.id, back):
                self.decide(flag, FlagState.OPEN)

    def _in_place(self, flag: schema.Flag, text: str) -> bool:
        """Has ``text`` the place of a flag? The source, which never changes, always has."""
        place = Span(flag.start, flag.end)
        return flag.side == "source" or rebase_span(self.text_of(flag.revision_id), text, place) is not None

    def _fixed(self) -> dict[int, list[str]]:
        """The flags closed by their fix, and what their decision was then."""
        out: dict[int, list[str]] = {}
        for event in self.records.events(segment_ids=[self.row.id]):
            if event.action == Action.APPLY_FIX:
                for key, (_, after) in event.data.get("flags", {}).items():
                    out.setdefault(int(key), after)
        return out

    def fixed(self, flag: schema.Flag, fix: Sequence[Edit], onto: str) -> str:
        """``onto`` with a flag's fix; raises TransitionError when there is none or its place is gone."""
        if not fix:
            raise TransitionError("this flag has no fix to apply; correct the text by hand")
        moved = rebase_edits(self.text_of(flag.revision_id), onto, fix)
        if moved is None:
            raise TransitionError(
                "the place this fix belongs to has been edited; correct it by hand or undo the edit"
            )
        return apply_edits(onto, moved)

    def text_of(self, revision_id: int | None) -> str:
        """The text of a revision; None is the machine's."""
        return self.row.mt if revision_id is None else self.records.get(schema.Revision, revision_id).text

    def note(self, comment: str) -> None:
        """Keep a comment with the change, where there is one."""
        if comment:
            self.data["comment"] = comment
            self.records.add(
                schema.Comment(
                    segment_id=self.row.id,
                    author=self.actor.name,
                    text=comment,
                    created=datetime.now(UTC),
                )
            )

    def record(self) -> None:
        """Write the event and bring the repeated columns up to date: the last step of every change."""
        self.records.session.flush()
        if "flags" in self.data:
            self.records.recount(self.muted, some_segments(self.row.id))
        self.records.add(
            schema.Event(
                at=datetime.now(UTC),
                actor=self.actor.name,
                role=str(self.actor.role),
                action=str(self.action),
                project_id=self.row.project_id,
                document_id=self.row.document_id,
                segment_id=self.row.id,
                data={"version": self.row.version, **self.data},
                group_id=self.group_id,
            )
        )
        self.records.session.refresh(self.row)

    def take_back(self) -> None:
        """Restore what stood before the actor's last change of this segment.

        Raises TransitionError when there is none, or when somebody else has changed the segment since.
        """
        event = self._last_change()
        require(self.actor.role, Action(event.action))
        self.restore(event)

    def restore(self, event: schema.Event) -> None:
        """Bring back what stood before ``event``, a change of this segment, of text, state and flags."""
        data: Mapping[str, Any] = event.data
        self.data |= {"undoes": event.id, "undone": event.action}
        flags = {row.id: row for row in self.records.flags([self.row.id])}
        for key, (before, _after) in data.get("flags", {}).items():
            flag = flags[int(key)]
            if before is None:
                self.decide(flag, FlagState.DISMISSED, _TAKEN_BACK)
                continue
            now = _decision(flag)
            flag.state, flag.decided_by, flag.reason = before
            self.data.setdefault("flags", {})[key] = [now, before]
        revision = data["revision"][0] if "revision" in data else self.row.revision_id
        self._advance(
            state=data["state"][0] if "state" in data else self.row.state,
            text=self.text_of(revision),
            revision_id=revision,
            author=data["author"][0] if "author" in data else self.row.author,
            approver=data["approver"][0] if "approver" in data else self.row.approver,
        )

    def _last_change(self) -> schema.Event:
        undone: set[int] = set()
        for event in self.records.events(segment_ids=[self.row.id]):
            if event.action in (Action.UNDO, Action.UNDO_GROUP):
                undone.add(event.data["undoes"])
            elif event.action in _UNDOABLE and event.id not in undone:
                if same_person(event.actor, self.actor.name):
                    return event
                raise TransitionError(
                    f"nothing to take back: the last change of this segment is {event.actor}'s "
                    f"({event.action.replace('-', ' ')}), and only they can take it back"
                )
        raise TransitionError("nothing to take back: you have changed nothing in this segment")

    def _advance(self, **values: Any) -> None:
        for column in ("state", "revision_id", "author", "approver"):
            if values[column] != getattr(self.row, column):
                key = column.removesuffix("_id")
                self.data[key] = [getattr(self.row, column), values[column]]
        if values["text"] != self.row.text:
            self.data["text"] = values["text"]
        self.records.session.flush()
        self.records.advance(self.row, {**values, "updated": datetime.now(UTC)})
        if "text" in self.data:
            self.records.index(self.row)
