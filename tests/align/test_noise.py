"""Noise is what holds nothing; what the other side has as well is none."""

from __future__ import annotations

import numpy as np
import pytest

from qa.align.noise import slight

HERE = np.zeros(1, np.int64)


@pytest.mark.parametrize(
    "text", [". . . . .", "- 24 -", "h * '", "[17]", "* * *", "www.example.org/a", "p. 12", "—", ""]
)
def test_noise(text: str) -> None:
    assert slight([text], ["Une phrase tout à fait ordinaire."], "de", HERE)[0]


@pytest.mark.parametrize("text", ["Oui, bien sûr.", "Лук.", "The 24th came."])
def test_short_sentences_are_none(text: str) -> None:
    assert not slight([text], ["Eine andere Zeile."], "fr", HERE)[0]


def test_a_single_character_is_a_sentence_where_words_have_no_blanks() -> None:
    assert slight(["是"], ["Yes."], "ru", HERE)[0]
    assert not slight(["是"], ["Yes."], "zh", HERE)[0]


@pytest.mark.parametrize(
    ("text", "other"),
    [("1956", "1956 ."), ("* * *", "* * *"), ("www.example.org", "Siehe www.example.org"), ("12.", "12)")],
)
def test_what_the_other_side_has_near_by_is_none(text: str, other: str) -> None:
    assert not slight([text], [other], "de", HERE)[0]
    far = ["Eine Zeile."] * 40 + [other]
    assert slight([text], far, "de", HERE)[0]
