"""The inventory in Chinese, Japanese, Arabic and Turkish: what its renderings say, how they are written."""

from __future__ import annotations

import unicodedata

import pytest

from qa.terms.senses import load


@pytest.mark.parametrize(
    ("lang", "text", "pivot", "words", "senses"),
    [
        ("zh", "请更换打印机的墨盒", "cartridge", "墨盒", {"printer"}),
        ("zh", "这位年老的骑士", "knight", "骑士", {"rider"}),
        ("zh", "警方在卧室里发现了毒品", "drug", "毒品", {"narcotic"}),
        ("ja", "氷の上にアザラシがいる", "seal", "アザラシ", {"animal"}),
        ("ja", "港の古いパイプ", "pipe", "パイプ", {"tube", "smoking"}),
        ("ja", "添付ファイルを開く", "attachment", "添付ファイル", {"file"}),
        ("ar", "شجرة بلا لحاء", "bark", "لحاء", {"tree"}),
        ("ar", "قناة جديدة", "channel", "قناة", {"tv", "water"}),
        ("ar", "رصاص", "lead", "رصاص", {"metal"}),
        ("tr", "küçük bir buzağı", "calf", "buzağı", {"animal"}),
        ("tr", "parlak bir yıldız", "star", "yıldız", {"sky", "person"}),
        ("tr", "yerde bir tırpan", "коса", "tırpan", {"scythe"}),
    ],
)
def test_a_rendering_says_its_senses(lang: str, text: str, pivot: str, words: str, senses: set[str]) -> None:
    [match] = [m for m in load().find(text, lang) if m.pivot == pivot]
    assert text[match.start : match.end] == words
    assert match.senses == senses
    assert not match.weak


@pytest.mark.parametrize(("lang", "share"), [("zh", 0.8), ("ja", 0.6), ("ar", 0.6), ("tr", 0.6)])
def test_most_senses_have_a_rendering(lang: str, share: float) -> None:
    pivots = [list(senses.values()) for senses in load().pivots.values()]
    # false friends are of two languages
    senses = [sense for every in pivots if not any(one.alike for one in every) for sense in every]
    assert sum(lang in sense.renderings for sense in senses) >= share * len(senses)


def test_one_character_decides_nothing_in_japanese() -> None:
    """Without spaces a single character is found inside every other word («橋» in «船橋»)."""
    strong = [
        (pivot, name, rendering.text)
        for pivot, senses in load().pivots.items()
        for name, sense in senses.items()
        for rendering in sense.renderings.get("ja", ())
        if len(rendering.text) == 1 and not rendering.weak
    ]
    assert strong == []


def test_arabic_is_written_as_in_a_dictionary() -> None:
    """Vowel signs and tatweel would keep a word from being found in texts, which lack them."""
    for pivot, senses in load().pivots.items():
        for name, sense in senses.items():
            for rendering in sense.renderings.get("ar", ()):
                odd = [c for c in rendering.text if unicodedata.combining(c) or c == "ـ"]
                assert not odd, (pivot, name, rendering.text)
