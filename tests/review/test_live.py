"""Following what others do: nothing is missed, nothing is asked twice, and hints run out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qa.errors import NotFoundError, PermissionDenied
from qa.model import Link
from qa.review import live
from qa.review.live import Feed, Live, News
from qa.review.service import ReviewService
from qa.review.views import Actor, EditingView, SegmentFilter, SegmentView


class Clock:
    """A clock that goes on when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Trail(Live):
    """Events without a database: numbers and segments, in the order in which they appear."""

    def __init__(self) -> None:
        self.events: list[tuple[int, int | None]] = []
        self.asked = 0

    def newest_event(self, project_id: int) -> int:
        return max((id for id, _ in self.events), default=0)

    def events_after(self, project_id: int, after: int, limit: int) -> list[tuple[int, int | None]]:
        self.asked += 1
        return sorted(event for event in self.events if event[0] > after)[:limit]

    def editing(self, project_id: int) -> list[EditingView]:
        return []


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def trail() -> Trail:
    return Trail()


@pytest.fixture
def feed(trail: Trail, clock: Clock) -> Feed:
    trail.events = [(5, 50)]
    return Feed(trail, 1, clock=clock)


def later(feed: Feed, clock: Clock, seconds: float = 1.0) -> News:
    clock.now += seconds
    return feed.look()


def test_the_segments_of_a_saved_change_and_of_no_other_project(
    service: ReviewService, project: int, segment: SegmentView, translator: Actor, lead: Actor, clock: Clock
) -> None:
    feed = Feed(service, project, clock=clock)
    before = feed.look().number
    other = service.create_project(lead, "Second", "ru", "fr")
    service.submit(translator, segment.id, "Du neuf.", segment.version)
    service.comment(translator, segment.id, "Oui")
    after = later(feed, clock).number
    assert after == before + 2
    assert feed.since(before) == {segment.id}
    assert feed.since(after) == set()
    assert Feed(service, other.id).look().number == 0


def test_a_change_that_is_not_about_one_segment_may_be_about_any(
    service: ReviewService, project: int, segment: SegmentView, translator: Actor, clock: Clock
) -> None:
    feed = Feed(service, project, clock=clock)
    second = service.segments(SegmentFilter(project)).rows[1]
    seen = {segment.id: segment.version, second.id: second.version}
    service.repair(translator, segment.document_id, seen, (Link((0, 1), (0, 1), 1.0),), "merge")
    later(feed, clock)
    assert feed.since(0) is None


def test_many_pages_are_one_question(feed: Feed, trail: Trail, clock: Clock) -> None:
    feed.look()
    asked = trail.asked
    trail.events.append((6, 60))
    for _ in range(20):
        clock.now += 0.01
        feed.look()
    assert trail.asked == asked
    assert later(feed, clock).number == 1
    assert trail.asked == asked + 1


def test_a_number_that_appears_late_is_not_missed(feed: Feed, trail: Trail, clock: Clock) -> None:
    """On PostgreSQL a transaction that began first may end last."""
    trail.events.append((8, 80))
    first = later(feed, clock).number
    trail.events.append((7, 70))
    second = later(feed, clock).number
    assert feed.since(first) == {70}
    trail.events.append((9, 90))
    third = later(feed, clock, 30).number
    assert feed.since(second) == {90}
    assert later(feed, clock, 30).number == third


def test_events_from_before_the_feed_are_no_news(trail: Trail, clock: Clock) -> None:
    trail.events = [(id, id) for id in range(1, 1000)]
    feed = Feed(trail, 1, clock=clock)
    assert later(feed, clock).number == 0
    assert later(feed, clock, 60).number == 0


def test_too_many_to_count_is_anything(
    feed: Feed, trail: Trail, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = feed.look().number
    monkeypatch.setattr(live, "_AT_ONCE", 50)
    trail.events += [(id, id) for id in range(10, 100)]
    number = later(feed, clock).number
    assert number > start
    assert feed.since(start) is None
    trail.events.append((100, 7))
    assert later(feed, clock).number == number + 1
    assert feed.since(number) == {7}


def test_whoever_was_away_too_long_looks_at_everything(feed: Feed, trail: Trail, clock: Clock) -> None:
    start = feed.look().number
    for round in range(3):
        trail.events += [(id, id) for id in range(10 + 900 * round, 10 + 900 * (round + 1))]
        number = later(feed, clock, 20).number
    assert feed.since(start) is None
    assert feed.since(number + 1) is None
    assert feed.since(number - 1) == {2709}


class TestEditing:
    """Who types where."""

    def test_one_segment_a_sitting_until_it_stops(
        self, service: ReviewService, project: int, translator: Actor, editor: Actor
    ) -> None:
        one, other, _ = [row.id for row in service.segments(SegmentFilter(project)).rows]
        service.edit(translator, one, "s1")
        service.edit(editor, one, "s2")
        service.edit(translator, other, "s1")
        assert {(each.segment_id, each.name, each.sitting) for each in service.editing(project)} == {
            (other, "Tom", "s1"),
            (one, "Eve", "s2"),
        }
        service.stop_editing("s1")
        assert [each.name for each in service.editing(project)] == ["Eve"]

    def test_it_runs_out_without_a_sign_of_life(
        self, service: ReviewService, segment: SegmentView, translator: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        service.edit(translator, segment.id, "s1")
        monkeypatch.setattr(live, "EXPIRY", timedelta(0))
        assert service.editing(1) == []

    def test_it_never_stands_in_the_way_of_a_save(
        self, service: ReviewService, segment: SegmentView, translator: Actor, editor: Actor
    ) -> None:
        service.edit(editor, segment.id, "s2")
        assert service.submit(translator, segment.id, "Le mien.", segment.version).text == "Le mien."

    def test_it_leaves_no_trace_in_the_trail(
        self, service: ReviewService, segment: SegmentView, translator: Actor
    ) -> None:
        before = service.events(limit=None)
        service.edit(translator, segment.id, "s1")
        assert service.events(limit=None) == before

    def test_whoever_may_not_edit_is_not_shown(
        self, service: ReviewService, segment: SegmentView, lead: Actor
    ) -> None:
        with pytest.raises(PermissionDenied):
            service.edit(lead, segment.id, "s1")
        assert service.editing(1) == []

    def test_a_segment_that_is_not_there(
        self, service: ReviewService, project: int, translator: Actor
    ) -> None:
        with pytest.raises(NotFoundError):
            service.edit(translator, 999, "s1")
