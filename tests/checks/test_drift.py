"""Term drift: one term, two names."""

from __future__ import annotations

import pytest

from qa.checks.base import Context
from qa.checks.drift import TermDrift
from qa.model import Flag, Segment, apply_edits


def flags(languages: str, *pairs: tuple[str, str]) -> list[tuple[int, Flag]]:
    source, _, target = languages.partition("-")
    segments = [Segment(number, s, t) for number, (s, t) in enumerate(pairs, start=1)]
    return list(TermDrift().check_document(Context(source, target, segments)))


KEPT = (
    ("The factory opens at ten.", "L’usine ouvre à dix heures."),
    ("The owner cleans the factory every month.", "Le propriétaire nettoie l’usine chaque mois."),
    ("A factory without a technician must be closed.",
     "Une usine sans technicien doit être fermée."),
    ("Both factories carry a red mark.", "Les deux usines portent une marque rouge."),
)  # fmt: skip
DRIFTED = ("The factory makes pumps.", "La fabrique produit des pompes.")


def test_a_second_name_is_flagged_with_the_first_as_its_fix() -> None:
    [(number, flag)] = flags("en-fr", *KEPT, DRIFTED)
    assert (number, flag.text, flag.check) == (5, "fabrique", "term-drift")
    assert "usine" in flag.message
    assert apply_edits(DRIFTED[1], flag.fix) == "L’usine produit des pompes."


def test_terms_that_a_contract_writes_with_a_capital() -> None:
    kept = (
        (
            "Le Fournisseur livre les Produits sous dix jours.",
            "The Supplier delivers the Products in ten days.",
        ),
        ("Le Client paie le Fournisseur à réception.", "The Customer pays the Supplier on receipt."),
        ("Le Fournisseur garantit les Produits.", "The Supplier warrants the Products."),
        (
            "Le Client informe le Fournisseur de tout défaut.",
            "The Customer informs the Supplier of any defect.",
        ),
    )
    drifted = (
        "En cas de retard, le Fournisseur rembourse l'acompte.",
        "If late, the Vendor refunds the deposit.",
    )
    [(number, flag)] = flags("fr-en", *kept, drifted)
    assert (number, flag.text) == (5, "Vendor")
    assert apply_edits(drifted[1], flag.fix) == "If late, the Supplier refunds the deposit."


def test_names_are_no_terms() -> None:
    days = (("Monday", "Lundi"), ("Tuesday", "Mardi"), ("Friday", "Vendredi"), ("Sunday", "Dimanche"))
    kept = tuple((f"On {day} Durand met Baker.", f"{jour}, Durand a rencontré Baker.") for day, jour in days)
    assert flags("en-fr", *kept, ("Then the Baker case closed.", "Puis l’affaire Boulanger fut close.")) == []


def test_inflection_and_case_are_no_drift() -> None:
    assert flags("en-fr", *KEPT) == []
    assert (
        flags(
            "en-ru", *(("The valve is closed.", f"{form} закрыт.") for form in ("Клапан", "клапан", "Клапан"))
        )
        == []
    )


def test_a_free_translation_without_the_word_is_no_drift() -> None:
    assert flags("en-fr", *KEPT, ("The factory is expensive.", "Cela coûte cher.")) == []


def test_a_word_that_renders_something_else_elsewhere_is_no_drift() -> None:
    assert flags("en-fr", *KEPT, DRIFTED)
    assert flags("en-fr", *KEPT, DRIFTED, ("The mill is old.", "La fabrique est ancienne.")) == []


def test_a_derivation_of_the_usual_word_is_no_drift() -> None:
    kept = (
        ("The opposition won.", "L’opposition a gagné."),
        ("They met the opposition.", "Ils ont rencontré l’opposition."),
        ("The opposition was divided.", "L’opposition était divisée."),
        ("He joined the opposition.", "Il a rejoint l’opposition."),
    )
    assert flags("en-fr", *kept, ("She speaks for the opposition.", "Elle parle pour les opposants.")) == []


def test_a_source_language_without_word_vectors() -> None:
    kept = (
        ("Лікар оглянув пацієнта.", "The doctor examined a patient."),
        ("Вона викликала лікаря вночі.", "She called a doctor at night."),
        ("Село шукає лікаря.", "The village needs a doctor."),
        ("Брат лікаря мовчав.", "The brother of the doctor kept silent."),
        ("Лист від лікаря загубився.", "A letter from the doctor got lost."),
    )
    drifted = ("Лікар подивився у вікно.", "The physician looked out of the window.")
    assert [(number, flag.text) for number, flag in flags("uk-en", *kept, drifted)] == [(6, "physician")]


def test_two_occurrences_are_too_few() -> None:
    assert flags("en-fr", KEPT[0], DRIFTED) == []


@pytest.mark.parametrize(
    "pair", [("", ""), ("\x00", "\ud800"), ("a " * 50_000, "b " * 50_000), ("<b/>", "‮x")]
)
def test_hostile_text_does_no_harm(pair: tuple[str, str]) -> None:
    assert flags("en-fr", pair, pair, pair) == []


def test_languages_without_spaces_and_one_language_are_left_alone() -> None:
    assert flags("zh-en", *(("阀门已关闭。", "The valve is closed."),) * 3, ("阀门", "The tap.")) == []
    assert flags("en-en", *((a, a) for a, _ in KEPT), ("The valve.", "The tap.")) == []


def test_right_to_left() -> None:
    pairs = [
        ("The valve is closed.", "الصمام مغلق."),
        ("Clean the valve.", "نظف الصمام."),
        ("A valve leaks.", "الصمام يسرب."),
    ]
    assert flags("en-ar", *pairs) == []
