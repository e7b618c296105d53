"""Sentence alignment: F1 against gold, against Gale-Church, and against edits whose truth is known.

    python benchmarks/align.py                  # gold sets and synthetic documents, default accuracy
    python benchmarks/align.py --accuracy best  # or fast
    python benchmarks/align.py --omissions      # sentences left out next to sentences joined
    python benchmarks/align.py --calibrate      # fits the weights of qa/align/confidence.py
    python benchmarks/align.py --background     # writes qa/align/background.npz

Scores follow the convention of vecalign's ``score.py`` (``qa.align.evaluation``). Data: RELECTURE_DATA
(default ../shared/data).
"""

from __future__ import annotations

import argparse
import ast
import math
import os
import random
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np

from qa.align import Accuracy, align
from qa.align.evaluation import Pair, score
from qa.align.trim import trimmed
from qa.model import Document, Sentence

DATA = Path(os.environ.get("RELECTURE_DATA", "../shared/data"))
Pairs = list[Pair]

ANCHORS = {
    "textberg-dev de-fr": "published: hunalign .694/.923, Gale-Church .608/.830",
    "dtm hu-en": "published: hunalign .961/.986, Gale-Church .969/.988",
}
PARALLEL = (
    ("newstest2013 en-fr", "newstest2013.en-fr.eng", "newstest2013.en-fr.fra", "en", "fr"),
    ("newstest2013 fr-ru", "newstest2013.fr-ru.fra", "newstest2013.fr-ru.rus", "fr", "ru"),
    ("wmt22 uk-en", "wmt22.uk-en.uk", "wmt22.uk-en.en", "uk", "en"),
    ("wmt22 de-fr", "wmt22.de-fr.de", "wmt22.de-fr.fr", "de", "fr"),
    ("flores en-ru", "eng.devtest", "rus.devtest", "en", "ru"),
)


@dataclass(frozen=True)
class Case:
    """Two sentence lists and their true links."""

    name: str
    source: list[str]
    target: list[str]
    source_lang: str
    target_lang: str
    gold: Pairs


def document(texts: Sequence[str], lang: str) -> Document:
    """A document of ready sentences, one a line."""
    sentences, at = [], 0
    for index, text in enumerate(texts):
        sentences.append(Sentence(index, text, at, at + len(text)))
        at += len(text) + 1
    return Document("\n".join(texts), lang, tuple(sentences))


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def gold_cases() -> list[Case]:
    """The gold-aligned documents."""
    out = []
    for name, folder, stem, source, target in (
        ("textberg-dev de-fr", "textberg-dev_de-fr", "dev", "de", "fr"),
        ("dtm hu-en", "dtm_hu-en", "doc", "hu", "en"),
    ):
        path = DATA / "align" / folder
        gold: Pairs = []
        for line in lines(path / f"{stem}.gold"):
            if line.strip():
                left, right = line.strip().split(":")[:2]
                gold.append((tuple(ast.literal_eval(left)), tuple(ast.literal_eval(right))))
        texts = [lines(path / f"{stem}.{lang}") for lang in (source, target)]
        out.append(Case(name, *texts, source, target, gold))
    return out


def synthetic_cases(size: int, seed: int = 7, replaced: float = 0.0) -> list[Case]:
    """Parallel sentences made into documents: some dropped, some from elsewhere inserted, some joined to
    their neighbour on one side (which makes 1-2, 2-1, 1-3 links).

    A share of ``replaced`` target sentences gives way to ones from elsewhere: true links are then two
    one-sided ones, though one may well argue for the pair.
    """
    out = []
    for name, left, right, source, target in PARALLEL:
        pairs = list(zip(lines(DATA / "parallel" / left), lines(DATA / "parallel" / right), strict=True))
        rng = random.Random(f"{seed} {name}")  # noqa: S311 (not for security)
        start = rng.randrange(max(1, len(pairs) - size))
        body, spare = pairs[start : start + size], pairs[:start] + pairs[start + size :]
        out.append(_edited(name, body, spare, source, target, rng, replaced))
    return out


