"""An existing alignment as the rest of the program expects one: in order and without gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from qa.errors import InputError
from qa.model import Link

__all__ = ["complete"]


def complete(links: Iterable[Link], source_count: int, target_count: int) -> tuple[Link, ...]:
    """``links`` in document order, with a one-sided link for every sentence that none of them names.

    Links that are in order stay in the order given. Raises InputError, naming the sentences, where links
    cross or join sentences that are not neighbours: such an alignment cannot be shown side by side.
    """
    given = [link for link in links if link.source or link.target]
    for link in given:
        for side, indices in (("source", link.source), ("target", link.target)):
            if indices and indices != tuple(range(indices[0], indices[-1] + 1)):
                numbers = ", ".join(str(n + 1) for n in indices)
                raise InputError(
                    f"the alignment links the {side} sentences {numbers}, which are not neighbours; link "
                    "neighbouring sentences only"
                )
    out = _walk(given, source_count, target_count) or _walk(_sorted(given), source_count, target_count)
    if out is None:
        raise InputError(
            f"the alignment has crossing links ({_crossing(given)}); put the sentences of one side into the "
            "order of the other"
        )
    return out


def _walk(links: Sequence[Link], source_count: int, target_count: int) -> tuple[Link, ...] | None:
    """The links with their gaps filled; None where one of them goes back."""
    out: list[Link] = []
    i = j = 0
    for link in links:
        first_i, first_j = (link.source or (i,))[0], (link.target or (j,))[0]
        if first_i < i or first_j < j:
            return None
        out += _gap(i, first_i, j, first_j)
        out.append(link)
        i, j = first_i + len(link.source), first_j + len(link.target)
    return (*out, *_gap(i, source_count, j, target_count))


def _gap(i: int, i_end: int, j: int, j_end: int) -> list[Link]:
    return [Link((n,), (), 1.0) for n in range(i, i_end)] + [Link((), (n,), 1.0) for n in range(j, j_end)]


def _sorted(links: Sequence[Link]) -> list[Link]:
    """Two-sided links by their source, one-sided ones before the first link they precede."""
    lefts = sorted((x for x in links if not x.target), key=lambda x: x.source, reverse=True)
    rights = sorted((x for x in links if not x.source), key=lambda x: x.target, reverse=True)
    out: list[Link] = []
    for link in sorted((x for x in links if x.source and x.target), key=lambda x: x.source):
        while lefts and lefts[-1].source < link.source:
            out.append(lefts.pop())
        while rights and rights[-1].target < link.target:
            out.append(rights.pop())
        out.append(link)
    return [*out, *reversed(lefts), *reversed(rights)]


def _crossing(links: Sequence[Link]) -> str:
    """The first pair of links that cross, for people: sentences counted from 1."""
    both = sorted((x for x in links if x.source and x.target), key=lambda x: x.source)
    for one, other in pairwise(both):
        if other.target[0] <= one.target[-1]:
            return " and ".join(f"{x.source[0] + 1}–{x.target[0] + 1}" for x in (one, other))
    return "one-sided ones inside others"
