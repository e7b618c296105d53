"""What the review service hands out: read-only pictures of the store, free of database types.

Everything here is a snapshot taken in one transaction; ``version`` is what the caller sends back with
a change, so that a change made on an old picture is refused instead of overwriting another's work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from qa.model import Document, Flag, Link, SearchSide, SegmentState, Severity, Span, WordScore

__all__ = [
    "Actor",
    "AlignmentView",
    "AlikeFlag",
    "AlikeSegment",
    "Approvable",
    "Assigned",
    "CommentView",
    "CountedProject",
    "DocumentView",
    "EditingView",
    "EventView",
    "FlagView",
    "Grouped",
    "InvitationView",
    "LeftOut",
    "LinkView",
    "Part",
    "PersonView",
    "Policy",
    "ProjectView",
    "Repaired",
    "RevisionView",
    "Risk",
    "Role",
    "SegmentFilter",
    "SegmentOrder",
    "SegmentPage",
    "SegmentView",
    "Withdrawn",
    "WorkView",
]


class Role(StrEnum):
    """Who may do what: see ``qa.review.roles``."""

    TRANSLATOR = "translator"
    EDITOR = "editor"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody acting in one role."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Policy:
    """A project's rules. The defaults follow ISO 17100 (a second person) and the MQM scoring model."""

    own_approval: bool = False
    """May the author of a revision approve it?"""
    passing_threshold: float = 90.0
    """Calibrated quality score (0-100, higher is better) a project must reach."""
    acceptable_penalty: float = 10.0
    """Acceptable penalty points per 1,000 words."""
    muted_checks: frozenset[str] = frozenset()
    """Checks whose open flags are neither shown nor counted."""


@dataclass(frozen=True, slots=True)
class PersonView:
    name: str
    roles: frozenset[Role]
    email: str = ""


@dataclass(frozen=True, slots=True)
class InvitationView:
    """Roles that wait for whoever signs in with the address."""

    email: str
    roles: frozenset[Role]
    invited_by: str
    created: datetime


@dataclass(frozen=True, slots=True)
class WorkView:
    """Somebody who stands in the audit trail: in which roles, with how many changes, last when (UTC)."""

    name: str
    roles: frozenset[Role]
    changes: int
    last: datetime


@dataclass(frozen=True, slots=True)
class ProjectView:
    id: int
    name: str
    source_lang: str
    target_lang: str
    policy: Policy
    created: datetime
    documents: int = 0


@dataclass(frozen=True, slots=True)
class CountedProject(ProjectView):
    """A project with its segments counted, which takes looking at each of them."""

    segments: int = 0
    approved: int = 0
    open_flags: int = 0


@dataclass(frozen=True, slots=True)
class DocumentView:
    """``states`` and ``open_flags`` count segments by state and open flags by severity."""

    id: int
    project_id: int
    name: str
    mt_system: str
    created: datetime
    segments: int
    states: Mapping[SegmentState, int]
    open_flags: Mapping[Severity, int]
    mean_quality: float | None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A document that is taken out of its project: by whom, and when (UTC). ``done`` of its ``segments`` were
    revised or approved."""

    id: int
    name: str
    person: str
    at: datetime
    segments: int
    done: int


@dataclass(frozen=True, slots=True)
class Part:
    """Segments of a document, ``first`` to ``last`` by position, both included; None is its end."""

    document_id: int
    first: int = 1
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Assigned:
    """What one person has of one document: stretches in order, and the number of segments by state."""

    name: str
    document_id: int
    parts: tuple[Part, ...]
    states: Mapping[SegmentState, int]

    @property
    def segments(self) -> int:
        return sum(self.states.values())

    @property
    def done(self) -> int:
        """Segments that are handed in or approved."""
        return self.states.get(SegmentState.REVISED, 0) + self.states.get(SegmentState.APPROVED, 0)


@dataclass(frozen=True, slots=True)
class EditingView:
    """Somebody who types in a segment right now. ``sitting`` tells two pages of one person apart."""

    segment_id: int
    name: str
    sitting: str


@dataclass(frozen=True, slots=True)
class FlagView:
    """A stored flag. ``span`` is where it stands in the segment's *current* text (``flag.start`` and
    ``flag.end`` always refer to the text it was found in); None when that place has been edited away."""

    id: int
    flag: Flag
    span: Span | None
    decided_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SegmentView:
    """One segment as it stands. ``mt`` is the immutable snapshot; ``text`` the current target."""

    id: int
    document_id: int
    position: int
    """1-based position in its document; negative once a repair of the alignment has replaced the segment."""
    source: str
    mt: str
    text: str
    state: SegmentState
    version: int
    author: str
    """Who wrote the current text; empty while it is the machine's."""
    approver: str
    quality: float | None
    low: float | None
    high: float | None
    signature: str
    words: tuple[WordScore, ...]
    """Word suspicion over ``mt``."""
    flags: tuple[FlagView, ...]
    source_index: tuple[int, ...]
    target_index: tuple[int, ...]
    link_score: float
    target_span: Span | None
    comments: int = 0
    updated: datetime | None = None

    @property
    def retired(self) -> bool:
        """Has a repair of the alignment put other segments in its place?"""
        return self.position < 1


