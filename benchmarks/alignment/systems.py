"""What the benchmark compares, by the name used on the command line."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from alignment.cases import Case, Pairs, document
from alignment.peers import bertalign, gale_church, hunalign, vecalign
from qa.align import Accuracy, align

PEERS: dict[str, tuple[str, Callable[[Case], Pairs]]] = {
    "gale-church": ("Gale-Church (own)", gale_church.align),
    "hunalign": ("hunalign (program)", hunalign.align),
    "vecalign": ("Vecalign's cost", vecalign.align),
    "bertalign": ("Bertalign's score", bertalign.align),
}
NAMES = ("relecture", *PEERS)


@dataclass(frozen=True)
class Result:
    """Links, for Relecture the probability of each being right, and the seconds it took, encoding
    included as far as the cache did not have it."""

    links: Pairs
    sure: list[float]
    seconds: float


def run(case: Case, accuracy: Accuracy) -> Result:
    """Relecture at one accuracy."""
    source, target = document(case.source, case.source_lang), document(case.target, case.target_lang)
    start = time.perf_counter()
    found = align(source, target, accuracy=accuracy)
    seconds = time.perf_counter() - start
    return Result([(x.source, x.target) for x in found.links], [x.score for x in found.links], seconds)


def run_peer(name: str, case: Case) -> Result | None:
    """None where the peer is a program that is not installed."""
    if name == "hunalign" and not hunalign.installed():
        return None
    start = time.perf_counter()
    links = PEERS[name][1](case)
    return Result(links, [], time.perf_counter() - start)
