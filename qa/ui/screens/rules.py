"""Rules and trail: the policy of a project, the people, and everything that has happened."""

from __future__ import annotations

import json
from dataclasses import replace

import streamlit as st

from qa.errors import QAError
from qa.review.roles import Action
from qa.review.views import EventView, ProjectView, Role
from qa.ui.session import Desk, ask_for
from qa.ui.text import notice_html, plain

_EVENTS = 500


def page(desk: Desk) -> None:
    project = desk.project
    if project is None:
        st.html(notice_html("There are no rules yet: rules belong to a project. Add a document first."))
        return
    st.title("Rules and trail")
    if not desk.may(Action.SET_POLICY):
        ask_for(desk, Role.LEAD, "Changing the rules is for a QA lead; here they are to read.", "as-lead")
    _policy(desk, project)
    st.subheader("Trail")
    _trail(desk, project)


def _policy(desk: Desk, project: ProjectView) -> None:
    from qa.checks import CHECKS

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
        names = sorted({*CHECKS.names(), *policy.muted_checks})
        muted = st.multiselect(
            "Muted checks",
            names,
            sorted(policy.muted_checks),
            disabled=locked,
            placeholder="None",
            help="Their flags are neither shown nor counted in this project.",
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
                muted_checks=frozenset(muted),
            )
            try:
                desk.service.set_policy(desk.actor, project.id, wanted)
            except QAError as error:
                st.html(notice_html(str(error), "error"))
                return
            st.rerun()


def _trail(desk: Desk, project: ProjectView) -> None:
    events = desk.service.events(project_id=project.id, limit=_EVENTS)
    actors, actions = sorted({e.actor for e in events}), sorted({e.action for e in events})
    with st.container(horizontal=True):
        who = st.multiselect(
            "Who", [plain(actor) for actor in actors], placeholder="Everybody", key="trail-who", width=300
        )
        what = st.multiselect("What", actions, placeholder="Everything", key="trail-what", width=420)
    shown = [e for e in events if (not who or plain(e.actor) in who) and (not what or e.action in what)]
    st.dataframe([_event(event) for event in shown], hide_index=True, height=420)
    if len(events) == _EVENTS:
        st.html(notice_html(f"The newest {_EVENTS} events are shown."))


def _event(event: EventView) -> dict[str, object]:
    return {
        "when (UTC)": event.at.replace(tzinfo=None),
        "who": plain(event.actor),
        "role": event.role,
        "what": event.action,
        "segment": event.segment_id,
        "document": event.document_id,
        "details": plain(json.dumps(dict(event.data), ensure_ascii=False, default=str))[:500],
    }
