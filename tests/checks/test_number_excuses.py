"""What explains a number without an equal on the other side, and what does not."""

from __future__ import annotations

import pytest

from qa.checks.base import Context
from qa.checks.numbers import NumbersCheck
from qa.model import Segment


def flagged(source_lang: str, source: str, target_lang: str, target: str) -> bool:
    segment = Segment(1, source, target)
    return bool(list(NumbersCheck().check(segment, Context(source_lang, target_lang, [segment]))))


@pytest.mark.parametrize(
    ("source_lang", "source", "target_lang", "target"),
    [
        ("en", "We reached the last 16.", "ru", "Мы вышли в одну восьмую финала."),
        ("en", "We reached the last 16.", "fr", "Nous voilà en 8es de finale."),
        ("en", "We reached the last 16.", "de", "Wir stehen im Achtelfinale."),
        ("de", "Sie spielen unter den letzten 8.", "es", "Jugarán los cuartos de final."),
        ("fr", "un trajet de 1h30", "ru", "поездка в 1,5 часа"),
        ("en", "a 5 1/2-hour debate", "fr", "un débat de 5h30"),
        ("en", "2½ cups of flour", "de", "2,5 Tassen Mehl"),
        ("en", "1 1/2 million visitors", "fr", "1,5 million de visiteurs"),
        ("ru", "с начала 19 века", "fr", "depuis les années 1800"),
        ("en", "He was in his 20s.", "ru", "Ему было от 20 до 30 лет."),
        ("fr", "la joueuse de 39 ans", "ru", "тридцатидевятилетняя теннисистка"),
        ("en", "a 42-year-old driver", "pl", "czterdziestodwuletni kierowca"),
        ("en", "100% protection", "ru", "стопроцентная защита"),
    ],
)
def test_the_same_said_otherwise(source_lang: str, source: str, target_lang: str, target: str) -> None:
    assert not flagged(source_lang, source, target_lang, target)
    assert not flagged(target_lang, target, source_lang, source)


@pytest.mark.parametrize(
    ("source_lang", "source", "target_lang", "target"),
    [
        ("en", "a final of 16 teams", "fr", "une finale de 8 équipes"),
        ("en", "We reached the last 16.", "de", "Wir stehen im Viertelfinale."),
        ("fr", "un trajet de 1h30", "ru", "поездка в 1,3 часа"),
        ("en", "a 5 1/2-hour debate", "fr", "un débat de 5h15"),
        ("ru", "с начала 19 века", "fr", "depuis les années 1700"),
        ("en", "He was in his 20s.", "ru", "Ему было от 20 до 40 лет."),
        ("fr", "la joueuse de 39 ans", "ru", "тридцативосьмилетняя теннисистка"),
        ("en", "100% protection", "ru", "столетняя защита"),
    ],
)
def test_another_number(source_lang: str, source: str, target_lang: str, target: str) -> None:
    assert flagged(source_lang, source, target_lang, target)
