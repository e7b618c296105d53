"""Sentences without a counterpart next to merged ones: what ``qa/align/trim.py`` brings over the search
alone, on the documents by kind of edit."""

from __future__ import annotations

from unittest.mock import patch

from alignment.edits import edited_cases
from alignment.systems import run
from qa.align.trim import trimmed


def omissions(size: int, seed: int) -> None:
    """Print how many one-sided sentences end up alone, and how many merged links stay whole."""
    print(f"{'one-sided: found alone / merged: kept':<40}{'search alone':>20}{'with trimming':>20}")
    for case in edited_cases(size, seed):
        alone = {pair for pair in case.gold if not all(pair)}
        merged = {pair for pair in case.gold if all(pair) and len(pair[0]) + len(pair[1]) > 2}
        cells = []
        for trimming in (lambda path, rewards: path, trimmed):
            with patch("qa.align.aligner.trimmed", trimming):
                found = set(run(case, "default").links)
            cells.append(f"{len(alone & found)}/{len(alone)}  {len(merged & found)}/{len(merged)}")
        print(f"{case.name:<40}{cells[0]:>20}{cells[1]:>20}", flush=True)
