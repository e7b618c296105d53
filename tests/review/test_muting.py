"""What people decided about each check's flags, and checks that a project mutes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import LimitError, NotFoundError, UnknownNameError
from qa.model import CheckedDocument, Flag, FlagState, Severity
from qa.review.muting import _tallies
from qa.review.service import ReviewService
from qa.review.views import Actor, Policy, SegmentFilter, SegmentView
from qa.store.tallies import Tally

SENSE = "wrong-sense"


def flags(service: ReviewService) -> list[str]:
    return [flag.flag.check for view in service.all_segments(1) for flag in view.flags]


class TestTallies:
    def test_what_became_of_the_flags(
        self,
        service: ReviewService,
        segment: SegmentView,
        checked: CheckedDocument,
        lead: Actor,
        translator: Actor,
    ) -> None:
        other = service.import_document(lead, 1, checked, name="second").id
        first, second, _ = service.segments(SegmentFilter(1, other)).rows
        service.dismiss_flag(translator, segment.flags[0].id, "a matter of style")
        service.submit(translator, first.id, "De nouveaux raids contre la ville.", 1)
        service.accept_flag(translator, second.flags[0].id)
        sense, quotes = sorted(service.tallies(1), key=lambda tally: tally.check, reverse=True)
        assert (sense.check, sense.open, sense.accepted, sense.edited, sense.dismissed) == (SENSE, 0, 1, 1, 1)
        assert (sense.decided, sense.flags, dict(sense.reasons)) == (2, 2, {"a matter of style": 1})
        assert (quotes.open, quotes.accepted, quotes.edited, quotes.dismissed) == (1, 1, 0, 0)
        (alone,) = [tally for tally in service.tallies(1, other) if tally.check == SENSE]
        assert (alone.accepted, alone.dismissed) == (1, 0)

    def test_marks_made_by_hand_belong_to_no_check(
        self, service: ReviewService, segment: SegmentView, translator: Actor
    ) -> None:
        mark = Flag(SENSE, "style/awkward", Severity.MINOR, "target", 0, 2, "De", "clumsy")
        service.add_flag(translator, segment.id, mark)
        assert [(t.check, t.flags) for t in service.tallies(1)] == [("quotes", 1), (SENSE, 1)]

    def test_no_project(self, service: ReviewService) -> None:
        with pytest.raises(NotFoundError):
            service.tallies(9)

    @given(
        st.lists(
            st.builds(
                Tally,
                st.sampled_from(["a", "b"]),
                st.sampled_from([str(state) for state in FlagState]),
                st.sampled_from(["", "edited", "fine"]),
                st.integers(1, 9),
            ),
            unique_by=lambda tally: (tally.check, tally.state, tally.reason),
        ),
        st.frozensets(st.sampled_from(["a", "c"])),
    )
    def test_nothing_counted_is_lost(self, counted: list[Tally], muted: frozenset[str]) -> None:
        found = _tallies(counted, muted)
        assert sum(tally.flags for tally in found) == sum(tally.number for tally in counted)
        assert {tally.check for tally in found} == {tally.check for tally in counted} | muted
        for tally in found:
            assert 0 <= tally.edited <= tally.accepted
            assert sum(tally.reasons.values()) == tally.dismissed
            assert tally.muted is (tally.check in muted)


class TestMuting:
    def test_open_flags_leave_lists_and_counts_and_come_back(
        self, service: ReviewService, segment: SegmentView, lead: Actor
    ) -> None:
        assert service.mute_check(lead, 1, SENSE, " too many false alarms ") == 1
        assert flags(service) == ["quotes"]
        assert service.project(1).open_flags == 1
        assert service.project(1).policy == Policy(muted_checks=frozenset({SENSE}))
        assert [row.position for row in service.segments(SegmentFilter(1, open_flags_only=True)).rows] == [2]
        assert service.segments(SegmentFilter(1, checks=frozenset({SENSE}))).total == 0
        assert service.segments(SegmentFilter(1, min_severity=Severity.MAJOR)).total == 0
        assert service.segments(SegmentFilter(1, order="harm")).rows[0].position == 2
        event = service.events(limit=1)[0]
        assert (event.actor, event.action, event.project_id) == ("Lea", "mute-check", 1)
        assert event.data == {"check": SENSE, "open": 1, "reason": "too many false alarms"}

        assert service.unmute_check(lead, 1, SENSE) == 1
        assert flags(service) == [SENSE, "quotes"]
        assert service.segments(SegmentFilter(1, open_flags_only=True)).total == 2
        assert service.segments(SegmentFilter(1, order="harm")).rows[0].position == 1
        assert service.events(limit=1)[0].action == "unmute-check"

    def test_what_is_decided_stays(
        self, service: ReviewService, segment: SegmentView, lead: Actor, translator: Actor
    ) -> None:
        service.accept_flag(translator, segment.flags[0].id)
        assert service.mute_check(lead, 1, SENSE) == 0
        assert flags(service) == [SENSE, "quotes"]
        assert service.segments(SegmentFilter(1, checks=frozenset({SENSE}))).total == 1

    def test_flags_to_come_are_left_out(
        self, service: ReviewService, project: int, checked: CheckedDocument, lead: Actor
    ) -> None:
        service.mute_check(lead, 1, SENSE)
        made = service.import_document(lead, 1, checked, name="second")
        assert sum(made.open_flags.values()) == 1
        service.unmute_check(lead, 1, SENSE)
        assert service.project(1).open_flags == 4

    def test_other_projects_keep_the_check(
        self, service: ReviewService, project: int, checked: CheckedDocument, lead: Actor
    ) -> None:
        second = service.create_project(lead, "Second", "ru", "fr").id
        service.import_document(lead, second, checked, name="second")
        service.mute_check(lead, 1, SENSE)
        assert service.project(second).open_flags == 2
        assert service.segments(SegmentFilter(second, open_flags_only=True)).total == 2

    def test_twice_is_as_once(self, service: ReviewService, project: int, lead: Actor) -> None:
        service.mute_check(lead, 1, SENSE)
        before = service.events(limit=None)
        assert service.mute_check(lead, 1, SENSE) == 1
        assert service.unmute_check(lead, 1, "numbers") == 0
        assert service.events(limit=None) == before

    def test_the_other_rules_stay(self, service: ReviewService, project: int, lead: Actor) -> None:
        rules = Policy(own_approval=True, passing_threshold=80.0, muted_checks=frozenset({"numbers"}))
        service.set_policy(lead, 1, rules)
        service.mute_check(lead, 1, SENSE)
        service.unmute_check(lead, 1, "numbers")
        assert service.project(1).policy == Policy(
            own_approval=True, passing_threshold=80.0, muted_checks=frozenset({SENSE})
        )

    def test_a_check_that_nobody_knows_is_refused(
        self, service: ReviewService, project: int, lead: Actor
    ) -> None:
        before = service.events(limit=None)
        with pytest.raises(UnknownNameError, match=r"unknown check 'wrong-sens'; known: .*wrong-sense"):
            service.mute_check(lead, 1, "wrong-sens")
        with pytest.raises(LimitError):
            service.mute_check(lead, 1, SENSE, "x" * 10_001)
        with pytest.raises(NotFoundError):
            service.mute_check(lead, 9, SENSE)
        assert service.events(limit=None) == before
        assert service.project(1).policy == Policy()

    def test_a_check_that_is_only_in_the_project_can_be_muted(
        self, service: ReviewService, project: int, lead: Actor
    ) -> None:
        assert service.mute_check(lead, 1, "quotes") == 1  # no check of that name is installed
        assert [(t.check, t.muted) for t in service.tallies(1)] == [("quotes", True), (SENSE, False)]
