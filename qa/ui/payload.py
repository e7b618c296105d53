"""Review snapshots as plain JSON for the workbench component: every text cut into runs in Python, so that
the browser never counts code points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from qa import lang
from qa.model import FlagState
from qa.review.roles import Action
from qa.review.views import CommentView, EventView, FlagView, SegmentView
from qa.ui.text import Mark, Run, clean, direction, plain, runs, visible_spaces

__all__ = [
    "comment_payload",
    "context_payload",
    "fix_label",
    "history_payload",
    "marks",
    "returned_payload",
    "row_payload",
]

Json = dict[str, Any]

_SHOWN = 10_000
"""Characters of one text that are laid out for reading; the editor has all of it. A browser needs seconds
for a word of 100,000 letters."""
_NEAR = 300
"""Characters of a neighbour, of which one line is shown."""


def marks(view: SegmentView, side: str, *, open_only: bool = True) -> tuple[Mark, ...]:
    """The flags of one side as marks over the text that stands there, numbered as in ``view.flags``."""
    return tuple(
        Mark(flag.span.start, flag.span.end, number, flag.flag.severity)
        for number, flag in enumerate(view.flags, 1)
        if flag.flag.side == side
        and flag.span is not None
        and (flag.flag.state is FlagState.OPEN or not open_only)
    )


def fix_label(view: SegmentView, flag: FlagView) -> str:
    """What a fix does in a few characters: ``grèves → frappes``; empty where there is no fix."""
    parts = []
    for edit in flag.flag.fix:
        old = view.mt[edit.start : edit.end]
        if (edit.start, edit.end) == (flag.flag.start, flag.flag.end) and flag.flag.side == "target":
            old = flag.flag.text
        match (bool(old), bool(edit.text)):
            case (True, True):
                parts.append(f"{visible_spaces(old)} → {visible_spaces(edit.text)}")
            case (False, True):
                parts.append(f"+ {visible_spaces(edit.text)}")
            case (True, False):
                parts.append(f"− {visible_spaces(old)}")
    return "; ".join(parts)


def row_payload(view: SegmentView) -> Json:
    """One segment with everything the card shows except its neighbours, comments and history."""
    unchanged = view.text == view.mt
    return {
        "id": view.id,
        "document": view.document_id,
        "position": view.position,
        "source": _runs(runs(view.source, marks(view, "source"))),
        "target": _runs(runs(view.text, marks(view, "target"), view.words if unchanged else ())),
        "mt": clean(view.mt),
        "text": clean(view.text),
        "snippet": plain(view.text[:160]),
        "state": view.state.value,
        "version": view.version,
        "author": plain(view.author),
        "approver": plain(view.approver),
        "quality": view.quality,
        "low": view.low,
        "high": view.high,
        "signature": view.signature,
        "link": f"{len(view.source_index)}:{len(view.target_index)}",
        "comments": view.comments,
        "flags": [
            {
                "id": flag.id,
                "number": number,
                "check": flag.flag.check,
                "category": flag.flag.category,
                "severity": flag.flag.severity.value,
                "side": flag.flag.side,
                "text": plain(flag.flag.text),
                "message": plain(flag.flag.message),
                "confidence": round(flag.flag.confidence, 2),
                "agreed": flag.flag.found_by == "check+model",
                "state": flag.flag.state.value,
                "placed": flag.span is not None,
                "by": plain(flag.decided_by),
                "reason": plain(flag.reason),
                "fix": fix_label(view, flag),
            }
            for number, flag in enumerate(view.flags, 1)
        ],
    }


def _runs(cut: Sequence[Run]) -> list[Json]:
    out: list[Json] = []
    room = _SHOWN
    for run in cut:
        if len(run.text) > room:
            rest = sum(len(other.text) for other in cut) - _SHOWN
            out += [{"t": run.text[:room]}, {"t": f"… {rest:,} more characters", "k": "control"}]
            break
        room -= len(run.text)
        item: Json = {"t": run.text}
        if run.kind != "text":
            item["k"] = run.kind
        if run.numbers:
            item["n"] = list(run.numbers)
            item["s"] = str(run.severity)
        if run.heat:
            item["h"] = run.heat
        out.append(item)
    return out


def context_payload(views: Iterable[SegmentView], position: int) -> Json:
    """The neighbours of the segment at ``position``, each as its two texts."""
    sides: Json = {"before": [], "after": []}
    for view in views:
        if view.position != position:
            sides["before" if view.position < position else "after"].append(
                {
                    "id": view.id,
                    "position": view.position,
                    "source": plain(view.source[:_NEAR]),
                    "target": plain(view.text[:_NEAR]),
                }
            )
    return sides


def comment_payload(comments: Iterable[CommentView]) -> list[Json]:
    return [{"author": plain(c.author), "text": clean(c.text), "at": when(c.created)} for c in comments]


def returned_payload(events: Iterable[EventView]) -> Json | None:
    """Who has given a segment back since it was last handed in, and why; ``events`` come newest first."""
    for event in events:
        if event.action in (Action.SEND_BACK, Action.REOPEN):
            note = plain(str(event.data.get("comment") or ""))
            return {"by": plain(event.actor), "did": _DID[event.action], "note": note}
        if event.action in (Action.SUBMIT, Action.APPROVE, Action.BULK_APPROVE):
            break
    return None


_DID: dict[str, str] = {
    Action.SAVE_DRAFT: "saved a draft",
    Action.SUBMIT: "handed it in",
    Action.APPLY_FIX: "applied a fix",
    Action.APPROVE: "approved it",
    Action.SEND_BACK: "sent it back",
    Action.REOPEN: "reopened it",
    Action.UNDO: "took back",
    Action.ADD_FLAG: "marked an error",
    Action.ACCEPT_FLAG: "agreed with a flag",
    Action.DISMISS_FLAG: "dismissed a flag",
    Action.REOPEN_FLAG: "reopened a flag",
    Action.PROPAGATE: "took over a correction",
    Action.PROPAGATE_DISMISSAL: "dismissed a flag with others",
    Action.BULK_APPROVE: "approved it with others",
    Action.UNDO_GROUP: "took back, with others,",
    Action.REPAIR: "repaired the alignment",
    Action.CONFIRM_LINK: "confirmed the link",
    Action.UNDO_REPAIR: "took back",
}


def history_payload(events: Iterable[EventView]) -> list[Json]:
    """What happened to a segment, newest first, with the text each change left."""
    out = []
    for event in events:
        if event.action == Action.COMMENT:
            continue  # comments have a list of their own
        flags = event.data.get("flags")
        reasons = {after[2] for _, after in flags.values()} if isinstance(flags, Mapping) else set()
        note = event.data.get("comment") or ", ".join(sorted(filter(None, reasons)))
        out.append(
            {
                "at": when(event.at),
                "actor": plain(event.actor),
                "action": _DID.get(event.action, event.action),
                "note": plain(str(note)),
                "text": plain(str(event.data.get("text", ""))),
            }
        )
    return out


def when(moment: datetime) -> str:
    """``2026-03-01 14:05`` in UTC; the browser turns the ISO form into local time where it can."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds")


def language_payload(tag: str) -> Json:
    name = "Source" if tag == lang.UNDETERMINED else lang.name(tag)
    return {"tag": tag, "dir": direction(tag), "name": name}
