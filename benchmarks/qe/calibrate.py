"""From the network's numbers to numbers that mean something: maps and intervals fitted on rows held back."""

from __future__ import annotations

import zlib

import numpy as np
from scipy.optimize import minimize
from scipy.stats import spearmanr
from sklearn.isotonic import IsotonicRegression

from corpora import Row
from qa.estimate.bundled import Raw, Word, between
from qa.estimate.calibration import Curve, Interval

LEVELS = np.linspace(0, 1, 41)
RARE = np.r_[np.linspace(0, 0.98, 40), 0.985, 0.99, 0.993, 0.996, 0.998, 0.999, 1]
"""Most words are fine: the knots of their calibration crowd where the bad ones are."""


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


def interval(quality: np.ndarray, human: np.ndarray, bins: int = 10, share: float = 0.8) -> Interval:
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


def agreement(predicted: np.ndarray, human: np.ndarray, group: np.ndarray) -> dict[str, float]:
    """Spearman within each group of rows."""
    return {
        str(g): round(float(spearmanr(predicted[group == g], human[group == g]).statistic), 4)
        for g in np.unique(group)
    }


def word_truth(row: Row, words: tuple[Word | None, ...]) -> list[tuple[float, float, int, int]]:
    """``(log-odds wrong, log-odds major, wrong, major)`` of each word that was read; a word is wrong when a
    person marked at least half of it, ``major`` is −1 where nobody said how bad it is."""
    out = []
    for word in words:
        if word is None:
            continue
        start, end, bad, major = word
        covering = [
            (min(end, b) - max(start, a), severity)
            for (a, b), severity in zip(row.spans or [], row.severities, strict=True)
        ]
        most, severity = max(covering, default=(0, ""))
        wrong = 2 * most >= end - start
        level = {"minor": 0, "major": 1, "critical": 1}.get(severity, -1) if wrong else -1
        out.append((bad, major, int(wrong), level))
    return out


def judges(rows: list[Row]) -> np.ndarray:
    """(n,) what a row's judgement weighs, 1 on average: a direct assessment is the mean of three people's, an
    MQM score mostly one person's."""
    people = np.array([3.0 if row.set.startswith("mlqepe") else 1.0 for row in rows])
    return people / people.mean()


def readout(
    hidden: np.ndarray, raws: list[Raw], rows: list[Row], penalty: float = 3.0, parts: int = 5
) -> tuple[np.ndarray, np.ndarray]:
    """(width,) what to add to the weights that read quality off the network's last hidden layer ``hidden``
    (n, width), and (n,) what that adds to each row's quality where its own part of the sources did not teach.

    Ridge regression of what the blend leaves unexplained within groups. The network was taught on many more
    judgements than these; but here it says what it says of sentences it has never seen.
    """
    human, group = np.array([row.percentile for row in rows]), groups(rows)
    weight, part = judges(rows), np.array([zlib.crc32(row.key.encode()) % parts for row in rows])
    flat = [*blend(raws, human, group, weight).tolist(), *(0.0 for _ in raws[0].slips)]
    known = within(np.array([raw.blended(flat) for raw in raws]), group)
    y, spread = within(human, group), hidden.std(0) + 1e-6
    x = within(hidden / spread, group)

    def taught(kept: np.ndarray) -> np.ndarray:
        w = weight[kept, None]
        unit = float((known[kept] * weight[kept]) @ y[kept] / ((known[kept] * weight[kept]) @ known[kept]))
        left = y[kept] - unit * known[kept]
        square = (x[kept] * w).T @ x[kept] + penalty * w.sum() * np.eye(x.shape[1])
        return np.asarray(np.linalg.solve(square, (x[kept] * w).T @ left)) / unit / spread

    whole, middle = taught(np.ones(len(rows), bool)), hidden.mean(0)
    added = np.full(len(rows), middle @ whole)
    for number in range(parts):
        added[part == number] += (hidden[part == number] - middle) @ taught(part != number)
    return whole.astype(np.float32), added


def groups(rows: list[Row]) -> np.ndarray:
    """(n,) set and pair of each row."""
    return np.array([f"{row.set} {row.pair}" for row in rows])


