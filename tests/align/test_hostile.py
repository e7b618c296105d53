"""Texts that are no decent documents: an answer in which every sentence is in exactly one link, in order,
and never a hang. The limits of time are guards and not measures."""

import unicodedata
from collections.abc import Sequence
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sketching import word_sketch

from qa.align import Alignment, align
from qa.align.repair import check
from qa.encoder.sketch import Sketch
from qa.errors import QAError
from qa.model import Document, Sentence

LEVELS = ("fast", "default", "best")
FR = (
    "Hier soir, un entrepôt de céréales a pris feu dans le port d'Odessa.",
    "Les pompiers ont lutté contre les flammes jusqu'au matin.",
    "Les dégâts sont estimés à 12 millions de hryvnias.",
    "La police cherche des témoins.",
    "Les navires attendent en rade.",
    "Le port ne rouvrira pas avant le 15 mai.",
)
RU = (
    "Вчера вечером в порту Одессы загорелся склад с зерном.",
    "Пожарные боролись с огнём до утра.",
    "Ущерб оценивают в 12 миллионов гривен.",
    "Полиция ищет свидетелей.",
    "Суда пока стоят на рейде.",
    "Работу порта возобновят не раньше 15 мая.",
)
AR = (
    "اندلع حريق في مستودع للحبوب في ميناء أوديسا مساء أمس.",
    "كافح رجال الإطفاء النيران حتى الصباح.",
    "تقدر الأضرار بمبلغ 12 مليون هريفنيا.",
    "تبحث الشرطة عن شهود.",
    "تنتظر السفن في عرض البحر.",
    "لن يعاد فتح الميناء قبل 15 مايو.",
)
HE = (
    "אמש פרצה שריפה במחסן תבואה בנמל אודסה.",
    "הכבאים נאבקו בלהבות עד הבוקר.",
    "הנזק נאמד ב-12 מיליון הריבניה.",
    "המשטרה מחפשת עדים.",
    "הספינות ממתינות מחוץ לנמל.",
    "הנמל לא ייפתח מחדש לפני 15 במאי.",
)
ONE_TO_ONE = [((i,), (i,)) for i in range(6)]


def document(texts: Sequence[str], lang: str) -> Document:
    sentences, at = [], 0
    for index, text in enumerate(texts):
        sentences.append(Sentence(index, text, at, at + len(text)))
        at += len(text) + 1
    return Document("\n".join(texts), lang, tuple(sentences))


