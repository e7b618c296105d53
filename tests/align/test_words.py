"""Where the words of a sentence are found on the other side."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sketching import word_sketch

from qa.align.words import REACH, Shares, Words, shares


def words(*sentences: str) -> Words:
    return Words(sentences, [word_sketch(sentence) for sentence in sentences])


def table(own: Words, other: Words) -> np.ndarray:
    centres = np.minimum(np.arange(len(own)), max(0, len(other) - 1))
    return shares(own, other, centres).table(0, len(own), 0, len(other))


def test_a_clause_that_moved_is_found_where_it_went() -> None:
    own = words("red green blue", "white black")
    other = words("red green", "blue white black")
    found = table(own, other)
    np.testing.assert_allclose(found[0], [2 / 3, 1 / 3], atol=0.05)
    np.testing.assert_allclose(found[1], [0, 1], atol=0.05)


def test_what_stands_nowhere_is_found_nowhere() -> None:
    assert table(words("red green", "ochre umber"), words("red green", "white"))[1].max() < 0.05


def test_marks_and_empty_sentences_say_nothing() -> None:
    found = table(words("red", "", "..."), words("red", "...", ""))
    assert found[0, 0] > 0.9
    assert not found[1:].any()


def test_a_word_of_every_sentence_weighs_little() -> None:
    own = words("the red", "the green", "the blue")
    other = words("red", "the green", "the blue")
    assert table(own, other)[0, 0] > 0.75


def test_a_table_may_reach_beyond_the_documents() -> None:
    one = Shares(np.full((3, 2 * REACH + 1), 0.5, np.float32), np.array([0, 1, 2]))
    found = one.table(-2, 5, -3, 4)
    assert found.shape == (7, 7)
    assert not found[:2].any()
    assert not found[5:].any()
    assert not found[:, :3].any()
    assert found[3].tolist() == [0, 0, 0, 0, 0.5, 0.5, 0.5]


@given(
    st.lists(st.text(alphabet="ab c.", max_size=8), min_size=1, max_size=20),
    st.lists(st.text(alphabet="ab c.", max_size=8), min_size=1, max_size=20),
)
def test_shares_of_a_sentence_add_up_to_at_most_one(left: list[str], right: list[str]) -> None:
    found = table(words(*left), words(*right))
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert (found.sum(1) <= 1 + 1e-5).all()
