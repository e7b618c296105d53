"""The rule-based splitters underneath: razdel for Russian, yasbd for the rest, in linear time.

Both are given windows of bounded length, and runs that drive their patterns into quadratic time
(thousands of blanks, of letters without a break, of punctuation) are shortened for them; their answers
are mapped back. They only ever answer for places our own rules leave open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache

__all__ = ["boundaries"]

_WINDOW = 4000
_OVERLAP = 200
_RUNS = re.compile(r"(\s{3})\s{6,}|(\w{128})\w+|([^\w\s]{24})[^\w\s]+")
_RELATIVES = {"be": "ru", "mk": "bg", "sr": "bg", "ky": "kk", "no": "da", "nb": "da", "nn": "da", "ca": "es",
              "gl": "pt", "lb": "de", "hr": "cs", "sl": "cs", "bs": "cs", "yue": "zh", "wuu": "zh"}  # fmt: skip


def boundaries(text: str, lang: str) -> list[int]:
    """Offsets in ``text`` at which a sentence ends, rising, as the engine for ``lang`` sees it."""
    engine = _engine(lang)
    short, origins, shifts = _shorten(text)
    ends: list[int] = []
    start = 0
    while True:
        window = short[start : start + _WINDOW]
        last = start + _WINDOW >= len(short)
        # The margins of a window lack context: each answer is taken from the window it is well inside.
        low = start + (_OVERLAP // 2 if start else 0)
        high = len(short) if last else start + _WINDOW - _OVERLAP // 2
        ends += [start + end for end in engine(window) if low < start + end <= high]
        if last:
            break
        start += _WINDOW - _OVERLAP
    if not origins:
        return ends
    return [end + shifts[i - 1] if (i := bisect_right(origins, end - 1)) else end for end in ends]


def _shorten(text: str) -> tuple[str, list[int], list[int]]:
    """``text`` with long runs cut, and where (in the result) how much has been left out until there."""
    parts: list[str] = []
    origins: list[int] = []
    shifts: list[int] = []
    at = length = left_out = 0
    for match in _RUNS.finditer(text):
        kept = match[1] or match[2] or match[3]
        part = text[at : match.start()] + kept
        parts.append(part)
        length += len(part)
        left_out += match.end() - match.start() - len(kept)
        origins.append(length)
        shifts.append(left_out)
        at = match.end()
    if not parts:
        return text, origins, shifts
    parts.append(text[at:])
    return "".join(parts), origins, shifts


@cache
def _engine(lang: str) -> Callable[[str], list[int]]:
    if lang == "ru":
        from razdel import sentenize

        return lambda text: [sentence.stop for sentence in sentenize(text)]
    from yasbd import BoundaryDetector
    from yasbd.rules import get_supported_langs

    known = _RELATIVES.get(lang, lang)
    if known not in get_supported_langs():
        known = "en"
    detector = BoundaryDetector(known, preserve_quote_and_paren=False)
    return lambda text: list(detector.detect(text))
