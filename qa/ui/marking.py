"""Errors that a person marks by hand: the categories offered, and finding the marked words in the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

from qa.errors import UsageError
from qa.model import Flag, FlagState, Severity, Side, Span
from qa.ui.payload import Json
from qa.ui.text import clean

if TYPE_CHECKING:
    from qa.review.service import ReviewService
    from qa.review.views import Actor, SegmentView

__all__ = ["CATEGORIES", "CHECK", "SEVERITIES", "choices", "mark", "place"]

CHECK = "by-hand"

CATEGORIES: Mapping[str, str] = {
    "accuracy/mistranslation": "Wrong meaning",
    "accuracy/omission": "Left out",
    "accuracy/addition": "Added",
    "accuracy/untranslated": "Not translated",
    "terminology/wrong-term": "Wrong term",
    "linguistic-conventions/grammar": "Grammar",
    "linguistic-conventions/spelling": "Spelling, punctuation",
    "style/awkward": "Awkward",
    "locale-conventions": "Numbers, dates, units",
}
"""Categories of MQM → what a button says; nine, so that each has a digit."""
SEVERITIES = (Severity.MINOR, Severity.MAJOR, Severity.CRITICAL)


def choices() -> Json:
    """What the form offers, in the order of its keys."""
    return {"categories": list(CATEGORIES.items()), "severities": [str(each) for each in SEVERITIES]}


def place(text: str, words: str, near: int | None) -> tuple[int, int]:
    """Where ``words`` stand in ``text``, in code points: of several places the one nearest to ``near``.

    Without words, all of it. Raises UsageError where they stand nowhere.
    """
    if not words:
        return 0, len(text)
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    if not found:
        raise UsageError("the marked words do not stand in the text; select them again")
    start = min(found, key=lambda each: abs(each - near)) if near is not None else found[0]
    return start, start + len(words)


def mark(service: ReviewService, actor: Actor, segment_id: int, action: Mapping[str, Any]) -> SegmentView:
    """Add the flag that ``action`` describes; one that stands there already is not added twice.

    Raises UsageError for words that are not in the text, or a category or severity that is not offered.
    """
    category, side = str(action["category"]), str(action["side"])
    severity = Severity(str(action["severity"]))
    if category not in CATEGORIES or severity not in SEVERITIES or side not in get_args(Side):
        raise UsageError("the page sent an error of an unknown kind; reload it")
    view = service.segment(segment_id)
    text = view.source if side == "source" else view.text
    near = action.get("start")
    start, end = place(text, clean(str(action.get("words", ""))), near if isinstance(near, int) else None)
    note = clean(str(action.get("note", ""))).strip()
    label = CATEGORIES[category]
    flag = Flag(
        CHECK, category, severity, "source" if side == "source" else "target", start, end, text[start:end],
        f"{label}: {note}" if note else f"{label}, marked by {actor.name}",
    )  # fmt: skip
    same = {"check": CHECK, "category": category, "severity": severity, "side": flag.side, "text": flag.text}
    for known in view.flags:
        stands = known.flag.state is FlagState.OPEN and known.span == Span(start, end)
        if stands and all(getattr(known.flag, name) == value for name, value in same.items()):
            return view
    return service.add_flag(actor, segment_id, flag)
