"""The MQM scoring model: raw and linear calibrated scores, with how sure they are.

Formulas (MQM Council, "The MQM scoring models"; ISO 5060)::

    APT  = Σ severity penalty × type weight          absolute penalty total
    PWPT = APT / EWC                                 per-unit penalty total
    NPT  = PWPT × 1000                               per 1,000 units
    OQS  = 100 × (1 − PWPT)                          raw overall quality score
    SF   = (100 − PT) / APP                          scaling factor
    CQS  = 100 − NPT × SF                            calibrated quality score

EWC, the evaluation word count, counts the source: words, or characters where the language writes no
spaces between words. A text passes when CQS ≥ PT, the passing threshold, and nothing critical was found.
Below 500 units there is no verdict.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from qa.report.counting import Unit

__all__ = ["SMALLEST", "Mqm", "Verdict", "score"]

Verdict = Literal["pass", "fail", "too small to decide"]

SMALLEST = 500
"""Evaluation words below which a score is shown with its interval but no verdict."""
LARGEST = 20_000
"""Evaluation words above which MQM advises a non-linear tolerance."""
RESAMPLES = 2000
SEED = 12345


@dataclass(frozen=True, slots=True)
class Mqm:
    """The scores of one evaluation.

    ``oqs`` and ``cqs`` have 100 as their best value and no lower bound. ``low`` and ``high`` bound the 80%
    interval of ``cqs``; ``pass_probability`` is the share of bootstrap resamples of the segments whose
    ``cqs`` passes (0 when anything critical was found). All are None without text.
    """

    apt: float
    ewc: int
    unit: Unit
    side: Literal["source", "target"]
    passing_threshold: float
    acceptable_penalty: float
    critical: int
    pwpt: float | None
    npt: float | None
    oqs: float | None
    cqs: float | None
    low: float | None
    high: float | None
    pass_probability: float | None
    verdict: Verdict

    @property
    def basis(self) -> str:
        """What was counted, in words: "612 source words"."""
        return f"{self.ewc:,} {self.side} {self.unit}"

    @property
    def explanation(self) -> str:
        """The verdict with its reason, in one line."""
        if self.verdict == "too small to decide":
            return f"too small to decide: {self.basis}, fewer than {SMALLEST}"
        if self.critical:
            return f"fail: {self.critical} critical error{'s' if self.critical > 1 else ''}"
        sign = "≥" if self.verdict == "pass" else "<"
        return f"{self.verdict}: {self.cqs:.1f} {sign} {self.passing_threshold:g}"


def score(
    segments: Counter[tuple[float, int]],
    *,
    critical: int,
    unit: Unit,
    side: Literal["source", "target"],
    passing_threshold: float,
    acceptable_penalty: float,
) -> Mqm:
    """The scores of a text whose segments are given as a count of (penalty points, size) pairs.

    ``acceptable_penalty`` (APP) is in penalty points per 1,000 units and must be positive.
    """
    apt = sum(penalty * number for (penalty, _), number in segments.items())
    ewc = sum(size * number for (_, size), number in segments.items())
    factor = (100 - passing_threshold) / acceptable_penalty
    pwpt = npt = oqs = cqs = low = high = probability = None
    verdict: Verdict = "too small to decide"
    if ewc:
        pwpt = apt / ewc
        npt, oqs = 1000 * pwpt, 100 * (1 - pwpt)
        cqs = 100 - npt * factor
        low, high, passing = _resampled(segments, factor, passing_threshold)
        probability = 0.0 if critical else passing
    if cqs is not None and ewc >= SMALLEST:
        verdict = "pass" if cqs >= passing_threshold and not critical else "fail"
    return Mqm(
        apt=apt,
        ewc=ewc,
        unit=unit,
        side=side,
        passing_threshold=passing_threshold,
        acceptable_penalty=acceptable_penalty,
        critical=critical,
        pwpt=pwpt,
        npt=npt,
        oqs=oqs,
        cqs=cqs,
        low=low,
        high=high,
        pass_probability=probability,
        verdict=verdict,
    )


def _resampled(
    segments: Counter[tuple[float, int]], factor: float, passing_threshold: float
) -> tuple[float, float, float]:
    """80% interval of CQS and the share of passing resamples.

    Drawing how often each distinct (penalty, size) pair occurs is the bootstrap over segments, at a cost
    that does not grow with their number.
    """
    import numpy as np

    table = np.array(list(segments), dtype=np.float64)
    numbers = np.array(list(segments.values()), dtype=np.int64)
    rng = np.random.default_rng(SEED)
    drawn = rng.multinomial(numbers.sum(), numbers / numbers.sum(), size=RESAMPLES)
    penalties, sizes = (drawn @ table).T
    # A resample of nothing but empty sources has no score; it is left out.
    values = 100 - 1000 * penalties[sizes > 0] / sizes[sizes > 0] * factor
    low, high = np.quantile(values, (0.1, 0.9))
    return float(low), float(high), float((values >= passing_threshold).mean())
