"""Making text safe, counting it, and cutting it at flags."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.model import Edit, Flag, Severity
from qa.report.counting import count, unit
from qa.report.safe import cell, html_text, json_line, rounded, shortened, visible
from qa.report.spans import fixed, flags_of, pieces, proposal

any_text = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "＝1", "＠x", "\r=1", "\n-2"])
def test_formulas_are_neutralised(text: str) -> None:
    assert str(cell(text)).startswith("'")


@pytest.mark.parametrize("value", ["plain", "a=b", "", 3, -2.5, "«=»", "3-4"])
def test_what_is_no_formula_passes(value: object) -> None:
    assert cell(value) == value
    assert cell(None) == ""


@given(any_text)
def test_json_lines_come_back_and_are_lines(text: str) -> None:
    line = json_line({"x": text})
    assert json.loads(line) == {"x": text}
    assert len(line.encode("utf-8").decode("utf-8").splitlines()) == 1


@given(any_text)
def test_html_and_terminal_text_hold_nothing_active(text: str) -> None:
    assert not set(html_text(text)) & set("<>\"'\x00\x1b\u202e\ud800")
    assert not set(visible(text)) & set("\x00\x07\x1b\x9b\n\t\u202a\u202e\u2066\u2028\ud800\ufeff\u200b")


def test_visible_leaves_what_scripts_need() -> None:
    assert visible("می\u200cخواهم 👩\u200d🚀 10\u00a0%") == "می\u200cخواهم 👩\u200d🚀 10\u00a0%"
    assert visible("a\nb\tc\u200fd") == "a↵b⇥c⟨U+200F⟩d"


def test_shortened_keeps_both_ends() -> None:
    assert shortened("abc", 3) == "abc"
    assert shortened("a" * 50 + "b" * 50, 10) == "aaaaa … (90 characters) … bbbbb"


def test_rounded() -> None:
    assert rounded(1.23456, 2) == 1.23
    assert [rounded(value, 2) for value in (None, float("nan"), float("inf"))] == [None, None, None]


@pytest.mark.parametrize(
    ("text", "lang", "size"),
    [
        ("Le chat dort.", "fr", 3),
        ("« Oui » : non !", "fr", 2),
        ("14 000 – 3,5 %", "fr", 3),
        ("东京，你好！USB 3", "zh", 8),
        ("", "en", 0),
        ("...", "en", 0),
        ("สวัสดี", "th", 4),
    ],
)
def test_counts(text: str, lang: str, size: int) -> None:
    assert count(text, lang) == size
    assert unit(lang) == ("characters" if lang in ("zh", "th") else "words")


flags = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 12)).map(
        lambda p: Flag("c", "a/b", Severity.MINOR, "target", p[0], p[0] + p[1], "", "m")
    ),
    max_size=8,
)


@given(any_text, flags)
def test_pieces_join_to_the_text_and_every_flag_ends_once(text: str, found: list[Flag]) -> None:
    cut = list(pieces(text, list(enumerate(found))))
    assert "".join(piece.text for piece in cut) == text
    assert sorted(number for piece in cut for number in piece.ends) == list(range(len(found)))
    for number, flag in enumerate(found):
        covered = "".join(piece.text for piece in cut if number in piece.flags)
        assert covered == text[flag.start : flag.end]


def test_flags_of_another_version_are_not_marked() -> None:
    flag = Flag("c", "a/b", Severity.MINOR, "target", 4, 7, "cat", "m")
    assert flags_of([flag], "target", "the cat") == [(0, flag)]
    assert flags_of([flag], "target", "the dog") == []
    assert flags_of([flag], "source", "the cat") == []


def changing(*edits: Edit) -> Flag:
    return Flag("c", "a/b", Severity.MINOR, "target", 0, 1, "", "m", fix=edits)


def test_proposal_shows_what_a_person_must_see() -> None:
    text = "Nous prêts à partir"
    assert proposal(text, changing(Edit(5, 10, "sommes"))) == ("prêts", "sommes")
    assert proposal(text, changing(Edit(5, 5, "sommes "))) == ("prêts", "sommes prêts")
    assert proposal(text, changing(Edit(0, 4, "Ils"), Edit(13, 19, "rester"))) == (text, "Ils prêts à rester")
    assert proposal("a  b", changing(Edit(1, 2, ""))) == ("a␣", "a")
    assert proposal("oui!", changing(Edit(3, 3, "\u202f"))) == ("oui!", "oui⍽!")
    assert proposal(text, changing()) is None
    assert proposal(text, changing(Edit(0, 99, ""))) is None
    assert fixed(text, ()) is None
