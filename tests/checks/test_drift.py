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
    ("The valve opens at ten bar.", "La soupape s’ouvre à dix bars."),
    ("Clean the valve with alcohol every month.", "Nettoyez la soupape à l’alcool chaque mois."),
    ("A leaking valve must be replaced by a technician.",
     "Une soupape qui fuit doit être remplacée par un technicien."),
    ("Both valves carry a red mark.", "Les deux soupapes portent une marque rouge."),
)  # fmt: skip
DRIFTED = ("Close the valve before you start the pump.", "Fermez la vanne avant de démarrer la pompe.")


def test_a_second_name_is_flagged_with_the_first_as_its_fix() -> None:
    [(number, flag)] = flags("en-fr", *KEPT, DRIFTED)
    assert (number, flag.text, flag.check) == (5, "vanne", "term-drift")
    assert "soupape" in flag.message
    assert apply_edits(DRIFTED[1], flag.fix) == "Fermez la soupape avant de démarrer la pompe."


def test_inflection_and_case_are_no_drift() -> None:
    assert flags("en-fr", *KEPT) == []
    assert (
        flags(
            "en-ru", *(("The valve is closed.", f"{form} закрыт.") for form in ("Клапан", "клапан", "Клапан"))
        )
        == []
    )


def test_a_free_translation_without_the_word_is_no_drift() -> None:
    assert flags("en-fr", *KEPT, ("The valve is expensive.", "Cela coûte cher.")) == []


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
