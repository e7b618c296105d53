"""The table: documents down, systems below each, strict and lax figures, recall by kind of edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from alignment.cases import ANCHORS, Case
from alignment.edits import found_by_kind
from alignment.systems import PEERS, Result, run, run_peer
from qa.align import Accuracy
from qa.align.evaluation import score

_BINS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01))


def report(cases: Iterable[Case], accuracy: Accuracy, systems: Sequence[str]) -> None:
    """Print each case as it is done, then recall by kind over all cases, then how well confidences hold."""
    print(f"{'':28}{'strict P / R / F1':>22}{'lax P / R / F1':>22}{'s per 1,000':>14}")
    sure: list[tuple[float, bool]] = []
    totals: dict[str, Counter[str]] = {}
    wanted = Counter[str]()
    for case in cases:
        print(f"{case.name} ({len(case.source)}:{len(case.target)})", flush=True)
        wanted.update(case.kinds)
        for system in systems:
            result = run(case, accuracy) if system == "relecture" else run_peer(system, case)
            title = f"Relecture {accuracy}" if system == "relecture" else PEERS[system][0]
            if result is None:
                print(f"  {title:26}{'not installed':>22}")
                continue
            _line(title, case, result)
            exact = set(case.gold)
            sure += [(p, link in exact) for p, link in zip(result.sure, result.links, strict=False)]
            kinds = totals.setdefault(title, Counter())
            for kind, (found, _) in found_by_kind(case, result.links).items():
                kinds[kind] += found
        if case.name in ANCHORS:
            print(f"  {ANCHORS[case.name]}")
    if wanted:
        _by_kind("all documents: links found exactly, by kind of edit", wanted, totals)
    if sure:
        _confidences(sure)


def _line(title: str, case: Case, result: Result) -> None:
    figures = score(case.gold, result.links)
    cells = ["  ".join(f"{v:.3f}" for v in part) for part in (figures.strict, figures.lax)]
    # Per 1,000 sentences of a side: 1,000 source and 1,000 target sentences.
    thousand = result.seconds / (len(case.source) + len(case.target)) * 2000
    print(f"  {title:26}" + "".join(f"{cell:>22}" for cell in cells) + f"{thousand:>14.1f}")
    if case.kinds:
        kinds = found_by_kind(case, result.links)
        print("    " + ", ".join(f"{kind} {a}/{b}" for kind, (a, b) in sorted(kinds.items())), flush=True)


def _by_kind(title: str, wanted: Counter[str], totals: dict[str, Counter[str]]) -> None:
    print(f"\n{title}")
    print(f"{'':12}{'links':>7}" + "".join(f"{name:>20}" for name in totals))
    for kind, count in wanted.most_common():
        cells = (f"{found[kind] / count:.3f}" for found in totals.values())
        print(f"{kind:12}{count:>7}" + "".join(f"{cell:>20}" for cell in cells))


def _confidences(sure: Sequence[tuple[float, bool]]) -> None:
    print("\nconfidence    links   right")
    for low, high in _BINS:
        inside = [right for p, right in sure if low <= p < high]
        if inside:
            print(f"{low:.2f} to {min(high, 1):.2f}{len(inside):>8}{sum(inside) / len(inside):>8.3f}")
