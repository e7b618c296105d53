"""Long runs of sentences without a counterpart: a missing chapter, a side that ends early.

The search leaves most of what has no counterpart alone, but not all of it: a stranger here and there is
linked to what stands next to it. So a run is not looked for as an unbroken one: each sentence gets a value,
positive where it seems to have no counterpart, negative where it has one, and the runs are the stretches
with the largest sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from qa.model import Document, Link, Side

__all__ = ["GOOD", "Run", "lengths", "runs"]

GOOD = 0.2
"""Affinity (``qa.align.rewards``) from which a link is surely one: few strangers reach it."""

_NEITHER = 0.12  # affinity at which a link speaks neither for nor against
_SLOPE = 8.0
_MISSING = 0.8  # value of a sentence that a link swallowed
_FOUND = -1.5  # value of one whose link is good
_LEAST = 5.0  # sum of a run; of a short text, a fifth of its sentences
_FEWEST = 3.0
_MOST = 5  # runs looked for on a side
_KEPT = 0.12  # share of a run that may be linked well, before it is thinned out rather than gone
_WIDE = 3  # letters that a CJK character is worth


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences ``first`` to ``last`` of ``side``, in the links ``start`` to ``stop - 1``."""

    side: Side
    first: int
    last: int
    start: int
    stop: int
    inside: float
    """Share of the other side that its links hold, 0 to 1: little, unless the other side runs as well."""

    def __len__(self) -> int:
        return self.last - self.first + 1


def lengths(document: Document) -> list[int]:
    """The length of each sentence in letters, comparable between scripts."""
    return [
        len(sentence.text) + (_WIDE - 1) * sum("\u3040" <= c <= "\u9fff" for c in sentence.text)
        for sentence in document.sentences
    ]


def runs(
    links: Sequence[Link],
    affinities: Sequence[float | None],
    side: Side,
    sizes: tuple[Sequence[int], Sequence[int]],
) -> list[Run]:
    """The runs of one side in document order.

    ``affinities`` has one value a link, None for one-sided links and where nothing is known but that they
    were linked; ``sizes`` are the ``lengths`` of both sides.
    """
    masses = [
        (sum(sizes[0][i] for i in link.source), sum(sizes[1][j] for j in link.target)) for link in links
    ]
    known = [b / a for (a, b), link in zip(masses, links, strict=True) if a and b and len(link.source) == 1]
    ratio = median(known) if known else 1.0
    # In letters of this side: how long each link is, and how much of it the other side can account for.
    lefts = [a * ratio for a, _ in masses]
    rights = [float(b) for _, b in masses]
    long, cover = (lefts, rights) if side == "source" else (rights, lefts)
    own = [link.source if side == "source" else link.target for link in links]
    covered = [
        0.0
        if not (link.source and link.target)
        # A link of five sentences with one holds four without a counterpart, whatever its vectors say.
        else min(1.0, there / here)
        if here and len(some) > 1
        else 1.0
        for link, some, here, there in zip(links, own, long, cover, strict=True)
    ]
    values = [
        len(some) * _value(share, affinity)
        for some, share, affinity in zip(own, covered, affinities, strict=True)
    ]
    least = min(_LEAST, max(_FEWEST, sum(map(len, own)) / 5))
    found: list[Run] = []
    stretches = [(0, len(links))]
    while stretches and len(found) < _MOST:
        begin, end = stretches.pop()
        start, stop, total = _best(values, begin, end)
        indices = [index for some in own[start:stop] for index in some]
        if total < least or not indices:
            continue
        stretches += [(begin, start), (stop, end)]
        kept = sum(
            here * share
            for here, share, affinity in list(zip(long, covered, affinities, strict=True))[start:stop]
            if affinity is None or affinity >= GOOD
        )
        if kept > _KEPT * sum(long[start:stop]):
            continue
        inside = sum(cover[start:stop]) / max(1.0, sum(cover))
        found.append(Run(side, indices[0], indices[-1], start, stop, inside))
    return sorted(found, key=lambda run: run.first)


def _value(covered: float, affinity: float | None) -> float:
    """What a sentence says for (above 0) or against its having no counterpart; ``covered`` is the share of
    it that the other side of its link is long enough for, 0 for a sentence alone."""
    if not covered:
        return 1.0
    worth = _FOUND
    if affinity is not None:
        worth = max(_FOUND, min(_MISSING, (_NEITHER - affinity) * _SLOPE))
    return covered * worth + (1 - covered) * _MISSING


def _best(values: Sequence[float], begin: int, end: int) -> tuple[int, int, float]:
    """The stretch of [begin, end) with the largest sum: (start, stop, sum)."""
    best = (begin, begin, 0.0)
    start, total = begin, 0.0
    for at in range(begin, end):
        if total <= 0:
            start, total = at, 0.0
        total += values[at]
        if total > best[2]:
            best = (start, at + 1, total)
    return best
