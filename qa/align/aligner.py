"""Putting it together: documents → vectors → band → path → links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, get_args

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
    from numpy.typing import NDArray

    from qa.align.vectors import Encode
    from qa.encoder import Encoder, Progress
    from qa.encoder.use import UseEncoder

    class Encoding(Protocol):
        """A method of an encoder."""

        def __call__(self, texts: Sequence[str], *, progress: Progress | None) -> NDArray[np.float32]: ...


__all__ = ["align_documents", "judged", "sides"]

_COSTS = ((4.0, 2.0), (1.0, 0.5))
"""About what the first and the second encoder take: for every sentence, and for the merges encoded later."""

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
    if progress is not None:  # merges are encoded only where there may be some
        progress(n + m, n + m)
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
    work = _Work(progress, sum(map(len, texts)), _COSTS[: 1 if second is None else 2])
    out = []
    for document, own in zip(documents, texts, strict=True):
        weights = np.array([max(1, len(text)) for text in own], np.float32)
        single, sketches = encoder.read(own, progress=work.part(len(own), _COSTS[0][0]))
        centre = background(encoder.signature, encoder.hidden)
        later = work.later(encoder.pooled, len(own), _COSTS[0][1])
        channels: list[Channel] = [Averaged(single, weights, centre, later)]
        if second is not None:
            centre = background(second.signature, second.hidden)
            single = second.embed(own, progress=work.part(len(own), _COSTS[1][0]))
            later = work.later(second.embed, len(own), _COSTS[1][1])
            channels.append(Averaged(single, weights, centre, later))
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
    """One count of progress over all encoder calls, in sentences of both sides."""

    def __init__(self, progress: Progress | None, total: int, costs: Iterable[tuple[float, float]]) -> None:
        self._progress, self._total, self._before = progress, max(1, total), 0.0
        self._scale = 1 / sum(map(sum, costs))

    def part(self, size: int, cost: float) -> Progress | None:
        """The progress function of the call that follows, about ``size`` texts of ``cost``."""
        if self._progress is None:
            return None
        report, before, share = self._progress, self._before, size * cost * self._scale
        self._before += share
        return lambda done, total: report(round(before + share * done / max(1, total)), self._total)

    def later(self, encode: Encoding, size: int, cost: float) -> Encode:
        """``encode`` with the progress of a part that begins when it is called."""
        return lambda texts: encode(texts, progress=self.part(size, cost))
