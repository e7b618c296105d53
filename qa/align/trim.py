"""Take a sentence without a counterpart out of the merged link that swallowed it.

The search likes a neighbour better than nothing: a sentence that the translator left out often ends up
as the second half of a 2-1 link. Such a link shows in several ways at once: its lengths do not fit, it
fits better without the sentence, the sentence alone is far from the other side, its words are not found
there and the other side's not in it. Only the outer sentences of a link are looked at; an inner one would
tear the link in two.

The bounds were chosen on documents made from parallel texts by leaving out and by joining sentences
(``python benchmarks/align.py --omissions``) such that the gold alignments lose nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from qa.align.path import Bead
from qa.align.rewards import Rewards, Shape

__all__ = ["trimmed"]

_MISFIT = 0.35
"""Length deviation of the link (0 to 4) below which nothing is wrong with it."""
_MISFIT_ALONE = 1.0
"""The same where words were not compared."""
_FOUND = 0.25
"""Share of the sentence's words found on the other side above which it belongs there."""
_WANTED = 0.7
"""The other side's words found in it, as a multiple of the average sentence of the link, above which it
belongs there."""
_STRANGER = 0.2
"""Affinity of the sentence with the other side above which it belongs there."""
_FITS = 0.25
"""Affinity that what remains must have: where nothing fits, the translation is free, not incomplete."""
_DEVIATION = 0.3
"""How much worse the lengths may fit without the sentence."""


def trimmed(path: Iterable[Bead], rewards: Rewards) -> list[Bead]:
    """The path with strangers in links of their own; every sentence stays in exactly one link."""
    return [part for bead in path for part in _parts(bead, rewards)]


def _parts(bead: Bead, rewards: Rewards) -> Iterator[Bead]:
    if not bead.a or not bead.b or bead.a + bead.b == 2:
        yield bead
        return
    whole = rewards.affinity(bead.a, bead.b, bead.i, bead.j)
    deviation = rewards.deviation(bead.a, bead.b, bead.i, bead.j)
    best: tuple[float, Bead, Bead] | None = None
    for rest, lone, member in _cuts(bead) if deviation > _MISFIT else ():
        shape = (rest.a, rest.b, rest.i, rest.j)
        remains = rewards.affinity(*shape)
        gain = remains - whole
        if (
            gain > 0
            and remains > _FITS
            and (best is None or gain > best[0])
            and rewards.affinity(*member) < _STRANGER
            and rewards.deviation(*shape) - deviation < _DEVIATION
            and _strange(rewards.company((bead.a, bead.b, bead.i, bead.j), member), deviation)
        ):
            best = gain, rest, lone
    if best is None:
        yield bead
        return
    _, rest, lone = best
    if (lone.i, lone.j) == (bead.i, bead.j):
        yield from _parts(rest, rewards)
        yield lone
    else:
        yield lone
        yield from _parts(rest, rewards)


def _strange(company: tuple[float, float] | None, deviation: float) -> bool:
    if company is None:
        return deviation > _MISFIT_ALONE
    return company[0] < _FOUND and company[1] < _WANTED


def _cuts(bead: Bead) -> Iterator[tuple[Bead, Bead, Shape]]:
    """(the rest, the sentence alone, the shape of the sentence against the whole other side)."""
    i, j, a, b = bead.i, bead.j, bead.a, bead.b
    if a > 1:
        yield replace(bead, a=a - 1, i=i - 1), replace(bead, a=1, b=0), (1, b, i, j)
        first = i - a + 1
        yield replace(bead, a=a - 1), replace(bead, i=first, j=j - b, a=1, b=0), (1, b, first, j)
    if b > 1:
        yield replace(bead, b=b - 1, j=j - 1), replace(bead, a=0, b=1), (a, 1, i, j)
        first = j - b + 1
        yield replace(bead, b=b - 1), replace(bead, i=i - a, j=first, a=0, b=1), (a, 1, i, first)
