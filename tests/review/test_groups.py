"""Decisions about several segments at once: what is alike, what is left out, and one undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stacking import stacked

from qa.errors import ConflictError, LimitError, PermissionDenied, QAError, TransitionError, UsageError
from qa.model import (
    CheckedDocument,
    CheckedSegment,
    Edit,
    Estimate,
    Flag,
    FlagState,
    Link,
    Score,
    Segment,
    SegmentState,
    Severity,
    Span,
)
from qa.review.service import ReviewService
from qa.review.views import Actor, Policy, Risk, Role, SegmentView

SOURCE, MT, RIGHT = "Нанесены удары.", "Des grèves ont eu lieu.", "Des frappes ont eu lieu."
OTHER_MT = "Il y a eu des grèves."
TOM, EVE, EVA, LEA = (
    Actor("Tom", Role.TRANSLATOR),
    Actor("Eve", Role.EDITOR),
    Actor("Eva", Role.EDITOR),
    Actor("Lea", Role.LEAD),
)


def strikes(mt: str, word: str = "удары", check: str = "wrong-sense") -> Flag:
    at = mt.index("grèves")
    span = (at, at + 6)
    return Flag(
        check, "accuracy/mistranslation", Severity.MAJOR, "target", *span, "grèves", "no", 0.9,
        (Edit(*span, "frappes"),), "sense", {"word": word},
    )  # fmt: skip


def document(pairs: list[tuple[str, str]], quality: float | None = 80.0) -> CheckedDocument:
    source, target = stacked([p[0] for p in pairs], "ru"), stacked([p[1] for p in pairs], "fr")
    estimate = None if quality is None else Estimate(Score(quality, "test|v1", 50, 95))
    return CheckedDocument(
        source,
        target,
        tuple(
            CheckedSegment(
                Segment(n + 1, a, b, (n,), (n,), 0.9, Span(s.start, s.end), Span(t.start, t.end)),
                estimate,
                (strikes(b),) if "grèves" in b else (),
            )
            for n, ((a, b), s, t) in enumerate(zip(pairs, source.sentences, target.sentences, strict=True))
        ),
    )


PAIRS = [(SOURCE, MT), ("Другое.", "Autre."), (SOURCE, MT), (SOURCE, OTHER_MT), (SOURCE, MT)]


@pytest.fixture
def many(service: ReviewService) -> list[SegmentView]:
    """Segments 1, 3, 5 and 6 exactly alike (6 in a second document), 4 with the same source only."""
    project = service.create_project(LEA, "News", "ru", "fr").id
    for name, pairs in (("one", PAIRS), ("two", [(SOURCE, MT)])):
        service.import_document(LEA, project, document(pairs), name=name)
    service.create_project(LEA, "Elsewhere", "ru", "fr")
    service.import_document(LEA, 2, document([(SOURCE, MT)]), name="not ours")
    return list(service.all_segments(project))


def everything(service: ReviewService) -> list[SegmentView]:
    return list(service.all_segments(1))


def standing(views: list[SegmentView]) -> list[object]:
    """What an undo brings back: all but versions and times."""
    return [(v.text, v.state, v.author, v.approver, v.flags) for v in views]


class TestCorrections:
    def test_alike_segments_take_it_and_one_undo_takes_it_back(
        self, service: ReviewService, many: list[SegmentView]
    ) -> None:
        first = service.submit(TOM, many[0].id, RIGHT, 1)
        before = everything(service)
        found = service.alike(first.id)
        assert [(a.segment.id, a.kind) for a in found] == [
            (many[2].id, "alike"),
            (many[3].id, "other"),
            (many[4].id, "alike"),
            (many[5].id, "alike"),
        ]
        assert service.count_alike(first.id) == 3
        chosen = {a.segment.id: a.segment.version for a in found if a.kind == "alike"}
        done = service.propagate(TOM, first.id, first.version, chosen)
        assert (set(done.changed), done.left) == (chosen.keys(), ())
        after = [v for v in everything(service) if v.id in chosen]
        assert {(v.text, v.state, v.author) for v in after} == {(RIGHT, SegmentState.REVISED, "Tom")}
        assert {f.flag.state for v in after for f in v.flags} == {FlagState.ACCEPTED}
        assert service.count_alike(first.id) == 0
        events = [e for e in service.events(1) if e.group_id == done.group_id]
        assert sorted(e.segment_id or 0 for e in events) == sorted(chosen)
        assert {e.action for e in events} == {"propagate"}
        assert {e.data["from"] for e in events} == {first.id}

        back = service.undo_group(TOM, 1, done.group_id)
        assert set(back.changed) == chosen.keys()
        assert standing(everything(service)) == standing(before)
        assert service.project(1).open_flags == 4
        with pytest.raises(TransitionError, match="taken back already"):
            service.undo_group(TOM, 1, done.group_id)
        with pytest.raises(TransitionError, match="nothing to take back"):
            service.undo_group(TOM, 1)

    def test_what_people_worked_on_is_told_apart(
        self, service: ReviewService, many: list[SegmentView]
    ) -> None:
        first = service.submit(TOM, many[0].id, RIGHT, 1)
        service.save_draft(EVE, many[2].id, "Un brouillon.", 1)
        confirmed = service.submit(EVE, many[4].id, MT, 1)
        approved = service.submit(EVE, many[5].id, "Tout autre.", 1)
        service.approve(EVA, many[5].id, approved.version)
        assert [a.kind for a in service.alike(first.id)] == ["edited", "other", "edited", "approved"]
        versions = {view.id: view.version for view in everything(service)}
        chosen = {many[n].id: versions[many[n].id] for n in (2, 3, 4, 5)}
        done = service.propagate(TOM, first.id, first.version, chosen)
        assert set(done.changed) == {many[2].id, many[3].id, many[4].id}
        assert [(x.segment_id, x.why) for x in done.left] == [(many[5].id, "it is approved; reopen it first")]
        service.undo_group(TOM, 1)
        assert (service.segment(many[2].id).text, service.segment(many[2].id).author) == (
            "Un brouillon.",
            "Eve",
        )
        assert service.segment(confirmed.id).state is SegmentState.REVISED

    def test_what_changed_meanwhile_is_left_out_and_named(
        self, service: ReviewService, many: list[SegmentView]
    ) -> None:
        first = service.submit(TOM, many[0].id, RIGHT, 1)
        service.save_draft(EVE, many[2].id, "À moi.", 1)
        done = service.propagate(TOM, first.id, first.version, {many[2].id: 1, many[4].id: 1})
        assert done.changed == (many[4].id,)
        assert [(x.position, x.why) for x in done.left] == [(3, "Eve has changed it in the meantime")]
        assert service.segment(many[2].id).text == "À moi."

    def test_undo_leaves_out_what_somebody_touched(
        self, service: ReviewService, many: list[SegmentView]
    ) -> None:
        first = service.submit(TOM, many[0].id, RIGHT, 1)
        service.propagate(TOM, first.id, first.version, {many[2].id: 1, many[4].id: 1})
        touched = service.submit(EVE, many[2].id, "Mieux.", service.segment(many[2].id).version)
        back = service.undo_group(TOM, 1)
        assert back.changed == (many[4].id,)
        assert [x.position for x in back.left] == [3]
        assert service.segment(touched.id).text == "Mieux."

    def test_undo_of_nothing_that_stands_is_refused(
        self, service: ReviewService, many: list[SegmentView]
    ) -> None:
        first = service.submit(TOM, many[0].id, RIGHT, 1)
        service.propagate(TOM, first.id, first.version, {many[2].id: 1})
        service.submit(EVE, many[2].id, "Mieux.", 2)
        with pytest.raises(TransitionError, match="all of its segments have changed"):
            service.undo_group(TOM, 1)

    def test_one_of_them_is_taken_back_alone_and_then_left_out(
        self, service: ReviewService, many: list[SegmentView]
    ) -> None:
        first = service.submit(TOM, many[0].id, RIGHT, 1)
        service.propagate(TOM, first.id, first.version, {many[2].id: 1, many[4].id: 1})
        assert service.undo(TOM, many[2].id, 2).text == MT
        assert service.undo_group(TOM, 1).changed == (many[4].id,)
        with pytest.raises(TransitionError, match="changed nothing"):
            service.undo(TOM, many[4].id, service.segment(many[4].id).version)

    def test_repeating_changes_nothing(self, service: ReviewService, many: list[SegmentView]) -> None:
        first = service.submit(TOM, many[0].id, RIGHT, 1)
        arguments = (TOM, first.id, first.version, {many[2].id: 1})
        once = service.propagate(*arguments, group_id="g")
        events = service.events(limit=None)
        assert service.propagate(*arguments, group_id="g") == once
        assert service.events(limit=None) == events
        with pytest.raises(UsageError, match="made already"):
            service.propagate(EVE, first.id, first.version, {many[4].id: 1}, group_id="g")

    def test_only_what_is_handed_in_and_stands_is_taken_over(
        self, service: ReviewService, many: list[SegmentView]
    ) -> None:
        draft = service.save_draft(TOM, many[0].id, RIGHT, 1)
        assert service.count_alike(draft.id) == 0
        for call in (
            lambda: service.alike(draft.id),
            lambda: service.propagate(TOM, draft.id, draft.version, {many[2].id: 1}),
        ):
            with pytest.raises(TransitionError, match="hand it in first"):
                call()
        view = service.submit(TOM, draft.id, RIGHT, draft.version)
        with pytest.raises(ConflictError):
            service.propagate(TOM, draft.id, view.version - 1, {many[2].id: 1})
        with pytest.raises(UsageError, match="choose"):
            service.propagate(TOM, draft.id, view.version, {})
        with pytest.raises(LimitError):
            service.propagate(TOM, draft.id, view.version, dict.fromkeys(range(1, 502), 1))

    @pytest.mark.parametrize("stranger", [1, 6], ids=["another source", "another project"])
    def test_a_stranger_refuses_all(
        self, service: ReviewService, many: list[SegmentView], stranger: int
    ) -> None:
        first = service.submit(TOM, many[0].id, RIGHT, 1)
        strange = [*many, *service.all_segments(2)][stranger]
        with pytest.raises(UsageError, match="not like"):
            service.propagate(TOM, first.id, first.version, {many[2].id: 1, strange.id: 1})
        assert service.segment(many[2].id).text == MT

    def test_nobody_takes_back_anothers(self, service: ReviewService, many: list[SegmentView]) -> None:
        first = service.submit(TOM, many[0].id, RIGHT, 1)
        done = service.propagate(TOM, first.id, first.version, {many[2].id: 1})
        with pytest.raises(TransitionError, match="Tom decided this"):
            service.undo_group(EVE, 1, done.group_id)
        with pytest.raises(TransitionError, match="nothing to take back"):
            service.undo_group(TOM, 2, done.group_id)

    def test_additions_are_alike_by_their_text(self, service: ReviewService) -> None:
        service.create_project(LEA, "P", "ru", "fr")
        pairs = [("", "Publicité"), ("", "Publicité"), ("", "Autre chose")]
        target = stacked([p[1] for p in pairs], "fr")
        segments = tuple(CheckedSegment(Segment(n + 1, a, b), None, ()) for n, (a, b) in enumerate(pairs))
        service.import_document(LEA, 1, CheckedDocument(None, target, segments), name="d")
        first, second, _ = everything(service)
        service.submit(TOM, first.id, "Réclame", 1)
        assert [a.segment.id for a in service.alike(first.id)] == [second.id]


class TestDismissals:
    def test_alike_flags_are_dismissed_for_the_same_reason_and_undone_at_once(
        self, service: ReviewService, many: list[SegmentView]
    ) -> None:
        flag = many[0].flags[0].id
        service.dismiss_flag(TOM, flag, "grève is meant")
        before = everything(service)
        found = service.alike_flags(flag)
        assert [a.segment.position for a in found] == [3, 4, 5, 1]
        assert service.count_alike_flags(flag) == 4
        done = service.propagate_dismissal(TOM, flag, [a.flag.id for a in found[:3]])
        after = everything(service)
        assert [v.flags[0].reason for v in after if v.flags] == ["grève is meant"] * 4 + [""]
        assert service.project(1).open_flags == 1
        assert [v.version for v in after] == [v.version for v in before]
        service.submit(EVE, many[2].id, "Des grèves ont éclaté.", 1)  # does not touch the dismissal
        assert len(service.undo_group(TOM, 1, done.group_id).changed) == 3
        assert service.project(1).open_flags == 4

    def test_another_source_word_is_another_thing(self, service: ReviewService) -> None:
        service.create_project(LEA, "P", "ru", "fr")
        made = document([(SOURCE, MT)] * 3)
        flags = [strikes(MT, "удары"), strikes(MT, "УДАРЫ"), strikes(MT, "забастовки")]
        segments = tuple(
            CheckedSegment(s.segment, s.estimate, (f,)) for s, f in zip(made.segments, flags, strict=True)
        )
        service.import_document(LEA, 1, CheckedDocument(made.source, made.target, segments), name="d")
        first, second, third = everything(service)
        flag = first.flags[0].id
        service.dismiss_flag(TOM, flag, "no")
        assert [a.flag.id for a in service.alike_flags(flag)] == [second.flags[0].id]
        with pytest.raises(UsageError, match="not all like"):
            service.propagate_dismissal(TOM, flag, [third.flags[0].id])

    def test_what_was_decided_meanwhile_is_left_out(
        self, service: ReviewService, many: list[SegmentView]
    ) -> None:
        flag = many[0].flags[0].id
        others = [many[n].flags[0].id for n in (2, 4)]
        with pytest.raises(TransitionError, match="not dismissed"):
            service.propagate_dismissal(TOM, flag, others)
        service.dismiss_flag(TOM, flag, "no")
        service.accept_flag(EVE, others[0])
        done = service.propagate_dismissal(TOM, flag, others)
        assert (done.changed, [x.position for x in done.left]) == ((many[4].id,), [3])
        assert service.segment(many[2].id).flags[0].decided_by == "Eve"

    def test_a_flag_decided_again_is_not_taken_back(
        self, service: ReviewService, many: list[SegmentView]
    ) -> None:
        flag = many[0].flags[0].id
        service.dismiss_flag(TOM, flag, "no")
        service.propagate_dismissal(TOM, flag, [many[n].flags[0].id for n in (2, 4)])
        service.reopen_flag(EVE, many[2].flags[0].id)
        service.accept_flag(EVE, many[2].flags[0].id)
        back = service.undo_group(TOM, 1)
        assert (back.changed, [x.position for x in back.left]) == ((many[4].id,), [3])
        assert service.segment(many[2].id).flags[0].flag.state is FlagState.ACCEPTED

    def test_a_dismissed_flag_does_not_come_back(
        self, service: ReviewService, many: list[SegmentView]
    ) -> None:
        """Neither when a repaired part is checked again, nor when the project is scored again."""
        flag = many[0].flags[0].id
        service.dismiss_flag(TOM, flag, "grève is meant")
        service.propagate_dismissal(TOM, flag, [many[2].flags[0].id])
        seen = {many[1].id: 1, many[2].id: 1}
        joined = Link((1, 2), (1, 2), 1.0)
        repaired = service.repair(EVE, many[0].document_id, seen, [joined], "merge")
        (made,) = repaired.segments
        assert [f.flag.state for f in made.flags] == [FlagState.DISMISSED]
        found = strikes(made.mt)
        for _ in range(2):
            service.recheck(EVE, [made.id], lambda view: (None, [found]), covered=["wrong-sense"])
            service.record_scores(LEA, 1, {made.id: Estimate(Score(40, "again|v1"))})
        again = service.segment(made.id)
        assert [(f.flag.state, f.reason) for f in again.flags] == [(FlagState.DISMISSED, "grève is meant")]
        # The check does find it there: without the dismissal it would be an open flag.
        assert (found.start, found.end) == (again.flags[0].flag.start, again.flags[0].flag.end)


class TestApproval:
    @pytest.fixture
    def queue(self, service: ReviewService, many: list[SegmentView]) -> list[SegmentView]:
        """All six revised: 1–3 by Tom without flags, 4 by Tom with its flag, 5 by Eve, 6 unscored."""
        service.import_document(LEA, 1, document([("Ещё.", "Encore.")], None), name="three")
        texts = [RIGHT, "Autre chose.", RIGHT, OTHER_MT, RIGHT]
        for view, text in zip(many, texts, strict=False):
            service.submit(EVE if view.id == many[4].id else TOM, view.id, text, 1)
        views = everything(service)
        service.submit(TOM, views[6].id, "Encore !", 1)
        return everything(service)

    def test_under_the_stated_risk_never_ones_own_and_undone_at_once(
        self, service: ReviewService, queue: list[SegmentView]
    ) -> None:
        found = service.approvable(EVE, 1, Risk())
        assert list(found.seen) == [v.id for v in queue[:3]]
        assert (found.own, found.flagged, found.low) == (1, 1, 1)
        assert set(service.approvable(EVA, 1, Risk()).seen) == {queue[n].id for n in (0, 1, 2, 4)}
        laxer = service.approvable(EVE, 1, Risk(Severity.CRITICAL, 0))
        assert set(laxer.seen) == {queue[n].id for n in (0, 1, 2, 3, 6)}
        assert not service.approvable(EVE, 1, Risk(quality=81)).seen
        assert len(service.approvable(EVE, 1, Risk(), queue[0].document_id).seen) == 3

        done = service.bulk_approve(EVE, 1, found.seen, Risk())
        assert done.changed == tuple(found.seen)
        after = everything(service)
        assert [v.approver for v in after[:3]] == ["Eve"] * 3
        assert service.project(1).approved == 3
        events = [e for e in service.events(1) if e.group_id == done.group_id]
        assert [(e.action, e.data["state"]) for e in events] == [
            ("bulk-approve", ["revised", "approved"])
        ] * 3
        service.undo_group(EVE, 1)
        assert standing(everything(service)) == standing(queue)

    def test_an_empty_translation_is_read_by_somebody(
        self, service: ReviewService, queue: list[SegmentView]
    ) -> None:
        view = service.submit(TOM, queue[0].id, " \n", queue[0].version)
        found = service.approvable(EVE, 1, Risk())
        assert list(found.seen) == [v.id for v in queue[1:3]]
        assert (found.own, found.empty, found.flagged, found.low) == (1, 1, 1, 1)
        (left,) = service.bulk_approve(EVE, 1, {view.id: view.version}, Risk()).left
        assert left.why == "its translation is empty"

    def test_what_no_longer_fits_is_left_out_and_named(
        self, service: ReviewService, queue: list[SegmentView]
    ) -> None:
        seen = {v.id: v.version for v in queue if v.state is SegmentState.REVISED}
        service.submit(TOM, queue[0].id, "Encore mieux.", queue[0].version)
        mark = Flag("by-hand", "style/awkward", Severity.MINOR, "target", 0, 2, "Au", "clumsy")
        service.add_flag(TOM, queue[1].id, mark)
        done = service.bulk_approve(EVE, 1, seen, Risk())
        assert done.changed == (queue[2].id,)
        assert [x.why for x in done.left] == [
            "Tom has changed it in the meantime",
            "a flag has been opened in the meantime",
            "a flag has been opened in the meantime",
            "it is your own revision; somebody else has to approve it",
            "its estimated quality is below the limit",
        ]

    def test_the_project_may_allow_ones_own(self, service: ReviewService, queue: list[SegmentView]) -> None:
        service.set_policy(LEA, 1, Policy(own_approval=True))
        found = service.approvable(EVE, 1, Risk())
        assert queue[4].id in found.seen
        assert queue[4].id in service.bulk_approve(EVE, 1, found.seen, Risk()).changed

    def test_a_spelling_of_ones_name_is_ones_name(
        self, service: ReviewService, queue: list[SegmentView]
    ) -> None:
        eve = Actor("ÈVE", Role.EDITOR)
        assert service.approvable(eve, 1, Risk()).own == 1
        assert not service.bulk_approve(eve, 1, {queue[4].id: queue[4].version}, Risk()).changed

    def test_undo_leaves_out_what_was_sent_back(
        self, service: ReviewService, queue: list[SegmentView]
    ) -> None:
        service.bulk_approve(EVE, 1, service.approvable(EVE, 1, Risk()).seen, Risk())
        service.send_back(EVA, queue[0].id, service.segment(queue[0].id).version, "no")
        back = service.undo_group(EVE, 1)
        assert (set(back.changed), [x.position for x in back.left]) == ({queue[1].id, queue[2].id}, [1])
        with pytest.raises(PermissionDenied):
            service.undo_group(Actor("Eve", Role.TRANSLATOR), 1, back.group_id)

    def test_one_of_them_is_taken_back_alone(self, service: ReviewService, queue: list[SegmentView]) -> None:
        service.bulk_approve(EVE, 1, {queue[0].id: queue[0].version}, Risk())
        view = service.segment(queue[0].id)
        assert service.undo(EVE, view.id, view.version).state is SegmentState.REVISED

    @pytest.mark.parametrize("quality", [-1.0, 100.5, float("nan")])
    def test_a_risk_that_means_nothing(
        self, service: ReviewService, queue: list[SegmentView], quality: float
    ) -> None:
        with pytest.raises(UsageError, match="0 to 100"):
            service.approvable(EVE, 1, Risk(quality=quality))

    def test_a_segment_of_another_project_refuses_all(
        self, service: ReviewService, queue: list[SegmentView]
    ) -> None:
        (stranger,) = service.all_segments(2)
        with pytest.raises(UsageError, match="another project"):
            service.bulk_approve(EVE, 1, {queue[0].id: queue[0].version, stranger.id: 1}, Risk())
        assert service.segment(queue[0].id).state is SegmentState.REVISED


STEPS = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["draft", "submit", "approve", "dismiss"])), max_size=6
)


@settings(max_examples=20, deadline=None)
@given(before=STEPS, after=STEPS, ticked=st.sets(st.sampled_from([2, 3, 4, 5]), min_size=1))
def test_undo_brings_back_all_that_nobody_touched(
    migrated: Path, tmp_path_factory: pytest.TempPathFactory, before: list, after: list, ticked: set[int]
) -> None:
    """Whatever was done before and whatever others do after a propagation: each segment of the group either
    stands as before it, or is named as left out and stands as the others left it."""
    import shutil

    path = tmp_path_factory.mktemp("groups") / "x.db"
    shutil.copy(migrated, path)
    service = ReviewService.open(path)
    service.create_project(LEA, "News", "ru", "fr")
    service.import_document(LEA, 1, document([*PAIRS, (SOURCE, MT)]), name="one")
    ids = [v.id for v in everything(service)]

    def play(steps: list[tuple[int, str]], who: Actor, second: Actor) -> None:
        for which, step in steps:
            view = service.segment(ids[which])
            try:
                match step:
                    case "draft" | "submit":
                        call = service.save_draft if step == "draft" else service.submit
                        call(who, view.id, f"{view.text}!", view.version)
                    case "approve":
                        service.approve(second, view.id, view.version)
                    case _:
                        service.dismiss_flag(who, view.flags[0].id, "no")
            except (QAError, IndexError):
                continue  # not possible here; the next step may be

    play([step for step in before if step[0] != 0], EVA, EVE)
    origin = service.submit(TOM, ids[0], RIGHT, service.segment(ids[0]).version)
    stood = {v.id: v for v in everything(service)}
    done = service.propagate(TOM, origin.id, origin.version, {ids[n]: stood[ids[n]].version for n in ticked})
    assert set(done.changed) | {x.segment_id for x in done.left} == {ids[n] for n in ticked}
    play([step for step in after if step[0] != 0], EVA, EVE)
    others = {v.id: v for v in everything(service)}
    try:
        back = service.undo_group(TOM, 1, done.group_id)
    except TransitionError:
        back = None
    now = {v.id: v for v in everything(service)}
    for id in ids:
        taken_back = back is not None and id in back.changed
        assert standing([now[id]]) == standing([stood[id] if taken_back else others[id]])
    service.close()
