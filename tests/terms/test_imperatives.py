"""Imperatives and whom they address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.terms.imperatives import IMPERATIVES, imperatives


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "3. Coche la case, puis attends.", [("Coche", "familiar")]),
        ("fr", "Avant de sortir, ferme les volets.", [("ferme", "familiar")]),
        ("fr", "N’oublie pas ton sac.", [("oublie", "familiar")]),
        ("fr", "Lave-toi les mains.", [("Lave-toi", "familiar")]),
        ("fr", "Fermez les volets.", [("Fermez", "either")]),
        ("fr", "Reste la question du prix.", []),
        ("fr", "Finis les soucis !", []),
        ("fr", "Chez nous, rien ne change.", []),
        ("fr", "Avez-vous fini ?", []),
        ("fr", "Le directeur, en cas de doute, appelle la police.", []),
        ("de", "2. Drücke die Taste.", [("Drücke", "familiar")]),
        ("de", "Falls es regnet, nimm einen Schirm.", [("nimm", "familiar")]),
        ("de", "Drücke ich die Taste, so summt es.", []),
        ("de", "Liebe die Freiheit heißt das Lied.", []),
        ("de", "Möge das gelingen.", []),
        ("es", "Abre la tapa.", [("Abre", "familiar")]),
        ("es", "Abra la tapa.", [("Abra", "polite")]),
        ("es", "Si llueve, cierra las ventanas.", [("cierra", "familiar")]),
        ("es", "Siéntate aquí.", [("Siéntate", "familiar")]),
        ("es", "Siéntese aquí.", [("Siéntese", "polite")]),
        ("es", "Gana el mejor.", []),
        ("it", "Apri il rubinetto.", [("Apri", "familiar")]),
        ("it", "Per colazione, siediti in cucina.", [("siediti", "familiar")]),
        ("it", "Versate il latte.", [("Versate", "plural")]),
        ("it", "Il pane, se volete, è qui.", [("volete", "plural")]),
        ("it", "Finiti i lavori, si parte.", []),
        ("it", "La rete e la parete", []),
        ("ru", "Закрой дверь.", [("Закрой", "familiar")]),
        ("ru", "Если холодно, закройте окно.", [("закройте", "either")]),
        ("ru", "Приди он раньше, всё было бы иначе.", []),
        ("ru", "Жиль Дюран уехал.", []),
        ("uk", "Натисни кнопку.", [("Натисни", "familiar")]),
        ("uk", "Гори вкрив сніг.", []),
        ("pl", "Kliknij przycisk.", []),
    ],
)
def test_found(lang: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(form.text, form.address.value) for form in imperatives(text, lang)] == expected


@given(st.text(max_size=60), st.sampled_from(sorted(IMPERATIVES)))
def test_spans_are_the_words(text: str, lang: str) -> None:
    assert all(text[form.start : form.end] == form.text for form in imperatives(text, lang))
