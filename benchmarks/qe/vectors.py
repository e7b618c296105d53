"""Teach the judge that reads the second encoder's vectors (``qa.estimate.vectors``).

    RELECTURE_DATA=../shared/data python benchmarks/qe/vectors.py --work WORK
    RELECTURE_DATA=../shared/data python benchmarks/qe/ship.py --again --vectors WORK/vectors.npz

Takes minutes on one core, most of them for the vectors, which stay in WORK. It learns from judged pairs of
all languages, those too that the encoder was not taught, and from twins; from nothing of the development sets
and nothing that calibration holds back.
"""

from __future__ import annotations

import argparse
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from calibrate import judges
from examples import held_back, judged_rows, standardised, twin_rows
from torch import Tensor, nn
from torch.nn import functional

from corpora import Row
from qa.encoder.use import load_use
from qa.estimate.vectors import compared

TWINS, SEED = 24_000, 11
SIZES = (2048, 256, 64, 1)
ALONE = (False, False, True, True)
"""Whether a judge also sees each side alone. What it learns from that (which sources are hard, which domains
are judged severely) helps on texts like those that taught it and harms on others."""
EPOCHS, BATCH, RATE = 6, 256, 1e-3
ORDER = 0.2
"""What the order of twins weighs beside the judgements."""


class Texts:
    """The vectors of texts, kept in ``work``."""

    def __init__(self, texts: list[str], work: Path) -> None:
        use = load_use(threads=1, cache=work, dtype=lambda: torch.float32)

        def progress(done: int, total: int) -> None:
            print(f"\r{done} of {total} texts", end="", file=sys.stderr)

        self._row = {text: at for at, text in enumerate(dict.fromkeys(texts))}
        self._vectors = use.embed(list(self._row), progress=progress).astype(np.float16)

    def rows(self, pairs: list[Row]) -> np.ndarray:
        """(pairs, 2): where the vectors of both sides are."""
        return np.array([[self._row[pair.src], self._row[pair.mt]] for pair in pairs])

    def compared(self, rows: np.ndarray) -> Tensor:
        """What a judge reads of pairs of :meth:`rows`."""
        source, target = self._vectors[rows.T].astype(np.float32)
        return torch.from_numpy(compared(source, target))


def taught(
    texts: Texts, judged: tuple[np.ndarray, ...], twins: tuple[np.ndarray, ...], alone: bool, seed: int
) -> list[np.ndarray]:
    """The layers of one judge, each (in + 1, out). ``judged``: rows of texts, what people said, what that
    weighs; ``twins``: rows of the better and of the worse, margins."""
    torch.manual_seed(seed)
    layers = [nn.Linear(*shape) for shape in pairwise(SIZES)]
    parts: list[nn.Module] = [nn.Dropout(0.3), layers[0], nn.ReLU(), nn.Dropout(0.3), layers[1], nn.ReLU()]
    judge = nn.Sequential(*parts, layers[2], nn.Flatten(0))
    seen = torch.ones(SIZES[0])
    seen[SIZES[0] // 2 :] = float(alone)
    optimiser = torch.optim.AdamW(judge.parameters(), lr=RATE, weight_decay=0.01)
    rows, said, weight = judged
    better, worse, margin = twins
    steps = len(rows) // BATCH
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, RATE, total_steps=EPOCHS * steps + 1, pct_start=0.1
    )
    rng = np.random.default_rng(seed)
    for epoch in range(EPOCHS):
        order, lost = rng.permutation(len(rows)), 0.0
        for step in range(steps):
            some = order[step * BATCH : (step + 1) * BATCH]
            two = rng.integers(0, len(margin), BATCH // 2)
            told, good, bad = (
                judge(texts.compared(at) * seen) for at in (rows[some], better[two], worse[two])
            )
            missed, lead = told - torch.from_numpy(said[some]), good - bad
            ordered = functional.softplus(4 * (torch.from_numpy(margin[two]) - lead)).mean()
            loss = (torch.from_numpy(weight[some]) * missed.square()).mean() + ORDER * ordered
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            lost += float(loss.detach())
        print(f"judge {seed}, epoch {epoch + 1}: loss {lost / steps:.4f}", file=sys.stderr)
    with torch.no_grad():
        layers[0].weight *= seen
    return [torch.cat([layer.weight.T, layer.bias[None]]).detach().numpy() for layer in layers]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    pairs, said = [], []
    for group in judged_rows().values():
        for row, score in zip(group, standardised([row.score for row in group]), strict=True):
            if not held_back(row.key):
                pairs.append(row)
                said.append(score)
    twins = [twin for twin in twin_rows(TWINS, SEED) if not held_back(twin[0].key)]
    better, worse = [good for good, _, _ in twins], [bad for _, bad, _ in twins]
    texts = Texts([text for row in (*pairs, *better, *worse) for text in (row.src, row.mt)], options.work)
    judged = texts.rows(pairs), np.float32(said), np.float32(judges(pairs))
    ordered = texts.rows(better), texts.rows(worse), np.float32([margin for *_, margin in twins])
    each = [taught(texts, judged, ordered, alone, seed) for seed, alone in enumerate(ALONE, 1)]
    layers = [np.stack(same).astype(np.float16) for same in zip(*each, strict=True)]
    np.savez(options.work / "vectors.npz", *layers)


if __name__ == "__main__":
    main()
