"""Review: the translator's page. A filtered list, one active card, an editor."""

from __future__ import annotations

import streamlit as st

from qa.errors import QAError
from qa.review.roles import Action
from qa.review.views import ProjectView, Role
from qa.ui import bench, live, plain
from qa.ui.filters import review_filter
from qa.ui.session import NAMELESS, Desk, ask_for
from qa.ui.text import notice_html


def page(desk: Desk) -> None:
    project = desk.project
    if project is None:
        st.html(notice_html("There is nothing to review yet: add a document on the Documents page first."))
        return
    if desk.actor is None:
        st.html(notice_html(NAMELESS, "warning"))
    elif not desk.may(Action.SUBMIT):
        ask_for(
            desk,
            Role.TRANSLATOR,
            "Correcting is for a translator or an editor. As a QA lead you read along here, decide about "
            "flags and mute checks.",
            "as-translator",
        )
    if plain.wanted():
        plain.show(desk, project, review_filter(desk, project), "review")
    else:
        _list(desk, project)
        live.watch(desk)


@st.fragment
def _list(desk: Desk, project: ProjectView) -> None:
    """The filters and what they select: another filter draws these anew, and nothing around them."""
    try:
        desk.look_again()
        project = desk.projects.get(project.id, project)
        bench.show(desk, project, review_filter(desk, project), "review")
    except QAError as error:
        st.html(notice_html(str(error), "error"))
