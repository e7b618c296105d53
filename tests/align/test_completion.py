"""Existing alignments made whole: every sentence in exactly one link, order kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.align.completion import complete
from qa.errors import InputError
from qa.model import Link


@st.composite
def whole_alignments(draw: st.DrawFn) -> tuple[list[Link], int, int]:
    links: list[Link] = []
    i = j = 0
    for a, b in draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any), max_size=12)):
        links.append(Link(tuple(range(i, i + a)), tuple(range(j, j + b)), 1.0))
        i, j = i + a, j + b
    return links, i, j


@given(whole_alignments())
def test_a_whole_alignment_stays_as_it_is(given_: tuple[list[Link], int, int]) -> None:
    links, n, m = given_
    assert complete(links, n, m) == tuple(links)


@given(whole_alignments(), st.data())
def test_what_is_missing_is_added_and_order_does_not_matter(
    given_: tuple[list[Link], int, int], data: st.DataObject
) -> None:
    links, n, m = given_
    kept = [link for link in links if data.draw(st.booleans())]
    shuffled = data.draw(st.permutations(kept))
    out = complete(shuffled, n, m)
    assert [i for link in out for i in link.source] == list(range(n))
    assert [j for link in out for j in link.target] == list(range(m))
    assert set(kept) <= set(out)


@pytest.mark.parametrize(
    ("links", "says"),
    [
        ([Link((0,), (1,), 1.0), Link((1,), (0,), 1.0)], r"crossing links \(1–2 and 2–1\)"),
        ([Link((0, 2), (0,), 1.0)], "source sentences 1, 3, which are not neighbours"),
        ([Link((0,), (0, 2), 1.0)], "target sentences 1, 3"),
    ],
)
def test_what_cannot_be_shown_side_by_side(links: list[Link], says: str) -> None:
    with pytest.raises(InputError, match=says):
        complete(links, 3, 3)
