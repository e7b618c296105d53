"""Paragraphs and list marks as soft anchors."""

from __future__ import annotations

import numpy as np
import pytest

from qa.align.constants import Constants
from qa.align.rewards import Evidence, Rewards
from qa.align.structure import Structure, structure
from qa.align.vectors import Averaged, Side
from qa.model import Sentence


def sentences(*texts: str, paragraphs: list[int] | None = None) -> list[Sentence]:
    where = paragraphs or [0] * len(texts)
    return [Sentence(i, text, 0, len(text), p) for i, (text, p) in enumerate(zip(texts, where, strict=True))]


def found(left: list[Sentence], right: list[Sentence]) -> Structure:
    layout = structure(left, right)
    assert layout is not None
    return layout


def test_borders_are_where_a_paragraph_begins() -> None:
    layout = found(
        sentences("a", "b", "c", "d", paragraphs=[0, 0, 1, 1]), sentences("a", "b", "c", paragraphs=[0, 1, 2])
    )
    assert layout.source.borders.tolist() == [0, 0, 1, 0]
    assert layout.target.borders.tolist() == [0, 1, 1]
    assert layout.trust == pytest.approx((1 / 4) / (2 / 3))


@pytest.mark.parametrize(
    ("left", "right"),
    [([0] * 30, [0, 1] * 15), (list(range(30)), [0] * 15 + [1] * 15), (list(range(30)), list(range(30)))],
    ids=["none on one side", "every line on one side", "every line on both"],
)
def test_layout_that_says_nothing(left: list[int], right: list[int]) -> None:
    right = sorted(right)
    one, other = sentences(*["x"] * 30, paragraphs=left), sentences(*["y"] * 30, paragraphs=right)
    assert structure(one, other) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1. Erstens", "1) Premièrement", True),
        ("12. Zwölf", "13. treize", False),
        ("(a) so", "a) ainsi", True),
        ("– so", "• ainsi", True),
        ("٣. ثالثا", "3. third", True),
        ("3。三", "3. third", False),  # no blank behind the mark: the sentence is text
    ],
)
def test_marks(one: str, other: str, same: bool) -> None:
    layout = structure(sentences(one), sentences(other))
    equal = layout is not None and bool(layout.source.marks[0] == layout.target.marks[0])
    assert equal == same


def test_copies_are_what_stands_on_both_sides() -> None:
    layout = found(sentences("Köln", "E = mc²", "", "Ja."), sentences("E = mc²", "", "Oui.", "Köln"))
    assert [bool(x) for x in layout.source.copies] == [True, True, False, False]
    assert layout.source.copies[0] == layout.target.copies[3] != layout.target.copies[0]


def test_plain_sentences_have_no_marks() -> None:
    assert structure(sentences("3 Männer kamen.", "Am 3. Mai"), sentences("3 hommes", "1.5 fois")) is None


def side(vectors: list[list[float]]) -> Side:
    rows = np.array(vectors, np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return Side(["x" * 40] * len(rows), [Averaged(rows, np.ones(len(rows), np.float32) * 40)])


def test_only_links_over_a_border_pay_for_it() -> None:
    rng = np.random.default_rng(3)
    source, target = side(rng.normal(size=(4, 8)).tolist()), side(rng.normal(size=(3, 8)).tolist())
    noise = np.zeros(4, bool), np.zeros(3, bool)
    layout = found(
        sentences("1. a", *"bcd", paragraphs=[0, 0, 1, 1]), sentences("1. a", *"bc", paragraphs=[0, 0, 1])
    )
    k = Constants()
    plain = Rewards(source, target, k, evidence=Evidence(noise)).block(0, 5, 0, 4)
    given = Rewards(source, target, k, evidence=Evidence(noise, structure=layout)).block(0, 5, 0, 4)

    def added(a: int, b: int, i: int, j: int) -> float:
        return float(given[i, a - 1, b, j] - plain[i, a - 1, b, j])

    cost = -k.border * layout.trust
    assert added(1, 1, 2, 2) == pytest.approx(k.copy, abs=1e-6)
    assert added(1, 1, 2, 3) == pytest.approx(0, abs=1e-6)
    assert added(2, 1, 3, 2) == pytest.approx(cost, abs=1e-6)  # sentences 2 and 3: the border is between
    assert added(2, 1, 4, 3) == pytest.approx(0, abs=1e-6)  # both behind the border
    assert added(2, 2, 3, 3) == pytest.approx(2 * cost, abs=1e-6)
    assert added(1, 1, 1, 1) == pytest.approx(k.item + k.copy, abs=1e-6)  # the same mark and text
    assert added(1, 2, 1, 2) == pytest.approx(k.item, abs=1e-6)


def test_different_marks_keep_items_apart() -> None:
    source, target = side([[1.0, 0.0]]), side([[1.0, 0.1]])
    noise = np.zeros(1, bool), np.zeros(1, bool)
    layout = found(sentences("1. a"), sentences("2. a"))
    plain = Rewards(source, target, evidence=Evidence(noise)).block(1, 2, 1, 2)
    given = Rewards(source, target, evidence=Evidence(noise, structure=layout)).block(1, 2, 1, 2)
    assert given[0, 0, 1, 0] - plain[0, 0, 1, 0] == pytest.approx(-Constants().item, abs=1e-6)
