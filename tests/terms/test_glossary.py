"""Glossary files, term matching, number words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import FormatError, InputError
from qa.terms.glossary import Glossary, Term
from qa.terms.lemmas import lemma, related
from qa.terms.matching import TermIndex, contains, find
from qa.terms.numerals import canonical, numbers, readings

TBX = """<?xml version="1.0"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="c1">
<langSec xml:lang="ru"><termSec><term>удар</term></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>frappe</term></termSec>
<termSec><term>attaque</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
<termSec><term>grève</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
</langSec></conceptEntry></body></text></tbx>"""
MARTIF = """<martif type="TBX"><text><body><termEntry>
<langSet xml:lang="en-GB"><tig><term>ceasefire</term></tig></langSet>
<langSet xml:lang="de"><tig><term>Waffenruhe</term></tig></langSet></termEntry></body></text></martif>"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


class TestFiles:
    def test_csv(self, tmp_path: Path) -> None:
        text = "source,target,allowed,forbidden,note\nудар,frappe,attaque|raid,grève,military\nKasparov,\n"
        assert Glossary.load(write(tmp_path, "g.csv", "\ufeff" + text)).terms == (
            Term("удар", ("frappe",), ("attaque", "raid"), ("grève",), "military"),
            Term("Kasparov", ("Kasparov",)),
        )

    @pytest.mark.parametrize("header", ["source\ttarget", "Term;Translation", "ru,fr"])
    def test_delimiters_and_column_names(self, tmp_path: Path, header: str) -> None:
        mark = next(mark for mark in "\t;," if mark in header)
        path = write(tmp_path, "g.txt", f"{header}\nудар{mark}frappe\n")
        loaded = Glossary.load(path, source_lang="ru", target_lang="fr-CA")
        assert loaded.terms == (Term("удар", ("frappe",)),)

    def test_a_do_not_translate_term(self) -> None:
        assert Term("Kasparov", ("Kasparov",)).untranslatable
        assert not Term("a", ("b",)).untranslatable

    def test_tbx_3_with_statuses(self, tmp_path: Path) -> None:
        expected = (Term("удар", ("frappe",), ("attaque",), ("grève",)),)
        assert Glossary.load(write(tmp_path, "g.tbx", TBX)).terms == expected

    def test_tbx_2_in_the_direction_asked_for(self, tmp_path: Path) -> None:
        path = write(tmp_path, "g.tbx", MARTIF)
        assert Glossary.load(path).terms == (Term("ceasefire", ("Waffenruhe",)),)
        assert Glossary.load(path, source_lang="de", target_lang="en").terms == (
            Term("Waffenruhe", ("ceasefire",)),
        )

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "the glossary is empty"),
            ("a,b\nc,d\n", "no column source and no column target"),
            ("source,target\n,x\n", "line 2: a term without a source"),
            ("<tbx><a>", "no well-formed TBX"),
            ("<tbx/>", "no termEntry or conceptEntry"),
        ],
    )
    def test_what_is_no_glossary(self, tmp_path: Path, text: str, message: str) -> None:
        with pytest.raises(FormatError, match=message):
            Glossary.load(write(tmp_path, "g", text))

    def test_a_missing_file_and_another_encoding(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="cannot be read"):
            Glossary.load(tmp_path / "none.csv")
        path = tmp_path / "latin.csv"
        path.write_bytes("source,target\ngrève,strike\n".encode("latin-1"))
        with pytest.raises(FormatError, match="no UTF-8 text"):
            Glossary.load(path)

    def test_entities_of_a_strangers_tbx_are_not_expanded(self, tmp_path: Path) -> None:
        secret = write(tmp_path, "secret", "SECRET")
        attack = f'<!DOCTYPE t [<!ENTITY e SYSTEM "file://{secret}">]>' + MARTIF.replace("ceasefire", "a&e;b")
        terms = Glossary.load(write(tmp_path, "g.tbx", attack)).terms
        assert "SECRET" not in repr(terms)


