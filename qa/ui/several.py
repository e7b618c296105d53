"""Decisions about several segments with native widgets: the simple form's share of them.

What a button does is bound to what its page showed: the ids and versions are those of the list above it.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from qa.errors import QAError
from qa.model import Severity
from qa.review.roles import Action
from qa.review.views import Grouped, ProjectView, Risk, SegmentView
from qa.ui.grouped import PAGE
from qa.ui.session import Desk
from qa.ui.text import diff_html, escape, notice_html

__all__ = ["OFFER", "SAID", "approval", "offer"]

OFFER = "plain-offer"
"""In the session's state: the segment whose correction may be taken over to others."""
SAID = "plain-said"
"""In the session's state: a message and its kind, for the top of the next page."""
_GROUP = "plain-group"

_RISKS = {
    Severity.NEUTRAL: "No open flags at all",
    Severity.MINOR: "No open flag that is minor or worse",
    Severity.MAJOR: "No open flag that is major or worse",
    Severity.CRITICAL: "No critical open flag",
}


def offer(desk: Desk, project: ProjectView) -> None:
    """A word about what was done, the undo of what was done to several segments, and the correction just
    saved, for the segments exactly like it."""
    actor, service = desk.actor, desk.service
    if said := st.session_state.pop(SAID, None):
        st.html(notice_html(*said))
    if actor is None:
        return
    if group_id := st.session_state.get(_GROUP):
        st.button(
            "Undo for all of them",
            key="undo-several",
            on_click=_carry_out,
            args=("Taken back in {}.", lambda: service.undo_group(actor, project.id, group_id)),
        )
    segment_id = st.session_state.get(OFFER)
    if segment_id is None or not desk.may(Action.PROPAGATE):
        return
    try:
        found = [item.segment for item in service.alike(segment_id) if item.kind == "alike"]
    except QAError:
        found = []  # reopened or replaced since
    if not found:
        del st.session_state[OFFER]
        return
    origin = service.segment(segment_id)
    with st.container(border=True):
        st.html(
            notice_html(
                f"{_many(len(found), 'alike segment')} could take over the correction of segment "
                f"{origin.position}."
            )
        )
        with st.expander("What would change"):
            for view in found[:PAGE]:
                _row(desk, project, view, view.text, origin.text)
        seen = {view.id: view.version for view in found}
        with st.container(horizontal=True):
            st.button(
                f"Change {_many(len(found))}",
                key="propagate",
                on_click=_carry_out,
                args=(
                    "The correction is taken over to {}.",
                    lambda: service.propagate(actor, origin.id, origin.version, seen),
                ),
            )
            st.button("Leave them", key="leave", on_click=lambda: st.session_state.pop(OFFER, None))


def approval(desk: Desk, project: ProjectView, document_id: int | None) -> None:
    """Approving several: the risk, what is under it, and the button."""
    actor, service = desk.actor, desk.service
    if actor is None or not desk.may(Action.BULK_APPROVE):
        return
    with st.expander("Approve several"):
        severity = st.selectbox("Open flags", list(_RISKS), format_func=_RISKS.__getitem__, key="risk-flags")
        quality = st.number_input(
            "Estimated quality of the machine translation at least", 0, 100, 70, 5, key="risk-quality"
        )
        risk = Risk(severity, float(quality))
        found = service.approvable(actor, project.id, risk, document_id)
        st.html(
            notice_html(
                f"Under this risk: {_many(len(found.seen), 'revised segment')}. "
                f"Left out: {found.own} of your own, {found.empty} without a translation, "
                f"{found.flagged} with open flags, "
                f"{found.low} of lower or unknown quality."
            )
        )
        if not found.seen:
            return
        pages = -(-len(found.seen) // PAGE)
        page = 1
        if pages > 1:
            page = int(st.number_input(f"Page, 1 to {pages}", 1, pages, key=f"risk-page-{pages}"))
        for view in service.views(list(found.seen)[(page - 1) * PAGE : page * PAGE]):
            _row(desk, project, view, view.mt, view.text)
        st.button(
            f"Approve {_many(len(found.seen))}",
            key="bulk-approve",
            on_click=_carry_out,
            args=(
                "Approved: {}.",
                lambda: service.bulk_approve(actor, project.id, found.seen, risk),
            ),
        )


def _many(number: int, one: str = "segment") -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def _row(desk: Desk, project: ProjectView, view: SegmentView, before: str, after: str) -> None:
    name = desk.document_names(project.id).get(view.document_id, "")
    st.html(
        f'<p class="rl-quiet">{escape(name)} · {view.position}</p>'
        + diff_html(before, after, project.target_lang)
    )


def _carry_out(said: str, decide: Callable[[], Grouped]) -> None:
    try:
        done = decide()
    except QAError as error:
        st.session_state[SAID] = (str(error), "error")
        return
    undone = st.session_state.pop(_GROUP, None) == done.group_id
    if not undone:
        st.session_state[_GROUP] = done.group_id
    st.session_state.pop(OFFER, None)
    left = "; ".join(f"segment {item.position}: {item.why}" for item in done.left[:20])
    st.session_state[SAID] = (
        said.format(_many(len(done.changed))) + (f" Left out: {left}." if left else ""),
        "good",
    )
