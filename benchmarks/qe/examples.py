"""What the joint network learns from, as piece ids and labels: judged pairs, twins, marked words."""

from __future__ import annotations

import hashlib
import pickle
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from scipy.stats import norm
from twins import MARGINS, twins

import corpora
from corpora import TRAIN_SETS, Row, critical, demetr, dev_keys, half, marked, news_sentences, with_spans
from qa.encoder.tokenizer import Tokenizer
from qa.estimate.batching import clean

T = TypeVar("T")

LONGEST = 200
"""Pairs of more pieces are left out: two in a hundred, a tenth of the time."""
MOST_OF_A_PAIR = 3000
"""Good translations of one language pair that twins are made of."""
UNKNOWN, FINE, BAD, MINOR, MAJOR = -1, 0, 1, 2, 3
MARKED, TAGGED = 0, 1
"""Styles of word labels: what a person marks as an error; what a post-editor changed."""


@dataclass(slots=True)
class Example:
    """One pair. ``y``, ``hter``, ``critical`` are NaN where nobody said; ``labels`` (pieces of the
    translation, then of the source) are the codes above."""

    source: np.ndarray
    target: np.ndarray
    group: str
    key: str
    labels: np.ndarray
    style: int = MARKED
    y: float = np.nan
    hter: float = np.nan
    critical: float = np.nan

    @property
    def size(self) -> int:
        return len(self.source) + len(self.target) + 3


@dataclass(slots=True)
class Item:
    """What stays together in a batch: one example, or a good one and its worse twin with the margin."""

    examples: tuple[Example, ...]
    margin: float = 0.0

    @property
    def size(self) -> int:
        return sum(example.size for example in self.examples)


def _cover(
    spans: Sequence[tuple[int, int]], codes: Sequence[int], starts: np.ndarray, ends: np.ndarray
) -> np.ndarray:
    out = np.zeros(len(starts), np.int8)
    for (start, end), code in zip(spans, codes, strict=True):
        out[(starts < end) & (ends > start)] = code
    return out


def example(row: Row, tokenizer: Tokenizer, group: str = "") -> Example | None:
    """None where a side is empty or the pair is too long."""
    source, target = (tokenizer.pieces(text) for text in clean((row.src, row.mt)))
    if not len(source.ids) or not len(target.ids) or len(source.ids) + len(target.ids) + 3 > LONGEST:
        return None
    tagged = row.set.startswith("mlqepe")
    codes = {"minor": MINOR, "major": MAJOR, "critical": MAJOR}
    severities = row.severities or ["BAD"] * len(row.spans or [])
    on_target = np.full(len(target.ids), UNKNOWN, np.int8)
    on_source = np.full(len(source.ids), UNKNOWN, np.int8)
    if row.spans is not None:
        on_target = _cover(row.spans, [codes.get(s, BAD) for s in severities], target.starts, target.ends)
    if row.source_spans is not None:
        on_source = _cover(row.source_spans, [BAD] * len(row.source_spans), source.starts, source.ends)
    return Example(
        source.ids.astype(np.int32), target.ids.astype(np.int32), group or f"{row.set} {row.pair}", row.key,
        np.concatenate([on_target, on_source]), TAGGED if tagged else MARKED,
        hter=np.nan if row.hter is None else min(1.0, row.hter),
    )  # fmt: skip


def standardised(scores: Sequence[float]) -> np.ndarray:
    """Half the clipped z-score, half the normal score of the rank: standard deviations, higher is better."""
    array = np.asarray(scores, np.float64)
    z = ((array - array.mean()) / (array.std() + 1e-9)).clip(-3, 3)
    return (z + norm.ppf((corpora.midranks(array) / 100).clip(0.002, 0.998))) / 2


def judged_rows() -> dict[str, list[Row]]:
    """Set and pair → rows whose source is in no development set."""
    dev = dev_keys()
    groups = {f"{n} {p}": rows for n in TRAIN_SETS for p, rows in with_spans(n).items()}
    groups["wmt21mqm-news zh-en"] = marked("wmt21news")["zh-en"]
    bio = {
        f"biomqm {p}": [r for r in rows if half(r.key) == 0] for p, rows in with_spans("biomqm-dev").items()
    }
    return {name: [row for row in rows if row.key not in dev] for name, rows in (groups | bio).items()}


def held_back(key: str) -> bool:
    """Whether a training source serves calibration only: one in sixteen."""
    return hashlib.sha256(b"calibration" + key.encode()).digest()[0] < 16


