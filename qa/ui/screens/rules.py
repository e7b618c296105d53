"""Rules: the policy of a project."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from qa.errors import QAError
from qa.review.roles import Action
from qa.review.views import ProjectView, Role
from qa.ui.session import Desk, ask_for
from qa.ui.text import notice_html


def page(desk: Desk) -> None:
    project = desk.project
    if project is None:
        st.html(notice_html("There are no rules yet: rules belong to a project. Add a document first."))
        return
    st.title("Rules")
    if not desk.may(Action.SET_POLICY):
        ask_for(desk, Role.LEAD, "Changing the rules is for a QA lead; here they are to read.", "as-lead")
    _policy(desk, project)


def _policy(desk: Desk, project: ProjectView) -> None:
    st.html(
        '<p class="rl-lede">Who may approve in this project, and how good a translation must be to pass on '
        "Insights and in reports. A change is recorded in the trail and holds at once.</p>"
    )
    policy = project.policy
    locked = not desk.may(Action.SET_POLICY)
    with st.form(f"policy-{project.id}-{hash(policy)}"):
        own = st.checkbox(
            "The author of a revision may approve it",
            policy.own_approval,
            disabled=locked,
            help="Off by default: ISO 17100 asks for a second person.",
        )
        left, right = st.columns(2)
        threshold = left.number_input(
            "Passing threshold (calibrated MQM score)",
            0.0,
            99.9,
            policy.passing_threshold,
            0.5,
            disabled=locked,
        )
        penalty = right.number_input(
            "Acceptable penalty points per 1,000 words",
            0.1,
            1000.0,
            policy.acceptable_penalty,
            0.5,
            disabled=locked,
        )
        if (
            st.form_submit_button("Save the rules", type="primary", disabled=locked)
            and desk.actor is not None
        ):
            wanted = replace(
                policy,
                own_approval=own,
                passing_threshold=threshold,
                acceptable_penalty=penalty,
            )
            try:
                desk.service.set_policy(desk.actor, project.id, wanted)
            except QAError as error:
                st.html(notice_html(str(error), "error"))
                return
            st.rerun()
