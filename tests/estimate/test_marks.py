"""What plain comparison says of the pieces of a pair."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.encoder.tokenizer import Tokenizer
from qa.encoder.weights import WeightFile
from qa.estimate.marks import COPIED, FOUND, KINDS, MISSING, REPEATED, Marker

NAMES = {FOUND: "found", MISSING: "missing", COPIED: "copied", REPEATED: "repeated"}


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer(WeightFile())


def marked(tokenizer: Tokenizer, text: str, other: str) -> list[tuple[str, str]]:
    """The marked stretches of ``text`` beside ``other``, each with its mark."""
    ids, others = tokenizer.ids([text, other])
    _, marks = Marker(tokenizer.piece)(others, ids)
    out = []
    for kind, name in NAMES.items():
        pieces = [tokenizer.piece(i) if on else "|" for i, on in zip(ids, marks[:, kind], strict=True)]
        out += [(part, name) for part in "".join(pieces).replace("\u2581", "").split("|") if part]
    return sorted(out)


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("It cost 400 euros.", "Es kostete 500 Euro.", [("400", "missing")]),
        ("It cost 500 euros.", "Es kostete 500 Euro.", [("500", "found")]),
        ("paid 1,500 in 2019", "заплатил 1500 в 2018", [("1,500", "found"), ("2019", "missing")]),
        ("1 234 567 habitants", "1,234,567 inhabitants", [("1234567", "found")]),
        ("in 3 days", "خلال ٣ أيام", [("3", "found")]),
        ("the Saison could be", "die Saison konnte", [("Saison", "copied")]),
        ("in the the park", "im Garten", [("the", "repeated")]),
        ("der Saal in Linz", "the hall in Linz", [("Linz", "copied")]),
        ("a man who knows", "un homme qui sait", []),
    ],
)
def test_marks(tokenizer: Tokenizer, text: str, other: str, expected: list[tuple[str, str]]) -> None:
    assert marked(tokenizer, text, other) == expected


def test_a_phrase_said_twice_is_marked_the_second_time(tokenizer: Tokenizer) -> None:
    found = marked(tokenizer, "He left early he left early", "Er ging früh")
    assert [kind for _, kind in found] == ["repeated"]
    assert found[0][0].lower().endswith("early")


@given(st.lists(st.integers(0, 250_001), max_size=60), st.lists(st.integers(0, 250_001), max_size=60))
def test_any_ids_get_one_row_a_piece_and_a_number_is_found_or_missing(
    tokenizer: Tokenizer, source: list[int], target: list[int]
) -> None:
    marks = Marker(tokenizer.piece)(source, target)
    for ids, side in zip((source, target), marks, strict=True):
        assert side.shape == (len(ids), KINDS)
        digits = np.array([any(c.isdecimal() for c in tokenizer.piece(i)) for i in ids], bool)
        assert (digits <= (side[:, FOUND] | side[:, MISSING])).all()
