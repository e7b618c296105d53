"""A flag that quotes another segment says what that segment says now."""

from __future__ import annotations

import pytest
from stacking import stacked

from qa.checks import runner
from qa.checks.base import Context
from qa.errors import TransitionError
from qa.model import CheckedDocument, CheckedSegment, Segment, Span
from qa.review.service import ReviewService
from qa.review.views import Actor, SegmentFilter, SegmentView

SOURCE = "Save all the changes"
USUAL, OTHER, BETTER = "Enregistrer les modification", "Sauver le tout", "Enregistrer les modifications"


@pytest.fixture
def alike(service: ReviewService, lead: Actor) -> tuple[SegmentView, ...]:
    """Three segments of one source: the first two in the usual words, the third flagged, with a fix."""
    texts = (USUAL, USUAL, OTHER)
    one, other = stacked([SOURCE] * 3, "en"), stacked(texts, "fr")
    segments = tuple(
        Segment(n + 1, s.text, t.text, (n,), (n,), 0.9, Span(s.start, s.end), Span(t.start, t.end))
        for n, (s, t) in enumerate(zip(one.sentences, other.sentences, strict=True))
    )
    flags = runner.run(Context("en", "fr", segments), only={"inconsistent-target"})
    checked = tuple(CheckedSegment(segment, None, flags[segment.id]) for segment in segments)
    project = service.create_project(lead, "Alike", "en", "fr").id
    service.import_document(lead, project, CheckedDocument(one, other, checked), name="ui")
    return service.segments(SegmentFilter(project)).rows


def flag(service: ReviewService, view: SegmentView):
    (found,) = service.segment(view.id).flags
    return found.flag


def test_it_stays_while_one_segment_says_so(
    service: ReviewService, alike: tuple[SegmentView, ...], translator: Actor
) -> None:
    first, _, third = alike
    before = flag(service, third)
    assert (before.fix[0].text, before.params["count"]) == (USUAL, "2")
    service.submit(translator, first.id, BETTER, 1)
    assert flag(service, third) == before


def test_it_quotes_the_correction_and_its_fix_writes_that(
    service: ReviewService, alike: tuple[SegmentView, ...], translator: Actor
) -> None:
    first, second, third = alike
    for view in (first, second):
        service.submit(translator, view.id, BETTER, 1)
    found = flag(service, third)
    assert found.fix[0].text == BETTER
    assert f"“{BETTER}” (segment 1; 2 in all)" in found.message
    fixed = service.apply_fix(translator, third.id, third.flags[0].id, 1)
    assert fixed.text == BETTER
    # Undo of the corrections is no less visible.
    fixed = service.undo(translator, third.id, fixed.version)
    view = service.segment(first.id)
    service.undo(translator, first.id, view.version)
    assert flag(service, third).fix[0].text == USUAL


def test_it_offers_nothing_where_the_others_have_followed(
    service: ReviewService, alike: tuple[SegmentView, ...], translator: Actor
) -> None:
    first, second, third = alike
    for view in (first, second):
        service.submit(translator, view.id, OTHER + ".", 1)
    found = flag(service, third)
    assert (found.fix, found.key) == ((), "same")
    assert "reads the same elsewhere" in found.message
    with pytest.raises(TransitionError, match="no fix to apply"):
        service.apply_fix(translator, third.id, third.flags[0].id, 1)


def test_the_commoner_wording_is_not_replaced(
    service: ReviewService, alike: tuple[SegmentView, ...], translator: Actor
) -> None:
    first, second, third = alike
    service.submit(translator, first.id, BETTER, 1)
    service.submit(translator, second.id, OTHER, 1)
    found = flag(service, third)
    assert found.fix == ()
    assert f"“{BETTER}” (segment 1; 1 in all)" in found.message
