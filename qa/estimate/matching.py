"""What the encoder's token vectors say about a pair: how well each token finds its match on the other side.

Vectors are mean-centred per language (raw cosines of this encoder sit in a narrow band) and normalised;
``similarity[l]`` is then the cosine of every target token to every source token at one layer, and the
features are statistics of its row and column maxima.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.estimate.words import split_words

__all__ = [
    "IDF_BUCKETS",
    "LAYERS",
    "PAIR_BLOCKS",
    "PAIR_NAMES",
    "WORD_NAMES",
    "Matched",
    "Side",
    "bucket",
    "pair_features",
    "pair_vector",
    "word_features",
    "word_vectors",
]

LAYERS = (8, 10, 12)
IDF_BUCKETS = 1 << 16

Floats = NDArray[np.float32]

_PER_SIDE = ("mean", "weighted", "weakest", "low_decile", "spread")
PAIR_NAMES = (
    *(
        f"l{layer}_{name}"
        for layer in LAYERS
        for name in (
            *(f"target_{s}" for s in _PER_SIDE),
            *(f"source_{s}" for s in _PER_SIDE),
            "mutual",
            "displacement",
            "margin",
            "pooled",
        )
    ),
    "target_unmatched",
    "source_unmatched",
    "target_poor",
    "source_poor",
    "target_neighbours",
    "source_neighbours",
    "target_weakest_run",
    "source_weakest_run",
    "target_self_similarity",
    "target_norm",
    "source_norm",
    "log_piece_ratio",
    "target_pieces_per_word",
    "source_pieces_per_word",
    "target_idf",
    "source_idf",
)

PAIR_BLOCKS = (
    *(f"{place}_{kind}" for place in ("last", "first") for kind in ("u", "v", "apart", "together")),
    *(f"{side}_{kind}" for side in ("target", "source") for kind in ("apart", "together")),
)
"""Vectors of a pair. ``last_*`` and ``first_*``: pooled source u and target v at the last and the first of
``LAYERS``, |u − v| and u · v. ``target_*`` and ``source_*``: the mean over that side's tokens of their
difference from and product with their best match, at the last layer."""

WORD_NAMES = (
    *(f"l{layer}_{name}" for layer in LAYERS for name in ("best_mean", "best_min")),
    "margin",
    "mutual",
    "displacement",
    "returned",
    "previous_best",
    "next_best",
    "below_sentence",
    "rank_in_sentence",
    "self_similarity",
    "cosine_previous",
    "cosine_next",
    "idf",
    "characters",
    "pieces",
    "position",
    "punctuation",
    "digit",
    "digit_in_source",
    "copied",
    "capital",
    "repeated",
    "log_words",
    "sentence_best",
    "source_best",
)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair, ready to be matched.

    ``vectors``: (layers, pieces, hidden), centred and normalised; ``pooled``: (layers, hidden), the
    centred mean, normalised; ``norm``: length of the centred mean relative to the tokens' (how far the
    text as a whole lies from the language's average); ``starts``/``ends``: (pieces,) code-point offsets;
    ``words``: ranges of the words; ``piece_word``: (pieces,) index of each piece's word or −1;
    ``idf``: (words,) 0 to 1, rarer is higher.
    """

    text: str
    vectors: Floats
    pooled: Floats
    norm: float
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    words: list[tuple[int, int]]
    piece_word: NDArray[np.int64]
    idf: Floats

    @classmethod
    def of(
        cls,
        text: str,
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
        vectors: Floats,
        background: Floats,
        idf: NDArray[np.uint8],
    ) -> Side:
        """Centre ``vectors`` (layers, pieces, hidden) by ``background`` (layers, hidden)."""
        words = split_words(text)
        centred = vectors - background[:, None, :]
        mean = centred.mean(axis=1)
        lengths = np.linalg.norm(centred, axis=2)
        size = np.linalg.norm(mean, axis=1)
        piece_word = np.full(len(starts), -1, dtype=np.int64)
        if words and len(starts):
            word_starts = np.array([a for a, _ in words])
            word_ends = np.array([b for _, b in words])
            # The last character decides: a piece may begin with the white space before its word.
            found = np.searchsorted(word_starts, np.maximum(ends - 1, starts), side="right") - 1
            inside = (found >= 0) & (word_ends[np.maximum(found, 0)] > starts)
            piece_word[inside] = found[inside]
        weights = np.array([idf[bucket(text[a:b])] for a, b in words], dtype=np.float32) / 255.0
        return cls(
            text=text,
            vectors=centred / np.maximum(lengths, 1e-6)[:, :, None],
            pooled=mean / np.maximum(size, 1e-6)[:, None],
            norm=float(size[-1] / max(float(lengths[-1].mean()), 1e-6)),
            starts=starts,
            ends=ends,
            words=words,
            piece_word=piece_word,
            idf=weights,
        )

    def piece_idf(self) -> Floats:
        """(pieces,) the weight of each piece's word; pieces outside words weigh little."""
        if not len(self.idf):
            return np.full(len(self.starts), 0.1, dtype=np.float32)
        return np.where(self.piece_word >= 0, self.idf[np.maximum(self.piece_word, 0)], 0.1).astype(
            np.float32
        )


