"""The next segment with an open flag, against a plain walk through the list."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from stacking import stacked

from qa.model import CheckedDocument, CheckedSegment, Estimate, Flag, Score, Segment, Severity, Span
from qa.review.service import ReviewService
from qa.review.views import Actor, SegmentFilter, SegmentOrder


def made(numbers: random.Random, length: int) -> CheckedDocument:
    """Sentences of which some are flagged and some have no score; many scores are equal."""
    texts = [f"Phrase {number}." for number in range(length)]
    source, target = stacked(texts, "ru"), stacked(texts, "fr")
    segments = []
    for number, (one, other) in enumerate(zip(source.sentences, target.sentences, strict=True)):
        spans = Span(one.start, one.end), Span(other.start, other.end)
        segment = Segment(number + 1, one.text, other.text, (number,), (number,), 0.9, *spans)
        quality = numbers.choice([None, 20.0, 20.0, 70.0])
        severity = numbers.choice([None, None, Severity.MINOR, Severity.MAJOR, Severity.CRITICAL])
        flag = severity and Flag("spelling", "style", severity, "target", 0, 6, "Phrase", "why", 0.5)
        estimate = Estimate(Score(quality, "test|v1", 0, 100)) if quality is not None else None
        segments.append(CheckedSegment(segment, estimate, (flag,) if flag else ()))
    return CheckedDocument(source, target, tuple(segments))


@pytest.mark.parametrize("order", ["position", "harm", "score"])
@pytest.mark.parametrize("at_least", [None, Severity.MAJOR])
@pytest.mark.parametrize(
    "search",
    [{}, {"search": "phrase 2", "side": "target"}, {"search": "Phrase [12]", "regex": True}],
    ids=["all", "words", "pattern"],
)
def test_it_is_the_next_of_the_list_with_its_place(
    service: ReviewService,
    lead: Actor,
    order: SegmentOrder,
    at_least: Severity | None,
    search: dict[str, Any],
) -> None:
    numbers = random.Random(7)  # noqa: S311 - a fixed document, not a secret
    project = service.create_project(lead, "News", "ru", "fr").id
    for name in ("one", "two"):
        service.import_document(lead, project, made(numbers, 30), name=name)
    shown = SegmentFilter(project, order=order, **search)
    rows = service.segments(shown, limit=100).rows
    assert len(rows) > 10
    worst = [max((f.flag.severity.rank for f in view.flags), default=-1) for view in rows]
    least = at_least.rank if at_least else 0
    for at, view in enumerate(rows):
        expected = next(((rows[k].id, k) for k in range(at + 1, len(rows)) if worst[k] >= least), None)
        assert service.next_flagged(shown, view.id, at_least) == expected
        assert service.place(shown, view.id) == at


def test_a_filter_holds_and_a_segment_outside_of_it_is_a_place_to_start_from(
    service: ReviewService, project: int, translator: Actor
) -> None:
    first, second, third = service.segments(SegmentFilter(project)).rows
    shown = SegmentFilter(project, max_quality=99, min_severity=Severity.MINOR)
    assert service.next_flagged(shown, first.id) == (second.id, 1)
    assert service.next_flagged(replace(shown, min_severity=Severity.CRITICAL), first.id) is None
    assert service.next_flagged(replace(shown, max_quality=70), first.id) is None
    service.dismiss_flag(translator, second.flags[0].id, "fine")
    assert service.next_flagged(shown, first.id) is None
    mark = Flag("by-hand", "style/awkward", Severity.MINOR, "target", 0, 3, "", "odd")
    service.add_flag(translator, third.id, mark)
    # The third has no score, so it is not of this list; of all of them it is.
    assert service.next_flagged(shown, second.id) is None
    assert service.next_flagged(SegmentFilter(project), second.id) == (third.id, 2)
