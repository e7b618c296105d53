"""Whatever goes with a replaced noun agrees with the new one, or there is no fix."""

from __future__ import annotations

import pytest

from qa.model import apply_edits
from qa.terms.adjectives import agreed_adjective, turned
from qa.terms.inflection import substitute

BILL = ("facture", "facture", "projet de loi", "fm")
STRIKE = ("grève", "grève", "assaut", "fm")


@pytest.mark.parametrize(
    ("lang", "text", "old", "lemma", "new", "genders", "expected"),
    [
        ("fr", "La nouvelle facture sera votée", *BILL, "Le nouveau projet de loi sera voté"),
        ("fr", "Une vieille grève", *STRIKE, "Un vieil assaut"),
        ("fr", "Une longue grève", *STRIKE, "Un long assaut"),
        ("fr", "le nouveau coup", "coup", "coup", "assaut", "mm", "le nouvel assaut"),
        ("fr", "La facture s'est perdue", *BILL, "Le projet de loi s'est perdu"),
        ("fr", "La facture, refusée hier, revient", *BILL, "Le projet de loi, refusé hier, revient"),
        ("fr", "La facture est très importante", *BILL, "Le projet de loi est très important"),
        ("fr", "Le prix de la facture a été voté", *BILL, "Le prix du projet de loi a été voté"),
        ("fr", "La facture d'eau rejetée hier", *BILL, None),
        ("fr", "La mairie de la facture a été fermée", *BILL, None),
        ("fr", "le code dit que non", "code", "code", "loi", "mf", "la loi dit que non"),
        ("ru", "Забастовка была закрыта", "Забастовка", "забастовка", "удар", "", "Удар был закрыт"),
        ("it", "Le conchiglie trovate erano rotte", "conchiglie", "conchiglia", "proiettile", "fm",
         "I proiettili trovati erano rotti"),
        ("it", "La pianta è stata venduta", "pianta", "pianta", "stabilimento", "fm",
         "Lo stabilimento è stato venduto"),
        ("es", "La huelga empieza hoy", "huelga", "huelga", "ataque", "fm", "El ataque empieza hoy"),
        ("es", "Una corta huelga", "huelga", "huelga", "ataque", "fm", "Un corto ataque"),
        ("es", "la bolsa baja", "bolsa", "bolsa", "saco", "fm", None),
        ("es", "La factura fue retirada", "factura", "factura", "proyecto de ley", "fm",
         "El proyecto de ley fue retirado"),
        ("pt", "A greve foi anunciada", "greve", "greve", "ataque", "fm", "O ataque foi anunciado"),
        ("de", "nach der Attacke", "Attacke", "Attacke", "Streik", "fm", None),
        ("de", "nach schwerer Attacke", "Attacke", "Attacke", "Streik", "fm", None),
        ("ru", "Забастовка закончилась", "Забастовка", "забастовка", "удар", "", "Удар закончился"),
        ("ru", "Большая забастовка", "забастовка", "забастовка", "удар", "", "Большой удар"),
        ("ru", "Про забастовку она знала", "забастовку", "забастовка", "удар", "", "Про удар она знала"),
        ("uk", "Стара банка була порожня", "банка", "банка", "банк", "", "Старий банк був порожній"),
    ],
)  # fmt: skip
def test_neighbours_and_predicate(
    lang: str, text: str, old: str, lemma: str, new: str, genders: str, expected: str | None
) -> None:
    start = text.index(old)
    edits = substitute(
        text, start, start + len(old), lemma, new, lang, old_gender=genders[:1], new_gender=genders[1:]
    )
    assert (apply_edits(text, edits) if edits else None) == expected


@pytest.mark.parametrize(
    ("word", "lang", "gender", "number", "expected"),
    [
        ("Énergétique", "fr", "m", "singular", "Énergétique"), ("écrite", "fr", "m", "singular", "écrit"),
        ("grandi", "it", "f", "plural", "grandi"), ("publiques", "fr", "m", "plural", "publics"),
        ("para", "es", "m", "singular", "para"), ("secca", "it", "m", "singular", None),
        ("vecchia", "it", "m", "singular", "vecchio"), ("nationaux", "fr", "f", "plural", "nationales"),
    ],
)  # fmt: skip
def test_the_other_gender(word: str, lang: str, gender: str, number: str, expected: str | None) -> None:
    assert turned(word, lang, gender, number, verb_possible=True) == expected


@pytest.mark.parametrize(
    ("new", "like", "lemma", "lang", "expected"),
    [
        ("réel", "Actuelles", "actuel", "fr", "Réelles"),
        ("vernünftig", "sensiblen", "sensibel", "de", "vernünftigen"),
        ("точный", "аккуратной", "аккуратный", "ru", "точной"), ("real", "actual", "actual", "en", "real"),
        ("verdadero", "actual", "actual", "es", ""), ("real", "actuales", "actual", "es", "reales"),
    ],
)  # fmt: skip
def test_an_adjective_in_the_form_of_another(
    new: str, like: str, lemma: str, lang: str, expected: str
) -> None:
    assert agreed_adjective(new, like, lemma, lang) == expected