def judged(tokenizer: Tokenizer) -> list[Example]:
    """Every judged pair, calibration rows included, and catastrophic-error labels."""
    out = []
    for name, rows in judged_rows().items():
        targets = standardised([row.score for row in rows])
        for row, y in zip(rows, targets, strict=True):
            made = example(row, tokenizer, name)
            if made is not None:
                made.y = float(y)
                out.append(made)
    dev = {row.key for rows in critical("dev").values() for row in rows}
    for pair, rows in critical("train").items():
        for row in rows:
            made = example(row, tokenizer, f"critical {pair}")
            if made is not None and row.key not in dev:
                made.critical = -row.score
                out.append(made)
    return out


def good_translations(seed: int) -> list[Row]:
    """Translations by people, about as many of each language pair: post-edits, news."""
    rng = random.Random(seed)  # noqa: S311 - sampling, not secrets
    groups: dict[str, list[Row]] = defaultdict(list)
    dev = dev_keys()
    for pair, rows in news_sentences().items():
        groups[pair] += rows
    for path in sorted((corpora.folder() / "qe").glob("qe_mlqepe-train_*.tsv")):
        pair = path.stem.rsplit("_", 1)[1]
        if pair in ("ne-en", "si-en", "en-zh", "et-en", "ro-en", "ru-en", "en-de"):
            for record in corpora.records(path):
                text = corpora.untokenised(record["pe"])
                groups[pair].append(Row("post-edit", pair, record["src"], text))
    for path in sorted((corpora.folder() / "qe").glob("qe_wmt21mqm-*.tsv")):
        pair = path.stem.rsplit("_", 1)[1]
        refs = {record["src"]: record["ref"] for record in corpora.records(path) if record.get("ref")}
        groups[pair] += [Row("reference", pair, src, ref) for src, ref in refs.items()]
    out = []
    for _, rows in sorted(groups.items()):
        kept = [row for row in rows if row.key not in dev and 20 < len(row.mt) < 400]
        out += rng.sample(kept, min(MOST_OF_A_PAIR, len(kept)))
    return out


def twin_rows(n: int, seed: int) -> Iterator[tuple[Row, Row, float]]:
    """(better, worse, margin): good translations and the same with one error, ``n`` in all; half 0 of DEMETR;
    post-edits and what was edited."""
    for good, bad, kind in twins(good_translations(seed), n, seed):
        yield good, bad, MARGINS[kind]
    dev = dev_keys()
    for record in demetr():
        pair = f"{corpora.DEMETR_LANGUAGES[record['src_lang']]}-en"
        good = Row("demetr", pair, record["src"], record["good"])
        if half(good.key) == 0 and good.key not in dev and record["bad"].strip():
            yield good, Row("demetr", pair, record["src"], record["bad"]), 0.25
    for path in sorted((corpora.folder() / "qe").glob("qe_mlqepe-train_*.tsv")):
        pair = path.stem.rsplit("_", 1)[1]
        for record in corpora.records(path)[:2000]:
            edited = Row("post-edit", pair, record["src"], corpora.untokenised(record["pe"]))
            if float(record["hter"] or 0) > 0.25 and edited.key not in dev:
                yield edited, Row("post-edit", pair, record["src"], record["mt"]), 0.3


def made_twins(tokenizer: Tokenizer, n: int, seed: int) -> list[Item]:
    """:func:`twin_rows` as examples."""
    items = []
    for good, bad, margin in twin_rows(n, seed):
        pair = tuple(e for row in (good, bad) if (e := example(row, tokenizer, "twin")) is not None)
        if len(pair) == 2:
            items.append(Item(pair, margin))
    return items


def load(work: Path, tokenizer: Tokenizer, n_twins: int, seed: int) -> tuple[list[Example], list[Item]]:
    """Judged examples and twins; kept in ``work``."""
    return kept(
        work, "examples", lambda: (judged(tokenizer), made_twins(tokenizer, n_twins, seed)), n_twins, seed
    )


def kept(work: Path, name: str, make: Callable[[], T], *options: object) -> T:
    """What ``make`` makes of the data and ``options``, from ``work`` if it was made before: it is kept there
    under a hash of both and of the code that makes examples."""
    here = Path(__file__).parent
    code = b"".join(
        (here / f"{module}.py").read_bytes()
        for module in ("examples", "twins", "corpora", "damaged", "faulty", "fault_examples")
    )
    digest = hashlib.sha256(repr((corpora.hashes(), *options)).encode() + code).hexdigest()[:12]
    path = work / f"{name}-{digest}.pickle"
    if path.exists():
        found: T = pickle.loads(path.read_bytes())  # noqa: S301 - our own file
        return found
    made = make()
    path.write_bytes(pickle.dumps(made))
    return made
