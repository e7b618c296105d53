"""Words that scripts without capitals write by their sound, and whether a text holds their like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.terms.loans import heard, loans, spelt_letters, written


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("ja", "ガラパゴスの鳥", ["ガラパゴス"]),
        ("ja", "アル・ゴアの店", []),  # too short to be told
        ("ja", "テレビを見る", []),
        ("zh", "菲斯克说", ["菲斯克"]),
        ("zh", "阿尔·戈尔说", ["阿尔·戈尔"]),
        ("zh", "我们今天去学校", []),
        ("zh", "去黑龙江旅行", ["黑龙江"]),
        ("ja", "石川県の空港", ["石川県"]),
        ("hi", "पूर्व एनएसए कर्मचारी", ["एनएसए"]),
        ("hi", "लोगों ने सरकार से कहा", []),
        ("en", "Kaplowitz said", []),
    ],
)
def test_loans(lang: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in loans(text, lang)] == found


@pytest.mark.parametrize(
    ("lang", "loan", "right", "wrong"),
    [
        ("ja", "ガラパゴス", "the Galapagos islands", "the green islands"),
        ("ja", "オールブラックス", "the All Blacks won", "the home team won"),
        ("zh", "菲斯克", "Fisk spoke", "Karzai said"),
        ("zh", "新疆", "in Xinjiang", "in Hunan"),
        ("zh", "西藏", "the Tibetan people", "the people"),
        ("hi", "एनएसए", "the NSA said", "the agency said"),
        ("hi", "एनएसए", "the National Security Agency", "the Agency of State"),
    ],
)
def test_a_loan_is_heard_where_its_like_stands(lang: str, loan: str, right: str, wrong: str) -> None:
    assert heard(loan, lang, right.split()) >= 0.6 > heard(loan, lang, wrong.split())


def test_letters() -> None:
    assert spelt_letters("एनएसए") == "NSA"
    assert spelt_letters("नमस्ते") == ""


def test_places_are_known_by_their_english_name() -> None:
    assert written("Xinjiang", "新疆的电站")
    assert written("Californian", "加州的法律")
    assert not written("Hunan", "新疆的电站")


@given(st.text(), st.sampled_from(["zh", "ja", "hi", "en"]))
def test_spans_lie_in_the_text(text: str, lang: str) -> None:
    spans = loans(text, lang)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
