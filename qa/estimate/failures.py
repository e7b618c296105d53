"""What is said about segments that an estimator could not score."""

from __future__ import annotations

from collections.abc import Iterable

from qa.model import Estimate

__all__ = ["failure_notices"]

MAX_SHOWN = 10


def failure_notices(estimates: Iterable[tuple[int, Estimate]]) -> tuple[str, ...]:
    """A line for each (id of a segment, estimate) that failed, and one for what is beyond the tenth."""
    failed = [(id, estimate.failure) for id, estimate in estimates if estimate.failure]
    shown = [f"segment {id} has no score: {reason}" for id, reason in failed[:MAX_SHOWN]]
    if len(failed) > len(shown):
        shown.append(f"{len(failed) - len(shown)} more segments have no score")
    return tuple(shown)
