"""An alignment against a gold one: precision, recall and F1, strict and lax.

The convention is that of vecalign's ``score.py`` (Thompson and Koehn 2019), which published figures use:

- a link is right **strictly** when the gold has exactly it, and **laxly** when it shares at least one
  source and one target sentence with one gold link;
- **precision** is the share of right ones among the links of the test, deletions (links with an empty
  side) among them: a deletion is right when the gold has it, and can only be right strictly;
- **recall** is the same the other way round, without the deletions of both: it asks how many gold links
  with two sides were found;
- a link given twice counts once, a link with two empty sides not at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["F1", "Pair", "score"]

Pair = tuple[tuple[int, ...], tuple[int, ...]]
"""The 0-based source and target sentences of one link."""


@dataclass(frozen=True, slots=True)
class F1:
    """(precision, recall, F1), each 0 to 1, higher is better; 0 where there is nothing to divide by."""

    strict: tuple[float, float, float]
    lax: tuple[float, float, float]

    def as_dict(self) -> dict[str, dict[str, float]]:
        """``{"strict": {"precision": …, "recall": …, "f1": …}, "lax": {…}}``, to six places."""
        names = ("precision", "recall", "f1")
        return {
            kind: {name: round(value, 6) for name, value in zip(names, values, strict=True)}
            for kind, values in (("strict", self.strict), ("lax", self.lax))
        }


def score(gold: Iterable[Pair], test: Iterable[Pair]) -> F1:
    """How well ``test`` agrees with ``gold``; see the module for the convention."""
    true, found = ({pair for pair in pairs if any(pair)} for pairs in (gold, test))
    precise = _hits(true, found)
    recalled = _hits({pair for pair in found if all(pair)}, {pair for pair in true if all(pair)})
    kinds = []
    for kind in (0, 1):
        precision = precise[kind] / max(1, precise[2])
        recall = recalled[kind] / max(1, recalled[2])
        both = precision + recall
        kinds.append((precision, recall, 2 * precision * recall / both if both else 0.0))
    return F1(kinds[0], kinds[1])


def _hits(gold: set[Pair], test: set[Pair]) -> tuple[int, int, int]:
    """How many links of ``test`` are right strictly and laxly, and how many there are."""
    partners: dict[int, set[int]] = defaultdict(set)
    for source, target in gold:
        for index in source:
            partners[index].update(target)
    strict = lax = 0
    for source, target in test:
        if (source, target) in gold:
            strict, lax = strict + 1, lax + 1
        elif any(partners.get(index, set()) & set(target) for index in source):
            lax += 1
    return strict, lax, len(test)
