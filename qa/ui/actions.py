"""What the workbench asks for, carried out through the review service exactly once.

The browser repeats every action until it is acknowledged. :class:`Ledger` remembers the outcome of each
by its id, so that a repeated message (a dropped connection, an interrupted rerun, an impatient timer)
changes nothing; an action repeated after a restart of the server is recognised by its effect.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qa.errors import ConflictError, NotFoundError, QAError, ReviewError, StoreError, UsageError
from qa.model import FlagState, SegmentState
from qa.review.changes import same_person
from qa.review.roles import Action
from qa.review.views import Actor, SegmentView
from qa.ui import grouped, marking
from qa.ui.payload import Json, row_payload
from qa.ui.terms import term_payload
from qa.ui.text import clean, plain

if TYPE_CHECKING:
    from qa.review.service import ReviewService

__all__ = ["OPERATIONS", "Ledger", "perform"]

OPERATIONS = (
    Action.SAVE_DRAFT,
    Action.SUBMIT,
    Action.APPROVE,
    Action.SEND_BACK,
    Action.REOPEN,
    Action.UNDO,
    Action.APPLY_FIX,
    Action.ACCEPT_FLAG,
    Action.DISMISS_FLAG,
    Action.REOPEN_FLAG,
    Action.ADD_FLAG,
    Action.COMMENT,
    Action.MUTE_CHECK,
    Action.UNMUTE_CHECK,
    Action.ADD_TERM,
    Action.REMOVE_TERM,
    *grouped.DECISIONS,
)

_CLIENTS = 500
_OUTCOMES = 200


class Ledger:
    """Outcomes of actions by client and action id; shared by all sessions of one server process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._clients: OrderedDict[str, tuple[threading.Lock, OrderedDict[str, Json]]] = OrderedDict()

    def carry_out(
        self, service: ReviewService, actor: Actor, client: str, actions: Sequence[Mapping[str, Any]]
    ) -> list[Json]:
        """Perform those of ``actions`` that are new, in order; returns the outcome of each.

        Another name may have been given since somebody did something ``by`` whom the browser sends it: that
        is left alone, without an outcome, and waits in the browser until that person is back.
        """
        lock, outcomes = self._of(client)
        results = []
        with lock:
            for action in actions:
                if not same_person(str(action.get("by", actor.name)), actor.name):
                    continue
                key = str(action.get("id", ""))
                if key not in outcomes:
                    outcomes[key] = {"id": key, **perform(service, actor, action)}
                    while len(outcomes) > _OUTCOMES:
                        outcomes.popitem(last=False)
                results.append(outcomes[key])
        return results

    def _of(self, client: str) -> tuple[threading.Lock, OrderedDict[str, Json]]:
        with self._lock:
            if client not in self._clients:
                self._clients[client] = (threading.Lock(), OrderedDict())
                while len(self._clients) > _CLIENTS:
                    self._clients.popitem(last=False)
            self._clients.move_to_end(client)
            return self._clients[client]


def perform(service: ReviewService, actor: Actor, action: Mapping[str, Any]) -> Json:
    """Carry out one action; never raises for anything a person can be told about.

    ``{ok, segment, operation, row}`` on success, where ``row`` is the segment as it stands afterwards;
    ``{ok: False, message}`` when it is not allowed; with ``conflict: True`` and ``row`` when somebody else
    was first. A decision about several segments also has ``group`` (``grouped.outcome``) and the ids
    ``touched``; muting or unmuting a check has ``muted``: the check and the number of its open flags,
    ``changed``; adding or removing a term has the ``term``; what could be taken over to others has their
    number, ``alike``.
    """
    operation = str(action.get("operation", ""))
    outcome: Json = {
        "operation": operation,
        "segment": action.get("segment"),
        "sequence": action.get("sequence"),
    }
    try:
        segment_id = int(action["segment"])
        if operation in grouped.DECISIONS:
            done = grouped.carry_out(service, actor, operation, action)
            outcome |= {"group": grouped.outcome(done), "touched": list(done.changed)}
            return outcome | {"ok": True, "row": row_payload(service.segment(segment_id))}
        if operation in (Action.MUTE_CHECK, Action.UNMUTE_CHECK):
            outcome |= {"muted": _mute(service, actor, operation, action)}
            return outcome | {"ok": True, "row": row_payload(service.segment(segment_id))}
        if operation in (Action.ADD_TERM, Action.REMOVE_TERM):
            outcome |= {"term": _term(service, actor, operation, action)}
            return outcome | {"ok": True, "row": row_payload(service.segment(segment_id))}
        view = _carry_out(service, actor, segment_id, operation, action)
    except ConflictError as error:
        return outcome | _conflict(service, action, error)
    except QAError as error:
        return outcome | {"ok": False, "message": plain(str(error)), "row": _row(service, action)}
    except (KeyError, TypeError, ValueError):
        return outcome | {
            "ok": False,
            "message": "the page sent an action that cannot be read; reload it",
            "row": None,
        }
    alike = grouped.count_alike(service, actor, action, operation)
    return outcome | {"ok": True, "row": row_payload(view), "alike": alike}


