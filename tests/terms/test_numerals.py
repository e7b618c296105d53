"""Numbers in words are found as whole words, and what skips a text skips none that holds a number."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.terms.alternation import alternation
from qa.terms.numerals import digits, has_words, numbers

LETTERS = st.text("abё.é'", min_size=1, max_size=4)
LANGUAGES = st.sampled_from(["de", "en", "fr", "ru", "zh", "af"])
PIECES = st.sampled_from(
    ["drei", "Dreißig", "ten", "tenth", "attention", "l'un", "d’une", "deux", "vingt", "et", "un", "СТО",
     "zwei", "und", "三十", "二", "٣", "12", "1990s", "-", "'", "и\u0306", "ten\u0306", "May", "may", "k"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=8).map(" ".join) | st.lists(PIECES).map("".join)


@given(st.sets(LETTERS), LETTERS)
def test_an_alternation_matches_its_words_and_nothing_else(words: set[str], other: str) -> None:
    pattern = re.compile(alternation(words))
    assert all(pattern.fullmatch(word) for word in words)
    assert (pattern.fullmatch(other) is not None) == (other in words)


@settings(deadline=None)  # the first example reads the tables
@given(TEXTS, LANGUAGES)
def test_no_number_is_skipped(text: str, language: str) -> None:
    kinds = {number.kind for number in numbers(text, language)}
    assert digits(text) or "digits" not in kinds
    assert has_words(text, language) or not kinds & {"word", "han"}


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Attention: ten tents, the tenth often.", ["ten", "tenth"]),
        ("en", "two hundred and fifty, and six", ["two hundred and fifty", "six"]),
        ("de", "dreißig Straßen, drei Großstädte", ["dreißig", "drei"]),
        ("de", "zwei und, drei", ["zwei", "drei"]),
        ("fr", "vingt et un ou l'onze, d’onze", ["vingt et un"]),
        ("ru", "СТО двадцать один; стол", ["СТО двадцать один"]),
    ],
)
def test_number_words_are_whole_words(language: str, text: str, found: list[str]) -> None:
    words = [number for number in numbers(text, language) if number.kind == "word"]
    assert [text[number.start : number.end] for number in words] == found


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "two thousand million", "2000000000"),
        ("es", "15 mil millones", "15000000000"),
        ("fr", "trois millions et demi", "3500000"),
        ("ru", "5 млн 20 тыс.", "5020000"),
        ("zh", "一亿三千万", "130000000"),
        ("zh", "3亿6000万", "360000000"),
        ("ja", "２万１００", "20100"),
        ("cs", "pětašedesát", "65"),
    ],
)
def test_one_number_of_several_words(language: str, text: str, value: str) -> None:
    assert any(
        number.values == {value} or (value in number.values and number.bare)
        for number in numbers(text, language)
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [("b 12, a 7", ["12", "7"]), ("a ٣", ["٣"]), ("é 1 234,5", ["1 234,5"]), ("²", []), ("a", [])],
)
def test_digits_of_every_script_are_seen(text: str, found: list[str]) -> None:
    assert digits(text) == found
