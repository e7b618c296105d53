"""What a person could not read or not find on a page: cut off, on the wrong side, said twice, not there."""

from __future__ import annotations

import pytest
from browsing import SHOTS, browser_tests, tab
from conftest import EDITOR, LEAD, TRANSLATOR, document, flag

pytestmark = browser_tests

TABLET = {"width": 820, "height": 1180}
LAPTOP = {"width": 1280, "height": 720}
SMALL = {"width": 1024, "height": 768}
PHONE = {"width": 390, "height": 844}
ARABIC = [("Порт открыт.", "الميناء مفتوح."), ("Погибли 14 000 человек.", "قتل 14\u202f000 شخص.")]


@pytest.fixture
def arabic(service):
    """A project whose translation runs from right to left, with a mark that a thin space cuts in three."""
    made = service.create_project(LEAD, "Arabic", "ru", "ar")
    marked = flag(ARABIC[1][1], "14\u202f000", None, check="numbers")
    service.import_document(LEAD, made.id, document(ARABIC, {1: (marked,)}, "ar"), name="ar.txt")
    return made


def go(page, server, actor, path: str, **params: object) -> None:
    query = "&".join(f"{k}={v}" for k, v in {"as": actor.name, "role": actor.role, **params}.items())
    page.goto(f"{server.url}/{path}?{query}")


