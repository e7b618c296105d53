"""Calibrate a trained network and write the artefact that the package ships.

    RELECTURE_DATA=../shared/data python benchmarks/qe/ship.py --work WORKDIR

Shrinks the weights to 4-bit differences first, so that everything is fitted on what will be used. The rows
are those that training held back (one source in sixteen).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from calibrate import sentence_curves, word_curves
from examples import held_back, judged_rows

from qa import encoder
from qa.encoder.e5 import E5Encoder
from qa.encoder.use import load_use
from qa.estimate.artefact import Artefact, write
from qa.estimate.bundled import ARTEFACT, JointEstimator
from qa.estimate.tuned import blank_network, shrunk


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, required=True, help="the folder that tune.py wrote to")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, default=ARTEFACT)
    options = parser.parse_args()
    base = encoder.load(threads=options.threads, cache=False)
    assert isinstance(base, E5Encoder)
    network = blank_network(base.weights)
    network.load_state_dict(torch.load(options.work / "joint.pt"))
    tensors = shrunk(network, base.weights)

    maps = [f"{name}/{axis}" for name in ("quality", "hter", "word", "major") for axis in "xy"]
    bands = [f"interval/{known}/{part}" for known in ("seen", "unseen") for part in ("at", "low", "high")]
    flat = {name: np.array([0, 1], np.float32) for name in (*maps, *bands, "blend")}
    meta = {"encoder": base.signature, "pairs": [], "word_thresholds": {}}
    use = load_use(threads=options.threads, cache=False)
    bare = JointEstimator(Artefact(tensors | flat, meta, "0" * 64), base, use)

    groups = judged_rows()
    found = []
    for group in groups.values():
        rows = [row for row in group if held_back(row.key)]
        raws = bare.raw([(row.src, row.mt) for row in rows], *rows[0].langs) if rows else []
        found += [(row, raw) for row, raw in zip(rows, raws, strict=True) if raw]
    rows, raws = [row for row, _ in found], [raw for _, raw in found]
    sentence, seen = sentence_curves(rows, raws)
    words, marked = word_curves(rows, raws)
    meta |= {
        # "br" of the biomedical sets is Brazilian Portuguese.
        "pairs": sorted({name.rsplit(" ", 1)[1].replace("br-", "pt-") for name in groups}),
        **json.loads((options.work / "joint.json").read_text()),
        "calibration": seen | marked,
        "word_thresholds": marked["word_thresholds"],
        "interval_scale": seen["interval_scale"],
    }
    digest = write(options.out, tensors | sentence | words, meta)
    print(json.dumps(seen | marked, indent=1), file=sys.stderr)
    print(
        f"wrote {options.out.name}, {options.out.stat().st_size / 1e6:.2f} MB, {digest[:8]}", file=sys.stderr
    )


if __name__ == "__main__":
    main()
