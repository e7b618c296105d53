"""What every engine promises, tested on every engine that is installed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from qa.batch.base import ENGINES, Engine
from qa.batch.rescore import EstimateScorer, rescore
from qa.errors import PermissionDenied, QAError, UsageError
from qa.model import CheckedDocument, CheckedSegment, Document, Segment
from qa.review.service import ReviewService
from qa.review.views import Actor, Role


def scorer() -> object:
    def score(batch: pd.DataFrame) -> pd.DataFrame:
        value = batch["target"].str.len() + batch["source"].str.len() / 10
        scores = pd.DataFrame({"id": batch["id"], "value": value.astype(float), "signature": "length|v1"})
        return scores.iloc[::-1]

    return score


def forgetful() -> object:
    return lambda batch: pd.DataFrame({"id": batch["id"].iloc[1:], "value": 1.0})


def failing() -> object:
    def score(batch: pd.DataFrame) -> pd.DataFrame:
        raise ZeroDivisionError("in the scorer")

    return score


def tables(count: int, size: int = 4) -> Iterator[pd.DataFrame]:
    for start in range(0, count * size, size):
        ids = range(start, start + size)
        yield pd.DataFrame({"id": ids, "source": [f"с{n}" for n in ids], "target": ["t" * n for n in ids]})


@pytest.fixture(params=["local", "ray"], scope="module")
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "local":
        yield ENGINES.get("local")()
        return
    ray = pytest.importorskip("ray", reason="Ray is not installed (the extra 'ray')")
    # The workers import this module to find its scorers.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
        yield ENGINES.get("ray")()
        ray.shutdown()


def test_every_batch_comes_back_once_with_its_ids(engine: Engine) -> None:
    results = list(engine.run(scorer, tables(7)))  # type: ignore[arg-type]
    assert len(results) == 7
    scores = pd.concat(results).set_index("id")["value"].sort_index()
    assert list(scores.index) == list(range(28))
    assert scores[27] == 27 + 0.3


def test_again_is_the_same(engine: Engine) -> None:
    first, second = (
        pd.concat(engine.run(scorer, tables(3))).sort_values("id", ignore_index=True)  # type: ignore[arg-type]
        for _ in range(2)
    )
    pd.testing.assert_frame_equal(first, second)


def test_nothing_in_nothing_out(engine: Engine) -> None:
    assert list(engine.run(scorer, [])) == []  # type: ignore[arg-type]


def test_batches_are_taken_as_needed(engine: Engine) -> None:
    taken = 0

    def stream() -> Iterator[pd.DataFrame]:
        nonlocal taken
        for table in tables(1000):
            taken += 1
            yield table

    results = engine.run(scorer, stream())  # type: ignore[arg-type]
    next(results)
    assert taken < 20
    results.close()  # type: ignore[attr-defined]


def test_a_scorer_that_loses_segments_is_caught(engine: Engine) -> None:
    with pytest.raises(QAError, match="one row for each segment"):
        list(engine.run(forgetful, tables(1)))  # type: ignore[arg-type]


def test_what_the_scorer_raises_is_raised(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError, match="in the scorer"):
        list(engine.run(failing, tables(2)))  # type: ignore[arg-type]


def unloadable() -> object:
    raise FileNotFoundError("no weights")


def test_a_scorer_that_cannot_be_loaded_is_an_error(engine: Engine) -> None:
    with pytest.raises((QAError, FileNotFoundError), match="no weights"):
        list(engine.run(unloadable, tables(1)))  # type: ignore[arg-type]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[tuple[ReviewService, int]]:
    service = ReviewService.open(tmp_path / "relecture.db")
    lead = Actor("Lea", Role.LEAD)
    id = service.create_project(lead, "News", "ru", "fr").id
    segments = tuple(CheckedSegment(Segment(n, "источник", "cible" * n), None) for n in range(1, 11))
    service.import_document(lead, id, CheckedDocument(None, Document("", "fr"), segments), name="d")
    yield service, id
    service.close()


def test_a_project_is_scored_again(engine: Engine, project: tuple[ReviewService, int]) -> None:
    service, id = project
    lead, seen = Actor("Lea", Role.LEAD), []
    for _ in range(2):
        count = rescore(
            service,
            lead,
            id,
            engine,
            make=scorer,
            batch_size=4,
            progress=lambda *at: seen.append(at),  # type: ignore[arg-type]
        )
        assert count == 10
        assert [view.quality for view in service.all_segments(id)] == [5 * n + 0.8 for n in range(1, 11)]
    assert seen[2] == (10, 10)
    with pytest.raises(PermissionDenied):
        rescore(service, Actor("Tom", Role.TRANSLATOR), id, engine, make=scorer)  # type: ignore[arg-type]


def test_the_embedded_estimator_scores_batches() -> None:
    batch = pd.DataFrame(
        {"id": [7, 9], "source": ["The house is red.", "Good night."], "target": ["La maison est rouge.", ""]}
    )
    scores = EstimateScorer("en", "fr")(batch)
    assert list(scores["id"]) == [7, 9]
    assert scores["value"][0] > scores["value"][1]
    assert scores["words"][0].startswith("[[0, 2, ")


def test_an_engine_that_is_not_installed_says_how_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"pip install 'relecture\[ray\]'"):
        ENGINES.get("ray")()
    with pytest.raises(UsageError, match="known: local, ray"):
        ENGINES.get("spark")
