"""Arabic and Turkish nouns with what is written onto them; Japanese words inside others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.model import apply_edits
from qa.terms.inflection import substitute
from qa.terms.senses import Inventory
from qa.terms.senses.affixes import fold
from qa.terms.senses.inventory import parse
from qa.terms.senses.keys import keys, tokens

OWN = Inventory(
    parse(
        """
[strike.attack]
gloss = 'a military attack'
ja = '攻撃, 空爆, スト攻撃'
ar = 'ضربة, غارة جوية'
tr = 'saldırı, hava saldırısı'
[strike.labour]
gloss = 'a stoppage of work'
ja = 'ストライキ, スト'
ar = 'إضراب'
tr = 'grev'
"""
    )
)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("grevler", "grev"), ("saldırılar", "saldırı"), ("saldırısının", "saldırı"), ("bankada", "banka"),
        ("suçlamasıyla", "suçlama"), ("savunmasının", "savunma"), ("fabrikalarımızda", "fabrika"),
        ("vincin", "vinç"), ("SALDIRILARI", "saldırı"), ("İŞÇİLER", "işçi"), ("Işık", "ışık"),
        ("şarjörünü", "şarjör"),
    ],
)  # fmt: skip
def test_turkish_forms(form: str, lemma: str) -> None:
    assert lemma in keys(form, "tr")


@pytest.mark.parametrize(
    ("form", "other"),
    [
        ("kasa", "kas"),
        ("altın", "alt"),
        ("ışık", "işık"),
        ("fabrikeler", "fabrik"),
        ("saldırıler", "saldırı"),
    ],
)
def test_turkish_words_that_are_no_forms(form: str, other: str) -> None:
    assert other not in keys(form, "tr")


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("الإضراب", "إضراب"), ("إضرابات", "إضراب"), ("إضراباً", "إضراب"), ("اضراب", "إضراب"),
        ("والضربات", "ضربة"), ("للمصنع", "مصنع"), ("بالهجوم", "هجوم"), ("مَصْنَع", "مصنع"),
        ("محكمتها", "محكمة"), ("وللمحكمة", "محكمة"), ("المحكمه", "محكمة"), ("بمصانعها", "مصنع"),
        ("دبابتين", "دبابة"), ("الدبابتان", "دبابة"), ("للجنة", "لجنة"), ("كالبنك", "بنك"), ("لبنك", "بنك"),
        ("الإضـــراب", "إضراب"), ("الموظفون", "موظف"), ("مستشفي", "مستشفى"), ("فالأحزاب", "حزب"),
    ],
)  # fmt: skip
def test_arabic_forms(form: str, lemma: str) -> None:
    assert fold(lemma, "ar") in keys(form, "ar")


@pytest.mark.parametrize(("form", "other"), [("لجنة", "جنة"), ("وزير", "زير"), ("كتاب", "تاب")])
def test_arabic_words_that_are_no_forms(form: str, other: str) -> None:
    assert other not in keys(form, "ar")


def test_vowel_signs_do_not_cut_a_word() -> None:
    assert [token.text for token in tokens("مَصْنَعٌ كبير")] == ["مَصْنَعٌ", "كبير"]


@pytest.mark.parametrize(
    ("lang", "text", "words", "sense"),
    [
        ("tr", "limandaki grevlerin ardından", "grevlerin", "labour"),
        ("tr", "Dün HAVA SALDIRILARI durdu", "HAVA SALDIRILARI", "attack"),
        ("tr", "saldırılardan önce", "saldırılardan", "attack"),
        ("ar", "بعد الغارات الجوية على الميناء", "الغارات الجوية", "attack"),
        ("ar", "وبالإضراب العام", "وبالإضراب", "labour"),
        ("ja", "港でのストが終わった", "スト", "labour"),
        ("ja", "昨夜の空爆で", "空爆", "attack"),
        ("ja", "鉄道ストライキの影響", "ストライキ", "labour"),
    ],
)
def test_a_rendering_is_found_in_its_sentence(lang: str, text: str, words: str, sense: str) -> None:
    [match] = OWN.find(text, lang)
    assert (text[match.start : match.end], match.senses) == (words, {sense})


@pytest.mark.parametrize("text", ["ストーリーの結末", "ピアニストが弾く", "テストの日"])
def test_a_katakana_word_inside_another_is_not_found(text: str) -> None:
    assert OWN.find(text, "ja") == []


@pytest.mark.parametrize(
    ("lang", "text", "old", "lemmas", "expected"),
    [
        ("tr", "Üç grev sürüyor", "grev", ("grev", "saldırı"), "Üç saldırı sürüyor"),
        ("tr", "Grev sürüyor", "Grev", ("grev", "izin"), "İzin sürüyor"),
        ("tr", "ÜÇ GREV", "GREV", ("grev", "isim"), "ÜÇ İSİM"),
        ("tr", "grevler sürüyor", "grevler", ("grev", "saldırı"), None),
        ("ar", "والإضراب مستمر", "والإضراب", ("إضراب", "هجوم"), "والهجوم مستمر"),
        ("ar", "للإضراب أثر", "للإضراب", ("إضراب", "لغم"), "للغم أثر"),
        ("ar", "بإضراب واسع", "بإضراب", ("إضراب", "هجوم"), "بهجوم واسع"),
        ("ar", "الإضراب مستمر", "الإضراب", ("إضراب", "غارة جوية"), None),
        ("ar", "إضرابات واسعة", "إضرابات", ("إضراب", "هجوم"), None),
        ("ja", "鉄道ストライキ", "ストライキ", ("ストライキ", "攻撃"), "鉄道攻撃"),
    ],
)
def test_only_forms_that_are_sure_are_proposed(
    lang: str, text: str, old: str, lemmas: tuple[str, str], expected: str | None
) -> None:
    start = text.index(old)
    edits = substitute(text, start, start + len(old), *lemmas, lang)
    assert (apply_edits(text, edits) if edits else None) == expected


@given(st.text(alphabet="الوفبكلسهمناتةيضرب\u064e\u0640", max_size=12))
def test_every_arabic_form_is_a_form_of_itself(word: str) -> None:
    assert fold(word, "ar") in keys(word, "ar") | {""}


@given(st.text(alphabet="abcçdeğıiklmnoöprsştuüyzIİ", max_size=14))
def test_every_turkish_form_is_a_form_of_itself(word: str) -> None:
    assert fold(word, "tr") in keys(word, "tr") | {""}
