"""A lost connection: what is said about it, and that nobody who is typing notices it under their hands."""

from __future__ import annotations

from browsing import browser_tests, tab
from conftest import TRANSLATOR
from test_browser import review, segments

pytestmark = browser_tests

STRIP = ".rl-connection"


def test_typing_goes_on_while_the_server_is_gone(browser, server, service, project):
    """Streamlit would open a dialog, which takes the focus and every key that follows."""
    first = segments(service)[0]
    with tab(browser) as page:
        errors: list[str] = []
        page.on("console", lambda said: errors.append(said.text))
        review(page, server, TRANSLATOR, segment=str(first.id))
        page.locator("textarea.editor").click()
        page.keyboard.press("Control+End")
        page.keyboard.type(" Avant")
        server.kill()
        page.locator(STRIP, has_text="Go on: what you type").wait_for()
        # By now Streamlit has given up a first time.
        while not any("not responding" in text for text in errors):
            page.wait_for_timeout(50)
        page.keyboard.type(" pendant")
        server.start()
        page.locator(STRIP, has_text="The server").wait_for(state="detached")
        page.keyboard.type(" après")
        assert page.locator("textarea.editor").input_value() == f"{first.mt} Avant pendant après"
        assert page.get_by_role("dialog").count() == 0
        # It is nobody but the person herself who types here, in what was another sitting.
        page.locator(".status", has_text="Kept in this browser").wait_for()
        assert page.locator(".news", has_text="is editing").count() == 0


def test_an_address_of_no_page_is_said_in_our_words(browser, server, service, project):
    with tab(browser) as page:
        page.goto(f"{server.url}/nowhere?as=Theo")
        strip = page.locator(STRIP, has_text="There is no such page")
        strip.wait_for()
        page.get_by_role("heading", name="Documents").wait_for()
        assert page.get_by_role("dialog").count() == 0
        strip.get_by_role("button", name="Close").click()
        strip.wait_for(state="detached")
