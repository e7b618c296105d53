"""Taking one person's decision over to alike places: a correction to other segments with the same source, a
dismissal to other flags that say the same about the same words."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from qa.errors import ConflictError, LimitError, TransitionError, UsageError
from qa.model import FlagState, SegmentState
from qa.review import pictures
from qa.review.changes import SegmentChange
from qa.review.grouping import REPLACED, Grouping, changed_by, left_out, new_group
from qa.review.record import muted_checks
from qa.review.roles import Action
from qa.review.views import Actor, AlikeFlag, AlikeKind, AlikeSegment, Grouped, LeftOut
from qa.store import groups, schema, withdrawals

__all__ = ["MOST", "Propagating"]

MOST = 500
"""Segments or flags a decision is taken over to at once."""

_NAMED = ("source", "word")
"""Parameters by which flags name a word: of the source, where it is not the flag's own text."""


class Propagating(Grouping):
    """Propagation of corrections and dismissals."""

    def alike(self, segment_id: int) -> tuple[AlikeSegment, ...]:
        """The segments of the project that could take the correction of this one, in document order: those
        with its source, or of an addition its machine text, and another text now. At most ``MOST``.

        Raises TransitionError while the segment is not corrected and handed in.
        """
        with self._database.read() as records:
            origin = _origin(withdrawals.segment(records, segment_id))
            rows = groups.alike_segments(records, origin, MOST)
            muted = muted_checks(records.get(schema.Project, origin.project_id))
            views = pictures.segment_views(records, rows, muted)
            return tuple(
                AlikeSegment(view, _kind(origin, row)) for view, row in zip(views, rows, strict=True)
            )

    def count_alike(self, segment_id: int) -> int:
        """How many segments nobody has worked on are exactly like this one; 0 while it is not corrected and
        handed in. Cheap enough to ask after every save."""
        with self._database.read() as records:
            row = records.get(schema.Segment, segment_id)
            return groups.count_untouched(records, row) if _is_correction(row) else 0

    def propagate(
        self,
        actor: Actor,
        segment_id: int,
        version: int,
        chosen: Mapping[int, int],
        *,
        group_id: str | None = None,
    ) -> Grouped:
        """Hand the text of a corrected segment in for others with the same source, too.

        ``chosen`` holds their ids and the versions the caller saw. Whoever propagates is the author. A
        segment that has changed, is approved or has the text already is left out and named. The same
        ``group_id`` again changes nothing. Raises ConflictError when the correction itself has changed,
        UsageError when a chosen segment has another source, and LimitError beyond ``MOST``.
        """
        _require_some(chosen, "segments")
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.PROPAGATE)
            group_id = new_group(group_id)
            if made := self._made(records, actor, Action.PROPAGATE, group_id):
                return made
            gone = withdrawals.told(records, chosen)
            origin = _origin(records.lock(segment_id))
            withdrawals.hold(records, origin.document_id)
            if origin.version != version:
                raise ConflictError(
                    f"{changed_by(origin)}: segment {origin.position}; look at the correction again",
                    yours=origin.text,
                    theirs=origin.text,
                    version=origin.version,
                )
            muted = muted_checks(records.get(schema.Project, origin.project_id))
            changed: list[int] = []
            left: list[LeftOut] = []
            for id in sorted(chosen):
                row = records.lock(id)
                why = gone.get(row.document_id) or _cannot_take(origin, row, chosen[id])
                if why:
                    left.append(left_out(row, why))
                    continue
                change = SegmentChange(records, actor, Action.PROPAGATE, row, muted, group_id=group_id)
                change.data["from"] = origin.id
                before = row.text
                change.move(origin.text)
                change.reopen_standing(before)
                change.accept_edited_away()
                change.record()
                changed.append(id)
            return Grouped(group_id, tuple(changed), tuple(left))

    def alike_flags(self, flag_id: int) -> tuple[AlikeFlag, ...]:
        """The open flags of the project that a dismissal of this one could be taken over to, in document
        order: same check, side and span text and, where the flag names a source word, the same word. A flag
        about a place without text that names no word is like no other. At most ``MOST``.
        """
        with self._database.read() as records:
            flag = records.get(schema.Flag, flag_id)
            if not _tells(flag):
                return ()
            project_id = records.get(schema.Segment, flag.segment_id).project_id
            pairs = groups.alike_flags(records, flag, project_id, _words(flag), MOST)
            rows = records.in_order(schema.Segment, schema.Segment.id, {segment for _, segment in pairs})
            views = {view.id: view for view in pictures.segment_views(records, rows, frozenset())}
            return tuple(
                AlikeFlag(views[segment], next(f for f in views[segment].flags if f.id == id))
                for id, segment in pairs
            )

    def count_alike_flags(self, flag_id: int) -> int:
        """How many flags a dismissal of this one could be taken over to, counted up to ``MOST``."""
        with self._database.read() as records:
            flag = records.get(schema.Flag, flag_id)
            if not _tells(flag):
                return 0
            project_id = records.get(schema.Segment, flag.segment_id).project_id
            return groups.count_alike_flags(records, flag, project_id, _words(flag), MOST)

    def propagate_dismissal(
        self, actor: Actor, flag_id: int, chosen: Collection[int], *, group_id: str | None = None
    ) -> Grouped:
        """Dismiss the flags ``chosen`` for the reason a flag like them was dismissed for.

        Flags decided or gone meanwhile are left out and named by their segment. The same ``group_id`` again
        changes nothing. Raises TransitionError when the flag is not dismissed, UsageError when a chosen one
        is not like it, and LimitError beyond ``MOST``.
        """
        _require_some(chosen, "flags")
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.PROPAGATE_DISMISSAL)
            group_id = new_group(group_id)
            if made := self._made(records, actor, Action.PROPAGATE_DISMISSAL, group_id):
                return made
            origin = records.get(schema.Flag, flag_id)
            if origin.state != FlagState.DISMISSED:
                raise TransitionError("this flag is not dismissed; dismiss it first, with a reason")
            project_id = records.get(schema.Segment, origin.segment_id).project_id
            muted = muted_checks(records.get(schema.Project, project_id))
            by_segment: dict[int, list[schema.Flag]] = {}
            for flag in records.in_order(schema.Flag, schema.Flag.id, chosen):
                by_segment.setdefault(flag.segment_id, []).append(flag)
            changed: list[int] = []
            left: list[LeftOut] = []
            gone = withdrawals.told(records, by_segment)
            for segment_id in sorted(by_segment):
                row = records.lock(segment_id)
                flags = by_segment[segment_id]
                if row.project_id != project_id or not all(_same(origin, flag) for flag in flags):
                    raise UsageError("the chosen flags are not all like the one dismissed; look again")
                standing = [flag for flag in flags if flag.state == FlagState.OPEN]
                if why := gone.get(row.document_id, REPLACED if row.position < 1 else ""):
                    left.append(left_out(row, why))
                    continue
                if len(standing) < len(flags):
                    left.append(left_out(row, "its flag has been decided in the meantime"))
                if standing:
                    change = SegmentChange(
                        records, actor, Action.PROPAGATE_DISMISSAL, row, muted, group_id=group_id
                    )
                    change.data["from"] = origin.id
                    for flag in standing:
                        change.decide(flag, FlagState.DISMISSED, origin.reason)
                    change.record()
                    changed.append(row.id)
            return Grouped(group_id, tuple(changed), tuple(left))


