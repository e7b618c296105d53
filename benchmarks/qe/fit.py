"""Fitting a ``qa.estimate.heads.Head``: ridge regression, boosted trees on top, cross-fitted throughout."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import spearmanr
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.isotonic import IsotonicRegression

from qa.estimate.calibration import Curve, Interval
from qa.estimate.heads import Head
from qa.estimate.trees import Trees

CHUNK = 4096


@dataclass(frozen=True)
class Recipe:
    """Everything that shapes a fit; recorded with the artefact."""

    scalar_penalty: float = 30.0
    vector_penalty: float = 6000.0
    iterations: int = 200
    rate: float = 0.05
    depth: int = 5
    leaf: int = 60
    l2: float = 5.0
    blend: float | None = None
    classify: bool = False
    seed: int = 1


def packed(model: HistGradientBoostingRegressor | HistGradientBoostingClassifier, depth: int) -> Trees:
    """scikit-learn's trees as the heaps that the estimator evaluates."""
    predictors = [tree for step in model._predictors for tree in step]
    inner = 2**depth - 1
    feature = np.zeros((len(predictors), inner), dtype=np.int16)
    threshold = np.full((len(predictors), inner), np.inf, dtype=np.float32)
    leaf = np.zeros((len(predictors), inner + 1), dtype=np.float32)
    for number, predictor in enumerate(predictors):
        nodes = predictor.nodes
        stack = [(0, 0)]
        while stack:
            node, place = stack.pop()
            record = nodes[node]
            if place >= inner:
                leaf[number, place - inner] = record["value"]
            elif record["is_leaf"]:
                # An infinite threshold sends every row left, down to the leftmost leaf below.
                while place < inner:
                    place = 2 * place + 1
                leaf[number, place - inner] = record["value"]
            else:
                feature[number, place] = record["feature_idx"]
                threshold[number, place] = record["num_threshold"]
                stack += [(int(record["left"]), 2 * place + 1), (int(record["right"]), 2 * place + 2)]
    return Trees(feature, threshold, leaf, float(np.ravel(model._baseline_prediction)[0]))


class Ridge:
    """Weighted ridge regression from per-fold normal equations, so that every fold can be left out."""

    def __init__(
        self, x: np.ndarray, v: np.ndarray, y: np.ndarray, w: np.ndarray, folds: np.ndarray, recipe: Recipe
    ) -> None:
        self.recipe, self.x, self.v = recipe, x, v
        self.mean = np.average(x, axis=0, weights=w).astype(np.float32)
        self.scale = (x.std(axis=0) + 1e-3).astype(np.float32)
        size = x.shape[1] + v.shape[1] + 1
        self.v_scale = np.sqrt(np.mean(np.square(v[:20000].astype(np.float32)), axis=0) + 1e-8)
        self.gram = {int(f): np.zeros((size, size)) for f in np.unique(folds)}
        self.moment = {int(f): np.zeros(size) for f in np.unique(folds)}
        for f in self.gram:
            rows = np.flatnonzero(folds == f)
            for at in range(0, len(rows), CHUNK):
                some = rows[at : at + CHUNK]
                design = self._design(some)
                weighted = design * w[some, None]
                self.gram[f] += weighted.T @ design
                self.moment[f] += weighted.T @ y[some]

    def _design(self, rows: np.ndarray) -> np.ndarray:
        standard = np.clip((self.x[rows] - self.mean) / self.scale, -Head.CLIP, Head.CLIP)
        vectors = self.v[rows].astype(np.float32) / self.v_scale
        return np.concatenate([standard, vectors, np.ones((len(rows), 1))], axis=1).astype(np.float32)

    def solve(self, leave_out: int | None) -> tuple[np.ndarray, float]:
        """Weights over standardised scalars and plain vectors, and the bias, without one fold."""
        gram = sum(g for f, g in self.gram.items() if f != leave_out)
        moment = sum(m for f, m in self.moment.items() if f != leave_out)
        s, d = self.x.shape[1], self.v.shape[1]
        penalty = np.r_[np.full(s, self.recipe.scalar_penalty), np.full(d, self.recipe.vector_penalty), 1e-6]
        solution = np.linalg.solve(gram + np.diag(penalty), moment)
        weights = solution[:-1].copy()
        weights[s:] /= self.v_scale
        return weights.astype(np.float32), float(solution[-1])


@dataclass
class Fitted:
    """The final head, the heads that left one fold out each, and the cross-fitted raw predictions."""

    head: Head
    by_fold: dict[int, Head]
    raw: np.ndarray


