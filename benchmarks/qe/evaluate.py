"""Measure an estimator on the development sets.

    RELECTURE_DATA=../shared/data python benchmarks/qe/evaluate.py [--limit N] [--only PART …]

Prints Spearman with human judgement beside two floors (length; raw cosine of the encoder) and published
anchors, interval coverage, word suspicion, damaged twins (DEMETR, wrong senses), critical errors, degenerate
translations, and speed. Nothing here is trained on: rows that share a source with these sets are left out of
training; of the biomedical sets and of DEMETR, whose other half of the sources is trained on, only the half
that is not is measured.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import matthews_corrcoef, roc_auc_score

from corpora import (
    DEMETR_LANGUAGES,
    DEV_SETS,
    HALVED,
    Row,
    critical,
    demetr,
    half,
    midranks,
    parallel,
    squeeze,
    with_spans,
)
from qa import encoder, estimate
from qa.estimate.words import split_words
from qa.model import Estimate, WordScore

ANCHORS = {
    ("wmt22mqm-dev", "en-ru"): ".333 / .519",
    ("wmt22mqm-dev", "en-de"): ".455 / .561",
    ("wmt22mqm-dev", "zh-en"): ".164 / .348",
    ("mlqepe-dev", "ru-en"): ".545 (log-prob.)",
    ("mlqepe-dev", "en-de"): ".213 (log-prob.)",
    ("mlqepe-dev", "ro-en"): ".563 (log-prob.)",
    ("mlqepe-dev", "et-en"): ".485 (log-prob.)",
}
"""Published Spearman on OTHER splits of the same kind of data. WMT22: organisers' baseline / CometKiwi
ensemble on the test set; MLQE: the translation system's own log-probability on test20."""
WORD_ANCHORS = {"en-ru": ".203 / .427", "en-de": ".182 / .303"}
Sets = dict[tuple[str, str], list[Row]]
Found = dict[tuple[str, str], list[Estimate]]
PARTS = ("sentences", "words", "human", "twins", "critical", "degenerate", "speed")


def samples(limit: int) -> Sets:
    """Up to ``limit`` rows, drawn at random, of each development set and language pair that teach nothing."""
    return {
        (name, pair): random.Random(1).sample(rows, min(limit, len(rows)))  # noqa: S311
        for name in DEV_SETS
        for pair, every in with_spans(name).items()
        if (rows := [row for row in every if name not in HALVED or half(row.key) == 1])
    }


def cosines(loaded: encoder.Encoder, rows: Sequence[Row]) -> np.ndarray:
    """The floor: raw cosine of the pair's pooled vectors."""
    source, target = (loaded.pooled([getattr(row, side) for row in rows]) for side in ("src", "mt"))
    return np.einsum("ij,ij->i", source, target)


def judged(estimator: estimate.Estimator, rows: Sequence[Row]) -> list[Estimate]:
    """Estimates of rows of any language pairs, in order."""
    out: dict[int, Estimate] = {}
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        groups[row.langs].append(i)
    for langs, indices in groups.items():
        found = estimator.estimate([(rows[i].src, rows[i].mt) for i in indices], *langs)
        out.update(zip(indices, found, strict=True))
    return [out[i] for i in range(len(rows))]


def qualities(estimates: Sequence[Estimate]) -> np.ndarray:
    return np.array([e.quality.value for e in estimates])


def table(header: Sequence[str], lines: Sequence[Sequence[object]]) -> None:
    """A Markdown table; floats with three decimals."""

    def cell(value: object) -> str:
        return f"{value:.3f}" if isinstance(value, float) else str(value)

    print("\n| " + " | ".join(header) + " |\n" + "|---" * len(header) + "|")
    for line in lines:
        print("| " + " | ".join(map(cell, line)) + " |")
    print(flush=True)


