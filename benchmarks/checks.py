"""What the checks find and what they cry wolf at.

    python benchmarks/checks.py [--only ID ...] [--show ID] [--limit N] [--speed]

Recall on the damaged translations of DEMETR (development part) by kind of damage, false alarms per
1,000 segments on its intact translations and on human translations (FLORES devtest, newstest 2012–13,
WMT22, MLQE-PE post-edits), and segments per second of every check. Reads ``RELECTURE_DATA`` (default
``../shared/data``). A human translation may hold a true error: every figure is an upper bound.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from qa.checks import CHECKS, runner
from qa.checks.base import Context, DocumentCheck, SegmentCheck
from qa.model import Flag, Segment

DATA = Path(os.environ.get("RELECTURE_DATA", "../shared/data"))
DEMETR = {
    "russian": "ru", "chinese_simple": "zh", "polish": "pl", "french": "fr", "hindi": "hi", "japanese": "ja",
    "german": "de", "czech": "cs", "italian": "it", "spanish": "es",
}  # fmt: skip
Pairs = list[tuple[str, str]]


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


def human() -> Iterator[tuple[str, str, str, Pairs]]:
    """(set, source language, target language, pairs) of the human translations."""
    folder = DATA / "parallel"
    flores = {"en": "eng", "fr": "fra", "ru": "rus", "uk": "ukr", "de": "deu"}
    for one, other in [("en", "fr"), ("en", "de"), ("en", "ru"), ("en", "uk"), ("fr", "en"), ("ru", "fr"),
                       ("uk", "en"), ("de", "fr"), ("ru", "en")]:  # fmt: skip
        texts = [lines(folder / f"{flores[tag]}.devtest") for tag in (one, other)]
        yield f"flores {one}-{other}", one, other, list(zip(*texts, strict=False))
    for year in ("2012", "2013"):
        for one, other in [("en", "fr"), ("en", "ru"), ("fr", "ru")]:
            stem = f"newstest{year}.{one}-{other}"
            texts = [lines(folder / f"{stem}.{flores[tag]}") for tag in (one, other)]
            for source, target, first, second in ((one, other, 0, 1), (other, one, 1, 0)):
                if year == "2013" or source == one:
                    pairs = list(zip(texts[first], texts[second], strict=False))
                    yield f"newstest{year} {source}-{target}", source, target, pairs
    for one, other in [("uk", "en"), ("ru", "en"), ("de", "fr")]:
        texts = [lines(folder / f"wmt22.{one}-{other}.{tag}") for tag in (one, other)]
        yield f"wmt22 {one}-{other}", one, other, list(zip(*texts, strict=False))


def post_edits() -> Iterator[tuple[str, str, str, Pairs]]:
    """The same for MLQE-PE post-edits: tokenised, and edited by one person without revision."""
    csv.field_size_limit(sys.maxsize)
    for path in sorted((DATA / "qe").glob("qe_mlqepe-dev_*.tsv")):
        one, other = path.stem.rsplit("_", 1)[1].split("-")
        rows = list(csv.DictReader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
        pairs = [(row["src"], row["pe"]) for row in rows if row.get("pe")]
        if pairs:
            yield f"mlqe-pe {one}-{other}", one, other, pairs


def demetr() -> dict[str, list[dict[str, str]]]:
    """Language → records."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in lines(DATA / "pairs" / "demetr-dev.jsonl"):
        if line:
            record = json.loads(line)
            found[DEMETR[record["src_lang"]]].append(record)
    return found


def flags(
    pairs: Pairs, source: str, target: str, only: list[str] | None
) -> tuple[Context, dict[int, tuple[Flag, ...]]]:
    segments = [Segment(id=at, source=one, target=other) for at, (one, other) in enumerate(pairs, start=1)]
    context = Context(source, target, segments)
    return context, runner.run(context, only=only)


def table(title: str, rows: dict[str, Counter[str]], sizes: Counter[str], names: list[str]) -> None:
    print(f"\n### {title}\n")
    shown = [name for name in names if any(row[name] for row in rows.values())]
    for name, row in rows.items():
        cells = ", ".join(f"{check} {1000 * row[check] / sizes[name]:.1f}" for check in shown if row[check])
        total, major = row["*"], row["major"]
        print(
            f"{name:24s} n={sizes[name]:5d}  all {1000 * total / sizes[name]:6.1f}  major {1000 * major / sizes[name]:5.1f}  | {cells}"
        )


def count(found: dict[int, tuple[Flag, ...]]) -> Counter[str]:
    row: Counter[str] = Counter()
    for segment_flags in found.values():
        for flag in segment_flags:
            row[flag.check] += 1
            row["*"] += 1
            row["major"] += flag.severity.rank >= 2
    return row


def show(context: Context, found: dict[int, tuple[Flag, ...]], check: str, limit: int) -> None:
    shown = 0
    for segment in context.segments:
        for flag in found[segment.id]:
            if flag.check == check and shown < limit:
                shown += 1
                print(
                    f"    [{flag.severity}] {flag.text!r}: {flag.message}\n      {segment.source}\n      {segment.target}"
                )


