"""The verdict on two documents (``qa.align.notices``): how often it is right, how often it cries wolf.

    python benchmarks/verdict.py                  # default accuracy
    python benchmarks/verdict.py --accuracy fast

Pairs of 100 to 140 sentences are cut from the parallel texts and the gold alignments of RELECTURE_DATA
(default ../shared/data) and damaged in ways whose truth is known. A verdict is right when it says exactly
what was done and nothing else.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from qa.align import Accuracy, align
from qa.align.notices import Kind, Verdict, verdicts
from qa.formats import read_links
from qa.model import Document
from qa.segment import presegmented

DATA = Path(os.environ.get("RELECTURE_DATA", "../shared/data"))
PARALLEL = (
    ("newstest2012.en-ru", ".eng", ".rus", "en", "ru"),
    ("newstest2012.fr-ru", ".fra", ".rus", "fr", "ru"),
    ("newstest2013.en-fr", ".eng", ".fra", "en", "fr"),
    ("wmt22.uk-en", ".uk", ".en", "uk", "en"),
    ("wmt22.ru-en", ".ru", ".en", "ru", "en"),
    ("wmt22.de-fr", ".de", ".fr", "de", "fr"),
    ("", "deu.devtest", "ukr.devtest", "de", "uk"),
)
GOLD = (("textberg-dev_de-fr", "dev", "de", "fr"), ("dtm_hu-en", "doc", "hu", "en"))
Texts = list[str]


@dataclass(frozen=True)
class Case:
    """Two documents, what was done to them, and the verdicts that say so (each "kind side")."""

    name: str
    kind: str
    source: Document
    target: Document
    right: tuple[str, ...]


def lines(path: Path) -> Texts:
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def document(texts: Sequence[str], lang: str) -> Document:
    return presegmented("\n".join(texts), lang)


def sound_pairs(seed: int) -> Iterator[tuple[str, Texts, Texts, str, str, Texts]]:
    """(name, source, target, their languages, a target of other content)."""
    for stem, left, right, source, target in PARALLEL:
        texts = lines(DATA / "parallel" / f"{stem}{left}"), lines(DATA / "parallel" / f"{stem}{right}")
        rng = random.Random(f"{seed} {stem}{left}")  # noqa: S311 (not for security)
        size = rng.randrange(100, 141)
        start = rng.randrange(len(texts[0]) - 2 * size - 100)
        other = start + size + 100
        name = f"{stem}{left}{right} from {start}"
        body = [side[start : start + size] for side in texts]
        yield name, *body, source, target, texts[1][other : other + size]
    for folder, stem, source, target in GOLD:
        texts = tuple(lines(DATA / "align" / folder / f"{stem}.{lang}") for lang in (source, target))
        gold = [x for x in read_links(DATA / "align" / folder / f"{stem}.gold") if x.source and x.target]
        rng = random.Random(f"{seed} {folder}")  # noqa: S311
        size = rng.randrange(100, 141)
        start = rng.randrange(len(gold) - size)
        first, last = gold[start], gold[start + size - 1]
        body = (
            texts[0][first.source[0] : last.source[-1] + 1],
            texts[1][first.target[0] : last.target[-1] + 1],
        )
        # Of other content: what follows, or else what lies before.
        after = start + size
        rest = gold[after : after + size] if len(gold) - after >= size else gold[:start][:size]
        yield (
            f"{folder} from {start}",
            *body,
            source,
            target,
            texts[1][rest[0].target[0] : rest[-1].target[-1] + 1],
        )


def cases(seeds: Sequence[int]) -> Iterator[Case]:
    """Every pair as it is, retold, and damaged in each way."""
    for seed in seeds:
        for name, left, right, source, target, other in sound_pairs(seed):
            rng = random.Random(f"{seed} {name}")  # noqa: S311
            n, m = len(left), len(right)
            chapters = (
                right[: m // 3] + right[m // 3 + m // 5 :],
                left[: n // 2] + left[n // 2 + n * 12 // 100 :],
                right[: m // 3] + other[: m // 4] + right[m // 3 + m // 4 :],
            )
            for kind, a, b, *verdict in (
                ("sound", left, right),
                ("sound, sentences joined", left, joined(right, rng)),
                ("sound, 8% left out", left, [x for x in right if rng.random() > 0.08]),
                ("unrelated", left, other, Kind.UNRELATED),
                ("unrelated, half as long", left, other[: m // 2], Kind.UNRELATED),
                ("target cut at 60%", left, right[: m * 6 // 10], f"{Kind.ENDS_EARLY} target"),
                ("target cut at 85%", left, right[: m * 85 // 100], f"{Kind.ENDS_EARLY} target"),
                ("source cut at 60%", left[: n * 6 // 10], right, f"{Kind.ENDS_EARLY} source"),
                ("target without its first 25%", left, right[m // 4 :], f"{Kind.BEGINS_LATE} target"),
                ("target lacks a chapter of 20%", left, chapters[0], f"{Kind.GAP} target"),
                ("source lacks a chapter of 12%", chapters[1], right, f"{Kind.GAP} source"),
                ("a chapter of 25% replaced", left, chapters[2], Kind.REPLACED),
                ("swapped", right, left, Kind.SWAPPED),
                ("the same text twice", left, left, Kind.SAME),
                ("a summary: one sentence in six", left, right[::6], f"{Kind.LENGTH} target"),
            ):
                texts = document(a, source), document(b, target)
                yield Case(name, kind, *texts, tuple(map(str, verdict)))


def joined(texts: Texts, rng: random.Random) -> Texts:
    """Every fifth sentence or so joined to the one before."""
    out: Texts = []
    for text in texts:
        if out and rng.random() < 0.2:
            out[-1] += f" {text}"
        else:
            out.append(text)
    return out


def judged(case: Case, accuracy: Accuracy) -> tuple[str, tuple[str, ...]]:
    """(outcome, texts): right, wrong, or, where something is the matter, silent or doubtful: no more is said
    than that links are."""
    said: list[Verdict] = []

    def listen(*given: Any) -> tuple[str, ...]:
        said.extend(verdicts(*given))
        return ()

    with patch("qa.align.aligner.notices", listen):
        align(case.source, case.target, accuracy=accuracy)
    found = sorted(
        f"{verdict.kind} {verdict.side}" if verdict.side else str(verdict.kind) for verdict in said
    )
    texts = tuple(verdict.text for verdict in said)
    if found == sorted(case.right):
        return "right", texts
    less = {(): "silent", (Kind.DOUBTFUL,): "doubtful"} if case.right else {}
    return less.get(tuple(found), "wrong"), texts


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--accuracy", choices=("fast", "default", "best"), default="default")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--wrong", action="store_true", help="list what was said of the cases judged wrongly")
    options = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"no data in {DATA}; set RELECTURE_DATA")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases(options.seeds):
        outcome, texts = judged(case, options.accuracy)
        counts[case.kind][outcome] += 1
        if options.wrong and outcome != "right":
            print(f"{case.name}: {case.kind}: {' | '.join(texts) or 'nothing'}", flush=True)
    columns = ("right", "doubtful", "silent", "wrong")
    print(f"{'':36}" + "".join(f"{column:>10}" for column in columns))
    for kind, own in counts.items():
        print(f"{kind:36}" + "".join(f"{own[column]:>10}" for column in columns))
    total = sum(counts.values(), Counter[str]())
    print(f"{'all':36}" + "".join(f"{total[column]:>10}" for column in columns))


if __name__ == "__main__":
    main()