class TestMatching:
    @pytest.mark.parametrize(
        ("language", "term", "text", "found"),
        [
            ("fr", "frappe aérienne", "des frappes aériennes massives", "frappes aériennes"),
            ("ru", "Белый дом", "заявлении Белого дома сегодня", "Белого дома"),
            ("uk", "перемир’я", "умови перемир’я", "перемир’я"),
            ("de", "Haus", "in den Häusern", "Häusern"),
            ("es", "acuerdo", "los acuerdos firmados", "acuerdos"),
            ("pl", "umowa", "podpisali umowy", "umowy"),
            ("en", "ceasefire", "two ceasefires later", "ceasefires"),
            ("zh", "停火", "宣布停火协议", "停火"),
            ("ja", "停戦", "停戦を宣言", "停戦"),
        ],
    )
    def test_inflected_terms_are_found(self, language: str, term: str, text: str, found: str) -> None:
        (occurrence,) = find(text, term, language)
        assert text[occurrence.start : occurrence.end] == found

    def test_a_longer_term_hides_its_parts(self) -> None:
        index = TermIndex.of(["frappe", "frappe aérienne"], "fr")
        assert [one.name for one in index.find("une frappe aérienne, puis une frappe")] == [
            "frappe aérienne",
            "frappe",
        ]

    def test_an_acronym_is_not_a_word(self) -> None:
        assert not find("who knows", "WHO", "en")

    @pytest.mark.parametrize(
        ("language", "term", "text"),
        [
            ("ru", "фонд социального страхования", "из фонда их социального страхования"),
            ("de", "Angriff", "die Luftangriffe auf"),
            ("fr", "accord", "l’accord signé"),
        ],
    )
    def test_contains_is_lenient(self, language: str, term: str, text: str) -> None:
        assert contains(text, term, language)

    def test_contains_is_not_blind(self) -> None:
        assert not contains("le Kremlin insiste", "Maison Blanche", "fr")
        assert not contains("宣布停战", "停火", "zh")

    def test_lemmas(self) -> None:
        assert (lemma("frappes", "fr"), lemma("ударов", "ru"), lemma("x", "xx")) == ("frappe", "удар", "x")
        assert related("перемирием", "перемирие", "ru")
        assert not related("страна", "странный", "fr")


class TestNumbers:
    @pytest.mark.parametrize(
        ("language", "text", "value"),
        [
            ("en", "two hundred and fifty", "250"),
            ("en", "nineteen eighty-four", "1984"),
            ("en", "1,234.5", "1234.5"),
            ("en", "$3.2 bn", "3200000000"),
            ("fr", "quatre-vingt-dix-sept", "97"),
            ("fr", "dix-neuf", "19"),
            ("fr", "1 234,5", "1234.5"),
            ("de", "fünfundzwanzig", "25"),
            ("de", "1.234,5", "1234.5"),
            ("it", "ventuno", "21"),
            ("es", "treinta y cinco", "35"),
            ("ru", "двадцать пять тысяч", "25000"),
            ("ru", "в XXI веке", "21"),
            ("uk", "двадцять п’ять", "25"),
            ("pl", "pięćdziesiąt", "50"),
            ("cs", "dvě stě", "200"),
            ("hi", "पाँच", "5"),
            ("hi", "१२,३४,५६७", "1234567"),
            ("zh", "一百二十三", "123"),
            ("zh", "1.2亿", "120000000"),
            ("zh", "二〇二〇", "2020"),
            ("ja", "１万１０００", "11000"),
            ("ar", "٢٣", "23"),
        ],
    )
    def test_values(self, language: str, text: str, value: str) -> None:
        assert any(value in number.values for number in numbers(text, language))

    def test_a_thousand_may_be_a_decimal(self) -> None:
        assert readings("1.234") == (frozenset({"1234", "1.234"}), ("1", "234"))

    def test_a_month_is_one_only_with_its_capital_in_english(self) -> None:
        assert [number.kind for number in numbers("May I march in March?", "en")] == ["month", "month"]

    def test_initials_are_no_roman_numerals(self) -> None:
        assert not numbers("I. Newton and L. Cohen", "en")

    @given(st.integers(0, 10**12))
    def test_a_number_is_found_in_every_grouping(self, value: int) -> None:
        for text in (
            str(value),
            f"{value:,}",
            f"{value:,}".replace(",", "."),
            f"{value:,}".replace(",", "\u202f"),
        ):
            (number,) = numbers(text, "en")
            assert canonical(float(value)) in number.values


def test_reading_a_glossary_does_not_shrink_what_other_tables_may_hold(tmp_path: Path) -> None:
    before = csv.field_size_limit(5_000_000)
    try:
        path = tmp_path / "g.csv"
        path.write_text("source,target\nstrike,Angriff\n", encoding="utf-8")
        Glossary.load(path)
        assert csv.field_size_limit() == 5_000_000
    finally:
        csv.field_size_limit(before)
