"""The case the project was born from, on the sample documents, through the whole pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.model import CheckedDocument, Flag
from qa.pipeline import Pipeline

ROOT = Path(__file__).parents[2] / "corpora"


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


def check(pipeline: Pipeline, name: str, source_lang: str, target_lang: str) -> CheckedDocument:
    source, target = (
        (ROOT / name / file).read_text(encoding="utf-8")
        for file in (f"source.{source_lang}.txt", f"mt.{target_lang}.txt")
    )
    return pipeline.check_texts(source, target, source_lang, target_lang)


def flags(checked: CheckedDocument) -> list[Flag]:
    return [flag for item in checked.segments for flag in item.flags]


def test_military_strikes_and_turned_guillemets_are_flagged_and_mended(pipeline: Pipeline) -> None:
    checked = check(pipeline, "ru-fr-news", "ru", "fr")
    senses = [flag for flag in flags(checked) if flag.text == "grèves"]
    assert len(senses) == 2
    for flag in senses:
        assert flag.category == "accuracy/mistranslation"
        assert [edit.text for edit in flag.fix] == ["frappes"]
        assert "frappes" in flag.message
    turned = [flag for flag in flags(checked) if flag.text == "«"]
    assert len(turned) == 2
    assert all([edit.text.strip() for edit in flag.fix] == ["»"] for flag in turned)
    assert not [flag for flag in flags(checked) if "frappes" in flag.text]


def test_a_real_labour_strike_is_left_alone(pipeline: Pipeline) -> None:
    checked = check(pipeline, "en-fr-rail", "en", "fr")
    assert not [flag for flag in flags(checked) if "grève" in flag.text]
