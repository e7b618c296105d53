"""Time and peak memory as documents grow: the search alone with ready vectors, the whole of ``fast``, and
``fast`` where every line is the same.

Every size runs in a process of its own, so that its peak memory is its own. Documents are made by rule: of
the target's sentences 8 in 100 hold two source sentences, and 3 in 100 source sentences have none. The cost
per 1,000 sentences must not grow with the size.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIZES = (1_000, 10_000, 100_000)
KINDS = ("search", "fast", "identical")
"""``identical`` is ``fast`` on documents whose sentences are all the same: nothing to hold on to."""
WIDTHS = (384, 512)
"""Of E5's and USE's sentence vectors."""

_MERGED, _DROPPED = 0.08, 0.03
_NOISE = 0.8  # length of the target's noise beside a unit vector: true cosine about .78
_NAMES = 4_000
Matrix = NDArray[np.float32]
Pair = tuple[tuple[int, ...], tuple[int, ...]]


def scaling(sizes: tuple[int, ...] = SIZES) -> None:
    """Print seconds by the clock and of the processor, the latter per 1,000 sentences of a side, peak memory
    (and what of it the texts and vectors took beforehand), and the share of right links."""
    heads = (("sentences", 18), ("clock s", 9), ("cpu s", 8), ("per 1,000", 11), ("peak MB", 9))
    print(" " * 10 + "".join(f"{head:>{width}}" for head, width in (*heads, ("before MB", 11), ("right", 8))))
    here = Path(__file__).resolve().parents[1]
    paths = [str(here), *filter(None, [os.environ.get("PYTHONPATH")])]
    for kind in KINDS:
        for size in sizes:
            done = subprocess.run(
                [sys.executable, "-m", "alignment.scaling", kind, str(size)],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
                stdout=subprocess.PIPE,
                check=False,
            )
            if done.returncode:
                print(f"{kind:10}{size:>18,} failed ({done.returncode})")
                continue
            found = json.loads(done.stdout)
            sentences = f"{found['n']:,}:{found['m']:,}"
            print(
                f"{kind:10}{sentences:>18}{found['clock']:>9.1f}{found['cpu']:>8.1f}"
                f"{found['cpu'] / (found['n'] + found['m']) * 2000:>11.2f}"
                f"{found['peak']:>9.0f}{found['before']:>11.0f}{found['right']:>8.3f}",
                flush=True,
            )


def links(size: int, rng: np.random.Generator) -> list[Pair]:
    """True links of a made document with ``size`` source sentences."""
    out: list[Pair] = []
    i = j = 0
    while i < size:
        dice = rng.random()
        if dice < _DROPPED:
            out.append(((i,), ()))
            i += 1
        elif dice < _DROPPED + _MERGED and i + 1 < size:
            out.append(((i, i + 1), (j,)))
            i, j = i + 2, j + 1
        else:
            out.append(((i,), (j,)))
            i, j = i + 1, j + 1
    return out


def vectors(gold: list[Pair], width: int, rng: np.random.Generator) -> tuple[Matrix, Matrix]:
    """Unit vectors of single sentences of both sides: the target's are the mean of what it translates plus
    noise; all share a common part, as the vectors of real encoders do."""
    n = sum(len(source) for source, _ in gold)
    scale = np.float32(1 / np.sqrt(width))
    common = rng.normal(size=width).astype(np.float32) * scale
    own = rng.standard_normal((n, width), np.float32) * scale
    linked = [source for source, target in gold if target]
    meant = np.empty((len(linked), width), np.float32)
    for row, source in zip(meant, linked, strict=True):  # in place: the peak to measure is the search's
        row[:] = own[list(source)].sum(0)
        row /= np.linalg.norm(row)
        row += rng.standard_normal(width, np.float32) * (_NOISE * scale)
    for side in (own, meant):
        side += common
        side /= np.linalg.norm(side, axis=1, keepdims=True)
    return own, meant


def texts(gold: list[Pair], rng: np.random.Generator) -> tuple[list[str], list[str]]:
    """Sentences of made-up words of two languages; half of them share a name or a number."""
    source: list[str] = []
    target: list[str] = []
    for left, right in gold:
        parts = []
        for _ in left:
            count = int(rng.integers(5, 25))
            shared = "" if rng.random() < 0.5 else f" Nam{rng.integers(_NAMES)}er"
            shared += "" if rng.random() < 0.7 else f" {rng.integers(1, 3000)}"
            words = rng.integers(20_000, size=(2, count))
            source.append(" ".join(f"s{w:x}o" for w in words[0]) + shared + ".")
            parts.append(" ".join(f"t{w:x}a" for w in words[1]) + shared + ".")
        if right:
            target.append(" ".join(parts))
    return source, target


def search_found(
    source: tuple[Matrix, ...], target: tuple[Matrix, ...], lengths: tuple[Any, Any]
) -> list[Pair]:
    """The search on ready vectors of single sentences, one matrix an encoder: the one place here that
    knows the aligner's parts."""
    from qa.align.constants import AVERAGED
    from qa.align.search import Plan, search
    from qa.align.vectors import Averaged, Side
    from qa.model import Document

    left, right = (
        Side(
            ["x" * int(length) for length in own],
            [Averaged(matrix, own.astype(np.float32)) for matrix in side],
        )
        for side, own in zip((source, target), lengths, strict=True)
    )
    path, _ = search(left, right, Plan(AVERAGED, AVERAGED, None), Document("", "en"), Document("", "fr"))
    return [(tuple(range(x.i - x.a, x.i)), tuple(range(x.j - x.b, x.j))) for x in path]


def _one(kind: str, size: int) -> None:
    rng = np.random.default_rng(size)
    gold = links(size, rng)
    left, right = texts(gold, rng)
    if kind == "identical":
        gold = [((i,), (i,)) for i in range(size)]
        left, right = ["the same line again"] * size, ["toujours la même ligne"] * size
    if kind == "search":
        both = [vectors(gold, width, rng) for width in WIDTHS]
        lengths = np.array([len(t) for t in left], float), np.array([len(t) for t in right], float)
        ready = tuple(one for one, _ in both), tuple(other for _, other in both)
        before, start = _memory(), _times()
        found = search_found(*ready, lengths)
    else:
        from alignment.cases import document
        from qa.align import align

        documents = document(left, "en"), document(right, "fr")
        before, start = _memory(), _times()
        found = [(x.source, x.target) for x in align(*documents, accuracy="fast").links]
    clock, cpu = (now - then for now, then in zip(_times(), start, strict=True))
    exact = set(gold)
    out = {
        "n": len(left),
        "m": len(right),
        "clock": clock,
        "cpu": cpu,
        "peak": _memory(),
        "before": before,
        "right": sum(link in exact for link in found) / len(found),
    }
    print(json.dumps(out))


def _times() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _memory() -> float:
    """Peak so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


if __name__ == "__main__":
    _one(sys.argv[1], int(sys.argv[2]))
