"""The nouns every room shares: frozen, slotted dataclasses without behaviour worth mocking.

All offsets are half-open ranges of Unicode code points (Python string indices) into the text they
name; all indices of sentences are 0-based; the ``id`` of a segment is 1-based, as people count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

__all__ = [
    "PENALTIES",
    "CheckedDocument",
    "CheckedSegment",
    "Document",
    "Edit",
    "Estimate",
    "Flag",
    "FlagState",
    "Link",
    "Score",
    "SearchSide",
    "Segment",
    "SegmentState",
    "Sentence",
    "Severity",
    "Side",
    "Span",
    "WordScore",
    "apply_edits",
]

Side = Literal["source", "target"]
SearchSide = Literal["both", "source", "target"]


class Severity(StrEnum):
    """MQM severity, in rising order of harm. ``rank`` orders them, ``PENALTIES`` weighs them."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 (neutral) to 3 (critical); higher is worse."""
        return list(Severity).index(self)


PENALTIES: Mapping[Severity, float] = {
    Severity.NEUTRAL: 0.0,
    Severity.MINOR: 1.0,
    Severity.MAJOR: 5.0,
    Severity.CRITICAL: 25.0,
}
"""Default severity penalties of the MQM scoring model."""


class FlagState(StrEnum):
    """What a person has decided about a flag."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class SegmentState(StrEnum):
    """Where a segment stands in the workflow (transitions: ``qa.review.states``)."""

    MACHINE = "machine"
    IN_REVISION = "in-revision"
    REVISED = "revised"
    APPROVED = "approved"
    SENT_BACK = "sent-back"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range ``[start, end)`` of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``[start, end)`` by ``text``; a fix is a list of edits against one unchanged text."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """``text`` with all ``edits`` applied; every edit's offsets refer to the text as given.

    Raises ValueError when an edit lies outside the text or two edits overlap.
    """
    out: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < at or edit.end < edit.start or edit.end > len(text):
            raise ValueError(f"edit [{edit.start}, {edit.end}) overlaps another or leaves the text")
        out += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join([*out, text[at:]])


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document: ``document.text[start:end] == text``, no outer white space."""

    index: int
    text: str
    start: int
    end: int
    paragraph: int = 0
    """0-based paragraph number: a soft anchor for alignment, never relied on."""
    time: tuple[float, float] | None = None
    """When it is shown, from and to in seconds, where the document says so (subtitles)."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text in one language, split into sentences whose gaps are white space only."""

    text: str
    lang: str
    sentences: tuple[Sentence, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An n:m alignment link; one side may be empty (n:0 omission, 0:m addition).

    ``score`` is the confidence that the link is right, 0 to 1, higher is better.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Segment:
    """An n:m link with its texts: the unit that is scored, flagged and corrected.

    ``source_span`` and ``target_span`` locate the texts in their documents (None where that side is
    empty or the pair came from a bilingual file), so that a corrected document can be rebuilt.
    """

    id: int
    source: str
    target: str
    source_index: tuple[int, ...] = ()
    target_index: tuple[int, ...] = ()
    link_score: float = 1.0
    source_span: Span | None = None
    target_span: Span | None = None


@dataclass(frozen=True, slots=True)
class WordScore:
    """Suspicion of one word: ``bad`` is the probability that it is wrong, ``major`` that the
    error, if it is one, is a major one (None: the model does not say); 0 to 1, higher is worse."""

    start: int
    end: int
    bad: float
    major: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A value with everything needed to reproduce and read it.

    ``low`` and ``high`` bound an 80% interval on the same scale where the metric has one.
    """

    value: float
    signature: str
    low: float | None = None
    high: float | None = None
    scale: str = "0-100"
    higher_is_better: bool = True


@dataclass(frozen=True, slots=True)
class Estimate:
    """What reference-free estimation says of one pair: sentence score, word suspicion, marked errors."""

    quality: Score
    words: tuple[WordScore, ...] = ()
    hter: float | None = None
    """Predicted HTER, 0 upwards, lower is better; None where the model does not predict it."""
    flags: tuple[Flag, ...] = ()
    """Errors the model itself has marked, where it is one that does."""
    failure: str = ""
    """Why nothing could be estimated, in one line; the value of ``quality`` is NaN then."""
    missing: tuple[WordScore, ...] = ()
    """Words of the source that the translation seems to leave out; ``bad`` is how probably it does."""
    added: tuple[WordScore, ...] = ()
    """Words of the translation that the source does not seem to say; ``bad`` is how probably it does not."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One suspected error: what, where, why, how sure, and how to fix it.

    ``message`` is the English rendering of ``key`` with ``params``; translations of the interface
    start from the pair. ``fix`` edits the text of the target, whichever ``side`` the flag marks.
    """

    check: str
    category: str
    severity: Severity
    side: Side
    start: int
    end: int
    text: str
    message: str
    confidence: float = 1.0
    """Probability that a person would agree, 0 to 1."""
    fix: tuple[Edit, ...] = ()
    key: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    state: FlagState = FlagState.OPEN
    found_by: str = "check"
    """``check``, ``model``, ``check+model`` (both, of the same words) or ``person:<name>``."""


@dataclass(frozen=True, slots=True)
class CheckedSegment:
    """A segment with its estimate (None where nothing can be scored) and its flags."""

    segment: Segment
    estimate: Estimate | None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """What the pipeline returns: two documents, the checked segments in order, and notices.

    ``source`` is None when only a translation was given. ``notices`` are one-line remarks about the
    whole document ("these do not look like translations of each other").
    """

    source: Document | None
    target: Document
    segments: tuple[CheckedSegment, ...]
    notices: tuple[str, ...] = ()
