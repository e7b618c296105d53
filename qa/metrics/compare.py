"""Scoring hypotheses against references: BLEU, chrF, TER, with intervals and paired significance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qa.errors import InputError
from qa.lang import detect, normalise
from qa.metrics.base import Metric, MetricScore, Report
from qa.registry import Registry

__all__ = ["METRICS", "corpus"]

METRICS: Registry[type[Metric]] = Registry(
    "metric",
    {"BLEU": "qa.metrics.bleu:Bleu", "chrF": "qa.metrics.chrf:Chrf", "TER": "qa.metrics.ter:Ter"},
    group="relecture.metrics",
)
"""Metric name → class, in the order they are reported."""

RESAMPLES = 1000
FEW = 100
"""Segments below which resampling says little."""


def corpus(
    hyps: Sequence[str],
    refs: Sequence[str],
    *,
    sources: Sequence[str] | None = None,
    baseline: Sequence[str] | None = None,
    target_lang: str | None = None,
    names: Sequence[str] | None = None,
    metrics: Sequence[str] | None = None,
) -> Report:
    """Scores of ``hyps`` against ``refs``, one reference a segment, in the same order.

    ``target_lang`` chooses the tokenizers; without it the references' own language is recognised.
    ``names`` are what messages call hyps, refs, sources and baseline. ``metrics`` restricts METRICS.
    Intervals and p-values come from 1,000 bootstrap resamples with a fixed seed that the signatures state.

    Raises InputError for nothing to compare and for sequences of different lengths.
    """
    called = list(names or ("hypotheses", "references", "sources", "baseline"))
    given = [hyps, refs, sources, baseline]
    _same_length([(n, len(t)) for n, t in zip(called, given, strict=True) if t is not None])
    language = normalise(target_lang) if target_lang else detect(" ".join(refs[:200])[:5000]) or ""
    scores: list[MetricScore] = []
    notices: list[str] = []
    for name in metrics or METRICS.names():
        metric = METRICS.get(name)(language)
        scores.append(_score(metric, hyps, refs, sources, baseline))
        notices += [metric.notice()] if metric.notice() else []
    if len(refs) < FEW:
        segments = "1 segment" if len(refs) == 1 else f"{len(refs)} segments"
        notices.append(f"only {segments}: intervals and p-values are rough below about {FEW}")
    if sum(not text.strip() for text in refs):
        notices.append(f"{sum(not text.strip() for text in refs):,} references are empty")
    return Report(tuple(scores), len(refs), language, tuple(notices))


def _same_length(sizes: Sequence[tuple[str, int]]) -> None:
    (_, expected), *_ = sizes
    if any(size != expected for _, size in sizes):
        counts = ", ".join(f"{name}: {size:,}" for name, size in sizes)
        raise InputError(f"numbers of segments differ ({counts}); every file needs one segment a line")
    if not expected:
        raise InputError(f"{sizes[0][0]} and {sizes[1][0]} are empty; there is nothing to compare")


def _score(
    metric: Metric,
    hyps: Sequence[str],
    refs: Sequence[str],
    sources: Sequence[str] | None,
    baseline: Sequence[str] | None,
) -> MetricScore:
    from sacrebleu.significance import PairedTest

    references = [metric.prepare(refs)]
    systems: list[tuple[str, Sequence[str]]] = [("system", metric.prepare(hyps))]
    if baseline is not None:
        systems.insert(0, ("baseline", metric.prepare(baseline)))
    scorer = metric.scorer()
    test = PairedTest(systems, {metric.name: scorer}, references, test_type="bs", n_samples=RESAMPLES)
    signatures, outcome = test()
    results: Any = outcome
    # sacrebleu files its results under its own name of the metric ("chrF2").
    (key,) = signatures
    result = results[key][-1]
    p_value = None if result.p_value is None else float(result.p_value)
    if baseline is not None and result.score == results[key][0].score:
        # sacrebleu counts resamples that differ more than the systems do; with equal scores and equal
        # outputs there are none, and it would report the smallest p there is.
        p_value = 1.0
    floor = None
    if sources is not None:
        floor = scorer.corpus_score(metric.prepare(sources), references).score
    signature = "|".join(part for part in (key, signatures[key].format(), metric.mark()) if part)
    return MetricScore(
        name=metric.name,
        value=float(result.score),
        low=max(0.0, float(result.mean - result.ci)),
        high=float(result.mean + result.ci),
        higher_is_better=metric.higher_is_better,
        signature=signature,
        baseline=None if baseline is None else float(results[key][0].score),
        p_value=p_value,
        floor=floor,
    )
