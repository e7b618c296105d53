"""Writing the segments that a repair puts in the place of old ones, with what people did carried over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from qa.model import Document, Edit, Segment, SegmentState, Span
from qa.review import inputs
from qa.review.carrying import Carrying, Old
from qa.review.changes import same_person
from qa.review.diff import rebase_edits, rebase_span
from qa.review.importing import search_values, segment_values
from qa.review.roles import Action
from qa.review.states import next_state
from qa.review.views import Actor
from qa.store import schema
from qa.store.alignment import makeshift
from qa.store.repository import Records

__all__ = ["Replacement"]


class Replacement:
    """``old`` rows, in order, are to be replaced by the segments ``new`` over the same sentences."""

    def __init__(
        self,
        records: Records,
        actor: Actor,
        document: schema.Document,
        old: Sequence[schema.Segment],
        new: Sequence[Segment],
    ) -> None:
        self._records, self._actor, self._document = records, actor, document
        self._old, self._new = old, new
        self._revisions: dict[int, int | None] = {}
        """The revision of each new segment's text."""

    def parents(self, number: int) -> list[int]:
        """The ids of the old segments that the new one shares sentences with."""
        mine = self._new[number]
        return [
            row.id
            for row in self._old
            if {*row.source_index} & {*mine.source_index} or {*row.target_index} & {*mine.target_index}
        ]

    def write(self, source: Document, target: Document, space: str) -> list[int]:
        """Write the new segments, still without a place in the document; their ids, in order."""
        old = [Old(_segment(row), row.text) for row in self._old]
        carrying = Carrying(source, target, old, self._new, space)
        ids = []
        for number, segment in enumerate(self._new):
            ids.append(self._segment(number, segment, carrying))
        for number, row in enumerate(self._old):
            self._comments(row, ids[carrying.heir(number)])
            self._flags(number, row, carrying, ids)
        self._records.session.flush()
        return ids

    def _segment(self, number: int, segment: Segment, carrying: Carrying) -> int:
        makers = [self._old[n] for n in carrying.makers(number)]
        states = {next_state(SegmentState(row.state), Action.REPAIR) for row in makers}
        touched = SegmentState.IN_REVISION in states
        text = carrying.texts[number]
        values = segment_values(segment, self._document, makeshift(self._old[0].id, number))
        # Whose turn the first of its sentences was.
        values["assignee_id"] = next(row.assignee_id for row in self._old if row.id in self.parents(number))
        if not touched:
            row = self._records.add(schema.Segment(**values))
        else:
            written = any(maker.revision_id is not None for maker in makers)
            author = self._author(makers) if written else ""
            values |= {
                "state": str(SegmentState.IN_REVISION),
                "text": inputs.text(text),
                "author": author,
                "updated": datetime.now(UTC),
            }
            row = self._records.add(schema.Segment(**values))
            if written:
                revision = schema.Revision(
                    segment_id=row.id, parent_id=None, text=row.text, author=author, created=datetime.now(UTC)
                )
                row.revision_id = self._records.add(revision).id
        self._revisions[number] = row.revision_id
        found = search_values(row.id, row.project_id, row.source, row.text)
        self._records.insert_many(schema.SegmentSearch, [found])
        return row.id

    def _author(self, makers: Sequence[schema.Segment]) -> str:
        """Who wrote what is carried over; whoever repaired, where several did: the text is their making."""
        authors = [row.author for row in makers if row.author]
        one = authors and all(same_person(author, authors[0]) for author in authors)
        return authors[0] if one else self._actor.name

    def _comments(self, row: schema.Segment, heir: int) -> None:
        self._records.insert_many(
            schema.Comment,
            [
                {"segment_id": heir, "author": item.author, "text": item.text, "created": item.created}
                for item in self._records.comments(row.id)
            ],
        )

    def _flags(self, number: int, row: schema.Segment, carrying: Carrying, ids: Sequence[int]) -> None:
        for flag in self._records.flags([row.id]):
            moved = self._moved(number, row, flag, carrying)
            if moved is not None:
                owner, values = moved
                copied = {
                    column.key: getattr(flag, column.key)
                    for column in schema.Flag.__mapper__.column_attrs
                    if column.key != "id"
                }
                self._records.add(schema.Flag(**{**copied, **values, "segment_id": ids[owner]}))

    def _moved(
        self, number: int, row: schema.Segment, flag: schema.Flag, carrying: Carrying
    ) -> tuple[int, dict[str, Any]] | None:
        """The new segment of a flag and what changes of it; None where its place was cut apart."""
        span: Span | None = Span(flag.start, flag.end)
        edits: tuple[Edit, ...] | None = tuple(Edit(*edit) for edit in flag.fix)
        in_text = flag.revision_id is not None
        if in_text:
            # Found in a text of a person: by way of the text that stands.
            base = self._records.get(schema.Revision, flag.revision_id or 0).text
            if flag.side == "target" and span is not None:
                span = rebase_span(base, row.text, span)
            edits = rebase_edits(base, row.text, edits or ())
        if span is None:
            return None
        if flag.side == "source" or not in_text:
            place = carrying.found_in_document(number, "source" if flag.side == "source" else "target", span)
        else:
            place = carrying.found_in_text(number, span)
        if place is None:
            return None
        fix = carrying.fix(number, edits or (), place.owner, in_text=in_text)
        return place.owner, {
            "start": place.span.start,
            "end": place.span.end,
            "fix": [[edit.start, edit.end, edit.text] for edit in fix],
            "revision_id": self._revisions[place.owner] if in_text else None,
        }


def _segment(row: schema.Segment) -> Segment:
    def span(start: int | None, end: int | None) -> Span | None:
        return None if start is None or end is None else Span(start, end)

    return Segment(
        row.id,
        row.source,
        row.mt,
        tuple(row.source_index),
        tuple(row.target_index),
        row.link_score,
        span(row.source_start, row.source_end),
        span(row.target_start, row.target_end),
    )
