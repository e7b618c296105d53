"""Changed units and months: whole words in the messages, and fixes only where nothing else would change."""

from __future__ import annotations

import pytest

from qa.checks.base import Context
from qa.checks.units import MonthCheck, UnitsCheck
from qa.model import Flag, Segment


def _flag(check: MonthCheck | UnitsCheck, languages: str, source: str, target: str) -> Flag:
    source_lang, target_lang = languages.split("-")
    (flag,) = check.check(Segment(1, source, target), Context(source_lang, target_lang))
    return flag


def test_a_message_quotes_whole_words() -> None:
    flag = _flag(UnitsCheck(), "en-fr", "up to 25 millimetres", "jusqu’à 25 centimètres")
    assert flag.text == "25 centimètres"
    assert flag.message == "“25 centimètres” where the source has “25 millimetres”"


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("ru-en", "4 июня", "an August 4 vote"),
        ("ru-fr", "4 июня", "les 4 de août"),
        ("ru-en", "4 июня", "4 Sept"),
        ("en-cs", "4 May", "4. listopadu"),
    ],
)
def test_a_month_whose_form_is_uncertain_gets_no_fix(languages: str, source: str, target: str) -> None:
    assert not _flag(MonthCheck(), languages, source, target).fix
