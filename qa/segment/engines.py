"""The rule-based splitters underneath: razdel for Russian, yasbd for the rest, in linear time.

They are asked only about places our own rules leave open, and see a bounded window around such a
place, each window once. Runs that drive their patterns into quadratic time (thousands of blanks, of
letters without a break, of punctuation) are shortened first, and the answers mapped back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache

__all__ = ["Engine"]

_STEP = 400
_MARGIN = 120
_RUNS = re.compile(r"(\s{3})\s{6,}|(\w{128})\w+|([^\w\s]{24})[^\w\s]+")
_RELATIVES = {
    "be": "ru", "mk": "bg", "sr": "bg", "ky": "kk", "no": "da", "nb": "da", "nn": "da", "ca": "es",
    "gl": "pt", "lb": "de", "hr": "cs", "sl": "cs", "bs": "cs", "yue": "zh", "wuu": "zh",
}  # fmt: skip


class Engine:
    """What the engine for ``lang`` says of one text, worked out window by window when asked."""

    def __init__(self, text: str, lang: str) -> None:
        self._text = text
        self._ends = _engine(lang)
        self._windows: dict[int, list[int]] = {}

    def ends_within(self, low: int, high: int) -> bool:
        """True when a sentence ends at an offset in ``(low, high]``."""
        ends = self._window(low // _STEP)
        i = bisect_right(ends, low)
        return i < len(ends) and ends[i] <= high

    def ends(self) -> list[int]:
        """All offsets at which a sentence ends, rising."""
        found: list[int] = []
        for number in range(len(self._text) // _STEP + 1):
            low, high = number * _STEP, (number + 1) * _STEP
            found += [end for end in self._window(number) if low < end <= high]
        return found

    def _window(self, number: int) -> list[int]:
        if number not in self._windows:
            start = max(0, number * _STEP - _MARGIN)
            short, origins, shifts = _shorten(self._text[start : (number + 1) * _STEP + _MARGIN])
            ends = []
            for end in self._ends(short):
                i = bisect_right(origins, end - 1)
                ends.append(start + end + (shifts[i - 1] if i else 0))
            self._windows[number] = ends
        return self._windows[number]


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
    return "".join([*parts, text[at:]]), origins, shifts


@cache
def _engine(lang: str) -> Callable[[str], list[int]]:
    """Text → offsets at which its sentences end."""
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
