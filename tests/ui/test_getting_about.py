"""Getting about with keys, links and the back button: where focus, address and list are afterwards."""

from __future__ import annotations

import pytest
from browsing import Server, browser_tests, tab
from conftest import EDITOR, LEAD, TRANSLATOR, document, flag
from test_ui_pages import bench, opened

from qa.model import SegmentState
from qa.review.service import ReviewService
from qa.review.views import ProjectView, Role

HEAD = ".card-head h3"
IN_EDITOR = """() => {
    let held = document.activeElement;
    while (held?.shadowRoot?.activeElement) held = held.shadowRoot.activeElement;
    return held?.classList.contains("editor");
}"""
MANY = [(f"Судно номер {n} вышло.", f"Le navire {n} est parti.") for n in range(1, 101)]


@pytest.fixture
def fleet(service: ReviewService) -> ProjectView:
    """Two documents of more segments than one page of the list, with a flag in every tenth."""
    made = service.create_project(LEAD, "Fleet", "ru", "fr")
    flags = {index: (flag(MANY[index][1], "navire", None),) for index in range(9, 100, 10)}
    for name in ("one.txt", "two.txt"):
        service.import_document(LEAD, made.id, document(MANY, flags), name=name)
    return made


def go(page, server: Server, actor, path: str, **params: object) -> None:
    query = "&".join(f"{k}={v}" for k, v in {"as": actor.name, "role": actor.role, **params}.items())
    page.goto(f"{server.url}/{path}?{query}")


def at(page, number: int) -> None:
    page.locator(HEAD, has_text=f"Segment {number}").wait_for()


def places(data) -> list[tuple[int, int]]:
    return [(row["document"], row["position"]) for row in data["rows"]]


@pytest.mark.parametrize(("document_number", "position"), [(0, 91), (1, 2), (1, 100)])
def test_a_link_opens_the_page_of_the_list_where_its_segment_stands(
    app, service, fleet, document_number, position
):
    everything = list(service.all_segments(fleet.id))
    wanted = everything[document_number * len(MANY) + position - 1]
    opened(app, "review", TRANSLATOR, project=str(fleet.id), segment=str(wanted.id))
    data = bench(app)
    assert data["selected"] == wanted.id
    order = [(view.document_id, view.position) for view in everything]
    here = order.index((wanted.document_id, position))
    assert places(data) == order[data["offset"] : data["offset"] + 40]
    assert data["offset"] <= here < data["end"]
    assert data["end"] == min(data["offset"] + 40, len(order))
    assert data["more"] == (data["end"] < len(order))


def test_a_link_to_a_segment_that_the_filter_leaves_out_puts_it_where_it_would_stand(app, service, fleet):
    wanted = list(service.all_segments(fleet.id))[len(MANY) + 54]
    opened(app, "review", TRANSLATOR, project=str(fleet.id), flags="open", segment=str(wanted.id))
    data = bench(app)
    assert data["selected"] == wanted.id
    assert places(data) == sorted(places(data))
    assert (data["offset"], data["end"], data["total"], len(data["rows"])) == (0, 20, 20, 21)


@pytest.mark.browser
@pytest.mark.usefixtures("fleet")
class TestInABrowser:
    pytestmark = browser_tests

    def test_keys_after_a_click_elsewhere(self, browser, server, fleet):
        with tab(browser) as page:
            go(page, server, TRANSLATOR, "review", project=fleet.id)
            at(page, 1)
            page.get_by_text("Open flags only").click()
            at(page, 10)
            page.keyboard.press("Alt+ArrowDown")
            at(page, 20)
            page.get_by_role("link", name="Review").click()
            page.keyboard.press("Alt+n")
            at(page, 30)
            # So does a list to choose from, once it is closed.
            page.get_by_role("combobox", name="Order").click()
            page.get_by_role("option", name="Lowest score first").click()
            at(page, 60)
            page.keyboard.press("Alt+ArrowDown")
            page.keyboard.press("Alt+ArrowDown")
            at(page, 10)
            # A field of somebody else keeps its keys.
            name = page.get_by_label("Your name")
            name.click()
            page.keyboard.press("Alt+ArrowDown")
            page.keyboard.press("Alt+n")
            at(page, 10)

    def test_out_of_the_search_box(self, browser, server, fleet):
        with tab(browser) as page:
            go(page, server, TRANSLATOR, "review", project=fleet.id)
            at(page, 1)
            page.keyboard.press("Alt+s")
            page.keyboard.type("navire 77")
            page.keyboard.press("Enter")
            at(page, 77)
            page.wait_for_function(IN_EDITOR)
            page.keyboard.press("Alt+s")
            page.keyboard.press("Escape")
            page.wait_for_function(IN_EDITOR)
            page.keyboard.press("Alt+s")
            page.keyboard.press("Alt+ArrowDown")
            page.keyboard.press("ArrowDown")
            page.locator(".card-head h3", has_text="Segment 77").wait_for()
            assert page.locator(".row.selected .number").inner_text() == "77"
            assert page.locator(".rows .row").nth(1).evaluate("n => n.classList.contains('selected')")

    def test_the_help_keeps_the_keys_to_itself(self, browser, server, service, fleet):
        with tab(browser) as page:
            go(page, server, TRANSLATOR, "review", project=fleet.id)
            at(page, 1)
            page.keyboard.press("?")
            dialog = page.get_by_role("dialog", name="Keys")
            dialog.wait_for()
            assert dialog.get_attribute("aria-modal") == "true"
            for key in ("Control+Enter", "Alt+ArrowDown", "Tab", "Tab", "Shift+Tab"):
                page.keyboard.press(key)
            assert dialog.get_by_role("button", name="Close").evaluate(
                "n => n.getRootNode().activeElement === n"
            )
            page.keyboard.press("?")
            dialog.wait_for(state="hidden")
            at(page, 1)
            first = next(iter(service.all_segments(fleet.id)))
            assert first.state is SegmentState.MACHINE

    def test_a_page_is_left_with_two_presses(self, browser, server, fleet):
        with tab(browser) as page:
            go(page, server, EDITOR, "checks", project=fleet.id)
            page.get_by_role("heading", name="Checks").wait_for()
            before = page.evaluate("history.length")
            page.get_by_role("link", name="Review").click()
            at(page, 1)
            page.wait_for_function("location.search.includes('segment=')")
            for number in (2, 3, 4):
                page.keyboard.press("Alt+ArrowDown")
                at(page, number)
                page.locator(".line.near").first.wait_for()
            page.wait_for_function("location.search.includes('segment=')")
            assert page.evaluate("history.length") - before <= 2


def test_nothing_is_set_that_stands_there_already(app, service, project):
    """What the server sets takes the place of what somebody has chosen in the browser in the meantime."""
    opened(app, "review", EDITOR, check="wrong-sense")
    app.run()
    chosen = [
        app.sidebar.radio[0],
        app.sidebar.selectbox[0],
        app.sidebar.text_input[0],
        next(each for each in app.multiselect if each.label == "Check"),
    ]
    assert [each.value for each in chosen] == [Role.EDITOR, project.id, "Eva", ["wrong-sense"]]
    assert not any(each.proto.set_value for each in chosen)
