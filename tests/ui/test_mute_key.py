"""Muting a check from the workbench, in a real browser and by keyboard."""

from __future__ import annotations

from browsing import browser_tests, tab, until
from conftest import LEAD, PAIRS, TRANSLATOR, document, flag

from qa.review.views import SegmentFilter

pytestmark = browser_tests


def test_a_lead_mutes_a_check_with_one_key_and_takes_it_back(browser, server, service, project):
    wrong = PAIRS[1][1]
    flags = {n: (flag(wrong, "grèves", "frappes"),) for n in (0, 1)}
    service.import_document(LEAD, project.id, document([PAIRS[1]] * 2, flags), name="encore.txt")
    sense = next(row for row in service.all_segments(project.id) if row.flags)

    def muted() -> bool:
        return "wrong-sense" in service.project(project.id).policy.muted_checks

    with tab(browser) as page:
        page.goto(f"{server.url}/review?as={LEAD.name}&role={LEAD.role}&flags=open&segment={sense.id}")
        page.locator(".flagcard [data-mute]").wait_for()
        assert page.locator("li.row").count() == 4
        page.locator("textarea.editor").click()
        page.keyboard.press("Alt+Shift+d")
        until(muted, "the muting")
        page.locator(".offer.done", has_text="wrong-sense is muted in this project: 3 open flags").wait_for()
        # The queue is read anew: the segment in focus stays, and the one with another check's flag.
        until(lambda: page.locator("li.row").count() == 2, "the queue to be read anew")
        page.get_by_text("No flags on this segment.").wait_for()
        page.keyboard.press("Alt+Shift+u")
        until(lambda: not muted(), "the unmuting")
        page.locator(".offer.done", has_text="is unmuted: 3 open flags are back").wait_for()
        until(lambda: page.locator("li.row").count() == 4, "the queue to be whole again")
        page.locator(".flagcard [data-mute]").click()
        until(muted, "the muting with the mouse")

        # Whoever is no lead is offered nothing, and the key says why.
        service.unmute_check(LEAD, project.id, "wrong-sense")
        page.goto(f"{server.url}/review?as={TRANSLATOR.name}&role={TRANSLATOR.role}&segment={sense.id}")
        page.locator(".flagcard [data-dismiss]").wait_for()
        assert page.locator("[data-mute]").count() == 0
        page.locator("textarea.editor").click()
        page.keyboard.press("Alt+Shift+d")
        page.locator(".status", has_text="for QA leads").wait_for()
        assert not muted()
        assert service.segments(SegmentFilter(project.id, open_flags_only=True)).total == 4
