"""A document of twenty segments from machine translation to exported file without a mouse.

Presses are counted that are commands: a chord is one, letters of a correction or of a reason are none. The
simple form, whose buttons are reached with the tabulator, is counted over the same work. Figures are in
docs/benchmarks/ui.md; ``pytest -s`` prints them.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from browsing import Server, browser_tests, tab, until
from conftest import EDITOR, LEAD, TRANSLATOR, document, flag

from qa.model import SegmentState
from qa.review.service import ReviewService
from qa.review.views import Actor, ProjectView, SegmentView

pytestmark = browser_tests

SEGMENTS = 20
PAIRS = [
    (f"Судно номер {n} вышло из порта после удара.", f"Le navire {n} a quitté le port après la grève.")
    for n in range(1, SEGMENTS + 1)
]
FIXED, DISMISSED, TYPED = {1, 5, 9, 13, 17}, {3, 11, 19}, {0, 7, 10, 14}
"""By index: a flag with a right fix; a flag without one that is wrong; a correction typed by hand. The other
eight stand as the machine wrote them."""
ADDED = " Le calme est revenu."
REASON = "Right in this context"
NAMED = "(name) => [document.activeElement.ariaLabel, document.activeElement.innerText].includes(name)"
FORM = """(part) => document.querySelector("textarea")?.value.includes(part)
  && document.querySelector("[data-test-script-state=notRunning]")"""
"""The form is drawn anew, with a text that holds ``part``."""
TABS = 80
"""More tab stops than any page has."""


@pytest.fixture
def ships(service: ReviewService) -> ProjectView:
    flags = {index: (flag(PAIRS[index][1], "grève", "frappe"),) for index in FIXED}
    flags |= {index: (flag(PAIRS[index][1], "navire", None),) for index in DISMISSED}
    made = service.create_project(LEAD, "Ships", "ru", "fr")
    service.import_document(LEAD, made.id, document(PAIRS, flags), name="ships.txt")
    return made


class Keyboard:
    """The keys of one page; ``commands`` counts the presses that are not letters of a text."""

    def __init__(self, page) -> None:
        self.page = page
        self.commands = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.commands += 1

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def reach(self, name: str) -> None:
        """Tab on until the field or button called ``name`` has the focus."""
        for _ in range(TABS):
            if self.page.evaluate(NAMED, name):
                return
            self.press("Tab")
        raise AssertionError(f"no way to {name!r} with the tabulator")


def opened(page, server: Server, actor: Actor, path: str, drawn: str, **params: str) -> Keyboard:
    query = "&".join(f"{k}={v}" for k, v in {"as": actor.name, "role": actor.role, **params}.items())
    page.goto(f"{server.url}/{path}?{query}")
    page.locator(drawn).first.wait_for()
    return Keyboard(page)


def segments(service: ReviewService, project: ProjectView) -> list[SegmentView]:
    return list(service.all_segments(project.id))


def wanted(index: int) -> str:
    """The text that segment ``index`` has in the end."""
    text = PAIRS[index][1]
    return text.replace("grève", "frappe") if index in FIXED else text + ADDED * (index in TYPED)


def states(service: ReviewService, project: ProjectView) -> set[SegmentState]:
    return {segment.state for segment in segments(service, project)}


def exported(page, server: Server) -> tuple[list[str], int]:
    """The cells of the workbook that a lead exports, and the presses that it took."""
    import pandas

    keys = opened(page, server, LEAD, "documents", "[role=tab]")
    keys.reach("Overview")
    keys.press("ArrowRight", "ArrowRight")
    page.get_by_role("button", name="Prepare the file").wait_for()
    keys.reach("Prepare the file")
    keys.press("Enter")
    page.get_by_role("button", name="Download XLSX").wait_for()
    keys.reach("Download XLSX")
    with page.expect_download() as download:
        keys.press("Enter")
    sheets = pandas.read_excel(BytesIO(Path(download.value.path()).read_bytes()), sheet_name=None)
    return [str(cell) for sheet in sheets.values() for cell in sheet.to_numpy().ravel()], keys.commands


def test_twenty_segments_by_keyboard_alone(browser, server, service, ships):
    with tab(browser) as page:
        keys = opened(page, server, TRANSLATOR, "review", ".card-head h3")
        keys.press("Enter")
        for index in range(SEGMENTS):
            page.locator(".card-head h3", has_text=f"Segment {index + 1}").wait_for()
            if index in FIXED:
                keys.press("Alt+1")
            if index in DISMISSED:
                keys.press("Alt+d", "2")
            if index in TYPED:
                keys.press("Control+End")
                keys.write(ADDED)
            keys.press("Control+Enter")
        until(lambda: states(service, ships) == {SegmentState.REVISED}, "all to be handed in")
        revising = keys.commands
    assert [segment.text for segment in segments(service, ships)] == [wanted(i) for i in range(SEGMENTS)]
    assert {i for i, s in enumerate(segments(service, ships)) for f in s.flags if f.reason} == DISMISSED
    with tab(browser) as page:
        keys = opened(page, server, EDITOR, "approve", ".card-head h3")
        for index in range(SEGMENTS):
            page.locator(".card-head h3", has_text=f"Segment {index + 1}").wait_for()
            keys.press("Control+Enter")
        until(lambda: states(service, ships) == {SegmentState.APPROVED}, "all to be approved")
        approving = keys.commands
    assert {segment.approver for segment in segments(service, ships)} == {EDITOR.name}
    with tab(browser) as page:
        cells, exporting = exported(page, server)
    assert set(map(wanted, range(SEGMENTS))) <= set(cells)
    assert sum(cell.casefold() == "approved" for cell in cells) >= SEGMENTS
    print(f"\nworkbench: {revising} presses to revise, {approving} to approve, {exporting} to export")
    # One to begin with, one a segment, one more for a fix or the way to the end, two for a dismissal.
    assert revising == 1 + SEGMENTS + len(FIXED) + len(TYPED) + 2 * len(DISMISSED)
    assert approving == SEGMENTS


def test_the_simple_form_takes_many_more_keys(browser, server, service, ships):
    """The same work, key for key."""
    with tab(browser) as page:
        keys = opened(page, server, TRANSLATOR, "review", "textarea", plain="1")
        for index, segment in enumerate(segments(service, ships)):
            page.wait_for_function(FORM, arg=f"navire {index + 1} ")
            if index in FIXED:
                keys.reach("Apply fix 1")
                keys.press("Enter")
                page.wait_for_function(FORM, arg="frappe")
            if index in DISMISSED:
                keys.reach("Comment, reason, or what should change")
                keys.write(REASON)
                keys.reach("Dismiss 1")
                keys.press("Enter")
                page.get_by_text(f"dismissed by {TRANSLATOR.name}").wait_for()
            if index in TYPED:
                keys.reach("Translation")
                keys.press("Control+End")
                keys.write(ADDED)
            keys.reach("Save & next")
            keys.press("Enter")
            until(lambda id=segment.id: service.segment(id).state is SegmentState.REVISED, "the save")
        revising = keys.commands
    assert [segment.text for segment in segments(service, ships)] == [wanted(i) for i in range(SEGMENTS)]
    print(f"\nsimple form: {revising} presses to revise")
    assert revising > 5 * SEGMENTS
