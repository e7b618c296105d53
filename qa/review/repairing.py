"""Repairing the alignment of a stored document: new segments in the place of old ones.

Source and machine text of a segment never change, so a repair retires the segments it touches and writes
new ones, with what people did carried over (``carrying``); everything else of the document stays as it is.
Which links to put where is worked out by ``qa.align.repair``; here it is checked once more and written, in
one transaction with one event that holds enough to take it back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from qa.align.slices import segments as slices
from qa.errors import ConflictError, TransitionError, UsageError
from qa.lang import is_unspaced
from qa.model import Document, Estimate, Flag, Link, SegmentState, Sentence
from qa.review import pictures
from qa.review.administration import Administration
from qa.review.changes import same_person
from qa.review.importing import flag_values, score_values, usable
from qa.review.record import muted_checks
from qa.review.replacing import Replacement
from qa.review.roles import Action
from qa.review.states import next_state
from qa.review.views import Actor, AlignmentView, LinkView, Repaired, SegmentView
from qa.store import alignment, schema, withdrawals
from qa.store.repository import Records, some_segments
from qa.store.text import clean

__all__ = ["DOUBTFUL", "Found", "Repairing"]

DOUBTFUL = 0.75
"""Confidence below which a link should be looked at by a person."""

Found = tuple[Estimate | None, Sequence[Flag]]

_CHANGES = (Action.REPAIR, Action.CONFIRM_LINK, Action.UNDO_REPAIR)


class Repairing(Administration):
    """What is done with the links of a document."""

    def alignment(self, document_id: int, *, before: AlignmentView | None = None) -> AlignmentView:
        """The document's links and sentences; raises UsageError, saying why, where they are not known, and
        WithdrawnError where the document is withdrawn.

        ``before`` is an earlier view of the same document: its texts, which never change, are taken over.
        """
        with self._database.read() as records:
            if before is not None and before.document_id == document_id:
                withdrawals.refuse(records, document_id)
                source, target = before.source, before.target
            else:
                source, target = _documents(records, withdrawals.document(records, document_id))
            done = _standing(records, document_id)
            return AlignmentView(
                document_id=document_id,
                source=source,
                target=target,
                links=tuple(
                    LinkView(
                        item.id,
                        item.position,
                        item.version,
                        SegmentState(item.state),
                        Link(tuple(item.source_index), tuple(item.target_index), item.link_score),
                    )
                    for item in alignment.link_rows(records, document_id)
                ),
                checked=sum(score < DOUBTFUL for event in done for score in event.data["scores"].values()),
                changes=tuple(map(pictures.event_view, done)),
            )

    def repair(
        self, actor: Actor, document_id: int, seen: Mapping[int, int], added: Sequence[Link], operation: str
    ) -> Repaired:
        """Put the links ``added`` in the place of neighbouring segments.

        ``seen`` holds the id of each of them and the version the caller saw; segments that ``added`` leaves
        as they are stay. ``operation`` names the repair in the audit trail. Raises ConflictError when one
        was changed or replaced meanwhile, TransitionError when one is approved, and UsageError when
        ``added`` does not hold the same sentences in order; then nothing is changed.
        """
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.REPAIR)
            document = alignment.lock_document(records, document_id)
            source, target = _documents(records, document)
            rows = _locked(records, document, seen)
            _same_sentences(rows, added)
            shapes = {(tuple(row.source_index), tuple(row.target_index)): row for row in rows}
            kept = {row.id for link in added if (row := shapes.get((link.source, link.target)))}
            old = [row for row in rows if row.id not in kept]
            if not old:
                raise UsageError("the links stand like this already; nothing was changed")
            for row in old:
                _require_repairable(row)
            project = records.get(schema.Project, document.project_id)
            fresh = [link for link in added if (link.source, link.target) not in shapes]
            replacement = Replacement(records, actor, document, old, slices(source, target, fresh))
            made = replacement.write(source, target, "" if is_unspaced(project.target_lang) else " ")
            new = iter(made)
            standing = [shapes.get((link.source, link.target)) for link in added]
            after = [next(new) if row is None else row.id for row in standing]
            before, start = [row.id for row in rows], rows[0].position
            event = self._record(
                records,
                actor,
                Action.REPAIR,
                project_id=document.project_id,
                document_id=document.id,
                data={
                    "operation": operation,
                    "position": start,
                    "before": before,
                    "after": after,
                    "made": {str(id): replacement.parents(n) for n, id in enumerate(made)},
                    "scores": {str(row.id): row.link_score for row in old},
                },
            )
            alignment.place(records, document.id, start, before, after, start + len(before))
            for row in records.in_order(schema.Segment, schema.Segment.id, made):
                row.repair_id = event.id
            records.session.flush()
            records.recount(muted_checks(project), some_segments(*made))
            return self._repaired(records, made, [id for id in before if id not in kept])

    def confirm_link(self, actor: Actor, segment_id: int, version: int) -> SegmentView:
        """Say that a link is right as it stands: its confidence becomes 1."""
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.CONFIRM_LINK)
            document = records.get(schema.Segment, segment_id).document_id
            (row,) = _locked(records, alignment.lock_document(records, document), {segment_id: version})
            before, row.link_score = row.link_score, 1.0
            self._record(
                records,
                actor,
                Action.CONFIRM_LINK,
                project_id=row.project_id,
                document_id=row.document_id,
                segment_id=row.id,
                data={"scores": {str(row.id): before}},
            )
            return self._segment_view(records, row)

    def undo_repair(self, actor: Actor, document_id: int) -> Repaired:
        """Take back the actor's last repair or confirmation of the document's alignment.

        A repair's old segments come back as they were. Raises TransitionError when there is nothing to take
        back, and when the new segments have been repaired again or worked on.
        """
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.UNDO_REPAIR)
            document = alignment.lock_document(records, document_id)
            done = _standing(records, document_id)
            last = next((event for event in done if same_person(event.actor, actor.name)), None)
            if last is None:
                raise TransitionError("nothing to take back: you have changed nothing in this alignment")
            if last.action == Action.CONFIRM_LINK:
                back, gone = _unconfirm(records, last)
            else:
                back, gone = _restore(records, document, last)
            self._record(
                records,
                actor,
                Action.UNDO_REPAIR,
                project_id=document.project_id,
                document_id=document.id,
                segment_id=last.segment_id,
                data={"undoes": last.id, "undone": last.action},
            )
            return self._repaired(records, back, gone)

    def recheck(
        self,
        actor: Actor,
        segment_ids: Collection[int],
        check: Callable[[SegmentView], Found],
        covered: Collection[str] = (),
    ) -> None:
        """Score and check segments that a repair made; ``check`` is called outside of any transaction.

        It looks at the machine's text. ``covered`` are the checks it ran in full: an open flag of theirs
        that was carried over and is not found again goes. What a person decided or marked stays.
        """
        views = [view for view in map(self._peek, segment_ids) if not view.retired]
        found = {view.id: check(view) for view in views}
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.RECHECK)
            rows = [
                row
                for row in records.in_order(schema.Segment, schema.Segment.id, found)
                if row.position > 0 and row.repair_id is not None
            ]
            if not rows:
                return
            for row in rows:
                _write_flags(records, row.id, found[row.id][1], covered)
            estimates = {row.id: found[row.id][0] for row in rows}
            scores = [score_values(id, estimate) for id, estimate in estimates.items() if usable(estimate)]
            records.replace_scores(scores)
            project = records.get(schema.Project, rows[0].project_id)
            ids = [row.id for row in rows]
            records.recount(muted_checks(project), some_segments(*ids))
            self._record(
                records,
                actor,
                Action.RECHECK,
                project_id=project.id,
                document_id=rows[0].document_id,
                data={"segments": ids, "signatures": sorted({row["signature"] for row in scores})},
            )

    def _peek(self, segment_id: int) -> SegmentView:
        with self._database.read() as records:
            return self._segment_view(records, records.get(schema.Segment, segment_id))

    def _repaired(self, records: Records, segments: Sequence[int], gone: Sequence[int]) -> Repaired:
        records.session.flush()
        records.session.expire_all()
        rows = [records.get(schema.Segment, id) for id in segments]
        muted = muted_checks(records.get(schema.Project, rows[0].project_id))
        return Repaired(pictures.segment_views(records, rows, muted), tuple(gone))


def _documents(records: Records, row: schema.Document) -> tuple[Document, Document]:
    """Both texts with their sentences."""
    if row.source_text is None:
        raise UsageError(f"{row.name} is a translation alone; there is nothing to align it with")
    borders = alignment.sentences(records, row.id)
    if borders is None:
        raise UsageError(
            f"{row.name} came as ready pairs (a bilingual file, or an import by an earlier release), so the "
            "borders of its sentences are not known; repair the pairs in the file and import it again"
        )
    project = records.get(schema.Project, row.project_id)
    return (
        _document(row.source_text, project.source_lang, borders.source),
        _document(row.mt_text, project.target_lang, borders.target),
    )


def _document(text: str, tag: str, borders: Sequence[Sequence[Any]]) -> Document:
    sentences = (
        Sentence(n, text[a:b], a, b, paragraph, (time[0], time[1]) if time else None)
        for n, (a, b, paragraph, *time) in enumerate(borders)
    )
    return Document(text, tag, tuple(sentences))


def _standing(records: Records, document_id: int) -> list[schema.Event]:
    """The repairs and confirmations that have not been taken back, newest first."""
    undone: set[int] = set()
    out = []
    for event in alignment.trail(records, document_id, _CHANGES):
        if event.action == Action.UNDO_REPAIR:
            undone.add(event.data["undoes"])
        elif event.id not in undone:
            out.append(event)
    return out


def _locked(records: Records, document: schema.Document, seen: Mapping[int, int]) -> list[schema.Segment]:
    """The segments ``seen``, locked, in order; raises unless they stand as they were seen, side by side."""
    if not seen:
        raise UsageError("a repair needs the segments it is about")
    rows = alignment.lock_segments(records, seen)
    for row in rows:
        if row.document_id != document.id:
            raise UsageError(f"segment {row.id} is not of this document")
        if row.position < 1:
            raise ConflictError(
                "somebody has repaired this part of the alignment in the meantime; look at it again",
                theirs=row.text,
                version=row.version,
            )
        if row.version != seen[row.id]:
            raise ConflictError(
                f"segment {row.position} was changed by {row.approver or row.author or 'somebody'} in the "
                "meantime; look at it again",
                theirs=row.text,
                version=row.version,
            )
    if rows[-1].position - rows[0].position + 1 != len(rows):
        raise UsageError("a repair is about segments that follow each other")
    return rows


def _same_sentences(rows: Sequence[schema.Segment], added: Sequence[Link]) -> None:
    if (
        [i for row in rows for i in row.source_index] != [i for link in added for i in link.source]
        or [j for row in rows for j in row.target_index] != [j for link in added for j in link.target]
        or not all(link.source or link.target for link in added)
    ):
        raise UsageError("a repair keeps every sentence, once and in order; nothing was changed")


def _require_repairable(row: schema.Segment) -> None:
    try:
        next_state(SegmentState(row.state), Action.REPAIR)
    except TransitionError as error:
        raise TransitionError(f"segment {row.position}: {error}") from None


def _unconfirm(records: Records, event: schema.Event) -> tuple[list[int], list[int]]:
    ids = [int(id) for id in event.data["scores"]]
    for row in alignment.lock_segments(records, ids):
        _require_standing(row.position > 0)
        row.link_score = event.data["scores"][str(row.id)]
    return ids, []


def _restore(records: Records, document: schema.Document, event: schema.Event) -> tuple[list[int], list[int]]:
    """Put the segments of before a repair back; their ids, and those of the ones that go."""
    before, after = event.data["before"], event.data["after"]
    gone = [id for id in after if id not in before]
    back = [id for id in before if id not in after]
    rows = alignment.lock_segments(records, after)
    start = rows[0].position
    _require_standing(start > 0 and rows[-1].position == start + len(after) - 1)
    for row in rows:
        if row.id in gone:
            _require_untouched(records, row)
    alignment.place(records, document.id, start, after, before, start + len(after))
    _hand_back(records, gone, back)
    project = records.get(schema.Project, document.project_id)
    # The checks that are left out may be others by now.
    records.recount(muted_checks(project), some_segments(*back))
    return back, gone


def _hand_back(records: Records, gone: Collection[int], back: Collection[int]) -> None:
    """Segments come back to whoever had them, unless what stood in their place was given to others since."""
    leaving = records.in_order(schema.Segment, schema.Segment.id, gone)
    coming = records.in_order(schema.Segment, schema.Segment.id, back)
    if not {row.assignee_id for row in leaving} <= {row.assignee_id for row in coming}:
        for row in coming:
            row.assignee_id = leaving[0].assignee_id
        records.session.flush()


def _require_standing(stands: bool) -> None:
    if not stands:
        raise TransitionError(
            "cannot take the repair back: this part of the alignment has been repaired again since"
        )


def _require_untouched(records: Records, row: schema.Segment) -> None:
    ours = {Action.CONFIRM_LINK, Action.UNDO_REPAIR}
    work = [event for event in records.events(segment_ids=[row.id]) if event.action not in ours]
    if work:
        raise TransitionError(
            f"cannot take the repair back: {work[0].actor} has worked on segment {row.position} since; "
            "repair it by hand instead"
        )


def _write_flags(records: Records, segment_id: int, found: Sequence[Flag], covered: Collection[str]) -> None:
    """Add the flags that are not there yet, and take away carried ones that are not found again."""
    rows = {
        (row.check, row.side, row.start, row.end): row
        for row in records.flags([segment_id])
        if row.revision_id is None
    }
    wanted = {(clean(flag.check), flag.side, flag.start, flag.end): flag for flag in found}
    for key, row in rows.items():
        by_person = row.found_by.startswith("person:") or row.decided_by
        if key not in wanted and row.check in covered and not by_person and row.state == "open":
            records.session.delete(row)
    records.insert_many(
        schema.Flag,
        [{"segment_id": segment_id, **flag_values(flag)} for key, flag in wanted.items() if key not in rows],
    )
    records.session.flush()