def _edited(
    name: str,
    body: list[tuple[str, str]],
    spare: list[tuple[str, str]],
    source: str,
    target: str,
    rng: random.Random,
    replaced: float,
) -> Case:
    left: list[str] = []
    right: list[str] = []
    gold: Pairs = []
    at = 0
    while at < len(body):
        i, j, dice = len(left), len(right), rng.random()
        if dice < 0.04 and spare:
            left.append(rng.choice(spare)[0])
            gold.append(((i,), ()))
        elif dice < 0.08 and spare:
            right.append(rng.choice(spare)[1])
            gold.append(((), (j,)))
        elif dice < 0.20 and at + 2 <= len(body):
            count = 3 if dice < 0.10 and at + 3 <= len(body) else 2
            group = body[at : at + count]
            if rng.random() < 0.5:
                left.append(" ".join(pair[0] for pair in group))
                right += [pair[1] for pair in group]
                gold.append(((i,), tuple(range(j, j + count))))
            else:
                left += [pair[0] for pair in group]
                right.append(" ".join(pair[1] for pair in group))
                gold.append((tuple(range(i, i + count)), (j,)))
            at += count
        elif dice > 1 - replaced and spare:
            left.append(body[at][0])
            right.append(rng.choice(spare)[1])
            gold += [((i,), ()), ((), (j,))]
            at += 1
        else:
            left.append(body[at][0])
            right.append(body[at][1])
            gold.append(((i,), (j,)))
            at += 1
    return Case(f"{name}, edited", left, right, source, target, gold)


