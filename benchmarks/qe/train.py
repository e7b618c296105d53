"""Train the bundled estimator and write its artefact.

    RELECTURE_DATA=../shared/data OMP_NUM_THREADS=1 python benchmarks/qe/train.py --work /tmp/qe

Reads the labelled pairs under RELECTURE_DATA, leaves out every row whose source occurs in a development
set, computes features of a stratified sample (kept in ``--work``: a run that was cut off goes on, a longer
run reuses a shorter one's), fits the heads with cross-fitting over sources, calibrates on the
cross-fitted predictions, and writes ``qa/estimate/features.safetensors`` with its JSON.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import sys
import time
import zlib
from pathlib import Path

import numpy as np
from features import backgrounds, idf_table, language_texts, pair_table, word_table
from fit import Fitted, Recipe, curve, fit, interval
from scipy.stats import spearmanr
from sklearn.metrics import matthews_corrcoef

from corpora import SPAN_TRAIN, TRAIN_SETS, Row, dev_keys, folder, hashes, interleaved, marked, scored
from qa import encoder
from qa.estimate import matching, reading, surface, words
from qa.estimate.artefact import write
from qa.estimate.bundled import ARTEFACT
from qa.estimate.matching import LAYERS, PAIR_NAMES, WORD_NAMES
from qa.estimate.reading import Reader
from qa.estimate.surface import NAMES

FOLDS = 5
QUALITY = Recipe()
HTER = Recipe()
WORD = Recipe(vector_penalty=2000.0, iterations=250, leaf=200, classify=True, blend=1.0)


def fold_of(rows: list[Row]) -> np.ndarray:
    """(n,) fold of each row: one source, one fold."""
    return np.array([zlib.crc32(row.key.encode()) % FOLDS for row in rows])


def say(text: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


def feature_version(backgrounds_file: Path) -> str:
    """Changes whenever the code or the tables that features depend on change."""
    digest = hashlib.sha256()
    for module in (matching, reading, surface, words):
        digest.update(Path(module.__file__).read_bytes())
    digest.update(backgrounds_file.read_bytes())
    return digest.hexdigest()[:12]


def prepared(work: Path, rows: list[Row], seed: int, threads: int) -> tuple[Reader, str]:
    """The reader (backgrounds and document frequencies from training texts) and the feature version."""
    loaded = encoder.load(threads=threads, cache=False)
    path = work / f"background-{seed}.npz"
    if not path.exists():
        texts = language_texts(rows)
        tables = {f"background/{code}": mean for code, mean in backgrounds(loaded, texts, seed).items()}
        np.savez(path, idf=idf_table(texts), **tables)
    with np.load(path) as stored:
        means = {name.split("/", 1)[1]: stored[name] for name in stored.files if name != "idf"}
        # The artefact stores half precision: train on what will be used.
        means = {code: mean.astype(np.float16).astype(np.float32) for code, mean in means.items()}
        return Reader(loaded, means, stored["idf"]), feature_version(path)


def agreement(predicted: np.ndarray, human: np.ndarray, group: np.ndarray) -> dict[str, float]:
    """Spearman within each group of rows."""
    return {
        str(g): round(float(spearmanr(predicted[group == g], human[group == g]).statistic), 4)
        for g in np.unique(group)
    }


def sentence_heads(
    rows: list[Row], x: np.ndarray, v: np.ndarray, tensors: dict[str, np.ndarray], meta: dict[str, object]
) -> Fitted:
    """Quality and HTER heads with their calibration; returns the quality head's fit."""
    y = np.array([row.percentile for row in rows])
    pair = np.array([row.pair for row in rows])
    group = np.array([f"{row.set} {row.pair}" for row in rows])
    # Every language pair has the same say, whatever its number of rows.
    counts = {p: (pair == p).sum() for p in np.unique(pair)}
    w = np.array([len(rows) / len(counts) / counts[p] for p in pair])
    folds = fold_of(rows)
    fitted = fit(x, v, y, w, folds, QUALITY, group)
    tensors |= fitted.head.tensors("quality")
    calibrated = curve(fitted.raw, y, w)
    tensors["quality/x"], tensors["quality/y"] = calibrated.x, calibrated.y
    quality = calibrated(fitted.raw)
    within = agreement(quality, y, group)
    say(f"cross-fitted Spearman: {within}, trees' share {fitted.head.blend:.1f}")
    pairs = sorted(counts)
    by_pair = np.array([pairs.index(p) for p in pair])
    lopo = fit(x, v, y, w, by_pair, dataclasses.replace(QUALITY, blend=fitted.head.blend))
    unseen = calibrated(lopo.raw)
    for name, predicted in (("seen", quality), ("unseen", unseen)):
        band = interval(predicted, y)
        tensors |= {f"interval/{name}/{part}": getattr(band, part) for part in ("at", "low", "high")}
        low, high = band(predicted)
        say(f"{name}: coverage {np.mean((y >= low) & (y <= high)):.3f}, mean width {np.mean(high - low):.1f}")
    left_out = agreement(unseen, y, pair)
    say(f"Spearman with the language pair left out: {left_out}")
    edited = np.array([row.hter is not None for row in rows])
    hter = np.array([min(1.5, row.hter or 0.0) for row in rows])[edited]
    hter_fit = fit(x[edited], v[edited], hter, w[edited], folds[edited], HTER, pair[edited])
    tensors |= hter_fit.head.tensors("hter")
    hter_curve = curve(hter_fit.raw, hter, w[edited])
    tensors["hter/x"], tensors["hter/y"] = hter_curve.x, hter_curve.y
    say(f"HTER Spearman {agreement(hter_fit.raw, hter, pair[edited])}")
    meta |= {"pairs": pairs, "cross_fitted": within, "left_out": left_out}
    return fitted


