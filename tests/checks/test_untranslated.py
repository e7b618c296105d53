from __future__ import annotations

import pytest

from qa.checks.base import Context
from qa.checks.runner import run
from qa.model import Flag, Segment, Severity


def flags(languages: str, source: str, target: str) -> tuple[Flag, ...]:
    context = Context(*languages.split("-"), [Segment(1, source, target)])
    return tuple(run(context, only=["untranslated"])[1])


def test_a_title_kept_word_for_word_is_a_lesser_matter() -> None:
    source = 'Sie liest den Roman "Das Glück der anderen" zum zweiten Mal.'
    kept = flags("de-fr", source, "Elle relit le roman « Das Glück der anderen ».")
    assert kept
    assert {flag.severity for flag in kept} == {Severity.MINOR}
    [left] = flags("de-fr", source, "Elle relit le roman sur le Glück « des autres ».")
    assert left.severity is Severity.MAJOR


@pytest.mark.parametrize("target", ["See https://пример.рф/ for more.", "Write to почта@пример.рф today."])
def test_an_address_in_the_script_of_the_source_is_no_word(target: str) -> None:
    assert not flags("ru-en", "Сайт https://пример.рф/, почта почта@пример.рф.", target)
