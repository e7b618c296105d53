"""Signs on the surface of a pair, and the bounds that follow from them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.estimate.guards import ceiling
from qa.estimate.surface import NAMES, foreign_share, looped_share, other_language, surface_features

RU = "Российские удары по Киеву унесли жизни пятнадцати человек."
FR = "Les frappes russes sur Kiev ont coûté la vie à quinze personnes."


def feature(name: str, source: str, target: str, source_lang: str = "en", target_lang: str = "fr") -> float:
    return float(surface_features(source, target, source_lang, target_lang)[NAMES.index(name)])


@pytest.mark.parametrize(
    ("name", "source", "target", "expected"),
    [
        ("digit_mismatch", "In 2024 we had 5.", "En 2024, on en avait 5.", 0.0),
        ("digit_mismatch", "In 2024 we had 5.", "En 2023, on en avait 5.", 2 / 3),
        ("digit_mismatch", "In ٢٠٢٤", "En 2024", 0.0),
        ("final_mismatch", "Is it?", "Est-ce vrai ?", 0.0),
        ("final_mismatch", "Is it?", "C'est vrai.", 1.0),
        ("final_mismatch", "He said “yes.”", "Il a dit « oui. »", 0.0),
        ("copied_share", "the quick brown fox", "the quick brown fox", 1.0),
        ("copied_share", "the quick brown fox", "le rapide renard brun", 0.0),
        ("identical", "Same", " Same ", 1.0),
        ("first_case_mismatch", "Hello", "bonjour", 1.0),
        ("language_mismatch", RU, "Das ist leider kein französischer Text.", 1.0),
        ("language_mismatch", RU, FR, 0.0),
    ],
)
def test_feature(name: str, source: str, target: str, expected: float) -> None:
    assert feature(name, source, target) == pytest.approx(expected)


@given(st.text(min_size=1, max_size=80), st.text(min_size=1, max_size=80))
def test_any_text_has_finite_features(source: str, target: str) -> None:
    values = surface_features(source, target, "ru", "zh")
    assert values.shape == (len(NAMES),)
    assert np.isfinite(values).all()


def test_script() -> None:
    assert foreign_share("Привет", "fr") == 1.0
    assert foreign_share("Bonjour", "fr") == 0.0
    assert foreign_share("東京タワー", "ja") == 0.0
    assert foreign_share("Beograd", "sr") == 0.0
    assert foreign_share("123 !", "fr") == 0.0


def test_another_language_is_named_only_when_there_is_no_doubt() -> None:
    assert other_language("Это точно не французский текст.", "fr") == "ru"
    assert other_language(FR, "fr") is None
    assert other_language("Ja.", "fr") is None
    assert other_language("Dette er en norsk setning om været i dag.", "da") is None


def test_loops() -> None:
    loop = ["the", "cat", "sat", "on", "the", "mat"] * 4
    assert looped_share(loop, ["a", "cat", "sat", "on", "a", "mat"]) > 0.5
    assert looped_share(loop, loop) == 0.0
    assert looped_share(["one", "two", "three", "four", "five", "six", "seven", "eight"], []) == 0.0


@pytest.mark.parametrize(
    ("source", "target", "low"),
    [
        (RU, FR, False),
        (RU, RU, True),
        (RU, "Die Sonne scheint heute über dem kleinen See in den Bergen.", True),
        (RU, "les frappes sur Kiev " * 5, True),
        (RU, "...", True),
        ("Emmanuel Macron, Volodymyr Zelensky", "Emmanuel Macron, Volodymyr Zelensky", False),
        ("https://example.org/a/b?c=1", "https://example.org/a/b?c=1", False),
        ("No no no no no no no no no no!", "Non non non non non non non non non non !", False),
        ("WMT22 MQM-8 (n = 14)", "WMT22 MQM-8 (n = 14)", False),
    ],
)
def test_ceiling(source: str, target: str, low: bool) -> None:
    source_lang = "ru" if source == RU else "en"
    assert (ceiling(source, target, source_lang, "fr") < 25) is low


def test_a_copy_within_one_language_is_no_error() -> None:
    assert ceiling(FR, FR, "fr-CA", "fr-FR") == 100.0
