"""Mending an alignment by hand: pure functions from links to a ``Repair``, which says what changed.

Each keeps what every alignment promises: every sentence in exactly one link, order kept. Links made by
hand have score 1: a person said so; those of ``realign`` have the aligner's. Positions are 0-based
indices into ``links``. All raise UsageError where an operation is not possible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from qa.errors import UsageError
from qa.model import Document, Link, Side

if TYPE_CHECKING:
    from qa.align import Accuracy
    from qa.encoder import Encoder

__all__ = [
    "Aligner",
    "Repair",
    "aligner",
    "check",
    "cut_out",
    "link",
    "merge",
    "realign",
    "shift",
    "split",
    "undo",
    "unlink",
]

Links = tuple[Link, ...]

Aligner = Callable[[Sequence[int], Sequence[int]], Sequence[Link]]
"""Takes the indices of neighbouring source and target sentences and links them; the indices of its
links count from 0 within what it was given."""


@dataclass(frozen=True, slots=True)
class Repair:
    """``removed``, which began at ``start``, was replaced by ``added``; ``links`` is the whole alignment
    afterwards. Every link outside is the very object it was."""

    links: Links
    start: int
    removed: Links
    added: Links


def merge(links: Sequence[Link], first: int, last: int | None = None) -> Repair:
    """One link of all links from ``first`` to ``last`` (default: the next one)."""
    last = first + 1 if last is None else last
    _inside(links, first)
    _inside(links, last)
    if last <= first:
        raise UsageError("merging needs two links or more")
    parts = links[first : last + 1]
    whole = _link((x for part in parts for x in part.source), (y for part in parts for y in part.target))
    return _replaced(links, first, len(parts), [whole])


def split(links: Sequence[Link], at: int, source: int, target: int) -> Repair:
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
    return _replaced(links, at, 1, parts)


def shift(links: Sequence[Link], at: int, side: Side, direction: Literal["up", "down"]) -> Repair:
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
    return _replaced(links, min(at, other), 2, [x for x in pair if x.source or x.target])


def unlink(links: Sequence[Link], at: int) -> Repair:
    """Take a link's sides apart: its source sentences without a counterpart, then its target's."""
    _inside(links, at)
    whole = links[at]
    if not (whole.source and whole.target):
        raise UsageError(f"link {at + 1} has only one side; there is nothing to take apart")
    return _replaced(links, at, 1, [_link(whole.source, ()), _link((), whole.target)])


def link(links: Sequence[Link], first: int, second: int) -> Repair:
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
    return _replaced(links, first, second + 1 - first, [*before, pair, *after])


def realign(links: Sequence[Link], before: int, after: int, align: Aligner) -> Repair:
    """Align anew what lies strictly between the fixed links ``before`` and ``after``.

    ``before`` may be -1 and ``after`` the number of links: the ends of the document. A link that comes out
    as it was stays the object it was, with its score; nothing is removed when all do.
    """
    if not -1 <= before < after <= len(links):
        raise UsageError("the fixed links must be two of this alignment, the first before the second")
    start = before + 1
    old = links[start:after]
    if not old:
        raise UsageError("nothing lies between these two links; choose links further apart")
    sides = [x for item in old for x in item.source], [y for item in old for y in item.target]
    known = {(item.source, item.target): item for item in old}
    new = []
    for found in align(*sides):
        shape = tuple(sides[0][i] for i in found.source), tuple(sides[1][j] for j in found.target)
        new.append(known.get(shape) or Link(*shape, found.score))
    if [x for item in new for x in item.source] != sides[0] or [
        y for item in new for y in item.target
    ] != sides[1]:
        raise UsageError("the aligner left sentences out or changed their order; nothing was changed")
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    return _replaced(links, start + head, len(old) - head - tail, new[head : len(new) - tail])


def aligner(
    source: Document, target: Document, *, encoder: Encoder | None = None, accuracy: Accuracy = "default"
) -> Aligner:
    """``qa.align.align`` over sentences cut out of two documents, for ``realign``."""
    from qa.align import align

    def run(sources: Sequence[int], targets: Sequence[int]) -> Links:
        cuts = cut_out(source, sources), cut_out(target, targets)
        return align(*cuts, encoder=encoder, accuracy=accuracy).links

    return run


def cut_out(document: Document, indices: Sequence[int]) -> Document:
    """Neighbouring sentences of a document as a document of their own, numbered from 0."""
    if not indices:
        return replace(document, text="", sentences=())
    own = document.sentences[indices[0] : indices[-1] + 1]
    base, paragraph = own[0].start, own[0].paragraph
    sentences = tuple(
        replace(
            item, index=n, start=item.start - base, end=item.end - base, paragraph=item.paragraph - paragraph
        )
        for n, item in enumerate(own)
    )
    return replace(document, text=document.text[base : own[-1].end], sentences=sentences)


def undo(repair: Repair) -> Repair:
    """What takes ``repair`` back."""
    return _replaced(repair.links, repair.start, len(repair.added), repair.removed)


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


def _replaced(links: Sequence[Link], start: int, count: int, added: Iterable[Link]) -> Repair:
    new = tuple(added)
    stop = start + count
    return Repair((*links[:start], *new, *links[stop:]), start, tuple(links[start:stop]), new)


def _same(old: Sequence[Link], new: Sequence[Link]) -> int:
    """How many links are the same objects, from the beginning."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one is not other:
            break
        count += 1
    return count


def _inside(links: Sequence[Link], at: int) -> None:
    if not 0 <= at < len(links):
        raise UsageError(f"there is no link {at + 1}; there are {len(links)}")


def _link(source: Iterable[int], target: Iterable[int]) -> Link:
    return Link(tuple(source), tuple(target), 1.0)


def _with(old: Link, side: Side, indices: tuple[int, ...]) -> Link:
    return _link(indices, old.target) if side == "source" else _link(old.source, indices)