def gale_church(source: Sequence[str], target: Sequence[str]) -> Pairs:
    """Gale and Church (1993): lengths in characters, the six shapes of the paper, variance 6.8."""
    priors = {(1, 1): 0.89, (1, 0): 0.00495, (0, 1): 0.00495, (2, 1): 0.0445, (1, 2): 0.0445, (2, 2): 0.011}
    x, y = ([0, *np.cumsum([len(t) for t in texts]).tolist()] for texts in (source, target))
    ratio = y[-1] / max(1, x[-1])
    n, m = len(source), len(target)
    width = max(60, abs(n - m) + 40)
    cost: dict[tuple[int, int], float] = {(0, 0): 0.0}
    back: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(n + 1):
        middle = i * m // max(1, n)
        for j in range(max(0, middle - width), min(m, middle + width) + 1):
            for (a, b), prior in priors.items():
                before = cost.get((i - a, j - b))
                if before is None:
                    continue
                left, right = x[i] - x[i - a], y[j] - y[j - b]
                deviation = abs(right - left * ratio) / math.sqrt(max(1e-9, (left + right / ratio) / 2 * 6.8))
                tail = max(1e-300, math.erfc(deviation / math.sqrt(2)))
                total = before - math.log(prior) - math.log(tail)
                if total < cost.get((i, j), math.inf):
                    cost[i, j], back[i, j] = total, (a, b)
    out: Pairs = []
    i, j = n, m
    while (i, j) != (0, 0):
        a, b = back[i, j]
        out.append((tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = i - a, j - b
    return out[::-1]


def run(case: Case, accuracy: Accuracy) -> tuple[Pairs, list[float], float]:
    """Links, confidences, seconds."""
    source, target = document(case.source, case.source_lang), document(case.target, case.target_lang)
    start = time.perf_counter()
    found = align(source, target, accuracy=accuracy)
    seconds = time.perf_counter() - start
    return [(x.source, x.target) for x in found.links], [x.score for x in found.links], seconds


def report(cases: Iterable[Case], accuracy: Accuracy) -> None:
    """One line a case and system; then how well confidences hold."""
    print(f"{'':28}{'strict P / R / F1':>22}{'lax P / R / F1':>22}{'s per 1,000':>14}")
    kept: list[tuple[float, bool]] = []
    for case in cases:
        links, sure, seconds = run(case, accuracy)
        exact = set(case.gold)
        kept += [(p, link in exact) for p, link in zip(sure, links, strict=True)]
        thousand = seconds / (len(case.source) + len(case.target)) * 2000
        print(f"{case.name} ({len(case.source)}:{len(case.target)})")
        for system, result, cost in (
            (f"  Relecture {accuracy}", score(case.gold, links), f"{thousand:.1f}"),
            ("  Gale-Church (own)", score(case.gold, gale_church(case.source, case.target)), ""),
        ):
            figures = ("  ".join(f"{v:.3f}" for v in part) for part in (result.strict, result.lax))
            print(f"{system:28}" + "".join(f"{f:>22}" for f in figures) + f"{cost:>14}")
        if case.name in ANCHORS:
            print(f"  {ANCHORS[case.name]}")
    print("\nconfidence    links   right")
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        inside = [right for p, right in kept if low <= p < high]
        if inside:
            print(f"{low:.2f} to {min(high, 1):.2f}{len(inside):>8}{sum(inside) / len(inside):>8.3f}")


def omission_cases(size: int) -> list[Case]:
    """Parallel documents with 7% of the target sentences left out and 10% of the pairs joined to the next."""
    out = []
    for name, left, right, source, target in PARALLEL:
        pairs = list(zip(lines(DATA / "parallel" / left), lines(DATA / "parallel" / right), strict=True))
        rng = random.Random(name)  # noqa: S311 (not for security)
        body, sources, targets = iter(pairs[300 : 300 + size]), list[str](), list[str]()
        gold: Pairs = []
        for one in body:
            dice, i, j = rng.random(), len(sources), len(targets)
            sources.append(one[0])
            if dice < 0.07:
                gold.append(((i,), ()))
            elif dice < 0.17 and (following := next(body, None)) is not None:
                sources.append(following[0])
                targets.append(f"{one[1]} {following[1]}")
                gold.append(((i, i + 1), (j,)))
            else:
                targets.append(one[1])
                gold.append(((i,), (j,)))
        out.append(Case(name, sources, targets, source, target, gold))
    return out


def omissions(size: int) -> None:
    """How many left-out sentences end up alone, and how many joined ones stay joined, with and without
    ``qa.align.trim``."""
    print(f"{'left out: found alone / joined: kept':<40}{'search alone':>16}{'with trimming':>16}")
    for case in omission_cases(size):
        alone = {pair for pair in case.gold if not pair[1]}
        joined = {pair for pair in case.gold if len(pair[0]) > 1}
        cells = []
        for trimming in (lambda path, rewards: path, trimmed):
            with patch("qa.align.aligner.trimmed", trimming):
                found = set(run(case, "default")[0])
            cells.append(f"{len(alone & found)}/{len(alone)}  {len(joined & found)}/{len(joined)}")
        print(f"{case.name:<40}{cells[0]:>16}{cells[1]:>16}")


def calibrate(size: int) -> None:
    """Fit the confidence weights, once for sentence vectors and once for surfaces, and print them."""
    from qa.align.aligner import search
    from qa.align.confidence import FEATURES, features

    for kind, accuracies in (("vectors", ("default", "best")), ("surfaces", ("fast",))):
        rows, right = [], []
        for accuracy in accuracies:
            some = (
                [*gold_cases(), *synthetic_cases(size, replaced=0.03)] if accuracy != "best" else gold_cases()
            )
            for case in some:
                documents = document(case.source, case.source_lang), document(case.target, case.target_lang)
                path, rewards = search(*documents, accuracy=accuracy)
                exact = set(case.gold)
                rows.append(features(path, rewards))
                right += [(tuple(range(x.i - x.a, x.i)), tuple(range(x.j - x.b, x.j))) in exact for x in path]
        weights = logistic(np.concatenate(rows), np.array(right, float))
        print(
            kind,
            len(right),
            "links:",
            ", ".join(f"{f} {w:.2f}" for f, w in zip(FEATURES, weights, strict=True)),
        )


def logistic(x: np.ndarray, y: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Newton's method with a small ridge on all weights but the first."""
    weights = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - y) + penalty * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def background() -> None:
    """Mean vectors over five languages of FLORES, for documents too short to have a mean of their own."""
    from qa.encoder import load
    from qa.encoder.use import load_use

    texts = {
        code: lines(DATA / "parallel" / f"{code}.devtest")[:200]
        for code in ("deu", "eng", "fra", "rus", "ukr")
    }
    encoder, second = load(), load_use()
    means = {
        encoder.signature.split(":")[0]: [encoder.pooled(own).mean(0) for own in texts.values()],
        second.signature.split(":")[0]: [
            second.embed(own).mean(0) for code, own in texts.items() if code != "ukr"
        ],
    }
    path = Path(__file__).parent.parent / "qa" / "align" / "background.npz"
    np.savez(path, **{name: np.mean(parts, axis=0).astype(np.float16) for name, parts in means.items()})
    print(f"wrote {path.name}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--accuracy", choices=("fast", "default", "best"), default="default")
    parser.add_argument("--size", type=int, default=300, help="sentence pairs in a synthetic document")
    parser.add_argument("--seed", type=int, default=7, help="of the synthetic documents")
    parser.add_argument("--gold-only", action="store_true")
    parser.add_argument("--omissions", action="store_true")
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument("--background", action="store_true")
    options = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"no data in {DATA}; set RELECTURE_DATA")
    if options.background:
        background()
    elif options.omissions:
        omissions(options.size)
    elif options.calibrate:
        calibrate(options.size)
    else:
        report(
            [*gold_cases(), *([] if options.gold_only else synthetic_cases(options.size, options.seed))],
            options.accuracy,
        )


if __name__ == "__main__":
    main()
