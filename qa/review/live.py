"""Live work: what others have done since one last looked, and where they are typing.

Both are hints. Nothing here decides about a change: that stays with the version a segment has.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from qa.errors import NotFoundError
from qa.review.record import Record
from qa.review.roles import Action
from qa.review.views import Actor, EditingView
from qa.store import live, schema, withdrawals

__all__ = ["EXPIRY", "Feed", "Live", "News"]

EXPIRY = timedelta(minutes=2)
"""How long somebody counts as typing in a segment without a sign of life."""

_AT_ONCE = 2000
"""Events read, or kept, at most; beyond it, everything counts as changed."""
_LATE = 200
"""How far below the newest event one may still appear when a feed begins."""


class Live(Record):
    """Following what others do."""

    def newest_event(self, project_id: int) -> int:
        """The number of the project's newest event; 0 without one."""
        with self._database.read() as records:
            return live.newest_event(records, project_id)

    def events_after(self, project_id: int, after: int, limit: int) -> list[tuple[int, int | None]]:
        """Number and segment of the project's events with numbers above ``after``, oldest first."""
        with self._database.read() as records:
            return live.events_after(records, project_id, after, limit)

    def editing(self, project_id: int) -> list[EditingView]:
        """Who types where in the project, as far as there was a sign of life within ``EXPIRY``."""
        with self._database.read() as records:
            rows = live.editing(records, project_id, datetime.now(UTC) - EXPIRY)
            return [EditingView(row.segment_id, row.name, row.sitting) for row in rows]

    def edit(self, actor: Actor, segment_id: int, sitting: str) -> None:
        """Let others see that the actor types in a segment: a sign of life, and no lock on it.

        ``sitting`` names one open page; it edits one segment at a time. Raises PermissionDenied for whoever
        may not edit, NotFoundError where the segment is not there or was replaced by a repair.
        """
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.SAVE_DRAFT)
            segment = withdrawals.segment(records, segment_id)
            if segment.position < 1:
                raise NotFoundError(f"segment {segment_id} was replaced when the alignment was repaired")
            now = datetime.now(UTC)
            row = schema.Editing(
                sitting=sitting,
                project_id=segment.project_id,
                segment_id=segment.id,
                name=actor.name,
                seen=now,
            )
            live.edit(records, row, stale=now - EXPIRY)

    def stop_editing(self, sitting: str) -> None:
        """The page types nowhere any more."""
        with self._database.write() as records:
            live.forget(records, sitting)


@dataclass(frozen=True, slots=True)
class News:
    """What a look at a feed gave. ``number`` rises with every change; ``editing`` is who types where."""

    number: int
    editing: tuple[EditingView, ...] = ()


class Feed:
    """The changes in one project, for all open pages of one server process: however many they are, the
    database is asked at most once in ``fresh`` seconds, and not at all while nobody looks.

    Numbers of events are given out before their transactions end, so on PostgreSQL a lower one may appear
    after a higher one: everything of the last ``overlap`` seconds is asked for again. Safe to share between
    threads.
    """

    def __init__(
        self,
        service: Live,
        project_id: int,
        *,
        fresh: float = 0.4,
        overlap: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._service, self._project = service, project_id
        self._fresh, self._overlap, self._clock = fresh, overlap, clock
        self._lock = threading.Lock()
        self._newest = service.newest_event(project_id)
        self._floor = max(0, self._newest - _LATE)
        self._seen = {id for id, _ in service.events_after(project_id, self._floor, _AT_ONCE)}
        self._marks: deque[tuple[float, int]] = deque([(clock(), self._newest)])
        """When which event was the newest one; the first of them becomes the floor when it is old enough."""
        self._log: deque[int | None] = deque(maxlen=_AT_ONCE)
        """The segments of the latest changes; None is a change that is not about one segment."""
        self._news = News(0)
        self._asked = float("-inf")

    def look(self) -> News:
        """How far the project is; may raise StoreError."""
        with self._lock:
            now = self._clock()
            if now - self._asked >= self._fresh:
                self._news = News(self._news.number + self._read(now), self._editing())
                self._asked = now
            return self._news

    def since(self, number: int) -> set[int] | None:
        """The segments with changes after ``number``; None where any may have changed."""
        with self._lock:
            behind = self._news.number - number
            if not 0 <= behind <= len(self._log):
                return None
            changed = list(self._log)[len(self._log) - behind :]
        ids = {id for id in changed if id is not None}
        return ids if None not in changed else None

    def _editing(self) -> tuple[EditingView, ...]:
        return tuple(self._service.editing(self._project))

    def _read(self, now: float) -> int:
        """Read what is new into the log; the number of changes."""
        while len(self._marks) > 1 and now - self._marks[1][0] >= self._overlap:
            self._marks.popleft()
        if self._marks[0][1] != self._floor and now - self._marks[0][0] >= self._overlap:
            self._floor = self._marks[0][1]
            self._seen = {id for id in self._seen if id > self._floor}
        events = self._service.events_after(self._project, self._floor, _AT_ONCE)
        fresh = [(id, segment) for id, segment in events if id not in self._seen]
        if len(events) == _AT_ONCE:
            # An import, or everybody at once: cheaper to look at all that is shown than to keep count.
            self._floor = self._service.newest_event(self._project)
            self._marks = deque([(now, self._floor)])
            self._seen.clear()
            fresh = [(self._floor, None)]
        if fresh:
            self._seen.update(id for id, _ in fresh)
            self._log.extend(segment for _, segment in fresh)
            newest = max(self._newest, *(id for id, _ in fresh))
            if newest != self._newest:
                self._newest = newest
                self._marks.append((now, newest))
        return len(fresh)
