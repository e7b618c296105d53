"""The whole way from two texts to flagged segments, on the sample corpora and on odd input."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.cli.samples import samples
from qa.errors import InputError, UnknownNameError, UsageError
from qa.model import CheckedDocument, Estimate, Flag, Score, Severity
from qa.pipeline import Pipeline
from qa.resources import Resources, Settings
from qa.terms.glossary import Glossary, Term


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.fixture(scope="module")
def news(pipeline: Pipeline) -> CheckedDocument:
    sample = next(s for s in samples() if s.name == "ru-fr-news")
    return pipeline.check_texts(
        sample.source.read_text("utf-8"), sample.target.read_text("utf-8"), "ru", "fr", name="news"
    )


def test_every_sentence_is_in_exactly_one_segment(news: CheckedDocument) -> None:
    assert news.source is not None
    source = [i for s in news.segments for i in s.segment.source_index]
    target = [i for s in news.segments for i in s.segment.target_index]
    assert source == list(range(len(news.source.sentences)))
    assert target == list(range(len(news.target.sentences)))
    assert [s.segment.id for s in news.segments] == list(range(1, len(news.segments) + 1))


def test_spans_of_segments_and_flags_hold_their_texts(news: CheckedDocument) -> None:
    for item in news.segments:
        span = item.segment.target_span
        if span is not None:
            assert news.target.text[span.start : span.end] == item.segment.target
        for flag in item.flags:
            text = item.segment.target if flag.side == "target" else item.segment.source
            assert text[flag.start : flag.end] == flag.text


def test_military_strikes_are_flagged_with_the_rendering_of_the_same_document(news: CheckedDocument) -> None:
    flags = [f for s in news.segments for f in s.flags if f.text == "grèves"]
    assert [f.check for f in flags] == ["wrong-sense", "wrong-sense"]
    assert [[edit.text for edit in f.fix] for f in flags] == [["frappes"], ["frappes"]]
    assert all("frappes" in f.message for f in flags)


def test_motto_dateline_and_address_are_left_alone(news: CheckedDocument) -> None:
    assert [news.segments[i].flags for i in (0, 1, -1)] == [(), (), ()]


def test_a_railway_strike_is_no_military_strike(pipeline: Pipeline) -> None:
    sample = next(s for s in samples() if s.name == "en-fr-rail")
    checked = pipeline.check_texts(
        sample.source.read_text("utf-8"), sample.target.read_text("utf-8"), "en", "fr"
    )
    assert "grève" in checked.target.text
    assert [f.text for s in checked.segments for f in s.flags if "grève" in f.text.lower()] == []


def test_progress_names_every_stage(pipeline: Pipeline) -> None:
    seen: list[str] = []
    pipeline.check_texts(
        "Hello world.", "Bonjour le monde.", "en", "fr", progress=lambda s, d, t: seen.append(s)
    )
    assert list(dict.fromkeys(seen)) == [
        "Splitting",
        "Loading the encoder",
        "Aligning",
        "Scoring",
        "Checking",
    ]


def test_pairs_keep_empty_sides_and_line_breaks(pipeline: Pipeline) -> None:
    pairs = [("One.\nTwo.", "Eins.\nZwei."), ("Three.", ""), ("", "Vier.")]
    checked = pipeline.check_pairs(pairs, "en", "de")
    assert [(s.segment.source, s.segment.target) for s in checked.segments] == pairs
    assert checked.target.text == "Eins.\nZwei.\n\nVier."
    assert [s.estimate is None for s in checked.segments] == [False, True, True]
    assert {f.category for f in checked.segments[1].flags} == {"accuracy/omission"}
    assert {f.category for f in checked.segments[2].flags} == {"accuracy/addition"}


def test_recheck_of_an_edited_segment(pipeline: Pipeline) -> None:
    source = "Das Treffen beginnt um 15 Uhr."
    _, wrong = pipeline.recheck(source, "The meeting begins at 17:00.", "de", "en")
    estimate, right = pipeline.recheck(source, "The meeting begins at 15:00.", "de", "en")
    assert "numbers" in {f.check for f in wrong}
    assert right == ()
    assert estimate is not None


@pytest.mark.parametrize(
    "text",
    [
        "\x00 nul \x00.",
        "\ud800 lone.",
        "\u202e bidi \u202c.",
        "<b>&amp;</b> [red]x[/].",
        "a" * 20_000,
        "🙂" * 50,
    ],
)
def test_odd_text_is_answered(pipeline: Pipeline, text: str) -> None:
    checked = pipeline.check_texts(text, text, "en", "fr")
    assert checked.segments


def test_settings_are_checked_before_any_work() -> None:
    with pytest.raises(UnknownNameError, match="known: "):
        Pipeline(Settings(only=("nubmers",))).validate()


def test_clear_errors(pipeline: Pipeline) -> None:
    with pytest.raises(InputError, match="target text is empty"):
        pipeline.check_texts("Hello.", " \n", "en", "fr")
    with pytest.raises(UsageError, match="--from"):
        pipeline.check_texts("Hello.", "Bonjour.", None, "fr")
    with pytest.raises(InputError, match="no segments"):
        pipeline.check_pairs([], "en", "fr")


def test_only_restricts_to_the_named_checks() -> None:
    only = Pipeline(Settings(only=("numbers",)))
    checked = only.check_pairs([("It costs 5 euros euros.", "Es kostet 6 Euro Euro.")], "en", "de")
    assert {f.check for s in checked.segments for f in s.flags} == {"numbers"}


def test_a_sense_inventory_of_ones_own_is_laid_over_ours(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(
        """
