"""A small Russian news item in French, already checked, in a database of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import CHROMIUM, FLAGS, Server
from streamlit.testing.v1 import AppTest

from qa.model import (
    CheckedDocument,
    CheckedSegment,
    Document,
    Edit,
    Estimate,
    Flag,
    Score,
    Segment,
    Sentence,
    Severity,
    Span,
    WordScore,
)
from qa.review.service import ReviewService
from qa.review.views import Actor, ProjectView, Role, SegmentFilter, SegmentView

PAIRS = [
    ("Новости порта", "Nouvelles du port"),
    ("Ночью по складам порта были нанесены удары.", "La nuit, des grèves ont touché les entrepôts du port."),
    ("Губернатор сообщил о «двух пострадавших».", "Le gouverneur a annoncé « deux blessés «."),
    ("После ударов работа порта остановлена.", "Après les frappes, le travail du port est arrêté."),
    ("Пожар потушили к утру.", "L'incendie a été éteint au matin."),
]

LEAD, TRANSLATOR, EDITOR = Actor("Lea", Role.LEAD), Actor("Theo", Role.TRANSLATOR), Actor("Eva", Role.EDITOR)


def flag(text: str, word: str, fix: str | None, **changes: object) -> Flag:
    start = text.index(word)
    values: dict[str, object] = {
        "check": "wrong-sense",
        "category": "accuracy/mistranslation",
        "severity": Severity.MAJOR,
        "side": "target",
        "start": start,
        "end": start + len(word),
        "text": word,
        "message": f"«{word}» has another sense here",
        "confidence": 0.9,
        "fix": (Edit(start, start + len(word), fix),) if fix is not None else (),
    }
    return Flag(**{**values, **changes})  # type: ignore[arg-type]


def document(
    pairs: list[tuple[str, str]], flags: dict[int, tuple[Flag, ...]], lang: str = "fr"
) -> CheckedDocument:
    """One segment a pair, one pair a line, as the pipeline would return it."""
    stacks = []
    for side, tag in ((0, "ru"), (1, lang)):
        sentences, at = [], 0
        for index, pair in enumerate(pairs):
            sentences.append(Sentence(index, pair[side], at, at + len(pair[side]), index))
            at += len(pair[side]) + 1
        stacks.append(Document("\n".join(pair[side] for pair in pairs), tag, tuple(sentences)))
    source, target = stacks
    segments = []
    for index, (one, other) in enumerate(zip(source.sentences, target.sentences, strict=True)):
        quality = Score(90.0 - 7 * (index % 12), "test|v1", 82.0 - 7 * (index % 12), 95.0 - 7 * (index % 12))
        segments.append(
            CheckedSegment(
                Segment(
                    index + 1,
                    one.text,
                    other.text,
                    (index,),
                    (index,),
                    0.9,
                    Span(one.start, one.end),
                    Span(other.start, other.end),
                ),
                Estimate(quality, (WordScore(0, 2, 0.8),)),
                flags.get(index, ()),
            )
        )
    return CheckedDocument(source, target, tuple(segments))


def sample() -> CheckedDocument:
    return document(
        PAIRS,
        {
            1: (flag(PAIRS[1][1], "grèves", "frappes"),),
            2: (
                Flag(
                    check="quote-direction",
                    category="linguistic conventions/punctuation",
                    severity=Severity.MINOR,
                    side="target",
                    start=len(PAIRS[2][1]) - 2,
                    end=len(PAIRS[2][1]) - 1,
                    text="«",
                    message="an opening quotation mark closes",
                    fix=(Edit(len(PAIRS[2][1]) - 2, len(PAIRS[2][1]) - 1, "»"),),
                ),
            ),
        },
    )


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database and one with the sample project, made once and copied for every test."""
    folder = tmp_path_factory.mktemp("templates")
    ReviewService.open(folder / "empty.db").close()
    service = ReviewService.open(folder / "port.db")
    made = service.create_project(LEAD, "Port", "ru", "fr")
    service.import_document(LEAD, made.id, sample(), name="port.txt", mt_system="engine 1")
    service.close()
    return folder


@pytest.fixture
def database(
    request: pytest.FixtureRequest, templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Empty, or with the sample project where a test asks for ``project``."""
    path = tmp_path / "review.db"
    shutil.copy(templates / ("port.db" if "project" in request.fixturenames else "empty.db"), path)
    monkeypatch.setenv("RELECTURE_DATABASE", str(path))
    return path


@pytest.fixture
def service(database: Path) -> Iterator[ReviewService]:
    opened = ReviewService.open(database)
    yield opened
    opened.close()


@pytest.fixture
def project(service: ReviewService) -> ProjectView:
    return service.projects()[0]


@pytest.fixture
def segment(service: ReviewService, project: ProjectView) -> SegmentView:
    """Ночью по складам порта были нанесены удары. — La nuit, des grèves …"""
    return service.segments(SegmentFilter(project.id)).rows[1]


@pytest.fixture
def app(database: Path) -> AppTest:
    return AppTest.from_file(str(Path(__file__).parents[2] / "qa" / "ui" / "entry.py"), default_timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def server(database: Path) -> Iterator[Server]:
    running = Server(database)
    yield running
    running.kill()
