"""What two texts say about their alignment without a word being understood: paragraphs, list marks, copies.

Translators mostly keep paragraphs, headings and list items, so a link that runs over the border of one is
rarely right, and two items with the same number belong together; and so do names, addresses, formulas and
whatever else stands on both sides letter for letter. All are soft: a text whose layout was lost says
nothing, and one that was laid out anew is outvoted by its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qa.model import Sentence

__all__ = ["Layout", "Structure", "structure"]

_MARK = re.compile(r"\s*(?:[(\[]?(\d{1,3}|[^\W\d_]|[ivxIVX]{2,5})[.)\]°:]|#{1,6}|[-*•–—·▪◦‣])\s")
_FEW = 0.02  # share of sentences that begin a paragraph below which a text has no layout
_ALL = 0.95  # … and above which every sentence is a paragraph: then borders tell nothing


@dataclass(frozen=True, slots=True)
class Layout:
    """One side's. ``borders``, shape (n,): 1 where a sentence begins a new paragraph, else 0.
    ``marks``, shape (n,): equal numbers for equal list marks, 0 for none. ``copies``, shape (n,): equal
    numbers for sentences that stand on both sides, 0 for all others."""

    borders: NDArray[np.float32]
    marks: NDArray[np.int64]
    copies: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Structure:
    """Both sides' layouts; ``trust``, 0 to 1, says how much their paragraphs agree in number."""

    source: Layout
    target: Layout
    trust: float


def structure(source: Sequence[Sentence], target: Sequence[Sentence]) -> Structure | None:
    """What the layout tells; None where it tells nothing."""
    known: dict[str, int] = {}
    both = {one.text for one in source if one.text} & {one.text for one in target}
    copied = {text: number for number, text in enumerate(sorted(both), 1)}
    left, right = _layout(source, known, copied), _layout(target, known, copied)
    shares = [float(side.borders.mean()) if len(side.borders) else 0.0 for side in (left, right)]
    trust = min(shares) / max(*shares, 1e-9) if min(shares) >= _FEW and max(shares) <= _ALL else 0.0
    if not trust and not copied and not (left.marks.any() and right.marks.any()):
        return None
    return Structure(left, right, trust)


def _layout(sentences: Sequence[Sentence], known: dict[str, int], copied: dict[str, int]) -> Layout:
    borders = np.zeros(len(sentences), np.float32)
    marks = np.zeros(len(sentences), np.int64)
    for i, sentence in enumerate(sentences):
        borders[i] = i > 0 and sentence.paragraph != sentences[i - 1].paragraph
        found = _MARK.match(sentence.text[:12])
        if found:
            # Digits of any script are one digit; bullets of any form are one bullet.
            mark = unicodedata.normalize("NFKC", found[1] or "•").casefold()
            mark = str(int(mark)) if mark.isdecimal() else mark
            marks[i] = known.setdefault(mark, len(known) + 1)
    copies = np.array([copied.get(one.text, 0) for one in sentences], np.int64)
    return Layout(borders, marks, copies)