def _boosted(x: np.ndarray, y: np.ndarray, w: np.ndarray, recipe: Recipe) -> Trees:
    kind = HistGradientBoostingClassifier if recipe.classify else HistGradientBoostingRegressor
    model = kind(
        max_iter=recipe.iterations,
        learning_rate=recipe.rate,
        max_depth=recipe.depth,
        max_leaf_nodes=None,
        min_samples_leaf=recipe.leaf,
        l2_regularization=recipe.l2,
        max_features=0.5,
        early_stopping=False,
        random_state=recipe.seed,
    ).fit(x, y, sample_weight=w)
    trees = packed(model, recipe.depth)
    sample = x[:2000]
    expected = model.decision_function(sample) if recipe.classify else model.predict(sample)
    apart = np.abs(trees(sample.astype(np.float32)) - expected) > 1e-3
    assert apart.mean() < 0.01, "the packed trees differ from the trained ones"
    return trees


def fit(
    x: np.ndarray, v: np.ndarray, y: np.ndarray, w: np.ndarray, folds: np.ndarray, recipe: Recipe,
    groups: np.ndarray | None = None,
) -> Fitted:  # fmt: skip
    """Fit one head and its fold-wise twins.

    ``x`` (n, scalars), ``v`` (n, vectors), ``y`` (n,) target, ``w`` (n,) weights, ``folds`` (n,) fold of
    each row (rows of one source share a fold). ``groups``: the blend is the share of the trees with the
    best mean Spearman over these groups of rows (ignored when the recipe fixes it).
    """
    ridge = Ridge(x, v, y, w, folds, recipe)
    lines = {int(f): ridge.solve(int(f)) for f in np.unique(folds)}
    weights, bias = ridge.solve(None)
    empty = Trees(np.zeros((0, 1), np.int16), np.zeros((0, 1), np.float32), np.zeros((0, 2), np.float32), 0.0)

    def linear(solution: tuple[np.ndarray, float], rows: np.ndarray) -> np.ndarray:
        head = Head(ridge.mean, ridge.scale, solution[0], solution[1], empty, 0.0)
        return np.concatenate(
            [
                head.linear(x[rows[at : at + CHUNK]], v[rows[at : at + CHUNK]].astype(np.float32))
                for at in range(0, len(rows), CHUNK)
            ]
        )

    line = np.zeros(len(x), dtype=np.float32)
    for f, solution in lines.items():
        rows = np.flatnonzero(folds == f)
        line[rows] = linear(solution, rows)
    seen = np.concatenate([x, line[:, None]], axis=1)
    boosted = np.zeros(len(x), dtype=np.float32)
    trees = {}
    for f in lines:
        inside, outside = folds == f, folds != f
        trees[f] = _boosted(seen[outside], y[outside], w[outside], recipe)
        boosted[inside] = trees[f](seen[inside])
    blend = recipe.blend
    if blend is None:
        assert groups is not None
        blend = max(
            np.linspace(0, 1, 11),
            key=lambda b: np.mean(
                [
                    spearmanr(((1 - b) * line + b * boosted)[groups == g], y[groups == g]).statistic
                    for g in np.unique(groups)
                ]
            ),
        )
    final = _boosted(seen, y, w, recipe)
    by_fold = {
        f: Head(ridge.mean, ridge.scale, lines[f][0], lines[f][1], trees[f], float(blend)) for f in lines
    }
    head = Head(ridge.mean, ridge.scale, weights, bias, final, float(blend))
    return Fitted(head, by_fold, (1 - blend) * line + blend * boosted)


LEVELS = np.linspace(0, 1, 41)


def curve(raw: np.ndarray, y: np.ndarray, w: np.ndarray | None = None, levels: np.ndarray = LEVELS) -> Curve:
    """Isotonic map from raw predictions to expected ``y``, thinned to knots at ``levels`` of ``raw``."""
    model = IsotonicRegression(out_of_bounds="clip").fit(raw, y, sample_weight=w)
    x = np.unique(np.quantile(raw, levels))
    # Averaging the steps over each stretch keeps the thinned curve rising without plateaus.
    fine = np.linspace(x[:-1], x[1:], 9)
    middle = np.r_[x[0], (x[:-1] + x[1:]) / 2, x[-1]]
    steps = model.predict(fine.ravel()).reshape(fine.shape).mean(0)
    value = np.r_[model.predict(x[:1]), steps, model.predict(x[-1:])]
    return Curve(middle.astype(np.float32), np.maximum.accumulate(value).astype(np.float32))


def interval(quality: np.ndarray, human: np.ndarray, bins: int = 12, share: float = 0.8) -> Interval:
    """Quantiles of the human percentile in bins of equal size of the predicted quality.

    The finite-sample correction of split conformal prediction widens small bins.
    """
    order = np.argsort(quality, kind="stable")
    at, low, high = [], [], []
    for part in np.array_split(order, bins):
        tail = max(0.0, (np.floor((1 - share) / 2 * (len(part) + 1)) - 1) / len(part))
        at.append(quality[part].mean())
        low.append(np.quantile(human[part], tail, method="lower"))
        high.append(np.quantile(human[part], 1 - tail, method="higher"))
    return Interval(*(np.asarray(a, dtype=np.float32) for a in (at, low, high)))
