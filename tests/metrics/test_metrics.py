"""BLEU, chrF, TER and HTER against worked examples, with intervals, significance and plain errors."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import InputError, UnknownNameError, UsageError
from qa.metrics import METRICS, Report, corpus, hter, hter_segments
from qa.metrics.characters import by_character

REFS = ["the cat sat on a mat", "the dog barked", "it was raining all day long"]
HYPS = ["the cat sat on the mat", "a dog barked", "it rained all day"]

# hypothesis, reference, language, metric, expected (computed with sacrebleu's own command line)
EXPECTED = [
    ("the cat sat on the mat", "the cat sat on the mat", "en", "BLEU", 100.0),
    ("the cat sat on the mat", "the cat sat on a mat", "en", "TER", 100 / 6),
    ("b a", "a b", "en", "TER", 50.0),
    ("我们去北京。", "我们去上海。", "zh", "TER", 100 / 3),
    ("我们去北京。", "我们去上海。", "zh", "BLEU", 32.4668),
    ("abc", "abd", "en", "chrF", 38.8889),
    ("สวัสดี", "สวัสดี", "th", "BLEU", 100.0),
]


@pytest.mark.parametrize(("hyp", "ref", "lang", "metric", "expected"), EXPECTED)
def test_scores(hyp: str, ref: str, lang: str, metric: str, expected: float) -> None:
    report = corpus([hyp], [ref], target_lang=lang, metrics=[metric])
    assert report[metric].value == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize(
    ("lang", "tokenizer"),
    [("fr", "tok:13a"), ("zh", "tok:zh"), ("zh-Hant", "tok:zh"), ("th", "tok:char"), ("de-AT", "tok:13a")],
)
def test_tokenizer_follows_the_target_language(lang: str, tokenizer: str) -> None:
    signature = corpus(["a b"], ["a b"], target_lang=lang, metrics=["BLEU"])["BLEU"].signature
    assert tokenizer in signature.split("|")


def test_language_is_recognised_when_it_is_not_given() -> None:
    report = corpus(["我们明天去北京。"], ["我们明天去上海看朋友。"], metrics=["BLEU"])
    assert report.lang == "zh"
    assert "tok:zh" in report["BLEU"].signature


def test_japanese_says_so_when_it_falls_back_to_characters() -> None:
    report = corpus(["東京へ行く。"], ["東京に行く。"], target_lang="ja", metrics=["BLEU"])
    fallback = "tok:char" in report["BLEU"].signature
    assert any("sacrebleu[ja]" in notice for notice in report.notices) == fallback


def test_every_score_is_signed_and_repeats_exactly() -> None:
    first = corpus(HYPS, REFS, target_lang="en", baseline=REFS)
    assert first == corpus(HYPS, REFS, target_lang="en", baseline=REFS)
    for score in first.scores:
        assert {"seed:12345", "bs:1000"} <= set(score.signature.split("|"))
        assert score.low <= score.high


def test_a_better_system_is_called_better_by_every_metric() -> None:
    chooser = random.Random(7)  # noqa: S311
    words = list("abcdefghijklmnop")
    refs = [" ".join(chooser.choices(words, k=12)) for _ in range(120)]
    good = [ref.replace("a", "x") for ref in refs]
    bad = [" ".join(w if chooser.random() < 0.4 else "zz" for w in ref.split()) for ref in refs]
    report = corpus(good, refs, baseline=bad, target_lang="en")
    assert [score.better for score in report.scores] == [True, True, True]
    assert [score.better for score in corpus(bad, refs, baseline=good, target_lang="en").scores] == [
        False
    ] * 3
    same = corpus(good, refs, baseline=good, target_lang="en")
    assert [score.better for score in same.scores] == [None, None, None]


def test_source_gives_the_score_of_doing_nothing() -> None:
    report = corpus(HYPS, REFS, sources=HYPS, target_lang="en")
    assert [score.floor for score in report.scores] == [score.value for score in report.scores]


def test_few_segments_and_empty_references_are_remarked_on() -> None:
    notices = corpus(["a", "b"], ["a", " "], target_lang="en", metrics=["chrF"]).notices
    assert any("only 2 segments" in notice for notice in notices)
    assert any("1 references are empty" in notice for notice in notices)


def test_report_is_plain_data() -> None:
    report: Report = corpus(HYPS, REFS, target_lang="en", baseline=REFS)
    data = json.loads(json.dumps(report.as_dict()))
    assert [score["name"] for score in data["scores"]] == ["BLEU", "chrF", "TER"]
    with pytest.raises(KeyError):
        report["COMET"]


def test_different_lengths_are_named_with_their_counts() -> None:
    with pytest.raises(InputError, match=r"hyp\.txt: 1, ref\.txt: 3"):
        corpus(["a"], REFS, names=["hyp.txt", "ref.txt", "", ""])
    with pytest.raises(InputError, match=r"baseline: 2"):
        corpus(HYPS, REFS, baseline=["a", "b"])
    with pytest.raises(InputError, match="empty"):
        corpus([], [])


def test_unknown_names_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="BLEU, TER, chrF"):
        corpus(HYPS, REFS, metrics=["ROUGE"], target_lang="en")
    with pytest.raises(UsageError):
        corpus(HYPS, REFS, target_lang="klingonish")
    assert METRICS.names() == ["BLEU", "chrF", "TER"]


# HTER

HTER_TABLE = [
    # machine, post-edit, edits, words
    ("the cat", "the cat", 0, 2),
    ("the cat", "The cat", 1, 2),
    ("a b c", "b c a", 1, 3),  # one shift
    ("les grèves ont cessé", "les frappes ont cessé", 1, 4),
    ("", "three new words", 3, 3),
    ("too much", "", 2, 0),
    ("", "", 0, 0),
    (" ".join("abcdefghij" * 20), " ".join("abcdefghij" * 20) + " k", 1, 201),
]


@pytest.mark.parametrize(("mt", "post_edit", "edits", "words"), HTER_TABLE)
def test_hter_of_a_segment(mt: str, post_edit: str, edits: int, words: int) -> None:
    (found,) = hter_segments([mt], [post_edit], target_lang="en")
    assert (found.edits, found.words) == (edits, words)


def test_corpus_hter_is_edits_over_words_not_a_mean_of_rates() -> None:
    score = hter(["a", "w x y z"], ["b", "w x y z"], target_lang="en")
    assert score.value == pytest.approx(1 / 5)
    assert not score.higher_is_better
    assert score.low is not None
    assert score.high is not None
    assert score.low <= score.value <= score.high
    assert "case:mixed" in score.signature


def test_hter_may_exceed_one_and_needs_something_to_compare() -> None:
    assert hter(["a b c d"], ["x"], target_lang="en").value == 4.0
    with pytest.raises(InputError, match="approve"):
        hter([], [])
    with pytest.raises(InputError, match="2 machine translations but 1"):
        hter(["a", "b"], ["a"])


@pytest.mark.parametrize("lang", ["zh", "ja", "th"])
def test_hter_counts_characters_where_there_are_no_words(lang: str) -> None:
    old, new = {"zh": ("我在家", "我在店"), "ja": ("東京へ", "東京に"), "th": ("มาก", "มาด")}[lang]
    assert hter([old], [new], target_lang=lang).value == pytest.approx(1 / 3)


def test_by_character_keeps_foreign_words_whole() -> None:
    assert by_character("東京でUSB端子") == "東 京 で USB 端 子"
    assert by_character("plain words") == "plain words"


words = st.lists(st.sampled_from(["a", "b", "c", "é", "我", "\x00", "\ud800"]), max_size=8).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(words, words, st.sampled_from([None, "en", "zh", "th"]))
def test_hter_is_never_negative_and_zero_only_for_equal_words(a: str, b: str, lang: str | None) -> None:
    (found,) = hter_segments([a], [b], target_lang=lang)
    assert found.edits >= 0
    assert (found.edits == 0) == (a.split() == b.split())
    assert found.edits <= max(len(a.split()), len(b.split()))


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_can_be_scored(hyp: str, ref: str) -> None:
    report = corpus([hyp], [ref], target_lang="fr")
    assert all(score.value >= 0 for score in report.scores)
