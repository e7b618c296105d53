"""Two searches: a quick one finds about where every sentence belongs, a careful one looks only there.

Both are linear in the texts. The first compares sentences and pairs of them in few dimensions; what it
finds tells where to look for words, what is noise, and how narrow the second search may be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

from qa.align.band import band, centres, corridor
from qa.align.constants import FIRST_SHAPES, Constants
from qa.align.near import neighbourhood
from qa.align.noise import slight
from qa.align.path import Bead, best_path
from qa.align.rewards import Evidence, Rewards
from qa.align.structure import structure
from qa.align.vectors import Side, principal
from qa.align.words import shares

if TYPE_CHECKING:
    from qa.model import Document

__all__ = ["search"]

_LONG = 3_000
"""Sentences on one side from which the first search reduces the vectors."""
_WIDTH = 192


def search(
    left: Side, right: Side, constants: Constants, source: Document, target: Document
) -> tuple[list[Bead], Rewards]:
    """The best path between two sides that both have sentences, and what it was judged by."""
    # Thousands of small matrix products: a second BLAS thread costs more than it brings, and on a busy
    # machine ten times as much.
    with threadpool_limits(1, "blas"):
        first = _first(left, right, constants)
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
        rewards = Rewards(left, right, constants, evidence=evidence, near=near)
        cells = corridor(path, len(left), len(right))
        return best_path(rewards, cells, rewards.alone(left), rewards.alone(right)), rewards


def _first(left: Side, right: Side, constants: Constants) -> Rewards:
    if max(len(left), len(right)) > _LONG and left.width > _WIDTH:
        projection = principal((left, right), _WIDTH)
        left, right = left.compact(projection), right.compact(projection)
    return Rewards(left, right, constants, shapes=FIRST_SHAPES)
