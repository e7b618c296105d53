"""chrF (Popović, 2015): F-score of character n-grams, 0 to 100, higher is better; needs no tokenizer."""

from __future__ import annotations

from typing import Any

from qa.metrics.base import Metric

__all__ = ["Chrf"]


class Chrf(Metric):
    """chrF2 with character n-grams up to six and no word n-grams."""

    name = "chrF"
    higher_is_better = True

    def scorer(self) -> Any:
        from sacrebleu.metrics.chrf import CHRF

        return CHRF()
