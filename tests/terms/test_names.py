"""Names, their spellings in other scripts, and the places other languages call otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.terms.names import country, names, words
from qa.terms.places import country_names, places
from qa.terms.transliteration import likeness, romanise

TEXT = st.text(max_size=80)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Путин", "Poutine"),
        ("Путина", "Putin"),
        ("Шевченко", "Chevtchenko"),
        ("Київ", "Kiev"),
        ("Хьюстон", "Houston"),
        ("Παπανδρέου", "Papandreou"),
        ("नेहरू", "Nehru"),
        ("נתניהו", "Netanyahu"),
        ("서울", "Seoul"),
        ("Stępińskiego", "Stępiński"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert likeness(one, other) >= 0.7


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Меркель", "Macron"),
        ("Обама", "Bush"),
        ("Степанова", "Ministre"),
        ("Steven", "the"),
        ("Madrid", "in"),
    ],
)
def test_different_names_are_not(one: str, other: str) -> None:
    assert likeness(one, other) < 0.62


@given(TEXT, TEXT)
def test_likeness_is_a_symmetric_share(one: str, other: str) -> None:
    value = likeness(one, other)
    assert 0.0 <= value <= 1.0
    assert value == likeness(other, one)
    assert likeness(one, one) == 1.0


@given(TEXT)
def test_romanising_twice_changes_nothing_in_latin(text: str) -> None:
    if text.isascii():
        assert romanise(text) == text[:40].lower()


@pytest.mark.parametrize(
    ("one", "lang", "other", "tag"),
    [
        ("немецкая газета", "ru", "a German newspaper", "en"),
        ("Moscou", "fr", "в Москве", "ru"),
        ("Pays-Bas", "fr", "the Dutch", "en"),
        ("在越南", "zh", "Vietnamese", "en"),
        ("Etiopia", "pl", "Ethiopia", "en"),
        ("South Africa", "en", "в ЮАР", "ru"),
    ],
)
def test_a_place_is_known_in_both_languages(one: str, lang: str, other: str, tag: str) -> None:
    here = {place for *_, ids in places(one, lang) for place in ids}
    there = {place for *_, ids in places(other, tag) for place in ids}
    assert here & there


@given(TEXT, st.sampled_from(["en", "ru", "de", "zh", "hi"]))
def test_spans_lie_in_the_text(text: str, lang: str) -> None:
    for start, end, ids in places(text, lang):
        assert 0 <= start < end <= len(text)
        assert ids
    for word in words(text):
        assert text[word.start : word.end] == word.text
    for name in names(text, lang, "fr", lambda word: None):
        assert name.sure
        assert 0 <= name.start < name.end <= len(text)


def test_countries_come_in_every_language_and_in_the_german_genitive() -> None:
    assert country("Deutschlands", "de")
    assert not country("Tisch", "de")
    assert "allemagne" in country_names("fr")


def test_titles_months_and_headlines_are_no_names() -> None:
    def bias(word: str) -> float:
        return 3.0

    assert names("He met the Minister on Monday in May.", "en", "fr", bias) == []
    assert names("STORM HITS MADRID", "en", "fr", bias) == []
    found = names("They saw Obama there.", "en", "fr", lambda word: 3.0 if word == "Obama" else -3.0)
    assert [name.sure[0].text for name in found] == ["Obama"]
