"""A flag follows its error: closed where a correction has taken it away, open again where it is back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stacking import stacked

from qa.checks import runner
from qa.checks.base import Context
from qa.model import CheckedDocument, CheckedSegment, FlagState, Segment, Severity, Span
from qa.review.changes import EDITED_AWAY
from qa.review.service import ReviewService
from qa.review.views import Actor, Policy, Risk, SegmentFilter, SegmentView

FIXED = "De nouvelles frappes contre la ville."


def checked_pair(service: ReviewService, lead: Actor, source: str, target: str, check: str) -> SegmentView:
    """A document of one segment, with what ``check`` finds in it."""
    one, other = stacked([source], "en"), stacked([target], "fr")
    segment = Segment(1, source, target, (0,), (0,), 0.9, Span(0, len(source)), Span(0, len(target)))
    context = Context("en", "fr", (segment,))
    flags = runner.run(context, only={check})[1]
    assert flags
    project = service.create_project(lead, "One", "en", "fr").id
    document = CheckedDocument(one, other, (CheckedSegment(segment, None, flags),))
    service.import_document(lead, project, document, name="one")
    return service.segments(SegmentFilter(project)).rows[0]


def states(view: SegmentView) -> list[FlagState]:
    return [flag.flag.state for flag in view.flags]


def test_a_fix_typed_back_opens_its_flag(
    service: ReviewService, segment: SegmentView, translator: Actor, editor: Actor
) -> None:
    view = service.apply_fix(translator, segment.id, segment.flags[0].id, 1)
    view = service.submit(translator, segment.id, segment.mt, view.version)
    assert states(view) == [FlagState.OPEN]
    assert view.flags[0].decided_by == ""
    assert service.project(1).open_flags == 2
    assert not service.approvable(editor, 1, Risk(Severity.MAJOR, 0)).seen
    # Undo brings the text and the decision back together.
    view = service.undo(translator, segment.id, view.version)
    assert (view.text, states(view)) == (FIXED, [FlagState.ACCEPTED])


def test_so_does_a_draft(service: ReviewService, segment: SegmentView, translator: Actor) -> None:
    view = service.apply_fix(translator, segment.id, segment.flags[0].id, 1)
    view = service.save_draft(translator, segment.id, FIXED + " Vite.", view.version)
    assert states(view) == [FlagState.ACCEPTED]
    view = service.save_draft(translator, segment.id, segment.mt + " Vite.", view.version)
    assert states(view) == [FlagState.OPEN]


def test_and_an_edit_taken_back(
    service: ReviewService, segment: SegmentView, translator: Actor, editor: Actor, lead: Actor
) -> None:
    service.set_policy(lead, 1, Policy(own_approval=True))
    view = service.submit(translator, segment.id, FIXED, 1)
    assert view.flags[0].reason == EDITED_AWAY
    view = service.approve(editor, segment.id, view.version, text=segment.mt)
    assert states(view) == [FlagState.OPEN]


def test_what_somebody_agreed_with_stays(
    service: ReviewService, segment: SegmentView, translator: Actor
) -> None:
    service.accept_flag(translator, segment.flags[0].id)
    view = service.save_draft(translator, segment.id, FIXED, service.segment(segment.id).version)
    view = service.submit(translator, segment.id, segment.mt, view.version)
    assert states(view) == [FlagState.ACCEPTED]


def test_a_doubled_word_is_told_from_a_single_one(
    service: ReviewService, lead: Actor, translator: Actor
) -> None:
    """Where the fix deletes one of two like words, the place says nothing; the check does."""
    segment = checked_pair(service, lead, "The dog sleeps here.", "Le chien chien dort ici.", "doubled-word")
    view = service.apply_fix(translator, segment.id, segment.flags[0].id, 1)
    view = service.submit(translator, segment.id, view.text, view.version)
    assert states(view) == [FlagState.ACCEPTED]
    view = service.submit(translator, segment.id, segment.mt, view.version)
    assert states(view) == [FlagState.OPEN]


@pytest.mark.parametrize("right", [True, False])
def test_a_correction_elsewhere_closes_the_flag_on_the_source(
    service: ReviewService, lead: Actor, translator: Actor, right: bool
) -> None:
    source = "The tank holds 250 litres of water and the pump is new."
    segment = checked_pair(
        service, lead, source, "Le réservoir contient de l’eau et la pompe est neuve.", "numbers"
    )
    wanted = FlagState.ACCEPTED if right else FlagState.OPEN
    text = segment.mt.replace("de l’eau", f"{250 if right else 350} litres d’eau")
    view = service.save_draft(translator, segment.id, text, 1)
    assert states(view) == [FlagState.OPEN] * len(view.flags)
    view = service.submit(translator, segment.id, text, view.version)
    assert [flag.flag.state for flag in view.flags if flag.flag.side == "source"] == [wanted]
    view = service.submit(translator, segment.id, segment.mt, view.version)
    assert states(view) == [FlagState.OPEN] * len(view.flags)


def test_a_check_that_cannot_find_its_flag_again_has_no_say(
    service: ReviewService, lead: Actor, translator: Actor
) -> None:
    source, target = "All is well in the old town.", "Tout va bien dans la ville."
    one, other = stacked([source], "en"), stacked([target], "fr")
    segment = Segment(1, source, target, (0,), (0,), 0.9, Span(0, len(source)), Span(0, len(target)))
    (made,) = runner.run(
        Context("en", "fr", (replace(segment, source="There are 250 in the old town."),)), only={"numbers"}
    )[1]
    project = service.create_project(lead, "One", "en", "fr").id
    made = replace(made, start=4, end=7, text="is ")
    document = CheckedDocument(one, other, (CheckedSegment(segment, None, (made,)),))
    service.import_document(lead, project, document, name="one")
    view = service.segments(SegmentFilter(project)).rows[0]
    view = service.submit(translator, view.id, target + " Oui.", 1)
    assert states(view) == [FlagState.OPEN]