def blend(raws: list[Raw], human: np.ndarray, group: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """(4,) the first weights of ``Raw.blended``, beside 1 for quality: least squares within groups, each row
    counting by its ``weight``."""
    second = np.array([np.nan if raw.second is None else raw.second for raw in raws])
    usual = float(np.nanmean(second))
    seen = np.array([(raw.quality, raw.hter, raw.doubt) for raw in raws])
    seen = np.column_stack([seen, np.where(np.isnan(second), usual, second)])
    spread = seen.std(0)
    centred, y = within(seen / spread, group), within(human.astype(float), group)
    penalty = 0.02 * weight.sum() * np.eye(4)
    counted = centred * weight[:, None]
    weights = np.linalg.solve(counted.T @ centred + penalty, counted.T @ y) / spread
    return np.array([*(weights[1:] / weights[0]), usual], np.float32)


def within(values: np.ndarray, group: np.ndarray) -> np.ndarray:
    """``values`` (n,) or (n, k) less the means of their groups."""
    out = values.copy()
    for g in np.unique(group):
        out[group == g] -= out[group == g].mean(0)
    return out


def against_slips(
    mixed: np.ndarray,
    raws: list[Raw],
    human: np.ndarray,
    group: np.ndarray,
    twins: list[tuple[Raw, Raw, float]],
) -> np.ndarray:
    """What one slip of each kind takes off the quality, none of it above 0: as much as orders twins right
    without contradicting the people who judged. Both losses are those of training; neither weighs more."""
    flat = [*mixed.tolist(), *(0.0 for _ in raws[0].slips)]
    known = within(np.array([raw.blended(flat) for raw in raws]), group)
    y = within(human.astype(float), group)
    y *= known.std() / y.std()
    slipped = within(np.array([raw.slips for raw in raws]), group)
    lead = np.array([good.blended(flat) - bad.blended(flat) for good, bad, _ in twins])
    more = np.array([np.subtract(bad.slips, good.slips) for good, bad, _ in twins])
    margin = np.array([margin for *_, margin in twins])

    def loss(taken: np.ndarray) -> float:
        judged = ((known - slipped @ taken - y) ** 2).mean()
        ordered = np.logaddexp(0, 4 * (margin - lead - more @ taken)).mean() / 2
        return float(judged + ordered)

    start = np.zeros(slipped.shape[1])
    return np.asarray(-minimize(loss, start, bounds=[(0, 2)] * len(start)).x, np.float32)


def rising(flat: Curve, share: float = 0.03) -> Curve:
    """``flat`` without plateaus, which would make one of two translations of different worth: a straight line
    has a small share in it, and it goes on to 0 and 100 beyond what judged rows reach."""
    x = np.r_[flat.x[0] - 1.0, flat.x, flat.x[-1] + 1.0]
    y = np.r_[0.0, flat.y, max(99.0, flat.y[-1])]
    line = 100 * (x - x[0]) / (x[-1] - x[0])
    return Curve(x.astype(np.float32), ((1 - share) * y + share * line).astype(np.float32))


def sentence_curves(
    rows: list[Row], raws: list[Raw], twins: list[tuple[Raw, Raw, float]]
) -> tuple[dict[str, np.ndarray], dict[str, object]]:
    """Tensors of the quality and edit-rate maps and of the intervals, and what was seen on the way."""
    human, pair = np.array([row.percentile for row in rows]), np.array([row.pair for row in rows])
    group = groups(rows)
    mixed = blend(raws, human, group, judges(rows))
    mixed = np.r_[mixed, against_slips(mixed, raws, human, group, twins)]
    raw = np.array([r.blended(mixed.tolist()) for r in raws])
    weight = np.array([(pair == p).sum() ** -0.5 for p in pair])
    quality = curve(raw, human, weight)
    quality = rising(quality)
    predicted = quality(raw.astype(np.float32))
    tensors = {"blend": mixed, "quality/x": quality.x, "quality/y": quality.y}
    band = interval(predicted, human)
    # A pair that training did not see is judged by chance at worst: the interval of no knowledge at all,
    # around the same prediction, blended half and half with that of the known pairs.
    blind_low, blind_high = np.quantile(human, [0.1, 0.9])
    tensors |= {"interval/seen/at": band.at, "interval/seen/low": band.low, "interval/seen/high": band.high}
    tensors |= {
        "interval/unseen/at": band.at,
        "interval/unseen/low": ((np.minimum(band.low, blind_low) + band.low) / 2).astype(np.float32),
        "interval/unseen/high": ((np.maximum(band.high, blind_high) + band.high) / 2).astype(np.float32),
    }
    edited = np.array([row.hter is not None for row in rows])
    hter = np.array([min(1.0, row.hter or 0.0) for row in rows])
    edits = curve(np.array([r.hter for r in raws])[edited], hter[edited])
    tensors |= {"hter/x": edits.x, "hter/y": edits.y}
    low, high = band(predicted)
    side = np.where(human < predicted, predicted - low, high - predicted)
    miss = np.abs(human - predicted) / np.maximum(side, 1e-6)
    scales: dict[str, float] = {}
    for g in np.unique(group):
        mine = group == g
        trust = mine.sum() / (mine.sum() + 100)  # few rows say little
        needed = float(1 + trust * (np.quantile(miss[mine], 0.8) - 1))
        # Where two kinds of judges read a pair, the interval holds for those who are harder to foretell.
        name = str(pair[mine][0]).replace("br-", "pt-")
        scales[name] = round(max(needed, scales.get(name, 0.0)), 3)
    return tensors, {
        "interval_scale": scales,
        "held_back": len(rows),
        "blend": mixed.tolist(),
        "spearman": agreement(raw, human, group),
        "spearman_alone": agreement(np.array([r.quality for r in raws]), human, group),
        "coverage": agreement_of(low, high, human, pair),
    }


def agreement_of(low: np.ndarray, high: np.ndarray, human: np.ndarray, group: np.ndarray) -> dict[str, float]:
    """Share of ``human`` inside the interval, by group."""
    inside = (human >= low) & (human <= high)
    return {str(g): round(float(inside[group == g].mean()), 3) for g in np.unique(group)}


def word_levels(people: dict[str, list[Raw]]) -> dict[str, float]:
    """Languages (``qa.estimate.bundled.between``) → half of how far above the usual the network's doubts of
    good translations lie, in log-odds: what one word in twenty of a person's translation reaches.

    Each pair of languages has taught the network its own share of marked words, which was its annotators'
    habit: one threshold meant many false alarms between two languages and no flags between others. Half,
    because translations also differ in how good they are.
    """
    doubts = {pair: [word[2] for raw in raws for word in raw.words if word] for pair, raws in people.items()}
    reached = {pair: np.quantile(found, 0.95) for pair, found in doubts.items() if len(found) >= 500}
    usual = np.mean(list(reached.values()))
    return {pair: round(float(level - usual) / 2, 3) for pair, level in sorted(reached.items())}


def word_curves(
    rows: list[Row], raws: list[Raw], people: dict[str, list[Raw]]
) -> tuple[dict[str, np.ndarray], dict[str, object]]:
    """Tensors of the word maps, the levels, and the thresholds: ``precise`` is the lowest with a precision of
    .6 on the marks of people, ``balanced`` the highest whose MCC is within a hundredth of the best.
    ``people``: what the network says of translations by people, by languages."""
    from sklearn.metrics import matthews_corrcoef

    levels = word_levels(people)
    found = [
        (bad - levels.get(between(*row.langs), 0.0), *word, 1 / row.annotators)
        for row, raw in zip(rows, raws, strict=True)
        if row.spans is not None and not row.set.startswith("mlqepe")
        for bad, *word in word_truth(row, raw.words)
    ]
    bad, severe, wrong, level, share = np.array(found).T
    map_bad = curve(bad, wrong, levels=RARE)
    # Pairs judged by several people carry all their marks: lower the map to what one person marks.
    one = float((wrong * share).mean() / wrong.mean())
    p = map_bad(bad.astype(np.float32))
    grid = np.unique(np.quantile(p, np.linspace(0.5, 0.9999, 300)))
    agreed = np.array([matthews_corrcoef(wrong, p >= t) for t in grid])
    balanced = grid[agreed >= 0.99 * agreed.max()].max()
    precise = [t for t in grid if (p >= t).sum() >= 40 and wrong[p >= t].mean() >= 0.6]
    known = level >= 0
    map_major = curve(severe[known], level[known])
    thresholds = {
        "balanced": round(float(balanced) * one, 4),
        "precise": round(float(min(precise, default=1.0)) * one, 4),
    }
    tensors = {
        "word/x": map_bad.x, "word/y": map_bad.y * np.float32(one),
        "major/x": map_major.x, "major/y": map_major.y,
    }  # fmt: skip
    return tensors, {
        "word_thresholds": thresholds, "word_levels": levels, "words": len(wrong),
        "words_wrong": round(float(wrong.mean()), 4), "one_annotator": round(one, 3),
        "word_mcc": round(float(matthews_corrcoef(wrong, p >= balanced)), 3),
    }  # fmt: skip