def shot(page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png")


def style(locator, name: str) -> str:
    return str(locator.evaluate(f"(node) => getComputedStyle(node).{name}"))


def test_a_right_to_left_translation_in_workbench_and_simple_form(browser, server, arabic):
    with tab(browser) as page:
        page.set_viewport_size(LAPTOP)
        go(page, server, TRANSLATOR, "review", project=arabic.id)
        page.locator(".row").nth(1).click()
        page.locator(".card-head h3", has_text="Segment 2").wait_for()
        # The neighbours come a moment later, and the texts are drawn once more with them.
        page.locator(".line.near").first.wait_for()
        source, target = page.locator(".line.active > p").all()
        assert (style(source, "direction"), style(target, "direction")) == ("ltr", "rtl")
        # The columns stand side by side as ever: the line between them is at the left of the second.
        assert (style(target, "borderLeftWidth"), style(target, "borderRightWidth")) == ("1px", "0px")
        name = page.locator(".line.names > span").nth(1)
        assert style(name, "direction") == "rtl"
        marks = page.locator(".line.active mark.flag")
        assert marks.count() == 3
        assert marks.locator("sup").all_text_contents() == ["1"]
        page.get_by_role("button", name="Keys").click()
        box = page.locator(".help").bounding_box()
        assert box["y"] + box["height"] <= LAPTOP["height"]
        go(page, server, TRANSLATOR, "review", project=arabic.id, plain=1)
        text = page.get_by_label("Translation", exact=True)
        text.wait_for()
        assert style(text, "direction") == "rtl"


def test_figures_and_trail_on_a_tablet(browser, server, service, project):
    segment = next(iter(service.all_segments(project.id)))
    service.comment(LEAD, segment.id, "Which port is it?")
    with tab(browser) as page:
        page.set_viewport_size(TABLET)
        go(page, server, LEAD, "insights")
        charts = page.locator("[data-testid=stVegaLiteChart]")
        charts.nth(3).wait_for()
        assert min(chart.bounding_box()["width"] for chart in charts.all()) > 450
        labels = page.locator("[data-testid=stMetricLabel] p").all()
        assert len(labels) == 5
        assert [
            one.text_content() for one in labels if one.evaluate("n => n.scrollWidth > n.clientWidth")
        ] == []
        go(page, server, LEAD, "trail")
        page.locator(".rl-trail td").first.wait_for()
        lines = """node => {
            const range = document.createRange();
            range.selectNodeContents(node);
            return range.getClientRects().length;
        }"""
        assert [head.evaluate(lines) for head in page.locator(".rl-trail th").all()] == [1] * 5


def test_the_first_page_is_found_by_its_name(browser, server, project):
    with tab(browser) as page:
        go(page, server, LEAD, "documents")
        page.get_by_role("heading", name="Documents").wait_for()
        page.get_by_text("port.txt").first.wait_for()
        assert page.get_by_text("Page not found").count() == 0
        # The sidebar is filled a moment after the page.
        shown = "document.querySelector(\"[data-testid=stSidebar] input[aria-label='Your name']\")?.value"
        page.wait_for_function(f"name => {shown} === name", arg=LEAD.name)


@pytest.fixture
def wordy(service):
    """A flag with much to say and a fix of many words, as long ones are."""
    text = "Le gouverneur a annoncé que les entrepôts du port seraient reconstruits avant la fin de l'année."
    marked = flag(
        text, text, f"Selon le gouverneur, {text[0].lower()}{text[1:]}", message="said in other words " * 8
    )
    made = service.create_project(LEAD, "Words", "ru", "fr")
    checked = document([("Губернатор сообщил.", text)], {0: (marked,)})
    service.import_document(LEAD, made.id, checked, name="words.txt")
    return made


@pytest.mark.parametrize("size", [SMALL, PHONE], ids=["1024", "phone"])
def test_flag_cards_where_there_is_little_room(browser, server, service, wordy, size):
    with tab(browser) as page:
        page.set_viewport_size(size)
        go(page, server, EDITOR, "review", project=wordy.id)
        card = page.locator(".flagcard")
        card.wait_for()
        shot(page, f"flags-{size['width']}")
        whole = card.bounding_box()
        assert card.locator(".message").bounding_box()["width"] > 200
        assert whole["height"] < 300
        for button in card.locator("button").all():
            box = button.bounding_box()
            assert box["x"] >= whole["x"]
            assert box["x"] + box["width"] <= whole["x"] + whole["width"]
        assert card.locator("button.fix").evaluate("n => n.scrollWidth <= n.clientWidth")


def test_long_texts_leave_the_buttons_in_sight_and_show_their_first_flag(browser, server, service):
    words = "Предложение за предложением. " * 120
    text = "Une phrase après l'autre. " * 120 + "Les grèves."
    made = service.create_project(LEAD, "Long", "ru", "fr")
    checked = document([(words, text)], {0: (flag(text, "grèves", "frappes"),)})
    service.import_document(LEAD, made.id, checked, name="long.txt")
    with tab(browser) as page:
        page.set_viewport_size(LAPTOP)
        go(page, server, TRANSLATOR, "review", project=made.id)
        save = page.locator("[data-do=submit]")
        save.wait_for()
        page.locator(".flagcard").wait_for()
        shot(page, "long")
        box = save.bounding_box()
        assert box["y"] + box["height"] <= LAPTOP["height"]
        seen = """mark => {
            const [one, all] = [mark.getBoundingClientRect(), mark.closest(".line").getBoundingClientRect()];
            return all.top <= one.top && one.bottom <= all.bottom;
        }"""
        assert page.locator(".line.active mark.flag").evaluate(seen)


def test_figures_and_trail_on_a_phone(browser, server, service, project):
    segment = next(iter(service.all_segments(project.id)))
    service.comment(LEAD, segment.id, "Which port is it, and who has said that it was closed that night?")
    with tab(browser) as page:
        warnings: list[str] = []
        page.on("console", lambda said: said.type == "warning" and warnings.append(said.text))
        page.set_viewport_size(PHONE)
        go(page, server, LEAD, "insights")
        page.locator("[data-testid=stVegaLiteChart]").nth(3).wait_for()
        page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").nth(
            3
        ).wait_for()
        if SHOTS:
            page.locator("[data-testid=stVegaLiteChart]").first.screenshot(path=f"{SHOTS}/chart.png")
            page.locator("[data-testid=stVegaLiteChart]").nth(1).screenshot(path=f"{SHOTS}/chart1.png")
        assert [said for said in warnings if "extent" in said] == []
        go(page, server, LEAD, "trail")
        details = page.locator(".rl-trail td:last-child")
        details.first.wait_for()
        shot(page, "trail-phone")
        assert min(one.bounding_box()["width"] for one in details.all()) > 280
