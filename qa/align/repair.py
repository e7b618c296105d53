"""Mending an alignment by hand: pure functions from links to links.

Each keeps what every alignment promises: every sentence in exactly one link, order kept. Links made
here have score 1: a person said so. Positions are 0-based indices into ``links``. All raise UsageError
where an operation is not possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from qa.errors import UsageError
from qa.model import Link, Side

__all__ = ["check", "link", "merge", "shift", "split", "unlink"]

Links = tuple[Link, ...]


def merge(links: Sequence[Link], first: int, last: int | None = None) -> Links:
    """One link of all links from ``first`` to ``last`` (default: the next one)."""
    last = first + 1 if last is None else last
    _inside(links, first)
    _inside(links, last)
    if last <= first:
        raise UsageError("merging needs two links or more")
    parts = links[first : last + 1]
    whole = _link((x for part in parts for x in part.source), (y for part in parts for y in part.target))
    return (*links[:first], whole, *links[last + 1 :])


def split(links: Sequence[Link], at: int, source: int, target: int) -> Links:
    """Two links of one: its first ``source`` and ``target`` sentences, and the others."""
    _inside(links, at)
    whole = links[at]
    if not (0 <= source <= len(whole.source) and 0 <= target <= len(whole.target)):
        raise UsageError(
            f"link {at + 1} has {len(whole.source)}:{len(whole.target)} sentences; cannot split there"
        )
    parts = (
        _link(whole.source[:source], whole.target[:target]),
        _link(whole.source[source:], whole.target[target:]),
    )
    if any(not part.source and not part.target for part in parts):
        raise UsageError("a split needs sentences on both sides of it")
    return (*links[:at], *parts, *links[at + 1 :])


def shift(links: Sequence[Link], at: int, side: Side, direction: Literal["up", "down"]) -> Links:
    """Move the first (``up``) or last (``down``) sentence of one side of a link into the neighbouring
    link. A link that is left without sentences disappears."""
    _inside(links, at)
    other = at - 1 if direction == "up" else at + 1
    if not 0 <= other < len(links):
        raise UsageError("there is no link to move the sentence to")
    giver = links[at]
    own = giver.source if side == "source" else giver.target
    if not own:
        raise UsageError(f"link {at + 1} has no {side} sentence to move")
    given, kept = (own[:1], own[1:]) if direction == "up" else (own[-1:], own[:-1])
    taker = links[other]
    old = taker.source if side == "source" else taker.target
    taken = (*old, *given) if direction == "up" else (*given, *old)
    giver, taker = _with(giver, side, kept), _with(taker, side, taken)
    pair = (taker, giver) if direction == "up" else (giver, taker)
    start = min(at, other)
    return (*links[:start], *(x for x in pair if x.source or x.target), *links[start + 2 :])


def unlink(links: Sequence[Link], at: int) -> Links:
    """Take a link's sides apart: its source sentences without a counterpart, then its target's."""
    _inside(links, at)
    whole = links[at]
    if not (whole.source and whole.target):
        raise UsageError(f"link {at + 1} has only one side; there is nothing to take apart")
    return (*links[:at], _link(whole.source, ()), _link((), whole.target), *links[at + 1 :])


def link(links: Sequence[Link], first: int, second: int) -> Links:
    """Link a one-sided link with one of the other side, across one-sided links only.

    What lies between them stays unlinked: source sentences before the new link or after it, as their
    order demands.
    """
    first, second = sorted((first, second))
    _inside(links, first)
    _inside(links, second)
    one, two = links[first], links[second]
    if bool(one.source) == bool(two.source) or (one.source and one.target) or (two.source and two.target):
        raise UsageError("linking needs one link with a source only and one with a target only")
    between = links[first + 1 : second]
    if any(x.source and x.target for x in between):
        raise UsageError("a linked pair lies between these two; move or unlink it first")
    side: Side = "source" if one.source else "target"
    # Sentences of the first link's side come after it, those of the other side before its partner.
    before = [x for x in between if bool(x.source) != (side == "source")]
    after = [x for x in between if bool(x.source) == (side == "source")]
    pair = _link(one.source or two.source, one.target or two.target)
    return (*links[:first], *before, pair, *after, *links[second + 1 :])


def check(links: Sequence[Link], sources: int, targets: int) -> None:
    """Raise UsageError unless every sentence is in exactly one link and the order is kept."""
    for name, count, found in (
        ("source", sources, [x for item in links for x in item.source]),
        ("target", targets, [x for item in links for x in item.target]),
    ):
        if found != list(range(count)):
            raise UsageError(f"the links do not cover the {name} sentences once each and in order")
    if any(not item.source and not item.target for item in links):
        raise UsageError("a link without any sentence")


def _inside(links: Sequence[Link], at: int) -> None:
    if not 0 <= at < len(links):
        raise UsageError(f"there is no link {at + 1}; there are {len(links)}")


def _link(source: Iterable[int], target: Iterable[int]) -> Link:
    return Link(tuple(source), tuple(target), 1.0)


def _with(old: Link, side: Side, indices: tuple[int, ...]) -> Link:
    return _link(indices, old.target) if side == "source" else _link(old.source, indices)
