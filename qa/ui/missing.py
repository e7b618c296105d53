"""A withdrawn document that a link leads to, or that somebody had before them: said above the page until that
is closed, or the document is back."""

from __future__ import annotations

import streamlit as st

from qa.errors import NotFoundError, QAError, WithdrawnError
from qa.review.roles import Action
from qa.review.views import ProjectView, Withdrawn
from qa.ui.session import Desk
from qa.ui.text import notice_html

__all__ = ["look", "note", "show", "when"]

_DOCUMENT = "withdrawn:document"
"""In the session's state: the document that is spoken of."""
_LOOKED = "withdrawn:looked"
"""The address's segment that has been looked at."""


def note(document_id: int) -> None:
    """Somebody was led to this document; where it is not withdrawn, nothing is said."""
    st.session_state[_DOCUMENT] = document_id


def look(desk: Desk, opened: int | None = None) -> None:
    """Look at the segment that the address names, once, and at the one that is ``opened``: for pages without
    a list in which it is missed."""
    text = st.query_params.get("segment", "")
    if text != st.session_state.get(_LOOKED) and text.isdecimal() and len(text) < 16:
        _look(desk, int(text))
    st.session_state[_LOOKED] = text
    if opened is not None:
        _look(desk, opened)


def _look(desk: Desk, segment_id: int) -> None:
    try:
        desk.service.segment(segment_id)
    except WithdrawnError as error:
        note(error.document_id)
    except NotFoundError:
        pass  # A link to nothing opens the list.


def show(desk: Desk, project: ProjectView) -> None:
    """Say by whom and when it was withdrawn; a lead can restore it here."""
    document_id = st.session_state.get(_DOCUMENT)
    if document_id is None:
        return
    found = next((each for each in desk.service.withdrawn(project.id) if each.id == document_id), None)
    if found is None:
        del st.session_state[_DOCUMENT]
        return
    kept = " What was typed there and not saved is kept in the browser." if desk.may(Action.SUBMIT) else ""
    said = f"{found.name} was withdrawn by {found.person} on {when(found)}; a QA lead can restore it.{kept}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(notice_html(said, "warning"), width="stretch")
        # Together, so that a narrow page puts both on the next line.
        with st.container(horizontal=True, width="content"):
            if desk.may(Action.RESTORE) and st.button("Restore", key="withdrawn:restore"):
                _restore(desk, found)
            if st.button("Close", key="withdrawn:close"):
                del st.session_state[_DOCUMENT]
                st.rerun()


def when(each: Withdrawn) -> str:
    """The moment of a withdrawal, for people."""
    return f"{each.at:%d %b %Y, %H:%M} UTC"


def _restore(desk: Desk, found: Withdrawn) -> None:
    if desk.actor is None:
        return
    try:
        desk.service.restore(desk.actor, found.id, found.at)
    except QAError as error:
        st.html(notice_html(str(error), "error"))
        return
    # The list was read without it.
    st.session_state.pop("window", None)
    st.rerun()
