"""Women and men in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.terms.person_gender import OPPOSITE, languages, people


def found(text: str, lang: str, kind: str) -> dict[str, list[str]]:
    marks = people(text, lang)
    spans = {gender: getattr(marks[gender], kind) for gender in OPPOSITE}
    return {gender: [text[start:end] for start, end in each] for gender, each in spans.items() if each}


@pytest.mark.parametrize(
    ("lang", "text", "kind", "expected"),
    [
        ("en", "She told him.", "pronouns", {"f": ["She"], "m": ["him"]}),
        ("en", "Everyone has his or her reasons.", "pronouns", {}),
        ("fr", "Il faut partir, dit-il.", "subject", {"m": ["il"]}),
        ("ru", "Она сказала, что дом сгорел.", "verb", {"f": ["сказала"], "m": ["сгорел"]}),
        ("ru", "Я сказала, что пришла.", "verb", {}),
        ("pl", "Szkoła milczała, zespół grał.", "verb", {"f": ["milczała"], "m": ["grał"]}),
        ("cs", "Hotel stál, škola hořela.", "verb", {"m": ["stál"], "f": ["hořela"]}),
        ("uk", "Вона прийшла, а брат зник.", "verb", {"f": ["прийшла"], "m": ["зник"]}),
        ("de", "Wir trafen Frau Kern und den Minister.", "title", {"f": ["Frau"]}),
        ("zh", "其他人和吉他，他们和他", "subject", {"m": ["他"]}),
        ("ja", "彼女は彼らを見た", "subject", {"f": ["彼女"]}),
        ("en", "Anna met Peter in San Francisco.", "name", {"f": ["Anna"], "m": ["Peter"]}),
        ("en", "Andrea left.", "name", {}),
        ("en", "Andrea left.", "maybe", {"f": ["Andrea"], "m": ["Andrea"]}),
        ("en", "Olga Kern and Olga", "full", {"f": ["Olga"]}),
        ("ru", "О Викторе никто не знал.", "name", {"m": ["Викторе"]}),
        ("fr", "La victime dort.", "anybody", {"f": ["victime"], "m": ["victime"]}),
    ],
)  # fmt: skip
def test_kinds(lang: str, text: str, kind: str, expected: dict[str, list[str]]) -> None:
    assert found(text, lang, kind) == expected


@given(st.text(max_size=60), st.sampled_from(sorted(languages())))
def test_spans_lie_in_the_text(text: str, lang: str) -> None:
    for marks in people(text, lang).values():
        assert all(0 <= start < end <= len(text) for start, end in (*marks.firm, *marks.loose))
