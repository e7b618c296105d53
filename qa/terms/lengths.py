"""How long a translation is, beside what human translations of its pair of languages lead one to expect."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from qa import lang

__all__ = ["Length", "compared"]

# Natural logarithm of the length in characters relative to English, medians over human translations
# (FLORES, newstest, WMT22, MLQE-PE post-edits, Bio-MQM references) of text of 30 characters and more.
_LENGTH: Mapping[str, float] = {
    "en": 0.0, "cs": -0.079, "de": 0.130, "es": 0.110, "et": -0.133, "fr": 0.139, "hi": 0.007,
    "it": 0.117, "ja": -0.920, "ko": -0.75, "ne": -0.130, "nl": 0.08, "pl": 0.017, "pt": 0.034, "ro": 0.0,
    "ru": 0.0, "si": -0.031, "uk": -0.024, "zh": -1.080,
}  # fmt: skip
_UNKNOWN_PENALTY = 0.12
"""Further spread where no length is known for a language."""


class Length(NamedTuple):
    """``share`` of the length to be expected, 1 where it is just that; ``deviation`` from it in standard
    deviations, below 0 where the translation is shorter."""

    share: float
    deviation: float


def compared(before: int, after: int, source_lang: str, target_lang: str) -> Length:
    """The length of a translation, ``after`` characters, of a source of ``before`` (both above 0).

    The spread √(.07² + 1.2/n), n the geometric mean of both, fits the medians of absolute deviation of the
    same human translations within .02 from 30 characters on.
    """
    source, target = lang.base(source_lang), lang.base(target_lang)
    mean = _LENGTH.get(target, 0.0) - _LENGTH.get(source, 0.0)
    spread = math.sqrt(0.07**2 + 1.2 / max(1, round(math.sqrt(before * after))))
    if "zh" in (source, target) or "ja" in (source, target):
        spread *= 1.6
    unknown = (source not in _LENGTH) + (target not in _LENGTH)
    surprise = math.log(after / before) - mean
    return Length(math.exp(surprise), surprise / math.hypot(spread, _UNKNOWN_PENALTY * unknown))
