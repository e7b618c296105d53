"""How sure an antonym is: major where the pair has no middle ground and each side names it once."""

from __future__ import annotations

import pytest

from qa.checks.antonym import AntonymCheck
from qa.checks.base import Context
from qa.model import Flag, Segment, Severity


def flags(languages: str, source: str, target: str) -> list[Flag]:
    source_lang, target_lang = languages.split("-")
    return list(AntonymCheck().check(Segment(1, source, target), Context(source_lang, target_lang)))


@pytest.mark.parametrize(
    ("languages", "source", "target", "severity"),
    [
        ("fr-en", "au nord de la ville", "in the south of the city", Severity.MAJOR),
        ("de-en", "nach dem Essen", "before the meal", Severity.MAJOR),
        ("it-en", "Il museo è chiuso.", "The museum is open.", Severity.MAJOR),
        ("de-en", "Es wurde schlechter, ein nützlicher Rat.", "It became a useless piece of advice.",
         Severity.MINOR),
        ("en-fr", "an involuntary movement", "un mouvement volontaire", Severity.MINOR),
    ],
)  # fmt: skip
def test_severity(languages: str, source: str, target: str, severity: Severity) -> None:
    assert {flag.severity for flag in flags(languages, source, target)} == {severity}


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("en-pl", "Nobody came.", "Nikt nie przyszedł."),
        ("en-es", "Nobody is unaware of it.", "Todos lo saben."),
        ("fr-en", "dû à la pluie", "it may rain"),
        ("ru-en", "на юго-востоке", "in the southeast"),
        ("en-de", "unless it rains", "wenn es nicht regnet"),
    ],
)
def test_what_says_the_same(languages: str, source: str, target: str) -> None:
    assert flags(languages, source, target) == []
