"""Left-out sentences next to joined ones: what ``qa/align/trim.py`` brings over the search alone."""

from __future__ import annotations

from unittest.mock import patch

from alignment.edits import edited_cases
from alignment.systems import run
from qa.align.trim import trimmed

SHARES = {"dropped": 0.07, "merged": 0.10}


def omissions(size: int, seed: int) -> None:
    """How many left-out sentences end up alone, and how many joined ones stay joined."""
    print(f"{'left out: found alone / joined: kept':<40}{'search alone':>20}{'with trimming':>20}")
    for case in edited_cases(size, seed, SHARES, block=False):
        alone = {pair for pair in case.gold if not all(pair)}
        joined = {pair for pair in case.gold if all(pair) and len(pair[0]) + len(pair[1]) > 2}
        cells = []
        for trimming in (lambda path, rewards: path, trimmed):
            with patch("qa.align.aligner.trimmed", trimming):
                found = set(run(case, "default").links)
            cells.append(f"{len(alone & found)}/{len(alone)}  {len(joined & found)}/{len(joined)}")
        print(f"{case.name:<40}{cells[0]:>20}{cells[1]:>20}", flush=True)
