"""How far to go towards the end of a run of ``faults.py``: what each share of the way finds and costs.

    RELECTURE_DATA=../shared/data python benchmarks/qe/shares.py --faults WORKDIR --rows 150

Rank correlation of the network alone (quality less edit rate) with people's judgements, on samples of the
development sets; share of DEMETR's damaged pairs, of sources that nothing was taught with, whose omission is
as probable as that of 2 in 100 sentences by people; share of intact pairs that are. To choose by: nothing
is calibrated here.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from evaluate import samples
from faulty import LEFT_OUT, kept_apart
from scipy.stats import spearmanr
from ship import ALARMS, bare_estimator, with_faults

from corpora import Row, demetr, half, squeeze
from qa import encoder
from qa.encoder.e5 import E5Encoder
from qa.encoder.use import load_use
from qa.estimate.bundled import JointEstimator

KINDS = ("ne_removed", "noun_removed", "subj_removed", "pp_removed", "verb_removed", "adj_adv_removed")
Side = tuple[str, str]


def damaged(rows: int) -> dict[str, list[Side]]:
    """Kind → pairs; intact ones under ``intact``."""
    found: dict[str, dict[Side, None]] = defaultdict(dict)
    for row in demetr():
        if half(squeeze(row["src"])) == 1 and row["category"] in LEFT_OUT:
            found["intact"][row["src"], row["good"]] = None
            found[row["category"].split("_", 2)[2]][row["src"], row["bad"]] = None
    rng = random.Random(1)  # noqa: S311 - sampling, not secrets
    return {kind: rng.sample(list(pairs), min(rows, len(pairs))) for kind, pairs in found.items()}


def omitted(estimator: JointEstimator, pairs: list[Side]) -> np.ndarray:
    """(pairs,): log-odds of an omission."""
    raws = estimator.raw(pairs, "en", "en")  # languages matter for other numbers only
    return np.array([raw.omitted for raw in raws if raw is not None and raw.omitted is not None])


def correlation(estimator: JointEstimator, rows: list[Row]) -> float:
    raws = estimator.raw([(row.src, row.mt) for row in rows], *rows[0].langs)
    known = [(raw.quality - raw.hter, row.score) for raw, row in zip(raws, rows, strict=True) if raw]
    return float(spearmanr(*zip(*known, strict=True)).statistic)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--faults", type=Path, required=True, help="the folder that faults.py wrote to")
    parser.add_argument("--rows", type=int, default=150, help="of each set and kind")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--share", type=float, nargs="+", default=[0.0, 0.5, 0.75, 1.0])
    options = parser.parse_args()
    torch.set_num_threads(1)
    base = encoder.load(threads=options.threads, cache=False)
    assert isinstance(base, E5Encoder)
    use = load_use(threads=options.threads, cache=False, dtype=lambda: base.dtype)
    sets = samples(options.rows)
    pairs, people = damaged(options.rows), [(row.src, row.mt) for row in kept_apart()]
    names = sorted({name for name, _ in sets})
    print(f"| share | {' | '.join(names)} | {' | '.join(KINDS)} | intact |\n{'|---' * (len(names) + 8)}|")
    for share in options.share:
        tensors, _ = with_faults(options.faults, share, base.weights)
        estimator = bare_estimator(tensors, [], base, use)
        of_sets = defaultdict(list)
        for (name, _), rows in sets.items():
            of_sets[name].append(correlation(estimator, rows))
        least = np.quantile(omitted(estimator, people), 1 - ALARMS)
        shares = [(omitted(estimator, pairs[kind]) >= least).mean() for kind in (*KINDS, "intact")]
        numbers = [float(np.mean(of_sets[name])) for name in names] + shares
        print(f"| {share} | {' | '.join(f'{number:.3f}' for number in numbers)} |", flush=True)


if __name__ == "__main__":
    main()
