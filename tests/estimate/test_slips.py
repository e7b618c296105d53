"""Slips that comparing the characters of both sides shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.estimate.slips import KINDS, slips
from qa.estimate.surface import strange_words

RU = "Порт принял 1 200 судов, из них 35 — танкеры."


@pytest.mark.parametrize(
    ("source", "target", "langs", "expected"),
    [
        (RU, "The port received 1,200 ships, 35 of them tankers.", "ru-en", {}),
        (RU, "The port received 1,200 ships, 53 of them tankers.", "ru-en", {"number": 2}),
        (RU, "The port received 1.200 ships, tankers among them.", "ru-en", {"number": 1}),
        ("Всё готово.", "All 1, 2, 3, 4 and 5 are ready.", "ru-en", {"number": 3}),
        ("تأخر ١٢ قطارا", "12 trains were late", "ar-en", {}),
        ("Das Haus", "The the house", "de-en", {"doubled": 1}),
        ("Sehr sehr gut", "Very very good", "de-en", {}),
        ("x y", "a b a b", "de-en", {}),  # no word stands beside itself
        ("Погода хорошая", "The погода is good", "ru-en", {"strange": 1}),
        ("Погода хорошая", "The weather is good: я", "ru-en", {}),  # a single letter may be a name of one
        ("The iPhone is here", "iPhone уже здесь", "en-ru", {}),
        ("The weather", "Погода 天气", "en-ru", {"strange": 1}),
        ("Das schlechte Wetter bleibt", "The schlechte weather stays", "de-en", {"copied": 1}),
        ("Angela Merkel", "Angela Merkel", "de-en", {}),  # names stay
        ("the bad weather", "the bad weather", "en-en", {}),  # one language
    ],
)
def test_slips(source, target, langs, expected):
    found = dict(zip(KINDS, slips(source, target, *langs.split("-")), strict=True))
    assert {kind: n for kind, n in found.items() if n} == expected


def test_a_language_of_two_scripts_has_no_strange_words():
    assert strange_words(["Београд", "Beograd"], "sr") == 0


@given(st.text(), st.text())
def test_any_texts_have_slips_between_none_and_three(source, target):
    found = slips(source, target, "ru", "en")
    assert len(found) == len(KINDS)
    assert all(0 <= n <= 3 for n in found)
