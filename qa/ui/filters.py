"""The filters of the review list: widgets above it, values in the query string."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from qa.model import SearchSide, SegmentState, Severity
from qa.review.views import ProjectView, SegmentFilter, SegmentOrder
from qa.ui import missing
from qa.ui.session import Desk, Param, put_right

__all__ = ["approval_filter", "review_filter"]

STATE_NAMES = {
    SegmentState.MACHINE: "Machine",
    SegmentState.IN_REVISION: "In revision",
    SegmentState.REVISED: "Revised",
    SegmentState.APPROVED: "Approved",
    SegmentState.SENT_BACK: "Sent back",
}
ORDERS: dict[SegmentOrder, str] = {
    "position": "As in the document",
    "harm": "Worst flags first",
    "score": "Lowest score first",
}
SIDES: dict[SearchSide, str] = {"both": "Both texts", "source": "Source", "target": "Translation"}
_BACK = frozenset({SegmentState.SENT_BACK})
_PLACEHOLDERS = {
    "both": "Search both texts",
    "source": "Search the source",
    "target": "Search the translation",
}
_HELP = (
    "Upper and lower case are the same until the pattern has a capital letter; accents always count. "
    "`^` and `$` are the beginning and the end of a text. For example `\\bstrikes?\\b`, "
    "`\\d+ 000`, `[«»]`, `\\p{Han}`."
)


def _states(text: str) -> list[SegmentState]:
    return [SegmentState(part) for part in text.split(",")]


def _severity(text: str) -> Severity | None:
    return Severity(text)


def _order(text: str) -> SegmentOrder:
    for order in ORDERS:
        if order == text:
            return order
    raise ValueError(text)


def _side(text: str) -> SearchSide:
    for side in SIDES:
        if side == text:
            return side
    raise ValueError(text)


def _score(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 100:
        raise ValueError(text)
    return value


def _joined(values: Iterable[str]) -> str:
    return ",".join(values)


class Search:
    """The search box of a page and what belongs to it."""

    def __init__(self, scope: str) -> None:
        self.text: Param[str] = Param("q", "", str, scope=scope)
        self.side: Param[SearchSide] = Param("in", "both", _side, scope=scope)
        self.regex: Param[bool] = Param("regex", False, lambda text: text == "1", lambda _: "1", scope=scope)

    def box(self, width: int = 270) -> str:
        side = st.session_state[self.side.take()]
        return self.text.put(
            st.text_input(
                "Search source and translation",
                key=self.text.take(),
                placeholder=_PLACEHOLDERS[side],
                label_visibility="collapsed",
                persist_state="session",
                width=width,
                icon=":material/search:",
            )
            or ""
        )

    def options(self) -> tuple[SearchSide, bool]:
        """Where to search, and whether for a regular expression; to be drawn inside the popover."""
        side = self.side.put(
            st.segmented_control(
                "Search in",
                list(SIDES),
                required=True,
                format_func=SIDES.__getitem__,
                key=self.side.take(),
                persist_state="session",
            )
            or "both"
        )
        regex = self.regex.put(
            st.checkbox("Regular expression", key=self.regex.take(), persist_state="session", help=_HELP)
        )
        return side, regex


DOCUMENT: Param[int] = Param("document", 0, int, scope="review")
MINE: Param[bool] = Param("mine", True, lambda text: text != "off", lambda _: "off", scope="review")
FLAGS: Param[bool] = Param("flags", False, lambda text: text == "open", lambda _: "open", scope="review")
BACK: Param[bool] = Param("back", False, lambda text: text == "only", lambda _: "only", scope="review")
SEARCH = Search("review")
SEVERITY: Param[Severity | None] = Param("severity", None, _severity, str, scope="review")
STATES: Param[list[SegmentState]] = Param("state", [], _states, _joined, scope="review")
CHECKS: Param[list[str]] = Param("check", [], lambda text: text.split(","), _joined, scope="review")
SCORE: Param[int] = Param("below", 100, _score, scope="review")
ORDER: Param[SegmentOrder] = Param("order", "position", _order, scope="review")
QUEUE_DOCUMENT: Param[int] = Param("document", 0, int, scope="approve")
QUEUE_SEARCH = Search("approve")


def _document(desk: Desk, project: ProjectView, param: Param[int]) -> int | None:
    names = desk.document_names(project.id)
    key = param.take()
    if (wanted := st.session_state[key]) and wanted not in names:
        missing.note(wanted)
        st.session_state[key] = 0
    chosen = st.selectbox(
        "Document",
        [0, *names],
        format_func=lambda id: names.get(id, "All documents"),
        key=key,
        label_visibility="collapsed",
        persist_state="session",
        width=210,
    )
    return param.put(chosen) or None


def review_filter(desk: Desk, project: ProjectView) -> SegmentFilter:
    """The filter row of the review page and what it selects."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        document_id = _document(desk, project, DOCUMENT)
        has_part = _has_part(desk, project, document_id)
        assignee = desk.actor.name if has_part and desk.actor and st.session_state[MINE.take()] else ""
        came_back = desk.service.segments(
            SegmentFilter(project.id, document_id=document_id, states=_BACK, assignee=assignee), limit=1
        ).total
        # All filters stay in one row of a small screen.
        search = SEARCH.box(190 if has_part or came_back else 270)
        if has_part:
            MINE.put(st.toggle("Only mine", key=MINE.take(), persist_state="session"))
        open_only = FLAGS.put(st.toggle("Open flags only", key=FLAGS.take(), persist_state="session"))
        back_only = _back_only(came_back)
        with st.popover(_more(SEARCH.side, SEARCH.regex, SEVERITY, STATES, CHECKS, SCORE)):
            side, regex = SEARCH.options()
            severity = SEVERITY.put(
                st.selectbox(
                    "At least as severe as",
                    list(Severity),
                    format_func=lambda s: s.value.capitalize(),
                    index=None,
                    placeholder="Any severity",
                    key=SEVERITY.take(),
                    persist_state="session",
                )
            )
            states = STATES.put(
                st.multiselect(
                    "State",
                    list(SegmentState),
                    format_func=STATE_NAMES.__getitem__,
                    key=STATES.take(),
                    placeholder="Any state",
                    persist_state="session",
                )
            )
            checks = CHECKS.put(_checks())
            score = SCORE.put(
                st.slider(
                    "Estimated quality at most", 0, 100, key=SCORE.take(), step=5, persist_state="session"
                )
            )
        order = ORDER.put(
            st.selectbox(
                "Order",
                list(ORDERS),
                format_func=ORDERS.__getitem__,
                key=ORDER.take(),
                label_visibility="collapsed",
                persist_state="session",
                width=190,
            )
        )
    return SegmentFilter(
        project_id=project.id,
        document_id=document_id,
        states=_BACK if back_only else frozenset(states),
        open_flags_only=open_only,
        min_severity=severity,
        checks=frozenset(checks),
        max_quality=None if score == SCORE.default else float(score),
        search=search,
        side=side,
        regex=regex,
        order=order,
        assignee=assignee,
    )


