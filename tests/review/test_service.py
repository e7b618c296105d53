from __future__ import annotations

import dataclasses

import pytest

from qa.errors import (
    ConflictError,
    LimitError,
    NotFoundError,
    PermissionDenied,
    TransitionError,
    UsageError,
)
from qa.model import (
    CheckedDocument,
    CheckedSegment,
    Document,
    Edit,
    Estimate,
    Flag,
    FlagState,
    Score,
    Segment,
    SegmentState,
    Severity,
    Span,
    WordScore,
)
from qa.review.inputs import MAX_TEXT
from qa.review.service import ReviewService
from qa.review.views import Actor, Policy, Role, SegmentFilter, SegmentView

FIXED = "De nouvelles frappes contre la ville."


def test_projects_without_counts_are_the_same_projects(service: ReviewService, project: int) -> None:
    (plain,), (counted,) = service.uncounted_projects(), service.projects()
    assert counted == service.project(project)
    assert all(getattr(plain, f.name) == getattr(counted, f.name) for f in dataclasses.fields(plain))
    assert (counted.documents, counted.segments, counted.open_flags) == (1, 3, 2)
    assert service.document_names(project) == {d.id: d.name for d in service.documents(project)}


def test_a_document_comes_back_as_it_was_given(
    service: ReviewService, project: int, checked: CheckedDocument
) -> None:
    views = list(service.all_segments(project))
    assert len(views) == len(checked.segments)
    for view, item in zip(views, checked.segments, strict=True):
        assert (view.source, view.mt, view.text) == (item.segment.source, item.segment.target, view.mt)
        assert (view.source_index, view.target_index) == (
            item.segment.source_index,
            item.segment.target_index,
        )
        assert (view.target_span, view.link_score) == (item.segment.target_span, item.segment.link_score)
        assert tuple(f.flag for f in view.flags) == item.flags
        assert [f.span for f in view.flags] == [Span(f.start, f.end) for f in item.flags]
        assert (view.state, view.version, view.author, view.approver) == (SegmentState.MACHINE, 1, "", "")
    assert (views[0].quality, views[0].low, views[0].high) == (61.5, 50, 95)
    assert (views[0].signature, views[0].words) == ("test|v1", (WordScore(0, 2, 0.25),))
    assert views[2].quality is None
    document = service.documents(project)[0]
    assert checked.source is not None
    assert service.document_texts(document.id) == (checked.source.text, checked.target.text)
    assert (document.notices, document.mt_system, document.mean_quality) == (("a notice",), "engine 1", 70.75)
    assert document.open_flags[Severity.MAJOR] == document.open_flags[Severity.MINOR] == 1
    assert document.states[SegmentState.MACHINE] == 3


def test_a_translation_alone_has_no_source(
    service: ReviewService, project: int, lead: Actor, checked: CheckedDocument
) -> None:
    alone = dataclasses.replace(checked, source=None)
    document = service.import_document(
        lead, project, alone, name="alone", original=b"\x00file", original_name="a"
    )
    assert service.document_texts(document.id)[0] is None
    assert service.document_original(document.id) == (b"\x00file", "a")


def test_the_whole_way_to_approval(
    service: ReviewService, segment: SegmentView, translator: Actor, editor: Actor
) -> None:
    view = service.apply_fix(translator, segment.id, segment.flags[0].id, 1)
    assert (view.text, view.state, view.author) == (FIXED, SegmentState.IN_REVISION, "Tom")
    assert view.flags[0].flag.state is FlagState.ACCEPTED
    assert view.flags[0].span is None
    view = service.submit(translator, segment.id, view.text, view.version)
    view = service.approve(editor, segment.id, view.version, comment="good")
    assert (view.state, view.approver, view.author, view.comments) == (SegmentState.APPROVED, "Eve", "Tom", 1)
    assert view.mt == segment.mt
    assert service.project(1).approved == 1
    assert [e.action for e in service.events(segment_id=segment.id)] == ["approve", "submit", "apply-fix"]
    assert [(r.text, r.author, r.parent) for r in service.revisions(segment.id)] == [(FIXED, "Tom", None)]


