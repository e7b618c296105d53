"""Negations that may be said in other words: flagged, but minor, with less confidence and no fix."""

from __future__ import annotations

import pytest

from qa.checks.base import Context
from qa.checks.polarity import PolarityCheck
from qa.model import Flag, Segment, Severity


def flags(languages: str, source: str, target: str) -> list[Flag]:
    source_lang, target_lang = languages.split("-")
    return list(PolarityCheck().check(Segment(1, source, target), Context(source_lang, target_lang)))


@pytest.mark.parametrize(
    ("languages", "source", "target", "key"),
    [
        ("fr-en", "La juge a ordonné de publier la vidéo.", "The judge told them not to publish the video.",
         "perhaps-added"),
        ("en-fr", "The judge told them not to publish the video.", "La juge a ordonné de publier la vidéo.",
         "perhaps-lost"),
        ("it-en", "Chi parte non paga quello che riceve in dono.",
         "Those who leave do not pay for what they are not given.", "perhaps-added"),
    ],
)  # fmt: skip
def test_a_doubtful_negation_is_minor_and_says_so(languages: str, source: str, target: str, key: str) -> None:
    (flag,) = flags(languages, source, target)
    assert (flag.key, flag.severity, flag.fix) == (key, Severity.MINOR, ())
    assert "may" in flag.message
    assert flag.confidence < PolarityCheck.precision


def test_a_plain_negation_is_major() -> None:
    (flag,) = flags("fr-en", "La vidéo est publiée.", "The video is not published.")
    assert (flag.key, flag.severity) == ("added", Severity.MAJOR)
    assert [edit.text for edit in flag.fix] == [""]


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("fr-en", "La salle est dure à trouver.", "The hall is hard to find."),
        ("ru-en", "Произошёл несчастный случай.", "An accident happened."),
        ("pl-en", "Niestety sklep jest zamknięty.", "Sadly the shop is closed."),
    ],
)
def test_no_negation_in_either(languages: str, source: str, target: str) -> None:
    assert flags(languages, source, target) == []


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("ru-en", "Вчера произошёл несчастный случай.", "Yesterday the accident did not happen."),
        ("pl-en", "Niestety sklep jest zamknięty.", "Sadly the shop is not closed."),
        ("fr-en", "New Faces dure une heure.", "New Faces does not last an hour."),
    ],
)
def test_letters_of_a_negation_excuse_nothing(languages: str, source: str, target: str) -> None:
    assert [flag.key for flag in flags(languages, source, target)] == ["added"]


def test_no_second_not_is_proposed_beside_a_negated_auxiliary() -> None:
    (flag,) = flags("ru-en", "Он не только не позвонит нам.", "In time he will not only call us.")
    assert (flag.key, flag.fix) == ("lost", ())


def test_the_french_particle_takes_the_apostrophe_of_the_text() -> None:
    source = "Наблюдатели не исключают, что договор может быть продлён."
    (flag,) = flags("ru-fr", source, "Les observateurs excluent que l'accord puisse être prolongé.")
    assert [edit.text for edit in flag.fix] == ["n'excluent pas"]
