"""What a batch engine is: it runs one scorer over many batches of segments, somewhere.

A batch is a table with the columns ``id`` (segment id, unique within the batch), ``source`` and ``target``;
its scores are a table with the same ``id`` column, in any order, and whatever columns the scorer adds. A
batch depends on nothing but itself, so that scoring it again gives the same rows again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Protocol, TypeAlias

from qa.errors import QAError
from qa.registry import Registry

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["ENGINES", "Engine", "Scorer", "check_scores"]

Scorer: TypeAlias = "Callable[[DataFrame], DataFrame]"


class Engine(Protocol):
    """Every engine passes tests/batch/test_engines.py."""

    def run(self, make: Callable[[], Scorer], batches: Iterable[DataFrame]) -> Iterator[DataFrame]:
        """The scores of each batch, one table a batch, in any order of batches.

        ``make`` is called once in every worker and loads what scoring needs; it has to be picklable.
        Batches are taken as they are needed, so that they may come from a stream. Raises what the scorer
        raises, and QAError when the ids of a result are not those of its batch.
        """
        ...


def check_scores(batch: DataFrame, scores: DataFrame) -> DataFrame:
    """``scores``; raises QAError unless every id of ``batch`` has one row in it, and no other has."""
    if "id" not in scores or sorted(scores["id"]) != sorted(batch["id"]):
        raise QAError("the scorer did not return one row for each segment of its batch")
    return scores


ENGINES: Registry[type[Engine]] = Registry(
    "engine",
    {"local": "qa.batch.local:LocalEngine", "ray": "qa.batch.ray:RayEngine"},
    group="relecture.engines",
)
