"""The engine on Ray: workers on this machine or on a cluster, each with its own copy of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from qa.batch.base import Scorer, check_scores
from qa.errors import QAError, UsageError

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["RayEngine"]

_QUEUED = 2
"""Batches under way for each worker: one being scored, one waiting, so that none stands idle."""


class RayEngine:
    """Joins the cluster that ``RAY_ADDRESS`` names, or starts Ray on this machine.

    Raises UsageError when Ray is not installed.
    """

    def __init__(self, workers: int = 2) -> None:
        if workers < 1:
            raise UsageError(f"{workers} workers score nothing; give 1 or more")
        self.workers = workers
        try:
            self._ray: Any = import_module("ray")
        except ModuleNotFoundError:
            raise UsageError(
                "the engine ray needs Ray; install it with: pip install 'relecture[ray]'"
            ) from None

    def run(self, make: Callable[[], Scorer], batches: Iterable[DataFrame]) -> Iterator[DataFrame]:
        ray = self._ray
        started = not ray.is_initialized()
        if started:
            ray.init(include_dashboard=False, log_to_driver=False, logging_level="error")
        workers = [ray.remote(_Worker).remote(make) for _ in range(self.workers)]
        under_way: dict[Any, tuple[Any, DataFrame]] = {}
        waiting = iter(batches)
        free = workers * _QUEUED
        try:
            while True:
                while free and (batch := next(waiting, None)) is not None:
                    worker = free.pop(0)
                    under_way[worker.score.remote(batch)] = (worker, batch)
                if not under_way:
                    return
                done, _ = ray.wait(list(under_way), num_returns=1)
                worker, batch = under_way.pop(done[0])
                try:
                    scores = ray.get(done[0])
                except ray.exceptions.RayTaskError as error:
                    # Ray wraps what the scorer raised; callers handle that, whichever the engine.
                    raise error.cause from None
                except ray.exceptions.RayActorError as error:
                    reason = str(error).strip().splitlines()[-1]
                    raise QAError(f"a worker of the engine ray died: {reason}") from error
                free.append(worker)
                yield check_scores(batch, scores)
        finally:
            for worker in workers:
                ray.kill(worker)
            if started:
                ray.shutdown()


class _Worker:
    """One actor: loads the scorer once, then scores what it is sent."""

    def __init__(self, make: Callable[[], Scorer]) -> None:
        self._score = make()

    def score(self, batch: DataFrame) -> DataFrame:
        return self._score(batch)