def _require_some(chosen: Collection[int], what: str) -> None:
    if not chosen:
        raise UsageError(f"choose the {what} to take this over to")
    if len(chosen) > MOST:
        raise LimitError(f"{len(chosen):,} {what} are chosen; at most {MOST:,} are changed at once")


def _is_correction(row: schema.Segment) -> bool:
    handed_in = row.state in (SegmentState.REVISED, SegmentState.APPROVED)
    return handed_in and row.position > 0 and row.text != row.mt


def _origin(row: schema.Segment) -> schema.Segment:
    if not _is_correction(row):
        raise TransitionError(
            f"segment {row.position} holds no correction to take over; correct it and hand it in first"
        )
    return row


def _kind(origin: schema.Segment, row: schema.Segment) -> AlikeKind:
    if row.state == SegmentState.APPROVED:
        return "approved"
    if row.mt != origin.mt:
        return "other"
    return "alike" if row.state == SegmentState.MACHINE else "edited"


def _cannot_take(origin: schema.Segment, row: schema.Segment, version: int) -> str:
    """Why ``row`` is left out; empty where it can take the correction. Raises UsageError."""
    mine, theirs = ((r.project_id, r.alike_key, r.source) for r in (origin, row))
    if mine != theirs or row.id == origin.id:
        raise UsageError(f"segment {row.position} is not like segment {origin.position}; look again")
    if row.position < 1:
        return REPLACED
    if row.state == SegmentState.APPROVED:
        return "it is approved; reopen it first"
    if row.version != version:
        return changed_by(row)
    return "it has this text already" if row.text == origin.text else ""


def _words(flag: schema.Flag) -> dict[str, tuple[str, ...]]:
    """The words a flag names, each in the writings that are the same word; "" where it names none."""
    named = {name: str(flag.params.get(name, "")) for name in _NAMED}
    return {
        name: tuple({word, word.lower(), word.upper(), word.capitalize()}) for name, word in named.items()
    }


def _tells(flag: schema.Flag) -> bool:
    """Does the flag say enough for another to be like it?"""
    return bool(flag.text or any(flag.params.get(name) for name in _NAMED))


def _same(one: schema.Flag, other: schema.Flag) -> bool:
    if one.id == other.id or (one.check, one.side, one.text) != (other.check, other.side, other.text):
        return False
    words = _words(one)
    return _tells(one) and all(str(other.params.get(name, "")) in words[name] for name in _NAMED)