def test_submitting_the_machines_text_confirms_it(
    service: ReviewService, segment: SegmentView, translator: Actor
) -> None:
    view = service.submit(translator, segment.id, segment.mt, 1)
    assert (view.text, view.author, view.state) == (segment.mt, "Tom", SegmentState.REVISED)
    assert view.flags[0].flag.state is FlagState.OPEN
    with pytest.raises(PermissionDenied, match="Tom wrote this text"):
        service.approve(Actor("tom ", Role.EDITOR), segment.id, view.version)


def test_nobody_approves_their_own_text_unless_the_policy_says_so(
    service: ReviewService, segment: SegmentView, translator: Actor, editor: Actor, lead: Actor
) -> None:
    view = service.submit(translator, segment.id, FIXED, 1)
    with pytest.raises(PermissionDenied, match=r"Eve wrote this text.*submit it instead"):
        service.approve(editor, segment.id, view.version, text="Autre.")
    assert service.segment(segment.id) == view
    view = service.submit(editor, segment.id, "Autre.", view.version)
    with pytest.raises(PermissionDenied, match=r"Eve wrote this text.*ask another editor"):
        service.approve(editor, segment.id, view.version)
    service.set_policy(lead, 1, Policy(own_approval=True))
    view = service.approve(editor, segment.id, view.version, text="Autre !")
    assert (view.text, view.author, view.approver, view.state) == (
        "Autre !",
        "Eve",
        "Eve",
        SegmentState.APPROVED,
    )


def test_sending_back_and_reopening_need_reasons(
    service: ReviewService, segment: SegmentView, translator: Actor, editor: Actor, lead: Actor
) -> None:
    view = service.submit(translator, segment.id, FIXED, 1)
    with pytest.raises(UsageError, match="needs a reason"):
        service.send_back(editor, segment.id, view.version, "  ")
    view = service.send_back(editor, segment.id, view.version, "the register is wrong")
    assert (view.state, view.comments) == (SegmentState.SENT_BACK, 1)
    assert service.comments(segment.id)[0].text == "the register is wrong"
    view = service.submit(translator, segment.id, "Frappes.", view.version)
    view = service.approve(editor, segment.id, view.version)
    with pytest.raises(TransitionError, match="reopen it first"):
        service.save_draft(translator, segment.id, "x", view.version)
    view = service.reopen(lead, segment.id, view.version, "a late complaint")
    assert (view.state, view.approver) == (SegmentState.IN_REVISION, "")


def test_a_stale_change_is_refused_with_both_texts(
    service: ReviewService, segment: SegmentView, translator: Actor, editor: Actor
) -> None:
    service.save_draft(translator, segment.id, "le mien", 1)
    with pytest.raises(ConflictError, match="changed by Tom") as caught:
        service.save_draft(editor, segment.id, "le tien", 1)
    error = caught.value
    assert (error.yours, error.theirs, error.version) == ("le tien", "le mien", 2)
    assert service.save_draft(editor, segment.id, error.yours, error.version).text == "le tien"


def test_saving_what_is_there_changes_nothing(
    service: ReviewService, segment: SegmentView, translator: Actor, editor: Actor
) -> None:
    view = service.save_draft(translator, segment.id, "brouillon", 1)
    assert service.save_draft(editor, segment.id, "brouillon", view.version) == view
    assert len(service.events(segment_id=segment.id)) == 1


