"""Windows and length buckets: how texts of any length become batches of a bounded size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

__all__ = ["buckets", "windows"]


def windows(length: int, size: int, most: int) -> list[tuple[int, int]]:
    """Half-open ranges that cover ``[0, length)`` evenly with at most ``size`` each.

    At most ``most`` windows: what lies behind them is left out. An empty text has one empty window.
    """
    length = min(length, size * most)
    count = max(1, -(-length // size))
    edges = [length * i // count for i in range(count + 1)]
    return list(pairwise(edges))


def buckets(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Indices of items of similar length, in groups whose padded size stays within ``budget``.

    Longest first, so that memory peaks at the start and not after an hour. Every index comes once; an
    item longer than the budget makes a group of its own.
    """
    group: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if group and (len(group) + 1) * lengths[group[0]] > budget:
            yield group
            group = []
        group.append(index)
    if group:
        yield group
