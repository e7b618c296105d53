"""Sentence alignment: F1 against gold, against other systems, and against edits whose truth is known.

    python benchmarks/align.py                    # gold sets and made documents, default accuracy
    python benchmarks/align.py --accuracy best    # or fast
    python benchmarks/align.py --systems all      # beside Gale-Church, hunalign, Vecalign's, Bertalign's
    python benchmarks/align.py --gold-only --systems vecalign,bertalign
    python benchmarks/align.py --scaling          # time and memory at 1,000 to 100,000 sentences
    python benchmarks/align.py --speed            # seconds with no cache, and the encoders' part
    python benchmarks/align.py --omissions        # one-sided sentences with and without qa/align/trim.py
    python benchmarks/align.py --calibrate        # fits the weights of qa/align/confidence.py
    python benchmarks/align.py --background       # writes qa/align/background.npz

The parts are in ``benchmarks/alignment/``; docs/benchmarks/align.md says what the figures mean. Data:
RELECTURE_DATA (default ../shared/data).
"""

from __future__ import annotations

import argparse
import sys

from alignment.cases import DATA, gold_cases
from alignment.edits import edited_cases, literary_cases
from alignment.systems import NAMES


def _systems(value: str) -> tuple[str, ...]:
    chosen = NAMES if value == "all" else tuple(value.split(","))
    if unknown := set(chosen) - set(NAMES):
        raise argparse.ArgumentTypeError(
            f"unknown: {', '.join(sorted(unknown))}; known: all, {', '.join(NAMES)}"
        )
    return chosen


def _sizes(value: str) -> tuple[int, ...]:
    return tuple(int(part) for part in value.split(","))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--accuracy", choices=("fast", "default", "best"), default="default")
    parser.add_argument("--systems", type=_systems, default=("relecture", "gale-church"), metavar="NAME,…")
    parser.add_argument("--size", type=int, default=250, help="sentence pairs a made document is made from")
    parser.add_argument("--seed", type=int, default=7, help="of the made documents")
    parser.add_argument("--gold-only", action="store_true", help="no made documents")
    parser.add_argument("--made-only", action="store_true", help="no gold sets")
    parser.add_argument("--only", default="", metavar="TEXT", help="documents whose name holds it")
    parser.add_argument("--scaling", nargs="?", type=_sizes, const=(1_000, 10_000, 100_000), metavar="N,…")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--omissions", action="store_true")
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument("--background", action="store_true")
    options = parser.parse_args()
    if options.scaling:
        from alignment.scaling import scaling

        scaling(options.scaling)
        return
    if not DATA.is_dir():
        sys.exit(f"no data in {DATA}; set RELECTURE_DATA")
    if options.background:
        from alignment.calibration import background

        background()
    elif options.speed:
        from alignment.speed import speed

        speed(options.size)
    elif options.omissions:
        from alignment.omissions import omissions

        omissions(options.size, options.seed)
    elif options.calibrate:
        from alignment.calibration import calibrate

        calibrate(options.size, options.seed)
    else:
        from alignment.report import report

        made = [*edited_cases(options.size, options.seed), *literary_cases(options.size, options.seed)]
        cases = [*([] if options.made_only else gold_cases()), *([] if options.gold_only else made)]
        cases = [case for case in cases if options.only in case.name]
        report(cases, options.accuracy, options.systems)


if __name__ == "__main__":
    main()
