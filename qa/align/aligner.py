"""Putting it together: documents → vectors → band → path → links."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import numpy as np

from qa.align import Accuracy, Alignment
from qa.align.confidence import confidences
from qa.align.constants import ALONE, AVERAGED, ENCODED, FAST, SHAPES, WIDE_SHAPES
from qa.align.notices import notices
from qa.align.path import Bead
from qa.align.rewards import Rewards
from qa.align.search import Plan, search
from qa.align.surface import surfaces
from qa.align.trim import trimmed
from qa.align.vectors import Averaged, Channel, Side, background
from qa.align.words import Words
from qa.encoder.sketch import WIDTH
from qa.errors import UsageError
from qa.lang import base, is_unspaced
from qa.model import Document, Link

if TYPE_CHECKING:
    from qa.encoder import Encoder, Progress
    from qa.encoder.use import UseEncoder

__all__ = ["align_documents", "judged", "sides"]

_SLACK: dict[Accuracy, float | None] = {"fast": None, "default": 0.2, "best": 0.5}


def align_documents(
    source: Document,
    target: Document,
    *,
    encoder: Encoder | None = None,
    use: UseEncoder | bool = True,
    accuracy: Accuracy = "default",
    progress: Progress | None = None,
) -> Alignment:
    """See ``qa.align.align``."""
    if accuracy not in get_args(Accuracy):
        raise UsageError(f"unknown accuracy {accuracy!r}; known: {', '.join(get_args(Accuracy))}")
    n, m = len(source.sentences), len(target.sentences)
    if not n or not m:
        links = [Link((i,), (), 1.0) for i in range(n)] + [Link((), (j,), 1.0) for j in range(m)]
        return Alignment(tuple(links), notices(source, target, links, None))
    path, rewards = judged(source, target, encoder=encoder, use=use, accuracy=accuracy, progress=progress)
    scores = confidences(path, rewards, surface=accuracy == "fast")
    links = [
        Link(tuple(range(bead.i - bead.a, bead.i)), tuple(range(bead.j - bead.b, bead.j)), score)
        for bead, score in zip(path, scores, strict=True)
    ]
    return Alignment(tuple(links), notices(source, target, links, None if accuracy == "fast" else rewards))


def judged(
    source: Document,
    target: Document,
    *,
    encoder: Encoder | None = None,
    use: UseEncoder | bool = True,
    accuracy: Accuracy = "default",
    progress: Progress | None = None,
) -> tuple[list[Bead], Rewards]:
    """The best path between two documents that both have sentences, and what it was judged by."""
    left, right = sides(source, target, encoder=encoder, use=use, accuracy=accuracy, progress=progress)
    first, last = (FAST, FAST) if accuracy == "fast" else (AVERAGED, ENCODED)
    if accuracy != "fast" and len(left.channels) == 1:
        first, last = (replace(constants, **ALONE) for constants in (first, last))
    shapes = WIDE_SHAPES if accuracy == "best" else SHAPES
    path, rewards = search(left, right, Plan(first, last, _SLACK[accuracy], shapes), source, target)
    # Surfaces cannot tell a stranger from a free translation.
    return (path if accuracy == "fast" else trimmed(path, rewards)), rewards


def sides(
    source: Document,
    target: Document,
    *,
    encoder: Encoder | None = None,
    use: UseEncoder | bool = True,
    accuracy: Accuracy = "default",
    progress: Progress | None = None,
) -> tuple[Side, Side]:
    """Both documents with their vectors."""
    documents = (source, target)
    texts = tuple([sentence.text for sentence in document.sentences] for document in documents)
    if accuracy == "fast":
        left, right = surfaces(*texts)
        return Side(texts[0], [left]), Side(texts[1], [right])
    from qa.encoder import load

    encoder = encoder or load()
    second = _second_encoder(use, source.lang, target.lang)
    work = _Work(progress, sum(map(len, texts)))
    out = []
    for document, own in zip(documents, texts, strict=True):
        weights = np.array([max(1, len(text)) for text in own], np.float32)
        single, sketches = encoder.read(own, progress=work.part(len(own)))
        centre = background(encoder.signature, encoder.hidden)
        channels: list[Channel] = [Averaged(single, weights, centre, encoder.pooled)]
        if second is not None:
            centre = background(second.signature, second.hidden)
            channels.append(Averaged(second.embed(own), weights, centre, second.embed))
        words = Words(own, sketches, background(f"{encoder.signature.split(':')[0]}-sketch", WIDTH))
        out.append(Side(own, channels, words, "" if is_unspaced(document.lang) else " "))
    return out[0], out[1]


def _second_encoder(use: UseEncoder | bool, *langs: str) -> UseEncoder | None:
    if use is False:
        return None
    from qa.encoder.use import LANGUAGES, load_use

    if not all(base(lang) in LANGUAGES for lang in langs):
        return None
    return load_use() if use is True else use


class _Work:
    """One count of progress over several encoder calls."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._before = progress, max(1, total), 0

    def part(self, size: int) -> Progress | None:
        """The progress function for the next ``size`` texts."""
        if self._progress is None:
            return None
        report, before = self._progress, self._before
        self._before += size
        return lambda done, total: report(before + size * done // max(1, total), self._total)
