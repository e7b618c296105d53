"""Decisions about several segments, for the workbench: what would change, as plain JSON, and doing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qa.errors import QAError, TransitionError
from qa.model import Severity
from qa.review.approving import MOST_APPROVED
from qa.review.roles import Action, require
from qa.review.views import Actor, Grouped, Risk, SegmentView
from qa.ui.text import clean, plain

if TYPE_CHECKING:
    from qa.review.service import ReviewService

__all__ = ["DECISIONS", "PAGE", "carry_out", "count_alike", "outcome", "proposal"]

Json = dict[str, Any]

DECISIONS = (Action.PROPAGATE, Action.PROPAGATE_DISMISSAL, Action.BULK_APPROVE, Action.UNDO_GROUP)
PAGE = 50
"""Rows of a bulk approval shown at a time."""
_SHOWN = 400
"""Characters of a text in a row."""
_NAMED = 20
"""Segments left out that are named one by one."""


def proposal(
    service: ReviewService,
    actor: Actor,
    project_id: int,
    document_id: int | None,
    names: Mapping[int, str],
    asked: Mapping[str, Any],
) -> Json:
    """What the decision ``asked`` about would change; never raises for anything a person can be told about.

    ``kind`` is an action. ``rows`` are the places with ``id`` and ``version`` to send back, ``ticked`` where
    the choice is plain, ``group`` under which heading they stand; ``seen`` of a bulk approval holds id and
    version of all its pages.
    """
    kind = str(asked.get("kind", ""))
    out: Json = {"serial": asked.get("serial"), "kind": kind, "segment": asked.get("segment")}
    try:
        require(actor.role, Action(kind))
        match kind:
            case Action.PROPAGATE:
                return out | _correction(service, int(asked["segment"]), names)
            case Action.PROPAGATE_DISMISSAL:
                return out | {"flag": asked["flag"]} | _dismissal(service, asked, names)
            case Action.BULK_APPROVE:
                return out | _approval(service, actor, project_id, document_id, names, asked)
    except QAError as error:
        return out | {"rows": [], "message": plain(str(error))}
    except (KeyError, TypeError, ValueError):
        pass
    return out | {"rows": [], "message": "the page asked for something that cannot be read; reload it"}


def _place(view: SegmentView, names: Mapping[int, str]) -> Json:
    return {
        "version": view.version,
        "where": f"{names.get(view.document_id, '')} · {view.position}",
        "state": view.state.value,
        "author": plain(view.author),
        "source": plain(view.source[:_SHOWN]),
    }


def _correction(service: ReviewService, segment_id: int, names: Mapping[int, str]) -> Json:
    origin = service.segment(segment_id)
    rows = [
        _place(item.segment, names)
        | {
            "id": item.segment.id,
            "group": item.kind,
            "ticked": item.kind == "alike",
            "fixed": item.kind == "approved",
            "before": clean(item.segment.text[:_SHOWN]),
            "after": clean(origin.text[:_SHOWN]),
        }
        for item in service.alike(segment_id)
    ]
    return {"rows": rows, "version": origin.version, "position": origin.position}


def _dismissal(service: ReviewService, asked: Mapping[str, Any], names: Mapping[int, str]) -> Json:
    flag_id = int(asked["flag"])
    origin = service.segment(int(asked["segment"]))
    flag = next((flag for flag in origin.flags if flag.id == flag_id), None)
    if flag is None or not flag.reason:
        raise TransitionError("this flag is not dismissed; dismiss it first, with a reason")
    rows = [
        _place(item.segment, names)
        | {
            "id": item.flag.id,
            "group": "alike",
            "ticked": True,
            "message": plain(item.flag.flag.message),
            "before": clean(item.segment.text[:_SHOWN]),
        }
        for item in service.alike_flags(flag_id)
    ]
    return {
        "rows": rows,
        "version": origin.version,
        "position": origin.position,
        "reason": plain(flag.reason),
        "text": plain(flag.flag.text),
    }


def _approval(
    service: ReviewService,
    actor: Actor,
    project_id: int,
    document_id: int | None,
    names: Mapping[int, str],
    asked: Mapping[str, Any],
) -> Json:
    risk = _risk(asked)
    found = service.approvable(actor, project_id, risk, document_id)
    seen = list(found.seen.items())
    offset = max(0, min(int(asked.get("offset", 0)), max(0, len(seen) - 1) // PAGE * PAGE))
    rows = [
        _place(view, names)
        | {
            "id": view.id,
            "group": "ready",
            "ticked": True,
            "quality": view.quality,
            "before": clean(view.mt[:_SHOWN]),
            "after": clean(view.text[:_SHOWN]),
        }
        for view in service.views([id for id, _ in seen[offset : offset + PAGE]])
    ]
    return {
        "rows": rows,
        "seen": seen,
        "offset": offset,
        "page": PAGE,
        "full": len(seen) == MOST_APPROVED,
        "risk": {"severity": risk.severity.value, "quality": risk.quality},
        "left": {
            "own": found.own,
            "empty": found.empty,
            "flagged": found.flagged,
            "low": found.low,
        },
        "scope": names.get(document_id, "") if document_id else "",
    }


def _risk(asked: Mapping[str, Any]) -> Risk:
    usual = Risk()
    return Risk(Severity(asked.get("severity") or usual.severity), float(asked.get("quality", usual.quality)))


def carry_out(service: ReviewService, actor: Actor, operation: str, action: Mapping[str, Any]) -> Grouped:
    """Make the decision or take it back; the action's id, which repeating keeps, names the group."""
    match operation:
        case Action.PROPAGATE:
            return service.propagate(
                actor,
                int(action["segment"]),
                int(action["version"]),
                _pairs(action["chosen"]),
                group_id=str(action["id"]),
            )
        case Action.PROPAGATE_DISMISSAL:
            flags = list(_pairs(action["chosen"]))
            return service.propagate_dismissal(actor, int(action["flag"]), flags, group_id=str(action["id"]))
        case Action.BULK_APPROVE:
            chosen, group = _pairs(action["chosen"]), str(action["id"])
            return service.bulk_approve(actor, int(action["project"]), chosen, _risk(action), group_id=group)
        case _:
            last = str(action["group"]) if action.get("group") else None
            return service.undo_group(actor, int(action["project"]), last)


def _pairs(chosen: Sequence[Sequence[int]]) -> dict[int, int]:
    return {int(id): int(version) for id, version in chosen}


def outcome(done: Grouped) -> Json:
    """What is told about a decision: how many segments changed, and which were left out and why."""
    return {
        "group": done.group_id,
        "changed": len(done.changed),
        "left": [{"position": item.position, "why": plain(item.why)} for item in done.left[:_NAMED]],
        "more": max(0, len(done.left) - _NAMED),
    }


def count_alike(service: ReviewService, actor: Actor, action: Mapping[str, Any], operation: str) -> int:
    """How many places could take over what has just been done; 0 where nothing is to be offered."""
    try:
        match operation:
            case Action.APPROVE if not action.get("changed"):
                return 0
            case Action.SUBMIT | Action.APPROVE:
                require(actor.role, Action.PROPAGATE)
                return service.count_alike(int(action["segment"]))
            case Action.DISMISS_FLAG:
                return service.count_alike_flags(int(action["flag"]))
    except QAError:
        pass  # an offer is no answer: without it, what was done still stands
    return 0
