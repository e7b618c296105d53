from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.model import Edit, Span, apply_edits
from qa.review.diff import Piece, rebase_edits, rebase_span, words

TEXT = st.text(alphabet=st.sampled_from("ab é,. «»日本\u0301\u200d\x00\ud800"), max_size=40)


@given(TEXT, TEXT)
def test_pieces_make_up_both_texts(old: str, new: str) -> None:
    pieces = words(old, new)
    assert "".join(p.text for p in pieces if p.kind != "added") == old
    assert "".join(p.text for p in pieces if p.kind != "removed") == new
    assert all(p.text for p in pieces)
    assert (not any(p.kind != "same" for p in pieces)) == (old == new)


@given(TEXT, TEXT, st.data())
def test_a_rebased_span_covers_the_same_text(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    span = rebase_span(old, new, Span(start, end))
    if span is not None:
        assert new[span.start : span.end] == old[start:end]


@given(TEXT, st.data())
def test_an_edit_elsewhere_moves_the_span_by_its_length(text: str, data: st.DataObject) -> None:
    old = f"{text} | word"
    new = f"{data.draw(TEXT)} | word"
    at = old.rindex("word")
    assert rebase_span(old, new, Span(at, at + 4)) == Span(new.rindex("word"), len(new))


@pytest.mark.parametrize(
    ("old", "new", "span", "expected"),
    [
        ("les grèves ont", "les grèves ont", Span(4, 10), Span(4, 10)),
        ("les grèves ont", "Toutes les grèves ont", Span(4, 10), Span(11, 17)),
        ("les grèves ont", "les frappes ont", Span(4, 10), None),
        ("la grève a", "la grèves a", Span(3, 8), None),
        ("dit «Oui«.", "dit «Non«.", Span(8, 9), Span(8, 9)),
        ("dit «Oui«.", "dit «Oui».", Span(8, 9), None),
        ("a c", "a b c", Span(2, 2), None),
        ("a c", "x c", Span(2, 2), Span(2, 2)),
        ("", "", Span(0, 0), Span(0, 0)),
        ("日本語の文", "日本人の文", Span(3, 4), Span(3, 4)),
        ("日本語の文", "日本人の文", Span(2, 3), None),
        ("שלום עולם", "שלום לך עולם", Span(5, 9), Span(8, 12)),
    ],
)
def test_spans(old: str, new: str, span: Span, expected: Span | None) -> None:
    assert rebase_span(old, new, span) == expected


def test_edits_move_together_or_not_at_all() -> None:
    old, new = "«Oui« et «Non«", "Il dit «Oui« et «Non«"
    edits = (Edit(4, 5, "»"), Edit(13, 14, "»"))
    moved = rebase_edits(old, new, edits)
    assert moved is not None
    assert apply_edits(new, moved) == "Il dit «Oui» et «Non»"
    assert rebase_edits(old, "«Oui« et «Non»", edits) is None


def test_changes_between_which_only_space_stands_are_one() -> None:
    assert words("the big dog ran", "the small cat ran") == (
        Piece("same", "the "),
        Piece("removed", "big dog"),
        Piece("added", "small cat"),
        Piece("same", " ran"),
    )


def test_a_word_is_compared_as_a_whole() -> None:
    assert Piece("removed", "grèves") in words("les grèves", "les grévistes")
    assert Piece("removed", "हिन्दी") in words("यह हिन्दी है", "यह अंग्रेज़ी है")


def test_a_long_text_is_compared_in_time() -> None:
    old = "word and other words " * 4000
    new = old.replace("other", "more", 50)
    assert "".join(p.text for p in words(old, new) if p.kind != "removed") == new
