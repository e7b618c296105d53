"""The Alignment page and the server: the links as they were shown, what to do with them, what to show next.

Operations are worked out on the picture the browser has (``Board.view``); the service refuses them when the
record has gone on since.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from qa.align import repair
from qa.errors import QAError, UsageError
from qa.model import Link, SegmentState
from qa.review.changes import same_person
from qa.review.repairing import DOUBTFUL
from qa.review.views import Actor, AlignmentView, EventView, LinkView, ProjectView
from qa.ui.payload import Json, language_payload
from qa.ui.session import Desk, pipeline
from qa.ui.text import plain

__all__ = ["Board", "Order", "opened", "payload", "perform", "refresh"]

Order = Literal["doubtful", "document"]

TRUSTED = 0.9
"""Confidence from which a link may hold a range that is aligned anew."""
_REACH = 40
"""Links looked at in either direction for a trusted one."""
_AROUND = 60
"""Links of the list sent in either direction of the one in focus."""
_NEAR = 2
"""Neighbours of the link in focus that are shown."""
_LONG = 1200
"""Characters of one sentence that are shown."""
_ANSWERS = 50


@dataclass(slots=True)
class Board:
    """What one sitting has before it. ``order`` holds segment ids; links that were worked off stay where
    they were, so that nothing moves under a person's hands."""

    key: tuple[Any, ...]
    view: AlignmentView
    order: list[int]
    focus: int | None
    answers: dict[str, Json] = field(default_factory=dict)
    """What came of the latest messages, by their ids: the browser repeats them until it is answered."""

    def at(self, segment: object) -> int:
        """The place of a link in the alignment."""
        for n, item in enumerate(self.view.links):
            if item.id == segment:
                return n
        raise UsageError("this link has gone meanwhile; choose another")

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(item.link for item in self.view.links)


def opened(desk: Desk, key: tuple[Any, ...], document_id: int, order: Order) -> Board:
    """The board of a document as it stands now."""
    view = desk.service.alignment(document_id)
    board = Board(key, view, _ordered(view, order), None)
    board.focus = next(iter(board.order), None)
    return board


def _ordered(view: AlignmentView, order: Order) -> list[int]:
    if order == "document":
        return [item.id for item in view.links]
    doubtful = [item for item in view.links if item.link.score < DOUBTFUL]
    return [item.id for item in sorted(doubtful, key=lambda item: (item.link.score, item.position))]


def refresh(desk: Desk, board: Board) -> None:
    """Bring the board up to what is stored, leaving the links where they are in the list."""
    board.view = desk.service.alignment(board.view.document_id, before=board.view)
    known = {item.id for item in board.view.links}
    board.order = [id for id in board.order if id in known]
    listed = set(board.order)
    order: Order = board.key[-1]
    board.order += [id for id in _ordered(board.view, order) if id not in listed]
    if order == "document":
        board.order.sort(key={item.id: item.position for item in board.view.links}.__getitem__)
    if board.focus not in known:
        board.focus = next(iter(board.order), None)


def perform(desk: Desk, project: ProjectView, board: Board, message: Mapping[str, Any]) -> None:
    """Do what a message of the browser asks for, once."""
    key = str(message.get("id", ""))
    if not key or key in board.answers:
        return
    answer: Json = {"id": key, "ok": True, "message": ""}
    board.answers[key] = answer
    while len(board.answers) > _ANSWERS:
        del board.answers[next(iter(board.answers))]
    try:
        if message.get("operation"):
            if desk.actor is None:
                raise UsageError(
                    "say who you are in the sidebar first: every change is recorded under a name"
                )
            answer["message"] = _operate(desk, desk.actor, project, board, message)
        elif message.get("focus") is not None:
            board.focus = board.view.links[board.at(message["focus"])].id
    except QAError as error:
        answer |= {"ok": False, "message": plain(str(error))}
    except (KeyError, TypeError, ValueError):
        answer |= {"ok": False, "message": "the page sent something that cannot be read; reload it"}
    if message.get("operation"):
        refresh(desk, board)


