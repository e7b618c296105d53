"""The engine in this process: one batch after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from qa.batch.base import Scorer, check_scores

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["LocalEngine"]


class LocalEngine:
    """Needs nothing and loses nothing on the way; the models use the threads they were given."""

    def run(self, make: Callable[[], Scorer], batches: Iterable[DataFrame]) -> Iterator[DataFrame]:
        score: Scorer | None = None
        for batch in batches:
            score = score or make()
            yield check_scores(batch, score(batch))
