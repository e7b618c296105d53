"""Mending links by hand keeps what every alignment promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.align import repair
from qa.errors import UsageError
from qa.model import Link


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


def _counts(links: tuple[Link, ...]) -> tuple[int, int]:
    return sum(len(x.source) for x in links), sum(len(x.target) for x in links)


@given(alignments(), st.data())
def test_every_operation_keeps_the_promise(links: tuple[Link, ...], data: st.DataObject) -> None:
    counts = _counts(links)
    for _ in range(6):
        at = data.draw(st.integers(-1, len(links)))
        other = data.draw(st.integers(-1, len(links)))
        operation = data.draw(st.sampled_from(["merge", "split", "shift", "unlink", "link"]))
        try:
            if operation == "merge":
                links = repair.merge(links, at, other)
            elif operation == "split":
                links = repair.split(links, at, data.draw(st.integers(0, 3)), data.draw(st.integers(0, 3)))
            elif operation == "shift":
                side = data.draw(st.sampled_from(["source", "target"]))
                links = repair.shift(links, at, side, data.draw(st.sampled_from(["up", "down"])))
            elif operation == "unlink":
                links = repair.unlink(links, at)
            else:
                links = repair.link(links, at, other)
        except UsageError:
            continue
        repair.check(links, *counts)


@given(alignments(), st.data())
def test_a_split_is_undone_by_a_merge(links: tuple[Link, ...], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(links) - 1))
    a, b = (data.draw(st.integers(0, len(side))) for side in (links[at].source, links[at].target))
    try:
        parted = repair.split(links, at, a, b)
    except UsageError:
        return
    whole = repair.merge(parted, at)
    assert [(x.source, x.target) for x in whole] == [(x.source, x.target) for x in links]


def _shape(links: tuple[Link, ...]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(x.source, x.target) for x in links]


START = (Link((0,), (0,), 0.9), Link((1, 2), (1,), 0.4), Link((3,), (2, 3), 0.8))


def test_examples() -> None:
    assert _shape(repair.merge(START, 0)) == [((0, 1, 2), (0, 1)), ((3,), (2, 3))]
    assert _shape(repair.split(START, 1, 1, 0)) == [((0,), (0,)), ((1,), ()), ((2,), (1,)), ((3,), (2, 3))]
    assert _shape(repair.shift(START, 1, "source", "down")) == [((0,), (0,)), ((1,), (1,)), ((2, 3), (2, 3))]
    assert _shape(repair.shift(START, 1, "target", "up")) == [((0,), (0, 1)), ((1, 2), ()), ((3,), (2, 3))]
    assert _shape(repair.unlink(START, 0))[:2] == [((0,), ()), ((), (0,))]
    assert repair.merge(START, 0)[0].score == 1.0
    assert repair.merge(START, 0)[1] is START[2]


def test_a_link_without_sentences_disappears() -> None:
    links = (Link((0,), (0,), 1), Link((1,), (), 1))
    assert _shape(repair.shift(links, 1, "source", "up")) == [((0, 1), (0,))]


def test_linking_across_unlinked_sentences() -> None:
    links = (Link((0,), (), 1), Link((1,), (), 1), Link((), (0,), 1), Link((), (1,), 1))
    assert _shape(repair.link(links, 0, 3)) == [((), (0,)), ((0,), (1,)), ((1,), ())]
    assert _shape(repair.link(links, 2, 1)) == [((0,), ()), ((1,), (0,)), ((), (1,))]


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
        lambda: repair.check(START, 5, 4),
    ],
)
def test_what_is_not_possible_is_said(operation: object) -> None:
    with pytest.raises(UsageError):
        operation()  # type: ignore[operator]
