"""From texts to matched pairs: cleaning, encoding, centring."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa import lang
from qa.estimate.matching import LAYERS, Matched, Side

if TYPE_CHECKING:
    from qa.encoder import Encoder

__all__ = ["Reader"]

MAX_PIECES = 2000
"""Nothing behind this piece is looked at: the similarity matrix is quadratic."""
MAX_CHARACTERS = 4 * MAX_PIECES

# Characters that no encoder has seen and that would only cost it its grip on the neighbours.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns pairs of texts into matched token vectors.

    ``backgrounds`` maps base language tags (and ``""`` for any other) to mean vectors (layers, hidden);
    ``idf`` is the document-frequency table, 0 to 255, rarer is higher.
    """

    encoder: Encoder
    backgrounds: Mapping[str, NDArray[np.float32]]
    idf: NDArray[np.uint8]

    def background(self, language: str) -> NDArray[np.float32]:
        """(layers, hidden) mean token vector of ``language``, or of all where it is unknown."""
        return self.backgrounds.get(lang.base(language), self.backgrounds[""])

    def read(
        self, pairs: Sequence[tuple[str, str]], source_lang: str, target_lang: str
    ) -> list[Matched | None]:
        """One match for each pair, in order; None where a side has nothing that can be encoded."""
        clean = [tuple(_CONTROLS.sub(" ", text[:MAX_CHARACTERS]) for text in pair) for pair in pairs]
        texts = list(dict.fromkeys(text for pair in clean for text in pair))
        encoded = dict(zip(texts, self.encoder.tokens(texts, layers=LAYERS), strict=True))
        sides: dict[tuple[str, str], Side | None] = {}

        def side(text: str, language: str) -> Side | None:
            if (text, language) not in sides:
                found = encoded[text]
                sides[text, language] = (
                    Side.of(
                        text,
                        np.asarray(found.starts[:MAX_PIECES], dtype=np.int64),
                        np.asarray(found.ends[:MAX_PIECES], dtype=np.int64),
                        found.vectors[:, :MAX_PIECES],
                        self.background(language),
                        self.idf,
                    )
                    if len(found.starts)
                    else None
                )
            return sides[text, language]

        out: list[Matched | None] = []
        for source, target in clean:
            s, t = side(source, source_lang), side(target, target_lang)
            out.append(Matched.of(s, t) if s is not None and t is not None else None)
        return out
