"""Consonants that cannot stand for each other, and the readings of Eastern names."""

from __future__ import annotations

import pytest

from qa.terms.consonants import same, strangers
from qa.terms.surnames import readings, spellings, surnames


@pytest.mark.parametrize(
    ("one", "other"),
    [("Wyatt", "Уайэтт"), ("Gates", "Гейтсом"), ("Paget", "Педжета"), ("Noizat", "Нуаза"), ("Koch", "Кох"),
     ("Haddad", "حداد"), ("Javier", "Хавьер")],
)  # fmt: skip
def test_spellings_of_one_name_have_none(one: str, other: str) -> None:
    assert strangers(one, other) == strangers(other, one) == 0


@pytest.mark.parametrize(
    ("one", "other"), [("Whitaker", "Уитмор"), ("Mackenzie", "Макферсон"), ("Kalinina", "Калугина")]
)
def test_two_names_that_begin_alike_have_some(one: str, other: str) -> None:
    assert strangers(one, other) >= 2


def test_two_consonants_are_too_few_to_tell() -> None:
    assert same("Lindgren", "Линдгрен")
    assert not same("Moll", "Малая")


def test_every_surname_is_found_by_each_of_its_spellings() -> None:
    for lang in ("zh", "ja", "ko"):
        for form, latin in spellings(lang).items():
            assert all(form in surnames(lang)[spelling] for spelling in latin)


def test_a_character_has_one_reading() -> None:
    assert all(len(character) == 1 and reading.isalpha() for character, reading in readings().items())
