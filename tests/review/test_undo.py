from __future__ import annotations

import pytest

from qa.errors import ConflictError, PermissionDenied, TransitionError
from qa.model import Flag, FlagState, SegmentState, Severity
from qa.review.service import ReviewService
from qa.review.views import Actor, Role, SegmentView


def test_one_after_the_other_back_to_the_machines_text(
    service: ReviewService, segment: SegmentView, translator: Actor
) -> None:
    seen = [segment]
    view = service.save_draft(translator, segment.id, "un", 1)
    seen.append(view)
    view = service.apply_fix(translator, segment.id, view.flags[0].id, view.version, text=segment.mt + " un")
    seen.append(view)
    view = service.submit(translator, segment.id, "trois", view.version)
    for before in reversed(seen):
        view = service.undo(translator, segment.id, view.version)
        assert (view.text, view.state, view.author) == (before.text, before.state, before.author)
        assert view.flags == before.flags
    with pytest.raises(TransitionError, match="you have changed nothing"):
        service.undo(translator, segment.id, view.version)
    assert [e.action for e in service.events(segment_id=segment.id)].count("undo") == 3
    assert [r.text for r in service.revisions(segment.id)] == [
        "un",
        "De nouvelles frappes contre la ville. un",
        "trois",
    ]


def test_after_an_undo_work_goes_on(service: ReviewService, segment: SegmentView, translator: Actor) -> None:
    view = service.save_draft(translator, segment.id, "un", 1)
    view = service.undo(translator, segment.id, view.version)
    view = service.save_draft(translator, segment.id, "deux", view.version)
    assert service.revisions(segment.id)[-1].parent is None
    assert service.undo(translator, segment.id, view.version).text == segment.mt


def test_only_ones_own_last_change(
    service: ReviewService, segment: SegmentView, translator: Actor, editor: Actor
) -> None:
    view = service.save_draft(translator, segment.id, "un", 1)
    view = service.save_draft(editor, segment.id, "deux", view.version)
    with pytest.raises(TransitionError, match="Eve's"):
        service.undo(translator, segment.id, view.version)
    view = service.undo(editor, segment.id, view.version)
    assert (view.text, view.author) == ("un", "Tom")
    with pytest.raises(TransitionError, match="Tom's"):
        service.undo(editor, segment.id, view.version)
    assert service.undo(translator, segment.id, view.version).text == segment.mt


def test_an_approval_is_taken_back_in_a_role_that_approves(
    service: ReviewService, segment: SegmentView, translator: Actor, editor: Actor
) -> None:
    view = service.submit(translator, segment.id, "un", 1)
    view = service.approve(editor, segment.id, view.version)
    with pytest.raises(PermissionDenied, match="may not approve"):
        service.undo(Actor(editor.name, Role.TRANSLATOR), segment.id, view.version)
    view = service.undo(editor, segment.id, view.version)
    assert (view.state, view.approver, view.author) == (SegmentState.REVISED, "", "Tom")


def test_decisions_about_flags(service: ReviewService, segment: SegmentView, editor: Actor) -> None:
    view = service.dismiss_flag(editor, segment.flags[0].id, "fine")
    view = service.reopen_flag(editor, segment.flags[0].id)
    view = service.undo(editor, segment.id, view.version)
    assert (view.flags[0].flag.state, view.flags[0].reason) == (FlagState.DISMISSED, "fine")
    view = service.undo(editor, segment.id, view.version)
    assert (view.flags[0].flag.state, view.flags[0].decided_by) == (FlagState.OPEN, "")
    assert service.project(1).open_flags == 2


def test_a_mark_taken_back_is_kept_as_dismissed(
    service: ReviewService, segment: SegmentView, editor: Actor
) -> None:
    mark = Flag("by-hand", "style/awkward", Severity.MINOR, "target", 0, 2, "De", "clumsy")
    view = service.add_flag(editor, segment.id, mark)
    view = service.undo(editor, segment.id, view.version)
    mine = next(f for f in view.flags if f.flag.check == "by-hand")
    assert (mine.flag.state, mine.reason) == (FlagState.DISMISSED, "taken back by the person who marked it")


def test_a_stale_undo_is_refused(service: ReviewService, segment: SegmentView, translator: Actor) -> None:
    service.save_draft(translator, segment.id, "un", 1)
    with pytest.raises(ConflictError):
        service.undo(translator, segment.id, 1)


def test_comments_stay_and_do_not_stand_in_the_way(
    service: ReviewService, segment: SegmentView, translator: Actor, editor: Actor
) -> None:
    view = service.save_draft(translator, segment.id, "un", 1)
    service.comment(editor, segment.id, "why?")
    view = service.undo(translator, segment.id, view.version)
    assert (view.text, view.comments) == (segment.mt, 1)