def sentences(estimator: estimate.Estimator, loaded: encoder.Encoder, sets: Sets) -> Found:
    """Spearman and interval coverage on every set; returns the estimates for the parts that follow."""
    lines, kept = [], {}
    for (name, pair), rows in sets.items():
        found = judged(estimator, rows)
        kept[name, pair] = found
        human = np.array([r.score for r in rows])
        rank = midranks(human)
        bounds = [(e.quality.low, e.quality.high) for e in found if e.quality.low is not None]
        hter = [(e.hter, r.hter) for e, r in zip(found, rows, strict=True) if None not in (e.hter, r.hter)]
        predictions = (
            [-len(split_words(r.src)) for r in rows],
            cosines(loaded, rows),
            qualities(found),
        )
        line: list[object] = [name, pair, len(rows), found[0].quality.signature.rsplit("|pair:", 1)[-1]]
        line += [float(spearmanr(predicted, human).statistic) for predicted in predictions]
        line.append(ANCHORS.get((name, pair), ""))
        if len(bounds) == len(rows):
            low, high = np.array(bounds).T
            line += [float(np.mean((rank >= low) & (rank <= high))), float(np.mean(high - low))]
        else:
            line += ["", ""]
        line.append(float(spearmanr(*zip(*hter, strict=True)).statistic) if hter else "")
        lines.append(line)
    print("## Sentence scores: Spearman with human judgement")
    print("Anchors are published figures on other splits. Coverage is of the 80% interval.")
    table(
        (
            *("set", "pair", "n", "pair in training", "length", "raw cosine", "**estimator**"),
            *("anchor (other split)", "coverage", "width", "HTER ρ"),
        ),
        lines,
    )
    for name in DEV_SETS:
        mine = [line for line in lines if line[0] == name]
        if mine:
            length, cosine, own = (np.mean([line[column] for line in mine]) for column in (4, 5, 6))
            print(f"mean of {name}: length {length:.3f}, cosine {cosine:.3f}, estimator {own:.3f}")
    return kept


def words(estimator: estimate.Estimator, sets: Sets, kept: Found) -> None:
    """Word suspicion against human marks and post-editing tags."""
    thresholds = getattr(estimator, "thresholds", {"balanced": 0.5, "precise": 0.9})
    lines, pooled = [], []
    for (name, pair), rows in sets.items():
        bad, truth = [], []
        for row, found in zip(rows, kept[name, pair], strict=True):
            if row.spans is None:
                continue
            for word in found.words:
                bad.append(word.bad)
                covered = [min(word.end, b) - max(word.start, a) for a, b in row.spans]
                truth.append(2 * max(covered, default=0) >= word.end - word.start)
        if not truth or not any(truth):
            continue
        p, t = np.array(bad), np.array(truth)
        if not name.startswith("mlqepe"):
            pooled.append((p, t))
        flagged, sure = p >= thresholds["balanced"], p >= thresholds["precise"]
        lines.append(
            (
                name, pair, len(t), float(t.mean()), float(p.mean()), float(roc_auc_score(t, p)),
                float(matthews_corrcoef(t, flagged)), WORD_ANCHORS.get(pair, "") if "wmt22" in name else "",
                float(t[flagged].mean()) if flagged.any() else "", int(sure.sum()),
                float(t[sure].mean()) if sure.any() else "",
            )
        )  # fmt: skip
    print(f"## Words: probability that a person marks the word; thresholds {dict(thresholds)}")
    table(
        ("set", "pair", "words", "bad", "mean p", "AUC", "MCC (balanced)", "anchor MCC",
         "precision (balanced)", "flagged (precise)", "precision (precise)"),
        lines,
    )  # fmt: skip
    if pooled:
        p, t = (np.concatenate(part) for part in zip(*pooled, strict=True))
        edges = [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 1.01]
        print("Reliability on MQM marks (all MQM development sets together):")
        table(
            ("predicted", "words", "mean p", "marked"),
            [
                (f"{a:.2f}-{b:.2f}", int(m.sum()), float(p[m].mean()), float(t[m].mean()))
                for a, b in pairwise(edges)
                if (m := (p >= a) & (p < b)).any()
            ],
        )


def human_translations(estimator: estimate.Estimator, limit: int) -> None:
    """How often the check of suspicious words would flag a human translation (FLORES)."""
    thresholds = getattr(estimator, "thresholds", {})
    texts = {code: lines[:limit] for code, lines in parallel().items()}
    lines = []
    for source, target in (
        ("en", "fr"),
        ("en", "de"),
        ("en", "ru"),
        ("ru", "fr"),
        ("uk", "en"),
        ("de", "en"),
    ):
        rows = [
            Row("flores", f"{source}-{target}", s, t)
            for s, t in zip(texts[source], texts[target], strict=True)
        ]
        found = judged(estimator, rows)
        line: list[object] = [f"{source}-{target}", len(rows), float(qualities(found).mean())]
        for value in thresholds.values():
            marked = sum(
                a.bad < value <= b.bad  # a run counts once
                for e in found
                for a, b in pairwise((WordScore(0, 0, 0.0), *e.words))
            )
            line.append(1000.0 * marked / len(rows))
        lines.append(line)
    print("## Human translations (FLORES devtest): runs of suspicious words per 1,000 segments")
    table(("pair", "n", "mean quality", *(f"flags at {name}" for name in thresholds)), lines)


