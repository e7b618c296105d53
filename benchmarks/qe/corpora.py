"""The labelled pairs under ``RELECTURE_DATA``, as training and evaluation see them."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from qa.estimate.words import split_words

DEV_SETS = ("mlqepe-dev", "wmt22mqm-dev", "biomqm-dev")
HALVED = ("biomqm-dev",)
"""Development sets of which half the sources teach (:func:`half`): nothing else covers their domain."""
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
SUMMED = ("wmt21mqm-news", "wmt21mqm-ted", "biomqm-dev")
"""Sets whose scores are sums of penalties over a segment; the scores of the others are rates."""
PARALLEL_LANGUAGES = {"eng": "en", "fra": "fr", "rus": "ru", "ukr": "uk", "deu": "de"}
DEMETR_LANGUAGES = {
    "chinese_simple": "zh", "czech": "cs", "french": "fr", "german": "de", "hindi": "hi",
    "italian": "it", "japanese": "ja", "polish": "pl", "russian": "ru", "spanish": "es",
}  # fmt: skip


@dataclass(slots=True)
class Row:
    """One judged pair. ``percentile`` is the mid-rank of its score within its set and language pair,
    0 to 100, higher is better; ``spans`` are the ranges of the target a person marked (None: nobody was
    asked), by all ``annotators`` together, and ``severities`` say how bad each is ("BAD": nobody said).
    ``source_spans`` are the ranges of the source whose translation was corrected. ``penalty`` is the MQM
    penalty of the whole segment, 0 or more, averaged over annotators (None: not judged that way)."""

    set: str
    pair: str
    src: str
    mt: str
    score: float = 0.0
    percentile: float = 50.0
    hter: float | None = None
    spans: list[tuple[int, int]] | None = None
    annotators: int = 1
    severities: list[str] = field(default_factory=list)
    source_spans: list[tuple[int, int]] | None = None
    penalty: float | None = None

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


def rank_by_rate(rows: list[Row]) -> None:
    """Ranks the rows of one set and pair by penalty per word, where they have penalties: sums say that long
    segments are bad ones; direct assessments and WMT22's MQM scores do not."""
    if all(row.penalty is not None for row in rows):
        rates = (-(row.penalty or 0.0) / max(1, len(split_words(row.mt))) for row in rows)
        for row, percentile in zip(rows, midranks(rates), strict=True):
            row.percentile = float(percentile)


