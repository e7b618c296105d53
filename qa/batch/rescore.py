"""Estimating a whole project again, with another model or engine, and writing what comes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from qa.batch.base import Engine, Scorer
from qa.model import Estimate, Score, WordScore
from qa.review.service import ReviewService
from qa.review.views import Actor

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["EstimateScorer", "rescore"]

Progress = Callable[[int, int], None]


class EstimateScorer:
    """Scores batches with the estimator ``model`` (None is the embedded one)."""

    def __init__(self, source_lang: str, target_lang: str, model: str | None = None) -> None:
        from qa.estimate.base import load

        self._estimator = load(model)
        self._languages = source_lang, target_lang

    def __call__(self, batch: DataFrame) -> DataFrame:
        from pandas import DataFrame

        pairs = list(zip(batch["source"], batch["target"], strict=True))
        estimates = self._estimator.estimate(pairs, *self._languages)
        rows = [_row(id, estimate) for id, estimate in zip(batch["id"], estimates, strict=True)]
        return DataFrame(rows)


def rescore(
    service: ReviewService,
    actor: Actor,
    project_id: int,
    engine: Engine,
    *,
    make: Callable[[], Scorer] | None = None,
    batch_size: int = 256,
    progress: Progress | None = None,
) -> int:
    """Estimate every segment of a project and write the scores, a transaction a batch.

    Interrupted, it leaves whole batches written; run again, it writes the same rows over them. Returns
    the number of segments.
    """
    project = service.project(project_id)
    make = make or partial(EstimateScorer, project.source_lang, project.target_lang)
    done = 0
    for scores in engine.run(make, _batches(service, project_id, batch_size)):
        service.record_scores(
            actor, project_id, {int(row["id"]): _estimate(row) for row in scores.to_dict("records")}
        )
        done += len(scores)
        if progress:
            progress(done, project.segments)
    return done


def _batches(service: ReviewService, project_id: int, size: int) -> Iterator[DataFrame]:
    from pandas import DataFrame

    segments = service.all_segments(project_id)
    while chunk := list(islice(segments, size)):
        yield DataFrame([{"id": s.id, "source": s.source, "target": s.mt} for s in chunk])


def _row(id: int, estimate: Estimate) -> dict[str, Any]:
    quality = estimate.quality
    return {
        "id": id,
        "value": quality.value,
        "low": quality.low,
        "high": quality.high,
        "signature": quality.signature,
        "hter": estimate.hter,
        # Nested lists come back from a table library as arrays; text comes back as it went.
        "words": json.dumps([[word.start, word.end, word.bad, word.major] for word in estimate.words]),
    }


def _estimate(row: dict[Any, Any]) -> Estimate:
    def number(key: str) -> float | None:
        value = row.get(key)
        return None if value is None or value != value else float(value)

    words = tuple(WordScore(*word) for word in json.loads(row.get("words") or "[]"))
    score = Score(float(row["value"]), str(row["signature"]), number("low"), number("high"))
    return Estimate(score, words, number("hter"))