def wins(estimator: estimate.Estimator, good: Sequence[Row], bad: Sequence[Row]) -> np.ndarray:
    """1 where the good translation scores higher, ½ for a tie, 0 otherwise."""
    a, b = qualities(judged(estimator, good)), qualities(judged(estimator, bad))
    return (a > b) + 0.5 * (a == b)


def twins(estimator: estimate.Estimator, limit: int) -> None:
    """DEMETR: does the undamaged translation score higher? Ties count half."""
    rng = random.Random(1)  # noqa: S311 - sampling, not secrets
    kinds: dict[str, list[dict[str, str]]] = defaultdict(list)
    for record in demetr():
        if half(squeeze(record["src"])) == 1:
            kinds[record["category"]].append(record)
    lines = []
    for kind, records in sorted(kinds.items(), key=lambda item: int(item[0].split("_")[1][2:])):
        if "reference" in kind:  # a human translation against a machine's: no error was made
            continue
        some = rng.sample(records, min(limit, len(records)))
        pairs = [f"{DEMETR_LANGUAGES[r['src_lang']]}-en" for r in some]
        good, bad = (
            [Row("demetr", pair, r["src"], r[side]) for pair, r in zip(pairs, some, strict=True)]
            for side in ("good", "bad")
        )
        severity, number, what = kind.split("_", 2)
        lines.append((number[2:], what, severity, len(some), float(wins(estimator, good, bad).mean())))
    print("## Damaged twins (DEMETR development pairs, x → en): share of pairs ordered right")
    table(("id", "kind", "severity", "n", "accuracy"), lines)
    print("mean over kinds:", f"{np.mean([line[-1] for line in lines]):.3f}")
    senses = list(sense_twins())
    if senses:
        won = wins(estimator, [good for good, _ in senses], [bad for _, bad in senses])
        print(f"wrong senses (written for this project): {won.mean():.3f} of {len(won)}")


def sense_twins() -> Iterator[tuple[Row, Row]]:
    """A right and a wrong rendering of an ambiguous word: the twins of ``benchmarks/sense.py``."""
    for path in sorted((Path(__file__).parents[1] / "data").glob("sense_twins*.tsv")):
        for line in path.read_text("utf-8").splitlines()[1:]:
            _, source_lang, target_lang, source, translation = line.split("\t")
            wrong, right = (re.sub(r"\[([^|\]]*)\|([^\]]*)\]", side, translation) for side in (r"\1", r"\2"))
            pair = f"{source_lang}-{target_lang}"
            yield Row("sense", pair, source, right), Row("sense", pair, source, wrong)


def catastrophic(estimator: estimate.Estimator, limit: int) -> None:
    """AUC of finding catastrophic errors on the development part of the WMT21 sets."""
    lines = []
    for pair, rows in critical("dev").items():
        some = rows[:limit]
        labels = [r.score <= -0.5 for r in some]
        auc = roc_auc_score(labels, -qualities(judged(estimator, some)))
        length = roc_auc_score(labels, [len(r.src) for r in some])
        lines.append((pair, len(some), sum(labels), float(length), float(auc)))
    print("## Catastrophic errors (WMT21 labels, development part)")
    table(("pair", "n", "errors", "AUC length", "AUC estimator"), lines)


