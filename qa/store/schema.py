"""The tables, as typed declarative models. ``migrations/`` builds them; a test keeps the two alike.

Columns that repeat what other tables say (``Segment.open_flags``, ``worst``, ``harm``, ``quality``) exist to
filter and sort without reading the corpus; ``repository.recount`` is the only place that computes them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from qa.store.text import alike_key

__all__ = [
    "Assignee",
    "Base",
    "Comment",
    "Document",
    "DocumentSentences",
    "Editing",
    "Event",
    "Flag",
    "Invitation",
    "Moment",
    "Person",
    "PersonRole",
    "Project",
    "Revision",
    "Score",
    "Segment",
    "SegmentSearch",
    "Term",
    "Withdrawal",
]


class Moment(TypeDecorator[datetime]):
    """A point in time, in UTC. SQLite forgets time zones; this puts them back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment,
        str: Text,
        list[Any]: JSON,
        dict[str, Any]: JSON,
    }


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    """The folded name: two spellings of it are one person."""
    email: Mapped[str]


class Invitation(Base):
    """Roles that wait for whoever signs in with the address; the row goes when that happens."""

    __tablename__ = "invitation"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    roles: Mapped[list[Any]]
    invited_by: Mapped[str]
    created: Mapped[datetime]


class PersonRole(Base):
    __tablename__ = "person_role"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class Project(Base):
    __tablename__ = "project"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    source_lang: Mapped[str]
    target_lang: Mapped[str]
    policy: Mapped[dict[str, Any]]
    created: Mapped[datetime]


class Document(Base):
    """``source_text``, ``mt_text`` and ``original`` never change (a trigger sees to it)."""

    __tablename__ = "document"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    name: Mapped[str]
    mt_system: Mapped[str]
    source_text: Mapped[str | None]
    mt_text: Mapped[str]
    original: Mapped[bytes | None]
    original_name: Mapped[str]
    notices: Mapped[list[Any]]
    created: Mapped[datetime]


class Withdrawal(Base):
    """A document that is taken out of its project: nothing of it is shown or counted while the row is here.

    Restoring it takes the row away; what happened stands in the audit trail.
    """

    __tablename__ = "withdrawal"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    person: Mapped[str]
    at: Mapped[datetime]
    """Tells this withdrawal from another of the same document."""


class DocumentSentences(Base):
    """Where the sentences of a document's two texts are, as they were split; rows never change.

    A document without a row came as ready pairs or from an earlier release: its links cannot be repaired.
    """

    __tablename__ = "document_sentences"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    source: Mapped[list[Any]]
    """``[start, end, paragraph]`` each, code points of ``Document.source_text``; of subtitles with the times
    they are shown from and to, in seconds."""
    target: Mapped[list[Any]]
    """The same of ``Document.mt_text``."""


def _alike_key(context: DefaultExecutionContext) -> str:
    row = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return alike_key(row["source"], row["mt"])


class Segment(Base):
    """``source`` and ``mt`` never change (a trigger sees to it); ``text`` is the current target.

    A repair of the alignment replaces segments by new ones and retires the old: they stay for the audit
    trail and for undoing, and every list and count leaves them out, as it does a withdrawn document's.
    """

    __tablename__ = "segment"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    position: Mapped[int]
    """1-based in its document; of a retired segment its id made negative, so that the indexes that lists
    and counts go through tell it too."""
    state: Mapped[str]
    version: Mapped[int]
    """Rises by one with every change of text or state; decisions about flags leave it alone."""
    open_flags: Mapped[int]
    worst: Mapped[int]
    """Severity rank of the worst open flag, -1 without one."""
    harm: Mapped[float]
    quality: Mapped[float | None]
    author: Mapped[str]
    approver: Mapped[str]
    revision_id: Mapped[int | None]
    """The revision whose text stands; None while it is the machine's."""
    updated: Mapped[datetime | None]
    repair_id: Mapped[int | None]
    """The event of the repair that made this segment; None where it was imported."""
    link_score: Mapped[float]
    source_index: Mapped[list[Any]]
    target_index: Mapped[list[Any]]
    source_start: Mapped[int | None]
    source_end: Mapped[int | None]
    target_start: Mapped[int | None]
    target_end: Mapped[int | None]
    source: Mapped[str]
    mt: Mapped[str]
    text: Mapped[str]
    alike_key: Mapped[str | None] = mapped_column(default=_alike_key)
    """``qa.store.text.alike_key`` of source and machine text; every row has it."""
    assignee_id: Mapped[int | None] = mapped_column(default=None)
    """Whose turn the segment is (``Assignee.id``); None is nobody's."""

    __table_args__ = (
        UniqueConstraint("document_id", "position"),
        CheckConstraint(
            "state IN ('machine', 'in-revision', 'revised', 'approved', 'sent-back')", name="state"
        ),
        Index(
            "ix_segment_filter",
            "project_id",
            "document_id",
            "position",
            "state",
            "open_flags",
            "worst",
            "quality",
        ),
        # What an order needs is in its index, so that a deep page reads no texts.
        Index("ix_segment_harm", "project_id", "harm", "document_id", "position"),
        Index("ix_segment_quality", "project_id", "quality", "document_id", "position"),
        Index("ix_segment_alike", "project_id", "alike_key", "document_id", "position"),
        Index("ix_segment_assignee", "project_id", "assignee_id", "document_id", "position", "state"),
    )


