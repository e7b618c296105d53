"""The Alignment page: what it shows, what its messages do, and a person's way through it by keyboard."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from browsing import Server, browser_tests, tab, until
from conftest import EDITOR, LEAD, PAIRS, TRANSLATOR, document
from streamlit.testing.v1 import AppTest
from test_ui_pages import elements, html, opened

from qa.align import segments
from qa.model import CheckedDocument, CheckedSegment, Estimate, Flag, Link, Score, Severity
from qa.review.service import ReviewService
from qa.review.views import Actor, ProjectView, SegmentView
from qa.segment import split
from qa.terms.glossary import Glossary
from qa.ui import linking

HOSTILE = "<img src=x onerror=\"document.title='hacked'\">"
SOURCE = (
    f"Порт закрыт. Удары нанесены ночью. Пожар потушен утром.\n\nГубернатор {HOSTILE} молчит. Работа стоит."
)
TARGET = (
    "Le port est fermé. Des frappes la nuit. Le feu est éteint au matin.\n\n"
    f"Le gouverneur {HOSTILE} se tait. Tout est arrêté."
)
LINKS = (
    Link((0,), (0,), 0.95),
    Link((1, 2), (1,), 0.31),
    Link((), (2,), 0.42),
    Link((3,), (3,), 0.93),
    Link((4,), (4,), 0.62),
)


def port(links: tuple[Link, ...] = LINKS) -> CheckedDocument:
    source, target = split(SOURCE, "ru"), split(TARGET, "fr")
    checked = (CheckedSegment(s, Estimate(Score(70.0, "test|v1"))) for s in segments(source, target, links))
    return CheckedDocument(source, target, tuple(checked))


@pytest.fixture
def wrong(service: ReviewService, project: ProjectView) -> int:
    """A document with a wrong link, a left-over sentence and a doubtful pair."""
    return service.import_document(LEAD, project.id, port(), name="wrong.txt").id


def shapes(service: ReviewService, document_id: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(item.link.source, item.link.target) for item in service.alignment(document_id).links]


RIGHT = [((n,), (n,)) for n in range(5)]


# -- messages --------------------------------------------------------------------------------------


@dataclass
class Waiting:
    """Stands for the worker that scores segments again."""

    started: list[list[int]] = field(default_factory=list)
    waiting: int = 0
    error: str = ""

    def start(self, actor: Actor, project: ProjectView, segment_ids: list[int]) -> None:
        self.started.append(list(segment_ids))


@dataclass
class Sitting:
    """A person at the page of links, without a page."""

    service: ReviewService
    actor: Actor | None
    project: ProjectView
    board: linking.Board = None  # type: ignore[assignment]
    rechecks: Waiting = field(default_factory=Waiting)
    number: int = 0

    def open(self, document_id: int, order: linking.Order = "doubtful") -> Sitting:
        self.board = linking.opened(self, ("db", document_id, order), document_id, order)  # type: ignore[arg-type]
        return self

    def send(self, operation: str | None = None, **more: Any) -> dict[str, Any]:
        self.number += 1
        message = {"id": str(self.number), "segment": self.board.focus, "operation": operation, **more}
        linking.perform(self, self.project, self.board, message)  # type: ignore[arg-type]
        return self.board.answers[str(self.number)]

    @property
    def shown(self) -> dict[str, Any]:
        return linking.payload(self, self.project, self.board, may=True)  # type: ignore[arg-type]


@pytest.fixture
def sitting(service: ReviewService, project: ProjectView, wrong: int) -> Sitting:
    return Sitting(service, TRANSLATOR, project).open(wrong)


def test_doubtful_links_come_first_the_least_sure_before_all(sitting: Sitting) -> None:
    shown = sitting.shown
    assert [item["position"] for item in shown["items"]] == [2, 3, 5]
    assert (shown["checked"], shown["doubtful"]) == (0, 3)
    card = shown["card"]
    assert [s["n"] for s in card["source"]] == [2, 3]
    assert [near["position"] for near in card["near"]] == [1, 2, 3, 4]
    assert card["range"] == [2, 3], "between the trusted first and fourth"


def test_a_repair_is_made_scored_again_and_taken_back(sitting: Sitting, service: ReviewService) -> None:
    answer = sitting.send("shift", side="source", direction="down")
    assert answer == {"id": "1", "ok": True, "message": "Moved"}
    document_id = sitting.board.view.document_id
    assert shapes(service, document_id) == RIGHT
    made = [item.id for item in sitting.board.view.links[1:3]]
    assert sitting.rechecks.started == [made]
    shown = sitting.shown
    assert [item["id"] for item in shown["items"][:2]] == made, "they stay where the old ones were"
    assert (shown["checked"], shown["doubtful"], shown["focus"]) == (2, 1, made[0])
    assert shown["card"]["undo"] == "the move"
    assert sitting.send("undo")["message"] == "Taken back"
    assert shapes(service, document_id) == [(x.source, x.target) for x in LINKS]
    assert [item["position"] for item in sitting.shown["items"]] == [2, 3, 5]
    assert not sitting.send("undo")["ok"]


def test_a_message_that_comes_twice_is_carried_out_once(sitting: Sitting, service: ReviewService) -> None:
    sitting.send("merge-next")
    sitting.number -= 1
    before = service.events(limit=1)
    assert sitting.send("merge-next")["ok"]
    assert service.events(limit=1) == before


def test_marking_as_right_goes_on_to_the_next_doubtful(sitting: Sitting) -> None:
    for done in range(1, 4):
        assert "marked as right" in sitting.send("confirm")["message"]
        assert sitting.shown["checked"] == done
    assert sitting.shown["doubtful"] == 0
    again = Sitting(sitting.service, TRANSLATOR, sitting.project).open(sitting.board.view.document_id)
    assert again.shown["card"] is None, "nothing is doubtful any more"


def test_in_the_order_of_the_document_the_next_link_follows(sitting: Sitting) -> None:
    sitting.open(sitting.board.view.document_id, "document")
    for position in (1, 2):
        assert sitting.shown["card"]["position"] == position
        sitting.send("confirm")


@pytest.mark.parametrize(
    ("operation", "more", "links"),
    [
        ("merge-next", {}, [((0,), (0,)), ((1, 2), (1, 2)), ((3,), (3,)), ((4,), (4,))]),
        ("merge-previous", {}, [((0, 1, 2), (0, 1)), ((), (2,)), ((3,), (3,)), ((4,), (4,))]),
        (
            "split",
            {"source": 1, "target": 1},
            [((0,), (0,)), ((1,), (1,)), ((2,), ()), ((), (2,)), ((3,), (3,)), ((4,), (4,))],
        ),
        (
            "unlink",
            {},
            [((0,), (0,)), ((1, 2), ()), ((), (1,)), ((), (2,)), ((3,), (3,)), ((4,), (4,))],
        ),
    ],
)
def test_operations(sitting: Sitting, operation: str, more: dict[str, int], links: list[Any]) -> None:
    assert sitting.send(operation, **more)["ok"]
    assert shapes(sitting.service, sitting.board.view.document_id) == links


def test_linking_what_was_taken_apart(sitting: Sitting) -> None:
    sitting.send("split", source=1, target=1)
    sitting.send(focus=sitting.board.view.links[2].id)
    assert sitting.shown["card"]["can"]["link"]
    assert sitting.send("link")["message"] == "Linked"
    assert shapes(sitting.service, sitting.board.view.document_id) == RIGHT


def test_aligning_a_range_anew(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    def pairs(*_: object, **__: object) -> Callable[..., list[Link]]:
        return lambda sources, _targets: [Link((n,), (n,), 0.8) for n in range(len(sources))]

    class NoModel:
        encoder = None

    monkeypatch.setattr(linking.repair, "aligner", pairs)
    monkeypatch.setattr(linking, "pipeline", NoModel)
    assert sitting.send("realign")["message"] == "Aligned anew"
    assert shapes(sitting.service, sitting.board.view.document_id) == RIGHT
    sitting.send(focus=sitting.board.view.links[1].id)
    assert "same links" in sitting.send("realign")["message"]


def test_what_somebody_did_meanwhile_is_said_and_shown(sitting: Sitting, service: ReviewService) -> None:
    wrong = sitting.board.view.links[1]
    service.save_draft(EDITOR, wrong.id, "Neuf.", wrong.version)
    answer = sitting.send("merge-next")
    assert not answer["ok"]
    assert "changed by Eva" in answer["message"]
    assert sitting.shown["card"]["edited"] == "Neuf."
    assert sitting.send("merge-next")["ok"], "the second try is on the new picture"


def test_an_approved_segment_is_left_alone(sitting: Sitting, service: ReviewService) -> None:
    wrong = sitting.board.view.links[1]
    view = service.submit(TRANSLATOR, wrong.id, "Neuf.", wrong.version)
    service.approve(EDITOR, wrong.id, view.version)
    sitting.send(focus=wrong.id)
    answer = sitting.send("merge-next")
    assert "changed by Eva" in answer["message"]
    assert sitting.shown["card"]["approved"]
    assert not any(sitting.shown["card"]["can"].values())
    assert "reopen it first" in sitting.send("merge-next")["message"]


@pytest.mark.parametrize(
    "message",
    [
        {"operation": "explode"},
        {"operation": "split"},
        {"operation": "split", "source": "x", "target": None},
        {"operation": "merge-next", "segment": 10**30},
        {"operation": "shift", "side": 3},
        {"focus": "nowhere"},
        {"focus": [1]},
    ],
    ids=str,
)
def test_a_message_that_makes_no_sense_changes_nothing(sitting: Sitting, message: dict[str, Any]) -> None:
    before = sitting.service.events(limit=None)
    assert not sitting.send(**{"operation": None, **message})["ok"]
    assert sitting.service.events(limit=None) == before


def test_without_a_name_nothing_is_changed(sitting: Sitting) -> None:
    sitting.actor = None
    assert "say who you are" in sitting.send("confirm")["message"]


def test_segments_are_scored_again_behind_the_page(
    service: ReviewService, project: ProjectView, wrong: int
) -> None:
    from qa.errors import ModelError
    from qa.ui.rechecking import Rechecks

    class Pipeline:
        def with_glossary(self, terms: Glossary) -> Pipeline:
            assert [term.source for term in terms.terms] == ["порт"]
            return self

        def recheck(self, source: str, mt: str, *langs: str) -> tuple[Estimate, tuple[Flag, ...]]:
            if "Порт" in source:
                raise ModelError("weights are missing")
            assert langs == ("ru", "fr")
            return Estimate(Score(44.0, "test|v2")), (
                Flag("omission", "accuracy/omission", Severity.MAJOR, "source", 0, 4, source[:4], "m"),
            )

    def repaired(first: int) -> list[SegmentView]:
        links = service.alignment(wrong).links
        change = linking.repair.merge(tuple(item.link for item in links), first)
        seen = {item.id: item.version for item in links[first : first + 2]}
        return list(service.repair(TRANSLATOR, wrong, seen, change.added, "merge").segments)

    service.add_term(TRANSLATOR, project.id, "порт", "port", "preferred")
    rechecks = Rechecks(service, Pipeline)
    (made,) = repaired(1)
    rechecks.start(TRANSLATOR, project, [made.id])
    until(lambda: not rechecks.waiting, "the scores")
    view = service.segment(made.id)
    assert (view.quality, [f.flag.check for f in view.flags], rechecks.error) == (44.0, ["omission"], "")
    (made,) = repaired(0)
    rechecks.start(TRANSLATOR, project, [made.id])
    until(lambda: not rechecks.waiting, "the failure")
    assert rechecks.error == "weights are missing"
    assert service.segment(made.id).quality is None


# -- the page --------------------------------------------------------------------------------------


def given(app: AppTest) -> dict[str, Any]:
    """What the component was given."""
    (component,) = [node for node in elements(app.main) if node.type == "bidi_component"]
    return json.loads(component.proto.json)


def test_the_page_shows_doubtful_links_or_all(app, project, wrong):
    data = given(opened(app, "alignment", TRANSLATOR, document=str(wrong)))
    assert [item["position"] for item in data["items"]] == [2, 3, 5]
    assert data["may"]
    data = given(opened(app, "alignment", TRANSLATOR, document=str(wrong), links="document"))
    assert [item["position"] for item in data["items"]] == [1, 2, 3, 4, 5]


def test_where_nothing_is_doubtful_the_page_says_so(app, project):
    data = given(opened(app, "alignment", TRANSLATOR))
    assert (data["items"], data["card"], data["doubtful"]) == ([], None, 0)


def test_a_lead_looks_and_is_offered_the_role_that_repairs(app, project, wrong):
    data = given(opened(app, "alignment", LEAD, document=str(wrong)))
    assert not data["may"]
    assert not any(data["card"]["can"].values())
    assert "for a translator or an editor" in html(app)


def test_ready_pairs_say_why_they_cannot_be_repaired(app, service, project):
    import dataclasses

    checked = document(PAIRS, {})
    bare = dataclasses.replace(checked, target=dataclasses.replace(checked.target, sentences=()))
    made = service.import_document(LEAD, project.id, bare, name="<b>pairs</b>.tsv")
    shown = html(opened(app, "alignment", TRANSLATOR, document=str(made.id)))
    assert "&lt;b&gt;pairs&lt;/b&gt;.tsv came as ready pairs" in shown


# -- a person's way through it ---------------------------------------------------------------------


@pytest.fixture
def shots() -> Callable[[Any, str], None]:
    """Takes pictures where ``RELECTURE_SHOTS`` names a folder for them."""
    folder = os.environ.get("RELECTURE_SHOTS")
    return lambda page, name: page.screenshot(path=f"{folder}/{name}.png") if folder else None


class TestInABrowser:
    pytestmark = browser_tests

    def test_typing_in_a_segment_that_is_repaired_meanwhile_stays_in_sight(
        self, browser, server: Server, service, project, wrong
    ):
        second, third = (item for item in service.alignment(wrong).links[1:3])
        with tab(browser) as page:
            page.goto(f"{server.url}/review?as=Theo&role=translator&document={wrong}&segment={second.id}")
            editor = page.locator("textarea.editor")
            page.locator(".card-head h3", has_text="Segment 2").wait_for()
            editor.fill("Pas encore enregistré")
            seen = {second.id: second.version, third.id: third.version}
            merged = linking.repair.merge(LINKS, 1)
            made = service.repair(EDITOR, wrong, seen, merged.added, "merge").segments[0]
            editor.press("Control+s")
            page.locator(".failure", has_text="was replaced").wait_for()
            assert editor.input_value() == "Pas encore enregistré"
            page.locator(".row").last.click()
            page.locator(".card-head h3", has_text="Segment 4").wait_for()
            page.locator(f"[data-segment='{second.id}']").click()
            page.locator(f"[data-segment='{made.id}']").wait_for()
            assert editor.input_value() == "Pas encore enregistré"
            assert service.segment(made.id).text == made.mt

    def test_a_wrong_link_is_repaired_undone_and_repaired_again(
        self, browser, server: Server, service, project, wrong, shots
    ):
        with tab(browser) as page:
            page.goto(f"{server.url}/?as=Theo&role=translator")
            page.get_by_role("button", name="Links").last.click()
            head = page.locator(".card-head h3")
            head.filter(has_text="Link 2").wait_for()
            page.locator(".progress", has_text="0 of 3 doubtful links checked").wait_for()
            assert page.locator(".links img").count() == 0
            shots(page, "alignment")
            page.keyboard.press("ArrowLeft")
            page.keyboard.press("Alt+ArrowDown")
            page.locator(".progress", has_text="2 of 3").wait_for()
            assert shapes(service, wrong) == RIGHT
            page.keyboard.press("u")
            page.locator(".progress", has_text="0 of 3").wait_for()
            assert shapes(service, wrong) == [(x.source, x.target) for x in LINKS]
            # Again, another way and without waiting: apart at the scissors, then linked.
            head.filter(has_text="Link 2").wait_for()
            page.keyboard.press("s")
            page.locator(".cut.here").first.wait_for()
            shots(page, "alignment-split")
            page.keyboard.press("Enter")
            page.locator(".chip", has_text="marked as right").wait_for()
            page.keyboard.press("ArrowDown")
            page.keyboard.press("l")
            until(lambda: shapes(service, wrong) == RIGHT, "the link")
            page.locator(".status.good", has_text="Linked").wait_for()
            shots(page, "alignment-repaired")
            page.keyboard.press("ArrowDown")
            head.filter(has_text="Link 5").wait_for()
            page.keyboard.press("Enter")
            page.locator(".progress", has_text="3 of 3").wait_for()
            page.keyboard.press("?")
            page.get_by_role("dialog", name="Keys").wait_for()
            shots(page, "alignment-keys")
            page.keyboard.press("Escape")
            assert "hacked" not in page.title()
            actions = [event.action for event in service.events(project_id=project.id)]
        assert [a for a in reversed(actions) if a in ("repair", "undo-repair", "confirm-link")] == [
            "repair",
            "undo-repair",
            "repair",
            "repair",
            "confirm-link",
        ]
