"""Three searches, each in a smaller room than the one before, and all of them linear in the texts.

The first compares sentences and pairs of them, in few dimensions where texts are long: it finds about where
every sentence belongs, and so where to look for its words, and what is noise. The second knows all shapes
of links, but merged sentences by the mean of their vectors only: it finds the merges that may be right.
Those are encoded as texts of their own, and the third search decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

from qa.align.band import band, centres, corridor
from qa.align.constants import FIRST_SHAPES, SHAPES, Constants
from qa.align.near import neighbourhood
from qa.align.noise import slight
from qa.align.path import Band, Bead, best_path, rivals
from qa.align.rewards import Evidence, Rewards
from qa.align.structure import structure
from qa.align.vectors import Side, principal
from qa.align.words import shares

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qa.model import Document

__all__ = ["Plan", "search"]

_LONG = 3_000
"""Sentences on one side from which the first search reduces the vectors."""
_WIDTH = 192


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to look at. ``first`` judges means of vectors, ``last`` texts. ``slack``: how much worse
    than the best path one with a merge may be for that merge to be encoded as a text; None leaves means
    of vectors to decide. ``shapes`` are those of links with two sides."""

    first: Constants
    last: Constants
    slack: float | None
    shapes: Sequence[tuple[int, int]] = SHAPES


def search(
    left: Side, right: Side, plan: Plan, source: Document, target: Document
) -> tuple[list[Bead], Rewards]:
    """The best path between two sides that both have sentences, and what it was judged by."""
    # Thousands of small matrix products: a second BLAS thread costs more than it brings, and on a busy
    # machine ten times as much.
    with threadpool_limits(1, "blas"):
        first = _first(left, right, plan.first)
        path = best_path(first, band(first.source, first.target), first.alone(left), first.alone(right))
        forth, back = centres(path, len(left), len(right))
        noise = (
            slight(left.texts, right.texts, source.lang, forth),
            slight(right.texts, left.texts, target.lang, back),
        )
        words = None
        if left.words is not None and right.words is not None:
            words = shares(left.words, right.words, forth), shares(right.words, left.words, back)
        near = neighbourhood(left, right, forth), neighbourhood(right, left, back)
        evidence = Evidence(noise, words, structure(source.sentences, target.sentences))
        rewards = Rewards(left, right, plan.first, shapes=plan.shapes, evidence=evidence, near=near)
        cells = corridor(path, len(left), len(right))
    if plan.slack is not None:
        rewards = _refined(rewards, cells, plan, (forth, back))
    with threadpool_limits(1, "blas"):
        return best_path(rewards, cells, rewards.alone(left), rewards.alone(right)), rewards


def _refined(
    rewards: Rewards, cells: Band, plan: Plan, places: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> Rewards:
    """The rewards with every merge that may be right encoded as a text."""
    left, right = rewards.source, rewards.target
    with threadpool_limits(1, "blas"):
        found = rivals(rewards, cells, rewards.alone(left), rewards.alone(right), plan.slack or 0.0)
    overlaps: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
    for sizes, merges in zip(
        overlaps, ({(a, i) for a, _, i, _ in found}, {(b, j) for _, b, _, j in found}), strict=True
    ):
        for size, end in sorted(merges):
            if size > 1:
                sizes.setdefault(size, []).append(end - 1)
    left.refine(overlaps[0])
    right.refine(overlaps[1])
    with threadpool_limits(1, "blas"):
        near = (
            neighbourhood(left, right, places[0], known=rewards.near[0], changed=overlaps[0]),
            neighbourhood(right, left, places[1], known=rewards.near[1], changed=overlaps[1]),
        )
    return Rewards(left, right, plan.last, shapes=plan.shapes, evidence=rewards.evidence, near=near)


def _first(left: Side, right: Side, constants: Constants) -> Rewards:
    if max(len(left), len(right)) > _LONG and left.width > _WIDTH:
        projection = principal((left, right), _WIDTH)
        left, right = left.compact(projection), right.compact(projection)
    return Rewards(left, right, constants, shapes=FIRST_SHAPES)
