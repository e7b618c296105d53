"""What the checks find and what they cry wolf at.

    python benchmarks/checks.py [--only ID ...] [--skip ID ...] [--show ID ...]
                                [--part human|demetr|auxiliaries|speed]

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
import re
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
KINDS = {
    "base_id33_empty": "empty",
    "critical_id10_numbers_replaced": "number replaced",
    "critical_id4_codemix": "word left in the source language",
    "critical_id8_negation": "negation",
    "critical_id11_gender": "gender of a person",
    "critical_id9_ne_replaced": "name replaced",
    "critical_id25_ne_removed": "name removed",
    "major_id19_question": "statement made a question",
    "minor_id1_repeat2": "last word doubled",
    "minor_id2_repeat4": "last word four times",
    "minor_id16_function_word": "function word replaced",
    "minor_id26_misspelled": "misspelling",
    "minor_id28_final_punc_removed": "final punctuation removed",
    "minor_id29_punc_addition": "punctuation added",
    "minor_id30_tokenized": "tokenised",
    "minor_id31_full_lower": "lower case",
    "minor_id32_first_lower": "first letter lower case",
}
Pairs = list[tuple[str, str]]
Found = dict[int, tuple[Flag, ...]]


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


def flags(pairs: Pairs, source: str, target: str, only: list[str]) -> tuple[Context, Found]:
    segments = [Segment(id=at, source=one, target=other) for at, (one, other) in enumerate(pairs, start=1)]
    context = Context(source, target, segments)
    return context, runner.run(context, only=only)


def count(found: Found) -> Counter[str]:
    """Flags by check, in all ("*") and of severity major or worse ("major")."""
    row: Counter[str] = Counter()
    for flag in (flag for segment_flags in found.values() for flag in segment_flags):
        row[flag.check] += 1
        row["*"] += 1
        row["major"] += flag.severity.rank >= 2
    return row


def show(title: str, context: Context, found: Found, args: argparse.Namespace) -> None:
    for check in args.show or []:
        print(f"  {title}: {check}")
        hits = [(segment, flag) for segment in context.segments for flag in found[segment.id]]
        for segment, flag in [hit for hit in hits if hit[1].check == check][: args.limit]:
            print(f"    [{flag.severity}] {flag.text!r}: {flag.message}")
            print(f"      {segment.source}\n      {segment.target}")


def false_alarms(args: argparse.Namespace, names: list[str]) -> dict[str, object]:
    per_check: Counter[str] = Counter()
    total = 0
    directions: set[str] = set()
    print("\n### Flags per 1,000 human-translated segments\n")
    for name, source, target, pairs in [*human(), *post_edits()]:
        if args.sets and not any(wanted in name for wanted in args.sets):
            continue
        pairs = [pair for pair in pairs if all(map(str.strip, pair))]
        step = args.document or max(1, len(pairs))
        parts = [flags(pairs[at : at + step], source, target, names) for at in range(0, len(pairs), step)]
        row, size = sum((count(found) for _, found in parts), Counter()), len(pairs)
        rate = {check: 1000 * row[check] / size for check in ["*", "major", *names]}
        cells = ", ".join(f"{check} {rate[check]:.1f}" for check in names if row[check])
        print(f"{name:24s} n={size:5d}  all {rate['*']:6.1f}  major {rate['major']:5.1f}  | {cells}")
        if not name.startswith("mlqe"):
            per_check.update(row)
            total += size
            directions.add(f"{source}-{target}")
        for context, found in parts:
            show(name, context, found, args)
    if not total:
        return {}
    print(f"\nall human translations (without MLQE-PE), n={total}:")
    rates = {check: 1000 * per_check[check] / total for check in ["*", "major", *names]}
    for check, rate in rates.items():
        if rate:
            print(f"  {check:26s} {rate:7.2f}")
    return {"segments": total, "directions": len(directions), "rates": rates}


def recall(args: argparse.Namespace, names: list[str]) -> dict[str, dict[str, float]]:
    """Check → kind of damage → share found; a flag that the intact translation raises too counts not."""
    hits: dict[str, Counter[str]] = defaultdict(Counter)
    sizes: Counter[str] = Counter()
    good: Counter[str] = Counter()
    segments = 0
    for source, records in demetr().items():
        texts = sorted({(record["src"], record["good"]) for record in records})
        context, intact = flags(texts, source, "en", names)
        good.update(count(intact))
        segments += len(texts)
        known = {text: {(flag.check, flag.text) for flag in intact[at]} for at, text in enumerate(texts, 1)}
        show(f"demetr good {source}", context, intact, args)
        # Each is a document of its own: the damaged translations of one source beside each other would
        # let a check that looks around find in one what another lacks.
        damaged = {
            at: flags([(record["src"], record["bad"])], source, "en", names)[1][1]
            for at, record in enumerate(records, start=1)
        }
        for at, record in enumerate(records, start=1):
            kind, before = record["category"], known[record["src"], record["good"]]
            sizes[kind] += 1
            new = {flag.check for flag in damaged[at] if (flag.check, flag.text) not in before}
            hits[kind].update([*new, "*"] if new else [])
            if args.missed and args.missed in kind and not new:
                print(f"    missed {kind}", record["src"], record["good"], record["bad"], sep="\n      ")
    print("\n### DEMETR development part: share of each kind of damage that raises a new flag\n")
    for kind in sorted(sizes):
        row = {check: hits[kind][check] / sizes[kind] for check in hits[kind]}
        best = sorted((check for check in row if check != "*"), key=row.__getitem__, reverse=True)[:6]
        cells = ", ".join(f"{check} {row[check]:.2f}" for check in best)
        print(f"{kind:34s} n={sizes[kind]:4d}  any {row.get('*', 0.0):.3f}  | {cells}")
    print(f"\nDEMETR intact translations, n={segments}: flags per 1,000")
    for check in ["*", "major", *names]:
        if good[check]:
            print(f"  {check:26s} {1000 * good[check] / segments:7.2f}")
    shares: dict[str, dict[str, float]] = {}
    for check in names:
        found = {KINDS[kind]: hits[kind][check] / sizes[kind] for kind in sizes if kind in KINDS}
        best = sorted((kind for kind in found if found[kind] >= 0.1), key=found.__getitem__, reverse=True)
        shares[check] = {kind: round(found[kind], 3) for kind in best}
    return shares


def auxiliaries() -> None:
    """«X a également publié …» with its auxiliary taken out: how many does french-auxiliary find?"""
    pattern = re.compile(r"((?:[\w’'-]+ ){1,4}?)(?:a|ont) ((?:également|aussi|déjà) \w+(?:é|i|u) .*)")
    texts = {text for _, _, target, pairs in human() if target == "fr" for _, text in pairs}
    seeded = [("x", match[1] + match[2]) for text in sorted(texts) if (match := pattern.match(text))]
    _, intact = flags([("x", text) for text in sorted(texts)], "en", "fr", ["french-auxiliary"])
    _, found = flags(seeded, "en", "fr", ["french-auxiliary"])
    print("\n### French sentences without their auxiliary\n")
    print(f"  found {sum(map(bool, found.values()))} of {len(seeded)}")
    print(f"  flagged {sum(map(bool, intact.values()))} of {len(texts)} intact French sentences")


def speed(names: list[str]) -> None:
    _, source, target, pairs = next(item for item in human() if item[0] == "newstest2013 en-fr")
    segments = [Segment(id=at, source=one, target=other) for at, (one, other) in enumerate(pairs, 1) if one]
    context = Context(source, target, segments)
    print("\n### Segments per second, one core, newstest2013 en-fr\n")
    times = []
    for name in names:
        check = CHECKS.get(name)()
        if check.languages is not None and target not in check.languages:
            continue
        runner.run(context, only=[name])  # tables and imports are not counted
        start = time.perf_counter()
        if isinstance(check, SegmentCheck):
            for segment in segments:
                list(check.check(segment, context))
        elif isinstance(check, DocumentCheck):
            list(check.check_document(context))
        times.append(time.perf_counter() - start)
        print(f"  {name:26s} {len(segments) / times[-1]:12,.0f}")
    together, average = len(segments) / sum(times), len(segments) * len(times) / sum(times)
    print(f"  all together {together:,.0f}; a check on average {average:,.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="*", help="ids of checks")
    parser.add_argument("--skip", nargs="*", default=[], help="ids of checks left out")
    parser.add_argument("--show", nargs="*", help="print the flags of these checks on intact translations")
    parser.add_argument("--missed", help="print the missed records of this kind of damage")
    parser.add_argument("--sets", nargs="*", help="only the sets whose name holds one of these")
    parser.add_argument(
        "--document", type=int, help="cut the human translations into documents of so many segments"
    )
    parser.add_argument("--limit", type=int, default=10, help="flags printed a set")
    parser.add_argument("--part", choices=["all", "human", "demetr", "auxiliaries", "speed"], default="all")
    parser.add_argument(
        "--write",
        type=Path,
        help="write the figures for the checks' pages (needs all parts; with --only, of these checks alone)",
    )
    args = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"no data at {DATA}: set RELECTURE_DATA")
    names = [name for name in (args.only or CHECKS.names()) if name not in args.skip]
    alarms = false_alarms(args, names) if args.part in ("all", "human") else {}
    shares = recall(args, names) if args.part in ("all", "demetr") else {}
    if args.part in ("all", "auxiliaries"):
        auxiliaries()
    if args.part in ("all", "speed"):
        speed(names)
    if args.write and alarms and shares:
        rates = alarms["rates"]
        assert isinstance(rates, dict)
        checks = {name: {"per_thousand": round(rates[name], 3), "recall": shares[name]} for name in names}
        if args.only:  # the totals are those of the last run of all checks
            figures = json.loads(args.write.read_text(encoding="utf-8"))
            figures["checks"] |= checks
        else:
            figures = {
                "segments": alarms["segments"],
                "directions": alarms["directions"],
                "all": round(rates["*"], 2),
                "major": round(rates["major"], 2),
                "checks": checks,
            }
        args.write.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
