"""Reading and writing rows inside one transaction: every SQL statement of Relecture is here, in
``alignment`` where it is about links, in ``groups`` where it is about many segments at once, in
``selections`` where it is about lists, in ``searching``, ``people``, ``tallies``, ``terms``, ``trail`` and
``withdrawals`` where it is about texts, people, checks, glossaries, the audit trail and withdrawing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    case,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import Session, defer

from qa.errors import ConflictError, NotFoundError
from qa.model import PENALTIES, FlagState, Severity
from qa.store.schema import (
    Base,
    Comment,
    Document,
    Event,
    Flag,
    Person,
    PersonRole,
    Project,
    Revision,
    Score,
    Segment,
    SegmentSearch,
)
from qa.store.selections import KEPT, LIVING, Selection, following, page, preceding
from qa.store.text import fold

__all__ = ["Counts", "Records", "one_document", "one_project", "some_segments"]

Row = TypeVar("Row", bound=Base)
T = TypeVar("T")

_CHUNK = 500
"""Rows fetched at a time by streams, and parameters in one IN list."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What lists of projects and documents show of their segments."""

    states: Mapping[str, int]
    open_flags: Mapping[str, int]
    mean_quality: float | None

    @property
    def segments(self) -> int:
        return sum(self.states.values())


class Records:
    """The rows of the database, within one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, kind: type[Row], id: int) -> Row:
        """The row; raises NotFoundError."""
        # Beyond 64 bits a database raises instead of finding nothing.
        row = self.session.get(kind, id) if 0 < id < 2**63 else None
        if row is None:
            raise NotFoundError(f"there is no {kind.__tablename__} {id}")
        return row

    def add(self, row: Row) -> Row:
        """Write ``row`` and return it with its id."""
        self.session.add(row)
        self.session.flush()
        return row

    # People and projects

    def person(self, key: str) -> Person | None:
        return self.session.scalar(select(Person).where(Person.key == key))

    def people(self) -> Sequence[Person]:
        return self.session.scalars(select(Person).order_by(Person.key)).all()

    def roles(self) -> dict[int, set[str]]:
        """Each person's roles, by the person's id."""
        roles: dict[int, set[str]] = {}
        for row in self.session.scalars(select(PersonRole)):
            roles.setdefault(row.person_id, set()).add(row.role)
        return roles

    def set_roles(self, person_id: int, roles: Iterable[str]) -> None:
        self.session.execute(delete(PersonRole).where(PersonRole.person_id == person_id))
        self.session.add_all(PersonRole(person_id=person_id, role=role) for role in roles)

    def project_named(self, key: str) -> Project | None:
        return self.session.scalar(select(Project).where(Project.key == key))

    def projects(self) -> Sequence[Project]:
        return self.session.scalars(select(Project).order_by(Project.id)).all()

    def documents(self, project_id: int) -> Sequence[Document]:
        """A project's documents in the order they came in, without the withdrawn ones; their texts are only
        read when asked for."""
        texts = defer(Document.source_text), defer(Document.mt_text), defer(Document.original)
        query = select(Document).where(Document.project_id == project_id, KEPT)
        return self.session.scalars(query.order_by(Document.id).options(*texts)).all()

    def document_names(self, project_id: int, *, withdrawn: bool = False) -> dict[int, str]:
        """The names by id, in the order the documents came in; the withdrawn ones' too, where asked for."""
        query = select(Document.id, Document.name).where(Document.project_id == project_id)
        if not withdrawn:
            query = query.where(KEPT)
        return {row.id: row.name for row in self.session.execute(query.order_by(Document.id))}

    def counts(self, project_id: int, muted: Iterable[str]) -> dict[int, Counts]:
        """The counts of each document of a project."""
        states: dict[int, dict[str, int]] = {}
        quality: dict[int, list[float]] = {}
        for document, state, number, scored, total in self.session.execute(
            select(
                Segment.document_id,
                Segment.state,
                func.count(),
                func.count(Segment.quality),
                func.coalesce(func.sum(Segment.quality), 0.0),
            )
            .where(Segment.project_id == project_id, LIVING)
            .group_by(Segment.document_id, Segment.state)
        ):
            states.setdefault(document, {})[state] = number
            sums = quality.setdefault(document, [0, 0.0])
            sums[0] += scored
            sums[1] += total or 0.0
        flags: dict[int, dict[str, int]] = {}
        for document, severity, number in self.session.execute(
            select(Segment.document_id, Flag.severity, func.count())
            .join(Flag, Flag.segment_id == Segment.id)
            .where(Segment.project_id == project_id, LIVING, Segment.open_flags > 0, _is_open(muted))
            .group_by(Segment.document_id, Flag.severity)
        ):
            flags.setdefault(document, {})[severity] = number
        return {
            document: Counts(
                by_state,
                flags.get(document, {}),
                quality[document][1] / quality[document][0] if quality[document][0] else None,
            )
            for document, by_state in states.items()
        }

    # Segments

    def lock(self, segment_id: int) -> Segment:
        """The segment, kept from others' changes until the transaction ends."""
        if not 0 < segment_id < 2**63:
            raise NotFoundError(f"there is no segment {segment_id}")
        row = self.session.scalar(select(Segment).where(Segment.id == segment_id).with_for_update())
        if row is None:
            raise NotFoundError(f"there is no segment {segment_id}")
        return row

    def advance(self, segment: Segment, values: Mapping[str, Any]) -> None:
        """Change ``segment`` and raise its version, only if its version is still the one read."""
        done = self.session.execute(
            update(Segment)
            .where(Segment.id == segment.id, Segment.version == segment.version)
            .values(version=segment.version + 1, **values)
            .returning(Segment.id)
            .execution_options(synchronize_session=False)
        ).all()
        if len(done) != 1:
            raise ConflictError(f"segment {segment.id} was changed meanwhile", version=segment.version)
        self.session.refresh(segment)

    def index(self, segment: Segment) -> None:
        """Let searches find the segment's current text."""
        self.session.execute(
            update(SegmentSearch)
            .where(SegmentSearch.segment_id == segment.id)
            .values(folded=fold(f"{segment.source}\n{segment.text}"))
            .execution_options(synchronize_session=False)
        )

    def page(self, selection: Selection, offset: int, limit: int) -> tuple[list[Segment], int]:
        """The rows ``offset`` to ``offset + limit`` of the selection, and the length of all of it.

        Raises UsageError for a search pattern that takes too long, as the next two do.
        """
        ids, total = page(self.session, selection, offset, limit)
        rows = {row.id: row for row in self.in_order(Segment, Segment.id, ids)}
        return [rows[id] for id in ids], total

    def following(self, selection: Selection, segment: Segment) -> Segment | None:
        """The first row of the selection that comes after ``segment``, itself a part of it or not."""
        first = following(self.session, selection, segment)
        return None if first is None else self.get(Segment, first)

    def preceding(self, selection: Selection, segment: Segment) -> int:
        """How many rows of the selection come before ``segment``, one of them or not."""
        return preceding(self.session, selection, segment)

    def around(self, segment: Segment, before: int, after: int) -> Sequence[Segment]:
        """``segment`` and its neighbours in the document, in order."""
        return self.session.scalars(
            select(Segment)
            .where(
                Segment.document_id == segment.document_id,
                LIVING,
                Segment.position.between(segment.position - before, segment.position + after),
            )
            .order_by(Segment.position)
        ).all()

    def stream(self, project_id: int, document_id: int | None) -> Iterator[Sequence[Segment]]:
        """All segments in document order, some hundreds at a time; what was yielded is let go."""
        last = (0, 0)
        while True:
            query = select(Segment).where(Segment.project_id == project_id, LIVING)
            if document_id is not None:
                query = query.where(Segment.document_id == document_id)
            query = query.where(tuple_(Segment.document_id, Segment.position) > tuple_(*last))
            rows = self.session.scalars(
                query.order_by(Segment.document_id, Segment.position).limit(_CHUNK)
            ).all()
            if not rows:
                return
            last = (rows[-1].document_id, rows[-1].position)
            yield rows
            self.session.expunge_all()

    def recount(self, muted: Iterable[str], where: ColumnElement[bool]) -> None:
        """Compute the columns that repeat the flags, for the segments of one of the scopes below.

        ``harm`` = (0.1 + Σ penalty × confidence of open flags) × (1 − 0.0075 × quality), with quality 50
        where there is none: what is flagged comes first, what scores badly before what scores well.
        """
        mine = [Flag.segment_id == Segment.id, _is_open(muted)]
        rank = case({str(s): s.rank for s in Severity}, value=Flag.severity, else_=-1)
        penalty = case({str(s): p for s, p in PENALTIES.items()}, value=Flag.severity, else_=0.0)
        number = select(func.count()).select_from(Flag).where(*mine).scalar_subquery()
        worst = select(func.coalesce(func.max(rank), -1)).where(*mine).scalar_subquery()
        risk = select(func.coalesce(func.sum(penalty * Flag.confidence), 0.0)).where(*mine).scalar_subquery()
        self.session.execute(
            update(Segment)
            .where(where)
            .values(
                open_flags=number,
                worst=worst,
                harm=(0.1 + risk) * (1 - 0.0075 * func.coalesce(Segment.quality, 50.0)),
            )
            .execution_options(synchronize_session=False)
        )

    def replace_scores(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write scores over those of the same segment and signature, and make them the ones shown."""
        for row in rows:
            self.session.execute(
                delete(Score).where(
                    Score.segment_id == row["segment_id"], Score.signature == row["signature"]
                )
            )
        self.insert_many(Score, rows)
        self.session.execute(
            update(Segment), [{"id": row["segment_id"], "quality": row["value"]} for row in rows]
        )

    # What belongs to segments

    def in_order(self, kind: type[Row], column: Any, ids: Iterable[int]) -> list[Row]:
        """The rows whose ``column`` is one of ``ids``, by their own id."""
        wanted = sorted(set(ids))
        rows: list[Row] = []
        for start in range(0, len(wanted), _CHUNK):
            rows += self.session.scalars(
                select(kind).where(column.in_(wanted[start : start + _CHUNK])).order_by(_id(kind))
            )
        return rows

    def comment_counts(self, ids: Sequence[int]) -> dict[int, int]:
        query = select(Comment.segment_id, func.count()).where(Comment.segment_id.in_(ids))
        return dict(self.session.execute(query.group_by(Comment.segment_id)).all())

    def comments(self, segment_id: int) -> Sequence[Comment]:
        return self.in_order(Comment, Comment.segment_id, [segment_id])

    def revisions(self, segment_id: int) -> Sequence[Revision]:
        return self.in_order(Revision, Revision.segment_id, [segment_id])

    def flags(self, segment_ids: Sequence[int]) -> list[Flag]:
        return self.in_order(Flag, Flag.segment_id, segment_ids)

    def scores(self, segment_ids: Sequence[int]) -> dict[int, Score]:
        """The latest score of each segment."""
        return {row.segment_id: row for row in self.in_order(Score, Score.segment_id, segment_ids)}

    def events(
        self,
        *,
        project_id: int | None = None,
        segment_ids: Collection[int] | None = None,
        limit: int | None = None,
    ) -> Sequence[Event]:
        """The newest events first, of the whole record, of a project or of some segments."""
        query = select(Event).order_by(Event.id.desc())
        if project_id is not None:
            query = query.where(Event.project_id == project_id)
        if segment_ids is not None:
            query = query.where(Event.segment_id.in_(segment_ids))
        return self.session.scalars(query.limit(limit) if limit is not None else query).all()

    def insert_many(self, kind: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Write ``rows`` in bulk; their ids in the order given."""
        if not rows:
            return []
        statement = insert(kind).returning(_id(kind), sort_by_parameter_order=True)
        return list(self.session.scalars(statement, [dict(row) for row in rows]))


def some_segments(*ids: int) -> ColumnElement[bool]:
    """For ``recount``: these segments."""
    return Segment.id.in_(ids)


def one_document(id: int) -> ColumnElement[bool]:
    """For ``recount``: the segments of a document."""
    return Segment.document_id == id


def one_project(id: int) -> ColumnElement[bool]:
    """For ``recount``: the segments of a project."""
    return Segment.project_id == id


def _id(kind: type[Base]) -> Any:
    return kind.__mapper__.primary_key[0]


def _is_open(muted: Iterable[str]) -> ColumnElement[bool]:
    is_open = Flag.state == FlagState.OPEN.value
    names = sorted(muted)
    return is_open & Flag.check.not_in(names) if names else is_open
