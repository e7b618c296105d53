"""The corrected document: untouched text is untouched, whatever was changed around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.model import SegmentState, Span
from qa.report.rebuilt import rebuild
from qa.review.views import SegmentView


def view(mt: str, text: str, span: Span | None) -> SegmentView:
    return SegmentView(
        id=0,
        document_id=0,
        position=0,
        source="",
        mt=mt,
        text=text,
        state=SegmentState.MACHINE,
        version=1,
        author="",
        approver="",
        quality=None,
        low=None,
        high=None,
        signature="",
        words=(),
        flags=(),
        source_index=(),
        target_index=(),
        link_score=1.0,
        target_span=span,
    )


DOC = "Titre\r\n\r\nUn. Deux.  Trois.\r\n\r\nFin.\r\n"
SENTENCES = ("Titre", "Un.", "Deux.", "Trois.", "Fin.")


def built(
    changed: dict[str, str],
    added: dict[str, tuple[str, ...]],
    *,
    document: str = DOC,
    sentences: tuple[str, ...] = SENTENCES,
    lang: str = "fr",
) -> str:
    """``document`` with sentences ``changed`` and others ``added`` after the one named ("" is the start)."""
    segments = [view("", text, None) for text in added.get("", ())]
    at = 0
    for sentence in sentences:
        start = document.index(sentence, at)
        at = start + len(sentence)
        segments.append(view(sentence, changed.get(sentence, sentence), Span(start, at)))
        segments += [view("", text, None) for text in added.get(sentence, ())]
    return "".join(rebuild(document, segments, lang))


@pytest.mark.parametrize(
    ("changed", "added", "old", "new"),
    [
        ({}, {}, "Un.", "Un."),
        ({"Un.": "UN !"}, {}, "Un.", "UN !"),
        ({"Deux.": "2"}, {"Un.": ("Ajout.",)}, "Un. Deux.", "Un. Ajout. 2"),
        ({}, {"": ("Devise",)}, "Titre", "Devise\r\n\r\nTitre"),
        ({}, {"Titre": ("Sous-titre",)}, "Titre", "Titre\r\n\r\nSous-titre"),
        ({}, {"Trois.": ("Quatre.",)}, "Trois.", "Trois. Quatre."),
        ({}, {"Fin.": ("A.", "B.")}, "Fin.", "Fin.\r\n\r\nA.\r\n\r\nB."),
        ({"Deux.": ""}, {}, " Deux.", ""),
        ({"Un.": ""}, {}, "Un. ", ""),
        ({"Trois.": ""}, {}, "  Trois.", ""),
        ({"Fin.": ""}, {}, "\r\n\r\nFin.", ""),
        ({"Titre": ""}, {}, "Titre\r\n\r\n", ""),
        ({}, {"Un.": ("",)}, "Un.", "Un."),
    ],
)
def test_changes_are_placed(
    changed: dict[str, str], added: dict[str, tuple[str, ...]], old: str, new: str
) -> None:
    assert DOC.count(old) == 1
    assert built(changed, added) == DOC.replace(old, new)


def test_chinese_is_joined_without_a_space() -> None:
    found = built({}, {"一。": ("加。",)}, document="一。二。", sentences=("一。", "二。"), lang="zh")
    assert found == "一。加。二。"


def test_the_only_sentence_is_followed_by_a_space() -> None:
    assert built({}, {"Un.": ("Deux.",)}, document="Un.", sentences=("Un.",)) == "Un. Deux."


gaps = st.text(st.sampled_from(" \n\r\t\u00a0\u3000"), max_size=4)
sentences = st.text(st.characters(exclude_categories=("Z", "C")), min_size=1, max_size=8)


@given(gaps, st.lists(st.tuples(sentences, gaps), max_size=8))
def test_an_unchanged_document_comes_back_character_for_character(
    head: str, parts: list[tuple[str, str]]
) -> None:
    document, segments = head, []
    for sentence, gap in parts:
        span = Span(len(document), len(document) + len(sentence))
        segments.append(view(sentence, sentence, span))
        document += sentence + gap
    assert "".join(rebuild(document, segments, "fr")) == document


@given(st.lists(st.tuples(sentences, st.one_of(st.none(), sentences)), min_size=1, max_size=8))
def test_every_replacement_is_there_once_and_in_order(parts: list[tuple[str, str | None]]) -> None:
    document, segments, expected = "", [], []
    for sentence, new in parts:
        span = Span(len(document), len(document) + len(sentence))
        segments.append(view(sentence, sentence if new is None else new, span))
        expected.append(sentence if new is None else new)
        document += sentence + " "
    assert "".join(rebuild(document, segments, "fr")).split() == expected
