"""Whose turn which segments are: any order of giving and taking back, and what repairs make of it."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stacking import stacked

from qa.errors import NotFoundError, StoreError, UsageError
from qa.model import CheckedDocument, CheckedSegment, Link, Segment, SegmentState, Span
from qa.review import assigning
from qa.review.service import ReviewService
from qa.review.views import Actor, Part, Role, SegmentFilter

LEA = Actor("Lea", Role.LEAD)
LENGTH = 9


def pages(service: ReviewService, project: int, *, name: str = "pages") -> int:
    """A document of nine segments."""
    source, target = stacked([f"С{n}." for n in range(LENGTH)], "ru"), stacked(["T."] * LENGTH, "fr")
    segments = [
        CheckedSegment(
            Segment(n + 1, a.text, b.text, (n,), (n,), 0.9, Span(a.start, a.end), Span(b.start, b.end)), None
        )
        for n, (a, b) in enumerate(zip(source.sentences, target.sentences, strict=True))
    ]
    return service.import_document(
        LEA, project, CheckedDocument(source, target, tuple(segments)), name=name
    ).id


@pytest.fixture
def document(service: ReviewService, project: int) -> int:
    return pages(service, project)


def held(
    service: ReviewService, project: int, document: int
) -> list[tuple[str, list[tuple[int, int | None]]]]:
    return [
        (item.name, [(part.first, part.last) for part in item.parts])
        for item in service.assignments(project)
        if item.document_id == document
    ]


def positions(service: ReviewService, project: int, name: str, document: int | None = None) -> list[int]:
    chosen = SegmentFilter(project, document, assignee=name)
    return [row.position for row in service.segments(chosen).rows]


def test_a_document_and_a_stretch_of_another(service: ReviewService, project: int, document: int) -> None:
    assert service.assign(LEA, [Part(1), Part(document, 2, 4)], "Tom") == 6
    assert held(service, project, 1) == [("Tom", [(1, 3)])]
    assert held(service, project, document) == [("Tom", [(2, 4)])]
    assert positions(service, project, "TOM", document) == [2, 3, 4]
    assert positions(service, project, "Ann") == []
    assert service.has_assignment(project, "tom")
    assert not service.has_assignment(project, "Ann")


def test_giving_to_another_takes_away_and_says_so(
    service: ReviewService, project: int, document: int
) -> None:
    service.assign(LEA, [Part(document)], "Tom")
    assert service.assign(LEA, [Part(document, 4, 6)], "Ann") == 3
    assert held(service, project, document) == [("Tom", [(1, 3), (7, 9)]), ("Ann", [(4, 6)])]
    event = service.events(project, limit=1)[0]
    assert event.data == {"assignee": "Ann", "segments": [4, 6], "before": {"Tom": 3}}
    assert service.assign(LEA, [Part(document, 5)], "") == 5
    assert held(service, project, document) == [("Tom", [(1, 3)]), ("Ann", [(4, 4)])]


def test_giving_what_somebody_has_already_changes_nothing(
    service: ReviewService, project: int, document: int
) -> None:
    service.assign(LEA, [Part(document)], "Tom")
    before = service.events(limit=None)
    assert service.assign(LEA, [Part(document, 2, 5)], " tom ") == 0
    assert service.events(limit=None) == before


@pytest.mark.parametrize(("first", "last"), [(0, 3), (-1, None), (4, 3), (3, 10), (10, None), (11, 12)])
def test_segments_that_are_not_there_are_refused_and_nothing_is_given(
    service: ReviewService, project: int, document: int, first: int, last: int | None
) -> None:
    with pytest.raises(UsageError, match="pages has segments 1 to 9"):
        service.assign(LEA, [Part(1), Part(document, first, last)], "Tom")
    assert service.assignments(project) == []


def test_progress_is_counted_by_person_and_document(
    service: ReviewService, project: int, document: int, editor: Actor, translator: Actor
) -> None:
    service.assign(LEA, [Part(1), Part(document, 1, 2)], "Tom")
    first, second = service.segments(SegmentFilter(project, 1)).rows[:2]
    service.submit(translator, second.id, "Fini.", second.version)
    done = service.submit(translator, first.id, "Fini.", first.version)
    service.approve(editor, first.id, done.version)
    one, other = service.assignments(project)
    assert (one.segments, one.done, one.states[SegmentState.APPROVED]) == (3, 2, 1)
    assert (other.segments, other.done) == (2, 0)


def test_a_save_that_was_under_way_is_kept(
    service: ReviewService, project: int, document: int, translator: Actor
) -> None:
    row = service.segments(SegmentFilter(project, document)).rows[0]
    service.assign(LEA, [Part(document)], "Ann")
    assert service.submit(translator, row.id, "Du.", row.version).text == "Du."


def test_what_a_repair_makes_goes_to_whoever_had_the_first_of_it(
    service: ReviewService, project: int, document: int, editor: Actor
) -> None:
    service.assign(LEA, [Part(document, 1, 3)], "Tom")
    service.assign(LEA, [Part(document, 4, 9)], "Ann")
    third, fourth = service.segments(SegmentFilter(project, document)).rows[2:4]
    seen = {third.id: 1, fourth.id: 1}
    service.repair(editor, document, seen, (Link((2, 3), (2, 3), 1.0),), "merge")
    assert held(service, project, document) == [("Tom", [(1, 3)]), ("Ann", [(4, 8)])]
    service.undo_repair(editor, document)
    assert held(service, project, document) == [("Tom", [(1, 3)]), ("Ann", [(4, 9)])]


def test_what_was_given_to_others_after_a_repair_stays_theirs_when_it_is_undone(
    service: ReviewService, project: int, document: int, editor: Actor
) -> None:
    service.assign(LEA, [Part(document)], "Tom")
    third, fourth = service.segments(SegmentFilter(project, document)).rows[2:4]
    seen = {third.id: 1, fourth.id: 1}
    service.repair(editor, document, seen, (Link((2, 3), (2, 3), 1.0),), "merge")
    service.assign(LEA, [Part(document, 3, 3)], "Ann")
    service.undo_repair(editor, document)
    assert held(service, project, document) == [("Tom", [(1, 2), (5, 9)]), ("Ann", [(3, 4)])]


class TestALot:
    """More than go in one transaction."""

    @pytest.fixture(autouse=True)
    def _few_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(assigning, "_AT_ONCE", 4)

    def given(self, service: ReviewService) -> list[tuple[int | None, list[int], dict[str, int]]]:
        events = service.events(limit=None)[::-1]
        return [(e.document_id, e.data["segments"], e.data["before"]) for e in events if e.action == "assign"]

    def test_every_transaction_has_its_event(
        self, service: ReviewService, project: int, document: int
    ) -> None:
        service.assign(LEA, [Part(document, 3, 3)], "Ann")
        assert service.assign(LEA, [Part(document), Part(1)], "Tom") == 12
        assert held(service, project, document) == [("Tom", [(1, LENGTH)])]
        assert held(service, project, 1) == [("Tom", [(1, 3)])]
        assert self.given(service)[1:] == [
            (1, [1, 3], {}),
            (document, [1, 1], {}),
            (document, [2, 5], {"Ann": 1}),
            (document, [6, 9], {}),
        ]

    def test_others_save_in_between(
        self, service: ReviewService, document: int, translator: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = iter(service.segments(SegmentFilter(1, document)).rows)
        saved: list[int] = []

        def pause(_seconds: float) -> None:
            row = next(rows)
            saved.append(service.submit(translator, row.id, "Entre-temps.", row.version).id)

        monkeypatch.setattr(assigning.time, "sleep", pause)
        assert service.assign(LEA, [Part(document)], "Tom") == LENGTH
        assert len(saved) == 2
        assert {service.segment(id).text for id in saved} == {"Entre-temps."}

    def test_a_repair_in_between_shifts_nothing(
        self,
        service: ReviewService,
        project: int,
        document: int,
        editor: Actor,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        first, second = service.segments(SegmentFilter(project, document)).rows[:2]
        merge = [{first.id: 1, second.id: 1}]

        def pause(_seconds: float) -> None:
            if merge:
                service.repair(editor, document, merge.pop(), (Link((0, 1), (0, 1), 1.0),), "merge")

        monkeypatch.setattr(assigning.time, "sleep", pause)
        assert service.assign(LEA, [Part(document)], "Tom") == LENGTH
        assert held(service, project, document) == [("Tom", [(1, LENGTH - 1)])]

    def test_what_is_cut_off_is_recorded_as_far_as_it_went_and_can_be_finished(
        self, service: ReviewService, project: int, document: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        working = ReviewService._hand_over
        left = [1, 1]

        def failing(self: ReviewService, *arguments: object) -> int:
            if not left:
                raise StoreError("the disk is full")
            left.pop()
            return working(self, *arguments)  # type: ignore[arg-type]

        with monkeypatch.context() as broken:
            broken.setattr(ReviewService, "_hand_over", failing)
            with pytest.raises(StoreError, match=r"disk is full; 8 segments were assigned by then"):
                service.assign(LEA, [Part(document)], "Tom")
        assert held(service, project, document) == [("Tom", [(1, 8)])]
        assert [segments for _, segments, _ in self.given(service)] == [[1, 4], [5, 8]]
        assert service.assign(LEA, [Part(document)], "Tom") == 1
        assert held(service, project, document) == [("Tom", [(1, LENGTH)])]
        assert self.given(service)[2:] == [(document, [9, 9], {})]

    def test_a_mistake_is_found_before_anything_is_given(
        self, service: ReviewService, project: int, document: int
    ) -> None:
        with pytest.raises(UsageError):
            service.assign(LEA, [Part(1), Part(document), Part(document, 3, LENGTH + 1)], "Tom")
        assert service.assignments(project) == []


class TestTeam:
    """Where people sign in, only those can be given work who may do it."""

    @pytest.fixture
    def team(self, url: str, service: ReviewService, document: int) -> ReviewService:
        service.add_person(LEA, "Lea", {Role.LEAD})
        service.add_person(LEA, "Tom", {Role.TRANSLATOR})
        return ReviewService.open(url, local=False)

    @pytest.mark.parametrize(
        ("name", "error", "message"),
        [("Nobody", NotFoundError, "nobody called"), ("Lea", UsageError, "no role that edits")],
    )
    def test_refused(self, team: ReviewService, name: str, error: type[Exception], message: str) -> None:
        with pytest.raises(error, match=message):
            team.assign(LEA, [Part(1)], name)
        assert team.assignments(1) == []
        team.close()

    def test_a_name_is_written_as_the_person_writes_it(self, team: ReviewService) -> None:
        team.assign(LEA, [Part(1)], "TOM")
        assert [item.name for item in team.assignments(1)] == ["Tom"]
        team.close()


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(st.integers(1, LENGTH), st.integers(1, LENGTH), st.sampled_from(["", "Ann", "Tom", "Bea"])),
        min_size=1,
        max_size=8,
    )
)
def test_any_order_of_giving_is_as_one_by_one(
    service: ReviewService, project: int, orders: list[tuple[int, int, str]]
) -> None:
    document = pages(service, project, name=f"pages {len(service.documents(project))}")
    whose = [""] * LENGTH
    for one, other, name in orders:
        first, last = sorted((one, other))
        changed = service.assign(LEA, [Part(document, first, last)], name)
        assert changed == sum(who != name for who in whose[first - 1 : last])
        whose[first - 1 : last] = [name] * (last - first + 1)
    expected: dict[str, list[tuple[int, int]]] = {}
    for name, run in groupby(range(LENGTH), key=whose.__getitem__):
        places = [*run]
        if name:
            expected.setdefault(name, []).append((places[0] + 1, places[-1] + 1))
    assert dict(held(service, project, document)) == expected
    for name in ("Ann", "Tom", "Bea"):
        mine = [place + 1 for place, who in enumerate(whose) if who == name]
        assert positions(service, project, name, document) == mine
