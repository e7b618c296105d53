"""Approve: the editor's page. What was handed in, with its change against the machine translation."""

from __future__ import annotations

import streamlit as st

from qa.review.views import Role
from qa.ui import bench, live, missing, plain, several
from qa.ui.filters import approval_filter
from qa.ui.session import Desk, ask_for
from qa.ui.text import notice_html

_NOTHING = (
    "Nothing waits for approval here. Segments come to this queue when somebody saves them on the Review "
    "page with Save & next; the page then shows them by itself."
)
_NOTHING_SUCH = (
    "Nothing that waits for approval matches the filters above. What is saved meanwhile and matches them "
    "shows itself."
)


def page(desk: Desk) -> None:
    project = desk.project
    if project is None:
        st.html(notice_html("There is nothing to approve yet: add a document on the Documents page first."))
        return
    if desk.actor is None or desk.role is not Role.EDITOR:
        ask_for(
            desk,
            Role.EDITOR,
            "Approving and sending back is for an editor, who did not write the text.",
            "as-editor",
        )
    chosen = approval_filter(desk, project)
    # Before the list is read: what comes in between is looked at once too often and never missed.
    news = live.News(desk.feeds.of(project.id).look().number)
    if not desk.service.segments(chosen, limit=1).total:
        narrowed = bool(chosen.search or chosen.document_id)
        missing.look(desk)
        missing.show(desk, project)
        st.html(notice_html(_NOTHING_SUCH if narrowed else _NOTHING))
        if plain.wanted():
            several.offer(desk, project)
        if "window" in st.session_state and st.session_state["window"].key[0] == "approve":
            del st.session_state["window"]
        live.wait(desk, chosen, news)
        return
    if plain.wanted():
        plain.show(desk, project, chosen, "approve")
    else:
        bench.show(desk, project, chosen, "approve")
        live.watch(desk)
