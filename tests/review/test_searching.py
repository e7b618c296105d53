"""Searching a side, and by regular expression, through the service: on either database."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qa.errors import UsageError
from qa.model import CheckedDocument, CheckedSegment, Document, SearchSide, Segment
from qa.review.service import ReviewService
from qa.review.views import Actor, SegmentFilter, SegmentView
from qa.store.text import clean, fold

TEXTS = (
    ("Новые удары по городу.", "De nouvelles grèves contre la ville."),
    ("Забастовка («grève») в порту", "Une grève au port"),
    ("Première ligne\nSeconde ligne", "第一行\n第二行"),
    ("Hauptstraße 5", "ГЛАВНАЯ УЛИЦА, 5"),
    ("最高法院判决", "The supreme court has ruled.\n"),
    ("", "An addition: 最高"),
    ("Опущено", ""),
)


def imported(service: ReviewService, lead: Actor, texts: Sequence[tuple[str, str]]) -> int:
    """A new project that holds these pairs."""
    segments = tuple(
        CheckedSegment(Segment(number, source, target), None)
        for number, (source, target) in enumerate(texts, 1)
    )
    name = f"Sides {len(service.uncounted_projects())}"
    project = service.create_project(lead, name, "ru", "fr").id
    checked = CheckedDocument(Document("", "ru"), Document("", "fr"), segments)
    service.import_document(lead, project, checked, name="texts")
    return project


def found(service: ReviewService, chosen: SegmentFilter) -> list[int]:
    page = service.segments(chosen, limit=100)
    assert page.total == len(page.rows)
    return [row.position for row in page.rows]


@pytest.fixture
def sides(service: ReviewService, lead: Actor) -> int:
    return imported(service, lead, TEXTS)


@pytest.mark.parametrize(
    ("needle", "both", "source", "target"),
    [
        ("УДАРЫ", [1], [1], []),
        ("greve", [1, 2], [2], [1, 2]),
        ("GRÈVE", [1, 2], [2], [1, 2]),
        ("ve", [1, 2], [2], [1, 2]),
        ("STRASSE", [4], [4], []),
        ("главная", [4], [], [4]),
        ("最高", [5, 6], [5], [6]),
        ("行\n第", [3], [], [3]),
        ("ligne\nseconde", [3], [3], []),
        ("ligne\n第", [3], [], []),
        ("5", [4], [4], [4]),
        ("г", [1, 4], [1], [4]),
        ("", [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7]),
        ("100%_", [], [], []),
        ('" OR "', [], [], []),
    ],
)
def test_substrings(
    service: ReviewService, sides: int, needle: str, both: list[int], source: list[int], target: list[int]
) -> None:
    chosen = SegmentFilter(sides, search=needle)
    assert found(service, chosen) == both
    assert found(service, SegmentFilter(sides, search=needle, side="source")) == source
    assert found(service, SegmentFilter(sides, search=needle, side="target")) == target


@pytest.mark.parametrize(
    ("pattern", "both", "source", "target"),
    [
        (r"\bудар\w*", [1], [1], []),
        ("grèves?", [1, 2], [2], [1, 2]),
        ("greves?", [], [], []),
        ("Grève", [], [], []),
        ("^une", [2], [], [2]),
        ("port.$", [], [], []),
        (r"\p{Han}{2}$", [3, 5, 6], [5], [3, 6]),
        ("(?m)^seconde", [3], [3], []),
        ("strasse", [4], [4], []),
        (r"[а-я]+, \d", [4], [], [4]),
        (": ", [6], [], [6]),
        ("^$", [6, 7], [6], [7]),
        ("", [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_expressions(
    service: ReviewService, sides: int, pattern: str, both: list[int], source: list[int], target: list[int]
) -> None:
    assert found(service, SegmentFilter(sides, search=pattern, regex=True)) == both
    assert found(service, SegmentFilter(sides, search=pattern, side="source", regex=True)) == source
    assert found(service, SegmentFilter(sides, search=pattern, side="target", regex=True)) == target


def test_both_follow_the_text(service: ReviewService, segment: SegmentView, translator: Actor) -> None:
    service.save_draft(translator, segment.id, "Nouvelles frappes", 1)
    for regex in (False, True):
        there, gone = (
            SegmentFilter(1, search=word, side="target", regex=regex) for word in ("frappes", "grèves")
        )
        assert (found(service, there), found(service, gone)) == ([1], [])


def test_expressions_are_paged_in_the_order_of_the_list(service: ReviewService, lead: Actor) -> None:
    project = imported(service, lead, tuple((f"s{n}", "even" if n % 2 else "odd") for n in range(1200)))
    chosen = SegmentFilter(project, search="^even$", regex=True)
    page = service.segments(chosen, offset=590, limit=20)
    assert [row.position for row in page.rows] == [2 * n + 2 for n in range(590, 600)]
    assert page.total == 600
    assert service.segments(chosen, offset=600).total == 600


def test_an_expression_narrows_what_other_filters_leave(service: ReviewService, project: int) -> None:
    everything = SegmentFilter(project, search=".", regex=True, order="harm")
    assert [row.position for row in service.segments(everything).rows] == [1, 2, 3]
    assert found(service, SegmentFilter(project, search=".", regex=True, max_quality=70.0)) == [1]
    assert found(service, SegmentFilter(project, search=".", regex=True, checks=frozenset({"quotes"}))) == [2]


def test_a_hostile_expression_is_given_up(service: ReviewService, lead: Actor) -> None:
    project = imported(service, lead, (("", "a" * 20_000 + "!"),))
    with pytest.raises(UsageError, match="the search pattern takes too long; make it simpler"):
        service.segments(SegmentFilter(project, search="(a+)+$", regex=True))


def test_a_bad_expression_is_refused_even_where_nothing_could_match(
    service: ReviewService, lead: Actor
) -> None:
    project = imported(service, lead, ())
    with pytest.raises(UsageError, match=r"cannot be read: missing \) at position 3, after a\("):
        service.segments(SegmentFilter(project, search="a(", regex=True))


WORDS = st.text(alphabet="aбéE\u0301\u3099かß \n«法İ", max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    texts=st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6),
    needle=WORDS,
    side=st.sampled_from(["source", "target"]),
)
@example(texts=[("か", "\u3099a")], needle="か", side="source")
@example(texts=[("a\nb\nc", "d")], needle="c\nd", side="target")
def test_a_side_holds_what_its_folded_text_holds(
    service: ReviewService, lead: Actor, texts: list[tuple[str, str]], needle: str, side: SearchSide
) -> None:
    project = imported(service, lead, texts)
    wanted = fold(clean(needle.strip()))
    expected = [
        n for n, pair in enumerate(texts, 1) if wanted in fold(clean(pair[0 if side == "source" else 1]))
    ]
    assert found(service, SegmentFilter(project, search=needle, side=side)) == expected
