"""Verbs behind participles and irregular past forms."""

from __future__ import annotations

import pytest

from qa.terms.participles import infinitives


@pytest.mark.parametrize(
    ("word", "lang", "verb"),
    [
        ("won", "en", "win"),
        ("Baissées", "fr", "baisser"),
        ("réduite", "fr", "réduire"),
        ("ouverts", "fr", "ouvrir"),
        ("caído", "es", "caer"),
        ("perdidas", "es", "perder"),
        ("perse", "it", "perdere"),
        ("aberta", "pt", "abrir"),
    ],
)
def test_the_verb_is_among_the_readings(word: str, lang: str, verb: str) -> None:
    assert verb in infinitives(word, lang)


@pytest.mark.parametrize(("word", "lang"), [("parti", "fr"), ("é", "fr"), ("table", "en"), ("won", "xx")])
def test_other_words_have_none(word: str, lang: str) -> None:
    assert not infinitives(word, lang)