class TestFlags:
    def test_a_fix_lands_on_text_that_is_not_saved_yet(
        self, service: ReviewService, segment: SegmentView, translator: Actor
    ) -> None:
        typed = "Enfin, de nouvelles grèves contre la petite ville."
        view = service.apply_fix(translator, segment.id, segment.flags[0].id, 1, text=typed)
        assert view.text == "Enfin, de nouvelles frappes contre la petite ville."

    def test_a_fix_whose_place_is_gone_is_refused(
        self, service: ReviewService, segment: SegmentView, translator: Actor
    ) -> None:
        flag = segment.flags[0].id
        with pytest.raises(TransitionError, match="has been edited"):
            service.apply_fix(translator, segment.id, flag, 1, text="De nouveaux bombardements.")
        view = service.save_draft(translator, segment.id, "De nouveaux bombardements.", 1)
        assert view.flags[0].span is None
        with pytest.raises(TransitionError, match="has been edited"):
            service.apply_fix(translator, segment.id, flag, view.version)

    def test_a_fix_is_applied_once(
        self, service: ReviewService, segment: SegmentView, translator: Actor
    ) -> None:
        view = service.apply_fix(translator, segment.id, segment.flags[0].id, 1)
        with pytest.raises(TransitionError, match="accepted by Tom; reopen it first"):
            service.apply_fix(translator, segment.id, segment.flags[0].id, view.version)

    def test_a_fix_of_another_segment_is_not_found(
        self, service: ReviewService, segment: SegmentView, translator: Actor
    ) -> None:
        with pytest.raises(NotFoundError):
            service.apply_fix(translator, segment.id + 1, segment.flags[0].id, 1)

    def test_a_flag_without_fix(
        self, service: ReviewService, segment: SegmentView, translator: Actor
    ) -> None:
        mark = Flag("by-hand", "style/awkward", Severity.CRITICAL, "source", 0, 5, "", "odd")
        view = service.add_flag(translator, segment.id, mark)
        mine = next(f for f in view.flags if f.flag.check == "by-hand")
        assert (mine.flag.found_by, mine.flag.text, mine.span) == ("person:Tom", "Новые", Span(0, 5))
        assert view.version == segment.version
        with pytest.raises(TransitionError, match="no fix"):
            service.apply_fix(translator, segment.id, mine.id, 1)

    def test_a_mark_on_a_revision_stays_with_it(
        self, service: ReviewService, segment: SegmentView, translator: Actor
    ) -> None:
        service.save_draft(translator, segment.id, "Mot de trop.", 1)
        mark = Flag(
            "by-hand", "style/awkward", Severity.MINOR, "target", 4, 6, "", "odd", fix=(Edit(4, 11, "juste"),)
        )
        view = service.add_flag(translator, segment.id, mark)
        view = service.save_draft(translator, segment.id, "Un mot de trop.", view.version)
        mine = next(f for f in view.flags if f.flag.check == "by-hand")
        assert mine.span == Span(7, 9)
        with pytest.raises(UsageError, match="outside the text"):
            service.add_flag(translator, segment.id, dataclasses.replace(mark, end=99))

    def test_dismissing_needs_a_reason_and_can_be_taken_back(
        self, service: ReviewService, segment: SegmentView, translator: Actor
    ) -> None:
        flag = segment.flags[0].id
        with pytest.raises(UsageError, match="reason"):
            service.dismiss_flag(translator, flag, "")
        view = service.dismiss_flag(translator, flag, "a railway strike")
        decided = view.flags[0]
        assert (decided.flag.state, decided.decided_by, decided.reason) == (
            FlagState.DISMISSED,
            "Tom",
            "a railway strike",
        )
        with pytest.raises(TransitionError, match="dismissed by Tom"):
            service.accept_flag(translator, flag)
        assert service.project(1).open_flags == 1
        view = service.reopen_flag(translator, flag)
        assert (view.flags[0].flag.state, view.flags[0].decided_by) == (FlagState.OPEN, "")
        with pytest.raises(TransitionError, match="open already"):
            service.reopen_flag(translator, flag)

    def test_submitting_accepts_the_flags_whose_place_was_edited(
        self, service: ReviewService, segment: SegmentView, translator: Actor
    ) -> None:
        view = service.submit(translator, segment.id, "De nouveaux raids contre la ville.", 1)
        assert (view.flags[0].flag.state, view.flags[0].reason) == (FlagState.ACCEPTED, "edited")
        view = service.undo(translator, segment.id, view.version)
        assert (view.text, view.flags[0].flag.state) == (segment.mt, FlagState.OPEN)

    def test_muted_checks_do_not_count(
        self, service: ReviewService, segment: SegmentView, lead: Actor
    ) -> None:
        policy = Policy(muted_checks=frozenset({"wrong-sense"}))
        assert service.set_policy(lead, 1, policy).open_flags == 1
        assert service.segment(segment.id).flags == ()
        assert service.segments(SegmentFilter(1, open_flags_only=True)).total == 1
        assert service.segments(SegmentFilter(1, checks=frozenset({"wrong-sense"}))).total == 0
        assert service.set_policy(lead, 1, Policy()).open_flags == 2
        assert service.segments(SegmentFilter(1, open_flags_only=True)).total == 2