def _operate(desk: Desk, actor: Actor, project: ProjectView, board: Board, message: Mapping[str, Any]) -> str:
    """Carry an operation out; returns what to say."""
    operation, document_id = str(message["operation"]), board.view.document_id
    if operation == "undo":
        back = desk.service.undo_repair(actor, document_id)
        _exchange(board, list(back.gone), [row.id for row in back.segments])
        return "Taken back"
    at = board.at(message.get("segment"))
    item = board.view.links[at]
    if operation == "confirm":
        desk.service.confirm_link(actor, item.id, item.version)
        board.focus = _following(board, item.id)
        return f"Link {item.position} is marked as right"
    change = _worked_out(board, project, at, operation, message)
    if not change.removed:
        return "Aligning anew gives the same links; nothing was changed"
    replaced = board.view.links[change.start : change.start + len(change.removed)]
    seen = {link.id: link.version for link in replaced}
    done = desk.service.repair(actor, document_id, seen, change.added, operation)
    made = [row.id for row in done.segments]
    _exchange(board, list(done.gone), made)
    desk.rechecks.start(actor, project, made)
    return _SAID[operation]


_SAID = {
    "merge-next": "Merged",
    "merge-previous": "Merged",
    "split": "Split",
    "shift": "Moved",
    "unlink": "Taken apart",
    "link": "Linked",
    "realign": "Aligned anew",
}


def _worked_out(
    board: Board, project: ProjectView, at: int, operation: str, message: Mapping[str, Any]
) -> repair.Repair:
    links = board.links
    match operation:
        case "merge-next":
            return repair.merge(links, at)
        case "merge-previous":
            return repair.merge(links, at - 1, at)
        case "split":
            return repair.split(links, at, int(message["source"]), int(message["target"]))
        case "shift":
            side: Literal["source", "target"] = "source" if message["side"] == "source" else "target"
            return repair.shift(links, at, side, "up" if message["direction"] == "up" else "down")
        case "unlink":
            return repair.unlink(links, at)
        case "link":
            partner = _partner(links, at)
            if partner is None:
                raise UsageError("no unlinked sentence of the other side is next to this one")
            return repair.link(links, at, partner)
        case "realign":
            before, after = _range(links, at)
            align = repair.aligner(board.view.source, board.view.target, encoder=pipeline().encoder)
            return repair.realign(links, before, after, align)
    raise UsageError(f"unknown operation {operation!r}; known: {', '.join(sorted(_SAID))}")


def _partner(links: tuple[Link, ...], at: int) -> int | None:
    """The nearest link that has only the other side, across one-sided links only; later ones first."""
    if bool(links[at].source) == bool(links[at].target):
        return None
    for step in (1, -1):
        n = at + step
        while 0 <= n < len(links) and bool(links[n].source) != bool(links[n].target):
            if bool(links[n].source) != bool(links[at].source):
                return n
            n += step
    return None


def _range(links: tuple[Link, ...], at: int) -> tuple[int, int]:
    """The nearest trusted links around one; the ends of the document, or of what is looked at, without."""

    def fixed(n: int) -> bool:
        return links[n].score >= TRUSTED and bool(links[n].source and links[n].target)

    low, high = max(-1, at - _REACH), min(len(links), at + _REACH)
    before = next((n for n in range(at - 1, low, -1) if fixed(n)), low)
    after = next((n for n in range(at + 1, high) if fixed(n)), high)
    return before, after


def _exchange(board: Board, gone: list[int], made: list[int]) -> None:
    """Put the new links where the old ones were in the list, and the focus on one of them."""
    places = [n for n, id in enumerate(board.order) if id in gone]
    place = min(places, default=len(board.order))
    kept = [id for id in board.order if id not in gone]
    new = [id for id in made if id not in board.order]
    place -= sum(1 for n in places if n < place)
    board.order = [*kept[:place], *new, *kept[place:]]
    board.focus = made[0] if made else board.focus


def _following(board: Board, segment: int) -> int:
    """The link to look at after one that is right: the next in the document, or the next doubtful one."""
    here = board.order.index(segment) if segment in board.order else -1
    later = [*board.order[here + 1 :], *board.order[: max(here, 0)]]
    if board.key[-1] == "document":
        return board.order[min(here + 1, len(board.order) - 1)]
    doubtful = {item.id for item in board.view.links if item.link.score < DOUBTFUL}
    return next((id for id in later if id in doubtful), segment)


# -- what the browser is given ---------------------------------------------------------------------


