"""Reference-based metrics through sacrebleu: BLEU, chrF, TER, HTER."""

from __future__ import annotations

from qa.metrics.base import Metric, MetricScore, Report
from qa.metrics.compare import METRICS, corpus
from qa.metrics.ter import Edits, hter, hter_segments

__all__ = ["METRICS", "Edits", "Metric", "MetricScore", "Report", "corpus", "hter", "hter_segments"]
