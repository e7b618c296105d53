"""Two people in two browsers on one document: each sees what the other saves, and loses nothing."""

from __future__ import annotations

import pytest
from browsing import Server, browser_tests, tab, until
from conftest import EDITOR, TRANSLATOR

from qa.model import SegmentState
from qa.review.service import ReviewService
from qa.review.views import Actor, Role, SegmentView

pytestmark = browser_tests

ANN = Actor("Ann", Role.TRANSLATOR)


def review(page, server: Server, actor: Actor, segment: SegmentView) -> None:
    page.goto(f"{server.url}/review?as={actor.name}&role={actor.role}&segment={segment.id}")
    page.locator(".card-head h3", has_text=f"Segment {segment.position}").wait_for()


def segments(service: ReviewService) -> list[SegmentView]:
    return list(service.all_segments(1))


def caret(page) -> tuple[int, int]:
    return tuple(
        page.locator("textarea.editor").evaluate("field => [field.selectionStart, field.selectionEnd]")
    )


def test_what_one_saves_the_other_sees_while_typing_goes_on(browser, server, service, project):
    second, third = segments(service)[1:3]
    with tab(browser) as theo, tab(browser) as ann:
        review(theo, server, TRANSLATOR, second)
        review(ann, server, ANN, third)
        ann.locator("textarea.editor").click()
        ann.keyboard.press("Home")
        ann.keyboard.type("Hier, ")
        theo.locator("textarea.editor").fill("Vu par les deux.")
        theo.keyboard.press("Control+Enter")
        seen = ann.locator(f"[data-segment='{second.id}'] .snippet", has_text="Vu par les deux.")
        seen.wait_for()
        assert service.segment(second.id).text == "Vu par les deux."
        # The neighbour on the card as well; the typing, the caret and the focus are where they were.
        ann.locator(".line.near", has_text="Vu par les deux.").wait_for()
        assert ann.locator("textarea.editor").input_value() == f"Hier, {third.mt}"
        assert caret(ann) == (6, 6)
        ann.keyboard.type("tard, ")
        assert ann.locator("textarea.editor").input_value() == f"Hier, tard, {third.mt}"
        ann.keyboard.press("Control+Enter")
        theo.locator(f"[data-segment='{third.id}'] .snippet", has_text="Hier, tard,").wait_for()
        assert service.segment(third.id).text == f"Hier, tard, {third.mt}"


def test_a_save_under_the_hands_of_another_is_said_in_one_line(browser, server, service, project):
    """Nothing moves, nothing typed is lost, and the choice is there at once."""
    third = segments(service)[2]
    with tab(browser) as ann:
        review(ann, server, ANN, third)
        editor = ann.locator("textarea.editor")
        editor.click()
        ann.keyboard.press("Home")
        ann.keyboard.type("Moi: ")
        place = editor.bounding_box()
        service.submit(EDITOR, third.id, "Le leur.", third.version)
        ann.locator(".overtaken", has_text="Eva has saved this segment").wait_for()
        assert editor.bounding_box() == place
        ann.keyboard.type("encore ")
        assert editor.input_value() == f"Moi: encore {third.mt}"
        # Saving now must not overwrite theirs unseen: both texts are shown.
        ann.keyboard.press("Control+Enter")
        ann.locator(".conflict", has_text="Le leur.").wait_for()
        assert service.segment(third.id).text == "Le leur."
        ann.locator("[data-choose=mine]").click()
        ann.keyboard.press("Control+Enter")
        until(lambda: service.segment(third.id).text == f"Moi: encore {third.mt}", "the save")


def test_taking_the_saved_text_from_the_line(browser, server, service, project):
    third = segments(service)[2]
    with tab(browser) as ann:
        review(ann, server, ANN, third)
        ann.locator("textarea.editor").click()
        ann.keyboard.type("Moi: ")
        service.submit(EDITOR, third.id, "Le leur.", third.version)
        ann.locator("[data-do=take-theirs]").click()
        assert ann.locator("textarea.editor").input_value() == "Le leur."
        assert ann.locator(".overtaken, .conflict").count() == 0


