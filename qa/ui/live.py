"""Live work on the pages with a workbench: what others save, and who is typing where.

A fragment that looks once a second brings the rows of the window up to date and tells the browser those that
have changed; what nobody else touched is neither read nor sent.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import streamlit as st

from qa.errors import QAError
from qa.review.changes import same_person
from qa.review.live import Feed
from qa.review.roles import Action
from qa.ui import direct, pulse
from qa.ui.payload import Json, row_payload
from qa.ui.text import plain

if TYPE_CHECKING:
    from qa.review.service import ReviewService
    from qa.review.views import EditingView, SegmentFilter
    from qa.ui.bench import Window
    from qa.ui.session import Desk

__all__ = ["SECONDS", "Feeds", "News", "is_other", "note_editing", "sitting", "wait", "watch"]

SECONDS = 1.0
"""Between two looks at what others do."""
_SIGN_OF_LIFE = 30.0
"""Seconds after which somebody who goes on typing is noted again."""


class Feeds:
    """The feed of each project, for all sittings of one server process."""

    def __init__(self, service: ReviewService) -> None:
        self._service = service
        self._lock = threading.Lock()
        self._feeds: dict[int, Feed] = {}

    def of(self, project_id: int) -> Feed:
        with self._lock:
            if project_id not in self._feeds:
                self._feeds[project_id] = Feed(self._service, project_id)
            return self._feeds[project_id]


@dataclass(slots=True)
class News:
    """What the browser is to be told on top of what the workbench was last drawn with."""

    number: int
    """How far the window's rows follow the project's feed."""
    told: int = 0
    """Rises with every drawing of the workbench and with every news: the browser ignores older ones."""
    rows: dict[int, Json] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    """Segments that a repair has replaced, or whose document is withdrawn."""
    left: bool = False
    """Has a document been withdrawn? Then the list is to be read anew, whatever is in focus."""

    def drawn(self) -> int:
        """The workbench is drawn with all rows of the window: nothing else is news any more."""
        self.rows, self.gone = {}, set()
        self.told += 1
        return self.told


@st.fragment(run_every=SECONDS)
def watch(desk: Desk) -> None:
    """Tell the workbench above what others have done."""
    direct.renew()
    window: Window | None = st.session_state.get("window")
    if window is None:
        return
    try:
        look = desk.feeds.of(window.key[1].project_id).look()
        if look.number != window.news.number:
            _follow(desk, window, look.number)
    except QAError:
        return  # The next action says what is wrong; a look behind the scenes has nothing to add.
    pulse.mount(
        {
            "window": window.serial,
            "told": window.news.told,
            "rows": list(window.news.rows.values()),
            "gone": sorted(window.news.gone),
            "left": window.news.left,
            "editing": {
                str(each.segment_id): plain(each.name)
                for each in look.editing
                if each.segment_id in window.rows and is_other(desk, each)
            },
        }
    )


def _follow(desk: Desk, window: Window, number: int) -> None:
    """Read the rows of the window that have changed since it was last looked at."""
    news = window.news
    changed = desk.feeds.of(window.key[1].project_id).since(news.number)
    mine = set(window.rows)
    fresh = False
    asked = mine if changed is None else changed & mine
    views = desk.service.views(asked)
    if lost := asked - {view.id for view in views} - news.gone:
        news.gone |= lost
        news.left = fresh = True
    for view in views:
        if view.retired:
            fresh |= view.id not in news.gone
            news.gone.add(view.id)
            continue
        news.gone.discard(view.id)
        row = row_payload(view)
        if row != window.rows[view.id]:
            window.put(row)
            news.rows[view.id] = row
            fresh = True
    news.number = number
    news.told += fresh


@st.fragment(run_every=SECONDS)
def wait(desk: Desk, chosen: SegmentFilter, news: News) -> None:
    """Draw the page anew as soon as there is something to show on it: a segment that ``chosen`` selects.

    ``news`` is from before the list was found empty."""
    try:
        number = desk.feeds.of(chosen.project_id).look().number
        if number == news.number:
            return
        found = desk.service.segments(chosen, limit=1).total
    except QAError:
        return  # As above.
    news.number = number
    if found:
        st.rerun(scope="app")


def sitting() -> str:
    """This page in this browser; given out by the server, so that nobody can take another's."""
    name: str = st.session_state.setdefault("sitting", uuid.uuid4().hex)
    return name


def is_other(desk: Desk, each: EditingView) -> bool:
    """Is it somebody else who types there? A page that was reloaded, or whose server was started again, is
    another sitting of the same person, and nobody wants to be warned of oneself."""
    mine = desk.actor is not None and same_person(each.name, desk.actor.name)
    return not mine and each.sitting != sitting()


def note_editing(desk: Desk, message: Mapping[str, Any]) -> None:
    """Let others see, or see no more, where the person types, as the browser's ``message`` says."""
    if "editing" not in message or desk.actor is None or not desk.may(Action.SAVE_DRAFT):
        return
    segment = message["editing"]
    known, at = st.session_state.get("editing", (None, 0.0))
    now = time.monotonic()
    if segment == known and (segment is None or now - at < _SIGN_OF_LIFE):
        return
    # A hint: whatever is in its way must not be in the way of the work.
    with suppress(QAError):
        if isinstance(segment, int):
            desk.service.edit(desk.actor, segment, sitting())
        else:
            desk.service.stop_editing(sitting())
    st.session_state["editing"] = (segment, now)
