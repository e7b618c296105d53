"""Estimates on disk: checking a document again costs only the segments that have changed.

Kept in the encoder's cache under the full signature of the score, both languages and a hash of this
package's own code, so that neither new weights nor a changed feature ever meets an old estimate.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qa.model import Estimate, Flag, Score, Severity, Side, WordScore

if TYPE_CHECKING:
    from qa.encoder.cache import VectorCache

__all__ = ["Memory"]

Pair = tuple[str, str]


class Memory:
    """Remembers estimates of pairs made under one signature."""

    def __init__(self, store: VectorCache | None) -> None:
        self._store = store

    def recall(self, signature: str, languages: Pair, pairs: Sequence[Pair]) -> list[Estimate | None]:
        """The estimate of each pair, None where there is none yet."""
        if self._store is None:
            return [None] * len(pairs)
        blobs = self._store.get_bytes(_under(signature, languages), [_text(pair) for pair in pairs])
        return [None if blob is None else _decode(blob, signature) for blob in blobs]

    def keep(
        self, signature: str, languages: Pair, pairs: Sequence[Pair], estimates: Sequence[Estimate]
    ) -> None:
        """Store the estimates; silently does nothing where the cache cannot be written."""
        if self._store is not None:
            blobs = [_encode(estimate) for estimate in estimates]
            self._store.put_bytes(_under(signature, languages), [_text(pair) for pair in pairs], blobs)


@cache
def _code() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _under(signature: str, languages: Pair) -> str:
    return f"estimate|{signature}|{'>'.join(languages)}|code:{_code()}"


def _text(pair: Pair) -> str:
    # The length keeps ("a", "bc") apart from ("ab", "c").
    return f"{len(pair[0])}|{pair[0]}{pair[1]}"


def _encode(estimate: Estimate) -> bytes:
    quality = estimate.quality
    words = [[word.start, word.end, word.bad, word.major] for word in estimate.words]
    flags = [
        [f.check, f.category, f.severity, f.side, f.start, f.end, f.text, f.message, f.confidence, f.found_by]
        for f in estimate.flags
    ]
    missing, added = (
        [[word.start, word.end, word.bad] for word in side] for side in (estimate.missing, estimate.added)
    )
    told = [quality.value, quality.low, quality.high, estimate.hter, words, flags, missing, added]
    return json.dumps(told).encode()


def _decode(blob: bytes, signature: str) -> Estimate | None:
    try:
        value, low, high, hter, words, flags, missing, added = json.loads(blob)
        return Estimate(
            Score(value, signature, low, high),
            tuple(WordScore(*word) for word in words),
            hter,
            tuple(_flag(*flag) for flag in flags),
            missing=tuple(WordScore(*word) for word in missing),
            added=tuple(WordScore(*word) for word in added),
        )
    except (ValueError, TypeError):
        return None  # damaged: it is made again


def _flag(
    check: str,
    category: str,
    severity: str,
    side: Side,
    start: int,
    end: int,
    text: str,
    message: str,
    confidence: float,
    found_by: str,
) -> Flag:
    level = Severity(severity)
    return Flag(check, category, level, side, start, end, text, message, confidence, found_by=found_by)
