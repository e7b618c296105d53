"""Words that the estimator doubts or misses, as flags; and one error found twice, as one flag."""

import pytest

from qa.checks.base import Context
from qa.checks.runner import merge
from qa.checks.suspicion import LeftOutCheck, SuspiciousWordsCheck
from qa.model import Edit, Estimate, Flag, Score, Segment, Severity, WordScore

TARGET = "Le comité , se réunira le parapluie rouge , mardi ."
PLACES = {word: (TARGET.index(word), TARGET.index(word) + len(word)) for word in TARGET.split()}


def flags(
    doubts: dict[str, float], threshold: float | None = 0.5, major: float | None = 0.2, pair: str = "seen"
) -> list[Flag]:
    at, words = 0, []
    for word in TARGET.split():
        start = TARGET.index(word, at)
        at = start + len(word)
        words.append(WordScore(start, at, doubts.get(word, 0.05), major))
    segment = Segment(1, "The committee meets on Tuesday.", TARGET)
    estimates = {1: Estimate(Score(50.0, f"model|pair:{pair}"), tuple(words))}
    context = Context("en", "fr", (segment,), estimates, suspicion=threshold)
    return list(SuspiciousWordsCheck().check(segment, context))


def test_neighbours_make_one_flag() -> None:
    (flag,) = flags({"le": 0.6, "parapluie": 0.9, "rouge": 0.55})
    assert flag.text == "le parapluie rouge"
    assert flag.confidence == 0.9
    assert flag.severity == Severity.MINOR
    assert flag.found_by == "model"


def test_a_major_doubt_is_major() -> None:
    assert flags({"parapluie": 0.9}, major=0.7)[0].severity == Severity.MAJOR
    assert flags({"parapluie": 0.9}, major=None)[0].severity == Severity.MINOR


def test_between_languages_that_nobody_taught_the_model_it_must_be_twice_as_sure() -> None:
    (flag,) = flags({"parapluie": 0.75, "rouge": 0.74}, major=0.7, pair="unseen")
    assert (flag.text, flag.severity) == ("parapluie", Severity.MINOR)


def test_headings_in_capitals_are_passed_over() -> None:
    words = (WordScore(0, 5, 0.9, 0.9),)
    segment = Segment(1, "Договор", "LEASE AGREEMENT")
    context = Context("ru", "en", (segment,), {1: Estimate(Score(50.0, "model"), words)}, suspicion=0.5)
    assert list(SuspiciousWordsCheck().check(segment, context)) == []


@pytest.mark.parametrize(
    ("doubts", "texts"),
    [
        ({}, []),
        ({"parapluie": 0.49}, []),
        ({"parapluie": 0.5}, ["parapluie"]),
        ({",": 0.9}, []),
        ({"rouge": 0.8, ",": 0.9}, ["rouge"]),
        ({"comité": 0.8, "mardi": 0.8}, ["comité", "mardi"]),
    ],
)
def test_what_is_flagged(doubts: dict[str, float], texts: list[str]) -> None:
    assert [flag.text for flag in flags(doubts)] == texts


def test_no_threshold_no_flag() -> None:
    assert flags({"parapluie": 0.99}, threshold=None) == []


def made(
    check: str, start: int, end: int, category: str = "terminology/other", fix: tuple[Edit, ...] = ()
) -> Flag:
    found_by = "model" if check in ("suspicious-words", "comet") else "check"
    text = TARGET[start:end]
    return Flag(
        check, category, Severity.MINOR, "target", start, end, text, "why", 0.6, fix, found_by=found_by
    )


def test_model_and_rule_agree() -> None:
    start, end = PLACES["parapluie"]
    fix = (Edit(start, end, "mardi"),)
    doubt = made("suspicious-words", start - 3, end + 6)
    (flag,) = merge([doubt, made("wrong-sense", start, end, fix=fix)])
    assert (flag.check, flag.text, flag.fix, flag.found_by) == (
        "wrong-sense",
        "parapluie",
        fix,
        "check+model",
    )
    assert flag.confidence == pytest.approx(0.84)


def test_two_rules_of_different_kinds_stay_two() -> None:
    start, end = PLACES["parapluie"]
    found = merge([made("wrong-sense", start, end), made("names", start, end, "accuracy/mistranslation")])
    assert [flag.found_by for flag in found] == ["check", "check"]


def test_a_doubt_elsewhere_stays_itself() -> None:
    found = merge([made("suspicious-words", *PLACES["comité"]), made("wrong-sense", *PLACES["parapluie"])])
    assert [flag.found_by for flag in found] == ["model", "check"]


@pytest.mark.parametrize("threshold", [0.5, 0.7, None])
def test_what_is_left_out_is_marked_in_the_source_unless_the_model_is_not_to_speak(
    threshold: float | None,
) -> None:
    source = "The committee meets in Geneva on Tuesday."
    segment = Segment(1, source, "Le comité se réunit à Genève.")
    start = source.index("on Tuesday")
    missing = (WordScore(start, start + 2, 0.6), WordScore(start + 3, start + 10, 0.6))
    estimates = {1: Estimate(Score(50.0, "model"), missing=missing)}
    found = list(
        LeftOutCheck().check(segment, Context("en", "fr", (segment,), estimates, suspicion=threshold))
    )
    if threshold != 0.5:
        assert found == []
        return
    (flag,) = found
    assert (flag.side, flag.text, flag.confidence, flag.found_by) == ("source", "on Tuesday", 0.6, "model")
    assert flag.category == "accuracy/omission"


def test_a_rule_that_misses_the_same_words_is_one_flag_with_its_reason() -> None:
    lost = Flag(
        "left-out", "accuracy/omission", Severity.MINOR, "source", 3, 20, "x", "why", 0.4, found_by="model"
    )
    name = Flag("names", "accuracy/omission", Severity.MAJOR, "source", 10, 16, "x", "the name", 0.6)
    (flag,) = merge([lost, name])
    assert (flag.check, flag.message, flag.severity, flag.found_by) == (
        "names",
        "the name",
        Severity.MAJOR,
        "check+model",
    )
