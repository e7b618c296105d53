"""Vecalign's cost (Thompson and Koehn, EMNLP 2019, section 3) with exact search.

    c(x, y) = (1 - cos(x, y)) |x| |y| / (mean over s of (1 - cos(x, y_s)) + (1 - cos(x_s, y))) · 2

with |x| the number of sentences in a run and y_s random runs of the other side; here the mean is taken
over all of them, which is what random ones estimate. A sentence alone costs the 20th percentile of the
costs of random 1-1 pairs. The paper's search from coarse to fine approximates the exact one done here.
"""

from __future__ import annotations

import numpy as np

from alignment.cases import Case, Pairs
from alignment.peers import vectors
from alignment.peers.monotone import best_pairs, shapes

PERCENTILE = 0.2
_MOST = 6  # sentences in a bead


def align(case: Case) -> Pairs:
    source, target = vectors.of(case)
    distant = []
    for one, other in ((source, target), (target, source)):
        mean = np.concatenate([m[k:] for k, m in enumerate(other.vectors)]).mean(0)
        distant.append([1 - m @ mean for m in one.vectors])
    cost = {}
    for a, b in shapes(_MOST):
        away = 1 - source.vectors[a - 1].astype(float) @ target.vectors[b - 1].T
        cost[a, b] = 2 * a * b * away / (distant[0][a - 1][:, None] + distant[1][b - 1][None] + 1e-6)
    alone = float(np.quantile(cost[1, 1], PERCENTILE))
    return best_pairs({shape: -values for shape, values in cost.items()}, -alone)
