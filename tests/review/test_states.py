from __future__ import annotations

import itertools

import pytest

from qa.errors import PermissionDenied, TransitionError
from qa.model import SegmentState
from qa.review.roles import PERMISSIONS, Action, allowed, require
from qa.review.states import TRANSITIONS, next_state
from qa.review.views import Role

M, I, R, A, B = SegmentState  # noqa: E741
EDITING = {
    Action.SAVE_DRAFT: I,
    Action.APPLY_FIX: I,
    Action.SUBMIT: R,
    Action.PROPAGATE: R,
    Action.REPAIR: I,
}
EXPECTED = {
    M: EDITING | {Action.REPAIR: M},
    I: EDITING,
    R: EDITING | {Action.APPROVE: A, Action.BULK_APPROVE: A, Action.SEND_BACK: B},
    A: {Action.SEND_BACK: B, Action.REOPEN: I},
    B: EDITING,
}


@pytest.mark.parametrize(("state", "action"), list(itertools.product(SegmentState, Action)))
def test_the_table(state: SegmentState, action: Action) -> None:
    expected = EXPECTED[state].get(action)
    if expected is not None:
        assert next_state(state, action) is expected
        return
    with pytest.raises(TransitionError, match=action.replace("-", " ")):
        next_state(state, action)


def test_every_state_can_be_reached_and_left() -> None:
    assert {state for state, _ in TRANSITIONS} == set(SegmentState)
    assert {to for (state, _), to in TRANSITIONS.items() if state is not M} == set(SegmentState) - {M}


def test_what_is_approved_is_left_only_with_a_reason() -> None:
    assert set(EXPECTED[A]) == {Action.SEND_BACK, Action.REOPEN}


@pytest.mark.parametrize(("role", "action"), list(itertools.product(Role, Action)))
def test_a_refusal_names_who_may(role: Role, action: Action) -> None:
    if allowed(role, action):
        require(role, action)
        return
    able = {other for other in Role if action in PERMISSIONS[other]}
    with pytest.raises(PermissionDenied) as caught:
        require(role, action)
    assert able
    assert all(other in str(caught.value) for other in able)