def records(path: Path) -> list[dict[str, str]]:
    """The rows of one of the tab-separated files."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def untokenised(text: str) -> str:
    """A tokenised text as people write it, as far as spaces go."""
    text = re.sub(r" ([,.;:!?%)\]}»”’]|'[a-z]{1,2}\b|n't\b)", r"\1", text)
    return re.sub(r"([(\[{«“]) ", r"\1", text)


def scored(name: str) -> dict[str, list[Row]]:
    """Language pair → rows of the set ``name``; repeated judgements of one pair are averaged."""
    out: dict[str, list[Row]] = {}
    for path in sorted((folder() / "qe").glob(f"qe_{name}_*.tsv")):
        pair = path.stem.rsplit("_", 1)[1]
        merged: dict[tuple[str, str], list[tuple[float, float | None, float | None]]] = defaultdict(list)
        for record in records(path):
            hter, score = record.get("hter"), float(record["score"])
            penalty = abs(float(record.get("mqm") or score)) if name in SUMMED else None
            merged[record["src"], record["mt"]].append((score, float(hter) if hter else None, penalty))
        rows = []
        for (src, mt), judged in merged.items():
            scores, hters, penalties = zip(*judged, strict=True)
            row = Row(name, pair, src, mt, float(np.mean(scores)), hter=hters[0])
            row.penalty = float(np.mean(penalties)) if name in SUMMED else None
            rows.append(row)
        for row, percentile in zip(rows, midranks(r.score for r in rows), strict=True):
            row.percentile = float(percentile)
        out[pair] = rows
    return out


def marked(name: str) -> dict[str, list[Row]]:
    """Language pair → rows of ``spans_<name>``; marks of several annotators on one pair are united.

    ``score`` is the MQM score of the marks, averaged over annotators; of post-editing tags it means nothing.
    """
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
            for span in record["spans"]:
                if span.get("side") in (None, "mt") and span.get("severity") != "neutral":
                    row.spans = [*(row.spans or []), (span["start"], span["end"])]
                    row.severities.append(span["severity"])
                    row.score -= {"critical": 25.0, "major": 5.0, "minor": 1.0}.get(span["severity"], 0.0)
            if "src_bad_tokens" in record:
                tokens = [match.span() for match in re.finditer(r"\S+", row.src)]
                row.source_spans = [tokens[i] for i in record["src_bad_tokens"] if i < len(tokens)]
        rows = list(merged.values())
        for row in rows:
            row.score /= max(1, row.annotators)
            row.penalty = -row.score
        for row, percentile in zip(rows, midranks(r.score for r in rows), strict=True):
            row.percentile = float(percentile)
        out[pair] = rows
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
            moved = _moved(found.spans, found.mt, places)
            row.spans, row.annotators = [span for span in moved if span], found.annotators
            row.severities = [s for s, span in zip(found.severities, moved, strict=True) if span]
            if found.source_spans is not None:
                on_source = _moved(found.source_spans, found.src, _solid(row.src)[1])
                row.source_spans = [span for span in on_source if span]
    return out


def _moved(spans: list[tuple[int, int]], text: str, places: list[int]) -> list[tuple[int, int] | None]:
    """``spans`` of ``text`` as ranges of a text with the same characters but other white space, whose
    remaining characters stand at ``places``; None for a range of white space."""
    order = {place: i for i, place in enumerate(_solid(text)[1])}
    out: list[tuple[int, int] | None] = []
    for start, end in spans:
        inside = [order[i] for i in range(start, end) if i in order]
        out.append((places[inside[0]], places[inside[-1]] + 1) if inside else None)
    return out


def dev_keys() -> set[str]:
    """Squeezed sources of every development set: no training row may share one."""
    groups = [(name, rows) for name in DEV_SETS for rows in (*scored(name).values(), *marked(name).values())]
    return {row.key for name, rows in groups for row in rows if name not in HALVED or half(row.key) == 1}


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


def half(key: str) -> int:
    """0 or 1: which half of a set that is both trained on and measured with a source belongs to. Half 0
    teaches, half 1 measures."""
    return hashlib.sha256(key.encode()).digest()[0] & 1


def news_sentences() -> dict[str, list[Row]]:
    """Language pair → human translations of news (newstest 2012 and 2013, WMT22), both directions."""
    out: dict[str, list[Row]] = {}
    files = sorted(p for p in (folder() / "parallel").iterdir() if p.stem.startswith(("newstest", "wmt22")))
    for first, second in zip(files[::2], files[1::2], strict=True):
        a, b = (PARALLEL_LANGUAGES.get(p.suffix[1:], p.suffix[1:]) for p in (first, second))
        texts = [p.read_text("utf-8").splitlines() for p in (first, second)]
        for x, y, one, two in ((a, b, *texts), (b, a, *texts[::-1])):
            rows = [Row("parallel", f"{x}-{y}", s, t) for s, t in zip(one, two, strict=True) if s and t]
            out.setdefault(f"{x}-{y}", []).extend(rows)
    return out


def _agreeing(votes: list[int]) -> float:
    return sum(vote > 0 for vote in votes) / len(votes)


def critical(split: str) -> dict[str, list[Row]]:
    """Language pair → rows of the catastrophic-error sets; ``score`` is minus the share of annotators who
    saw an error, −0.5 or less where the label is an error."""
    out: dict[str, list[Row]] = {}
    for path in sorted((folder() / "critical").glob("critical_*.jsonl")):
        pair = path.stem.rsplit("_", 1)[1]
        records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        out[pair] = [
            Row("critical", pair, r["src"], r["mt"], -_agreeing(json.loads(r["votes"])))
            for r in records
            if r["split"] == split
        ]
    return out
