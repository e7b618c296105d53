"""Which omissions the estimator that ships finds, and how often it cries wolf.

    RELECTURE_DATA=../shared/data OMP_NUM_THREADS=1 python benchmarks/qe/omissions.py

On DEMETR's half of sources that nothing was taught with, on translations by people that were kept apart, and
on the biomedical translations in which people marked omissions. A share is that of the pairs in which the
check `left-out` flags something at the two thresholds of `--suspicion`; at "2%" the threshold is what two of
100 intact translations of DEMETR reach.
"""

from __future__ import annotations

import json
from collections import defaultdict

import numpy as np
import torch
from faulty import LEFT_OUT, kept_apart

from corpora import demetr, folder, half, squeeze
from qa import encoder
from qa.encoder.use import load_use
from qa.estimate.artefact import read
from qa.estimate.bundled import ARTEFACT, JointEstimator
from qa.estimate.stretch import chance

LEVELS = ("precise", "balanced")
Side = tuple[str, str]


def sets() -> dict[str, list[Side]]:
    """Name → pairs."""
    out: dict[str, dict[Side, None]] = defaultdict(dict)
    out["by people, kept apart"] = dict.fromkeys(kept_apart())
    for row in demetr():
        if half(squeeze(row["src"])) == 1:
            out["DEMETR intact"][row["src"], row["good"]] = None
            if row["category"] in LEFT_OUT:
                out[f"DEMETR {row['category'].split('_', 2)[2]}"][row["src"], row["bad"]] = None
    for path in sorted((folder() / "spans").glob("spans_biomqm-dev_*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            omitted = any("omission" in (span.get("category") or "").lower() for span in row["spans"])
            name = "with an omission that people marked" if omitted else "without"
            out[f"biomedical, {name}"][row["src"], row["mt"]] = None
    return {name: list(pairs) for name, pairs in out.items()}


def chances(estimator: JointEstimator, pairs: list[Side]) -> np.ndarray:
    """(pairs,): probabilities of an omission; 0 where a pair was cut."""
    raws = estimator.raw(pairs, "en", "en")  # languages matter for other numbers only
    return np.array([chance(raw.omitted) if raw and raw.omitted is not None else 0.0 for raw in raws])


def main() -> None:
    torch.set_num_threads(1)
    base = encoder.load(threads=1, cache=False)
    estimator = JointEstimator(read(ARTEFACT), base, load_use(threads=1, cache=False))  # type: ignore[arg-type]
    found = {name: chances(estimator, pairs) for name, pairs in sets().items()}
    least = {name: max(estimator.thresholds[name], estimator.omission_threshold) for name in LEVELS}
    least["2%"] = float(np.quantile(found["DEMETR intact"], 0.98))
    print(f"| pairs | n | {' | '.join(least)} |\n{'|---' * (len(least) + 2)}|")
    for name, told in found.items():
        shares = [(told >= level).mean() for level in least.values()]
        print(f"| {name} | {len(told)} | {' | '.join(f'{share:.4f}' for share in shares)} |")


if __name__ == "__main__":
    main()
