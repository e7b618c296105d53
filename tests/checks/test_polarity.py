"""Negations that may be said in other words: flagged, but minor, with less confidence and no fix."""

from __future__ import annotations

import re

import pytest

from qa.checks.base import Context
from qa.checks.polarity import PolarityCheck, _negated
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


@pytest.mark.parametrize(
    ("languages", "source", "target", "key"),
    [
        ("nl-en", "De aanvraag is niet ondertekend.", "The application is signed.", "lost"),
        ("nl-en", "De minister steunt het plan.", "The minister does not support the plan.", "added"),
        ("de-nl", "Die Brücke ist nicht gesperrt.", "De brug is afgesloten voor verkeer.", "lost"),
        ("en-nl", "The valve is closed.", "De klep is niet gesloten.", "added"),
        ("pt-en", "O contrato não foi assinado.", "The contract has been signed.", "lost"),
        ("pt-fr", "Ela conhecia o vizinho.", "Elle ne connaissait pas le voisin.", "added"),
        ("en-pt", "The bank has not repaid the loan.", "O banco pagou o empréstimo.", "lost"),
    ],
)
def test_dutch_and_portuguese_negate(languages: str, source: str, target: str, key: str) -> None:
    assert [flag.key for flag in flags(languages, source, target)] == [key]


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("nl-en", "Niet alleen de kok was ziek, maar ook de ober.", "The cook was ill, and the waiter too."),
        ("nl-en", "Vergeet niet de oven uit te zetten.", "Remember to switch off the oven."),
        ("nl-de", "Ze had noch honger noch dorst.", "Sie hatte weder Hunger noch Durst."),
        ("nl-en", "Er is niets aan de hand.", "Everything is fine."),
        ("pt-en", "Não só chegou tarde, como se foi logo embora.", "He came late and left at once."),
        ("pt-en", "Não vi navio nem ninguém na praia.", "I did not see a ship or a soul on the beach."),
        ("pt-fr", "Não deixe de visitar o castelo.", "Visitez le château."),
        ("pt-en", "Não, obrigado.", "No, thank you."),
        ("pt-en", "Indica se o botão é ou não visível.", "Whether the button is visible."),
        ("es-en", "No deja de llover.", "It keeps raining."),
        ("it-en", "Non smette di piovere.", "It keeps raining."),
        ("pl-en", "Deszcz nie przestaje padać.", "It keeps raining."),
        ("cs-en", "Nezapomeňte zavřít okno.", "Remember to close the window."),
    ],
)  # fmt: skip
def test_fixed_phrases_negate_nothing(languages: str, source: str, target: str) -> None:
    assert flags(languages, source, target) == []


def test_no_second_not_is_proposed_beside_a_negated_auxiliary() -> None:
    (flag,) = flags("ru-en", "Он не только не позвонит нам.", "In time he will not only call us.")
    assert (flag.key, flag.fix) == ("lost", ())


def test_the_french_particle_takes_the_apostrophe_of_the_text() -> None:
    source = "Наблюдатели не исключают, что договор может быть продлён."
    (flag,) = flags("ru-fr", source, "Les observateurs excluent que l'accord puisse être prolongé.")
    assert [edit.text for edit in flag.fix] == ["n'excluent pas"]


@pytest.mark.parametrize(
    ("text", "verb", "fixed"),
    [
        ("s’il y a du bruit", "a", "s’il n’y a pas du bruit"),
        ("Il en parle.", "parle", "Il n’en parle pas."),
        ("Nous parlons ici.", "parlons", "Nous ne parlons pas ici."),
        ("Le maire nous parle.", "parle", "Le maire ne nous parle pas."),
        ("Vous vous trompez.", "trompez", "Vous ne vous trompez pas."),
        ("Il la porte.", "porte", "Il la porte."),
        ("J’aime cela.", "aime", "J’aime cela."),
    ],
)
def test_the_french_particle_stands_before_the_pronouns(text: str, verb: str, fixed: str) -> None:
    start = re.search(rf"\b{verb}\b", text).start()  # type: ignore[union-attr]
    for edit in _negated(text, start, start + len(verb)):
        text = text[: edit.start] + edit.text + text[edit.end :]
    assert text == fixed


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("fr-en", "Il est resté éveillé.", "He did not sleep."),
        ("en-ru", "She slept until noon.", "Она не просыпалась до полудня."),
        ("fr-ru", "Le ministre n’a pas souhaité répondre.", "Министр отказался отвечать."),
        ("uk-en", "Через негоду ми не змогли прийти.", "Because of the weather we were unable to come."),
    ],
)
def test_the_affirmed_opposite_of_what_is_denied_says_the_same(
    languages: str, source: str, target: str
) -> None:
    assert flags(languages, source, target) == []


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("en-de", "The police found no weapons.", "Die Polizei fand Waffen."),
        ("en-pt", "He has yet to reply.", "Ele respondeu."),
        ("en-es", "No one knows the answer.", "Se sabe la respuesta."),
    ],
)
def test_a_word_that_denies_is_missed(languages: str, source: str, target: str) -> None:
    assert [flag.key for flag in flags(languages, source, target)] == ["lost"]


def test_a_denying_word_that_is_denied_itself_is_left_alone() -> None:
    assert flags("en-de", "Nobody left without paying.", "Alle haben bezahlt.") == []