def degenerate(estimator: estimate.Estimator, limit: int) -> None:
    """AUC of telling human translations from what no translation can be, on pairs never trained on."""
    texts = {code: lines[:limit] for code, lines in parallel().items()}
    lines = []
    for source, target, other in (
        ("ru", "fr", "de"),
        ("uk", "en", "ru"),
        ("en", "fr", "de"),
        ("de", "fr", "en"),
    ):
        src, good = texts[source], texts[target]
        half = [" ".join(t.split()[: len(t.split()) // 2]) for t in good]
        damaged = {
            "swapped": good[1:] + good[:1],
            "copied": src,
            "other language": texts[other],
            "half missing": half,
            "looped": [f"{h} " * 2 + h for h in half],
            "half untranslated": [
                f"{h} {' '.join(s.split()[len(s.split()) // 2 :])}" for h, s in zip(half, src, strict=True)
            ],
        }
        pair = f"{source}-{target}"
        fine = qualities(
            judged(estimator, [Row("flores", pair, s, t) for s, t in zip(src, good, strict=True)])
        )
        values = []
        for bad in damaged.values():
            rows = [Row("flores", pair, s, t) for s, t in zip(src, bad, strict=True)]
            low = qualities(judged(estimator, rows))
            values.append(float(roc_auc_score([1] * len(fine) + [0] * len(low), np.r_[fine, low])))
        lines.append((pair, len(src), float(fine.mean()), *values))
    print("## Degenerate translations (FLORES devtest): AUC against the human translation")
    table(("pair", "n", "mean quality of human", *damaged), lines)


def speed(rounds: int) -> None:
    """Pairs a second in batch and milliseconds for one pair, about 30 words a side, warm.

    Best and median of ``rounds`` of each, the settings in turn: on a busy machine the best says what the
    code can do, the median what one gets.
    """
    texts = parallel()
    some = [
        (s, t)
        for s, t in zip(texts["en"], texts["fr"], strict=True)
        if 24 <= len(s.split()) <= 34 and 24 <= len(t.split()) <= 38
    ][:192]
    ready, loads = {}, {}
    for threads in (1, 2):
        begin = time.perf_counter()
        loaded = encoder.load(threads=threads, cache=False)
        loaded.pooled(["warm"])
        middle = time.perf_counter()
        ready[threads] = estimate.load(encoder=loaded)
        ready[threads].estimate(some[:1], "en", "fr")
        loads[threads] = middle - begin, time.perf_counter() - middle
        ready[threads].estimate(some, "en", "fr")
    batch, cpu, single = (defaultdict(list) for _ in range(3))
    for _ in range(rounds):
        for threads, estimator in ready.items():
            start, busy = time.perf_counter(), time.process_time()
            estimator.estimate(some, "en", "fr")
            batch[threads].append(len(some) / (time.perf_counter() - start))
            # Suffers less from a busy machine.
            cpu[threads].append(1000 * (time.process_time() - busy) / len(some))
    for pair in some[:40]:
        for threads, estimator in ready.items():
            start = time.perf_counter()
            estimator.estimate([pair], "en", "fr")
            single[threads].append(1000 * (time.perf_counter() - start))
    words = [len(split_words(text)) for pair in some for text in pair]
    pieces = [len(row) for pair in some for row in loaded.tokenizer.ids(pair)]
    print(f"## Speed: {len(some)} English-French pairs, 24 to 38 tokens between spaces a side; means of a")
    print(f"side: {np.mean(words):.1f} words and punctuation marks, {np.mean(pieces):.1f} pieces")
    table(
        ("threads", "encoder load s", "estimator load and first pair s", "pairs/s in batch: best", "median",
         "CPU ms a pair: best", "median", "one pair ms: best", "median"),
        [
            (
                threads, *loads[threads], max(batch[threads]), float(np.median(batch[threads])),
                min(cpu[threads]), float(np.median(cpu[threads])),
                min(single[threads]), float(np.median(single[threads])),
            )
            for threads in ready
        ],
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--limit", type=int, default=10**9, help="rows a set, drawn at random")
    parser.add_argument("--twins", type=int, default=25, help="DEMETR pairs a kind")
    parser.add_argument("--estimator", help="another estimator (as qa score --estimator)")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=7, help="measurements of speed")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    options = parser.parse_args()
    loaded = encoder.load(threads=options.threads, cache=False)
    # Remembered estimates would make every figure of speed a lie.
    os.environ["RELECTURE_CACHE"] = "off"
    estimator = estimate.load(options.estimator, encoder=loaded)
    print(f"# {estimator.signature}")
    if {"sentences", "words"} & set(options.only):
        sets = samples(options.limit)
        kept = sentences(estimator, loaded, sets)
        words(estimator, sets, kept)
    if "human" in options.only:
        human_translations(estimator, min(options.limit, 200))
    if "twins" in options.only:
        twins(estimator, min(options.limit, options.twins))
    if "critical" in options.only:
        catastrophic(estimator, min(options.limit, 1000))
    if "degenerate" in options.only:
        degenerate(estimator, min(options.limit, 60))
    if "speed" in options.only and options.estimator is None:
        speed(options.rounds)


if __name__ == "__main__":
    main()
