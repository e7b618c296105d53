"""The weights of the reward of a link (see ``qa.align.rewards``).

They are pinned, not fitted: a free fit of them was the best on one corpus and collapsed on the next.
"""

from __future__ import annotations

from dataclasses import dataclass

from qa.align.vectors import MOST

__all__ = ["ALONE", "AVERAGED", "ENCODED", "FAST", "FIRST_SHAPES", "SHAPES", "WIDE_SHAPES", "Constants"]

SHAPES = tuple((a, b) for a in range(1, MOST + 1) for b in range(1, MOST + 1) if a + b <= MOST + 1)
"""The shapes of links with two sides."""

WIDE_SHAPES = tuple((a, b) for a in range(1, MOST + 1) for b in range(1, MOST + 1) if a + b <= MOST + 3)
"""Those that ``best`` knows."""

FIRST_SHAPES = ((1, 1), (1, 2), (2, 1))
"""Those that the first search knows: it only has to find about where every sentence belongs."""


@dataclass(frozen=True, slots=True)
class Constants:
    """One set of them."""

    loc: float = 0.5
    offset: float = 0.10
    count_share: float = 0.6
    power: float = 0.75
    length: float = 0.03
    merge: float = 0.10
    member: float = 0.20
    stranger: float = 0.0
    alone: float = 0.15
    alone_noise: float = 0.03
    words: float = 0.8
    words_merge: float = 0.02
    """Added to ``merge`` where words are known: a larger bead holds more of what is matched by chance."""
    border: float = 0.10
    item: float = 0.15
    copy: float = 0.15


ENCODED = Constants(loc=0.55, words_merge=0.03)
"""For overlaps encoded as texts of their own."""

ALONE = {"words": 0.6, "words_merge": 0.03}
"""What changes where one encoder gives both sentence vectors and words: they err together."""

AVERAGED = Constants(member=0.30, stranger=0.10)
"""For overlaps averaged from sentences: a stranger hides in a mean, so it has to cost more."""

FAST = Constants(loc=0.5, offset=0.2, length=0.15, merge=0.2, member=0.0, alone=0.3)
"""For channels that see the surface only: lengths have to do most of the work."""