def bucket(word: str) -> int:
    """The cell of the document-frequency table that ``word`` falls into."""
    return zlib.crc32(word.lower().encode("utf-8", "replace")) % IDF_BUCKETS


@dataclass(frozen=True, slots=True)
class Matched:
    """Two sides and the cosines between them: ``similarity`` is (layers, target pieces, source pieces)."""

    source: Side
    target: Side
    similarity: Floats

    @classmethod
    def of(cls, source: Side, target: Side) -> Matched:
        return cls(source, target, target.vectors @ source.vectors.transpose(0, 2, 1))


def _weakest(best: Floats) -> float:
    return float(np.partition(best, 1)[:2].mean()) if len(best) > 1 else float(best[0])


def _weakest_run(best: Floats) -> float:
    if len(best) < 3:
        return float(best.mean())
    return float(((best[:-2] + best[1:-1] + best[2:]) / 3).min())


def _places(n: int) -> Floats:
    return ((np.arange(n) + 0.5) / n).astype(np.float32)


def _margin(similarity: Floats) -> Floats:
    if similarity.shape[1] < 2:
        return np.zeros(similarity.shape[0], dtype=np.float32)
    top = np.partition(similarity, similarity.shape[1] - 2, axis=1)[:, -2:]
    margin: Floats = top[:, 1] - top[:, 0]
    return margin


