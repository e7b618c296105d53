"""Scoring hypotheses against references: BLEU, chrF, TER, with intervals and paired significance."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qa.errors import EncodingError, InputError
from qa.lang import detect, normalise
from qa.metrics.base import Metric, MetricScore, Report
from qa.registry import Registry

__all__ = ["METRICS", "corpus", "files", "read_lines"]

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
    lang: str = "",
    names: Sequence[str] | None = None,
    metrics: Sequence[str] | None = None,
) -> Report:
    """Scores of ``hyps`` against ``refs``, one reference a segment, in the same order.

    ``lang`` is the target language; without it the references' own language is recognised. ``names`` are
    what messages call hyps, refs, sources and baseline. ``metrics`` restricts METRICS. Intervals and
    p-values come from 1,000 bootstrap resamples with a fixed seed that the signatures state.

    Raises InputError for nothing to compare and for sequences of different lengths.
    """
    called = list(names or ("hypotheses", "references", "sources", "baseline"))
    given = [hyps, refs, sources, baseline]
    _same_length([(n, len(t)) for n, t in zip(called, given, strict=True) if t is not None])
    language = normalise(lang) if lang else detect(" ".join(refs[:200])[:5000]) or ""
    scores: list[MetricScore] = []
    notices: list[str] = []
    for name in metrics or METRICS.names():
        metric = METRICS.get(name)(language)
        scores.append(_score(metric, hyps, refs, sources, baseline))
        notices += [metric.notice()] if metric.notice() else []
    if len(refs) < FEW:
        notices.append(f"only {len(refs)} segments: intervals and p-values are rough below about {FEW}")
    if sum(not text.strip() for text in refs):
        notices.append(f"{sum(not text.strip() for text in refs):,} references are empty")
    return Report(tuple(scores), len(refs), language, tuple(notices))


def _same_length(sizes: Sequence[tuple[str, int]]) -> None:
    if len({size for _, size in sizes}) > 1:
        counts = ", ".join(f"{name} has {size:,} lines" for name, size in sizes)
        raise InputError(f"the files do not belong together line by line: {counts}")
    if not sizes[0][1]:
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
        p_value=None if result.p_value is None else float(result.p_value),
        floor=floor,
    )


def files(
    hyp: Path, ref: Path, *, source: Path | None = None, baseline: Path | None = None, lang: str = ""
) -> Report:
    """``corpus`` of text files with one segment a line; messages name the files."""
    paths = [hyp, ref, source, baseline]
    texts = [None if path is None else read_lines(path) for path in paths]
    hyps, refs = texts[0] or [], texts[1] or []
    names = ["" if path is None else str(path) for path in paths]
    return corpus(hyps, refs, sources=texts[2], baseline=texts[3], lang=lang, names=names)


def read_lines(path: Path) -> list[str]:
    """The lines of a UTF-8 text file, split at LF and CRLF alone (other separators belong to the text)."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    except UnicodeDecodeError as error:
        raise EncodingError(f"{path}: not UTF-8 at byte {error.start}; convert the file to UTF-8") from None
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines
