"""How many of the errors put into the sample documents are flagged, and how many flags are false alarms.

    python benchmarks/corpora.py [NAME …]

A seeded error is found, and a flag is right, when the two overlap, or when the flag marks the other side of
the same segment for an error of the same MQM dimension (a tag that is missing is marked in the source, say).
The anchor beside it are the same figures for the checks
that compare characters alone, without sense, consistency, meaning or alignment: what a rule checker sees.
The documents are small and were written by the same people as the checks: read the figures as a list of
what is still missed, not as an estimate of quality.
"""

from __future__ import annotations

import csv
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

from qa.checks import CHECKS
from qa.model import CheckedDocument, Flag, Side, Span
from qa.pipeline import Pipeline
from qa.resources import Settings

ROOT = Path(__file__).parents[1] / "corpora"
MEANING = (
    "wrong-sense",
    "drift",
    "omission",
    "addition",
    "negation",
    "meaning",
    "consistency",
    "untranslated",
)
"""Parts of the ids of checks that look at more than characters; the anchor leaves these out."""


@dataclass(frozen=True)
class Error:
    side: Side
    span: Span
    category: str
    note: str
    segment: int = 0
    """Id of the segment that holds it."""


@dataclass(frozen=True)
class Mark:
    """A flag with its place in the document and its segment's id."""

    side: Side
    span: Span
    flag: Flag
    segment: int


@dataclass
class Count:
    found: int = 0
    errors: int = 0
    right: int = 0
    flags: int = 0

    def add(self, other: Count) -> None:
        self.found += other.found
        self.errors += other.errors
        self.right += other.right
        self.flags += other.flags

    def __str__(self) -> str:
        recall = f"{self.found}/{self.errors}"
        precision = f"{self.right}/{self.flags}"
        return f"{recall:>7} {precision:>8}"


def errors(home: Path, texts: dict[Side, str], checked: CheckedDocument) -> list[Error]:
    found = []
    with (home / "gold.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            side: Side = "source" if row["side"] == "source" else "target"
            at = -1
            for _ in range(int(row["occurrence"])):
                at = texts[side].index(row["span"], at + 1)
            span = Span(at, at + len(row["span"]))
            found.append(Error(side, span, row["category"], row["note"], holder(checked, side, at)))
    return found


def holder(checked: CheckedDocument, side: Side, at: int) -> int:
    for item in checked.segments:
        span = item.segment.source_span if side == "source" else item.segment.target_span
        if span is not None and span.start <= at < span.end:
            return item.segment.id
    return 0


def marks(checked: CheckedDocument) -> list[Mark]:
    found = []
    for item in checked.segments:
        for flag in item.flags:
            base = item.segment.source_span if flag.side == "source" else item.segment.target_span
            if base is not None:
                span = Span(base.start + flag.start, base.start + flag.end)
                found.append(Mark(flag.side, span, flag, item.segment.id))
    return found


def meet(error: Error, mark: Mark) -> bool:
    """Do they speak of the same thing? A mark without length counts where it touches."""
    if error.side != mark.side:
        same_dimension = error.category.split("/")[0] == mark.flag.category.split("/")[0]
        return error.segment == mark.segment and same_dimension
    return error.span.start < max(mark.span.end, mark.span.start + 1) and mark.span.start < error.span.end


def count(gold: list[Error], flagged: list[Mark]) -> Count:
    return Count(
        found=sum(any(meet(error, mark) for mark in flagged) for error in gold),
        errors=len(gold),
        right=sum(any(meet(error, mark) for error in gold) for mark in flagged),
        flags=len(flagged),
    )


def main(names: list[str]) -> None:
    manifest = tomllib.loads((ROOT / "manifest.toml").read_text(encoding="utf-8"))["corpus"]
    by_character = {check.id for check in CHECKS if not any(part in check.id for part in MEANING)}
    total, anchor = Count(), Count()
    details: list[str] = []
    print(f"{'document':<14} {'found':>7} {'right':>8}   {'anchor: found, right':<20} {'seconds':>7}")
    for entry in manifest:
        if names and entry["name"] not in names:
            continue
        home = ROOT / entry["name"]
        texts: dict[Side, str] = {
            "source": (home / entry["source"]).read_text(encoding="utf-8"),
            "target": (home / entry["target"]).read_text(encoding="utf-8"),
        }
        glossary = home / entry["glossary"] if "glossary" in entry else None
        pipeline = Pipeline(Settings(glossary=glossary))
        started = time.perf_counter()
        checked = pipeline.check_texts(
            texts["source"], texts["target"], entry["source_lang"], entry["target_lang"], name=entry["name"]
        )
        seconds = time.perf_counter() - started
        gold, flagged = errors(home, texts, checked), marks(checked)
        mine = count(gold, flagged)
        rules = count(gold, [mark for mark in flagged if mark.flag.check in by_character])
        total.add(mine)
        anchor.add(rules)
        print(f"{entry['name']:<14} {mine}   {rules!s:<20} {seconds:7.1f}")
        for error in gold:
            if not any(meet(error, mark) for mark in flagged):
                text = texts[error.side][error.span.start : error.span.end]
                details.append(f"missed  {entry['name']}: «{text}» {error.category} — {error.note}")
        for mark in flagged:
            if not any(meet(error, mark) for error in gold):
                flag = mark.flag
                details.append(f"alarm   {entry['name']}: «{flag.text}» {flag.check} — {flag.message}")
    print(f"{'all':<14} {total}   {anchor}\n")
    print("\n".join(details))


if __name__ == "__main__":
    main(sys.argv[1:])