[zorb.ball]
gloss = "a ball one rolls in"
en = "zorb"
de = "Zorbkugel/f"
ru = "зорб"

[zorb.tax]
gloss = "a tax on islands"
en = "zorb"
de = "Inselsteuer/f"
ru = "зорбач"
""",
        encoding="utf-8",
    )
    pairs = [("Зорб катится с горы.", "Die Inselsteuer rollt den Berg hinab.")]
    mistaken = [
        [f.text for s in Pipeline(settings).check_pairs(pairs, "ru", "de").segments for f in s.flags]
        for settings in (Settings(only=("wrong-sense",)), Settings(only=("wrong-sense",), senses=mine))
    ]
    assert mistaken == [[], ["Inselsteuer"]]
    mine.write_text("[zorb.ball]\nde = 3\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"mine\.toml"):
        Pipeline(Settings(senses=mine)).validate()


class Marking:
    """An estimator that marks the first two words, under a name that no check has."""

    signature = "marking"

    def estimate(self, pairs, source_lang, target_lang, *, progress=None):
        place = ("target", 0, 9, "puis puis")
        flag = Flag("comet", "accuracy/mistranslation", Severity.MAJOR, *place, "wrong", found_by="model")
        return [Estimate(Score(50.0, "marking"), flags=(flag,)) for _ in pairs]


@pytest.mark.parametrize(
    ("muted", "checks", "found_by"),
    [
        ((), {"doubled-word"}, {"check+model"}),
        (("comet", "of a plug-in that has gone"), {"doubled-word"}, {"check"}),
        (("doubled-word",), {"comet"}, {"model"}),
        (("doubled-word", "comet"), set(), set()),
    ],
)
def test_flags_of_an_estimator_are_muted_like_those_of_checks(
    monkeypatch: pytest.MonkeyPatch, muted: tuple[str, ...], checks: set[str], found_by: set[str]
) -> None:
    monkeypatch.setattr(Resources, "estimator", Marking())
    pipeline = Pipeline(Settings(muted=muted))
    pipeline.validate()
    (segment,) = pipeline.check_pairs([("then he went", "puis puis il va")], "en", "fr").segments
    assert {flag.check for flag in segment.flags} == checks
    assert {flag.found_by for flag in segment.flags} == found_by


def test_terms_of_a_project_leave_the_estimators_flags_alone() -> None:
    pipeline = Pipeline(Settings(only=("suspicious-words",), suspicion="balanced"))
    more = pipeline.with_glossary(Glossary((Term("Handbuch", ("manual",)),)))
    pairs = [(
        "Der Ausschuss wird am Dienstag tagen, um den Haushalt zu beraten.",
        "The umbrella will sleep on Tuesday to eat the blue Haushalt of Haushalt.",
    )]  # fmt: skip
    one, other = (p.check_pairs(pairs, "de", "en").segments[0].flags for p in (pipeline, more))
    assert [flag.check for flag in one] == ["suspicious-words"] * len(one) != []
    assert other == one


def test_a_text_in_another_language_is_remarked_upon_however_short_its_sentences(pipeline: Pipeline) -> None:
    english = ("The cat is asleep.", "The door is open.", "We leave tomorrow.", "It is cold here.")
    french = ("Le chat dort.", "La porte est ouverte.", "Nous partons demain.", "Il fait froid ici.")
    checked = pipeline.check_pairs(list(zip(english, french, strict=True)), "en", "de")
    assert checked.notices == ("the translation looks like French, but is taken for German",)
    checked = pipeline.check_pairs(list(zip(english, french, strict=True)), "en", "fr")
    assert checked.notices == ()
