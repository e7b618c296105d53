"""Pairs of opposites: the file format, the data, and finding poles in texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import FormatError
from qa.terms.opposites import Opposites, load, parse

REQUIRED = ("en", "fr", "de", "es", "it", "pt", "ru", "uk", "nl")


def found(text: str, lang: str, pair: str) -> list[tuple[str, int, bool]]:
    return [
        (text[match.start : match.end], match.pole.side, match.pole.weak)
        for match in load().find(text, lang)
        if match.pole.pair == pair
    ]


def test_there_are_enough_pairs_in_the_languages_of_the_tool() -> None:
    for tag in REQUIRED:
        assert len({pole.pair for pole in load().poles[tag]}) >= 250, tag
    assert len({pole.pair for pole in load().poles["en"]}) >= 280


def test_no_strong_word_names_both_poles_of_a_pair() -> None:
    for tag, poles in load().poles.items():
        strong = {(pole.pair, pole.text): pole.side for pole in poles if not pole.weak}
        clashes = [pole for pole in poles if strong.get((pole.pair, pole.text), pole.side) != pole.side]
        assert not clashes, tag


@pytest.mark.parametrize(
    ("text", "lang", "pair", "expected"),
    [
        ("Prices fell", "en", "rise-fall", [("fell", 1, False)]),
        ("Цены выросли", "ru", "rise-fall", [("выросли", 0, False)]),
        ("le plus grand pays", "fr", "largest-smallest", [("le plus grand", 0, False)]),
        ("不可能", "zh", "possible-impossible", [("不可能", 1, False)]),
        ("na północy", "pl", "north-south", [("północy", 0, False)]),
        ("De ploeg verloor opnieuw", "nl", "win-lose", [("verloor", 1, False)]),
        ("As lojas venderam tudo", "pt", "buy-sell", [("venderam", 1, False)]),
        ("Não foi possível sair", "pt", "possible-impossible", [("Não foi possível", 1, True)]),
        ("nothing here", "en", "north-south", []),
        ("شمال", "ar", "north-south", [("شمال", 0, False)]),
        ("güneyde", "tr", "north-south", [("güneyde", 1, False)]),
        ("The sun rose", "en", "rise-fall", [("rose", 0, False)]),
        ("les taux ont baissé", "fr", "rise-fall", [("baissé", 1, False)]),
        ("le premier ministre", "fr", "first-last", []),
    ],
)
def test_poles_are_found(text: str, lang: str, pair: str, expected: list[tuple[str, int, bool]]) -> None:
    assert found(text, lang, pair) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a-b", "no valid TOML"),
        ("a = 1", r"\[a\]: a table"),
        ("[a]\nen = 'up'", r"\[a\] en: write the words"),
        ("[a]\nen = 'up | down | left'", r"\[a\] en: write the words"),
        ("[a]\nen = 3", r"\[a\] en: write the words"),
        ("[a]\nen = 'up, | down'", "is no word"),
        ("[a]\nen = 'u*p | down'", "is no word"),
    ],
)
def test_a_malformed_file_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(FormatError, match=rf"my\.toml.*{said}"):
        parse(text, "my.toml")


def test_only_first_words_of_invariable_pairs_replace_each_other() -> None:
    poles = parse("[a]\ninvariable = true\nen = 'before, prior | after, later'", "my.toml")["en"]
    assert [pole.counterpart for pole in poles] == ["after", "", "before", ""]
    assert [pole.counterpart for pole in parse("[a]\nen = 'up | down'", "my.toml")["en"]] == ["", ""]


def test_pairs_of_a_family_know_it_and_others_stand_alone() -> None:
    poles = parse("[a]\nfamily = 'way'\nen = 'up | down'\n[b]\nen = 'in | out'", "my.toml")["en"]
    assert [pole.family for pole in poles] == ["way", "way", "b", "b"]


def test_a_word_of_neither_pole_hides_the_words_in_it() -> None:
    opposites = Opposites(parse("[a]\nen = 'close, !close to | open'\nja = '高, !高校 | 低'", "my.toml"))
    assert [match.start for match in opposites.find("close to the close", "en")] == [13]
    assert [match.start for match in opposites.find("高校は高い", "ja")] == [3]


def test_a_stem_matches_what_begins_so() -> None:
    opposites = Opposites(parse("[a]\nde = 'sieg* | niederlage*'", "my.toml"))
    assert [match.pole.side for match in opposites.find("Siegerin, Niederlagen, Besieger", "de")] == [0, 1]


@given(st.text(max_size=60), st.sampled_from(["en", "ru", "de", "zh"]))
def test_matches_lie_in_the_text(text: str, lang: str) -> None:
    for match in load().find(text, lang):
        assert 0 <= match.start < match.end <= len(text)


def test_a_sure_pair_says_so_of_its_poles() -> None:
    poles = parse("[a]\nsure = true\nen = 'up | down'\n[b]\nen = 'in | out'", "my.toml")["en"]
    assert [pole.sure for pole in poles] == [True, True, False, False]


def test_a_pair_of_weak_words_only_excuses() -> None:
    opposites = Opposites(parse("[a]\nen = '~stay | ~leave'\n[b]\nen = 'in | ~out'", "my.toml"))
    assert opposites.excusing == {"a"}
