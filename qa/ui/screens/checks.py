"""Checks: how often people agreed with each, and muting those that are not worth reading. For QA leads."""

from __future__ import annotations

from io import StringIO
from typing import Any

import streamlit as st

from qa.errors import QAError
from qa.report.precision import Precision, precisions, write_precisions
from qa.review.muting import CheckTally
from qa.review.roles import Action
from qa.review.views import Actor, ProjectView, Role
from qa.ui.session import Desk, Param, ask_for
from qa.ui.text import counted, escape, notice_html, plain

CHECK: Param[str] = Param("check", "", str, scope="checks")
_DOCUMENT: Param[int] = Param("document", 0, int, scope="checks")
_TABLE = "checks:table"
_SAID = "checks:said"
_REASONS = 12
"""Reasons of dismissals that are listed."""


def page(desk: Desk) -> None:
    project = desk.project
    if project is None:
        st.html(notice_html("There are no figures yet: add a document on the Documents page first."))
        return
    st.title("Checks")
    if not desk.may(Action.MUTE_CHECK) or desk.actor is None:
        ask_for(desk, Role.LEAD, "How the checks do, and muting them, is for a QA lead.", "as-lead")
        return
    if said := st.session_state.pop(_SAID, None):
        st.html(notice_html(*said))
    st.html(
        '<p class="rl-lede">How often people agreed with each check here. Precision is the share of the '
        "decided flags that were accepted, with its 95% interval; first come the checks that are imprecise "
        "for sure. The open flags of a muted check are neither shown nor counted, and come back when it is "
        "unmuted.</p>"
    )
    names = desk.document_names(project.id)
    document_id = _document(names)
    found = precisions(_with_silent(desk.service.tallies(project.id, document_id), project))
    _table(found)
    _one(desk, desk.actor, project, found)
    _export(desk, desk.actor, project, found)


def _document(names: dict[int, str]) -> int | None:
    if len(names) < 2:
        return None
    key = _DOCUMENT.take()
    if st.session_state[key] not in names:
        st.session_state[key] = 0
    chosen = st.selectbox(
        "Figures of",
        [0, *names],
        format_func=lambda id: names.get(id, "The whole project"),
        key=key,
        label_visibility="collapsed",
        width=320,
    )
    return _DOCUMENT.put(chosen) or None


def _with_silent(tallies: list[CheckTally], project: ProjectView) -> list[CheckTally]:
    """The tallies, and one for each installed check that has flagged nothing: it can be muted as well."""
    from qa.checks import CHECKS

    known = {tally.check for tally in tallies}
    muted = project.policy.muted_checks
    return tallies + [
        CheckTally(name, 0, 0, 0, 0, {}, name in muted) for name in CHECKS.names() if name not in known
    ]


def _table(found: list[Precision]) -> None:
    rows = [
        {
            "check": plain(each.tally.check),
            "muted": "muted" if each.tally.muted else "",
            "precision": _percent(each.value),
            "low": _percent(each.low),
            "high": _percent(each.high),
            "decided": each.tally.decided,
            "accepted": each.tally.accepted,
            "by hand": each.tally.edited,
            "dismissed": each.tally.dismissed,
            "open": each.tally.open,
        }
        for each in found
    ]

    def pick() -> None:
        chosen: Any = st.session_state[_TABLE]
        for row in chosen.selection.rows:
            st.session_state[CHECK.key] = found[row].tally.check

    percent = st.column_config.NumberColumn(format="%.0f %%")
    st.dataframe(
        rows,
        hide_index=True,
        height=min(38 + 35 * len(rows), 360),
        placeholder="–",
        key=_TABLE,
        on_select=pick,
        selection_mode="single-row",
        column_config={
            "precision": st.column_config.ProgressColumn(format="%.0f %%", min_value=0, max_value=100),
            "low": percent,
            "high": percent,
            "decided": st.column_config.NumberColumn(
                help="Accepted and dismissed flags: what precision is of."
            ),
            "by hand": st.column_config.NumberColumn(
                help="Accepted flags whose place was corrected by typing, not with a fix or by agreeing."
            ),
        },
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def _export(desk: Desk, actor: Actor, project: ProjectView, found: list[Precision]) -> None:
    stream = StringIO(newline="")
    write_precisions(found, stream)
    safe = "".join(c if c.isalnum() or c in "-_." else "-" for c in project.name)
    st.download_button(
        "Download the table (CSV)",
        stream.getvalue().encode("utf-8-sig"),
        file_name=f"{safe}-checks.csv",
        mime="text/csv",
        key="checks:download",
        on_click=_noted,
        args=(desk, actor, project),
    )


def _noted(desk: Desk, actor: Actor, project: ProjectView) -> None:
    try:
        desk.service.record_export(actor, project.id, "checks csv")
    except QAError as error:
        st.session_state[_SAID] = (str(error), "error")


def _one(desk: Desk, actor: Actor, project: ProjectView, found: list[Precision]) -> None:
    """The chosen check: why its flags were dismissed, and the switch."""
    by_name = {each.tally.check: each for each in found}
    key = CHECK.take()
    if st.session_state[key] not in by_name:
        st.session_state[key] = found[0].tally.check
    st.subheader("One check")
    name = CHECK.put(
        st.selectbox(
            "Check", list(by_name), format_func=plain, key=key, label_visibility="collapsed", width=320
        )
    )
    tally = by_name[name].tally
    st.html(_summary(by_name[name]))
    with st.form(f"checks:mute:{name}:{tally.muted}", border=False):
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        why = left.text_input("Why (for the audit trail)", max_chars=300)
        label = "Unmute it here" if tally.muted else "Mute it here"
        if right.form_submit_button(label, type="primary", width="stretch"):
            _switch(desk, actor, project, tally, why or "")
    reasons = "".join(
        f"<li><b>{number}</b> {escape(reason) or 'without a reason'}</li>"
        for reason, number in list(tally.reasons.items())[:_REASONS]
    )
    if reasons:
        more = len(tally.reasons) - _REASONS
        rest = f"<li>{more:,} other reasons</li>" if more > 0 else ""
        st.html(f'<p>Why its flags were dismissed:</p><ul class="rl-reasons">{reasons}{rest}</ul>')


def _summary(each: Precision) -> str:
    tally = each.tally
    if each.value is None or each.low is None or each.high is None:
        share = "Nobody has decided about its flags yet"
    else:
        share = (
            f"{tally.accepted:,} of {tally.decided:,} decided flags were accepted: {each.value:.0%} "
            f"({each.low:.0%} to {each.high:.0%})"
        )
    muted = " It is muted in this project." if tally.muted else ""
    return f"<p>{share}; {counted(tally.open, 'flag is', 'flags are')} open.{muted}</p>"


def _switch(desk: Desk, actor: Actor, project: ProjectView, tally: CheckTally, why: str) -> None:
    try:
        if tally.muted:
            number = desk.service.unmute_check(actor, project.id, tally.check, why)
            said = f"{tally.check} is unmuted: open flags that are back: {number:,}."
        else:
            number = desk.service.mute_check(actor, project.id, tally.check, why)
            said = f"{tally.check} is muted: open flags left out: {number:,}."
    except QAError as error:
        st.html(notice_html(str(error), "error"))
        return
    st.session_state[_SAID] = (said, "good")
    st.rerun()