def _has_part(desk: Desk, project: ProjectView, document_id: int | None) -> bool:
    """Has the person at the desk been given some of this?"""
    actor = desk.actor
    return actor is not None and desk.service.has_assignment(project.id, actor.name, document_id)


def _back_only(count: int) -> bool:
    """Only what an editor has sent back? Asked where there is any."""
    if not count and not st.session_state[BACK.take()]:
        return BACK.put(False)
    return BACK.put(st.toggle(f"Sent back ({count})", key=BACK.take(), persist_state="session"))


def _checks() -> list[str]:
    from qa.checks import CHECKS as ALL

    key = CHECKS.take()
    names = sorted(ALL.names())
    put_right(key, [name for name in st.session_state[key] if name in names])
    return st.multiselect("Check", names, key=key, placeholder="Any check", persist_state="session")


def _more(*params: Param[Any]) -> str:
    """The label of the popover that holds the widgets of ``params``: it counts those that are in use, also
    when the page has just been opened by an address that says so."""
    used = sum(st.session_state[param.take()] != param.default for param in params)
    return f"More filters ({used})" if used else "More filters"


def approval_filter(desk: Desk, project: ProjectView) -> SegmentFilter:
    """The queue of an editor: what was handed in, narrowed to a document or a search."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        document_id = _document(desk, project, QUEUE_DOCUMENT)
        search = QUEUE_SEARCH.box()
        with st.popover(_more(QUEUE_SEARCH.side, QUEUE_SEARCH.regex)):
            side, regex = QUEUE_SEARCH.options()
    return SegmentFilter(
        project_id=project.id,
        document_id=document_id,
        states=frozenset({SegmentState.REVISED}),
        search=search,
        side=side,
        regex=regex,
    )