def payload(desk: Desk, project: ProjectView, board: Board, *, may: bool) -> Json:
    """Everything the component shows."""
    view, by_id = board.view, {item.id: item for item in board.view.links}
    here = board.order.index(board.focus) if board.focus in board.order else 0
    first = max(0, here - _AROUND)
    shown = board.order[first : here + _AROUND + 1]
    doubtful = sum(item.link.score < DOUBTFUL for item in view.links)
    return {
        "order": board.key[-1],
        "may": may,
        "languages": {
            "source": language_payload(project.source_lang),
            "target": language_payload(project.target_lang),
        },
        "first": first,
        "total": len(board.order),
        "items": [_item(view, by_id[id]) for id in shown if id in by_id],
        "checked": view.checked,
        "doubtful": doubtful,
        "focus": board.focus,
        "card": None if board.focus is None else _card(desk, board, may=may),
        "waiting": desk.rechecks.waiting,
        "trouble": plain(desk.rechecks.error),
        "answers": list(board.answers.values()),
    }


def _item(view: AlignmentView, item: LinkView) -> Json:
    link = item.link
    sentence = view.source.sentences[link.source[0]] if link.source else view.target.sentences[link.target[0]]
    return {
        "id": item.id,
        "position": item.position,
        "shape": f"{len(link.source)}:{len(link.target)}",
        "score": round(link.score, 4),
        "doubtful": link.score < DOUBTFUL,
        "side": "source" if link.source else "target",
        "snippet": plain(sentence.text[:120]),
    }


def _card(desk: Desk, board: Board, *, may: bool) -> Json:
    links, at = board.links, board.at(board.focus)
    item = board.view.links[at]
    before, after = _range(links, at)
    approved = item.state is SegmentState.APPROVED
    segment = desk.service.segment(item.id)
    last = _last_own(desk, board.view)
    return {
        **_shown(board, at),
        "near": [_shown(board, n) for n in range(max(0, at - _NEAR), min(len(links), at + _NEAR + 1))],
        "edited": plain(segment.text[:_LONG]) if segment.text != segment.mt else None,
        "approved": approved,
        "undo": _undo_label(last) if last else None,
        "can": {
            name: may and not approved and possible
            for name, possible in {
                "confirm": item.link.score < 1,
                "merge-previous": at > 0,
                "merge-next": at + 1 < len(links),
                "split": len(item.link.source) + len(item.link.target) > 2
                or (len(item.link.source) + len(item.link.target) == 2 and not _pair(item.link)),
                "unlink": bool(item.link.source and item.link.target),
                "link": _partner(links, at) is not None,
                "realign": after - before > 2,
                "up": at > 0,
                "down": at + 1 < len(links),
            }.items()
        }
        | {"undo": may and last is not None},
        "range": [
            board.view.links[before + 1].position,
            board.view.links[after - 1].position,
        ],
    }


def _pair(link: Link) -> bool:
    return len(link.source) == len(link.target) == 1


def _shown(board: Board, at: int) -> Json:
    """One link with its sentences, numbered as people count."""
    item = board.view.links[at]
    sides = (
        ("source", board.view.source, item.link.source),
        ("target", board.view.target, item.link.target),
    )
    return {
        "id": item.id,
        "position": item.position,
        "score": round(item.link.score, 4),
        "doubtful": item.link.score < DOUBTFUL,
        **{
            side: [{"n": i + 1, "text": _cut(document.sentences[i].text)} for i in indices]
            for side, document, indices in sides
        },
    }


def _cut(text: str) -> str:
    shown = plain(text[:_LONG])
    return shown if len(text) <= _LONG else f"{shown}…"


def _last_own(desk: Desk, view: AlignmentView) -> EventView | None:
    if desk.actor is None:
        return None
    return next((event for event in view.changes if same_person(event.actor, desk.actor.name)), None)


def _undo_label(event: EventView) -> str:
    operation = str(event.data.get("operation", "confirm"))
    return {
        "merge-next": "the merge",
        "merge-previous": "the merge",
        "split": "the split",
        "shift": "the move",
        "unlink": "taking apart",
        "link": "the link",
        "realign": "aligning anew",
        "confirm": "“right”",
    }.get(operation, "the repair")
