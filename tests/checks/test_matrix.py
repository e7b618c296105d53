"""Every check against its fixtures, and the rules every check keeps: pure, total, spans in range."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from check_matrix import MATRIX, Case
from languagetool_server import serving

from qa.checks import CHECKS
from qa.checks.base import Check, Context, DocumentCheck, SegmentCheck
from qa.checks.runner import run
from qa.estimate.words import split_words
from qa.model import Estimate, Flag, Score, Segment, Severity, Span, WordScore, apply_edits
from qa.terms import hunspell

HEADINGS = ["What it flags", "Why it matters", "Example", "Fix"]
NAMES = CHECKS.names()


@pytest.fixture(autouse=True)
def _no_check_fails(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The runner swallows the exceptions of checks; here they must not happen."""
    yield
    assert not caplog.records


@pytest.fixture(scope="module")
def languagetool() -> Iterator[str]:
    with serving() as (address, _):
        yield address


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, languagetool: str) -> Iterator[None]:
    """The dictionaries and the server that some checks look for; each test runs one check alone."""
    monkeypatch.setenv("RELECTURE_HUNSPELL", str(Path(__file__).parent / "dictionaries"))
    monkeypatch.setenv("RELECTURE_LANGUAGETOOL", languagetool)
    hunspell.load.cache_clear()
    yield
    hunspell.load.cache_clear()


def flags_of(name: str, case: Case) -> tuple[Flag, ...]:
    """The flags of the first segment of ``case``."""
    source_lang, _, target_lang = case.languages.partition("-")
    pairs = [(case.source, case.target), *case.more]
    segments = [
        Segment(
            number,
            source,
            target,
            source_span=Span(0, len(source)) if case.document and source else None,
            target_span=Span(0, len(target)) if case.document and target else None,
        )
        for number, (source, target) in enumerate(pairs, start=1)
    ]
    words = tuple(
        WordScore(start, end, 0.9 if case.target[start:end] in case.doubts else 0.1)
        for start, end in split_words(case.target)
    )
    missing = tuple(
        WordScore(start, end, 0.6)
        for start, end in split_words(case.source)
        if case.source[start:end] in case.missing
    )
    added = tuple(
        WordScore(start, end, 0.6)
        for start, end in split_words(case.target)
        if case.target[start:end] in case.added
    )
    context = Context(
        source_lang,
        target_lang,
        segments,
        {1: Estimate(Score(50.0, "model"), words, missing=missing, added=added)},
        case.glossary,
        suspicion=0.5,
    )
    return run(context, only=[name])[1]


def cases(*kinds: str) -> list[object]:
    return [
        pytest.param(name, case, id=f"{name}-{kind}-{number}")
        for name, entry in MATRIX.items()
        for kind in kinds
        for number, case in enumerate(getattr(entry, kind))
    ]


def test_every_check_is_in_the_matrix() -> None:
    assert set(NAMES) == set(MATRIX)


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_fixture_is_there(name: str) -> None:
    entry = MATRIX[name]
    assert all((entry.good, entry.bad, entry.ignored, entry.rtl, entry.cjk))
    assert all(case.flagged for case in entry.bad)
    assert not any(case.flagged for case in (*entry.good, *entry.ignored))


@pytest.mark.parametrize(
    ("name", "target"), [("placeholders", "à %s, %s"), ("tags", "à <br>, <br>"), ("markdown", "`a` à `a`")]
)
def test_of_what_stands_too_often_the_last_is_flagged(name: str, target: str) -> None:
    source = {"placeholders": "to %s", "tags": "to <br>", "markdown": "to `a`"}[name]
    (flag,) = flags_of(name, Case("en-fr", source, target))
    assert flag.start == target.rindex(flag.text) > 0


@pytest.mark.parametrize(("name", "case"), cases("good", "bad", "ignored", "rtl", "cjk"))
def test_case(name: str, case: Case) -> None:
    found = flags_of(name, case)
    assert tuple(flag.text for flag in found) == case.flagged
    if case.fixed is not None:
        edits = [edit for flag in found for edit in flag.fix]
        assert apply_edits(case.target, edits) == case.fixed


@pytest.mark.parametrize(("name", "case"), cases("bad"))
def test_a_fixed_text_is_silent(name: str, case: Case) -> None:
    if case.fixed is None:
        pytest.skip("this case has no fix")
    again = Case(
        case.languages,
        case.source,
        case.fixed,
        document=case.document,
        more=case.more,
        glossary=case.glossary,
    )
    assert [flag.text for flag in flags_of(name, again)] == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("pair", [("", ""), ("", "x"), ("x", ""), (" \n", " \t")])
def test_empty_sides_are_safe(name: str, pair: tuple[str, str]) -> None:
    check = CHECKS.get(name)
    found = flags_of(name, Case("en-fr", *pair))
    assert check.one_sided or not found


@pytest.mark.parametrize("name", NAMES)
def test_metadata(name: str) -> None:
    check = CHECKS.get(name)
    assert check.id == name
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert re.fullmatch(r"[a-z-]+/[a-z-]+", check.category)
    assert isinstance(check.severity, Severity)
    assert 0.5 <= check.precision <= 1
    assert check.messages
    assert issubclass(check, SegmentCheck | DocumentCheck)
    assert check.scope == ("document" if issubclass(check, DocumentCheck) else "segment")


@pytest.mark.parametrize("name", NAMES)
def test_docstring_is_a_user_page(name: str) -> None:
    page = inspect.getdoc(CHECKS.get(name)) or ""
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == HEADINGS
    summary, *sections = re.split(r"^## .+$", page, flags=re.MULTILINE)
    assert summary.strip().endswith(".")
    assert all(section.strip() for section in sections)


@pytest.mark.parametrize("name", NAMES)
def test_messages_can_be_rendered(name: str) -> None:
    """Every key that the class names is used, and every flag seen fills its message."""
    check: type[Check] = CHECKS.get(name)
    used = {
        flag.key
        for entry in [MATRIX[name]]
        for kind in ("bad", "rtl", "cjk")
        for case in getattr(entry, kind)
        for flag in flags_of(name, case)
    }
    assert used
    assert used <= set(check.messages)
