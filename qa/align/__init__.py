"""Sentence alignment: two split documents in, monotone n:m links with confidences out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qa.align.slices import segments
from qa.model import Link

if TYPE_CHECKING:
    from qa.encoder import Encoder, Progress
    from qa.encoder.use import UseEncoder
    from qa.model import Document

__all__ = ["Accuracy", "Alignment", "align", "segments"]

Accuracy = Literal["fast", "default", "best"]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Links in document order, and one-line remarks about the two documents as a whole.

    Every sentence of both sides is in exactly one link.
    """

    links: tuple[Link, ...]
    notices: tuple[str, ...] = ()


def align(
    source: Document,
    target: Document,
    *,
    encoder: Encoder | None = None,
    use: UseEncoder | bool = True,
    accuracy: Accuracy = "default",
    progress: Progress | None = None,
) -> Alignment:
    """Link the sentences of ``source`` and ``target``.

    ``accuracy``: ``fast`` looks at lengths, numbers, names and shared words only and loads no model;
    ``default`` compares sentence vectors and words, and encodes each merge of sentences that may be right
    as a text of its own; ``best`` does so with more of them and knows larger links. ``encoder`` defaults
    to the bundled one; ``use`` is the second encoder (True: the bundled one, where it knows both
    languages; False: none). A link's score is the probability that it is right. Subtitles are aligned
    by time alone where both sides have times that agree (``qa.align.cues``). Raises UsageError for an
    unknown ``accuracy``.
    """
    from qa.align.aligner import align_documents
    from qa.align.cues import cue_links
    from qa.align.notices import notices

    timed = cue_links(source, target)
    if timed is not None:
        return Alignment(timed, notices(source, target, timed, None, calibrated=False))
    return align_documents(source, target, encoder=encoder, use=use, accuracy=accuracy, progress=progress)
