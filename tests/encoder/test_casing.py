"""The encoder's vocabulary tells names from words that merely begin a sentence."""

from __future__ import annotations

import pytest

from qa.encoder.casing import capital_bias


@pytest.mark.parametrize("name", ["Obama", "Madrid", "Москва"])
def test_names_lean_to_the_capital_however_they_are_written(name: str) -> None:
    bias = capital_bias(name)
    assert bias is not None
    assert bias > 1.0
    assert capital_bias(name.lower()) == bias


@pytest.mark.parametrize("word", ["Told", "President", "министр"])
def test_words_do_not(word: str) -> None:
    bias = capital_bias(word)
    assert bias is not None
    assert bias < 1.0


def test_an_unknown_word_says_nothing() -> None:
    assert capital_bias("Xqzvbnwk") is None
    assert capital_bias("") is None
