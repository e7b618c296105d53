"""From rows of the store to the views that the service hands out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from qa.model import Edit, Flag, FlagState, SegmentState, Severity, Span, WordScore
from qa.review.diff import rebase_spans
from qa.review.views import (
    CommentView,
    CountedProject,
    DocumentView,
    EventView,
    FlagView,
    InvitationView,
    PersonView,
    Policy,
    ProjectView,
    RevisionView,
    Role,
    SegmentView,
    WorkView,
)
from qa.store import groups, people, schema
from qa.store.repository import Counts, Records

__all__ = [
    "comment_view",
    "document_view",
    "event_view",
    "flag_of",
    "invitation_view",
    "person_view",
    "policy_data",
    "policy_of",
    "project_view",
    "revision_view",
    "segment_views",
    "work_views",
]


def policy_of(data: Mapping[str, Any]) -> Policy:
    return Policy(**{**data, "muted_checks": frozenset(data.get("muted_checks", ()))})


def policy_data(policy: Policy) -> dict[str, Any]:
    return {
        "own_approval": policy.own_approval,
        "passing_threshold": policy.passing_threshold,
        "acceptable_penalty": policy.acceptable_penalty,
        "muted_checks": sorted(policy.muted_checks),
    }


def person_view(row: schema.Person, roles: Iterable[str]) -> PersonView:
    return PersonView(row.name, frozenset(Role(role) for role in roles), row.email)


def invitation_view(row: schema.Invitation) -> InvitationView:
    return InvitationView(row.email, frozenset(map(Role, row.roles)), row.invited_by, row.created)


def work_views(rows: Iterable[people.Work]) -> list[WorkView]:
    """One view a name; the rows are one a name and role."""
    views: dict[str, WorkView] = {}
    for row in rows:
        so_far = views.get(row.name, WorkView(row.name, frozenset(), 0, row.last))
        views[row.name] = WorkView(
            row.name,
            so_far.roles | {Role(row.role)},
            so_far.changes + row.changes,
            max(so_far.last, row.last),
        )
    return list(views.values())


def project_view(row: schema.Project, documents: int) -> ProjectView:
    languages = row.source_lang, row.target_lang
    return ProjectView(row.id, row.name, *languages, policy_of(row.policy), row.created, documents)


def counted_project(row: schema.Project, counts: Mapping[int, Counts], documents: int) -> CountedProject:
    return CountedProject(
        id=row.id,
        name=row.name,
        source_lang=row.source_lang,
        target_lang=row.target_lang,
        policy=policy_of(row.policy),
        created=row.created,
        documents=documents,
        segments=sum(count.segments for count in counts.values()),
        approved=sum(count.states.get(SegmentState.APPROVED, 0) for count in counts.values()),
        open_flags=sum(sum(count.open_flags.values()) for count in counts.values()),
    )


def document_view(row: schema.Document, counts: Counts) -> DocumentView:
    return DocumentView(
        id=row.id,
        project_id=row.project_id,
        name=row.name,
        mt_system=row.mt_system,
        created=row.created,
        segments=counts.segments,
        states={state: counts.states.get(state, 0) for state in SegmentState},
        open_flags={severity: counts.open_flags.get(severity, 0) for severity in Severity},
        mean_quality=counts.mean_quality,
        notices=tuple(row.notices),
    )


def flag_of(row: schema.Flag) -> Flag:
    return Flag(
        check=row.check,
        category=row.category,
        severity=Severity(row.severity),
        side="source" if row.side == "source" else "target",
        start=row.start,
        end=row.end,
        text=row.text,
        message=row.message,
        confidence=row.confidence,
        fix=tuple(Edit(start, end, text) for start, end, text in row.fix),
        key=row.key,
        params=row.params,
        state=FlagState(row.state),
        found_by=row.found_by,
    )


def segment_views(
    records: Records, rows: Sequence[schema.Segment], muted: frozenset[str]
) -> tuple[SegmentView, ...]:
    """Views of ``rows``, in their order, with as many queries for a page as for one."""
    ids = [row.id for row in rows]
    scores = records.scores(ids)
    comments = records.comment_counts(ids)
    flags: dict[int, list[schema.Flag]] = {}
    for flag in records.flags(ids):
        # What people have decided stands, whatever became of the check.
        if flag.check not in muted or flag.state != FlagState.OPEN:
            flags.setdefault(flag.segment_id, []).append(flag)
    quoting = [row for row in rows if any(map(_quotes, flags.get(row.id, ())))]
    said = groups.renderings(records, quoting) if quoting else {}
    found_in = {flag.revision_id for some in flags.values() for flag in some if flag.revision_id}
    bases = {row.id: row.text for row in records.in_order(schema.Revision, schema.Revision.id, found_in)}
    return tuple(
        _segment_view(
            row,
            scores.get(row.id),
            _flag_views(row, flags.get(row.id, []), bases, said.get(row.id, [])),
            comments.get(row.id, 0),
        )
        for row in rows
    )


def _segment_view(
    row: schema.Segment, score: schema.Score | None, flags: tuple[FlagView, ...], comments: int
) -> SegmentView:
    return SegmentView(
        id=row.id,
        document_id=row.document_id,
        position=row.position,
        source=row.source,
        mt=row.mt,
        text=row.text,
        state=SegmentState(row.state),
        version=row.version,
        author=row.author,
        approver=row.approver,
        quality=row.quality,
        low=score.low if score else None,
        high=score.high if score else None,
        signature=score.signature if score else "",
        words=tuple(WordScore(*word) for word in score.words) if score else (),
        flags=flags,
        source_index=tuple(row.source_index),
        target_index=tuple(row.target_index),
        link_score=row.link_score,
        target_span=(
            Span(row.target_start, row.target_end)
            if row.target_start is not None and row.target_end is not None
            else None
        ),
        comments=comments,
        updated=row.updated,
    )


def _quotes(row: schema.Flag) -> bool:
    """Does an open flag quote what another segment says?"""
    return row.check == "inconsistent-target" and row.state == FlagState.OPEN


def _requoted(row: schema.Flag, own: str, said: Sequence[tuple[str, str, int, int]]) -> Flag:
    from qa.checks.consistency import InconsistentTargetCheck, Rendering

    return InconsistentTargetCheck.requoted(flag_of(row), own, [Rendering(*each) for each in said])


def _flag_views(
    segment: schema.Segment,
    rows: Sequence[schema.Flag],
    bases: Mapping[int, str],
    said: Sequence[tuple[str, str, int, int]],
) -> tuple[FlagView, ...]:
    spans: dict[int, Span | None] = {}
    for base_id in {row.revision_id for row in rows}:
        mine = [row for row in rows if row.revision_id == base_id]
        base = segment.mt if base_id is None else bases[base_id]
        moved = rebase_spans(base, segment.text, [Span(row.start, row.end) for row in mine])
        for row, span in zip(mine, moved, strict=True):
            spans[row.id] = Span(row.start, row.end) if row.side == "source" else span
    views = [
        FlagView(
            row.id,
            _requoted(row, segment.text, said) if _quotes(row) else flag_of(row),
            spans[row.id],
            row.decided_by,
            row.reason,
        )
        for row in rows
    ]
    return tuple(sorted(views, key=lambda view: (view.flag.start, view.flag.end, view.id)))


def revision_view(row: schema.Revision) -> RevisionView:
    return RevisionView(row.id, row.text, row.author, row.created, row.parent_id)


def comment_view(row: schema.Comment) -> CommentView:
    return CommentView(row.id, row.segment_id, row.author, row.text, row.created)


def event_view(row: schema.Event) -> EventView:
    return EventView(
        row.id,
        row.at,
        row.actor,
        row.role,
        row.action,
        row.project_id,
        row.document_id,
        row.segment_id,
        row.data,
        row.group_id or "",
    )
