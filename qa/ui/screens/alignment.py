"""Alignment: which sentences belong together, the doubtful ones first, and what repairs them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from qa.errors import QAError
from qa.review.roles import Action
from qa.review.views import ProjectView, Role
from qa.ui import linkboard, linking, missing
from qa.ui.linking import Order
from qa.ui.session import Desk, Param, ask_for
from qa.ui.text import notice_html

ORDERS: dict[Order, str] = {"doubtful": "Doubtful first", "document": "As in the document"}


def _order(text: str) -> Order:
    return "document" if text == "document" else "doubtful"


DOCUMENT: Param[int] = Param("document", 0, int, scope="alignment")
ORDER: Param[Order] = Param("links", "doubtful", _order, scope="alignment")


def page(desk: Desk) -> None:
    project = desk.project
    if project is None or not project.documents:
        st.html(notice_html("There are no links yet: add a document on the Documents page first."))
        return
    may = desk.may(Action.REPAIR)
    if not may:
        ask_for(desk, Role.TRANSLATOR, "Repairing links is for a translator or an editor.", "as-translator")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        document_id = _document(desk, project)
        order = ORDER.put(
            st.segmented_control(
                "Links",
                list(ORDERS),
                format_func=ORDERS.__getitem__,
                key=ORDER.take(),
                required=True,
                label_visibility="collapsed",
                persist_state="session",
            )
            or "doubtful"
        )
    missing.show(desk, project)
    _links(desk, project, document_id, order, may)


def _document(desk: Desk, project: ProjectView) -> int:
    names = desk.document_names(project.id)
    key = DOCUMENT.take()
    if st.session_state[key] not in names:
        missing.note(st.session_state[key])
        st.session_state[key] = next(iter(names))
    chosen = st.selectbox(
        "Document",
        list(names),
        format_func=names.__getitem__,
        key=key,
        label_visibility="collapsed",
        persist_state="session",
        width=320,
    )
    return DOCUMENT.put(chosen)


@st.fragment
def _links(desk: Desk, project: ProjectView, document_id: int, order: Order, may: bool) -> None:
    message = getattr(st.session_state.get(linkboard.KEY), "send", None)
    key = (desk.service.database, document_id, order)
    board: linking.Board | None = st.session_state.get("links")
    try:
        if board is None or board.key != key:
            board = linking.opened(desk, key, document_id, order)
        elif not isinstance(message, Mapping):
            # Coming back to the page, or another name or role: others may have worked meanwhile.
            linking.refresh(desk, board)
    except QAError as error:
        st.html(notice_html(str(error)))
        return
    st.session_state["links"] = board
    if isinstance(message, Mapping):
        linking.perform(desk, project, board, message)
        if message.get("operation"):
            # The list of the Review page may hold segments that have been replaced.
            st.session_state.pop("window", None)
    linkboard.mount(linking.payload(desk, project, board, may=may))
