"""What a translation leaves out: which words of the source are told of, and that what ships finds some."""

from __future__ import annotations

import pytest

from qa.estimate.bundled import JointEstimator, load_bundled
from qa.estimate.stretch import stretch
from qa.estimate.words import split_words

SOURCE = "He met the old minister, and left."


@pytest.fixture(scope="module")
def estimator() -> JointEstimator:
    return load_bundled(cache=False)


@pytest.mark.parametrize(
    ("odds", "of_words", "told"),
    [
        (-3.0, {"minister": 2.0}, ""),
        (0.0, {"minister": 2.0}, "minister"),
        (0.0, {"minister": 2.0, "old": 1.5, "the": 0.9, "met": 1.0}, "old minister"),
        (0.0, {"minister": 2.0, "old": 1.5, "the": 0.9, "met": 1.9}, "met the old minister"),
        (0.0, {"He": 9.0, "met": 5.0, "the": 3.0, "old": 6.0, "minister": 12.0}, "He met the old minister"),
        (0.0, {"minister": 2.0, "old": 0.9}, "minister"),
        (0.0, {"minister": 8.0, "old": 4.5, "the": 3.0}, "old minister"),
        (0.0, {"minister": -1.0, "old": -1.5, "the": -2.5}, "old minister"),
        (0.0, {",": 9.0, "minister": 2.0, "and": 1.5}, "minister, and"),
    ],
)
def test_the_worst_word_and_its_equals_beside_it(odds: float, of_words: dict[str, float], told: str) -> None:
    words = [(a, b, of_words.get(SOURCE[a:b], -4.0)) for a, b in split_words(SOURCE)]
    found = stretch(SOURCE, words, odds, 0.3)
    assert (SOURCE[found[0].start : found[-1].end] if found else "") == told
    assert all(word.bad == 0.5 for word in found)


def test_nothing_is_told_of_a_source_without_words() -> None:
    assert stretch("— !", [(0, 1, 3.0), (2, 3, 3.0)], 9.0, 0.3) == ()


MINISTER = "The minister travelled to Lisbon on Thursday with a delegation of engineers and two interpreters."


@pytest.mark.parametrize(
    ("languages", "source", "whole", "short", "lost"),
    [
        (
            ("en", "fr"),
            MINISTER,
            "Le ministre s’est rendu jeudi à Lisbonne avec une délégation d’ingénieurs et deux interprètes.",
            "Le ministre s’est rendu jeudi avec une délégation d’ingénieurs et deux interprètes.",
            "Lisbon",
        ),
        (
            ("en", "fr"),
            MINISTER,
            "Le ministre s’est rendu jeudi à Lisbonne avec une délégation d’ingénieurs et deux interprètes.",
            "Le s’est rendu jeudi à Lisbonne avec une délégation d’ingénieurs et deux interprètes.",
            "minister",
        ),
        (
            ("ru", "uk"),
            "Президент встретился с послом в четверг и обсудил поставки зерна.",
            "Президент зустрівся з послом у четвер і обговорив постачання зерна.",
            "Президент зустрівся з послом у четвер.",
            "поставки",
        ),
    ],
)
def test_what_is_left_out_is_found_and_what_is_there_is_not(
    estimator: JointEstimator, languages: tuple[str, str], source: str, whole: str, short: str, lost: str
) -> None:
    good, bad = estimator.estimate([(source, whole), (source, short)], *languages)
    assert good.missing == ()
    assert lost in source[bad.missing[0].start : bad.missing[-1].end]


def test_a_pair_says_the_same_alone_and_among_others(estimator: JointEstimator) -> None:
    pairs = [("The house is old.", "Das Haus ist."), (SOURCE, "Er traf den Minister."), ("Hello", "Hallo")]
    together = estimator.raw(pairs, "en", "de")
    for pair, known in zip(pairs, together, strict=True):
        (alone,) = estimator.raw([pair], "en", "de")
        assert known is not None
        assert alone is not None
        assert known.omitted == pytest.approx(alone.omitted, abs=0.2)
        assert [word[:2] for word in known.lost] == list(split_words(pair[0]))


def test_of_a_pair_too_long_to_be_read_whole_nothing_is_told(estimator: JointEstimator) -> None:
    (raw,) = estimator.raw([(f"{MINISTER} " * 20, "Le ministre s’est rendu à Lisbonne. " * 40)], "en", "fr")
    assert raw is not None
    assert (raw.omitted, raw.lost) == (None, ())