def test_whoever_types_is_shown_to_others_until_they_move_on(browser, server, service, project):
    third = segments(service)[2]
    with tab(browser) as theo, tab(browser) as ann:
        review(theo, server, TRANSLATOR, third)
        review(ann, server, ANN, third)
        ann.locator("textarea.editor").click()
        ann.keyboard.type("x")
        theo.locator(".news", has_text="Ann is editing this segment").wait_for()
        theo.locator(f"[data-segment='{third.id}'] .note", has_text="Ann").wait_for()
        # No lock: the save goes through.
        theo.locator("textarea.editor").fill("Quand même.")
        theo.keyboard.press("Control+Enter")
        until(lambda: service.segment(third.id).text == "Quand même.", "the save")
        ann.locator(".overtaken").wait_for()
        ann.keyboard.press("Alt+ArrowDown")
        theo.locator(f"[data-segment='{third.id}'] .note").wait_for(state="detached")
        assert service.editing(1) == []


def test_a_segment_somebody_has_merged_away_leaves_the_list(browser, server, service, project):
    from qa.model import Link

    first, second = segments(service)[:2]
    with tab(browser) as ann:
        review(ann, server, ANN, second)
        seen = {first.id: first.version, second.id: second.version}
        service.repair(EDITOR, first.document_id, seen, (Link((0, 1), (0, 1), 1.0),), "merge")
        ann.locator(f"[data-segment='{second.id}']").wait_for(state="detached")
        assert ann.locator(".row").count() == 4


@pytest.mark.parametrize(
    ("plain", "drawn"), [("", ".list-head >> text=1–1 of 1"), ("1", "text=Segment, 1 to 1")]
)
def test_an_empty_queue_shows_what_is_handed_in(browser, server, service, project, plain, drawn):
    first, second = segments(service)[:2]
    with tab(browser) as eva:
        eva.goto(f"{server.url}/approve?as=Eva&role=editor&plain={plain}")
        eva.get_by_text("Nothing waits for approval here").wait_for()
        service.save_draft(TRANSLATOR, second.id, "Pas encore.", second.version)
        service.submit(TRANSLATOR, first.id, "Actualités du port", first.version)
        eva.locator(drawn).wait_for()
        eva.get_by_text("Nothing waits for approval here").wait_for(state="detached")


def test_the_simple_form_tells_of_others_and_keeps_what_is_typed(browser, server, service, project):
    first = segments(service)[0]
    with tab(browser) as theo:
        theo.goto(f"{server.url}/review?as=Theo&role=translator&plain=1")
        text = theo.get_by_label("Translation", exact=True)
        text.fill("Moi, pas encore envoyé")
        service.edit(EDITOR, first.id, "another page")
        theo.get_by_text("Eva is editing this segment").wait_for()
        service.submit(EDITOR, first.id, "Le leur.", first.version)
        theo.get_by_text("Eva has saved this segment meanwhile").wait_for()
        service.stop_editing("another page")
        theo.get_by_text("Eva is editing this segment").wait_for(state="detached")
        assert text.input_value() == "Moi, pas encore envoyé"
        theo.get_by_role("button", name="Save & next").click()
        theo.get_by_text("What you typed, to copy").wait_for()
        assert text.input_value() == "Moi, pas encore envoyé"
        assert service.segment(first.id).text == "Le leur."
        theo.get_by_role("button", name="Leave mine").click()
        until(lambda: text.input_value() == "Le leur.", "the saved text")


def test_news_take_no_click_and_no_focus(browser, server, service, project):
    """What looks the same stays: a button replaced between two halves of a click would not be clicked."""
    first, second, third = segments(service)[:3]
    for each in (first, third):
        service.submit(TRANSLATOR, each.id, f"{each.mt}.", each.version)
    handed = service.segment(third.id)
    with tab(browser) as eva:
        eva.goto(f"{server.url}/approve?as=Eva&role=editor&segment={first.id}")
        button = eva.locator("[data-do=approve]")
        eva.locator(".line.near").first.wait_for()
        button.hover()
        eva.mouse.down()
        service.submit(TRANSLATOR, third.id, "Tout autre chose.", handed.version)
        eva.locator(f"[data-segment='{third.id}'] .snippet", has_text="Tout autre chose.").wait_for()
        eva.mouse.up()
        until(lambda: service.segment(first.id).state is SegmentState.APPROVED, "the approval")
    with tab(browser) as ann:
        review(ann, server, ANN, second)
        dismiss = ann.locator("[data-dismiss='1']")
        dismiss.focus()
        handed = service.segment(third.id)
        service.submit(TRANSLATOR, third.id, "Encore autre chose.", handed.version)
        ann.locator(".line.near", has_text="Encore autre chose.").wait_for()
        assert dismiss.evaluate("button => button.getRootNode().activeElement === button")