def false_alarms(args: argparse.Namespace, names: list[str]) -> None:
    rows: dict[str, Counter[str]] = {}
    sizes: Counter[str] = Counter()
    per_check: Counter[str] = Counter()
    total = 0
    for name, source, target, pairs in [*human(), *post_edits()]:
        pairs = [pair for pair in pairs if pair[0].strip() and pair[1].strip()]
        if args.sets and not any(wanted in name for wanted in args.sets):
            continue
        context, found = flags(pairs, source, target, args.only)
        rows[name], sizes[name] = count(found), len(pairs)
        if not name.startswith("mlqe"):
            per_check.update(rows[name])
            total += len(pairs)
        for check in args.show or []:
            print(f"  {name}: {check}")
            show(context, found, check, args.limit)
    table("False alarms per 1,000 human-translated segments", rows, sizes, names)
    if total:
        print(f"\nall human translations (without MLQE-PE), n={total}:")
        for check in ["*", "major", *names]:
            if per_check[check]:
                print(f"  {check:26s} {1000 * per_check[check] / total:7.2f}")


def recall(args: argparse.Namespace, names: list[str]) -> None:
    hits: dict[str, Counter[str]] = defaultdict(Counter)
    sizes: Counter[str] = Counter()
    good: Counter[str] = Counter()
    segments = 0
    for source, records in demetr().items():
        texts = sorted({(record["src"], record["good"]) for record in records})
        context, found_good = flags(texts, source, "en", args.only)
        good.update(count(found_good))
        segments += len(texts)
        known = {
            text: {(flag.check, flag.text) for flag in found_good[at]}
            for at, text in enumerate(texts, start=1)
        }
        for check in args.show or []:
            print(f"  demetr good {source}: {check}")
            show(context, found_good, check, args.limit)
        bad = [(record["src"], record["bad"]) for record in records]
        _, found_bad = flags(bad, source, "en", args.only)
        for at, record in enumerate(records, start=1):
            kind = record["category"]
            sizes[kind] += 1
            new = {
                flag.check for flag in found_bad[at]
                if (flag.check, flag.text) not in known[record["src"], record["good"]]
            }  # fmt: skip
            hits[kind].update(new)
            hits[kind]["*"] += bool(new)
            if args.missed and args.missed in kind and not new:
                print(
                    f"    missed {kind}\n      {record['src']}\n      {record['good']}\n      {record['bad']}"
                )
    print(
        f"\n### DEMETR development part: recall by kind of damage (flags the intact translation does not raise)\n"
    )
    for kind in sorted(sizes):
        row = hits[kind]
        best = ", ".join(
            f"{check} {row[check] / sizes[kind]:.2f}" for check, _ in row.most_common(6) if check != "*"
        )
        print(f"{kind:34s} n={sizes[kind]:4d}  any {row['*'] / sizes[kind]:.3f}  | {best}")
    print(f"\nDEMETR intact translations, n={segments}: flags per 1,000")
    for check in ["*", "major", *names]:
        if good[check]:
            print(f"  {check:26s} {1000 * good[check] / segments:7.2f}")


def speed(args: argparse.Namespace, names: list[str]) -> None:
    _, source, target, pairs = next(item for item in human() if item[0] == "newstest2013 en-fr")
    pairs = [pair for pair in pairs if pair[0].strip()]
    segments = [Segment(id=at, source=one, target=other) for at, (one, other) in enumerate(pairs, start=1)]
    context = Context(source, target, segments)
    print("\n### Segments per second, one core, newstest2013 en-fr\n")
    total = 0.0
    rates = []
    for name in names:
        check = CHECKS.get(name)()
        if check.languages is not None and target not in check.languages:
            continue
        runner.run(Context(source, target, segments[:50]), only=[name])  # tables and imports are not counted
        start = time.perf_counter()
        if isinstance(check, SegmentCheck):
            for segment in segments:
                for _ in check.check(segment, context):
                    pass
        elif isinstance(check, DocumentCheck):
            for _ in check.check_document(context):
                pass
        took = time.perf_counter() - start
        total += took
        rates.append(len(segments) / took)
        print(f"  {name:26s} {len(segments) / took:12,.0f}")
    print(
        f"  all together {len(segments) / total:,.0f}; per check on average {len(segments) / (total / len(rates)):,.0f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="*", help="ids of checks")
    parser.add_argument("--skip", nargs="*", default=[], help="ids of checks left out")
    parser.add_argument("--show", nargs="*", help="print the false alarms of these checks")
    parser.add_argument("--missed", help="print the missed records of this kind of damage")
    parser.add_argument("--sets", nargs="*", help="only the sets whose name holds one of these")
    parser.add_argument("--limit", type=int, default=10, help="flags printed a set")
    parser.add_argument("--part", choices=["all", "human", "demetr", "speed"], default="all")
    args = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"no data at {DATA}: set RELECTURE_DATA")
    args.only = [name for name in (args.only or CHECKS.names()) if name not in args.skip]
    if args.part in ("all", "human"):
        false_alarms(args, args.only)
    if args.part in ("all", "demetr"):
        recall(args, args.only)
    if args.part in ("all", "speed"):
        speed(args, args.only)


if __name__ == "__main__":
    main()
