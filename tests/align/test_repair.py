"""Mending links by hand keeps what every alignment promises, and says exactly what it changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.align import repair
from qa.errors import UsageError
from qa.model import Link
from qa.segment import split

Operation = Callable[[Sequence[Link]], repair.Repair]


@st.composite
def alignments(draw: st.DrawFn) -> tuple[Link, ...]:
    """Any valid alignment of a few sentences."""
    shapes = draw(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any), min_size=1, max_size=8)
    )
    out, i, j = [], 0, 0
    for a, b in shapes:
        out.append(Link(tuple(range(i, i + a)), tuple(range(j, j + b)), 0.5))
        i, j = i + a, j + b
    return tuple(out)


def one_by_one(sources: Sequence[int], targets: Sequence[int]) -> list[Link]:
    """An aligner without a model: pairs in order, what is left over alone."""
    pairs = min(len(sources), len(targets))
    return [
        *(Link((n,), (n,), 0.7) for n in range(pairs)),
        *(Link((n,), (), 0.7) for n in range(pairs, len(sources))),
        *(Link((), (n,), 0.7) for n in range(pairs, len(targets))),
    ]


@st.composite
def operations(draw: st.DrawFn) -> Operation:
    """Any operation at any place, also where it is not possible."""
    at, other = draw(st.integers(-1, 8)), draw(st.integers(-1, 8))
    a, b = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    side = draw(st.sampled_from(["source", "target"]))
    direction = draw(st.sampled_from(["up", "down"]))
    return draw(
        st.sampled_from(
            [
                lambda links: repair.merge(links, at, other),
                lambda links: repair.split(links, at, a, b),
                lambda links: repair.shift(links, at, side, direction),
                lambda links: repair.unlink(links, at),
                lambda links: repair.link(links, at, other),
                lambda links: repair.realign(links, at, other, one_by_one),
            ]
        )
    )


def _counts(links: tuple[Link, ...]) -> tuple[int, int]:
    return sum(len(x.source) for x in links), sum(len(x.target) for x in links)


@given(alignments(), st.lists(operations(), max_size=6))
def test_every_operation_keeps_the_promise_and_undoing_restores(
    links: tuple[Link, ...], chosen: list[Operation]
) -> None:
    counts, done, first = _counts(links), [], links
    for operation in chosen:
        before = tuple(links)
        try:
            change = operation(links)
        except UsageError:
            assert links == before
            continue
        repair.check(change.links, *counts)
        stop = change.start + len(change.removed)
        assert all(x is y for x, y in zip(change.removed, links[change.start : stop], strict=True))
        rest = change.links[: change.start], change.links[change.start + len(change.added) :]
        for kept, old in zip(rest, (links[: change.start], links[stop:]), strict=True):
            assert all(x is y for x, y in zip(kept, old, strict=True))
        assert change.links[change.start : change.start + len(change.added)] == change.added
        done.append(change)
        links = change.links
    for change in reversed(done):
        assert links == change.links
        links = repair.undo(change).links
    assert all(x is y for x, y in zip(links, first, strict=True))


@given(alignments(), st.data())
def test_a_split_is_undone_by_a_merge(links: tuple[Link, ...], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(links) - 1))
    a, b = (data.draw(st.integers(0, len(side))) for side in (links[at].source, links[at].target))
    try:
        parted = repair.split(links, at, a, b).links
    except UsageError:
        return
    whole = repair.merge(parted, at).links
    assert _shape(whole) == _shape(links)


def _shape(links: Sequence[Link]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(x.source, x.target) for x in links]


START = (Link((0,), (0,), 0.9), Link((1, 2), (1,), 0.4), Link((3,), (2, 3), 0.8))


def test_examples() -> None:
    assert _shape(repair.merge(START, 0).links) == [((0, 1, 2), (0, 1)), ((3,), (2, 3))]
    assert _shape(repair.split(START, 1, 1, 0).added) == [((1,), ()), ((2,), (1,))]
    assert _shape(repair.shift(START, 1, "source", "down").links) == [
        ((0,), (0,)),
        ((1,), (1,)),
        ((2, 3), (2, 3)),
    ]
    assert _shape(repair.shift(START, 1, "target", "up").added) == [((0,), (0, 1)), ((1, 2), ())]
    assert _shape(repair.unlink(START, 0).links)[:2] == [((0,), ()), ((), (0,))]
    merged = repair.merge(START, 0)
    assert (merged.start, merged.removed, merged.added[0].score) == (0, START[:2], 1.0)
    assert merged.links[1] is START[2]


def test_a_link_without_sentences_disappears() -> None:
    links = (Link((0,), (0,), 1), Link((1,), (), 1))
    assert _shape(repair.shift(links, 1, "source", "up").links) == [((0, 1), (0,))]


def test_linking_across_unlinked_sentences() -> None:
    links = (Link((0,), (), 1), Link((1,), (), 1), Link((), (0,), 1), Link((), (1,), 1))
    assert _shape(repair.link(links, 0, 3).links) == [((), (0,)), ((0,), (1,)), ((1,), ())]
    assert _shape(repair.link(links, 2, 1).links) == [((0,), ()), ((1,), (0,)), ((), (1,))]


def test_aligning_a_range_anew_leaves_what_comes_out_the_same() -> None:
    links = (
        Link((0,), (0,), 0.9),
        Link((1,), (1,), 0.6),
        Link((2, 3), (2,), 0.4),
        Link((), (3,), 0.3),
        Link((4,), (4,), 0.9),
    )
    change = repair.realign(links, 0, 4, one_by_one)
    assert (change.start, change.removed) == (2, links[2:4])
    assert _shape(change.added) == [((2,), (2,)), ((3,), (3,))]
    assert {x.score for x in change.added} == {0.7}
    assert change.links[1] is links[1]
    again = repair.realign(change.links, 0, 4, one_by_one)
    assert (again.removed, again.added) == ((), ())
    assert repair.realign(links, -1, 5, one_by_one).links[0] is links[0]


def test_the_cut_out_is_aligned_alone() -> None:
    """Two sentences of the middle, linked crosswise one to nothing, find each other by their numbers."""
    source = split("Ein Anfang.\n\nEs kamen 17 Gäste. Die Rechnung betrug 250 Euro.\n\nEnde.", "de")
    target = split("A start.\n\n17 guests came. The bill was 250 euros.\n\nThe end.", "en")
    links = (Link((0,), (0,), 1), Link((1, 2), (1,), 0.2), Link((), (2,), 0.2), Link((3,), (3,), 1))
    change = repair.realign(links, 0, 3, repair.aligner(source, target, accuracy="fast"))
    assert _shape(change.links) == [((n,), (n,)) for n in range(4)]
    cut = repair.cut_out(source, (1, 2))
    assert [cut.text[s.start : s.end] for s in cut.sentences] == [s.text for s in cut.sentences]
    assert [(s.index, s.paragraph) for s in cut.sentences] == [(0, 0), (1, 0)]
    assert repair.cut_out(source, ()).sentences == ()


@pytest.mark.parametrize(
    "operation",
    [
        lambda: repair.merge(START, 2),
        lambda: repair.merge(START, 1, 1),
        lambda: repair.split(START, 0, 1, 1),
        lambda: repair.split(START, 0, 2, 0),
        lambda: repair.shift(START, 0, "source", "up"),
        lambda: repair.shift((Link((0,), (), 1), Link((), (0,), 1)), 0, "target", "down"),
        lambda: repair.unlink((Link((0,), (), 1),), 0),
        lambda: repair.link(START, 0, 1),
        lambda: repair.merge(START, -1, 1),
        lambda: repair.realign(START, 0, 1, one_by_one),
        lambda: repair.realign(START, -2, 1, one_by_one),
        lambda: repair.realign(START, 0, 4, one_by_one),
        lambda: repair.realign(START, 0, 3, lambda _sources, _targets: []),
        lambda: repair.realign(START, -1, 1, lambda _s, _t: [Link((), (0,), 1)]),
        lambda: repair.check(START, 5, 4),
    ],
)
def test_what_is_not_possible_is_said(operation: Callable[[], object]) -> None:
    with pytest.raises(UsageError):
        operation()