class Vectors:
    """An encoder that costs nothing: equal vectors for all texts, or vectors by what a text contains."""

    signature = "made"
    hidden = 32

    def __init__(self, *, equal: bool = False) -> None:
        self._equal = equal

    def pooled(self, texts: Sequence[str], *, progress: object = None) -> np.ndarray:
        if self._equal:
            return np.full((len(texts), self.hidden), self.hidden**-0.5, np.float32)
        rows = np.zeros((len(texts), self.hidden), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for at, character in enumerate(text[:50]):
                row[(ord(character) + at) % self.hidden] += 1
            row[0] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def read(self, texts: Sequence[str], *, progress: object = None) -> tuple[np.ndarray, list[Sketch]]:
        return self.pooled(texts), [word_sketch(text) for text in texts]


def linked(left: Sequence[str], right: Sequence[str], accuracy: str, *, equal: bool = False) -> Alignment:
    """Aligned with made vectors, and found whole."""
    documents = document(left, "uk"), document(right, "en")
    found = align(*documents, encoder=Vectors(equal=equal), use=False, accuracy=accuracy)  # type: ignore[arg-type]
    check(found.links, len(left), len(right))
    return found


def shapes(found: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(link.source, link.target) for link in found.links]


@pytest.mark.parametrize("accuracy", LEVELS)
@pytest.mark.parametrize(("n", "m"), [(0, 0), (0, 6), (6, 0)])
def test_an_empty_side(n: int, m: int, accuracy: str) -> None:
    found = linked(RU[:n], FR[:m], accuracy)
    assert all(not (link.source and link.target) for link in found.links)
    assert any("no sentences" in notice for notice in found.notices)


@pytest.mark.parametrize("accuracy", LEVELS)
def test_sentences_without_text(accuracy: str) -> None:
    linked([""] * 20, [""] * 3, accuracy)
    linked(["", *RU, "", " "], [*FR, "", "\t"], accuracy)


@pytest.mark.parametrize("accuracy", LEVELS)
@pytest.mark.timeout(300)
def test_a_side_ten_times_longer(accuracy: str) -> None:
    long = [f"рядок {i}, у якому стоїть число {i * 37}" for i in range(1500)]
    short = [f"line {i} in which there is the number {i * 37}" for i in range(0, 1500, 10)]
    linked(long, short, accuracy)
    linked(short, long, accuracy)
    linked([" ".join(long[:300])], short, accuracy)


@pytest.mark.parametrize("accuracy", LEVELS)
def test_the_same_file_twice(accuracy: str) -> None:
    text = [f"Розділ {i}: слово {i * 7919 % 1009} і ще {i * 104729 % 997}." for i in range(400)]
    found = linked(text, text, accuracy)
    assert shapes(found) == [((i,), (i,)) for i in range(400)]


@pytest.mark.parametrize("accuracy", ["fast", "default"])
@pytest.mark.timeout(600)
def test_thousands_of_identical_lines(accuracy: str) -> None:
    """``benchmarks/align.py --scaling`` has more of them."""
    found = linked(["та сама лінія"] * 10_000, ["the same line"] * 10_000, accuracy, equal=True)
    assert shapes(found) == [((i,), (i,)) for i in range(10_000)]


def test_identical_lines_of_unequal_number() -> None:
    for accuracy in LEVELS:
        linked(["та сама лінія"] * 900, ["the same line"] * 700, accuracy, equal=True)


def test_mixed_languages() -> None:
    """Quotations, and whole passages left untranslated, do not disturb the links around them."""
    source = [RU[0], FR[1], RU[2], RU[3], FR[4], RU[5]]
    target = [FR[0], FR[1], FR[2], RU[3], FR[4], FR[5]]
    found = align(document(source, "ru"), document(target, "fr"))
    assert shapes(found) == ONE_TO_ONE


@pytest.mark.parametrize("side", [AR, HE], ids=["ar", "he"])
def test_right_to_left_with_direction_marks(side: tuple[str, ...]) -> None:
    """Marks, embeddings and isolates that only steer the display change no link; neither do marks that
    are never closed, nor a text that pretends to run the other way."""
    lang = "ar" if side is AR else "he"
    plain = align(document(side, lang), document(FR, "fr"))
    assert shapes(plain) == ONE_TO_ONE
    marked = [f"\u202b{text}\u202c" if i % 2 else f"\u2067\u200f{text}\u2069" for i, text in enumerate(side)]
    assert shapes(align(document(marked, lang), document(FR, "fr"))) == ONE_TO_ONE
    overridden = [f"\u202e{text}" for text in FR]
    assert shapes(align(document(marked, lang), document(overridden, "fr"))) == ONE_TO_ONE


@pytest.mark.timeout(600)
@pytest.mark.parametrize("accuracy", ["fast", "default"])
def test_characters_that_no_text_should_hold(accuracy: str) -> None:
    """NUL, lone surrogates, unassigned and private characters, inside and instead of sentences, with the
    real encoders."""
    source = [RU[0], f"{RU[1][:9]}\0{RU[1][9:]}", f"\ud800{RU[2]}", RU[3], "\0", f"{RU[4]}\udfff\U000e0001"]
    target = [FR[0], FR[1], f"{FR[2]}\ue000", f"{FR[3][:4]}\ufffe{FR[3][4:]}", FR[4]]
    found = align(document(source, "ru"), document(target, "fr"), accuracy=accuracy)  # type: ignore[arg-type]
    check(found.links, 6, 5)
    if accuracy == "default":
        assert shapes(found)[:3] == ONE_TO_ONE[:3]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("accuracy", LEVELS)
def test_a_sentence_of_a_hundred_thousand_characters(accuracy: str) -> None:
    """A file that was never split: one line with everything, beside sentences; and with the real encoder,
    where an overlap holds it several times."""
    huge = " ".join(RU * 600)[:100_000]
    assert len(huge) == 100_000
    linked([RU[0], huge, RU[1]], list(FR), accuracy)
    linked(["х" * 100_000, "y"], ["z" * 100_000], accuracy)
    if accuracy == "default":
        found = align(document([RU[0], huge, RU[3]], "ru"), document([FR[0], FR[3]], "fr"))
        check(found.links, 3, 2)


@pytest.mark.parametrize("accuracy", ["fast", "default"])
def test_sentences_of_punctuation_only(accuracy: str) -> None:
    marks = ["* * *", "…", "—", "?!", "»", ".", "]]]", "***", "。", "،"]
    assert not any(unicodedata.category(c)[0] in "LN" for mark in marks for c in mark)
    documents = document(marks, "ru"), document(marks[::-1], "fr")
    check(align(*documents, accuracy=accuracy).links, 10, 10)  # type: ignore[arg-type]
    source, target = [*RU[:3], "* * *", *RU[3:]], [*FR[:3], "* * *", *FR[3:]]
    if accuracy == "default":
        found = align(document(source, "ru"), document(target, "fr"))
        assert shapes(found) == [((i,), (i,)) for i in range(7)]


@pytest.mark.parametrize("accuracy", LEVELS)
def test_language_tags_of_any_kind(accuracy: str) -> None:
    for lang in ("x-private", "zh-Hant-HK", "ar-Arab-u-nu-latn", "FR_fr"):
        documents = document(RU, lang), document(FR, lang)
        found = align(*documents, encoder=Vectors(), accuracy=accuracy, use=False)  # type: ignore[arg-type]
        check(found.links, 6, 6)
    for lang in ("", "und", "zz", "\0", "a" * 300):
        documents = document(RU, lang), document(FR, lang)
        with suppress(QAError):  # said in one line, or not needed
            found = align(*documents, encoder=Vectors(), accuracy=accuracy, use=False)  # type: ignore[arg-type]
            check(found.links, 6, 6)


FRAGMENTS = st.sampled_from(
    ["", " ", "\0", "\ud800", "\u202e", "\u2067שלום", "…", "* * *", "12", "1" * 400, "a" * 3000, "。" * 50, "https://",
     "\u0300" * 40, "👩‍👩‍👧‍👦", "\r\n", "\x85", "\u2028", "نص", "the same", "the same", "the same"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(FRAGMENTS, max_size=30),
    st.lists(FRAGMENTS, max_size=30),
    st.sampled_from(LEVELS),
    st.booleans(),
)
def test_any_mixture(left: list[str], right: list[str], accuracy: str, equal: bool) -> None:
    found = linked(left, right, accuracy, equal=equal)
    assert all(0 < link.score <= 1 for link in found.links)
    assert linked(left, right, accuracy, equal=equal).links == found.links
