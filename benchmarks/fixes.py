"""Are flags where people correct, and do their fixes bring a translation nearer to what people write?

    python benchmarks/fixes.py [--part demetr|mlqe] [--only ID ...] [--limit N] [--half 0|1]
                               [--show ID ... --outcomes farther same none ...]

Every fix of every flag is applied alone to the text it was proposed for, and the edit distance (code
points, Levenshtein) to the right text is taken before and after. Two judges, neither of which is perfect:

- DEMETR's development part, whose damaged translations have an intact twin; flags that the twin raises as
  well are left out.
- MLQE-PE's machine translations and their post-edits, both with their tokenisation undone. *Touched* is
  the share of flagged words that the post-editor changed, *of any* that of all words of the same
  translations: what a check would reach that flags words by lot. An error may have been left, or mended
  in other words, so *farther* is an upper bound of the harm a fix does.

Reads ``RELECTURE_DATA`` (default ``../shared/data``).
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from checks import DATA, demetr, flags
from rapidfuzz.distance import Levenshtein

from qa.checks import CHECKS
from qa.model import Flag, apply_edits

sys.path.insert(0, str(Path(__file__).parent / "qe"))
from corpora import records, untokenised

Rows = dict[str, Counter[str]]
_EAST = r"[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]"


def mended(flag: Flag, target: str, right: str) -> str:
    """What a fix does to the distance: "exact", "closer", "same", "farther"; "none" without one."""
    if not flag.fix:
        return "none"
    after = apply_edits(target, flag.fix)
    gain = Levenshtein.distance(target, right) - Levenshtein.distance(after, right)
    return "exact" if after == right else "closer" if gain > 0 else "farther" if gain < 0 else "same"


def tell(args: argparse.Namespace, flag: Flag, outcome: str, source: str, target: str, right: str) -> None:
    if flag.check in args.show and outcome in args.outcomes:
        fixed = apply_edits(target, flag.fix) if flag.fix else "(no fix)"
        print(f"    {flag.check} {outcome}: {flag.message}", source, target, fixed, right, sep="\n      ")


def kept(rows: list[dict[str, str]], args: argparse.Namespace) -> list[dict[str, str]]:
    """At most ``--limit`` of the rows of the half that was asked for, from all over them: what is read should
    not be what is reported."""
    if args.half is not None:
        rows = [row for row in rows if hashlib.sha256(row["src"].encode()).digest()[0] % 2 == args.half]
    return rows[:: -(-len(rows) // args.limit)] if args.limit and rows else rows


def restored(args: argparse.Namespace, names: list[str]) -> Rows:
    """Check → outcomes on the damaged translations of DEMETR."""
    rows: Rows = defaultdict(Counter)
    for language, every in demetr().items():
        for record in kept(every, args):
            if record["category"].startswith("base"):  # nothing, or the translation of another sentence
                continue
            intact, right = flags([(record["src"], record["good"])], language, "en", names)[1], record["good"]
            known = {(flag.check, flag.text) for flag in intact[1]}
            for flag in flags([(record["src"], record["bad"])], language, "en", names)[1][1]:
                if (flag.check, flag.text) not in known:
                    outcome = mended(flag, record["bad"], right)
                    rows[flag.check][outcome] += 1
                    tell(args, flag, outcome, record["src"], record["bad"], right)
    return rows


def plain(text: str) -> str:
    """Without the spaces of a tokeniser."""
    return re.sub(rf"(?<={_EAST})\s+|\s+(?={_EAST})", "", untokenised(text))


def changes(target: str, right: str) -> list[tuple[int, int]]:
    """Ranges of ``target`` that ``right`` has otherwise; what was put in touches its neighbours."""
    return [
        (op.src_start, op.src_end) if op.src_end > op.src_start else (op.src_start - 1, op.src_start + 1)
        for op in Levenshtein.opcodes(target, right)
        if op.tag != "equal"
    ]


def touches(start: int, end: int, changed: list[tuple[int, int]]) -> bool:
    return any(a < end and b > start for a, b in changed)


def post_edited(args: argparse.Namespace, names: list[str]) -> tuple[Rows, Rows]:
    """Check → outcomes on machine translations that people have post-edited, and check → how many flagged
    words they "touched", how many were on the "target" side, and the same "of any" word in per mille."""
    rows: Rows = defaultdict(Counter)
    hits: Rows = defaultdict(Counter)
    for path in sorted((DATA / "qe").glob("qe_mlqepe-*.tsv")):
        source_lang, target_lang = path.stem.rsplit("_", 1)[1].split("-")
        if args.pairs and f"{source_lang}-{target_lang}" not in args.pairs:
            continue
        for row in kept([row for row in records(path) if row.get("pe")], args):
            # Each alone: they are drawn from many articles.
            source, target, right = (plain(row[name]) for name in ("src", "mt", "pe"))
            found = flags([(source, target)], source_lang, target_lang, names)[1][1]
            changed = changes(target, right) if found else []
            words = [match.span() for match in re.finditer(rf"\w+?(?={_EAST})|\w+", target)]
            usual = sum(touches(*word, changed) for word in words) / max(1, len(words))
            for flag in found:
                outcome = mended(flag, target, right)
                rows[flag.check][outcome] += 1
                if flag.side == "target":
                    hits[flag.check]["target"] += 1
                    hits[flag.check]["touched"] += touches(flag.start, flag.end, changed)
                    hits[flag.check]["of any"] += round(1000 * usual)
                tell(args, flag, outcome, source, target, right)
    return rows, hits


def report(title: str, rows: Rows, hits: Rows | None = None) -> None:
    print(f"\n### {title}\n")
    print("| check | flags | with a fix | exact | closer | same | farther | closer or exact |", end="")
    print(
        " touched | of any |\n|---|---|---|---|---|---|---|---|---|---|" if hits else "\n" + 8 * "|---" + "|"
    )
    every: Rows = dict(sorted(rows.items(), key=lambda item: -item[1].total()))
    every["all"] = sum(rows.values(), Counter())
    for name, row in every.items():
        fixes = row.total() - row["none"]
        good = f"{(row['exact'] + row['closer']) / fixes:.2f}" if fixes else "–"
        cells = " | ".join(str(row[outcome]) for outcome in ("exact", "closer", "same", "farther"))
        print(f"| {name} | {row.total()} | {fixes} | {cells} | {good} |", end="")
        if hits and (size := hits[name]["target"]):
            print(f" {hits[name]['touched'] / size:.2f} | {hits[name]['of any'] / size / 1000:.2f} |", end="")
        print()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="*", help="ids of checks")
    parser.add_argument("--skip", nargs="*", default=[], help="ids of checks left out")
    parser.add_argument("--pairs", nargs="*", help="of MLQE-PE: only these (en-de …)")
    parser.add_argument("--limit", type=int, help="records a language (DEMETR) or file (MLQE-PE)")
    parser.add_argument("--show", nargs="*", default=[], help="print the flags of these checks")
    parser.add_argument("--outcomes", nargs="*", default=["farther", "same"], help="only with these outcomes")
    parser.add_argument("--half", type=int, choices=(0, 1), help="one half of the sources")
    parser.add_argument("--part", choices=["all", "demetr", "mlqe"], default="all")
    args = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"no data at {DATA}: set RELECTURE_DATA")
    names = [name for name in args.only or CHECKS.names() if name not in args.skip]
    if args.part in ("all", "demetr"):
        report("Damaged translations of DEMETR", restored(args, names))
    if args.part in ("all", "mlqe"):
        report("Machine translations of MLQE-PE and their post-edits", *post_edited(args, names))


if __name__ == "__main__":
    main()