class TestFilters:
    @pytest.mark.parametrize(
        ("fields", "positions"),
        [
            ({}, [1, 2, 3]),
            ({"search": "УДАРЫ"}, [1]),
            ({"search": "GREVES"}, [1]),
            ({"search": "«"}, [2]),
            ({"search": "да"}, [1, 2]),
            ({"search": "100%_"}, []),
            ({"search": '"; DROP TABLE segment'}, []),
            ({"search": "\x00\ud800"}, []),
            ({"open_flags_only": True}, [1, 2]),
            ({"open_flags_only": True, "min_severity": Severity.MAJOR}, [1]),
            ({"min_severity": Severity.MINOR}, [1, 2]),
            ({"checks": frozenset({"quotes", "numbers"})}, [2]),
            ({"checks": frozenset({"quotes"}), "min_severity": Severity.MAJOR}, []),
            ({"max_quality": 70.0}, [1]),
            ({"order": "score"}, [1, 2, 3]),
            ({"order": "harm"}, [1, 2, 3]),
            ({"states": frozenset({SegmentState.REVISED})}, []),
            ({"states": frozenset({SegmentState.REVISED, SegmentState.MACHINE})}, [1, 2, 3]),
            ({"document_id": 2}, []),
        ],
    )
    def test_fields(
        self, service: ReviewService, project: int, fields: dict[str, object], positions: list[int]
    ) -> None:
        page = service.segments(SegmentFilter(project, **fields))  # type: ignore[arg-type]
        assert [row.position for row in page.rows] == positions
        assert page.total == len(positions)

    def test_search_follows_the_text(
        self, service: ReviewService, segment: SegmentView, translator: Actor
    ) -> None:
        service.save_draft(translator, segment.id, "Dünya", 1)
        assert service.segments(SegmentFilter(1, search="grèves")).total == 0
        assert service.segments(SegmentFilter(1, search="DUNYA")).total == 1

    def test_pages_follow_each_other(self, service: ReviewService, project: int) -> None:
        pages = [service.segments(SegmentFilter(project), offset=n, limit=2) for n in (0, 2, 4)]
        assert [[row.position for row in page.rows] for page in pages] == [[1, 2], [3], []]
        assert {page.total for page in pages} == {3}
        beyond = service.segments(SegmentFilter(project, search="удары"), offset=5)
        assert (beyond.rows, beyond.total) == ((), 1)
        with pytest.raises(UsageError):
            service.segments(SegmentFilter(project), offset=-1)

    def test_neighbours(self, service: ReviewService, segment: SegmentView) -> None:
        assert [v.position for v in service.neighbours(segment.id)] == [1, 2, 3]
        assert [v.position for v in service.neighbours(segment.id + 2, 1, 1)] == [2, 3]

    def test_dismissing_moves_a_segment_down_the_order_of_harm(
        self, service: ReviewService, segment: SegmentView, editor: Actor
    ) -> None:
        service.dismiss_flag(editor, segment.flags[0].id, "right here")
        page = service.segments(SegmentFilter(1, order="harm"))
        assert [row.position for row in page.rows] == [2, 3, 1]


