"""Given names in all their forms."""

from __future__ import annotations

import pytest

from qa.terms.given_names import given_names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Charles", "en"), ("Карлос", "ru")),
        (("John", "en"), ("Ивана", "ru")),
        (("Olena", "en"), ("Олени", "uk")),
        (("Jan", "en"), ("Janem", "pl")),
        (("Jiří", "cs"), ("Jiřího", "cs")),
        (("Markem", "pl"), ("Marek", "en")),
        (("Anna", "en"), ("Annę", "pl")),
        (("Friedrich", "en"), ("Friedrichs", "de")),
        (("François", "fr"), ("Franz", "de")),
    ],
)
def test_forms_of_one_name_share_an_id(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert given_names(*one) & given_names(*other)


def test_two_names_do_not() -> None:
    assert not given_names("Oleg", "en") & given_names("Игорь", "ru")


@pytest.mark.parametrize("word", ["Kowalski", "table", ""])
def test_other_words_are_none(word: str) -> None:
    assert given_names(word, "en") == frozenset()
