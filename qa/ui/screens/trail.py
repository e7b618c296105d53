"""Trail: all that has happened in a project, filtered, a page at a time, and as a file. For QA leads."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from qa.errors import QAError
from qa.report.trail import FORMATS, export_trail
from qa.review.roles import Action
from qa.review.trail import TrailFilter, TrailPage
from qa.review.views import Actor, ProjectView, Role
from qa.ui.session import Desk, Param, ask_for
from qa.ui.text import notice_html, plain
from qa.ui.trailing import decision_label, trail_html

PAGE = 50
"""Entries on a page."""


def _actions(text: str) -> list[Action]:
    found = [Action(part) for part in text.split(",")]
    if Action.READ_TRAIL in found:  # it leaves no event
        raise ValueError(text)
    return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text)


def _number(text: str) -> int:
    value = int(text)
    if not 0 <= value < 2**31:
        raise ValueError(text)
    return value


WHO: Param[str] = Param("who", "", str, scope="trail")
WHAT: Param[list[Action]] = Param("what", [], _actions, ",".join, scope="trail")
DOCUMENT: Param[int] = Param("document", 0, _number, scope="trail")
POSITION: Param[int] = Param("position", 0, _number, scope="trail")
SINCE: Param[date | None] = Param("since", None, _day, str, scope="trail")
UNTIL: Param[date | None] = Param("until", None, _day, str, scope="trail")
DECISION: Param[str] = Param("decision", "", str, scope="trail")
_PLACE = "trail:place"
_RECORDED = [action for action in Action if action is not Action.READ_TRAIL]


def page(desk: Desk) -> None:
    project = desk.project
    if project is None:
        st.html(notice_html("Nothing has happened yet: add a document on the Documents page first."))
        return
    st.title("Trail")
    if not desk.may(Action.READ_TRAIL) or desk.actor is None:
        ask_for(desk, Role.LEAD, "Who did what, segment by segment, is for a QA lead to read.", "as-lead")
        return
    named = desk.service.document_names(project.id, withdrawn=True)
    kept = desk.document_names(project.id)
    names = {id: kept.get(id) or f"{plain(name)} (withdrawn)" for id, name in named.items()}
    chosen = _filter(desk, desk.actor, project, names)
    cursors = _cursors(chosen)
    found = desk.service.trail(desk.actor, chosen, before_id=cursors[-1], limit=PAGE)
    if not found.entries:
        st.html(notice_html("Nothing in the trail is like that."))
    else:
        st.html(trail_html(found.entries, names, project))
        _turn(found, cursors)
        _decisions(found, chosen)
    _export(desk, desk.actor, project, chosen, named)


def _filter(desk: Desk, actor: Actor, project: ProjectView, names: dict[int, str]) -> TrailFilter:
    """The filter rows and what they select; all of it stands in the address."""
    people = desk.service.trail_people(actor, project.id)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _valid(WHO, ["", *people])
        who = WHO.put(
            st.selectbox(
                "Who",
                ["", *people],
                format_func=lambda name: plain(name) or "Everybody",
                key=WHO.key,
                width=165,
            )
        )
        what = WHAT.put(
            st.multiselect("What", _RECORDED, key=WHAT.take(), placeholder="Everything", width=200)
        )
        _valid(DOCUMENT, [0, *names])
        document_id = DOCUMENT.put(
            st.selectbox(
                "Document",
                [0, *names],
                format_func=lambda id: names.get(id, "All documents"),
                key=DOCUMENT.key,
                width=170,
            )
        )
        position = POSITION.put(
            int(
                st.number_input(
                    "Segment",
                    0,
                    key=POSITION.take(),
                    disabled=not document_id,
                    help="Its number in the document; 0 is all. Choose a document first.",
                    width=115,
                )
            )
        )
        since = SINCE.put(st.date_input("From (UTC)", key=SINCE.take(), width=130))
        until = UNTIL.put(st.date_input("Until (UTC)", key=UNTIL.take(), width=130))
    decision = DECISION.put(st.session_state[DECISION.take()])
    if decision:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(notice_html("The events of one decision about several segments."), width="stretch")
            st.button("Show the whole trail", key="trail:all", on_click=_choose, args=("",))
    return TrailFilter(
        project.id,
        people=frozenset({who} if who else ()),
        actions=frozenset(what),
        document_id=document_id or None,
        position=(position or None) if document_id else None,
        since=_midnight(since),
        before=_midnight(until + timedelta(days=1)) if until and until < date.max else None,
        group_id=decision,
    )


def _valid(param: Param[str] | Param[int], options: list[str] | list[int]) -> None:
    """Bring a choice up to the address; one that is none is everything."""
    key = param.take()
    if st.session_state[key] not in options:
        st.session_state[key] = param.default


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC)


def _choose(decision: str) -> None:
    st.session_state[DECISION.key] = decision


def _cursors(chosen: TrailFilter) -> list[int | None]:
    """Where the pages so far began; another filter begins anew."""
    known: tuple[TrailFilter, list[int | None]] | None = st.session_state.get(_PLACE)
    if known is None or known[0] != chosen:
        known = (chosen, [None])
        st.session_state[_PLACE] = known
    return known[1]


def _turn(found: TrailPage, cursors: list[int | None]) -> None:
    if len(cursors) == 1 and found.next is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("‹ Newer", key="trail:newer", disabled=len(cursors) == 1, on_click=_back, args=(cursors,))
        st.html(f'<p class="rl-quiet">Page {len(cursors)}</p>', width="content")
        st.button(
            "Older ›",
            key="trail:older",
            disabled=found.next is None,
            on_click=cursors.append,
            args=(found.next,),
        )


def _back(cursors: list[int | None]) -> None:
    if len(cursors) > 1:  # a doubled click must not leave the first page
        cursors.pop()


def _decisions(found: TrailPage, chosen: TrailFilter) -> None:
    """The decisions about several segments on this page, to look at one by one."""
    several = {entry.event.group_id: decision_label(entry) for entry in found.entries if entry.number > 1}
    if not several or chosen.group_id:
        return
    st.selectbox(
        "Look at one decision",
        ["", *several],
        format_func=lambda group: several.get(group, "Its events one by one …"),
        key="trail:decision-of-page",
        label_visibility="collapsed",
        width=420,
        on_change=lambda: _choose(st.session_state["trail:decision-of-page"]),
    )


def _export(
    desk: Desk, actor: Actor, project: ProjectView, chosen: TrailFilter, names: dict[int, str]
) -> None:
    st.subheader("As a file")
    st.html('<p class="rl-lede">All events that the filter selects, one a line, the oldest first.</p>')
    with st.container(horizontal=True, vertical_alignment="center"):
        format = st.segmented_control(
            "Format",
            list(FORMATS),
            default="csv",
            required=True,
            format_func=str.upper,
            label_visibility="collapsed",
            key="trail:format",
        )
        format = format or "csv"
        if st.button("Prepare the file", key="trail:prepare"):
            _prepare(desk, actor, chosen, names, format)
        ready = st.session_state.get("trail:file")
        if ready and ready.get("for") == (chosen, format):
            st.download_button(
                f"Download {format.upper()}",
                ready["bytes"],
                file_name=f"trail-{project.id}.{format}",
                mime=FORMATS[format][0],
                type="primary",
                key="trail:download",
                on_click="ignore",
            )


def _prepare(desk: Desk, actor: Actor, chosen: TrailFilter, names: dict[int, str], format: str) -> None:
    # Taken before the work: a click meanwhile ends this run at its next Streamlit call.
    ready: dict[str, object] = st.session_state.setdefault("trail:file", {})
    try:
        desk.service.record_export(actor, chosen.project_id, f"trail {format}")
        with TemporaryDirectory(prefix="relecture-") as folder:
            path = Path(folder) / f"trail.{format}"
            export_trail(desk.service.trail_events(actor, chosen), names, path, format)
            content = path.read_bytes()
    except QAError as error:
        st.html(notice_html(str(error), "error"))
        return
    ready.update({"for": (chosen, format), "bytes": content})