class TestHostileText:
    def test_what_no_database_holds_is_replaced_one_for_one(
        self, service: ReviewService, segment: SegmentView, translator: Actor
    ) -> None:
        view = service.save_draft(translator, segment.id, "a\x00b\ud83dc\u202e<b>\x07", 1)
        assert view.text == "a\ufffdb\ufffdc\u202e<b>\x07"
        assert service.segment(segment.id).text == view.text

    def test_in_an_import_too(self, service: ReviewService, project: int, lead: Actor) -> None:
        text = "x\x00\udfff" + "y" * 1_000_000
        flag = Flag(
            "c\x00", "a/b", Severity.MINOR, "target", 1, 3, text[1:3], "m\ud800", fix=(Edit(1, 3, "\x00"),)
        )
        item = CheckedSegment(Segment(1, text, text), None, (flag,))
        checked = CheckedDocument(Document(text, "ru"), Document(text, "fr"), (item,))
        document = service.import_document(lead, project, checked, name="odd\x00name")
        view = next(service.all_segments(project, document.id))
        assert view.mt == "x\ufffd\ufffd" + "y" * 1_000_000
        assert view.flags[0].flag.text == "\ufffd\ufffd"
        assert service.segments(SegmentFilter(project, search="yyyy")).total == 1

    def test_limits(self, service: ReviewService, segment: SegmentView, translator: Actor) -> None:
        with pytest.raises(LimitError, match="100,001"):
            service.save_draft(translator, segment.id, "x" * (MAX_TEXT + 1), 1)
        with pytest.raises(LimitError):
            service.comment(translator, segment.id, "x" * 20_000)

    @pytest.mark.parametrize("id", [0, -1, 999, 2**63, 10**30])
    def test_what_is_not_there_is_not_found(self, service: ReviewService, id: int, translator: Actor) -> None:
        for call in (
            lambda: service.segment(id),
            lambda: service.project(id),
            lambda: service.save_draft(translator, id, "x", 1),
            lambda: service.dismiss_flag(translator, id, "x"),
            lambda: service.segments(SegmentFilter(id)),
        ):
            with pytest.raises(NotFoundError, match="there is no"):
                call()


def test_names_of_projects_are_unique(service: ReviewService, project: int, lead: Actor) -> None:
    with pytest.raises(UsageError, match="already"):
        service.create_project(lead, " nEWs ", "ru", "fr")
    with pytest.raises(UsageError, match="language"):
        service.create_project(lead, "Other", "klingonese", "fr")
    with pytest.raises(UsageError, match="threshold"):
        service.create_project(lead, "Other", "ru", "fr", Policy(passing_threshold=100))
    assert len(service.projects()) == 1


def test_a_failed_import_leaves_nothing(
    service: ReviewService, project: int, lead: Actor, checked: CheckedDocument
) -> None:
    broken = dataclasses.replace(checked.segments[0], flags=(object(),))  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        service.import_document(
            lead, project, dataclasses.replace(checked, segments=(*checked.segments, broken)), name="broken"
        )
    assert [d.name for d in service.documents(project)] == ["article"]
    assert len(list(service.all_segments(project))) == 3


def test_scores_are_written_once_however_often(
    service: ReviewService, segment: SegmentView, project: int, lead: Actor
) -> None:
    estimate = Estimate(Score(33.0, "other|v2", 20, 40), (WordScore(0, 2, 0.5),))
    for _ in range(2):
        service.record_scores(lead, project, {segment.id: estimate})
        view = service.segment(segment.id)
        assert (view.quality, view.low, view.signature) == (33.0, 20, "other|v2")
        assert (view.version, view.words) == (1, estimate.words)
    assert service.segments(SegmentFilter(project, max_quality=40)).total == 1
    with pytest.raises(NotFoundError, match="has no segment 999"):
        service.record_scores(lead, project, {segment.id: estimate, 999: estimate})
    service.record_scores(lead, project, {segment.id: Estimate(Score(float("nan"), "broken"))})
    assert service.segment(segment.id).quality == 33.0
