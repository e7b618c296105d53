"""A left-out sentence must not hide in a merged link; a free merge must stay whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.align.path import Bead
from qa.align.trim import trimmed

Shape = tuple[int, int, int, int]


@dataclass
class Judged:
    """Rewards of a table: what is not in it fits perfectly in every way."""

    affinities: dict[Shape, float] = field(default_factory=dict)
    deviations: dict[Shape, float] = field(default_factory=dict)
    companies: dict[Shape, tuple[float, float]] = field(default_factory=dict)
    """By the shape of the member; words are not compared where there are none."""

    def affinity(self, *shape: int) -> float:
        return self.affinities.get(shape, 0.6)

    def company(self, bead: Shape, member: Shape) -> tuple[float, float] | None:
        return self.companies.get(member, (1.0, 1.0)) if self.companies else None

    def deviation(self, *shape: int) -> float:
        return self.deviations.get(shape, 0.0)


def shapes(path: list[Bead]) -> list[Shape]:
    return [(bead.a, bead.b, bead.i, bead.j) for bead in path]


TWO_TO_ONE = Bead(i=5, j=4, a=2, b=1, margin=0.1)
STRANGE_LAST = Judged({(2, 1, 5, 4): 0.4, (1, 1, 5, 4): 0.1}, {(2, 1, 5, 4): 3.0})
STRANGE_FIRST = Judged({(2, 1, 5, 4): 0.4, (1, 1, 4, 4): 0.1}, {(2, 1, 5, 4): 3.0})


def test_the_last_sentence_is_taken_out() -> None:
    assert shapes(trimmed([TWO_TO_ONE], STRANGE_LAST)) == [(1, 1, 4, 4), (1, 0, 5, 4)]


def test_the_first_sentence_is_taken_out() -> None:
    assert shapes(trimmed([TWO_TO_ONE], STRANGE_FIRST)) == [(1, 0, 4, 3), (1, 1, 5, 4)]


def test_an_added_target_sentence_is_taken_out() -> None:
    bead = Bead(i=3, j=7, a=1, b=2, margin=0.1)
    judged = Judged({(1, 2, 3, 7): 0.4, (1, 1, 3, 7): 0.1}, {(1, 2, 3, 7): 3.0})
    assert shapes(trimmed([bead], judged)) == [(1, 1, 3, 6), (0, 1, 3, 7)]


def test_words_tell_a_stranger_where_lengths_are_in_doubt() -> None:
    doubtful = {(2, 1, 5, 4): 0.5}
    judged = Judged({(2, 1, 5, 4): 0.4, (1, 1, 5, 4): 0.1}, doubtful, {(1, 1, 5, 4): (0.1, 0.2)})
    assert shapes(trimmed([TWO_TO_ONE], judged)) == [(1, 1, 4, 4), (1, 0, 5, 4)]


@pytest.mark.parametrize("company", [(0.5, 0.2), (0.1, 0.9)], ids=["its words are found", "it is wanted"])
def test_words_keep_a_member_whatever_the_lengths(company: tuple[float, float]) -> None:
    judged = Judged({(2, 1, 5, 4): 0.4, (1, 1, 5, 4): 0.1}, {(2, 1, 5, 4): 3.0}, {(1, 1, 5, 4): company})
    assert shapes(trimmed([TWO_TO_ONE], judged)) == [(2, 1, 5, 4)]


@pytest.mark.parametrize(
    "judged",
    [
        Judged({(2, 1, 5, 4): 0.4, (1, 1, 5, 4): 0.1}),  # the lengths fit: nothing is missing
        Judged({(2, 1, 5, 4): 0.4, (1, 1, 5, 4): 0.4, (1, 1, 4, 4): 0.4}, {(2, 1, 5, 4): 3.0}),  # both belong
        Judged({(2, 1, 5, 4): 0.05, (1, 1, 5, 4): 0.0, (1, 1, 4, 4): 0.1}, {(2, 1, 5, 4): 3.0}),  # free
    ],
    ids=["lengths fit", "both belong", "nothing fits"],
)
def test_a_true_merge_stays(judged: Judged) -> None:
    assert shapes(trimmed([TWO_TO_ONE], judged)) == [(2, 1, 5, 4)]


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)).filter(any), max_size=12),
    st.randoms(use_true_random=False),
)
def test_every_sentence_stays_in_exactly_one_link(sizes: list[tuple[int, int]], random: Random) -> None:
    class Dice:
        def affinity(self, *shape: int) -> float:
            return random.random()

        def deviation(self, *shape: int) -> float:
            return random.random() * 4

        def company(self, bead: Shape, member: Shape) -> tuple[float, float] | None:
            return random.choice([None, (random.random(), random.random())])

    i = j = 0
    path = []
    for a, b in sizes:
        i, j = i + a, j + b
        path.append(Bead(i, j, a, b, 0.1))
    at = (0, 0)
    for bead in trimmed(path, Dice()):
        assert (bead.i - bead.a, bead.j - bead.b) == at
        at = bead.i, bead.j
    assert at == (i, j)
