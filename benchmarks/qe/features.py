"""Features of labelled rows, computed shard by shard and kept in a work folder.

A run that is cut off goes on at the first shard that is missing; a longer run reuses a shorter one's.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpora import DEMETR_LANGUAGES, Row, demetr, parallel
from qa.encoder import Encoder
from qa.estimate.matching import (
    IDF_BUCKETS,
    LAYERS,
    Matched,
    bucket,
    pair_features,
    pair_vector,
    word_features,
    word_vectors,
)
from qa.estimate.reading import Reader
from qa.estimate.surface import surface_features
from qa.estimate.words import split_words

SHARD = 1000
BATCH = 64


def language_texts(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Language → texts in it: both sides of training rows, FLORES, and DEMETR sources."""
    out: dict[str, list[str]] = defaultdict(list)
    for code, texts in parallel().items():
        out[code] += texts[:400]
    for record in demetr():
        out[DEMETR_LANGUAGES[record["src_lang"]]].append(record["src"])
    for row in rows:
        out[row.langs[0]].append(row.src)
        out[row.langs[1]].append(row.mt)
    return {code: list(dict.fromkeys(texts)) for code, texts in sorted(out.items())}


def backgrounds(
    encoder: Encoder, texts: dict[str, list[str]], seed: int, each: int = 300
) -> dict[str, np.ndarray]:
    """Language → (layers, hidden) mean token vector; ``""`` is the mean of the languages."""
    out = {}
    for code, available in texts.items():
        rng = np.random.default_rng(seed)
        chosen = [available[i] for i in rng.permutation(len(available))[:each]]
        vectors = [t.vectors.mean(axis=1) for t in encoder.tokens(chosen, layers=LAYERS) if len(t.starts)]
        out[code] = np.mean(vectors, axis=0).astype(np.float32)
    out[""] = np.mean(list(out.values()), axis=0).astype(np.float32)
    return out


def idf_table(texts: dict[str, list[str]]) -> np.ndarray:
    """(IDF_BUCKETS,) uint8: 255 for words never seen, falling with the share of texts that hold them,
    in the language where that share is highest."""
    highest = np.zeros(IDF_BUCKETS)
    for available in texts.values():
        counts = np.zeros(IDF_BUCKETS)
        for text in available:
            for cell in {bucket(text[a:b]) for a, b in split_words(text)}:
                counts[cell] += 1
        # One occurrence in a small sample says little: shrink by a few texts.
        highest = np.maximum(highest, np.maximum(counts - 1, 0) / (len(available) + 50))
    scaled = np.log(1.0 / np.maximum(highest, 1e-3)) / np.log(1e3)
    return np.round(255 * np.clip(scaled, 0.0, 1.0)).astype(np.uint8)


def _shards(rows: Sequence[Row], folder: Path, name: str, version: str) -> list[tuple[Path, list[Row]]]:
    out = []
    for at in range(0, len(rows), SHARD):
        part = list(rows[at : at + SHARD])
        text = "\n".join([version, *(f"{r.pair}\t{r.src}\t{r.mt}" for r in part)])
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
        out.append((folder / f"{name}-{digest}.npz", part))
    return out


def matches(reader: Reader, rows: Sequence[Row]) -> list[Matched | None]:
    """One match a row, in order, read in batches of one language pair."""
    out: list[Matched | None] = [None] * len(rows)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        groups[row.langs].append(i)
    for (source, target), indices in groups.items():
        found = reader.read([(rows[i].src, rows[i].mt) for i in indices], source, target)
        for i, match in zip(indices, found, strict=True):
            out[i] = match
    return out


def scalars(row: Row, match: Matched) -> np.ndarray:
    """All scalar features of a pair, as the estimator computes them."""
    return np.concatenate([surface_features(row.src, row.mt, *row.langs), pair_features(match)])


def pair_table(
    reader: Reader, rows: Sequence[Row], folder: Path, name: str, version: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """``(x, vectors, kept)``: scalars (n, features), vectors (n, 4·hidden) float16, indices of rows kept."""
    xs, vs, keeps = [], [], []
    start = time.time()
    for number, (path, part) in enumerate(_shards(rows, folder, f"pairs-{name}", version)):
        if not path.exists():
            x, v, keep = [], [], []
            for at in range(0, len(part), BATCH):
                some = part[at : at + BATCH]
                for i, match in enumerate(matches(reader, some)):
                    if match is not None:
                        x.append(scalars(some[i], match))
                        v.append(pair_vector(match).astype(np.float16))
                        keep.append(at + i)
            np.savez(path, x=np.array(x), v=np.array(v), keep=np.array(keep))
            print(f"{name}: shard {number}, {time.time() - start:.0f} s", file=sys.stderr, flush=True)
        with np.load(path) as stored:
            xs.append(stored["x"])
            vs.append(stored["v"])
            keeps.append(stored["keep"] + number * SHARD)
    return np.concatenate(xs), np.concatenate(vs), np.concatenate(keeps)


def word_labels(row: Row, words: Sequence[tuple[int, int]]) -> np.ndarray:
    """(words,) True where a marked range covers at least half of the word."""
    return np.array(
        [any(2 * (min(b, end) - max(a, start)) >= b - a for start, end in row.spans) for a, b in words],
        dtype=bool,
    )


def word_table(
    reader: Reader, rows: Sequence[Row], folder: Path, name: str, version: str
) -> tuple[np.ndarray, ...]:
    """``(x, vectors, bad, owner, pair_x, pair_v)``: word features (words, features), word vectors float16,
    labels, each word's row, and the rows' pair scalars and vectors (zero where a row could not be read)."""
    tables = []
    start = time.time()
    for number, (path, part) in enumerate(_shards(rows, folder, f"words-{name}", version)):
        if not path.exists():
            xs, vs, bads, owners, pairs = [], [], [], [], {}
            for at in range(0, len(part), BATCH):
                some = part[at : at + BATCH]
                for i, match in enumerate(matches(reader, some)):
                    if match is None or not match.target.words:
                        continue
                    xs.append(word_features(match))
                    vs.append(word_vectors(match).astype(np.float16))
                    bads.append(word_labels(some[i], match.target.words))
                    owners.append(np.full(len(match.target.words), at + i))
                    pairs[at + i] = scalars(some[i], match), pair_vector(match)
            first_x, first_v = next(iter(pairs.values()))
            pair_x = np.zeros((len(part), len(first_x)), dtype=np.float32)
            pair_v = np.zeros((len(part), len(first_v)), dtype=np.float16)
            for i, (scalar, vector) in pairs.items():
                pair_x[i], pair_v[i] = scalar, vector
            np.savez(
                path,
                x=np.concatenate(xs),
                v=np.concatenate(vs),
                bad=np.concatenate(bads),
                owner=np.concatenate(owners),
                pair_x=pair_x,
                pair_v=pair_v,
            )
            print(
                f"words of {name}: shard {number}, {time.time() - start:.0f} s", file=sys.stderr, flush=True
            )
        with np.load(path) as stored:
            owner = stored["owner"] + number * SHARD
            tables.append(
                (stored["x"], stored["v"], stored["bad"], owner, stored["pair_x"], stored["pair_v"])
            )
    return tuple(np.concatenate(column) for column in zip(*tables, strict=True))
