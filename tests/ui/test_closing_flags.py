"""In a real browser: flags that close and open with the text, and a translation that is emptied."""

from __future__ import annotations

from browsing import browser_tests, tab, until
from conftest import TRANSLATOR
from test_browser import review, saved, segments

from qa.model import FlagState, SegmentState

pytestmark = browser_tests


def test_a_fix_taken_back_by_typing_opens_its_flag(browser, server, service, project):
    second = segments(service)[1]
    with tab(browser) as page:
        review(page, server, TRANSLATOR, segment=str(second.id))
        page.locator("textarea.editor").click()
        page.keyboard.press("Alt+1")
        page.locator(".flagcard.accepted").wait_for()
        page.keyboard.press("Control+z")
        assert page.locator("textarea.editor").input_value() == second.mt
        page.keyboard.press("Control+Enter")
        until(lambda: service.segment(second.id).state is SegmentState.REVISED, "the save")
        page.keyboard.press("Alt+ArrowUp")
        page.locator(".flagcard.open").wait_for()
        assert service.segment(second.id).flags[0].flag.state is FlagState.OPEN
        # A key says that the flag is right without a change of the text.
        page.keyboard.press("Alt+Shift+1")
        page.locator(".flagcard.accepted").wait_for()
        assert service.segment(second.id).text == second.mt


def test_an_emptied_translation_is_asked_about(browser, server, service, project):
    first = segments(service)[0]
    with tab(browser) as page:
        review(page, server, TRANSLATOR, segment=str(first.id))
        page.locator("textarea.editor").click()
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.keyboard.press("Control+Enter")
        page.locator(".status.bad", has_text="The translation is empty").wait_for()
        # Typing answers the question: the next time it is asked again.
        page.keyboard.type("x")
        page.keyboard.press("Backspace")
        page.keyboard.press("Control+Enter")
        page.locator(".status.bad", has_text="The translation is empty").wait_for()
        assert service.segment(first.id).state is SegmentState.MACHINE
        page.keyboard.press("Control+Enter")
        until(lambda: service.segment(first.id).state is SegmentState.REVISED, "the save")
        saved(page)
        item = page.locator(f"[data-segment='{first.id}'] .snippet")
        assert (item.inner_text(), item.get_attribute("lang")) == ("(empty)", None)
