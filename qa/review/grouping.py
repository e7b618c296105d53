"""Decisions about several segments at once: made in one transaction, taken back in one.

Each leaves an event for every segment it changed, with a group id in common. A segment that somebody has
changed since the caller saw it is left out and named; the others go ahead.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from qa.errors import TransitionError, UsageError
from qa.model import SegmentState
from qa.review import inputs, pictures
from qa.review.changes import SegmentChange, same_person
from qa.review.record import muted_checks
from qa.review.repairing import Repairing
from qa.review.roles import Action, require
from qa.review.views import Actor, Grouped, LeftOut, SegmentView
from qa.store import groups, schema, withdrawals
from qa.store.groups import Brief
from qa.store.repository import Records

__all__ = ["REPLACED", "Grouping", "changed_by", "left_out", "new_group", "shift"]

REPLACED = "was replaced when the alignment was repaired"


class Grouping(Repairing):
    """What all decisions about several segments share, and how one is taken back."""

    def views(self, segment_ids: Collection[int]) -> tuple[SegmentView, ...]:
        """Segments by id, in document order; those that do not exist or are of a withdrawn document are left
        out."""
        with self._database.read() as records:
            rows = records.in_order(schema.Segment, schema.Segment.id, segment_ids)
            gone = withdrawals.among(records, {row.document_id for row in rows})
            rows = [row for row in rows if row.document_id not in gone]
            rows.sort(key=lambda row: (row.document_id, row.position))
            muted = {id: muted_checks(records.get(schema.Project, id)) for id in {r.project_id for r in rows}}
            return tuple(
                view
                for id, checks in muted.items()
                for view in pictures.segment_views(records, [r for r in rows if r.project_id == id], checks)
            )

    def undo_group(self, actor: Actor, project_id: int, group_id: str | None = None) -> Grouped:
        """Take back a decision of the actor about several segments; without ``group_id`` their last one.

        Segments that have changed since are left out and named. Raises TransitionError when there is
        nothing to take back, or nothing of it stands any more; PermissionDenied when the role may not do
        what would be taken back.
        """
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.UNDO_GROUP)
            project = records.get(schema.Project, project_id)
            group_id = group_id or groups.last_group(records, project.id, actor.name, Action.UNDO_GROUP)
            events = groups.group_events(records, group_id) if group_id else []
            if not events or events[0].project_id != project.id:
                raise TransitionError("nothing to take back: you have decided nothing about several segments")
            first = events[0]
            if not same_person(first.actor, actor.name):
                raise TransitionError(f"{first.actor} decided this, and only they can take it back")
            require(actor.role, Action(first.action))
            if any(event.action == Action.UNDO_GROUP for event in events):
                raise TransitionError("this has been taken back already")
            if first.action == Action.BULK_APPROVE:
                done = _unapprove(records, actor, first.group_id or "", events)
            else:
                done = _restore(records, actor, first.group_id or "", events, muted_checks(project))
            if not done.changed:
                raise TransitionError(
                    "nothing of it can be taken back: all of its segments have changed since"
                )
            return done

    def _made(self, records: Records, actor: Actor, action: Action, group_id: str) -> Grouped | None:
        """The decision ``group_id``, where it has been made already: a repeated message changes nothing."""
        events = groups.group_events(records, group_id)
        if not events:
            return None
        if events[0].action != action or not same_person(events[0].actor, actor.name):
            raise UsageError("this decision has been made already; reload the page")
        changed = tuple(event.segment_id or 0 for event in events if event.action == action)
        return Grouped(group_id, changed, ())


def new_group(given: str | None) -> str:
    """The id of a new group: the caller's, by which repeating is recognised, or one of ours."""
    return inputs.name(given, "group") if given else uuid.uuid4().hex


def left_out(row: schema.Segment | Brief, why: str) -> LeftOut:
    return LeftOut(row.id, row.document_id, row.position, why)


def changed_by(row: schema.Segment | Brief) -> str:
    """Why a segment whose version is another one is left out."""
    return f"{row.approver or row.author or 'somebody'} has changed it in the meantime"


def _restore(
    records: Records,
    actor: Actor,
    group_id: str,
    events: Sequence[schema.Event],
    muted: frozenset[str],
) -> Grouped:
    changed: list[int] = []
    left: list[LeftOut] = []
    gone = withdrawals.told(records, {event.segment_id or 0 for event in events})
    for event in events:
        row = records.lock(event.segment_id or 0)
        why = gone.get(row.document_id) or _why_not(records, row, event)
        if why:
            left.append(left_out(row, why))
            continue
        change = SegmentChange(records, actor, Action.UNDO_GROUP, row, muted, group_id=group_id)
        change.restore(event)
        change.record()
        changed.append(row.id)
    return Grouped(group_id, tuple(changed), tuple(left))


def _why_not(records: Records, row: schema.Segment, event: schema.Event) -> str:
    """Why the change of ``event`` does not stand as it was made; empty where it does."""
    if row.position < 1:
        return REPLACED
    if event.action != Action.PROPAGATE_DISMISSAL and row.version != event.data["version"]:
        return changed_by(row)
    flags = {flag.id: flag for flag in records.flags([row.id])}
    for key, (_, after) in event.data.get("flags", {}).items():
        flag = flags[int(key)]
        if [flag.state, flag.decided_by, flag.reason] != after:
            return "its flag has been decided again since"
    return ""


def _unapprove(records: Records, actor: Actor, group_id: str, events: Iterable[schema.Event]) -> Grouped:
    """Back to waiting for approval, as many at a time as there are."""
    by_segment = {event.segment_id or 0: event for event in events}
    changed: list[int] = []
    left: list[LeftOut] = []
    gone = withdrawals.told(records, by_segment)
    for rows in groups.briefs(records, by_segment):
        good: list[Brief] = []
        for row in rows:
            why = gone.get(row.document_id, REPLACED if row.position < 1 else "")
            if not why and row.version != by_segment[row.id].data["version"]:
                why = changed_by(row)
            if why:
                left.append(left_out(row, why))
            else:
                good.append(row)
        shift(
            records,
            actor,
            Action.UNDO_GROUP,
            good,
            SegmentState.REVISED,
            "",
            group_id,
            {row.id: {"undoes": by_segment[row.id].id, "undone": by_segment[row.id].action} for row in good},
        )
        changed += [row.id for row in good]
    return Grouped(group_id, tuple(changed), tuple(left))


def shift(
    records: Records,
    actor: Actor,
    action: Action,
    rows: Sequence[Brief],
    state: SegmentState,
    approver: str,
    group_id: str,
    more: dict[int, dict[str, Any]] | None = None,
) -> None:
    """Give locked segments, whose texts stay, another state and approver; one event each."""
    if not rows:
        return
    now = datetime.now(UTC)
    groups.alter(
        records, [row.id for row in rows], {"state": str(state), "approver": approver, "updated": now}
    )
    groups.write_events(
        records,
        [
            {
                "at": now,
                "actor": actor.name,
                "role": str(actor.role),
                "action": str(action),
                "project_id": row.project_id,
                "document_id": row.document_id,
                "segment_id": row.id,
                "group_id": group_id,
                "data": {
                    "version": row.version + 1,
                    **(more or {}).get(row.id, {}),
                    "state": [row.state, str(state)],
                    "approver": [row.approver, approver],
                },
            }
            for row in rows
        ],
    )
