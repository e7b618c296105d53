"""How sure a link is: a logistic regression on what the search saw of it.

Features: how clearly the path into the link's last cell and into the next link's last cell beat the
second best way there, the affinity of the link (``s - .5 loc``), how many sentences it merges, its
length deviation, and whether one side is empty. Fitted by ``python benchmarks/align.py --calibrate
--size 250`` on the gold alignments and on documents made from parallel texts by merging, dropping,
inserting and replacing sentences; once for sentence vectors and once for surfaces.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from qa.align.path import Bead
from qa.align.rewards import Rewards

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FEATURES", "confidences", "features"]

FEATURES = ("one", "margin", "next margin", "affinity", "merged", "length", "alone")
_VECTORS = np.array([0.31, 4.51, 2.51, 4.53, -0.71, -1.15, 1.97])
_SURFACES = np.array([-0.73, 3.96, 3.75, 2.57, -0.28, -0.60, 0.13])
_CAP = 0.6  # a margin beyond it says no more
_LOWEST, _HIGHEST = 0.01, 0.99


def features(path: Sequence[Bead], rewards: Rewards) -> NDArray[np.float64]:
    """One row a bead, columns as in ``FEATURES``."""
    margin = np.minimum([bead.margin for bead in path], _CAP)
    rows = []
    for bead, following in zip(path, [*margin[1:], _CAP], strict=True):
        shape = (bead.a, bead.b, bead.i, bead.j)
        both = bool(bead.a and bead.b)
        rows.append(
            (
                1.0,
                min(bead.margin, _CAP),
                following,
                rewards.affinity(*shape) if both else 0.0,
                max(0, bead.a + bead.b - 2),
                rewards.deviation(*shape) if both else 0.0,
                not both,
            )
        )
    return np.array(rows, np.float64)


def confidences(path: Sequence[Bead], rewards: Rewards, *, surface: bool = False) -> list[float]:
    """The probability of each bead of a path to be right, between .01 and .99; ``surface`` says that no
    vectors of an encoder were compared."""
    if not path:
        return []
    odds = features(path, rewards) @ (_SURFACES if surface else _VECTORS)
    sure = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return [round(float(x), 4) for x in np.clip(sure, _LOWEST, _HIGHEST)]
