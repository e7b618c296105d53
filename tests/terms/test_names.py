"""Names, their spellings in other scripts, and the places other languages call otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.terms.hanzi import heard_in, skeleton
from qa.terms.names import abbreviation, country, names, nationality, title, words
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
        ("プーチン", "Putin"),
        ("トランプ", "Trump"),
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


@settings(deadline=None)  # the first example of a language loads its tables
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


@pytest.mark.parametrize(
    ("name", "text", "stranger"),
    [
        ("Shevchenko", "舍甫琴科出生于乌克兰", "Lewandowski"),
        ("Kostunica", "科什图尼察说", "Obama"),
        ("Parly", "帕利说，法国很快", "Merkel"),
        ("Li Keqiang", "李克强总理", "Biden"),
        ("Zhang Wei", "張偉", "Robertson"),
    ],
)
def test_a_name_is_heard_in_chinese_characters(name: str, text: str, stranger: str) -> None:
    assert heard_in(name, text) >= 0.8
    assert heard_in(stranger, text) < 0.8


@given(TEXT, TEXT)
def test_hearing_gives_a_share(name: str, text: str) -> None:
    assert 0.0 <= heard_in(name, text) <= 1.0
    assert set(skeleton(name)) <= set("ptkslmnv")


def test_abbreviations_titles_and_peoples_are_told() -> None:
    assert abbreviation("NATO")
    assert abbreviation("ООН")
    assert not abbreviation("XVII")
    assert not abbreviation("Nato")
    assert title("Minister")
    assert title("Universities") is False
    assert nationality("Russian", "en")
    assert not nationality("Russian", "fr")
