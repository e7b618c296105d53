"""People: who works here, in which roles, and who is invited. For QA leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from qa.errors import QAError
from qa.review.roles import Action
from qa.review.views import Actor, InvitationView, PersonView, Role, WorkView
from qa.ui.session import ROLE_NAMES, Desk, ask_for
from qa.ui.text import about, counted, escape, notice_html, plain

_SHOWN = 25
_SAID = "people:said"


def page(desk: Desk) -> None:
    st.title("People")
    if not desk.may(Action.SET_ROLES) or desk.actor is None:
        ask_for(desk, Role.LEAD, "Who works on the documents is for a QA lead to see and decide.", "as-lead")
        return
    if message := st.session_state.pop(_SAID, None):
        st.html(notice_html(message, "good"))
        st.session_state.pop("people:email", None)
    work = {each.name: each for each in desk.service.work()}
    if desk.person is None:
        _worked(work)
        return
    people = desk.service.people()
    st.html(
        f'<p class="rl-quiet">{counted(len(people), "person", "people")} here. '
        "Names and addresses come from your sign-in provider; roles are decided here.</p>"
    )
    _invite(desk, desk.actor)
    _invited(desk, desk.actor, desk.service.invitations())
    st.subheader("Here")
    pages = max(1, -(-len(people) // _SHOWN))
    number = st.pagination(pages, key="people:page") if pages > 1 else 1
    for person in people[(number - 1) * _SHOWN : number * _SHOWN]:
        _person(desk, desk.actor, person, work.get(person.name))


def _worked(work: Mapping[str, WorkView]) -> None:
    """At a local desk there is nobody to invite: everybody says their own name."""
    if not work:
        st.html(notice_html("Nobody has worked here yet: people appear with their first change."))
        return
    st.html(
        '<p class="rl-lede">Everybody who has worked with this database. Here people say who they are, and '
        "may act in any role; <code>qa serve --auth oidc</code> lets a team sign in, by invitation.</p>"
    )
    st.dataframe(
        [
            {
                "who": plain(each.name),
                "roles": ", ".join(ROLE_NAMES[role] for role in Role if role in each.roles),
                "changes": each.changes,
                "last change (UTC)": each.last.replace(tzinfo=None),
            }
            for each in sorted(work.values(), key=lambda each: each.last, reverse=True)
        ],
        hide_index=True,
    )


def _invite(desk: Desk, actor: Actor) -> None:
    with st.form("people:invite", clear_on_submit=False):
        left, right, last = st.columns([3, 3, 1], vertical_alignment="bottom")
        email = left.text_input(
            "E-mail address", key="people:email", max_chars=150, placeholder="ana@example.org"
        )
        roles = right.multiselect(
            "Roles",
            list(Role),
            [Role.TRANSLATOR],
            format_func=ROLE_NAMES.__getitem__,
            key="people:roles",
            placeholder="At least one",
        )
        if last.form_submit_button("Invite", type="primary", width="stretch"):
            _do(
                lambda: desk.service.invite(actor, email, roles),
                f"{email.strip()} is invited: tell them to come here and sign in.",
            )


def _invited(desk: Desk, actor: Actor, invitations: list[InvitationView]) -> None:
    st.subheader("Invited")
    if not invitations:
        st.html('<p class="rl-quiet">Nobody is waiting. An invitation goes when the person signs in.</p>')
    for each in invitations:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            roles = ", ".join(ROLE_NAMES[role] for role in Role if role in each.roles)
            since = f"invited by {escape(each.invited_by)}, {each.created:%d %b %Y}"
            st.html(
                f'<p class="rl-person"><b>{escape(each.email)}</b>'
                f'<span class="rl-quiet">{roles} · {since}</span></p>',
                width="stretch",
            )
            label = about("Withdraw", each.email)
            if st.button(label, key=f"people:withdraw:{each.email}", type="tertiary"):
                _do(
                    lambda email=each.email: desk.service.withdraw_invitation(actor, email),  # type: ignore[misc]
                    f"{each.email} is no longer invited.",
                )


def _person(desk: Desk, actor: Actor, person: PersonView, work: WorkView | None) -> None:
    """One person; the roles are a form, so that a half-made choice changes nothing."""
    done = "no changes yet"
    if work is not None:
        done = f"{counted(work.changes, 'change', 'changes')}, the last on {work.last:%d %b %Y}"
    address = f"{escape(person.email)} · " if person.email else "no address, cannot sign in · "
    # The roles are in the key: after a change, the choice begins with what holds.
    held = "-".join(role for role in Role if role in person.roles)
    with st.form(f"people:person:{person.name}:{held}"):
        left, right, last = st.columns([3, 3, 1], vertical_alignment="center")
        you = " (you)" if person.name == actor.name else ""
        left.html(
            f'<p class="rl-person"><b>{escape(person.name)}</b>{you}'
            f'<span class="rl-quiet">{address}{done}</span></p>'
        )
        roles = right.multiselect(
            f"Roles of {plain(person.name)}",
            list(Role),
            sorted(person.roles, key=list(Role).index),
            format_func=ROLE_NAMES.__getitem__,
            label_visibility="collapsed",
            placeholder="No role: shut out",
        )
        if last.form_submit_button(about("Save", person.name), width="stretch"):
            said = "has no role any more, and is shut out" if not roles else "has other roles now"
            _do(lambda: desk.service.set_roles(actor, person.name, roles), f"{person.name} {said}.")


def _do(change: Callable[[], object], said: str) -> None:
    """Make a change and draw the page anew, or say why not."""
    try:
        change()
    except QAError as error:
        st.html(notice_html(str(error), "error"))
        return
    st.session_state[_SAID] = said
    st.rerun()