def pair_features(pair: Matched) -> Floats:
    """One value for each of ``PAIR_NAMES``. Both sides have at least one piece."""
    source, target = pair.source, pair.target
    nt, ns = pair.similarity.shape[1:]
    weights = target.piece_idf(), source.piece_idf()
    values: list[float] = []
    for index, similarity in enumerate(pair.similarity):
        choice = similarity.argmax(1), similarity.argmax(0)
        for best, weight in zip((similarity.max(1), similarity.max(0)), weights, strict=True):
            values += (
                float(best.mean()),
                float((best * weight).sum() / max(float(weight.sum()), 1e-6)),
                _weakest(best),
                float(np.partition(best, len(best) // 10)[len(best) // 10]),
                float(best.std()),
            )
        mutual = choice[1][choice[0]] == np.arange(nt)
        displacement = np.abs(_places(ns)[choice[0]] - _places(nt))
        values += (
            float(mutual.mean()),
            float(displacement.mean()),
            float(_margin(similarity).mean()),
            float(source.pooled[index] @ target.pooled[index]),
        )
    last = pair.similarity[-1]
    t_best, s_best = last.max(1), last.max(0)
    t_last, s_last = target.vectors[-1], source.vectors[-1]
    own = t_last @ t_last.T
    near = np.abs(np.arange(nt)[:, None] - np.arange(nt)[None, :]) <= 1
    values += (
        float((t_best < 0.2).mean()),
        float((s_best < 0.2).mean()),
        float((t_best < 0.35).mean()),
        float((s_best < 0.35).mean()),
        float((t_last[1:] * t_last[:-1]).sum(1).mean()) if nt > 1 else 0.0,
        float((s_last[1:] * s_last[:-1]).sum(1).mean()) if ns > 1 else 0.0,
        _weakest_run(t_best),
        _weakest_run(s_best),
        float(np.where(near, -1.0, own).max(1).clip(-1, 1).mean()) if nt > 2 else 0.0,
        target.norm,
        source.norm,
        float(np.log(nt / ns)),
        nt / max(1, len(target.words)),
        ns / max(1, len(source.words)),
        float(target.idf.mean()) if len(target.idf) else 0.0,
        float(source.idf.mean()) if len(source.idf) else 0.0,
    )
    return np.array(values, dtype=np.float32)


def pair_vector(pair: Matched, blocks: Sequence[str]) -> Floats:
    """(blocks · hidden,) the ``PAIR_BLOCKS`` asked for, in that order."""
    source, target = pair.source, pair.target
    last = pair.similarity[-1]
    s, t = source.vectors[-1], target.vectors[-1]
    parts = []
    for block in blocks:
        place, _, kind = block.partition("_")
        if place in ("first", "last"):
            layer = 0 if place == "first" else -1
            u, v = source.pooled[layer], target.pooled[layer]
        else:
            u, v = (t, s[last.argmax(1)]) if place == "target" else (s, t[last.argmax(0)])
        value = {"u": u, "v": v}[kind] if kind in "uv" else np.abs(u - v) if kind == "apart" else u * v
        parts.append(value if value.ndim == 1 else value.mean(axis=0))
    return np.concatenate(parts)


def word_vectors(pair: Matched) -> Floats:
    """(target words, 4 · hidden): each word's mean vector at layers 10 and 12, and at the last layer its
    difference from and product with the best match of its pieces in the source."""
    target = pair.target
    matched = pair.source.vectors[-1][pair.similarity[-1].argmax(1)]
    last = target.vectors[-1]
    parts = np.concatenate([target.vectors[-2], last, np.abs(last - matched), last * matched], axis=1)
    belongs = (target.piece_word == np.arange(len(target.words))[:, None]).astype(np.float32)
    average: Floats = belongs @ parts / np.maximum(belongs.sum(axis=1, keepdims=True), 1)
    return average


def word_features(pair: Matched) -> Floats:
    """(target words, len(WORD_NAMES)); a word beyond what the encoder read gets the sentence's averages."""
    source, target = pair.source, pair.target
    words = target.words
    n = len(words)
    nt, ns = pair.similarity.shape[1:]
    known = target.piece_word >= 0
    owner = target.piece_word[known]
    count = np.bincount(owner, minlength=n).astype(np.float32)
    covered = count > 0

    def mean_of(values: Floats) -> Floats:
        total = np.bincount(owner, weights=values[known], minlength=n).astype(np.float32)
        return np.where(covered, total / np.maximum(count, 1), float(values.mean())).astype(np.float32)

    def least_of(values: Floats) -> Floats:
        out = np.full(n, np.inf, dtype=np.float32)
        np.minimum.at(out, owner, values[known])
        return np.where(covered, out, float(values.mean())).astype(np.float32)

    columns: list[Floats] = []
    for similarity in pair.similarity:
        best = similarity.max(1)
        columns += [mean_of(best), least_of(best)]
    last = pair.similarity[-1]
    best, choice = last.max(1), last.argmax(1)
    word_best = columns[-2]
    returned = last.argmax(0)[choice]
    t_last = target.vectors[-1]
    own = t_last @ t_last.T
    near = np.abs(np.arange(nt)[:, None] - np.arange(nt)[None, :]) <= 2
    elsewhere = np.where(near, -1.0, own).max(1) if nt > 5 else np.zeros(nt, dtype=np.float32)
    adjacent = (t_last[1:] * t_last[:-1]).sum(1) if nt > 1 else np.zeros(0, dtype=np.float32)
    texts = [target.text[a:b] for a, b in words]
    lowered = [t.lower() for t in texts]
    source_text = source.text.lower()
    source_words = {source.text[a:b].lower() for a, b in source.words}
    columns += [
        mean_of(_margin(last)),
        mean_of((returned == np.arange(nt)).astype(np.float32)),
        mean_of(np.abs(_places(ns)[choice] - _places(nt))),
        mean_of(np.minimum(np.abs(returned - np.arange(nt)), 20).astype(np.float32)),
        np.concatenate([[float(best.mean())], word_best[:-1]]).astype(np.float32),
        np.concatenate([word_best[1:], [float(best.mean())]]).astype(np.float32),
        word_best - float(best.mean()),
        (word_best.argsort().argsort() / max(1, n - 1)).astype(np.float32),
        mean_of(elsewhere.astype(np.float32)),
        least_of(np.concatenate([[0.5], adjacent]).astype(np.float32)),
        least_of(np.concatenate([adjacent, [0.5]]).astype(np.float32)),
        target.idf,
    ]
    surface = np.array(
        [
            (
                min(len(text), 30),
                min(float(pieces), 12.0),
                (i + 0.5) / n,
                not text[0].isalnum(),
                any(c.isdigit() for c in text),
                any(c.isdigit() for c in text) and text in source_text,
                text.isalpha() and low in source_words,
                text[0].isupper(),
                i > 0 and low == lowered[i - 1] and text[0].isalnum(),
                np.log(n),
                float(best.mean()),
                float(last.max(0).mean()),
            )
            for i, (text, low, pieces) in enumerate(zip(texts, lowered, count, strict=True))
        ],
        dtype=np.float32,
    ).reshape(n, 12)
    return np.concatenate([np.stack(columns, axis=1), surface], axis=1)
