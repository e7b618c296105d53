"""Features of labelled rows, computed shard by shard and kept in a work folder.

A run that is cut off goes on at the first shard that is missing; a longer run reuses a shorter one's.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from corpora import DEMETR_LANGUAGES, Row, demetr, parallel
from qa.encoder import Encoder
from qa.estimate.matching import (
    IDF_BUCKETS,
    LAYERS,
    PAIR_BLOCKS,
    WORD_NAMES,
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


@dataclass
class Table:
    """Features of rows. ``x`` (pairs, scalars) and ``v`` (pairs, vectors, float16) belong to the rows
    ``kept``; ``word_x`` (words, features), ``word_v`` (words, vectors, float16) and ``bad`` (words,) to the
    target words of the rows whose spans are known, ``owner`` (words,) is their index among the kept."""

    x: np.ndarray
    v: np.ndarray
    kept: np.ndarray
    word_x: np.ndarray
    word_v: np.ndarray
    bad: np.ndarray
    owner: np.ndarray

    @classmethod
    def joined(cls, tables: Sequence[Table]) -> Table:
        """All tables as one: owners refer to the joined pairs, ``kept`` stays what it was in each."""
        starts = np.cumsum([0, *(len(table.kept) for table in tables)])
        wordy = [(table, start) for table, start in zip(tables, starts[:-1], strict=True) if len(table.bad)]
        wordy = wordy or [(tables[0], 0)]
        return cls(
            *(np.concatenate([getattr(table, name) for table in tables]) for name in ("x", "v", "kept")),
            *(np.concatenate([getattr(t, name) for t, _ in wordy]) for name in ("word_x", "word_v", "bad")),
            np.concatenate([table.owner + start for table, start in wordy]),
        )

    def blocks(self, names: Sequence[str]) -> np.ndarray:
        """(pairs, vectors) the named ``PAIR_BLOCKS`` of ``v``."""
        parts = self.v.reshape(len(self.v), len(PAIR_BLOCKS), -1)
        chosen = parts[:, [PAIR_BLOCKS.index(name) for name in names]]
        return np.ascontiguousarray(chosen).reshape(len(self.v), -1)


def _matches(reader: Reader, rows: Sequence[Row]) -> list[Matched | None]:
    """One match a row, in order."""
    out: list[Matched | None] = [None] * len(rows)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        groups[row.langs].append(i)
    for (source, target), indices in groups.items():
        found = reader.read([(rows[i].src, rows[i].mt) for i in indices], source, target)
        for i, match in zip(indices, found, strict=True):
            out[i] = match
    return out


def word_labels(row: Row, words: Sequence[tuple[int, int]]) -> np.ndarray:
    """(words,) True where a marked range covers at least half of the word."""
    return np.array(
        [any(2 * (min(b, end) - max(a, start)) >= b - a for start, end in row.spans or ()) for a, b in words],
        dtype=bool,
    )


def _compute(reader: Reader, rows: Sequence[Row], words: bool) -> Table:
    x, v, kept, word_x, word_v, bad, owner = [], [], [], [], [], [], []
    for at in range(0, len(rows), BATCH):
        some = rows[at : at + BATCH]
        for i, (row, match) in enumerate(zip(some, _matches(reader, some), strict=True)):
            if match is None:
                continue
            x.append(np.concatenate([surface_features(row.src, row.mt, *row.langs), pair_features(match)]))
            v.append(pair_vector(match, PAIR_BLOCKS).astype(np.float16))
            if words and row.spans is not None and match.target.words:
                word_x.append(word_features(match))
                word_v.append(word_vectors(match).astype(np.float16))
                bad.append(word_labels(row, match.target.words))
                owner.append(np.full(len(bad[-1]), len(kept)))
            kept.append(at + i)
    if not word_x:
        word_x = [np.zeros((0, len(WORD_NAMES)), np.float32)]
        word_v, bad, owner = [np.zeros((0, 0), np.float16)], [np.zeros(0, bool)], [np.zeros(0, int)]
    return Table(
        np.array(x),
        np.array(v),
        np.array(kept),
        *(np.concatenate(part) for part in (word_x, word_v, bad, owner)),
    )


def table(
    reader: Reader, rows: Sequence[Row], folder: Path, name: str, version: str, *, words: bool = True
) -> Table:
    """Features of ``rows``, from the shards in ``folder`` as far as they are there."""
    parts = []
    start = time.time()
    for number, at in enumerate(range(0, len(rows), SHARD)):
        part = rows[at : at + SHARD]
        text = "\n".join([version, *(f"{r.pair}\t{r.src}\t{r.mt}\t{words and r.spans}" for r in part)])
        path = folder / f"{name}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:16]}.npz"
        if not path.exists():
            made = _compute(reader, part, words)
            unfinished = path.with_suffix(".part.npz")
            np.savez(unfinished, **{f.name: getattr(made, f.name) for f in fields(Table)})
            unfinished.rename(path)
            print(f"{name}: shard {number}, {time.time() - start:.0f} s", file=sys.stderr, flush=True)
        with np.load(path) as stored:
            loaded = Table(**{f.name: stored[f.name] for f in fields(Table)})
        loaded.kept = loaded.kept + at
        parts.append(loaded)
    return Table.joined(parts)
