"""Flags as ITS 2.0 localisation quality issues, stand-off: a list beside the text that they are about.

Stand-off because marks in the text could not overlap, as flags do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from qa.formats.links import without_controls
from qa.formats.xml import XML_ID
from qa.model import FlagState, Severity
from qa.review.views import FlagView

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["ITS", "attach", "detach"]

ITS = "http://www.w3.org/2005/11/its"
_ISSUES_REF = f"{{{ITS}}}locQualityIssuesRef"
_ISSUES = f"{{{ITS}}}locQualityIssues"
_PREFIX = "relecture-"

_TYPES: Mapping[str, str] = {
    "accuracy": "mistranslation",
    "accuracy/addition": "addition",
    "accuracy/omission": "omission",
    "accuracy/untranslated": "untranslated",
    "audience-appropriateness": "locale-specific-content",
    "design-and-markup": "formatting",
    "design-and-markup/markup-tag": "markup",
    "design-and-markup/truncation": "length",
    "linguistic-conventions/character-encoding": "characters",
    "linguistic-conventions/grammar": "grammar",
    "linguistic-conventions/punctuation": "typographical",
    "linguistic-conventions/spacing": "whitespace",
    "linguistic-conventions/spelling": "misspelling",
    "locale-conventions": "locale-violation",
    "style": "style",
    "style/inconsistent": "inconsistency",
    "style/register": "register",
    "terminology": "terminology",
}
"""MQM category, or its dimension, → the closest type of ITS; the exact category is in the comment."""

_SEVERITIES: Mapping[Severity, str] = {
    Severity.NEUTRAL: "0",
    Severity.MINOR: "33",
    Severity.MAJOR: "67",
    Severity.CRITICAL: "100",
}
"""ITS leaves the steps between 0 and 100 to the tool."""


def attach(
    holder: _Element, element: _Element, flags: Iterable[FlagView], name: str, *, first: bool = False
) -> None:
    """Put a list of the flags into ``holder``, last or first, and have ``element`` refer to it, if there are
    any. ``name`` tells the list apart from others of the file."""
    flags = list(flags)
    if not flags:
        return
    issues = holder.makeelement(_ISSUES, {XML_ID: f"{_PREFIX}{name}"}, {"its": ITS})
    for view in flags:
        issue = {
            "locQualityIssueType": _type(view.flag.category),
            "locQualityIssueComment": without_controls(_comment(view)),
            "locQualityIssueSeverity": _SEVERITIES[view.flag.severity],
        }
        if view.flag.state is FlagState.DISMISSED:
            issue["locQualityIssueEnabled"] = "no"
        issues.append(issues.makeelement(f"{{{ITS}}}locQualityIssue", issue))
    element.set(_ISSUES_REF, f"#{_PREFIX}{name}")
    holder.insert(0 if first else len(holder), issues)


def detach(holder: _Element) -> None:
    """Take out the lists that an earlier export has left in the file, and what refers to them."""
    for issues in holder.findall(_ISSUES):
        if str(issues.get(XML_ID, "")).startswith(_PREFIX):
            holder.remove(issues)
    for element in holder.iter():
        if str(element.get(_ISSUES_REF, "")).startswith(f"#{_PREFIX}"):
            del element.attrib[_ISSUES_REF]


def _type(category: str) -> str:
    return _TYPES.get(category) or _TYPES.get(category.partition("/")[0]) or "other"


def _comment(view: FlagView) -> str:
    """The category, what the flag says, of which words, by which check, and what was decided."""
    flag = view.flag
    parts = [f"{flag.category}: {flag.message}"]
    if flag.text:
        parts.append(f"“{flag.text}”")
    parts.append(f"[{flag.check}]")
    if flag.state is not FlagState.OPEN:
        by = f" by {view.decided_by}" if view.decided_by else ""
        parts.append(f"{flag.state.value}{by}{f': {view.reason}' if view.reason else ''}")
    return " ".join(parts)
