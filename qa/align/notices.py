"""Remarks about two documents as a whole, in one line each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qa.align.rewards import Rewards
from qa.lang import base, detect, name
from qa.model import Document, Link

__all__ = ["notices"]

_SAMPLE = 3000  # characters are plenty to tell a language by
_LEAST = 200  # fewer say too little
_UNRELATED = 0.12
_RUN = 5


def notices(
    source: Document, target: Document, links: Sequence[Link], rewards: Rewards | None
) -> tuple[str, ...]:
    """What a person should know before trusting ``links``; ``rewards`` is None where no vectors were
    compared."""
    out = [_languages(source, target)]
    if not source.sentences or not target.sentences:
        empty = [side for side, d in (("source", source), ("target", target)) if not d.sentences]
        out.append(f"the {' and the '.join(empty)} {'have' if len(empty) > 1 else 'has'} no sentences")
    else:
        unrelated = _unrelated(links, rewards)
        out.append(unrelated)
        if not unrelated:
            out += [_missing(links, "source", "target"), _missing(links, "target", "source")]
    return tuple(notice for notice in out if notice)


def _languages(source: Document, target: Document) -> str:
    if min(len(source.text), len(target.text)) < _LEAST:
        return ""
    wanted = base(source.lang), base(target.lang)
    found = detect(source.text[:_SAMPLE]), detect(target.text[:_SAMPLE])
    if wanted[0] != wanted[1] and found == wanted[::-1]:
        return (
            f"source and target seem to be swapped: the source looks like {name(wanted[1])}, "
            f"the target like {name(wanted[0])}"
        )
    if found[0] is not None and found[0] == found[1] and wanted[0] != wanted[1] and found[0] in wanted:
        return f"both texts look like {name(found[0])}"
    return ""


def _unrelated(links: Sequence[Link], rewards: Rewards | None) -> str:
    if rewards is None:
        return ""
    affinity = [
        rewards.affinity(len(x.source), len(x.target), x.source[-1] + 1, x.target[-1] + 1)
        for x in links
        if x.source and x.target
    ]
    # What stands alone counts as nothing alike: unrelated texts are mostly left unlinked.
    alone = sum(len(x.source) + len(x.target) for x in links if not (x.source and x.target))
    typical = float(np.median([*affinity, *[0.0] * (alone // 2)])) if affinity or alone else 0.0
    if typical >= _UNRELATED:
        return ""
    return "these two texts do not look like translations of each other"


def _missing(links: Sequence[Link], side: str, other: str) -> str:
    """The longest run of sentences of ``side`` without a counterpart, where it is long."""
    best: list[int] = []
    run: list[int] = []
    for item in links:
        if item.source and item.target:
            run = []
            continue
        run = [*run, *(item.source if side == "source" else item.target)]
        best = max(best, run, key=len)
    if len(best) < _RUN:
        return ""
    return (
        f"{side} sentences {best[0] + 1} to {best[-1] + 1} have no counterpart in the {other}: "
        f"a part of the {other} may be missing"
    )
