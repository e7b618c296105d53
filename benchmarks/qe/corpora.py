"""The labelled pairs under ``RELECTURE_DATA``, as training and evaluation see them."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

DEV_SETS = ("mlqepe-dev", "wmt22mqm-dev", "biomqm-dev")
TRAIN_SETS = ("mlqepe-train", "mlqepe-test20", "wmt21mqm-news", "wmt21mqm-ted")
SPANS_OF = {
    "mlqepe-train": "mlqepe-train",
    "mlqepe-test20": "mlqepe-test20",
    "mlqepe-dev": "mlqepe-dev",
    "wmt21mqm-news": "wmt21news",
    "wmt21mqm-ted": "wmt21ted",
    "wmt22mqm-dev": "wmt22mqm-dev",
    "biomqm-dev": "biomqm-dev",
}
"""Scored set → the span set that covers the same texts."""
PARALLEL_LANGUAGES = {"eng": "en", "fra": "fr", "rus": "ru", "ukr": "uk", "deu": "de"}
DEMETR_LANGUAGES = {
    "chinese_simple": "zh", "czech": "cs", "french": "fr", "german": "de", "hindi": "hi",
    "italian": "it", "japanese": "ja", "polish": "pl", "russian": "ru", "spanish": "es",
}  # fmt: skip


@dataclass(slots=True)
class Row:
    """One judged pair. ``percentile`` is the mid-rank of its score within its set and language pair,
    0 to 100, higher is better; ``spans`` are the ranges of the target a person marked (None: nobody was
    asked), by all ``annotators`` together."""

    set: str
    pair: str
    src: str
    mt: str
    score: float = 0.0
    percentile: float = 50.0
    hter: float | None = None
    spans: list[tuple[int, int]] | None = None
    annotators: int = 1

    @property
    def langs(self) -> tuple[str, str]:
        """Source and target language ("br" of the biomedical sets is Brazilian Portuguese)."""
        source, target = (part.replace("br", "pt") for part in self.pair.split("-"))
        return source, target

    @property
    def key(self) -> str:
        return squeeze(self.src)


def squeeze(text: str) -> str:
    """Letters and digits only, lower case: equal for the raw and the tokenised form of a sentence."""
    return re.sub(r"[\W_]+", "", text.lower())


def folder() -> Path:
    """The data folder; leaves with a message when it is absent."""
    path = Path(os.environ.get("RELECTURE_DATA", "../shared/data"))
    if not (path / "qe").is_dir():
        sys.exit(f"no data at {path}: set RELECTURE_DATA to the folder that holds qe/, spans/ and parallel/")
    return path


def midranks(values: Iterable[float]) -> np.ndarray:
    """Percentile of each value among all, ties in the middle, 0 to 100."""
    array = np.asarray(list(values), dtype=np.float64)
    ordered = np.sort(array)
    below = np.searchsorted(ordered, array, "left")
    upto = np.searchsorted(ordered, array, "right")
    return 100.0 * (below + upto) / 2 / max(1, len(array))


def scored(name: str) -> dict[str, list[Row]]:
    """Language pair → rows of the set ``name``; repeated judgements of one pair are averaged."""
    out: dict[str, list[Row]] = {}
    for path in sorted((folder() / "qe").glob(f"qe_{name}_*.tsv")):
        pair = path.stem.rsplit("_", 1)[1]
        merged: dict[tuple[str, str], list[tuple[float, float | None]]] = defaultdict(list)
        with path.open(encoding="utf-8", newline="") as stream:
            for record in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
                hter = record.get("hter")
                judged = float(record["score"]), float(hter) if hter else None
                merged[record["src"], record["mt"]].append(judged)
        rows = [
            Row(name, pair, src, mt, float(np.mean([s for s, _ in judged])), hter=judged[0][1])
            for (src, mt), judged in merged.items()
        ]
        for row, percentile in zip(rows, midranks(r.score for r in rows), strict=True):
            row.percentile = float(percentile)
        out[pair] = rows
    return out


def marked(name: str) -> dict[str, list[Row]]:
    """Language pair → rows of ``spans_<name>``; marks of several annotators on one pair are united."""
    out: dict[str, list[Row]] = {}
    for path in sorted((folder() / "spans").glob(f"spans_{name}_*.jsonl")):
        pair = path.stem.rsplit("_", 1)[1]
        merged: dict[tuple[str, str], Row] = {}
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            row = merged.setdefault(
                (record["src"], record["mt"]),
                Row(name, pair, record["src"], record["mt"], spans=[], annotators=0),
            )
            row.annotators += 1
            row.spans = (row.spans or []) + [
                (span["start"], span["end"])
                for span in record["spans"]
                if span.get("side") in (None, "mt") and span.get("severity") != "neutral"
            ]
        out[pair] = list(merged.values())
    return out


def _solid(text: str) -> tuple[str, list[int]]:
    """``text`` without white space, and the place of each remaining character."""
    places = [i for i, c in enumerate(text) if not c.isspace()]
    return "".join(text[i] for i in places), places


def with_spans(name: str) -> dict[str, list[Row]]:
    """:func:`scored`, with the marks of ``spans_*`` moved onto the texts as translators see them.

    Spans of MLQE-PE refer to tokenised texts; a row whose characters differ apart from white space keeps
    ``spans`` None.
    """
    out = scored(name)
    spans = marked(SPANS_OF[name])
    for pair, rows in out.items():
        known = {_solid(row.mt)[0] + "\t" + _solid(row.src)[0]: row for row in spans.get(pair, [])}
        for row in rows:
            solid, places = _solid(row.mt)
            found = known.get(solid + "\t" + _solid(row.src)[0])
            if found is None or found.spans is None:
                continue
            order = {place: i for i, place in enumerate(_solid(found.mt)[1])}
            row.spans, row.annotators = [], found.annotators
            for start, end in found.spans:
                inside = [order[i] for i in range(start, end) if i in order]
                if inside:
                    row.spans.append((places[inside[0]], places[inside[-1]] + 1))
    return out


def dev_keys() -> set[str]:
    """Squeezed sources of every development set: no training row may share one."""
    names = [rows for name in DEV_SETS for rows in (*scored(name).values(), *marked(name).values())]
    return {row.key for rows in names for row in rows}


def interleaved(groups: Iterable[list[Row]], seed: int) -> Iterator[Row]:
    """Rows in an order whose every prefix is stratified over the groups in proportion to the square
    root of their sizes, until the small ones run out."""
    rng = random.Random(seed)  # noqa: S311 - sampling, not secrets
    keyed: list[tuple[float, int, Row]] = []
    for group in groups:
        rows = list(group)
        rng.shuffle(rows)
        keyed += [((i + rng.random()) / len(rows) ** 0.5, len(keyed) + i, row) for i, row in enumerate(rows)]
    return (row for _, _, row in sorted(keyed, key=lambda item: item[:2]))


def parallel() -> dict[str, list[str]]:
    """Language → sentences of FLORES devtest, line by line translations of each other."""
    return {
        code: (folder() / "parallel" / f"{name}.devtest").read_text("utf-8").splitlines()
        for name, code in PARALLEL_LANGUAGES.items()
    }


def demetr() -> list[dict[str, str]]:
    """DEMETR development pairs: a good and a damaged translation of one source, x → en."""
    with (folder() / "pairs" / "demetr-dev.jsonl").open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def hashes() -> dict[str, str]:
    """File name → first 12 hex digits of its SHA-256, for every file training reads."""
    paths = [
        path
        for pattern in ("qe/*.tsv", "spans/*.jsonl", "parallel/*.devtest", "pairs/*.jsonl")
        for path in sorted(folder().glob(pattern))
    ]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in paths}


def critical(split: str) -> dict[str, list[Row]]:
    """Language pair → rows of the catastrophic-error sets; ``score`` is −1 for an error, 0 otherwise."""
    out: dict[str, list[Row]] = {}
    for path in sorted((folder() / "critical").glob("critical_*.jsonl")):
        pair = path.stem.rsplit("_", 1)[1]
        records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        out[pair] = [
            Row("critical", pair, r["src"], r["mt"], -float(r["label"] == "ERR"))
            for r in records
            if r["split"] == split
        ]
    return out
