"""Approving many revised segments at once, under a risk that the editor states."""

from __future__ import annotations

import math
from collections.abc import Mapping

from qa.errors import LimitError, TransitionError, UsageError
from qa.model import SegmentState
from qa.review import pictures
from qa.review.changes import same_person
from qa.review.grouping import REPLACED, changed_by, left_out, new_group, shift
from qa.review.propagating import Propagating
from qa.review.roles import Action
from qa.review.states import next_state
from qa.review.views import Actor, Approvable, Grouped, LeftOut, Risk
from qa.store import groups, schema, withdrawals
from qa.store.groups import Brief

__all__ = ["MOST_APPROVED", "Approving"]

MOST_APPROVED = 10_000
"""Segments approved at once."""


class Approving(Propagating):
    """Bulk approval."""

    def approvable(
        self, actor: Actor, project_id: int, risk: Risk, document_id: int | None = None
    ) -> Approvable:
        """What the actor could approve unread under ``risk``, at most ``MOST_APPROVED`` segments.

        Never an empty translation, nor one's own revisions, unless the project's policy allows it.
        """
        _check(risk)
        with self._database.read() as records:
            project = records.get(schema.Project, project_id)
            own = pictures.policy_of(project.policy).own_approval
            writers = groups.authors(records, project_id)
            found = groups.waiting(
                records,
                project_id,
                document_id,
                excluded=[] if own else [name for name in writers if same_person(name, actor.name)],
                severity=risk.severity,
                quality=risk.quality,
                limit=MOST_APPROVED,
            )
            return Approvable(dict(found.ready), found.own, found.empty, found.flagged, found.low)

    def bulk_approve(
        self,
        actor: Actor,
        project_id: int,
        seen: Mapping[int, int],
        risk: Risk,
        *,
        group_id: str | None = None,
    ) -> Grouped:
        """Approve the segments ``seen`` (id → version), as far as they still stand and are under ``risk``.

        The texts stay as they are, and flags below the risk stay open. What cannot be approved is left out
        and named. The same ``group_id`` again changes nothing. Raises UsageError when nothing is chosen or
        a segment is of another project, LimitError beyond ``MOST_APPROVED``.
        """
        _check(risk)
        if not seen:
            raise UsageError("choose the segments to approve")
        if len(seen) > MOST_APPROVED:
            raise LimitError(
                f"{len(seen):,} segments are chosen; at most {MOST_APPROVED:,} are approved at once"
            )
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.BULK_APPROVE)
            group_id = new_group(group_id)
            if made := self._made(records, actor, Action.BULK_APPROVE, group_id):
                return made
            own = pictures.policy_of(records.get(schema.Project, project_id).policy).own_approval
            changed: list[int] = []
            left: list[LeftOut] = []
            gone = withdrawals.told(records, seen)
            for rows in groups.briefs(records, seen):
                good: list[Brief] = []
                for row in rows:
                    if row.project_id != project_id:
                        raise UsageError(f"segment {row.id} is of another project")
                    why = gone.get(row.document_id) or _why_not(row, seen[row.id], risk, actor, own)
                    if why:
                        left.append(left_out(row, why))
                    else:
                        good.append(row)
                shift(records, actor, Action.BULK_APPROVE, good, SegmentState.APPROVED, actor.name, group_id)
                changed += [row.id for row in good]
            return Grouped(group_id, tuple(changed), tuple(left))


def _check(risk: Risk) -> None:
    if not (math.isfinite(risk.quality) and 0 <= risk.quality <= 100):
        raise UsageError(f"the least quality is {risk.quality}; give 0 to 100")


def _why_not(row: Brief, version: int, risk: Risk, actor: Actor, own: bool) -> str:
    """Why a segment cannot be approved under ``risk``; empty where it can."""
    if row.position < 1:
        return REPLACED
    try:
        next_state(SegmentState(row.state), Action.BULK_APPROVE)
    except TransitionError:
        return changed_by(row)
    if row.version != version:
        return changed_by(row)
    if same_person(row.author, actor.name) and not own:
        return "it is your own revision; somebody else has to approve it"
    if row.empty:
        return "its translation is empty"
    if row.worst >= risk.severity.rank:
        return "a flag has been opened in the meantime"
    if risk.quality > 0 and (row.quality is None or row.quality < risk.quality):
        return "its estimated quality is below the limit"
    return ""
