"""axe-core on every page and every state of the workbench, in both themes: nothing serious, nothing critical.

Pages are seen as a QA lead, whose pages show most; what only a translator or an editor meets, as theirs.
Nothing is excluded: what Streamlit draws as well has to pass.
"""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Server, browser_tests, tab
from conftest import EDITOR, LEAD, TRANSLATOR

from qa.review.views import Actor
from qa.ui.screens import PAGES

pytestmark = browser_tests

GRAVE = ("serious", "critical")
DRAWN = {"review": ".card-head h3", "approve": ".card-head h3", "alignment": ".link.current"}
"""What shows that a page of one component is there; of other pages it is that their script has run."""


class Inspection:
    """One page in one browser, and what axe has found wrong on it so far."""

    def __init__(self, page, server: Server) -> None:
        self.page, self.server = page, server
        self.found: list[str] = []

    def open(self, actor: Actor, name: str, drawn: str = "", **params: str) -> None:
        query = "&".join(f"{k}={v}" for k, v in {"as": actor.name, "role": actor.role, **params}.items())
        self.page.goto(f"{self.server.url}/{name}?{query}")
        self.page.locator("[data-testid=stMain] [data-testid=stElementContainer]").nth(1).wait_for()
        if drawn:
            self.page.locator(drawn).first.wait_for()
        self.page.locator("[data-test-script-state=notRunning]").first.wait_for()

    def inspect(self, what: str) -> None:
        """Add what axe has to say of the page as it stands; it looks into shadow roots as well."""
        for rule in Axe().run(self.page).response["violations"]:
            if rule["impact"] in GRAVE:
                self.found += [
                    f"{what}: {rule['id']}: {node['html'][:200]}: {node['failureSummary']}"
                    for node in rule["nodes"]
                ]


def contrast(*colours: str) -> float:
    """Of two colours as browsers say them, as WCAG defines it."""
    lights = []
    for colour in colours:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.fixture(params=["light", "dark"])
def inspection(request, browser, server, project):
    with tab(browser, color_scheme=request.param, reduced_motion="reduce") as page:
        yield Inspection(page, server)


def test_axe_reports_what_is_wrong(browser):
    """The tool itself: an image without a text and pale words are found, or the tests below prove nothing."""
    with tab(browser) as page:
        page.set_content("<img src='x.png'><p style='color: #ccc; background: #fff'>pale</p>")
        rules = {rule["id"]: rule["impact"] for rule in Axe().run(page).response["violations"]}
    assert rules["image-alt"] in GRAVE
    assert rules["color-contrast"] in GRAVE


def test_withdrawing_a_document(inspection):
    inspection.open(LEAD, "")
    page = inspection.page
    page.get_by_role("button", name="Withdraw").click()
    question = page.get_by_role("dialog", name="Withdraw this document?")
    question.get_by_role("button", name="Keep it").wait_for()
    inspection.inspect("the question")
    question.get_by_role("button", name="Withdraw").click()
    page.get_by_text("Withdrawn (1)").click()
    page.get_by_role("button", name="Restore").wait_for()
    inspection.inspect("withdrawn")
    inspection.open(TRANSLATOR, "review", segment="1")
    page.get_by_role("alert").filter(has_text="was withdrawn by Lea").wait_for()
    inspection.inspect("a link to it")
    assert inspection.found == []


def test_every_page_of_a_lead(inspection, service):
    first = next(iter(service.all_segments(1)))
    service.submit(TRANSLATOR, first.id, "Actualités du port", first.version)
    for name in PAGES:
        inspection.open(LEAD, name, DRAWN.get(name, ""), links="document")
        inspection.inspect(name)
    for view, shown in (("import", "input[type=file]"), ("export", ".st-key-prepare")):
        inspection.open(LEAD, "", view=view)
        inspection.page.locator(shown).first.wait_for(state="attached")
        inspection.inspect(f"documents, {view}")
        # Tabs have pseudo-elements, before which axe says nothing of colours.
        open_tab = inspection.page.locator("[role=tab][aria-selected=true] p")
        ground = inspection.page.locator(".stApp").evaluate(
            "(node) => getComputedStyle(node).backgroundColor"
        )
        assert contrast(open_tab.evaluate("(node) => getComputedStyle(node).color"), ground) >= 4.5
    for name in ("review", "approve"):
        inspection.open(LEAD, name, "del", plain="1")
        inspection.inspect(f"{name} as a simple form")
    assert not inspection.found, "\n".join(inspection.found)


def test_every_state_of_the_workbench(inspection, service):
    """Flags open and decided, each question, the help, a conflict, and the sheet about several segments."""
    first, second = list(service.all_segments(1))[:2]
    service.comment(EDITOR, second.id, "Merci de vérifier")
    page = inspection.page
    inspection.open(TRANSLATOR, "review", ".flagcard", segment=str(second.id))
    page.locator(".comments").wait_for()
    editor = page.locator("textarea.editor")
    editor.click()
    for what, keys, shown in (
        ("why dismiss", "Alt+d", ".reasons"),
        ("a new term", "Alt+g", "[aria-label='New term']"),
        ("an error by hand", "Alt+x", "[aria-label='What kind of error?']"),
    ):
        page.keyboard.press(keys)
        page.locator(shown).wait_for()
        inspection.inspect(what)
        page.keyboard.press("Escape")
    page.locator("button", has_text="Word heat").click()
    page.locator("button", has_text="Keys").click()
    page.locator(".help").wait_for()
    inspection.inspect("the keys")
    page.keyboard.press("Escape")
    page.locator("mark.flag").hover()
    page.locator(".tooltip").wait_for()
    inspection.inspect("a marked place")
    page.keyboard.press("Alt+d")
    page.keyboard.press("1")
    page.locator(".flagcard.dismissed").wait_for()
    editor.fill("Le mien")
    inspection.inspect("a dismissed flag and a change")
    service.submit(EDITOR, second.id, "Le leur", service.segment(second.id).version)
    page.locator(".overtaken").wait_for()
    inspection.inspect("a save by somebody else")
    page.keyboard.press("Control+s")
    page.locator(".conflict").wait_for()
    inspection.inspect("a conflict")
    service.submit(TRANSLATOR, first.id, "Actualités du port", first.version)
    inspection.open(EDITOR, "approve", ".card-head h3")
    page.keyboard.press("Alt+b")
    page.locator("[aria-label='Why send it back?']").wait_for()
    inspection.inspect("why it goes back")
    page.keyboard.press("Escape")
    page.locator("[data-do=bulk-approve]").click()
    page.locator(".sheet").wait_for()
    inspection.inspect("approving several")
    assert not inspection.found, "\n".join(inspection.found)
