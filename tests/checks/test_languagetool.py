"""The check that asks a LanguageTool server: what it sends, and what it makes of any answer."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from languagetool_server import Answer, Form, match, serving

from qa.checks import languagetool
from qa.checks.base import Context
from qa.checks.runner import run
from qa.model import Flag, Segment, Severity


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    languagetool._resting.clear()
    yield
    languagetool._resting.clear()


def flags(*targets: str, language: str = "fr", source: str = "") -> dict[int, tuple[Flag, ...]]:
    segments = [Segment(number, source, target) for number, target in enumerate(targets, start=1)]
    return run(Context("en", language, segments), only=["languagetool"])


def answering(*matches: Any) -> Answer:
    return lambda form: (200, json.dumps({"matches": list(matches)}).encode())


def served(monkeypatch: pytest.MonkeyPatch, answer: Answer, *targets: str, **more: str) -> dict[int, Any]:
    with serving(answer) as (address, _):
        monkeypatch.setenv("RELECTURE_LANGUAGETOOL", address)
        return flags(*targets, **more)


def test_nothing_is_sent_without_the_setting() -> None:
    with serving() as (_, received):
        assert flags("Les enfant jouent.") == {1: ()}
    assert received == []


def test_what_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as (address, received):
        monkeypatch.setenv("RELECTURE_LANGUAGETOOL", address + "/")
        flags("Un.", " ", "Deux\ud800.")
    (form,) = received
    assert form["path"] == "/v2/check"
    assert form["text"] == "Un.\n\nDeux?."
    assert form["language"] == "fr"
    assert "WHITESPACE_RULE" in form["disabledRules"].split(",")


def test_no_proxy_sees_the_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert len(served(monkeypatch, lambda form: (200, _of(form, "faux")), "c’est faux")[1]) == 1


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en-US"),
        ("en-GB", "en-GB"),
        ("de-AT", "de-AT"),
        ("pt", "pt-PT"),
        ("pt-BR", "pt-BR"),
        ("es-MX", "es"),
    ],
)
def test_languages_as_the_server_calls_them(monkeypatch: pytest.MonkeyPatch, tag: str, code: str) -> None:
    with serving() as (address, received):
        monkeypatch.setenv("RELECTURE_LANGUAGETOOL", address)
        flags("x y", language=tag)
    assert received[0]["language"] == code


def test_long_documents_are_sent_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    targets = ["Les enfant jouent. " * 200] * 12 + ["x" * languagetool.MAX_TEXT] + ["🏠 la maisson"]
    with serving() as (address, received):
        monkeypatch.setenv("RELECTURE_LANGUAGETOOL", address)
        found = flags(*targets)
    assert len(received) > 2
    assert all(len(form["text"]) <= languagetool.MAX_TEXT for form in received)
    assert [len(found[number]) for number in range(1, 15)] == [200] * 12 + [0, 1]
    assert all(flag.text == "enfant" for flag in found[12])


def test_offsets_are_utf16(monkeypatch: pytest.MonkeyPatch) -> None:
    found = served(monkeypatch, lambda form: (200, _of(form, "faux")), "🏠🏠 un", "🏠 faux 🏠")
    assert [flag.text for flag in found[2]] == ["faux"]
    assert not found[1]


def _of(form: Form, word: str, **more: Any) -> bytes:
    start = form["text"].index(word)
    return json.dumps({"matches": [match(form["text"], start, start + len(word), **more)]}).encode()


@pytest.mark.parametrize(
    ("kind", "group", "category", "severity"),
    [
        ("misspelling", "TYPOS", "linguistic-conventions/spelling", Severity.MINOR),
        ("grammar", "GRAMMAR", "linguistic-conventions/grammar", Severity.MINOR),
        ("typographical", "X", "linguistic-conventions/punctuation", Severity.MINOR),
        ("style", "X", "style/awkward", Severity.NEUTRAL),
        ("uncategorized", "PUNCTUATION", "linguistic-conventions/punctuation", Severity.MINOR),
        (["x"], 7, "linguistic-conventions/grammar", Severity.MINOR),
    ],
)
def test_categories(
    monkeypatch: pytest.MonkeyPatch, kind: object, group: object, category: str, severity: Severity
) -> None:
    found = served(monkeypatch, lambda form: (200, _of(form, "faux", kind=kind, group=group)), "c’est faux")
    (flag,) = found[1]
    assert (flag.category, flag.severity) == (category, severity)
    assert flag.message == "LanguageTool: wrong"


@pytest.mark.parametrize(
    ("kind", "values", "fix"),
    [
        ("grammar", ["a", "b"], ["a"]),
        ("misspelling", ["a", "b"], ["a"]),
        ("style", ["a"], ["a"]),
        ("style", ["a", "b"], []),
        ("grammar", [], []),
        ("grammar", ["a\nb", "x" * 300, 7, None], []),
    ],
)
def test_fixes(monkeypatch: pytest.MonkeyPatch, kind: str, values: list[object], fix: list[str]) -> None:
    answer: Answer = lambda form: (200, _of(form, "faux", kind=kind, values=values))  # noqa: E731
    (flag,) = served(monkeypatch, answer, "c’est faux")[1]
    assert [edit.text for edit in flag.fix] == fix


def test_names_are_no_misspellings(monkeypatch: pytest.MonkeyPatch) -> None:
    answer: Answer = lambda form: (200, _of(form, "Ouagalou", kind="misspelling"))  # noqa: E731
    assert served(monkeypatch, answer, "à Ouagalou") == {1: ()}
    answer = lambda form: (200, _of(form, "tofu", kind="misspelling"))  # noqa: E731
    assert served(monkeypatch, answer, "du tofu", source="some tofu") == {1: ()}


@pytest.mark.parametrize(
    "item",
    [
        None,
        "x",
        [],
        {},
        {"offset": 0, "length": 1},
        {"offset": -1, "length": 2, "message": "m"},
        {"offset": 0, "length": 0, "message": "m"},
        {"offset": True, "length": 1, "message": "m"},
        {"offset": 0.0, "length": 1, "message": "m"},
        {"offset": 0, "length": 10**40, "message": "m"},
        {"offset": 10**40, "length": 1, "message": "m"},
        {"offset": 2, "length": 4, "message": "spans two segments"},
        {"offset": 3, "length": 1, "message": "between two segments"},
        {"offset": 0, "length": 1, "message": " \u202e\n"},
        {"offset": 0, "length": 1, "message": {"a": 1}},
    ],
)
def test_findings_that_cannot_be(monkeypatch: pytest.MonkeyPatch, item: object) -> None:
    good = {"offset": 5, "length": 2, "message": "m\x1b[31m\n" + "n" * 5000, "rule": 5, "replacements": "x"}
    found = served(monkeypatch, answering(item, good), "abc", "defg")
    assert not found[1]
    (flag,) = found[2]
    assert flag.text == "de"
    assert len(flag.message) < 400
    assert flag.message.isprintable()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b""),
        (200, b"<html>hello</html>"),
        (200, b"[]"),
        (200, b'{"matches": 3}'),
        (200, b"[" * 100_000),
        (200, b'{"matches": [' + b"9" * 10_000 + b"]}"),
        (200, b'{"matches": "\xff"}'),
        (200, b" " * (languagetool.MAX_REPLY + 1)),
        (302, b"http://127.0.0.1:9/elsewhere"),
        (400, b"Error: 'fr' is not a language code known to LanguageTool"),
        (500, b"oops"),
    ],
)
def test_answers_that_are_none(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, status: int, body: bytes
) -> None:
    with serving(lambda form: (status, body)) as (address, received):
        monkeypatch.setenv("RELECTURE_LANGUAGETOOL", address)
        assert not any(flags(*["x" * 15_000] * 3).values())
        flags("once more")
    assert len(received) == 1
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert address.removeprefix("http://") in record.getMessage()
    assert "\n" not in record.getMessage()
    assert ("language" in record.getMessage()) == (status == 400)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9",
        "file:///etc/passwd",
        "localhost:8081",
        "http://a:b@127.0.0.1",
        "http://[::1",
        "http://x:y",
    ],
)
def test_addresses_that_are_none(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    monkeypatch.setenv("RELECTURE_LANGUAGETOOL", address)
    assert flags("Les enfant jouent.") == {1: ()}
    (record,) = caplog.records
    assert "RELECTURE_LANGUAGETOOL" in record.getMessage()
    assert record.exc_info is None


def test_a_server_that_is_slow(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    import time

    def answer(form: Form) -> tuple[int, bytes]:
        time.sleep(0.5)
        return 200, b'{"matches": []}'

    monkeypatch.setattr(languagetool, "TIMEOUT", 0.1)
    assert served(monkeypatch, answer, "x") == {1: ()}
    assert "timed out" in caplog.text
