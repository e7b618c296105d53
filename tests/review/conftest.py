"""A service over an empty database, people in every role, and a small checked document.

With ``RELECTURE_TEST_POSTGRES`` (the URL of a server where databases may be created) the same tests run on
PostgreSQL; without, on a SQLite file.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from stacking import stacked

from qa.model import (
    CheckedDocument,
    CheckedSegment,
    Edit,
    Estimate,
    Flag,
    Score,
    Segment,
    Severity,
    Span,
    WordScore,
)
from qa.review.service import ReviewService
from qa.review.views import Actor, Role, SegmentFilter, SegmentView

PAIRS = (
    ("Новые удары по городу.", "De nouvelles grèves contre la ville."),
    ("Он сказал: «Да».", "Il a dit : «Oui«."),
    ("Потери уточняются.", "Les pertes sont en cours de clarification."),
)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated database to copy: migrating one for each test would take most of the time."""
    path = tmp_path_factory.mktemp("template") / "relecture.db"
    ReviewService.open(path).close()
    return path


@pytest.fixture
def url(tmp_path: Path, migrated: Path) -> Iterator[str]:
    server = os.environ.get("RELECTURE_TEST_POSTGRES")
    if not server:
        yield str(shutil.copy(migrated, tmp_path / "relecture.db"))
        return
    import psycopg

    name = f"relecture_{uuid.uuid4().hex}"
    base = server.rsplit("/", 1)[0]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    yield f"{base}/{name}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def service(url: str) -> Iterator[ReviewService]:
    service = ReviewService.open(url)
    yield service
    service.close()


@pytest.fixture
def lead() -> Actor:
    return Actor("Lea", Role.LEAD)


@pytest.fixture
def translator() -> Actor:
    return Actor("Tom", Role.TRANSLATOR)


@pytest.fixture
def editor() -> Actor:
    return Actor("Eve", Role.EDITOR)


@pytest.fixture
def checked() -> CheckedDocument:
    """Three segments: «grèves» with a fix, a closing guillemet with a fix, one without flags."""
    strikes = Flag(
        "wrong-sense",
        "accuracy/mistranslation",
        Severity.MAJOR,
        "target",
        13,
        19,
        "grèves",
        "military strikes, not labour strikes",
        0.9,
        (Edit(13, 19, "frappes"),),
        "sense",
        {"word": "удары"},
    )
    quote = Flag(
        "quotes", "linguistic-conventions/punctuation", Severity.MINOR, "target", 15, 16, "«", "closes", 0.95,
        (Edit(15, 16, "»"),),
    )  # fmt: skip
    flags = ((strikes,), (quote,), ())
    qualities = (61.5, 80.0, None)
    source, target = stacked([pair[0] for pair in PAIRS], "ru"), stacked([pair[1] for pair in PAIRS], "fr")
    segments = []
    for number, (one, other) in enumerate(zip(source.sentences, target.sentences, strict=True)):
        quality = qualities[number]
        estimate = Estimate(Score(quality, "test|v1", 50, 95), (WordScore(0, 2, 0.25),)) if quality else None
        spans = Span(one.start, one.end), Span(other.start, other.end)
        segment = Segment(number + 1, one.text, other.text, (number,), (number,), 0.9, *spans)
        segments.append(CheckedSegment(segment, estimate, flags[number]))
    return CheckedDocument(source, target, tuple(segments), ("a notice",))


@pytest.fixture
def project(service: ReviewService, lead: Actor, checked: CheckedDocument) -> int:
    """A project that holds the document."""
    project = service.create_project(lead, "News", "ru", "fr").id
    service.import_document(lead, project, checked, name="article", mt_system="engine 1")
    return project


@pytest.fixture
def segment(service: ReviewService, project: int) -> SegmentView:
    """The segment with «grèves»."""
    return service.segments(SegmentFilter(project)).rows[0]