@dataclass(frozen=True, slots=True)
class LinkView:
    """A segment as a link of the alignment. ``score`` is the confidence that it is right, 0 to 1."""

    id: int
    position: int
    version: int
    state: SegmentState
    link: Link


@dataclass(frozen=True, slots=True)
class AlignmentView:
    """A document's alignment at one moment. ``links`` are in order, and cover the sentences of both
    documents once each; ``checked`` doubtful links have been confirmed or repaired."""

    document_id: int
    source: Document
    target: Document
    links: tuple[LinkView, ...]
    checked: int
    changes: tuple[EventView, ...]
    """The repairs and confirmations that stand, newest first; undoing takes back one's own newest."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair or its undoing left: the segments that are new or back, and those that are gone."""

    segments: tuple[SegmentView, ...]
    gone: tuple[int, ...]


SegmentOrder = Literal["position", "harm", "score"]


@dataclass(frozen=True, slots=True)
class SegmentFilter:
    """Which segments to show; empty fields do not restrict."""

    project_id: int
    document_id: int | None = None
    states: frozenset[SegmentState] = frozenset()
    open_flags_only: bool = False
    min_severity: Severity | None = None
    checks: frozenset[str] = frozenset()
    max_quality: float | None = None
    assignee: str = ""
    """Somebody's segments; a name as it is written anywhere."""
    search: str = ""
    """A substring, regardless of case and accents; or a regular expression (``regex``)."""
    side: SearchSide = "both"
    """Where to search: source, current text (target), or both."""
    regex: bool = False
    """Is ``search`` a regular expression? Case then counts where it has a capital letter, accents always."""
    order: SegmentOrder = "position"


@dataclass(frozen=True, slots=True)
class SegmentPage:
    """``rows`` of the filtered list from ``offset``; ``total`` is the length of the whole list."""

    rows: tuple[SegmentView, ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True)
class RevisionView:
    id: int
    text: str
    author: str
    created: datetime
    parent: int | None


@dataclass(frozen=True, slots=True)
class CommentView:
    id: int
    segment_id: int
    author: str
    text: str
    created: datetime


@dataclass(frozen=True, slots=True)
class EventView:
    """One append-only audit row. ``data`` holds what changed (old and new state, text, reason …)."""

    id: int
    at: datetime
    actor: str
    role: str
    action: str
    project_id: int | None
    document_id: int | None
    segment_id: int | None
    data: Mapping[str, object] = field(default_factory=dict)
    group_id: str = ""
    """Shared by the events of one decision about several segments."""


AlikeKind = Literal["alike", "edited", "other", "approved"]


@dataclass(frozen=True, slots=True)
class AlikeSegment:
    """A segment that could take another's correction. ``kind`` is ``alike`` where source and machine text
    are the same and nobody has worked on it, ``edited`` where somebody has, ``other`` where only the source
    is the same, and ``approved`` where it has to be reopened first."""

    segment: SegmentView
    kind: AlikeKind


@dataclass(frozen=True, slots=True)
class AlikeFlag:
    """An open flag of the same check about the same text, with its segment."""

    segment: SegmentView
    flag: FlagView


@dataclass(frozen=True, slots=True)
class Risk:
    """What may be approved unread: nothing with an open flag of ``severity`` or worse, and nothing below the
    estimated ``quality`` (0-100, higher is better, of the machine's text; 0 asks for no estimate)."""

    severity: Severity = Severity.NEUTRAL
    quality: float = 70.0


@dataclass(frozen=True, slots=True)
class Approvable:
    """Revised segments under a risk, in document order: id → version seen. The numbers count those left
    out: one's own revisions, then those without a translation, with flags, of low or unknown quality."""

    seen: Mapping[int, int]
    own: int
    empty: int
    flagged: int
    low: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A segment that a decision about several has not touched, and why."""

    segment_id: int
    document_id: int
    position: int
    why: str


@dataclass(frozen=True, slots=True)
class Grouped:
    """A decision about several segments, or its taking back: the segments it changed, those it left out."""

    group_id: str
    changed: tuple[int, ...]
    left: tuple[LeftOut, ...]
