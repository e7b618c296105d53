"""Fits the weights of ``qa/align/confidence.py``, and writes ``qa/align/background.npz``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alignment.cases import DATA, document, gold_cases, lines
from alignment.edits import MIXED, edited_cases, literary_cases
from qa.align import Accuracy
from qa.align.aligner import judged
from qa.align.confidence import FEATURES, features
from qa.encoder.sketch import Sketch

REPLACED = {**MIXED, "replaced": 0.03}
"""What people link although little of the sentence is there: confidences must learn to doubt it."""


def calibrate(size: int, seed: int) -> None:
    """Fit once for sentence vectors and once for surfaces, and print both sets of weights."""
    made = [*edited_cases(size, seed, REPLACED), *literary_cases(size, seed)]
    levels: dict[str, Accuracy] = {"vectors": "default", "surfaces": "fast"}
    for kind, accuracy in levels.items():
        rows, right = [], []
        for case in [*gold_cases(), *made]:
            documents = document(case.source, case.source_lang), document(case.target, case.target_lang)
            path, rewards = judged(*documents, accuracy=accuracy)
            exact = set(case.gold)
            rows.append(features(path, rewards))
            right += [(tuple(range(x.i - x.a, x.i)), tuple(range(x.j - x.b, x.j))) in exact for x in path]
        weights = logistic(np.concatenate(rows), np.array(right, float))
        named = ", ".join(f"{f} {w:.2f}" for f, w in zip(FEATURES, weights, strict=True))
        print(f"{kind} {len(right)} links: {named}")


def logistic(x: NDArray[np.float64], y: NDArray[np.float64], ridge: float = 1.0) -> NDArray[np.float64]:
    """Weights of shape (features,) by Newton's method, with a small ridge on all but the first."""
    weights = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - y) + penalty * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def _pieces(sketches: list[Sketch]) -> NDArray[np.float32]:
    """The mean of the unit vectors of all pieces."""
    rows = np.concatenate([one.vectors for one in sketches]).astype(np.float32)
    mean: NDArray[np.float32] = (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).mean(0)
    return mean


def background() -> None:
    """Mean vectors over five languages of FLORES, for documents too short to have a mean of their own."""
    from qa.encoder import load
    from qa.encoder.use import load_use

    texts = {
        code: lines(DATA / "parallel" / f"{code}.devtest")[:200]
        for code in ("deu", "eng", "fra", "rus", "ukr")
    }
    encoder, second = load(), load_use()
    name = encoder.signature.split(":")[0]
    means = {
        name: [encoder.pooled(own).mean(0) for own in texts.values()],
        f"{name}-sketch": [_pieces(encoder.read(own)[1]) for own in texts.values()],
        second.signature.split(":")[0]: [
            second.embed(own).mean(0) for code, own in texts.items() if code != "ukr"
        ],
    }
    path = Path(__file__).parents[2] / "qa" / "align" / "background.npz"
    np.savez(path, **{name: np.mean(parts, axis=0).astype(np.float16) for name, parts in means.items()})
    print(f"wrote {path.name}")
