"""The workflow of a segment, as one table: (state, action) → state. Nothing else decides.

::

    machine ──► in-revision ──► revised ──► approved
       │             ▲  ▲          │  │        │ │
       └─ submit ────┼──┼──► revised  └► sent-back
                     └──┴──── edit ──────┘     │
                     └───────── reopen ────────┘

Submitting the machine's text unchanged is a confirmation. What is not in the table is refused.
"""

from __future__ import annotations

from collections.abc import Mapping

from qa.errors import TransitionError
from qa.model import SegmentState
from qa.review.roles import Action

__all__ = ["TRANSITIONS", "next_state"]

_MACHINE, _IN_REVISION, _REVISED = SegmentState.MACHINE, SegmentState.IN_REVISION, SegmentState.REVISED
_APPROVED, _SENT_BACK = SegmentState.APPROVED, SegmentState.SENT_BACK

TRANSITIONS: Mapping[tuple[SegmentState, Action], SegmentState] = {
    (_MACHINE, Action.SAVE_DRAFT): _IN_REVISION,
    (_MACHINE, Action.APPLY_FIX): _IN_REVISION,
    (_MACHINE, Action.SUBMIT): _REVISED,
    (_IN_REVISION, Action.SAVE_DRAFT): _IN_REVISION,
    (_IN_REVISION, Action.APPLY_FIX): _IN_REVISION,
    (_IN_REVISION, Action.SUBMIT): _REVISED,
    (_REVISED, Action.SAVE_DRAFT): _IN_REVISION,
    (_REVISED, Action.APPLY_FIX): _IN_REVISION,
    (_REVISED, Action.SUBMIT): _REVISED,
    (_REVISED, Action.APPROVE): _APPROVED,
    (_REVISED, Action.SEND_BACK): _SENT_BACK,
    (_SENT_BACK, Action.SAVE_DRAFT): _IN_REVISION,
    (_SENT_BACK, Action.APPLY_FIX): _IN_REVISION,
    (_SENT_BACK, Action.SUBMIT): _REVISED,
    # A correction is copied when it has been handed in, and its copies are handed in with it.
    (_MACHINE, Action.PROPAGATE): _REVISED,
    (_IN_REVISION, Action.PROPAGATE): _REVISED,
    (_REVISED, Action.PROPAGATE): _REVISED,
    (_SENT_BACK, Action.PROPAGATE): _REVISED,
    (_REVISED, Action.BULK_APPROVE): _APPROVED,
    # A repair of the alignment makes new segments of old ones; what people wrote is to be looked at again.
    (_MACHINE, Action.REPAIR): _MACHINE,
    (_IN_REVISION, Action.REPAIR): _IN_REVISION,
    (_REVISED, Action.REPAIR): _IN_REVISION,
    (_SENT_BACK, Action.REPAIR): _IN_REVISION,
    (_APPROVED, Action.SEND_BACK): _SENT_BACK,
    (_APPROVED, Action.REOPEN): _IN_REVISION,
}

_WHY = {
    _MACHINE: "nobody has revised it yet; submit it first",
    _IN_REVISION: "it is still being revised; submit it first",
    _REVISED: "it is waiting for approval",
    _APPROVED: "it is approved; reopen it first, with a reason",
    _SENT_BACK: "it was sent back and waits for a correction",
}


def next_state(state: SegmentState, action: Action) -> SegmentState:
    """Where ``action`` leads from ``state``; raises TransitionError, saying why, where it leads nowhere."""
    try:
        return TRANSITIONS[state, action]
    except KeyError:
        raise TransitionError(f"cannot {action.replace('-', ' ')} this segment: {_WHY[state]}") from None
