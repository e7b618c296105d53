"""Quantities of running text."""

from __future__ import annotations

import re

import pytest

from qa.checks.number_excuses import Sides, explained
from qa.terms.measures import quantities, sizes
from qa.terms.number_words import month_like
from qa.terms.numerals import numbers


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "30-minute walks", [("minute", "30-minute")]),
        ("ru", "за три недели", [("week", "три недели")]),
        ("ru", "5 год", [("year", "5 год")]),
        ("uk", "5 год", [("hour", "5 год")]),
        ("de", "eine 30-stündige Fahrt", [("hour", "30-stündige")]),
        ("zh", "等了三天才走", [("day", "三天")]),
        ("ru", "60 километров в час", [("km/h", "60 километров в час")]),
        ("en", "75 pounds", [("lb", "75 pounds")]),
        ("en", "half a mile", [("mile", "half a mile")]),
        ("it", "mezzo litro", [("l", "mezzo litro")]),
        ("ru", "двадцать км", [("km", "двадцать км")]),
        ("ru", "пять метров", [("m", "пять метров")]),
        ("es", "40 mil personas", []),
        ("ja", "三キロ", [("km", "三キロ"), ("kg", "三キロ")]),
        ("ar", "40 كيلومتراً", [("km", "40 كيلومترا")]),
        ("hi", "तीन फुट", [("ft", "तीन फुट")]),
        ("tr", "30 metrekare", [("m²", "30 metrekare")]),
        ("fi", "40 km", [("km", "40 km")]),
        ("en", "it was 0:30 hours", []),
        ("ru", "в 2008 году", []),
    ],
)
def test_quantities(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.unit, text[one.start : one.end]) for one in quantities(text, language)] == expected


def test_months_keep_case_and_letters() -> None:
    assert month_like("września", 11, "pl") == "listopada"
    assert month_like("JUNE", 7, "en") == "JULY"
    assert month_like("juin", 8, "fr") == "août"
    assert month_like("word", 8, "en") == ""


@pytest.mark.parametrize(
    ("source", "target", "holds"),
    [("48 Stunden", "2 days", True), ("24 Tage", "23 days", False)],
)
def test_only_another_unit_excuses_another_number(source: str, target: str, holds: bool) -> None:
    own, others = numbers(source, "de"), numbers(target, "en")
    assert explained(own[0], Sides(own, source, others, target, "en", True)) is holds


def test_words_of_units_are_in_lower_case() -> None:
    """They are searched in texts of lower case."""
    for units in sizes():
        for names, _ in units:
            letters = re.sub(r"\\[A-Za-z]", "", names.words.pattern)
            assert letters == letters.lower()
