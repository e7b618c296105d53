"""Documents that are taken out of a project: gone from everything that is shown, counted or changed, and back
as they were."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Semaphore

import pytest

from qa.errors import ConflictError, NotFoundError, TransitionError, WithdrawnError
from qa.model import CheckedDocument, Link
from qa.report.exports import export
from qa.review.roles import Action
from qa.review.service import ReviewService
from qa.review.trail import TrailFilter
from qa.review.views import Actor, Part, Risk, Role, SegmentFilter, SegmentView

OTTO, ANYTHING = Actor("Otto", Role.EDITOR), Risk(quality=0)


@pytest.fixture
def twin(service: ReviewService, lead: Actor, project: int, checked: CheckedDocument) -> int:
    """A second document with the same texts, which stays."""
    return service.import_document(lead, project, checked, name="twin").id


def first(service: ReviewService, document: int) -> SegmentView:
    return service.segments(SegmentFilter(1, document)).rows[0]


def everything(service: ReviewService, lead: Actor, project: int) -> list[object]:
    """What is shown of a project, but its trail."""
    return [
        service.documents(project),
        service.document_names(project),
        service.project(project),
        service.projects(),
        service.uncounted_projects(),
        service.segments(SegmentFilter(project)).rows,
        service.segments(SegmentFilter(project, search="grèves")).rows,
        service.segments(SegmentFilter(project, search="gr.ves", regex=True)).rows,
        service.segments(SegmentFilter(project, open_flags_only=True, order="harm")).rows,
        service.segments(SegmentFilter(project, checks=frozenset({"quotes"}), order="score")).rows,
        list(service.all_segments(project)),
        service.tallies(project),
        service.assignments(project),
        service.approvable(lead, project, ANYTHING),
    ]


def test_nothing_of_it_is_shown_and_all_of_it_comes_back(
    service: ReviewService,
    lead: Actor,
    translator: Actor,
    project: int,
    segment: SegmentView,
    checked: CheckedDocument,
) -> None:
    service.assign(lead, [Part(segment.document_id)], "Tom")
    service.submit(translator, segment.id, "De nouvelles frappes.", segment.version)
    service.comment(translator, segment.id, "strikes")
    before = everything(service, lead, project)
    empty = service.create_project(lead, "Empty", "ru", "fr").id
    # Nothing is left in the project but what an empty one has.
    done = service.withdraw(lead, segment.document_id)
    assert (done.name, done.person, done.segments, done.done) == ("article", lead.name, 3, 1)
    assert service.withdrawn(project) == [done]
    assert service.withdrawn(empty) == []
    counted = service.project(project)
    assert (counted.documents, counted.segments, counted.approved, counted.open_flags) == (0, 0, 0, 0)
    here, there = (everything(service, lead, id) for id in (project, empty))
    assert here[:2] + here[5:] == there[:2] + there[5:]
    assert not service.has_assignment(project, "Tom")
    assert service.document_names(project, withdrawn=True) == {segment.document_id: "article"}
    assert service.restore(lead, segment.document_id, done.at) == done
    assert service.withdrawn(project) == []
    back = everything(service, lead, project)
    assert back[:3] + back[5:] == before[:3] + before[5:]


def test_others_are_left_alone(
    service: ReviewService, lead: Actor, project: int, segment: SegmentView, twin: int
) -> None:
    service.withdraw(lead, segment.document_id)
    assert [each.id for each in service.documents(project)] == [twin]
    assert {row.document_id for row in service.segments(SegmentFilter(project)).rows} == {twin}
    assert service.project(project).segments == 3


def test_the_same_source_elsewhere_is_not_there(
    service: ReviewService, lead: Actor, translator: Actor, segment: SegmentView, twin: int
) -> None:
    other, flag = first(service, twin), segment.flags[0].id
    done = service.submit(translator, segment.id, "De nouvelles frappes.", segment.version)
    assert [each.segment.id for each in service.alike(segment.id)] == [other.id]
    assert (service.count_alike(segment.id), service.count_alike_flags(flag)) == (1, 1)
    service.withdraw(lead, twin)
    assert service.alike(segment.id) == ()
    assert service.alike_flags(flag) == ()
    assert (service.count_alike(segment.id), service.count_alike_flags(flag)) == (0, 0)
    left = service.propagate(translator, segment.id, done.version, {other.id: other.version})
    assert left.changed == ()
    assert left.left[0].why.startswith("twin was withdrawn by Lea on ")


CALLS: dict[str, Callable[[ReviewService, SegmentView], object]] = {
    "segment": lambda service, view: service.segment(view.id),
    "place": lambda service, view: service.place(SegmentFilter(1), view.id),
    "next flag": lambda service, view: service.next_flagged(SegmentFilter(1), view.id),
    "neighbours": lambda service, view: service.neighbours(view.id),
    "alignment": lambda service, view: service.alignment(view.document_id),
    "texts": lambda service, view: service.document_texts(view.document_id),
    "original": lambda service, view: service.document_original(view.document_id),
    "rows": lambda service, view: service.in_rows(view.document_id),
    "stream": lambda service, view: list(service.all_segments(1, view.document_id)),
    "alike": lambda service, view: service.alike(view.id),
    "draft": lambda service, view: service.save_draft(OTTO, view.id, "Neuf.", view.version),
    "submit": lambda service, view: service.submit(OTTO, view.id, "Neuf.", view.version),
    "approve": lambda service, view: service.approve(OTTO, view.id, view.version),
    "fix": lambda service, view: service.apply_fix(OTTO, view.id, view.flags[0].id, view.version),
    "flag": lambda service, view: service.dismiss_flag(OTTO, view.flags[0].id, "fine"),
    "comment": lambda service, view: service.comment(OTTO, view.id, "hm"),
    "undo": lambda service, view: service.undo(OTTO, view.id, view.version),
    "typing": lambda service, view: service.edit(OTTO, view.id, "a page"),
    "repair": lambda service, view: service.repair(
        OTTO, view.document_id, {view.id: view.version}, [Link((0,), (), 1.0), Link((), (0,), 1.0)], "unlink"
    ),
    "link": lambda service, view: service.confirm_link(OTTO, view.id, view.version),
    "undo link": lambda service, view: service.undo_repair(OTTO, view.document_id),
    "assign": lambda service, view: service.assign(Actor("Lea", Role.LEAD), [Part(view.document_id)], "Tom"),
    "again": lambda service, view: service.withdraw(Actor("Lea", Role.LEAD), view.document_id),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_nobody_reads_or_changes_it(
    service: ReviewService, lead: Actor, segment: SegmentView, call: Callable[..., object]
) -> None:
    done = service.withdraw(lead, segment.document_id)
    before = service.events(limit=None)
    with pytest.raises(WithdrawnError) as raised:
        call(service, segment)
    assert raised.value.document_id == segment.document_id
    assert str(raised.value) == (
        f"article was withdrawn by Lea on {done.at:%d %b %Y, %H:%M} UTC; a QA lead can restore it on the "
        "page Documents"
    )
    assert service.events(limit=None) == before


def test_decisions_about_several_leave_it_out(
    service: ReviewService, lead: Actor, translator: Actor, project: int, segment: SegmentView, twin: int
) -> None:
    other = first(service, twin)
    seen = {}
    for view in (segment, other):
        seen[view.id] = service.submit(translator, view.id, f"Frappes {view.id}.", view.version).version
    lost = service.withdraw(lead, twin)
    done = service.bulk_approve(OTTO, project, seen, ANYTHING)
    assert done.changed == (segment.id,)
    assert [each.segment_id for each in done.left] == [other.id]
    service.restore(lead, twin, lost.at)
    second = service.bulk_approve(OTTO, project, {other.id: seen[other.id]}, ANYTHING)
    service.withdraw(lead, twin)
    with pytest.raises(TransitionError, match="nothing of it can be taken back"):
        service.undo_group(OTTO, project, second.group_id)
    assert service.views([segment.id, other.id]) == (service.segment(segment.id),)


def test_dismissals_leave_it_out(
    service: ReviewService, lead: Actor, translator: Actor, project: int, segment: SegmentView, twin: int
) -> None:
    flag, other = segment.flags[0].id, first(service, twin).flags[0].id
    service.dismiss_flag(translator, flag, "fine")
    lost = service.withdraw(lead, twin)
    assert service.propagate_dismissal(translator, flag, [other]).changed == ()
    service.restore(lead, twin, lost.at)
    done = service.propagate_dismissal(translator, flag, [other])
    assert len(done.changed) == 1
    service.withdraw(lead, twin)
    with pytest.raises(TransitionError, match="nothing of it can be taken back"):
        service.undo_group(translator, project, done.group_id)


def test_exports_have_nothing_of_it(
    service: ReviewService, lead: Actor, project: int, segment: SegmentView, twin: int, tmp_path: Path
) -> None:
    service.withdraw(lead, segment.document_id)
    for format in ("jsonl", "html", "tmx", "xliff"):
        path = tmp_path / f"out.{format}"
        export(service, project, format, path)
        written = path.read_text("utf-8")
        assert "article" not in written
        assert written.count(segment.source) == (1 if format != "html" else written.count(segment.source))
    with pytest.raises(NotFoundError):
        export(service, project, "jsonl", tmp_path / "one.jsonl", document_id=segment.document_id)


def test_both_stand_in_the_trail(
    service: ReviewService, lead: Actor, translator: Actor, project: int, segment: SegmentView
) -> None:
    service.comment(translator, segment.id, "hm")
    done = service.withdraw(lead, segment.document_id)
    found = service.trail(lead, TrailFilter(project, document_id=segment.document_id)).entries
    assert [entry.event.action for entry in found] == ["withdraw", "comment", "import"]
    assert found[0].event.data == {"name": "article", "segments": 3, "done": 0}
    # What happened to one of its segments can still be looked up.
    at = TrailFilter(project, document_id=segment.document_id, position=segment.position)
    assert [entry.event.action for entry in service.trail(lead, at).entries] == ["comment"]
    service.restore(Actor("Bea", Role.LEAD), segment.document_id, done.at)
    newest = service.events(limit=1)[0]
    assert (newest.actor, newest.action, newest.document_id) == ("Bea", Action.RESTORE, segment.document_id)
    assert newest.data == {"name": "article", "withdrawn_by": "Lea"}


def test_only_the_withdrawal_that_was_seen_is_taken_back(
    service: ReviewService, lead: Actor, segment: SegmentView
) -> None:
    bea, document = Actor("Bea", Role.LEAD), segment.document_id
    seen = service.withdraw(lead, document)
    service.restore(bea, document, seen.at)
    with pytest.raises(ConflictError, match="has been restored already"):
        service.restore(lead, document, seen.at)
    service.withdraw(bea, document)
    with pytest.raises(ConflictError, match="was withdrawn again by Bea"):
        service.restore(lead, document, seen.at)
    assert service.withdrawn(1)[0].person == "Bea"


def test_what_was_not_saved_can_be_saved_afterwards(
    service: ReviewService, lead: Actor, translator: Actor, segment: SegmentView
) -> None:
    """The version stays: whoever kept a text meanwhile saves it as if nothing had been."""
    done = service.withdraw(lead, segment.document_id)
    with pytest.raises(WithdrawnError):
        service.submit(translator, segment.id, "Frappes.", segment.version)
    service.restore(lead, segment.document_id, done.at)
    assert service.submit(translator, segment.id, "Frappes.", segment.version).text == "Frappes."


def test_there_is_no_such_document(service: ReviewService, lead: Actor, project: int) -> None:
    with pytest.raises(NotFoundError, match="no document 99"):
        service.withdraw(lead, 99)
    with pytest.raises(NotFoundError, match="no project 99"):
        service.withdrawn(99)


def test_no_save_lands_behind_a_withdrawal(service: ReviewService, lead: Actor, project: int) -> None:
    """Whoever saves comes before it, or is refused; nobody waits for another for ever."""
    rows = service.segments(SegmentFilter(project)).rows
    saved = Semaphore(0)
    refused: list[WithdrawnError] = []

    def save(view: SegmentView) -> None:
        version = view.version
        for number in range(2_000):
            try:
                version = service.save_draft(OTTO, view.id, f"Texte {number}.", version).version
            except WithdrawnError as error:
                refused.append(error)
                return
            saved.release()

    def confirm(view: SegmentView) -> None:
        while True:
            try:
                service.confirm_link(OTTO, view.id, view.version)
            except WithdrawnError as error:
                refused.append(error)
                return

    with ThreadPoolExecutor(3) as pool:
        jobs = [pool.submit(save, view) for view in rows[:2]] + [pool.submit(confirm, rows[2])]
        for _ in range(20):
            assert saved.acquire(timeout=60)
        service.withdraw(lead, rows[0].document_id)
        for job in jobs:
            job.result(timeout=60)
    assert len(refused) == 3
    assert service.events(project, limit=1)[0].action == Action.WITHDRAW
