"""The audit trail as a table for reading: what happened, in words, with all that was recorded behind it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from qa.review.trail import NAMED, TrailEntry
from qa.review.views import EventView, ProjectView
from qa.ui.text import escape

__all__ = ["decision_label", "trail_html"]

_SHOWN = 160
"""Characters of a text in a line."""
_RECORDED = 4_000
"""Characters of what was recorded that are shown; the file has all of it."""
_FIELDS = ("check", "name", "person", "email", "format", "reason", "comment", "from", "assignee")
"""What events hold that is worth a word in the line."""


def trail_html(entries: Sequence[TrailEntry], names: Mapping[int, str], project: ProjectView) -> str:
    """A table of the entries, one a row. ``names`` are the documents', fit to be shown."""
    rows = "".join(_row(entry, names, project) for entry in entries)
    return (
        '<table class="rl-trail"><thead><tr><th scope="col">When (UTC)</th><th scope="col">Who</th>'
        '<th scope="col">What</th><th scope="col">Where</th><th scope="col">Details</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def decision_label(entry: TrailEntry) -> str:
    """A decision about several segments in a few words."""
    event = entry.event
    return f"{event.at:%Y-%m-%d %H:%M} {_did(event)}, {entry.number:,} segments"


def _row(entry: TrailEntry, names: Mapping[int, str], project: ProjectView) -> str:
    event = entry.event
    return (
        f'<tr><td><time datetime="{event.at.isoformat()}"><span>{event.at:%Y-%m-%d}</span> '
        f"{event.at:%H:%M:%S}</time></td>"
        f'<td><bdi>{escape(event.actor)}</bdi> <span class="rl-quiet">{escape(event.role)}</span></td>'
        f"<td>{escape(_did(event))}{_many(entry)}</td><td>{_where(entry, names)}</td>"
        f"<td>{_told(event, project)}{_recorded(event)}</td></tr>"
    )


def _did(event: EventView) -> str:
    return event.action.replace("-", " ")


def _many(entry: TrailEntry) -> str:
    return f' <span class="rl-many">× {entry.number:,}</span>' if entry.number > 1 else ""


def _where(entry: TrailEntry, names: Mapping[int, str]) -> str:
    event = entry.event
    if not entry.places:
        return f"<bdi>{escape(names.get(event.document_id or 0, ''))}</bdi>"
    by_document: dict[int, list[str]] = {}
    for place in entry.places:
        number = str(place.position) if place.position > 0 else "replaced"
        by_document.setdefault(place.document_id, []).append(number)
    shown = "; ".join(
        f"<bdi>{escape(names.get(document, ''))}</bdi> · {', '.join(numbers)}"
        for document, numbers in by_document.items()
    )
    if entry.number <= len(entry.places):
        return shown
    summary = f"<summary>{entry.number:,} segments</summary>"
    return f"<details>{summary}{shown} and {entry.number - NAMED:,} more</details>"


def _told(event: EventView, project: ProjectView) -> str:
    """The gist of an event: what it is about, from which state to which, the text it left."""
    data = event.data
    parts = [_value(data[name]) for name in _FIELDS if data.get(name)]
    flags = data.get("flags")
    if isinstance(flags, Mapping):
        parts += sorted({str(after[2]) for _, after in flags.values() if after[2]})
    for name in ("state", "policy"):
        change = data.get(name)
        if isinstance(change, Sequence) and len(change) == 2:
            parts.append(_change(*change))
    if "undone" in data:
        parts.append(f"takes back: {str(data['undone']).replace('-', ' ')}")
    told = escape(" · ".join(parts)[: 2 * _SHOWN])
    text = data.get("text")
    if isinstance(text, str):
        tag = escape(project.target_lang)
        told += f' <q lang="{tag}" dir="auto">{escape(_shortened(text, _SHOWN))}</q>'
    return told


def _value(value: object) -> str:
    return " → ".join(str(each) or "nobody" for each in value) if isinstance(value, list) else str(value)


def _change(before: object, after: object) -> str:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        names = [name for name in after if before.get(name) != after[name]]
        return ", ".join(f"{name}: {before.get(name)} → {after[name]}" for name in names)
    return f"{before} → {after}"


def _recorded(event: EventView) -> str:
    if not event.data:
        return ""
    text = json.dumps(dict(event.data), ensure_ascii=False, indent=1, default=str)
    return f"<details><summary>Recorded</summary><pre>{escape(_shortened(text, _RECORDED))}</pre></details>"


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]} …"
