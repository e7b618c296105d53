"""Reference-based metrics beside their peers, and what figures and exports of a big project cost.

    python benchmarks/metrics.py [--segments 20000]

1. BLEU, chrF and TER against sacrebleu's own command line: the values must be equal.
2. HTER against the HTER that the MLQE-PE corpus publishes for the same pairs (needs RELECTURE_DATA).
3. Seconds and peak memory of the summary and of every export, on a synthetic project in SQLite.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from qa import metrics
from qa.model import (
    CheckedDocument,
    CheckedSegment,
    Document,
    Estimate,
    Flag,
    Score,
    Segment,
    Severity,
    Span,
)
from qa.report.exports import EXPORTS, export
from qa.report.summary import summarise
from qa.review.service import ReviewService
from qa.review.views import Actor, Role

DATA = Path(os.environ.get("RELECTURE_DATA", "../shared/data"))


def pairs(lang: str) -> list[dict[str, str]]:
    with (DATA / "qe" / f"qe_mlqepe-test20_{lang}.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def against_sacrebleu(rows: list[dict[str, str]], lang: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        hyp, ref = Path(folder, "hyp"), Path(folder, "ref")
        hyp.write_text("".join(row["mt"] + "\n" for row in rows), encoding="utf-8")
        ref.write_text("".join(row["pe"] + "\n" for row in rows), encoding="utf-8")
        target = lang.split("-")[1]
        options = ["-tok", "zh", "--ter-normalized", "--ter-asian-support"] if target == "zh" else []
        tool = Path(sys.executable).with_name("sacrebleu")
        command = [str(tool), str(ref), "-i", str(hyp), "-m", "bleu", "chrf", "ter", "-w", "4", *options]
        peer = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    started = time.perf_counter()
    report = metrics.corpus([row["mt"] for row in rows], [row["pe"] for row in rows], target_lang=target)
    seconds = time.perf_counter() - started
    for score, other in zip(report.scores, peer, strict=True):
        print(f"{lang}  {score.name:<5} {score.value:9.4f}  sacrebleu {other['score']:9.4f}")
        assert round(score.value, 4) == other["score"], "differs from sacrebleu"
    print(f"{lang}  {len(rows)} segments, three metrics with 1,000 resamples each: {seconds:.1f} s")


def against_published(rows: list[dict[str, str]], lang: str) -> None:
    import pandas as pd

    target = lang.split("-")[1]
    started = time.perf_counter()
    ours = [
        edits.hter
        for edits in metrics.hter_segments(
            [row["mt"] for row in rows], [row["pe"] for row in rows], target_lang=target
        )
    ]
    seconds = time.perf_counter() - started
    table = pd.DataFrame({"ours": ours, "published": [float(row["hter"]) for row in rows]})
    mean = table.mean()
    pearson = table.corr().iloc[0, 1]
    spearman = table.rank().corr().iloc[0, 1]
    print(
        f"{lang}  HTER mean {mean['ours']:.3f} (published {mean['published']:.3f}), "
        f"Pearson {pearson:.3f}, Spearman {spearman:.3f}, {seconds:.1f} s"
    )


def synthetic(size: int) -> CheckedDocument:
    """Sentences of some fifteen words, a flag in every fourth."""
    source, target, items = [], [], []
    at_source = at_target = 0
    for number in range(size):
        before = (
            f"Sentence {number} says that the old bridge over the river was closed to heavy traffic today."
        )
        after = (
            f"La phrase {number} dit que le vieux pont sur le fleuve est fermé aux poids lourds depuis hier."
        )
        flags = (
            (Flag("numbers", "accuracy/mistranslation", Severity.MAJOR, "target", 3, 9, "phrase", "m", 0.9),)
            if number % 4 == 0
            else ()
        )
        segment = Segment(
            number + 1,
            before,
            after,
            (number,),
            (number,),
            0.9,
            Span(at_source, at_source + len(before)),
            Span(at_target, at_target + len(after)),
        )
        quality = Score(float(number % 100), "synthetic", number % 100 - 5.0, number % 100 + 5.0)
        items.append(CheckedSegment(segment, Estimate(quality), flags))
        source.append(before)
        target.append(after)
        at_source += len(before) + 1
        at_target += len(after) + 1
    return CheckedDocument(Document(" ".join(source), "en"), Document(" ".join(target), "fr"), tuple(items))


def exports(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        service = ReviewService.open(Path(folder, "bench.db"))
        lead = Actor("Lea", Role.LEAD)
        project = service.create_project(lead, "Bench", "en", "fr")
        document = synthetic(size)
        started = time.perf_counter()
        service.import_document(lead, project.id, document, name="big")
        print(f"{size:,} segments imported in {time.perf_counter() - started:.1f} s")
        del document
        started = time.perf_counter()
        summarise(service.project(project.id), service.all_segments(project.id))
        print(f"summary    {time.perf_counter() - started:6.1f} s")
        for name in EXPORTS.names():
            path = Path(folder, f"out.{name}")
            started = time.perf_counter()
            export(service, project.id, name, path)
            seconds = time.perf_counter() - started
            print(f"{name:<10} {seconds:6.1f} s  {path.stat().st_size / 1e6:6.1f} MB")
        service.close()
    print(f"peak memory of the process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--segments", type=int, default=20_000)
    size = parser.parse_args().segments
    if DATA.exists():
        for lang in ("ru-en", "en-de", "en-zh"):
            against_sacrebleu(pairs(lang), lang)
            against_published(pairs(lang), lang)
    else:
        print(f"{DATA} is not there (set RELECTURE_DATA); the comparisons with peers are left out")
    exports(size)


if __name__ == "__main__":
    main()
