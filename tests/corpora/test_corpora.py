"""The sample documents: complete, in the right languages, with a gold list that fits the texts."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from qa.lang import detect
from qa.model import Severity

ROOT = Path(__file__).parents[2] / "corpora"
MANIFEST = tomllib.loads((ROOT / "manifest.toml").read_text(encoding="utf-8"))["corpus"]
NAMES = [entry["name"] for entry in MANIFEST]
DIMENSIONS = {
    "terminology",
    "accuracy",
    "linguistic-conventions",
    "style",
    "locale-conventions",
    "audience-appropriateness",
    "design-and-markup",
    "custom",
}


@dataclass(frozen=True)
class Error:
    side: str
    span: str
    occurrence: int
    category: str
    severity: str
    note: str
    correction: str


def entry(name: str) -> dict[str, str]:
    return next(e for e in MANIFEST if e["name"] == name)


def text(name: str, side: str) -> str:
    return (ROOT / name / entry(name)[side]).read_bytes().decode("utf-8")


def gold(name: str) -> list[Error]:
    with (ROOT / name / "gold.tsv").open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Error(**{**row, "occurrence": int(row["occurrence"])}) for row in rows]


def test_manifest_and_folders_agree() -> None:
    assert sorted(NAMES) == sorted(
        p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith("_")
    )
    for found in MANIFEST:
        files = [found[key] for key in ("source", "target", "gold", "glossary") if key in found]
        assert sorted(files) == sorted(p.name for p in (ROOT / found["name"]).iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_in_their_languages(name: str) -> None:
    for side, lang in (("source", "source_lang"), ("target", "target_lang")):
        content = text(name, side)
        assert detect(content) == entry(name)[lang]
        assert content.endswith("\n")
        assert "\r" not in content
        assert not content.startswith("\ufeff")


@pytest.mark.parametrize("name", NAMES)
def test_documents_are_of_a_useful_size(name: str) -> None:
    ends = len(re.findall(r"[.!?。？！][»”\"]?(?:\s|$|(?<=。))", text(name, "source")))
    assert 12 <= ends <= 28
    assert text(name, "source").count("\n\n") >= 8


@pytest.mark.parametrize("name", NAMES)
def test_every_gold_span_is_in_its_text(name: str) -> None:
    errors = gold(name)
    assert 5 <= len(errors) <= 8
    assert len({error.category for error in errors}) >= 3
    for error in errors:
        content = text(name, error.side)
        assert content.count(error.span) >= error.occurrence >= 1, error
        assert error.category.split("/")[0] in DIMENSIONS
        assert Severity(error.severity).rank >= Severity.MINOR.rank
        assert error.note
        assert error.correction
        assert error.correction != error.span


@pytest.mark.parametrize("name", NAMES)
def test_what_was_left_out_is_really_missing(name: str) -> None:
    for error in gold(name):
        if error.side == "source":
            assert error.category == "accuracy/omission"
            assert error.correction not in text(name, "target")


def test_the_founding_case_is_rendered_both_ways() -> None:
    french = text("ru-fr-news", "target")
    assert (french.count("grèves"), french.count("frappes")) == (2, 3)
    assert "grève" in text("en-fr-rail", "target")
    assert not [e for e in gold("en-fr-rail") if "grève" in e.span]
