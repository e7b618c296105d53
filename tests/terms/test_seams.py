"""Places between two words: which are a gap, and where they stand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.terms.seams import pieces, seams


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("The court in Paris has ruled.", "The court in has ruled."),
        ("He met the president of France and left.", "He met the president of and left."),
        ("She said that Merkel was right.", "She said that was and right."),
    ],
)
def test_a_gap_is_likelier_than_a_good_place(good: str, bad: str) -> None:
    assert max(seam.odds for seam in seams(bad)) > max(seam.odds for seam in seams(good))


def test_the_worst_place_is_where_the_name_was() -> None:
    text = "The court in has ruled on the case."
    worst = max(seams(text), key=lambda seam: seam.odds)
    assert text[worst.start : worst.end] == "has"


@given(st.text())
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    found = seams(text)
    assert [text[seam.start : seam.end] for seam in found] == [piece.text for piece in pieces(text)]
    assert all(one.end <= other.start for one, other in pairwise(found))