def _carry_out(
    service: ReviewService, actor: Actor, segment_id: int, operation: str, action: Mapping[str, Any]
) -> SegmentView:
    version = int(action.get("version", 0))
    text = clean(str(action.get("text", "")))
    note = clean(str(action.get("note", "")))
    match operation:
        case Action.SAVE_DRAFT:
            return service.save_draft(actor, segment_id, text, version)
        case Action.SUBMIT:
            return service.submit(actor, segment_id, text, version)
        case Action.APPROVE:
            changed = text if action.get("changed") else None
            return service.approve(actor, segment_id, version, text=changed, comment=note)
        case Action.SEND_BACK:
            return service.send_back(actor, segment_id, version, note)
        case Action.REOPEN:
            return service.reopen(actor, segment_id, version, note)
        case Action.UNDO:
            return service.undo(actor, segment_id, version)
        case Action.APPLY_FIX:
            return service.apply_fix(actor, segment_id, int(action["flag"]), version, text=text)
        case Action.ACCEPT_FLAG | Action.DISMISS_FLAG | Action.REOPEN_FLAG:
            return _decide(service, actor, segment_id, operation, int(action["flag"]), note)
        case Action.ADD_FLAG:
            return marking.mark(service, actor, segment_id, action)
        case Action.COMMENT:
            last = service.comments(segment_id)[-1:]
            if not (last and last[0].author == actor.name and last[0].text == note.strip()):
                service.comment(actor, segment_id, note)
            return service.segment(segment_id)
        case _:
            raise UsageError(f"unknown action {operation!r}; known: {', '.join(OPERATIONS)}")


def _decide(
    service: ReviewService, actor: Actor, segment_id: int, operation: str, flag_id: int, reason: str
) -> SegmentView:
    """Decide about a flag, unless that is how it stands already."""
    view = service.segment(segment_id)
    wanted = {
        Action.ACCEPT_FLAG: FlagState.ACCEPTED,
        Action.DISMISS_FLAG: FlagState.DISMISSED,
        Action.REOPEN_FLAG: FlagState.OPEN,
    }[Action(operation)]
    if any(flag.id == flag_id and flag.flag.state is wanted for flag in view.flags):
        return view
    match wanted:
        case FlagState.ACCEPTED:
            return service.accept_flag(actor, flag_id)
        case FlagState.DISMISSED:
            return service.dismiss_flag(actor, flag_id, reason)
        case _:
            return service.reopen_flag(actor, flag_id)


def _mute(service: ReviewService, actor: Actor, operation: str, action: Mapping[str, Any]) -> Json:
    switch = service.mute_check if operation == Action.MUTE_CHECK else service.unmute_check
    check = clean(str(action["check"]))
    return {"check": check, "changed": switch(actor, int(action["project"]), check)}


def _term(service: ReviewService, actor: Actor, operation: str, action: Mapping[str, Any]) -> Json:
    project_id = int(action["project"])
    if operation == Action.REMOVE_TERM:
        return term_payload(service.remove_term(actor, project_id, int(action["term"])))
    sides = str(action["source"]), str(action["target"])
    kind: Any = str(action["kind"])
    return term_payload(service.add_term(actor, project_id, *sides, kind, str(action.get("note", ""))))


def _conflict(service: ReviewService, action: Mapping[str, Any], error: ConflictError) -> Json:
    """Somebody was first — unless it was this very action, sent again after its answer was lost."""
    try:
        view = service.segment(int(action["segment"]))
    except NotFoundError as lost:
        return {"ok": False, "message": plain(str(lost)), "row": None}
    if view.retired:
        # There is nothing to choose between: what was typed stays in the editor, to be copied.
        return {"ok": False, "message": plain(str(error)), "row": None}
    done: dict[str, set[SegmentState]] = {
        Action.SAVE_DRAFT: {SegmentState.IN_REVISION, SegmentState.REVISED},
        Action.SUBMIT: {SegmentState.REVISED, SegmentState.APPROVED},
        Action.APPROVE: {SegmentState.APPROVED},
        Action.SEND_BACK: {SegmentState.SENT_BACK},
    }
    operation = str(action.get("operation"))
    if view.state in done.get(operation, set()) and view.text == clean(str(action.get("text", ""))):
        return {"ok": True, "row": row_payload(view)}
    return {"ok": False, "conflict": True, "message": plain(str(error)), "row": row_payload(view)}


def _row(service: ReviewService, action: Mapping[str, Any]) -> Json | None:
    try:
        return row_payload(service.segment(int(action["segment"])))
    except (StoreError, ReviewError, KeyError, TypeError, ValueError):
        return None
