"""Repairing the alignment of a stored document: what is replaced, what is carried over, what stays."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.align import repair, segments
from qa.errors import (
    ConflictError,
    LimitError,
    NotFoundError,
    QAError,
    StoreError,
    TransitionError,
    UsageError,
)
from qa.model import (
    CheckedDocument,
    CheckedSegment,
    Document,
    Edit,
    Estimate,
    Flag,
    FlagState,
    Link,
    Score,
    SegmentState,
    Severity,
)
from qa.report.exports import export
from qa.report.summary import summarise
from qa.review import replacing
from qa.review.service import ReviewService
from qa.review.views import Actor, Repaired, Role, SegmentFilter, SegmentView
from qa.segment import split

SOURCE = "Порт закрыт. Удары нанесены ночью. Пожар потушен.\n\nГубернатор молчит. Работа стоит."
TARGET = (
    "Le port est fermé. Des grèves la nuit. Le feu est éteint.\n\nLe gouverneur se tait. Tout est arrêté."
)
LINKS = (
    Link((0,), (0,), 0.95),
    Link((1, 2), (1,), 0.3),
    Link((), (2,), 0.4),
    Link((3,), (3,), 0.9),
    Link((4,), (4,), 0.6),
)


def imported(links: Sequence[Link] = LINKS) -> CheckedDocument:
    """The port, with the third sentence of the translation left alone; «grèves» is flagged."""
    source, target = split(SOURCE, "ru"), split(TARGET, "fr")
    out = []
    for item in segments(source, target, links):
        flags = []
        if "grèves" in item.target:
            at = item.target.index("grèves")
            fix = (Edit(at, at + 6, "frappes"),)
            where = ("target", at, at + 6, "grèves", "m", 0.9, fix)
            flags.append(Flag("wrong-sense", "accuracy/mistranslation", Severity.MAJOR, *where))
        out.append(CheckedSegment(item, Estimate(Score(70.0, "test|v1")), tuple(flags)))
    return CheckedDocument(source, target, tuple(out))


@pytest.fixture
def document(service: ReviewService, lead: Actor) -> int:
    made = service.create_project(lead, "Port", "ru", "fr")
    return service.import_document(lead, made.id, imported(), name="port").id


def rows(service: ReviewService, document: int) -> list[SegmentView]:
    return list(service.all_segments(1, document))


def links_of(service: ReviewService, document: int) -> tuple[Link, ...]:
    return tuple(item.link for item in service.alignment(document).links)


def apply(service: ReviewService, actor: Actor, document: int, change: repair.Repair, name: str) -> Repaired:
    """A repair that ``qa.align.repair`` worked out, on the segments as they are."""
    stop = change.start + len(change.removed)
    seen = {item.id: item.version for item in service.alignment(document).links[change.start : stop]}
    return service.repair(actor, document, seen, change.added, name)


def merged(service: ReviewService, actor: Actor, document: int, first: int) -> SegmentView:
    (made,) = apply(
        service, actor, document, repair.merge(links_of(service, document), first), "merge"
    ).segments
    return made


def test_the_wrong_link_is_repaired_and_the_others_stay(
    service: ReviewService, document: int, translator: Actor
) -> None:
    before = rows(service, document)
    change = repair.shift(LINKS, 1, "source", "down")
    done = apply(service, translator, document, change, "shift")
    after = rows(service, document)
    assert [(row.source, row.text) for row in after][1:3] == [
        ("Удары нанесены ночью.", "Des grèves la nuit."),
        ("Пожар потушен.", "Le feu est éteint."),
    ]
    assert [row.position for row in after] == [1, 2, 3, 4, 5]
    assert [after[n] for n in (0, 3, 4)] == [before[n] for n in (0, 3, 4)]
    assert tuple(after[1:3]) == done.segments
    assert done.gone == (before[1].id, before[2].id)
    for row in done.segments:
        assert (row.state, row.version, row.quality, row.link_score) == (SegmentState.MACHINE, 1, None, 1.0)
    (flag,) = after[1].flags
    assert after[1].text[flag.flag.start : flag.flag.end] == "grèves"
    assert flag.flag.fix == (Edit(4, 10, "frappes"),)
    assert service.project(1).open_flags == 1
    repair.check(links_of(service, document), 5, 5)


def test_merging_counts_one_less_everywhere(service: ReviewService, document: int, translator: Actor) -> None:
    made = merged(service, translator, document, 1)
    assert (made.source, made.text) == (
        "Удары нанесены ночью. Пожар потушен.",
        "Des grèves la nuit. Le feu est éteint.",
    )
    assert service.project(1).segments == 4
    assert service.documents(1)[0].states[SegmentState.MACHINE] == 4
    assert [row.position for row in rows(service, document)] == [1, 2, 3, 4]
    page = service.segments(SegmentFilter(1))
    assert (page.total, len(page.rows)) == (4, 4)
    assert service.segments(SegmentFilter(1, search="grèves")).total == 1
    assert service.segments(SegmentFilter(1, checks=frozenset({"wrong-sense"}))).total == 1
    assert [row.position for row in service.neighbours(made.id)] == [1, 2, 3, 4]
    assert service.segments(SegmentFilter(1, order="harm")).total == 4


def test_exports_and_reports_have_what_stands_alone(
    service: ReviewService, document: int, translator: Actor, tmp_path
) -> None:
    view = rows(service, document)[1]
    service.save_draft(translator, view.id, "Des frappes la nuit.", view.version)
    merged(service, translator, document, 1)
    for format in ("xlsx", "csv", "jsonl", "html", "txt", "tmx", "xliff", "po"):
        export(service, 1, format, tmp_path / f"x.{format}", document_id=document)
    lines = (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4
    text = (tmp_path / "x.txt").read_text(encoding="utf-8")
    assert text == TARGET.replace("grèves", "frappes")
    assert summarise(service.project(1), service.all_segments(1)).segments == 4


def test_what_people_did_is_carried_over(
    service: ReviewService, document: int, translator: Actor, editor: Actor
) -> None:
    second, third = rows(service, document)[1:3]
    view = service.dismiss_flag(editor, second.flags[0].id, "labour dispute")
    service.comment(editor, second.id, "really?")
    view = service.submit(translator, second.id, "Des grèves, la nuit.", view.version)
    mark = Flag("by-hand", "style/awkward", Severity.MINOR, "target", 12, 16, "", "clumsy")
    service.add_flag(editor, second.id, mark)
    (made,) = apply(service, editor, document, repair.merge(links_of(service, document), 1), "merge").segments
    assert made.text == "Des grèves, la nuit. Le feu est éteint."
    assert made.mt == "Des grèves la nuit. Le feu est éteint."
    assert (made.state, made.author) == (SegmentState.IN_REVISION, "Tom")
    flags = {flag.flag.check: flag for flag in made.flags}
    assert (flags["wrong-sense"].flag.state, flags["wrong-sense"].reason) == (
        FlagState.DISMISSED,
        "labour dispute",
    )
    span = flags["by-hand"].span
    assert span is not None
    assert made.text[span.start : span.end] == "la n"
    assert [comment.text for comment in service.comments(made.id)] == ["really?"]
    assert [revision.text for revision in service.revisions(made.id)] == [made.text]
    actions = [event.action for event in service.events(segment_id=made.id)]
    assert actions == ["repair", "add-flag", "submit", "comment", "dismiss-flag"]
    # Tom wrote it, so Tom submits and somebody else approves.
    handed = service.submit(translator, made.id, made.text, made.version)
    assert service.approve(editor, made.id, handed.version).state is SegmentState.APPROVED
    assert service.segment(third.id).retired


def test_several_authors_make_the_repairer_the_author(
    service: ReviewService, document: int, translator: Actor, editor: Actor
) -> None:
    second, third = rows(service, document)[1:3]
    service.save_draft(translator, second.id, "Un.", second.version)
    service.save_draft(Actor("Ann", Role.TRANSLATOR), third.id, "Deux.", third.version)
    made = merged(service, editor, document, 1)
    assert (made.text, made.author) == ("Un. Deux.", "Eve")


def test_only_the_part_with_an_edit_is_in_revision(
    service: ReviewService, document: int, translator: Actor
) -> None:
    second = rows(service, document)[1]
    service.save_draft(translator, second.id, "Des frappes.", second.version)
    made = apply(service, translator, document, repair.unlink(LINKS, 1), "unlink").segments
    assert [(row.source, row.text, row.state, row.author) for row in made] == [
        ("Удары нанесены ночью. Пожар потушен.", "", SegmentState.MACHINE, ""),
        ("", "Des frappes.", SegmentState.IN_REVISION, "Tom"),
    ]


def test_undo_puts_everything_back(service: ReviewService, document: int, translator: Actor) -> None:
    second = rows(service, document)[1]
    service.save_draft(translator, second.id, "Des frappes.", second.version)
    before, events = rows(service, document), service.events(segment_id=second.id)
    gone = merged(service, translator, document, 1)
    back = service.undo_repair(translator, document)
    assert rows(service, document) == before
    assert (back.segments, back.gone) == (tuple(before[1:3]), (gone.id,))
    assert service.segment(gone.id).retired
    assert service.events(segment_id=second.id) == events
    with pytest.raises(TransitionError, match="you have changed nothing"):
        service.undo_repair(translator, document)
    # The segment's own last change can be taken back as if nothing had been.
    assert service.undo(translator, second.id, before[1].version).text == second.mt


def test_undo_is_ones_own_and_ends_where_others_worked(
    service: ReviewService, document: int, translator: Actor, editor: Actor
) -> None:
    made = merged(service, translator, document, 1)
    with pytest.raises(TransitionError, match="you have changed nothing"):
        service.undo_repair(editor, document)
    service.comment(editor, made.id, "good")
    with pytest.raises(TransitionError, match="Eve has worked on segment 2"):
        service.undo_repair(translator, document)
    assert not service.segment(made.id).retired


def test_undo_passes_by_what_somebody_repaired_elsewhere(
    service: ReviewService, document: int, translator: Actor, editor: Actor
) -> None:
    merged(service, translator, document, 3)
    merged(service, editor, document, 1)
    service.undo_repair(translator, document)
    assert [row.position for row in rows(service, document)] == [1, 2, 3, 4]
    merged(service, editor, document, 0)
    before = rows(service, document)
    service.undo_repair(editor, document)
    service.undo_repair(editor, document)
    assert links_of(service, document) == LINKS
    assert rows(service, document) != before


def test_a_part_repaired_again_is_not_taken_back(
    service: ReviewService, document: int, translator: Actor, editor: Actor
) -> None:
    merged(service, translator, document, 1)
    merged(service, editor, document, 0)
    with pytest.raises(TransitionError, match="repaired again since"):
        service.undo_repair(translator, document)


def test_a_confirmed_link_is_sure_until_it_is_taken_back(
    service: ReviewService, document: int, translator: Actor
) -> None:
    second = rows(service, document)[1]
    assert service.alignment(document).checked == 0
    assert service.confirm_link(translator, second.id, second.version).link_score == 1.0
    assert service.alignment(document).checked == 1
    assert service.segment(second.id).version == second.version
    service.undo_repair(translator, document)
    assert service.segment(second.id).link_score == 0.3
    assert service.alignment(document).checked == 0
    apply(service, translator, document, repair.merge(LINKS, 1), "merge")
    assert service.alignment(document).checked == 2


def test_a_stale_picture_changes_nothing(service: ReviewService, document: int, translator: Actor) -> None:
    second, third = rows(service, document)[1:3]
    service.save_draft(translator, second.id, "Neuf.", second.version)
    before = rows(service, document), service.events(limit=None)
    seen = {second.id: second.version, third.id: third.version}
    with pytest.raises(ConflictError, match="segment 2 was changed by Tom") as caught:
        service.repair(translator, document, seen, repair.merge(LINKS, 1).added, "merge")
    assert caught.value.theirs == "Neuf."
    with pytest.raises(ConflictError):
        service.confirm_link(translator, second.id, second.version)
    assert (rows(service, document), service.events(limit=None)) == before
    merged(service, translator, document, 1)
    with pytest.raises(ConflictError, match="repaired this part"):
        service.repair(translator, document, seen, repair.merge(LINKS, 1).added, "merge")


def test_a_replaced_segment_takes_no_more_changes(
    service: ReviewService, document: int, translator: Actor
) -> None:
    second = rows(service, document)[1]
    merged(service, translator, document, 1)
    for change in (
        lambda: service.save_draft(translator, second.id, "Neuf.", second.version),
        lambda: service.comment(translator, second.id, "hm"),
        lambda: service.dismiss_flag(translator, second.flags[0].id, "no"),
    ):
        with pytest.raises(ConflictError, match="was replaced"):
            change()
    with pytest.raises(NotFoundError, match="was replaced"):
        service.neighbours(second.id)


def test_what_is_approved_is_reopened_first(
    service: ReviewService, document: int, translator: Actor, editor: Actor
) -> None:
    second = rows(service, document)[1]
    view = service.submit(translator, second.id, second.mt, second.version)
    view = service.approve(editor, second.id, view.version)
    before = rows(service, document)
    with pytest.raises(TransitionError, match=r"segment 2: .* approved; reopen it first"):
        merged(service, translator, document, 1)
    assert rows(service, document) == before
    service.reopen(editor, second.id, view.version, "wrong link")
    assert merged(service, translator, document, 1).state is SegmentState.IN_REVISION


@pytest.mark.parametrize(
    "added",
    [
        (Link((1,), (1,), 1.0),),
        (Link((1, 2), (1, 2), 1.0), Link((), (), 1.0)),
        (Link((2, 1), (1, 2), 1.0),),
        LINKS[1:3],
        (),
    ],
    ids=["less", "empty", "order", "the same", "nothing"],
)
def test_what_is_no_repair_is_refused(
    service: ReviewService, document: int, translator: Actor, added: tuple[Link, ...]
) -> None:
    before = rows(service, document)
    seen = {row.id: row.version for row in before[1:3]}
    with pytest.raises(UsageError):
        service.repair(translator, document, seen, added, "merge")
    apart = {before[0].id: 1, before[2].id: 1}
    with pytest.raises(UsageError, match="follow each other"):
        service.repair(translator, document, apart, (LINKS[0], LINKS[2]), "merge")
    assert rows(service, document) == before


def test_segments_that_come_out_the_same_stay(
    service: ReviewService, document: int, translator: Actor, editor: Actor
) -> None:
    """Aligning a range anew leaves an approved segment in its middle alone."""
    fourth = rows(service, document)[3]
    view = service.submit(translator, fourth.id, "Il se tait.", fourth.version)
    service.approve(editor, fourth.id, view.version)
    before = rows(service, document)
    added = (Link((1,), (1,), 0.8), Link((2,), (2,), 0.8), LINKS[3], Link((4,), (), 0.5), Link((), (4,), 0.5))
    seen = {row.id: row.version for row in before[1:]}
    done = service.repair(translator, document, seen, added, "realign")
    after = rows(service, document)
    assert [row.id for row in after].index(fourth.id) == 3
    assert after[3] == before[3]
    assert [row.link_score for row in done.segments] == [0.8, 0.8, 0.5, 0.5]
    service.undo_repair(translator, document)
    assert rows(service, document) == before


def test_a_crash_in_the_middle_changes_nothing(
    service: ReviewService, document: int, translator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(service, document), service.events(limit=None)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(replacing.Replacement, "_flags", crash)
    with pytest.raises(KeyboardInterrupt):
        merged(service, translator, document, 1)
    monkeypatch.undo()
    assert (rows(service, document), service.events(limit=None)) == before
    assert merged(service, translator, document, 1).position == 2


def test_a_text_too_long_to_save_refuses_the_repair(
    service: ReviewService, document: int, translator: Actor
) -> None:
    for row in rows(service, document)[1:3]:
        service.save_draft(translator, row.id, "x" * 60_000, row.version)
    before = rows(service, document)
    with pytest.raises(LimitError):
        merged(service, translator, document, 1)
    assert rows(service, document) == before


def test_checking_again_scores_and_tidies_flags(
    service: ReviewService, document: int, translator: Actor
) -> None:
    made = merged(service, translator, document, 1)
    found = Flag("length-ratio", "accuracy/addition", Severity.MINOR, "target", 0, 3, "Des", "long")
    looked_at: list[int] = []

    def check(view: SegmentView) -> tuple[Estimate, tuple[Flag, ...]]:
        looked_at.append(view.id)
        return Estimate(Score(55.0, "test|v2")), (found,)

    service.recheck(translator, [made.id], check, covered={"length-ratio"})
    view = service.segment(made.id)
    assert (view.quality, view.signature) == (55.0, "test|v2")
    assert {flag.flag.check for flag in view.flags} == {"length-ratio", "wrong-sense"}
    service.recheck(translator, [made.id], check, covered={"length-ratio"})
    assert service.segment(made.id).flags == view.flags, "twice is once"
    service.recheck(translator, [made.id], lambda _: (None, ()), covered={"length-ratio", "wrong-sense"})
    assert service.segment(made.id).flags == ()
    assert service.segment(made.id).quality == 55.0
    assert looked_at == [made.id] * 2
    service.undo_repair(translator, document)
    service.recheck(translator, [made.id], check)
    assert looked_at == [made.id] * 2, "replaced segments are not looked at"
    assert [row.quality for row in rows(service, document)] == [70.0] * 5


def test_a_dismissed_flag_stays_dismissed_when_found_again(
    service: ReviewService, document: int, translator: Actor
) -> None:
    second = rows(service, document)[1]
    service.dismiss_flag(translator, second.flags[0].id, "no")
    made = merged(service, translator, document, 1)
    flag = dataclasses.replace(made.flags[0].flag, state=FlagState.OPEN)
    service.recheck(translator, [made.id], lambda _: (None, (flag,)), covered={"wrong-sense"})
    (after,) = service.segment(made.id).flags
    assert (after.flag.state, after.reason) == (FlagState.DISMISSED, "no")


def test_documents_without_sentences_say_why(
    service: ReviewService, document: int, lead: Actor, checked: CheckedDocument
) -> None:
    pairs = dataclasses.replace(checked, source=Document("x", "ru"), target=Document("y", "fr"))
    made = service.import_document(lead, 1, pairs, name="pairs.tsv")
    with pytest.raises(UsageError, match=r"pairs.tsv came as ready pairs"):
        service.alignment(made.id)
    alone = service.import_document(lead, 1, dataclasses.replace(checked, source=None), name="alone.txt")
    with pytest.raises(UsageError, match=r"alone.txt is a translation alone"):
        service.repair(Actor("Tom", Role.TRANSLATOR), alone.id, {1: 1}, (), "merge")
    with pytest.raises(NotFoundError):
        service.alignment(99)


def test_subtitles_keep_the_times_they_are_shown(service: ReviewService, document: int, lead: Actor) -> None:
    def timed(text: Document) -> Document:
        shown = (dataclasses.replace(s, time=(s.index * 2.5, s.index * 2.5 + 2)) for s in text.sentences)
        return dataclasses.replace(text, sentences=tuple(shown))

    checked = imported()
    assert checked.source is not None
    given = dataclasses.replace(checked, source=timed(checked.source), target=timed(checked.target))
    view = service.alignment(service.import_document(lead, 1, given, name="film.srt").id)
    assert (view.source.sentences, view.target.sentences) == (
        given.source.sentences if given.source else (),
        given.target.sentences,
    )
    assert service.alignment(document).source.sentences == checked.source.sentences


def test_sentences_never_change(service: ReviewService, document: int) -> None:
    for statement in ("UPDATE document_sentences SET source = '[]'", "DELETE FROM document_sentences"):
        with pytest.raises(StoreError, match=r"never|refused"), service._database.write() as records:
            records.session.connection().exec_driver_sql(statement)


def test_of_many_at_once_one_repairs_and_no_save_is_swallowed(
    service: ReviewService, document: int, translator: Actor
) -> None:
    before = rows(service, document)
    start = threading.Barrier(6)

    def attempt(number: int) -> str:
        who = Actor(f"P{number}", Role.TRANSLATOR)
        start.wait()
        try:
            if number < 3:
                seen = {row.id: row.version for row in before[1:3]}
                service.repair(who, document, seen, repair.merge(LINKS, 1).added, "merge")
                return "repaired"
            service.save_draft(who, before[2].id, f"typed {number}", before[2].version)
            return f"typed {number}"
        except ConflictError:
            return "too late"

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(attempt, range(6)))
    # All saw the same versions: whoever came first made the others late.
    (first,) = [outcome for outcome in outcomes if outcome != "too late"]
    after = rows(service, document)
    assert [row.position for row in after] == list(range(1, len(after) + 1))
    assert len(after) == (4 if first == "repaired" else 5)
    assert any(first in row.text for row in after) or first == "repaired"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_repairs_and_edits_keep_the_record_whole(
    service: ReviewService, lead: Actor, translator: Actor, data: st.DataObject
) -> None:
    """However links are cut, every sentence is in one segment, no typed text is lost, and undoing leads
    back."""
    projects = service.projects()
    project = projects[0].id if projects else service.create_project(lead, "Any", "ru", "fr").id
    document = service.import_document(lead, project, imported(), name="any").id
    for _ in range(data.draw(st.integers(0, 3))):
        row = data.draw(st.sampled_from(list(service.all_segments(project, document))))
        text = data.draw(
            st.sampled_from(["", row.text + " §", "§ " + row.text, row.text.replace(".", " §.")])
        )
        service.save_draft(translator, row.id, text, row.version)
    started = list(service.all_segments(project, document))
    typed = sum(row.text.count("§") for row in started)
    done = 0
    for _ in range(data.draw(st.integers(1, 4))):
        links = links_of(service, document)
        way = data.draw(st.sampled_from(["merge", "split", "shift", "unlink", "link"]))
        try:
            change = drawn(data, links, way)
            apply(service, translator, document, change, way)
        except QAError:
            assert links_of(service, document) == links
            continue
        done += 1
        now = list(service.all_segments(project, document))
        assert _shapes(links_of(service, document)) == _shapes(change.links)
        assert [row.position for row in now] == list(range(1, len(now) + 1))
        assert sum(row.text.count("§") for row in now) == typed
        for row in now:
            assert row.state is not SegmentState.MACHINE or row.text == row.mt
        assert service.project(project).segments == sum(d.segments for d in service.documents(project))
    for _ in range(done):
        service.undo_repair(translator, document)
    assert list(service.all_segments(project, document)) == started


def drawn(data: st.DataObject, links: tuple[Link, ...], way: str) -> repair.Repair:
    """One operation at any place; raises UsageError where it is not possible."""
    places = st.integers(0, len(links) - 1)
    at = data.draw(places)
    if way == "split":
        return repair.split(links, at, data.draw(st.integers(0, 2)), data.draw(st.integers(0, 2)))
    if way == "shift":
        side = data.draw(st.sampled_from(["source", "target"]))
        return repair.shift(links, at, side, data.draw(st.sampled_from(["up", "down"])))
    if way == "unlink":
        return repair.unlink(links, at)
    return (repair.merge if way == "merge" else repair.link)(links, at, data.draw(places))


def _shapes(links: Sequence[Link]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(link.source, link.target) for link in links]
