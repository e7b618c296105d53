"""Signs on the surface of a pair, and the bounds that follow from them."""

import pytest

from qa.estimate.guards import ceiling
from qa.estimate.surface import foreign_share, looped_share, other_language

RU = "Российские удары по Киеву унесли жизни пятнадцати человек."
FR = "Les frappes russes sur Kiev ont coûté la vie à quinze personnes."


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
