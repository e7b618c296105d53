"""Shares in words, and what only looks like one."""

import pytest

from qa.terms.shares import shares


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "two in seven", 2 / 7),
        ("en", "fell by a quarter", 1 / 4),
        ("en", "four-fifths of them", 4 / 5),
        ("fr", "un lycéen sur huit", 1 / 8),
        ("fr", "les trois quarts", 3 / 4),
        ("de", "jede Vierte", 1 / 4),
        ("de", "zwei Fünftel", 2 / 5),
        ("es", "siete de cada nueve", 7 / 9),
        ("it", "un quinto della popolazione", 1 / 5),
        ("pt", "dois em cada cinco", 2 / 5),
        ("nl", "een op de zes", 1 / 6),
        ("pl", "trzy czwarte", 3 / 4),
        ("cs", "každá osmá rodina", 1 / 8),
        ("ru", "четверо из девяти", 4 / 9),
        ("uk", "кожен шостий", 1 / 6),
        ("ar", "ثلاثة أرباع", 3 / 4),
        ("hi", "दो तिहाई", 2 / 3),
        ("zh", "五分之三", 3 / 5),
        ("ja", "六人に一人", 1 / 6),
        ("ko", "4분의 3", 3 / 4),
    ],
)
def test_shares(language: str, text: str, value: float) -> None:
    (found,) = shares(text, language)
    assert found.value == pytest.approx(value)
    assert found.sure


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the third quarter; a quarter to two; every five years; two in ten minutes"),
        ("de", "Viertel vor drei im Dritten Reich"),
        ("fr", "un quart d’heure en quart de finale"),
        ("ru", "каждые пять лет, в третий раз"),
        ("es", "cada cuatro años"),
    ],
)
def test_what_is_no_share(language: str, text: str) -> None:
    assert [share for share in shares(text, language) if share.sure] == []
