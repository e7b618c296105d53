"""Decisions about several segments in a real browser, by keyboard."""

from __future__ import annotations

import os

from browsing import browser_tests, tab, until
from conftest import EDITOR, LEAD, PAIRS, TRANSLATOR, document, flag

from qa.model import SegmentState
from qa.review.views import SegmentFilter

pytestmark = browser_tests

WRONG, RIGHT = PAIRS[1][1], PAIRS[1][1].replace("grèves", "frappes")
PICTURES = os.environ.get("RELECTURE_SHOTS")


def picture(page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png")


def test_a_correction_is_taken_over_and_back_and_then_approved(browser, server, service, project):
    flags = {n: (flag(WRONG, "grèves", "frappes"),) for n in (0, 1)}
    pairs = [PAIRS[1], PAIRS[1], PAIRS[4]]
    made = service.import_document(LEAD, project.id, document(pairs, flags), name="encore.txt")

    def texts() -> list[str]:
        return [view.text for view in service.all_segments(project.id) if view.mt == WRONG]

    first = service.segments(SegmentFilter(project.id, made.id)).rows[0]
    with tab(browser) as page:
        query = f"as={TRANSLATOR.name}&role={TRANSLATOR.role}&segment={first.id}"
        page.goto(f"{server.url}/review?{query}")
        page.locator(".card-head h3", has_text="Segment 1").wait_for()
        page.locator("textarea.editor").click()
        page.keyboard.press("Alt+1")
        page.locator("ins", has_text="frappes").wait_for()
        page.keyboard.press("Control+Enter")
        page.locator(".offer", has_text="2 alike segments").wait_for()
        picture(page, "offer")
        page.keyboard.press("Alt+p")
        page.locator(".proposed-row").nth(1).wait_for()
        picture(page, "propagate")
        page.keyboard.press("Control+Enter")
        until(lambda: texts() == [RIGHT] * 3, "the correction in all three")
        page.locator(".offer.done", has_text="2 segments have taken over").wait_for()
        picture(page, "propagated")
        # The focus is back in the editor: the undo needs no mouse either.
        page.keyboard.press("Alt+Shift+u")
        until(lambda: texts().count(RIGHT) == 1, "the undo")
        page.locator(".offer.done", has_text="Taken back in 2 segments").wait_for()
        assert service.segment(first.id).text == RIGHT

        page.goto(f"{server.url}/approve?as={EDITOR.name}&role={EDITOR.role}")
        page.locator("textarea.editor").click()
        page.keyboard.press("Alt+a")
        page.locator(".proposed-row").wait_for()
        picture(page, "approve")
        page.get_by_label("Least estimated quality").fill("99")
        page.keyboard.press("Enter")
        page.locator(".sheet", has_text="1 of lower or unknown quality").wait_for()
        page.get_by_label("Least estimated quality").fill("0")
        page.keyboard.press("Enter")
        page.locator(".proposed-row").wait_for()
        page.keyboard.press("Control+Enter")
        until(lambda: service.segment(first.id).state is SegmentState.APPROVED, "the approval")
        page.locator(".offer.done", has_text="1 segment is approved").wait_for()
        page.locator("[data-do=undo-group]").click()
        until(lambda: service.segment(first.id).state is SegmentState.REVISED, "the undo")


def test_a_dismissal_is_taken_over_to_the_flags_that_are_ticked(browser, server, service, project):
    flags = {n: (flag(WRONG, "grèves", "frappes"),) for n in (0, 1)}
    made = service.import_document(LEAD, project.id, document([PAIRS[1]] * 2, flags), name="encore.txt")
    first, second = service.segments(SegmentFilter(project.id, made.id)).rows

    def open_flags() -> list[int]:
        chosen = SegmentFilter(project.id, checks=frozenset({"wrong-sense"}), open_flags_only=True)
        return [view.id for view in service.segments(chosen).rows]

    with tab(browser) as page:
        page.goto(f"{server.url}/review?as={TRANSLATOR.name}&role={TRANSLATOR.role}&segment={first.id}")
        page.locator(".card-head h3", has_text="Segment 1").wait_for()
        page.locator("textarea.editor").click()
        page.keyboard.press("Alt+d")
        page.keyboard.press("2")
        page.locator(".offer", has_text="2 alike flags").wait_for()
        page.keyboard.press("Alt+l")
        page.locator("[data-do=confirm]:focus").wait_for()
        picture(page, "dismissals")
        # The tabulator stays in the sheet: past its last button come the boxes, the first of them unticked.
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.locator("[data-do=confirm]", has_text="Dismiss 1 flag").wait_for()
        page.keyboard.press("Control+Enter")
        page.locator(".offer.done", has_text="dismissed in 1 more segment").wait_for()
        assert len(open_flags()) == 1
        assert service.segment(second.id).flags[0].reason == "Right in this context"
        page.keyboard.press("Alt+Shift+u")
        until(lambda: len(open_flags()) == 2, "the undo")
        # Escape closes the sheet, and typing goes into the editor again.
        page.keyboard.press("Alt+l")
        page.locator(".sheet").wait_for()
        page.keyboard.press("Escape")
        page.keyboard.type("x")
        assert "x" in page.locator("textarea.editor").input_value()
