"""Sentence vectors for the peers: every run of up to five sentences encoded as a text of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from alignment.cases import Case
from qa.lang import base, is_unspaced

MOST = 5
Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Overlaps:
    """One side: ``vectors[k - 1]`` holds unit vectors, shape (n, width), of the runs of k sentences that
    end at each sentence; rows of runs that would begin before the document are zero. ``characters[k - 1]``
    holds their lengths, shape (n,)."""

    vectors: list[Matrix]
    characters: list[NDArray[np.float64]]

    def __len__(self) -> int:
        return len(self.vectors[0])


@lru_cache(maxsize=1)
def _both(
    source: tuple[str, ...], target: tuple[str, ...], langs: tuple[str, str]
) -> tuple[Overlaps, Overlaps]:
    from qa.encoder import load
    from qa.encoder.use import LANGUAGES, load_use

    encoders = [load().pooled]
    if all(base(lang) in LANGUAGES for lang in langs):
        encoders.append(load_use().embed)
    out = []
    for texts, lang in ((source, langs[0]), (target, langs[1])):
        joint = "" if is_unspaced(lang) else " "
        matrices, characters = [], []
        for size in range(1, MOST + 1):
            runs = [
                joint.join(texts[max(0, i - size + 1) : i + 1]) if i >= size - 1 else ""
                for i in range(len(texts))
            ]
            parts = []
            for encode in encoders:
                raw = encode(runs)
                own = raw[size - 1 :]
                centred = raw - own.mean(0) if len(own) else raw
                centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
                centred[: size - 1] = 0
                parts.append(centred / np.float32(np.sqrt(len(encoders))))
            matrices.append(np.concatenate(parts, axis=1))
            characters.append(np.array([len(run) for run in runs], float))
        out.append(Overlaps(matrices, characters))
    return out[0], out[1]


def of(case: Case) -> tuple[Overlaps, Overlaps]:
    """Both sides of ``case``, centred per encoder, language and size of run; USE only where it knows both
    languages. Kept for the case that was asked for last."""
    return _both(tuple(case.source), tuple(case.target), (case.source_lang, case.target_lang))
