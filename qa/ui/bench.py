"""The workbench and the server: one window of the filtered list, the messages from it, and its answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

import streamlit as st

from qa.errors import NotFoundError, QAError, WithdrawnError
from qa.model import Severity
from qa.review.roles import Action
from qa.review.views import ProjectView, SegmentFilter
from qa.ui import direct, grouped, marking, missing, workbench
from qa.ui.live import News, note_editing
from qa.ui.payload import (
    Json,
    comment_payload,
    context_payload,
    history_payload,
    language_payload,
    returned_payload,
    row_payload,
)
from qa.ui.session import Desk, send_address, write_address
from qa.ui.terms import matches
from qa.ui.text import notice_html

__all__ = ["PAGE", "Mode", "permissions", "show"]

Mode = Literal["review", "approve"]

PAGE = 40
"""Segments in one window of the list."""
_CONTEXT = 2


@dataclass(slots=True)
class Window:
    """What the browser has of the list. Rows stay where they are while they are worked on, even when they
    no longer match the filter; turning the page or refreshing reads the list anew."""

    key: tuple[Any, ...]
    serial: int
    offset: int
    total: int
    news: News
    rows: dict[int, Json] = field(default_factory=dict)
    selected: int | None = None
    gone: dict[int, Json] = field(default_factory=dict)
    """Segments that were in focus when a repair of the alignment replaced them, or their document was
    withdrawn; the browser shows what was typed into them."""

    def put(self, row: Json) -> None:
        """Replace the picture of a segment that is in the window, unless it is an older one."""
        known = self.rows.get(row["id"])
        if known is not None and known["version"] <= row["version"]:
            self.rows[row["id"]] = row


def permissions(desk: Desk, project: ProjectView) -> dict[str, bool]:
    """What the page offers; what is allowed is decided by the service."""
    return {
        "edit": desk.may(Action.SAVE_DRAFT),
        "approve": desk.may(Action.APPROVE),
        "send_back": desk.may(Action.SEND_BACK),
        "reopen": desk.may(Action.REOPEN),
        "undo": desk.may(Action.UNDO),
        "propagate": desk.may(Action.PROPAGATE),
        "bulk": desk.may(Action.BULK_APPROVE),
        "decide": desk.may(Action.DISMISS_FLAG),
        "comment": desk.may(Action.COMMENT),
        "mute": desk.may(Action.MUTE_CHECK),
        "terms": desk.may(Action.ADD_TERM),
        "mark": desk.may(Action.ADD_FLAG),
        "own": project.policy.own_approval,
    }


@st.fragment
def show(desk: Desk, project: ProjectView, chosen: SegmentFilter, mode: Mode) -> None:
    """The workbench over the segments that ``chosen`` selects, or why there is no such list."""
    try:
        _show(desk, project, chosen, mode)
    except QAError as error:
        # Here: beyond the fragment it would be a stranger's exception.
        st.html(notice_html(str(error), "error"))
    send_address()


def _show(desk: Desk, project: ProjectView, chosen: SegmentFilter, mode: Mode) -> None:
    # Always here: what comes and goes above the workbench must not make the browser build it anew.
    said_above = st.container()
    message = getattr(st.session_state.get(workbench.KEY), "send", None)
    message = message if isinstance(message, Mapping) else {}
    results = _perform(desk, message)
    window = _window(desk, chosen, mode)
    for result in results:
        if result.get("row"):
            window.put(result["row"])
    _refresh(desk, window, results)
    if any(result.get("muted") for result in results):
        window = _anew(desk, chosen, window)
    page, said = message.get("page"), ""
    # The browser repeats what it asks of the list until it is answered: another message may overtake it.
    if isinstance(page, Mapping) and st.session_state.get("turned") != page.get("id"):
        st.session_state["turned"] = page.get("id")
        window, said = _turn(desk, chosen, window, page, message.get("focus"))
    focus = message.get("focus") if not page else window.selected
    here = focus if isinstance(focus, int) else window.selected
    detail = _detail(desk, project, window, here)
    if detail is None and here in window.rows:
        window = _without(desk, chosen, window, here)
    elif window.news.left:
        window = _anew(desk, chosen, window)
    st.session_state["window"] = window
    with said_above:
        missing.show(desk, project)
    _address(window, detail)
    workbench.mount(
        {
            "store": desk.store_key(project),
            "project": project.id,
            "mode": mode,
            "actor": desk.actor.name if desk.actor else "",
            "address": direct.address(),
            "token": direct.admit(desk),
            "can": permissions(desk, project),
            "marking": marking.choices(),
            "languages": {
                "source": language_payload(project.source_lang),
                "target": language_payload(project.target_lang),
            },
            "documents": {str(id): name for id, name in desk.document_names(project.id).items()},
            "window": window.serial,
            "told": window.news.drawn(),
            "offset": window.offset,
            "total": window.total,
            "end": min(window.offset + PAGE, window.total),
            "more": window.offset + PAGE < window.total,
            "rows": list(window.rows.values()),
            "gone": list(window.gone.values()),
            "selected": window.selected,
            "turned": st.session_state.get("turned"),
            "said": said,
            "focus": message.get("focus"),
            "detail": detail,
            "results": [{k: v for k, v in result.items() if k != "touched"} for result in results],
            "proposal": _proposal(desk, project, chosen, message.get("ask")),
        }
    )
    note_editing(desk, message)


def _refresh(desk: Desk, window: Window, results: Iterable[Json]) -> None:
    """Bring the rows up to date that a decision about several segments has changed."""
    touched = {id for result in results for id in result.get("touched", ()) if id in window.rows}
    for view in desk.service.views(touched):
        window.put(row_payload(view))


def _proposal(desk: Desk, project: ProjectView, chosen: SegmentFilter, ask: object) -> Json | None:
    if not isinstance(ask, Mapping):
        return None
    if desk.actor is None:
        return {"serial": ask.get("serial"), "kind": ask.get("kind"), "rows": [], "message": _NAMELESS}
    names = desk.document_names(project.id)
    return grouped.proposal(desk.service, desk.actor, project.id, chosen.document_id, names, ask)


def _perform(desk: Desk, message: Mapping[str, Any]) -> list[Json]:
    actions = message.get("actions") or []
    if not actions:
        return []
    if desk.actor is None:
        return [
            {"id": a.get("id"), "segment": a.get("segment"), "ok": False, "row": None, "message": _NAMELESS}
            for a in actions
        ]
    return desk.ledger.carry_out(desk.service, desk.actor, str(message.get("client", "")), actions)


_NAMELESS = "say who you are in the sidebar first: every change is recorded under a name"


def _window(desk: Desk, chosen: SegmentFilter, mode: Mode) -> Window:
    """The window of this sitting, read anew where the page or the filter is another one."""
    known: Window | None = st.session_state.get("window")
    key = (mode, chosen, desk.service.database)
    wanted = _number(st.query_params.get("segment"))
    same = known is not None and known.key == key
    opened = known is None or known.key[0] != mode
    if not opened and wanted in _visited():
        # A quick browser sends the address of a moment ago; that must not take anybody back.
        wanted = None
    if known is not None and same and wanted is None:
        return known
    offset = (_number(st.query_params.get("offset")) or 0) if opened else 0
    window = known if known is not None and same else _read(desk, chosen, key, offset)
    if wanted is not None and (opened or same):
        _include(desk, window, wanted)
        window.serial = _next_serial()
    return window


def _visited() -> set[int]:
    """The segments that this sitting has put into the address bar."""
    visited: set[int] = st.session_state.setdefault("visited", set())
    return visited


def _next_serial() -> int:
    serial: int = st.session_state.get("serial", 0) + 1
    st.session_state["serial"] = serial
    return serial


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 16 else None


def _read(desk: Desk, chosen: SegmentFilter, key: tuple[Any, ...], offset: int) -> Window:
    # Before the rows: a change that comes in between is looked at once too often and never missed.
    news = News(desk.feeds.of(chosen.project_id).look().number)
    page = desk.service.segments(chosen, offset=max(0, offset), limit=PAGE)
    if not page.rows and page.total:
        page = desk.service.segments(chosen, offset=max(0, page.total - PAGE), limit=PAGE)
    rows = {view.id: row_payload(view) for view in page.rows}
    return Window(key, _next_serial(), page.offset, page.total, news, rows, next(iter(rows), None))


def _without(desk: Desk, chosen: SegmentFilter, window: Window, segment_id: int) -> Window:
    """The list read anew, without a segment that a repair of the alignment has replaced, or whose document is
    withdrawn; what was typed into it stays in sight."""
    fresh = _read(desk, chosen, window.key, window.offset)
    fresh.gone = window.gone | {segment_id: window.rows[segment_id]}
    fresh.selected = segment_id
    return fresh


def _anew(desk: Desk, chosen: SegmentFilter, window: Window) -> Window:
    """The list read anew where muting or withdrawing has changed it, the segment in focus still in it."""
    fresh = _read(desk, chosen, window.key, window.offset)
    fresh.gone = window.gone
    if window.selected is not None:
        _include(desk, fresh, window.selected)
    return fresh


def _include(desk: Desk, window: Window, segment_id: int) -> None:
    """Select a segment, with the page of the list where it stands; one that the filter leaves out is put
    where it would stand."""
    if segment_id not in window.rows:
        try:
            view = desk.service.segment(segment_id)
        except WithdrawnError as error:
            missing.note(error.document_id)
            return
        except NotFoundError:
            return
        chosen: SegmentFilter = window.key[1]
        if view.retired or view.document_id not in desk.document_names(chosen.project_id):
            return
        place = desk.service.place(chosen, segment_id)
        near = window.offset <= place < window.offset + PAGE
        page = _read(desk, chosen, window.key, window.offset if near else place - _CONTEXT)
        rows = list(page.rows.items())
        if segment_id not in page.rows:
            rows.insert(place - page.offset, (segment_id, row_payload(view)))
        window.offset, window.total, window.news, window.rows = page.offset, page.total, page.news, dict(rows)
    window.selected = segment_id


def _turn(
    desk: Desk, chosen: SegmentFilter, window: Window, page: Mapping[str, Any], focus: object
) -> tuple[Window, str]:
    """Another page of the list, or the same read anew, and a word on it; ``segment`` goes to one outside the
    window, ``seek`` to the next that is flagged."""
    if page.get("seek"):
        return _seek(desk, chosen, window, focus, page["seek"] == "grave")
    if isinstance(page.get("segment"), int):
        _include(desk, window, page["segment"])
        window.serial = _next_serial()
        return window, ""
    match page.get("turn"):
        case "next":
            # Segments worked off have left the filtered list: count what is still in front of the next page.
            still = {view.id for view in desk.service.segments(chosen, offset=window.offset, limit=PAGE).rows}
            return _read(desk, chosen, window.key, window.offset + len(still & window.rows.keys())), ""
        case "previous":
            return _read(desk, chosen, window.key, window.offset - PAGE), ""
        case _:
            selected = window.selected
            window = _read(desk, chosen, window.key, window.offset)
            if selected in window.rows:
                window.selected = selected
            return window, ""


def _seek(
    desk: Desk, chosen: SegmentFilter, window: Window, focus: object, grave: bool
) -> tuple[Window, str]:
    """The page of the list with the next open flag after ``focus``, or a word on there being none."""
    found = None
    if isinstance(focus, int):
        with suppress(NotFoundError):
            found = desk.service.next_flagged(chosen, focus, Severity.MAJOR if grave else None)
    if found is None:
        return window, f"No {'major or critical' if grave else 'open'} flag after this segment"
    segment_id, place = found
    fresh = _read(desk, chosen, window.key, place - _CONTEXT)
    _include(desk, fresh, segment_id)
    return fresh, ""


def _detail(desk: Desk, project: ProjectView, window: Window, focus: int | None) -> Json | None:
    """Neighbours, terms, comments and history of the segment in focus; its row is brought up to date too."""
    if focus is None:
        return None
    try:
        near = desk.service.neighbours(focus, before=_CONTEXT, after=_CONTEXT)
    except WithdrawnError as error:
        if focus in window.rows:
            missing.note(error.document_id)
        return None
    except NotFoundError:
        return None
    current = next(view for view in near if view.id == focus)
    window.put(row_payload(current))
    window.selected = focus if focus in window.rows else window.selected
    events = desk.service.events(segment_id=focus, limit=50)
    return {
        "segment": focus,
        **context_payload(near, current.position),
        "terms": matches(desk.service, project, current),
        "comments": comment_payload(desk.service.comments(focus)),
        "history": history_payload(events),
        "returned": returned_payload(events),
    }


def _address(window: Window, detail: Json | None) -> None:
    """Keep the address bar on the segment in focus, so that a link opens it again."""
    segment: int | None = detail["segment"] if detail else None
    if segment is not None:
        _visited().add(segment)
    write_address(
        {
            "segment": None if segment is None else str(segment),
            "offset": str(window.offset) if window.offset else None,
        }
    )
