"""What a translator sees of work that has come back: how much of it, which, and why."""

from __future__ import annotations

import pytest
from browsing import SHOTS, browser_tests, tab
from conftest import EDITOR, TRANSLATOR
from test_ui_pages import bench, opened

REASON = "The strikes are military here."


def toggles(app) -> list[str]:
    return [toggle.label for toggle in app.main.toggle]


def test_work_that_came_back_is_counted_and_found(app, service, project, segment):
    opened(app, "review", TRANSLATOR)
    assert toggles(app) == ["Open flags only"]
    service.submit(TRANSLATOR, segment.id, segment.text, segment.version)
    service.send_back(EDITOR, segment.id, service.segment(segment.id).version, REASON)
    app.run()
    assert toggles(app) == ["Open flags only", "Sent back (1)"]
    app.main.toggle(key="review:back").set_value(True).run()
    data = bench(app)
    assert [row["id"] for row in data["rows"]] == [segment.id]
    assert data["detail"]["returned"] == {"by": EDITOR.name, "did": "sent it back", "note": REASON}
    assert app.query_params["back"] == "only"
    # Handed in anew: the reason is history, and the toggle stays to be turned off.
    service.submit(TRANSLATOR, segment.id, "La nuit, des frappes.", service.segment(segment.id).version)
    app.run()
    assert toggles(app) == ["Open flags only", "Sent back (0)"]
    assert bench(app)["detail"]["returned"] is None
    app.main.toggle(key="review:back").set_value(False).run()
    assert toggles(app) == ["Open flags only"]
    assert "back" not in app.query_params


def test_an_address_opens_what_came_back(app, service, project, segment):
    service.submit(TRANSLATOR, segment.id, segment.text, segment.version)
    service.send_back(EDITOR, segment.id, service.segment(segment.id).version, REASON)
    opened(app, "review", TRANSLATOR, back="only")
    assert [row["id"] for row in bench(app)["rows"]] == [segment.id]


def test_the_simple_form_says_why_it_came_back(app, service, project, segment):
    service.submit(TRANSLATOR, segment.id, segment.text, segment.version)
    service.send_back(EDITOR, segment.id, service.segment(segment.id).version, REASON)
    opened(app, "review", TRANSLATOR, plain="1", segment=str(segment.id))
    said = f"{EDITOR.name} sent it back: {REASON}"
    assert any(said in html.body for html in app.main.get("html"))
    service.submit(TRANSLATOR, segment.id, "La nuit, des frappes.", service.segment(segment.id).version)
    app.run()
    assert not any(said in html.body for html in app.main.get("html"))


@pytest.mark.browser
class TestInABrowser:
    pytestmark = browser_tests

    def test_the_reason_stands_at_the_top_of_the_card(self, browser, server, service, project, segment):
        service.submit(TRANSLATOR, segment.id, segment.text, segment.version)
        service.send_back(EDITOR, segment.id, service.segment(segment.id).version, REASON)
        with tab(browser) as page:
            page.goto(f"{server.url}/review?as={TRANSLATOR.name}&role=translator&project={project.id}")
            page.locator(".card-head h3").wait_for()
            page.get_by_text("Sent back (1)").click()
            page.locator(".returned", has_text=REASON).wait_for()
            assert page.locator(".row").count() == 1
            if SHOTS:
                page.screenshot(path=f"{SHOTS}/returned.png")
            page.locator("textarea.editor").click()
            page.keyboard.press("Control+s")
            page.keyboard.press("Control+Enter")
            page.locator(".card-head .chip.revised").wait_for()
            page.locator(".returned").wait_for(state="detached")
