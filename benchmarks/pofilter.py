"""Speed of our checks beside those of pofilter (translate-toolkit) for the same errors, on the same pairs.

    RELECTURE_DATA=../shared/data python benchmarks/pofilter.py

Processor time of one thread; the two take turns, so that a busy machine slows both alike.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from translate.filters import checks

from qa.checks import CHECKS
from qa.checks.base import Context
from qa.checks.runner import run
from qa.model import Segment

SAME = {
    "numbers": "numbers",
    "end-punctuation": "endpunc",
    "missing-space": "puncspacing",
    "brackets": "brackets",
    "quote-direction": "doublequoting",
    "edge-space": "startwhitespace",
    "doubled-space": "doublespacing",
    "doubled-word": "doublewords",
    "tags": "xmltags",
    "placeholders": "printf",
    "addresses": "urls",
    "untranslated": "unchanged",
    "sentence-case": "startcaps",
    "french-spacing": "puncspacing",
}
"""Our check → pofilter's for the same error."""
ROUNDS = 5


def pairs() -> list[tuple[str, str]]:
    """Newstest 2012, English to French."""
    folder = Path(os.environ.get("RELECTURE_DATA", "../shared/data")) / "parallel"
    sides = sorted(folder.glob("newstest2012.en-fr.*"))
    if len(sides) != 2:
        sys.exit(f"no newstest2012.en-fr in {folder}: set RELECTURE_DATA")
    en, fr = (path.read_text("utf-8").splitlines() for path in sides)
    return list(zip(en, fr, strict=True))


def theirs(name: str, rows: list[tuple[str, str]]) -> Callable[[], object]:
    checker = checks.StandardChecker(checks.CheckerConfig(targetlanguage="fr"))
    check = getattr(checker, name)

    def work() -> None:
        for source, target in rows:
            checker.str1, checker.str2 = source, target
            with contextlib.suppress(checks.FilterFailure):
                check(source, target)

    return work


def ours(name: str, rows: list[tuple[str, str]]) -> Callable[[], object]:
    segments = [Segment(i + 1, s, t, (i,), (i,)) for i, (s, t) in enumerate(rows)]
    return lambda: run(Context("en", "fr", segments), only=[name])


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    rows = pairs()
    print(f"{len(rows)} pairs; segments a second, the better of {ROUNDS} rounds\n")
    print("| our check | segments/s | pofilter | segments/s | ratio |\n|---|---|---|---|---|")
    for name, other in SAME.items():
        assert name in CHECKS
        mine, peer = ours(name, rows), theirs(other, rows)
        mine()  # word lists are loaded once
        peer()
        best = [
            min(times) for times in zip(*((seconds(mine), seconds(peer)) for _ in range(ROUNDS)), strict=True)
        ]
        own, their = (len(rows) / max(spent, 1e-9) for spent in best)
        print(f"| {name} | {own:,.0f} | {other} | {their:,.0f} | {own / their:.1f} |", flush=True)


if __name__ == "__main__":
    main()
