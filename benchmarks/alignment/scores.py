"""Strict and lax precision, recall and F1 by the convention of vecalign's ``score.py``.

A link is right strictly when the gold has it, laxly when it shares a source and a target sentence with
one gold link; precision counts one-sided links, recall does not.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from alignment.cases import Pairs


@dataclass(frozen=True)
class F1:
    """(precision, recall, F1), strict and lax."""

    strict: tuple[float, float, float]
    lax: tuple[float, float, float]


def score(gold: Pairs, test: Pairs) -> F1:
    """``test`` against ``gold``; see the module."""
    precise = _hits(gold, test)
    recalled = _hits([x for x in test if all(x)], [x for x in gold if all(x)])
    out = []
    for kind in (0, 1):
        p, r = precise[kind] / max(1, precise[2]), recalled[kind] / max(1, recalled[2])
        out.append((p, r, 2 * p * r / (p + r) if p + r else 0.0))
    return F1(*out)


def _hits(gold: Pairs, test: Pairs) -> tuple[int, int, int]:
    """How many links of ``test`` are right strictly and laxly, and how many there are."""
    exact = set(gold)
    partners: dict[int, set[int]] = defaultdict(set)
    for source, target in gold:
        for index in source:
            partners[index].update(target)
    strict = lax = 0
    for source, target in set(test):
        if (source, target) in exact:
            strict, lax = strict + 1, lax + 1
        elif set(target) & {t for index in source for t in partners[index]}:
            lax += 1
    return strict, lax, len(set(test))
