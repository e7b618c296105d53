"""Withdrawing and restoring on the Documents page: the question before, the undo after, what is withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import streamlit as st

from qa.errors import QAError
from qa.model import SegmentState
from qa.review.roles import Action
from qa.review.views import Actor, DocumentView, ProjectView, Withdrawn
from qa.ui.missing import when
from qa.ui.session import Desk
from qa.ui.text import about, counted, escape, notice_html

__all__ = ["button", "offer", "section"]

_SAID = "withdrawing:said"
"""In the session's state: the project, what was done in it, and how that is taken back."""
_ASKED = "withdrawing:asked"
"""In the session's state: the document whose question is open, whatever else draws the page anew."""
_OFFERED = timedelta(minutes=10)
"""How long the undo stands at the top of the page; the document itself can be restored for ever."""
_SHOWN = 25


def button(desk: Desk, document: DocumentView) -> None:
    """The way out of the project, for whoever may; it asks first."""
    if desk.actor is None or not desk.may(Action.WITHDRAW):
        return
    st.button(
        about("Withdraw", document.name),
        key=f"withdraw-{document.id}",
        icon=":material/archive:",
        type="tertiary",
        on_click=_asking,
        args=(document.id,),
    )
    if st.session_state.get(_ASKED) == document.id:
        _ask(desk, desk.actor, document)


def _asking(document_id: int | None = None) -> None:
    """Ask about a document, or about none any more."""
    st.session_state[_ASKED] = document_id


@st.dialog("Withdraw this document?", on_dismiss=_asking)
def _ask(desk: Desk, actor: Actor, document: DocumentView) -> None:
    st.html(_question_html(document, _typing(desk, document)))
    with st.container(horizontal=True):
        if st.button("Withdraw", key="withdraw:yes", type="primary", icon=":material/archive:"):
            _do(document.project_id, lambda: desk.service.withdraw(actor, document.id), undo=True)
        if st.button("Keep it", key="withdraw:no", on_click=_asking):
            st.rerun()


def _question_html(document: DocumentView, typing: str) -> str:
    approved = document.states.get(SegmentState.APPROVED, 0)
    revised = document.states.get(SegmentState.REVISED, 0)
    done = (
        f"{revised + approved:,} of them revised, {approved:,} approved"
        if revised + approved
        else ("none of them revised")
    )
    return (
        f'<div class="rl-ask"><h4 dir="auto">{escape(document.name)}</h4>'
        f'<p class="rl-quiet">{counted(document.segments, "segment", "segments")}, {done}</p>'
        "<p>It leaves the lists, review, approval, search, figures and exports of this project, and nobody "
        "can change it.</p><p><b>Nothing is deleted.</b> It stays under <i>Withdrawn</i> on this page, from "
        f"where a QA lead brings it back with all that was done.</p>{typing}</div>"
    )


def _typing(desk: Desk, document: DocumentView) -> str:
    """Who types in it right now."""
    editing = desk.service.editing(document.project_id)
    mine = {
        view.id
        for view in desk.service.views({each.segment_id for each in editing})
        if view.document_id == document.id
    }
    names = sorted({each.name for each in editing if each.segment_id in mine})
    if not names:
        return ""
    verb = "is" if len(names) == 1 else "are"
    return notice_html(
        f"{', '.join(names)} {verb} typing in it right now. What is not saved stays in the browser, and can "
        "be saved once the document is restored.",
        "warning",
    )


def offer(desk: Desk, project: ProjectView) -> None:
    """What was done last, with its undo."""
    said: tuple[int, str, Withdrawn | None] | None = st.session_state.get(_SAID)
    if said is None or said[0] != project.id:
        return
    _, message, lost = said
    if lost is not None and (lost not in desk.service.withdrawn(project.id) or _is_past(lost)):
        del st.session_state[_SAID]
        return
    if lost is None:
        del st.session_state[_SAID]
        st.html(notice_html(message, "good"))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(notice_html(message, "good"), width="stretch")
        with st.container(horizontal=True, width="content"):
            if st.button("Undo", key="withdraw:undo") and desk.actor is not None:
                _restore(desk, desk.actor, project, lost)
            if st.button("Close", key="withdraw:close"):
                del st.session_state[_SAID]
                st.rerun()


def _is_past(lost: Withdrawn) -> bool:
    return datetime.now(UTC) - lost.at > _OFFERED


def section(desk: Desk, project: ProjectView) -> None:
    """The withdrawn documents, closed; nothing where there are none."""
    found = desk.service.withdrawn(project.id)
    if not found:
        return
    with st.expander(f"Withdrawn ({len(found)})", key=f"withdrawn:{project.id}"):
        pages = -(-len(found) // _SHOWN)
        number = st.pagination(pages, key=f"withdrawn-page:{project.id}") if pages > 1 else 1
        for each in found[(number - 1) * _SHOWN : number * _SHOWN]:
            row = f"document-{each.id}"
            with st.container(border=True, horizontal=True, vertical_alignment="center", key=row):
                st.html(_row_html(each), width="stretch")
                if desk.actor is None or not desk.may(Action.RESTORE):
                    continue
                icon = ":material/unarchive:"
                if st.button(
                    about("Restore", each.name), key=f"restore-{each.id}", icon=icon, type="tertiary"
                ):
                    _restore(desk, desk.actor, project, each)
        if not desk.may(Action.RESTORE):
            st.html('<p class="rl-quiet">A QA lead can restore them.</p>')


def _row_html(each: Withdrawn) -> str:
    time = f'<time datetime="{each.at.isoformat()}">{when(each)}</time>'
    done = f"{each.done:,} of {counted(each.segments, 'segment', 'segments')} revised"
    return (
        f'<div class="rl-doc"><div><h4 dir="auto">{escape(each.name)}</h4></div>'
        f'<p class="rl-quiet">by <bdi>{escape(each.person)}</bdi><br>{time}</p>'
        f'<p class="rl-quiet">{done}</p></div>'
    )


def _restore(desk: Desk, actor: Actor, project: ProjectView, each: Withdrawn) -> None:
    _do(project.id, lambda: desk.service.restore(actor, each.id, each.at), undo=False)


def _do(project_id: int, change: Callable[[], Withdrawn], *, undo: bool) -> None:
    """Withdraw or restore, and draw the page anew; or say why not."""
    try:
        done = change()
    except QAError as error:
        st.html(notice_html(str(error), "error"))
        return
    said = "is withdrawn; nothing of it is lost" if undo else "is back, as it was"
    st.session_state[_SAID] = (project_id, f"{done.name} {said}.", done if undo else None)
    _asking()
    # The list of the Review page may hold what has gone, or lack what is back.
    st.session_state.pop("window", None)
    st.rerun()
