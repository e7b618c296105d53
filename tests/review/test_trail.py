"""The audit trail as QA leads read it: filters, pages, decisions as one line, streams."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from qa.errors import NotFoundError, PermissionDenied, UsageError
from qa.model import CheckedDocument, Link
from qa.review.roles import Action
from qa.review.service import ReviewService
from qa.review.trail import NAMED, TrailEntry, TrailFilter, TrailPage
from qa.review.views import Actor, Risk, Role, SegmentFilter

TOM, EVE, LEA = Actor("Tom", Role.TRANSLATOR), Actor("Eve", Role.EDITOR), Actor("Lea", Role.LEAD)


@pytest.fixture
def worked(service: ReviewService, project: int, checked: CheckedDocument) -> ReviewService:
    """Two documents; Tom hands all of both in, a dismissal goes over to the second, Eve approves all at once
    and takes that back."""
    second = service.import_document(LEA, project, checked, name="second").id
    rows = service.segments(SegmentFilter(project)).rows
    service.dismiss_flag(TOM, rows[0].flags[0].id, "fine")
    service.propagate_dismissal(EVE, rows[0].flags[0].id, [rows[3].flags[0].id], group_id="dismissal")
    for row in rows:
        service.submit(TOM, row.id, row.text, row.version)
    seen = {row.id: row.version for row in service.segments(SegmentFilter(project)).rows}
    service.bulk_approve(EVE, project, seen, Risk(quality=0), group_id="approval")
    service.undo_group(EVE, project, "approval")
    service.create_project(LEA, "Elsewhere", "ru", "fr")
    assert second == 2
    return service


def entries(service: ReviewService, actor: Actor = LEA, **fields: object) -> list[TrailEntry]:
    return list(service.trail(actor, TrailFilter(1, **fields)).entries)  # type: ignore[arg-type]


def actions(found: list[TrailEntry]) -> list[str]:
    return [entry.event.action for entry in found]


def test_a_decision_about_several_is_one_line(worked: ReviewService) -> None:
    found = entries(worked)
    # Approved are the four without an open flag.
    assert actions(found[:2]) == ["undo-group", "bulk-approve"]
    assert [entry.number for entry in found[:2]] == [4, 4]
    assert [(place.document_id, place.position) for place in found[1].places] == [
        (1, 1),
        (1, 3),
        (2, 1),
        (2, 3),
    ]
    assert actions(found[2:8]) == ["submit"] * 6
    assert [entry.number for entry in found[2:]] == [1] * len(found[2:])
    assert actions(found[8:]) == ["propagate-dismissal", "dismiss-flag", "import", "import", "create-project"]
    assert [(place.document_id, place.position) for place in found[9].places] == [(1, 1)]
    assert found[-1].places == ()


def test_the_events_of_one_decision_one_by_one(worked: ReviewService) -> None:
    found = entries(worked, group_id="approval")
    assert actions(found) == ["undo-group"] * 4 + ["bulk-approve"] * 4
    assert entries(worked, group_id="no such") == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"people": {"TOM"}}, {"submit", "dismiss-flag"}),
        ({"people": {"EVE"}}, {"propagate-dismissal", "bulk-approve", "undo-group"}),
        ({"people": {"Nobody"}}, set()),
        ({"actions": {Action.IMPORT, Action.SUBMIT}}, {"import", "submit"}),
        ({"document_id": 2}, {"import", "submit", "propagate-dismissal", "bulk-approve", "undo-group"}),
        ({"document_id": 2, "position": 2}, {"submit"}),
        ({"document_id": 1, "position": 1}, {"submit", "dismiss-flag", "bulk-approve", "undo-group"}),
        ({"document_id": 77}, set()),
    ],
    ids=str,
)  # fmt: skip
def test_filters(worked: ReviewService, fields: dict[str, object], expected: set[str]) -> None:
    assert set(actions(entries(worked, **fields))) == expected


def test_a_decision_is_counted_under_the_filter(worked: ReviewService) -> None:
    (approval,) = [e for e in entries(worked, document_id=2) if e.event.action == "bulk-approve"]
    assert (approval.number, [place.position for place in approval.places]) == (2, [1, 3])
    (alone,) = [e for e in entries(worked, document_id=1, position=3) if e.event.action == "bulk-approve"]
    assert (alone.number, [place.position for place in alone.places]) == (1, [3])


def test_times_are_from_and_until(worked: ReviewService) -> None:
    everything = list(worked.trail_events(LEA, TrailFilter(1)))
    middle = everything[5].event.at
    since = [e for e in everything if e.event.at >= middle]
    assert list(worked.trail_events(LEA, TrailFilter(1, since=middle))) == since
    before = [e for e in everything if e.event.at < middle]
    assert list(worked.trail_events(LEA, TrailFilter(1, before=middle))) == before
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert entries(worked, since=tomorrow) == []
    with pytest.raises(UsageError, match="time zone"):
        entries(worked, since=datetime(2026, 1, 1))


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_pages_follow_each_other_and_lose_nothing(worked: ReviewService, size: int) -> None:
    everything = entries(worked)
    pages: list[TrailPage] = []
    last: int | None = None
    while not pages or last is not None:
        pages.append(worked.trail(LEA, TrailFilter(1), before_id=last, limit=size))
        last = pages[-1].next
    assert [entry for page in pages for entry in page.entries] == everything
    assert all(len(page.entries) == size for page in pages[:-1])
    assert 1 <= len(pages[-1].entries) <= size


def test_a_stream_has_every_event_once_the_oldest_first(worked: ReviewService) -> None:
    streamed = [entry.event for entry in worked.trail_events(LEA, TrailFilter(1))]
    assert streamed == list(reversed(worked.events(project_id=1, limit=None)))


def test_a_long_decision_names_its_first_segments(
    service: ReviewService, project: int, checked: CheckedDocument
) -> None:
    for number in range(12):
        service.import_document(LEA, project, checked, name=str(number))
    for row in service.segments(SegmentFilter(project), limit=100).rows:
        for flag in row.flags:
            service.accept_flag(TOM, flag.id)
        service.submit(TOM, row.id, row.text, row.version)
    seen = {row.id: row.version for row in service.segments(SegmentFilter(project), limit=100).rows}
    service.bulk_approve(EVE, project, seen, Risk(quality=0))
    (entry,) = entries(service, actions={Action.BULK_APPROVE})
    assert (entry.number, len(entry.places)) == (39, NAMED)


def test_a_segment_keeps_the_history_of_what_it_was_made_of(service: ReviewService, project: int) -> None:
    first, second, _ = service.segments(SegmentFilter(project)).rows
    service.comment(TOM, first.id, "hm")
    seen = {row.id: row.version for row in (first, second)}
    service.repair(EVE, first.document_id, seen, (Link((0, 1), (0, 1), 1.0),), "merge")
    found = entries(service, document_id=1, position=1)
    assert actions(found) == ["repair", "comment"]
    assert found[1].places[0].position < 0
    with pytest.raises(NotFoundError, match="no segment 3"):
        entries(service, document_id=1, position=3)
    with pytest.raises(UsageError, match="choose the document"):
        entries(service, position=1)


def test_people_are_named_once(worked: ReviewService) -> None:
    worked.comment(Actor("tom", Role.TRANSLATOR), 1, "hm")
    assert len(worked.trail_people(LEA, 1)) == 3
    assert len(entries(worked, people={"tom"})) == len(entries(worked, people={"Tom"})) == 8


@pytest.mark.parametrize("actor", [TOM, EVE], ids=str)
def test_only_a_lead_reads(worked: ReviewService, actor: Actor) -> None:
    with pytest.raises(PermissionDenied):
        worked.trail(actor, TrailFilter(1))
    with pytest.raises(PermissionDenied):
        worked.trail_events(actor, TrailFilter(1))  # refused before the first event is asked for
    with pytest.raises(PermissionDenied):
        worked.trail_people(actor, 1)


def test_what_does_not_exist(service: ReviewService) -> None:
    with pytest.raises(NotFoundError):
        service.trail(LEA, TrailFilter(4))
    with pytest.raises(NotFoundError):
        service.trail_events(LEA, TrailFilter(4))


def test_no_page_without_entries(service: ReviewService, project: int) -> None:
    with pytest.raises(UsageError):
        service.trail(LEA, TrailFilter(project), limit=0)
