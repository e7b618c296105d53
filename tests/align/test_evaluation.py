"""Strict and lax figures: worked by hand after vecalign's scorer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.align.evaluation import F1, Pair, score

GOLD: list[Pair] = [((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((), (2,)), ((4,), (3, 4))]


@pytest.mark.parametrize(
    ("test", "strict", "lax"),
    [
        (GOLD, (1.0, 1.0), (1.0, 1.0)),
        # a deletion of the gold counts for precision, and recall asks for the three links with two sides
        ([((0,), (0,)), ((3,), ())], (1.0, 1 / 3), (1.0, 1 / 3)),
        # half of a merged link is right laxly, on both sides
        ([((0,), (0,)), ((1,), (1,)), ((2,), ())], (1 / 3, 1 / 3), (2 / 3, 2 / 3)),
        # a wrong deletion is wrong in both ways
        ([((0,), ()), ((), (0,))], (0.0, 0.0), (0.0, 0.0)),
        # sharing a sentence on one side only is no lax match
        ([((0,), (1,))], (0.0, 0.0), (0.0, 0.0)),
        # given twice counts once; two empty sides count not at all
        ([((0,), (0,)), ((0,), (0,)), ((), ())], (1.0, 1 / 3), (1.0, 1 / 3)),
        ([], (0.0, 0.0), (0.0, 0.0)),
    ],
)
def test_worked_examples(test: list[Pair], strict: tuple[float, float], lax: tuple[float, float]) -> None:
    found = score(GOLD, test)
    assert found.strict[:2] == pytest.approx(strict)
    assert found.lax[:2] == pytest.approx(lax)
    for precision, recall, f1 in (found.strict, found.lax):
        assert f1 == pytest.approx(2 * precision * recall / (precision + recall) if precision + recall else 0)


SIDE = st.lists(st.integers(0, 8), max_size=3, unique=True).map(lambda found: tuple(sorted(found)))
LINKS = st.lists(st.tuples(SIDE, SIDE), max_size=8)


@given(gold=LINKS, test=LINKS)
def test_lax_is_never_below_strict_and_sides_swap_to_the_same(gold: list[Pair], test: list[Pair]) -> None:
    found = score(gold, test)
    assert all(a <= b for a, b in zip(found.strict, found.lax, strict=True))
    turned = score([(b, a) for a, b in gold], [(b, a) for a, b in test])
    assert turned.strict == found.strict
    assert turned.lax[0] == pytest.approx(found.lax[0])


def test_as_dict_names_every_figure() -> None:
    assert F1((0.5, 1.0, 2 / 3), (1.0, 1.0, 1.0)).as_dict() == {
        "strict": {"precision": 0.5, "recall": 1.0, "f1": 0.666667},
        "lax": {"precision": 1.0, "recall": 1.0, "f1": 1.0},
    }
