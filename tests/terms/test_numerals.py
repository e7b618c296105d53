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
        ("es", "mil doscientos millones", "1200000000"),
        ("es", "un millón doscientos mil", "1200000"),
        ("fr", "quinzaine de millions", "15000000"),
        ("fr", "trois millions et demi", "3500000"),
        ("ru", "5 млн 20 тыс.", "5020000"),
        ("zh", "一亿三千万", "130000000"),
        ("zh", "3亿6000万", "360000000"),
        ("ja", "２万１００", "20100"),
        ("cs", "pětašedesát", "65"),
        ("ar", "أربعة وعشرين ألفا", "24000"),
        ("ar", "ألف وتسعمئة وثمانية وستين", "1968"),
        ("hi", "पौने दो करोड़", "17500000"),
        ("hi", "डेढ़ हज़ार", "1500"),
        ("tr", "İki yüz on beş", "215"),
        ("tr", "üç buçuk milyar", "3500000000"),
        ("ko", "육십삼만 명", "630000"),
        ("ko", "3조 2천억 원", "3200000000000"),
        ("ko", "마흔두 살", "42"),
        ("zh", "三点六亿", "360000000"),
        ("fr", "quatre-vingt-onze", "91"),
        ("ru", "полтора миллиарда", "1500000000"),
        ("uk", "ХVIII століття", "18"),
        ("en", "2.3 billion", "2300000000"),
    ],
)
def test_one_number_of_several_words(language: str, text: str, value: str) -> None:
    assert any(
        number.values == {value} or (value in number.values and number.bare)
        for number in numbers(text, language)
    )


def test_a_word_of_a_number_is_no_number_of_its_own() -> None:
    assert [number.values for number in numbers("cinquante-six", "fr")] == [{"56"}]
    assert numbers("nineteen eighty", "en")[0].values >= {"1980", "19", "80"}
    assert numbers("twenty and four", "en")[0].values >= {"20", "4"}


def test_korean_syllables_of_other_words_are_no_numbers() -> None:
    assert numbers("이 일은 만일 사천에서 백성이", "ko") == ()


def test_the_year_of_an_era_is_a_part() -> None:
    (year,) = numbers("平成三年", "ja")
    assert (year.values, year.parts) == ({"1991"}, ("3",))


@pytest.mark.parametrize(
    ("text", "found"),
    [("b 12, a 7", ["12", "7"]), ("a ٣", ["٣"]), ("é 1 234,5", ["1 234,5"]), ("²", []), ("a", [])],
)
def test_digits_of_every_script_are_seen(text: str, found: list[str]) -> None:
    assert digits(text) == found