class Assignee(Base):
    """Somebody who has, or had, segments of a project to work on."""

    __tablename__ = "assignee"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    key: Mapped[str]
    """The folded name: two spellings of it are one person."""
    name: Mapped[str]

    __table_args__ = (UniqueConstraint("project_id", "key"),)


class Editing(Base):
    """Who types where right now. A row says nothing once ``seen`` is some minutes ago."""

    __tablename__ = "editing"
    sitting: Mapped[str] = mapped_column(primary_key=True)
    """One page open in one browser; it edits one segment at a time."""
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey("segment.id"))
    name: Mapped[str]
    seen: Mapped[datetime]


class SegmentSearch(Base):
    """What searching looks through, apart from the wide rows. On SQLite, triggers keep a trigram index
    (``segment_trigram``) of it."""

    __tablename__ = "segment_search"
    segment_id: Mapped[int] = mapped_column(ForeignKey("segment.id"), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    folded: Mapped[str]
    """Source and current text, folded (``qa.store.text.fold``), with a line break between them."""
    source_length: Mapped[int]
    """Code points of ``folded`` that are the source's."""


class Score(Base):
    """An estimate of the machine's text, with everything needed to reproduce it."""

    __tablename__ = "score"
    id: Mapped[int] = mapped_column(primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey("segment.id"))
    signature: Mapped[str]
    value: Mapped[float]
    low: Mapped[float | None]
    high: Mapped[float | None]
    scale: Mapped[str]
    higher_is_better: Mapped[bool]
    hter: Mapped[float | None]
    words: Mapped[list[Any]]
    """``[start, end, bad]`` each."""

    __table_args__ = (UniqueConstraint("segment_id", "signature"),)


class Revision(Base):
    """A text a person gave a segment. Rows are never changed or deleted (a trigger sees to it)."""

    __tablename__ = "revision"
    id: Mapped[int] = mapped_column(primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey("segment.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    text: Mapped[str]
    author: Mapped[str]
    created: Mapped[datetime]


class Flag(Base):
    """A suspected error. ``revision_id`` says in which text it was found; None is the machine's."""

    __tablename__ = "flag"
    id: Mapped[int] = mapped_column(primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey("segment.id"))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    check: Mapped[str] = mapped_column("check_id")
    category: Mapped[str]
    severity: Mapped[str]
    side: Mapped[str]
    start: Mapped[int] = mapped_column("start_at")
    end: Mapped[int] = mapped_column("end_at")
    text: Mapped[str]
    message: Mapped[str]
    confidence: Mapped[float]
    fix: Mapped[list[Any]]
    """``[start, end, text]`` each."""
    key: Mapped[str]
    params: Mapped[dict[str, Any]]
    found_by: Mapped[str]
    state: Mapped[str]
    decided_by: Mapped[str]
    reason: Mapped[str]

    __table_args__ = (
        CheckConstraint("state IN ('open', 'accepted', 'dismissed')", name="state"),
        Index("ix_flag_filter", "segment_id", "state", "severity", "check_id", "confidence"),
        Index("ix_flag_check", "check_id", "severity", "state", "segment_id"),
    )


class Comment(Base):
    __tablename__ = "comment"
    id: Mapped[int] = mapped_column(primary_key=True)
    segment_id: Mapped[int] = mapped_column(ForeignKey("segment.id"), index=True)
    author: Mapped[str]
    text: Mapped[str]
    created: Mapped[datetime]


class Event(Base):
    """The audit trail. Rows are never changed or deleted (a trigger sees to it)."""

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    role: Mapped[str]
    action: Mapped[str]
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    segment_id: Mapped[int | None] = mapped_column(ForeignKey("segment.id"), index=True)
    data: Mapped[dict[str, Any]]
    group_id: Mapped[str | None] = mapped_column(index=True)
    """Shared by the events of one decision about several segments, and by those that take it back."""

    __table_args__ = (
        # With the id: what is new in a project is asked for once a second.
        Index("ix_event_project", "project_id", "id"),
        Index("ix_event_actor", "project_id", "actor", "id"),
    )


class Term(Base):
    """A rendering of a source term, preferred or forbidden, of a project's glossary."""

    __tablename__ = "term"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    source: Mapped[str]
    target: Mapped[str]
    kind: Mapped[str]
    note: Mapped[str]
    author: Mapped[str]
    created: Mapped[datetime]
    removed: Mapped[bool]

    __table_args__ = (CheckConstraint("kind IN ('preferred', 'forbidden')", name="kind"),)
