"""Words of a translation: what is one word, in which script, at which offsets."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.estimate.words import split_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t", []),
        ("C’est l'Élysée, 3,5 %.", ["C’est", "l'Élysée", ",", "3,5", "%", "."]),
        ("« Bonjour »", ["«", "Bonjour", "»"]),
        ("Нью-Йорк — город.", ["Нью-Йорк", "—", "город", "."]),
        ("我希望2024年", ["我", "希", "望", "2024", "年"]),
        ("カメラを", ["カ", "メ", "ラ", "を"]),
        ("हिन्दी भाषा।", ["हिन्दी", "भाषा", "।"]),
        ("한국어 문장입니다.", ["한국어", "문장입니다", "."]),
        ("მეგობარი", ["მეგობარი"]),
        ("السَّلامُ عليكم", ["السَّلامُ", "عليكم"]),
        ("a\ud800b\x00c", ["a", "\ud800", "b", "\x00", "c"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in split_words(text)] == expected


def test_unspaced_runs_are_short_and_start_with_a_base_character() -> None:
    text = "ไม่มีปัญหาอะไรเลยครับ"
    pieces = [text[a:b] for a, b in split_words(text)]
    assert "".join(pieces) == text
    assert all(unicodedata.category(piece[0])[0] != "M" for piece in pieces)
    assert max(map(len, pieces)) <= 7


@given(st.text(max_size=200))
def test_words_are_ordered_disjoint_and_cover_all_but_white_space(text: str) -> None:
    spans = split_words(text)
    covered = set()
    end = 0
    for a, b in spans:
        assert end <= a < b
        end = b
        covered.update(range(a, b))
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)
