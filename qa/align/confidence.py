"""How sure a link is: a logistic regression on what the search saw of it.

Features: the affinity of the link (``s - .5 loc``), its length deviation, how clearly the path into
its last cell and into the next link's last cell beat the second best, the shape, and the affinity of
its two neighbours. Fitted by ``python benchmarks/align.py --calibrate`` on the gold alignments and on
documents made from parallel texts by merging, splitting, dropping and inserting sentences.
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

FEATURES = ("one", "margin", "next margin", "affinity", "neighbours", "merged", "length", "alone")
_WEIGHTS = np.array([-1.0, 2.0, 2.0, 3.0, 1.0, -0.4, -0.2, -0.5])
_CAP = 0.6
_LOWEST, _HIGHEST = 0.01, 0.99


def features(path: Sequence[Bead], rewards: Rewards) -> NDArray[np.float64]:
    """One row a bead, columns as in ``FEATURES``."""
    two_sided = [bool(bead.a and bead.b) for bead in path]
    affinity = np.array(
        [
            rewards.affinity(x.a, x.b, x.i, x.j) if both else 0.0
            for x, both in zip(path, two_sided, strict=True)
        ]
    )
    margin = np.minimum([bead.margin for bead in path], _CAP)
    following = np.append(margin[1:], _CAP)
    around = 0.5 * (np.append(affinity[1:], 0.3) + np.append([0.3], affinity[:-1]))
    length = np.array(
        [
            rewards.deviation(x.a, x.b, x.i, x.j) if both else 0.0
            for x, both in zip(path, two_sided, strict=True)
        ]
    )
    merged = np.array([max(0, bead.a + bead.b - 2) for bead in path])
    alone = ~np.array(two_sided)
    return np.column_stack([np.ones(len(path)), margin, following, affinity, around, merged, length, alone])


def confidences(path: Sequence[Bead], rewards: Rewards) -> list[float]:
    """The probability of each bead of a path to be right, between .01 and .99."""
    if not path:
        return []
    odds = features(path, rewards) @ _WEIGHTS
    sure = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return [round(float(x), 4) for x in np.clip(sure, _LOWEST, _HIGHEST)]