def word_head(
    rows: list[Row],
    table: tuple[np.ndarray, ...],
    sentence: Fitted,
    tensors: dict[str, np.ndarray],
    meta: dict[str, object],
) -> None:
    """The word head with its calibration on words that people marked (not on post-editing tags)."""
    x, v, bad, owner, pair_x, pair_v = table
    row_folds = fold_of(rows)
    quality = np.zeros(len(pair_x), dtype=np.float32)
    for f, head in sentence.by_fold.items():
        inside = np.flatnonzero(row_folds == f)
        quality[inside] = head(pair_x[inside], pair_v[inside].astype(np.float32))
    quality = np.interp(quality, tensors["quality/x"], tensors["quality/y"]).astype(np.float32)
    tagged = np.array([row.set.startswith("mlqepe") for row in rows])[owner]
    scalars = np.concatenate([x, quality[owner][:, None], tagged[:, None]], axis=1).astype(np.float32)
    # Both kinds of labels teach; marks of people, which calibration is about, weigh as much in total.
    w = np.where(tagged, 0.5 / tagged.mean(), 0.5 / (1 - tagged.mean()))
    fitted = fit(scalars, v, bad.astype(np.float64), w, row_folds[owner], WORD)
    tensors |= fitted.head.tensors("word")
    human = ~tagged
    raw, truth = fitted.raw[human], bad[human]
    calibrated = curve(raw, truth.astype(float), knots=61)
    tensors["word/x"], tensors["word/y"] = calibrated.x, calibrated.y
    p = calibrated(raw)
    grid = np.unique(np.quantile(p, np.linspace(0.5, 0.9999, 200)))
    balanced = max(grid, key=lambda t: matthews_corrcoef(truth, p >= t))
    precise = [t for t in grid if (p >= t).sum() >= 20 and truth[p >= t].mean() >= 0.6]
    meta["word_thresholds"] = {
        "balanced": round(float(balanced), 4),
        "precise": round(float(min(precise, default=1.0)), 4),
    }
    say(
        f"words: {len(bad)} ({human.sum()} marked by people, {truth.mean():.3f} bad); "
        f"MCC {matthews_corrcoef(truth, p >= balanced):.3f} at {balanced:.3f}; {meta['word_thresholds']}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, required=True, help="folder for features (a few GB)")
    parser.add_argument("--rows", type=int, default=20_000, help="scored pairs to train on")
    parser.add_argument("--word-rows", type=int, default=8_000, help="marked pairs to train on")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=ARTEFACT)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    dev = dev_keys()

    def sample(groups: list[list[Row]], n: int) -> list[Row]:
        free = [[row for row in group if row.key not in dev] for group in groups]
        return list(interleaved(free, options.seed))[:n]

    every = sample([group for name in TRAIN_SETS for group in scored(name).values()], 10**9)
    rows = every[: options.rows]
    spans = sample([group for name in SPAN_TRAIN for group in marked(name).values()], options.word_rows)
    say(f"{len(every)} scored pairs are free to train on; using {len(rows)} and {len(spans)} marked ones")
    reader, version = prepared(options.work, every[:20_000], options.seed, options.threads)
    x, v, kept = pair_table(reader, rows, options.work, "train", version)
    table = word_table(reader, spans, options.work, "train", version)
    rows = [rows[i] for i in kept]

    tensors: dict[str, np.ndarray] = {"idf": reader.idf}
    tensors |= {f"background/{code}": mean.astype(np.float16) for code, mean in reader.backgrounds.items()}
    meta: dict[str, object] = {
        "encoder": reader.encoder.signature,
        "pair_features": [*NAMES, *PAIR_NAMES],
        "word_features": list(WORD_NAMES),
        "layers": list(LAYERS),
        "command": f"train.py --rows {options.rows} --word-rows {options.word_rows} --seed {options.seed}",
        "recipes": {
            name: dataclasses.asdict(recipe)
            for name, recipe in (("quality", QUALITY), ("hter", HTER), ("word", WORD))
        },
        "rows": {"scored": len(rows), "marked": len(spans), "words": len(table[0])},
        "data": hashes(),
    }
    say(f"features of {len(x)} pairs and {len(table[0])} words under {folder()} are ready; fitting")
    sentence = sentence_heads(rows, x, v, tensors, meta)
    word_head(spans, table, sentence, tensors, meta)
    digest = write(options.out, tensors, meta)
    say(f"wrote {options.out.name}, {options.out.stat().st_size / 1e6:.2f} MB, {digest[:8]}")


if __name__ == "__main__":
    main()
