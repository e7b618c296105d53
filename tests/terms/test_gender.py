"""The gender of nouns: lists, endings, compounds, and what has none."""

from __future__ import annotations

import pytest

from qa.terms.gender import Number, gender


@pytest.mark.parametrize(
    ("word", "lang", "number", "expected"),
    [
        ("maison", "fr", "singular", "f"),
        ("problème", "fr", "singular", "m"),
        ("simplification", "fr", "singular", "f"),
        ("tour", "fr", "singular", ""),
        ("invité", "fr", "singular", ""),
        ("régularité", "fr", "singular", "f"),
        ("manos", "es", "plural", "f"),
        ("problemas", "es", "plural", "m"),
        ("mano", "es", "plural", ""),
        ("città", "it", "singular", "f"),
        ("strade", "it", "plural", "f"),
        ("viagens", "pt", "plural", "f"),
        ("Vertrag", "de", "singular", "m"),
        ("Kaufvertrag", "de", "singular", "m"),
        ("Befragung", "de", "singular", "f"),
        ("Ursprung", "de", "singular", ""),
        ("Bereich", "de", "singular", "m"),  # no compound of Reich
        ("See", "de", "singular", ""),
        ("vertrag", "de", "singular", ""),
        ("house", "en", "singular", ""),
    ],
)
def test_gender(word: str, lang: str, number: Number, expected: str) -> None:
    assert gender(word, lang, number) == expected
