"""hunalign (Varga et al., RANLP 2005) as the program on the PATH: no dictionary, ``-realign``.

Without a dictionary it first aligns by length and shared words, builds a dictionary from that, and aligns
again. Its output is a ladder: each line a rung (source position, target position, score), beads between.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from alignment.cases import Case, Pairs

_WORD = re.compile(r"\w+|[^\w\s]")
_LIMIT = 300  # seconds


def installed() -> bool:
    return shutil.which("hunalign") is not None


def align(case: Case) -> Pairs:
    """Raises RuntimeError with hunalign's last line where it fails."""
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder, "empty.dic")
        empty.write_text("")
        files = []
        for side, texts in (("source", case.source), ("target", case.target)):
            file = Path(folder, side)
            file.write_text("".join(" ".join(_WORD.findall(text)) + "\n" for text in texts), encoding="utf-8")
            files.append(str(file))
        done = subprocess.run(
            ["hunalign", "-utf", "-realign", str(empty), *files],
            capture_output=True,
            check=False,
            cwd=folder,
            timeout=_LIMIT,
        )
    if done.returncode:
        raise RuntimeError(f"hunalign: {done.stderr.decode('utf-8', 'replace').strip().splitlines()[-1:]}")
    return parse_ladder(
        done.stdout.decode("utf-8", "replace").splitlines(), len(case.source), len(case.target)
    )


def parse_ladder(lines: Iterable[str], n: int, m: int) -> Pairs:
    """Beads between the rungs of a ladder over n and m sentences; beads with one empty side become a link
    for each sentence."""
    rungs = [tuple(int(cell) for cell in line.split("\t")[:2]) for line in lines if line.strip()]
    out: Pairs = []
    for (i, j), (i2, j2) in pairwise([(0, 0), *rungs, (n, m)]):
        source, target = tuple(range(i, i2)), tuple(range(j, j2))
        if source and target:
            out.append((source, target))
        else:
            out += [((k,), ()) for k in source] + [((), (k,)) for k in target]
    return out
