"""What is typed and not handed in stays with its segment, its person and its tab until the server has it."""

from __future__ import annotations

from browsing import browser_tests, tab, until
from conftest import EDITOR, TRANSLATOR
from test_browser import review, segments

from qa.model import SegmentState
from qa.review.views import Actor, Role

pytestmark = browser_tests

REASON = "Comment, reason, or what should change"
TINA = Actor("Tina", Role.TRANSLATOR)


def editor(page):
    return page.locator("textarea.editor")


def note(page):
    return page.get_by_label("Comment", exact=True)


def shown(page, segment) -> None:
    page.locator(".card-head h3", has_text=f"Segment {segment.position}").wait_for()


def said(service, segment) -> list[str]:
    return [comment.text for comment in service.comments(segment.id)]


def overtaken(page, server, service, actor, segment, path: str = "review") -> None:
    """Type into a segment while somebody else saves it."""
    review(page, server, actor, path, segment=str(segment.id))
    editor(page).fill("Le mien")
    service.submit(Actor("Olga", Role.EDITOR), segment.id, f"{segment.text} Le leur", segment.version)
    page.locator(".overtaken, .conflict").first.wait_for()


def test_a_comment_is_written_in_the_middle_of_a_conflict(browser, server, service, project):
    first = segments(service)[0]
    with tab(browser) as page:
        overtaken(page, server, service, TRANSLATOR, first)
        page.keyboard.press("Control+s")
        page.locator(".conflict").wait_for()
        page.keyboard.press("Alt+m")
        page.keyboard.type("Deux mains ici")
        page.keyboard.press("Control+Enter")
        until(lambda: said(service, first) == ["Deux mains ici"], "the comment")
        page.locator(".comments", has_text="Deux mains ici").wait_for()
        assert note(page).input_value() == ""
        # The choice is still to be made.
        page.locator(".conflict", has_text="Le leur").wait_for()
        assert editor(page).input_value() == "Le mien"


def test_a_flag_is_decided_about_in_the_middle_of_a_conflict(browser, server, service, project):
    second = segments(service)[1]
    with tab(browser) as page:
        overtaken(page, server, service, TRANSLATOR, second)
        editor(page).click()
        page.keyboard.press("Alt+d")
        page.keyboard.press("1")
        until(lambda: service.segment(second.id).flags[0].reason == "Not an error", "the dismissal")
        page.locator(".overtaken, .conflict").first.wait_for()
        assert editor(page).input_value() == "Le mien"


def test_the_reason_of_a_sending_back_outlives_a_conflict(browser, server, service, project):
    first = segments(service)[0]
    service.submit(TRANSLATOR, first.id, "Actualités", first.version)
    first = service.segment(first.id)
    with tab(browser) as page:
        overtaken(page, server, service, EDITOR, first, "approve")
        page.keyboard.press("Alt+m")
        page.keyboard.type("Il manque un mot")
        page.keyboard.press("Alt+b")
        page.locator(".conflict").wait_for()
        assert note(page).input_value() == "Il manque un mot"
        page.locator("[data-choose=saved]").click()
        page.keyboard.press("Alt+b")
        until(lambda: service.segment(first.id).state is SegmentState.SENT_BACK, "the sending back")
        assert said(service, first) == ["Il manque un mot"]


def test_a_half_written_comment_survives_a_reload(browser, server, service, project):
    first = segments(service)[0]
    with tab(browser) as page:
        review(page, server, TRANSLATOR, segment=str(first.id))
        page.keyboard.press("Alt+m")
        page.keyboard.type("À demander à")
        page.reload()
        shown(page, first)
        assert note(page).input_value() == "À demander à"
        note(page).press("Control+End")
        page.keyboard.type(" Marie")
        page.keyboard.press("Control+Enter")
        until(lambda: said(service, first) == ["À demander à Marie"], "the comment")
        page.locator(".comments", has_text="Marie").wait_for()
        page.reload()
        shown(page, first)
        assert note(page).input_value() == ""


def test_a_comment_stays_with_its_segment(browser, server, service, project):
    first, second = segments(service)[:2]
    for segment in (first, second):
        service.submit(TRANSLATOR, segment.id, f"{segment.text}!", segment.version)
    with tab(browser) as page:
        review(page, server, EDITOR, "approve", segment=str(first.id))
        page.keyboard.press("Alt+m")
        page.keyboard.type("Pour le premier")
        page.keyboard.press("Alt+ArrowDown")
        shown(page, second)
        assert note(page).input_value() == ""
        page.locator("[data-do=approve]").click()
        until(lambda: service.segment(second.id).state is SegmentState.APPROVED, "the approval")
        assert said(service, second) == []
        page.locator(f"[data-segment='{first.id}']").click()
        shown(page, first)
        assert note(page).input_value() == "Pour le premier"
        page.keyboard.press("Control+Enter")
        until(lambda: service.segment(first.id).state is SegmentState.APPROVED, "the other approval")
        assert said(service, first) == ["Pour le premier"]
        page.locator(".status.good").wait_for()
        page.locator(f"[data-segment='{first.id}']").click()
        shown(page, first)
        assert note(page).input_value() == ""


def test_a_comment_that_the_server_refused_is_in_the_field_again(browser, server, service, project):
    first = segments(service)[0]
    too_long = "x" * 10_001
    with tab(browser) as page:
        review(page, server, TRANSLATOR, segment=str(first.id))
        note(page).fill(too_long)
        note(page).press("Control+Enter")
        page.locator(".failure").wait_for()
        assert len(note(page).input_value()) == len(too_long)
        assert said(service, first) == []


def test_a_comment_that_never_arrived_is_there_in_the_next_tab(browser, server, service, project):
    """The server is down, and the tab is closed before it is back."""
    first = segments(service)[0]
    with tab(browser) as page:
        review(page, server, TRANSLATOR, segment=str(first.id))
        server.kill()
        note(page).fill("Pendant la panne")
        note(page).press("Control+Enter")
        until(lambda: note(page).input_value() == "", "the comment to be on its way")
        other = page.context.new_page()
        page.close()
        server.start()
        review(other, server, TRANSLATOR, segment=str(first.id))
        assert note(other).input_value() == "Pendant la panne"


def test_two_tabs_on_one_segment_keep_a_text_each(browser, server, service, project):
    first = segments(service)[0]
    with tab(browser) as one:
        review(one, server, TRANSLATOR, segment=str(first.id))
        editor(one).fill("Dans le premier")
        other = one.context.new_page()
        review(other, server, TRANSLATOR, segment=str(first.id))
        assert editor(other).input_value() == first.text
        other.locator(".elsewhere", has_text="Dans le premier").wait_for()
        editor(other).fill("Dans le second")
        for page, text in ((one, "Dans le premier"), (other, "Dans le second")):
            page.reload()
            shown(page, first)
            assert editor(page).input_value() == text
        one.locator(".elsewhere", has_text="Dans le second").wait_for()
        one.locator("[data-do=leave-other]").click()
        assert one.locator(".elsewhere").count() == 0
        other.locator("[data-do=take-other]").click()
        assert editor(other).input_value() == "Dans le premier"
        other.keyboard.press("Control+Enter")
        until(lambda: service.segment(first.id).text == "Dans le premier", "the save")
        # The text that one tab has saved is nothing unsaved of the other any more.
        one.reload()
        shown(one, first)
        assert one.locator(".elsewhere, .conflict").count() == 0


def test_a_duplicated_tab_is_another_tab(browser, server, service, project):
    """A browser copies the memory of a tab that is duplicated, and the name of the tab is in it."""
    first = segments(service)[0]
    with tab(browser) as one:
        review(one, server, TRANSLATOR, segment=str(first.id))
        editor(one).fill("Dans le premier")
        name = one.evaluate("sessionStorage['relecture:client']")
        other = one.context.new_page()
        other.add_init_script(f"sessionStorage['relecture:client'] ??= {name!r}")
        review(other, server, TRANSLATOR, segment=str(first.id))
        editor(other).fill("Dans le double")
        one.reload()
        shown(one, first)
        assert editor(one).input_value() == "Dans le premier"


def test_what_a_closed_tab_has_left_is_there_in_the_next(browser, server, service, project):
    first = segments(service)[0]
    with tab(browser) as one:
        review(one, server, TRANSLATOR, segment=str(first.id))
        editor(one).fill("Avant de fermer")
        other = one.context.new_page()
        one.close()
        review(other, server, TRANSLATOR)
        assert editor(other).input_value() == "Avant de fermer"
        assert other.locator(".elsewhere").count() == 0


def test_nobody_hands_in_what_somebody_else_has_typed(browser, server, service, project):
    first = segments(service)[0]
    service.submit(TRANSLATOR, first.id, "Actualités", first.version)
    with tab(browser) as page:
        review(page, server, TINA, segment=str(first.id))
        editor(page).fill("De Tina")
        note(page).fill("Aussi de Tina")
        review(page, server, EDITOR, "approve", segment=str(first.id))
        assert editor(page).input_value() == "Actualités"
        assert note(page).input_value() == ""
        page.get_by_text("Tina has unsaved text in this segment").wait_for()
        page.locator("[data-do=approve]").click()
        until(lambda: service.segment(first.id).state is SegmentState.APPROVED, "the approval")
        assert (service.segment(first.id).text, said(service, first)) == ("Actualités", [])
        review(page, server, TINA, segment=str(first.id))
        assert editor(page).input_value() == "De Tina"
        assert note(page).input_value() == "Aussi de Tina"


def test_another_name_at_the_desk_is_another_person(browser, server, service, project):
    first = segments(service)[0]
    with tab(browser) as page:
        review(page, server, TINA, segment=str(first.id))
        editor(page).fill("De Tina")
        name = page.get_by_label("Your name")
        for person, text in (("Theo", first.text), ("tina", "De Tina")):
            name.fill(person)
            name.press("Enter")
            until(lambda text=text: editor(page).input_value() == text, f"what {person} has typed")
        page.keyboard.press("Control+z")
        editor(page).press("Control+z")
        assert editor(page).input_value() == "De Tina"


def test_what_waits_is_sent_as_whoever_did_it(browser, server, service, project):
    first, second = segments(service)[:2]
    with tab(browser) as page:
        review(page, server, TINA, segment=str(first.id))
        server.kill()
        editor(page).fill("De Tina")
        editor(page).press("Control+Enter")
        page.goto("about:blank")
        server.start()
        review(page, server, EDITOR, segment=str(second.id))
        editor(page).fill("D'Eva")
        editor(page).press("Control+Enter")
        until(lambda: service.segment(second.id).text == "D'Eva", "the other save")
        assert service.segment(first.id).text == first.text
        review(page, server, TINA, segment=str(second.id))
        until(lambda: service.segment(first.id).text == "De Tina", "the save that waited")
        assert service.segment(first.id).author == "Tina"


def test_nothing_to_take_back_is_no_failed_save(browser, server, service, project):
    """It is said once; what follows it at once is saved all the same."""
    first = segments(service)[0]
    with tab(browser) as page:
        review(page, server, TRANSLATOR, segment=str(first.id))
        editor(page).click()
        page.keyboard.press("Alt+u")
        page.locator(".status.bad", has_text="Nothing to take back").wait_for()
        page.keyboard.press("Alt+ArrowDown")
        page.locator(".card-head h3", has_text="Segment 2").wait_for()
        assert page.locator(".failure").count() == 0
        page.keyboard.press("Alt+ArrowUp")
        shown(page, first)
        page.keyboard.press("Alt+u")
        editor(page).fill("Quand même")
        page.keyboard.press("Control+Enter")
        until(lambda: service.segment(first.id).text == "Quand même", "the save")
        assert page.locator(".failure").count() == 0


def simple(page, server, actor, segment) -> None:
    page.goto(f"{server.url}/review?as={actor.name}&role={actor.role}&segment={segment.id}&plain=1")
    page.get_by_label("Translation", exact=True).wait_for()


def field(page, name: str = "Translation"):
    return page.get_by_role("textbox", name=name, exact=True)


def holds(page, text: str, name: str = "Translation") -> None:
    # Until a run has ended, the form of the segment before stands beside the new one.
    until(
        lambda: (found := field(page, name)).count() == 1 and found.input_value() == text,
        f"{text!r} in the form",
    )


def test_what_is_typed_into_the_simple_form_survives(browser, server, service, project):
    """A reload, another segment, and the form itself; the workbench goes on with it."""
    first, second = segments(service)[:2]
    with tab(browser) as page:
        simple(page, server, TRANSLATOR, first)
        field(page).fill("À moitié")
        field(page, REASON).fill("Une question")
        page.reload()
        holds(page, "À moitié")
        holds(page, "Une question", REASON)
        page.get_by_text("Your unsaved text, kept in this browser").wait_for()
        number = page.locator("input[type=number]")
        number.fill("2")
        number.press("Enter")
        holds(page, second.text)
        page.wait_for_url(lambda url: f"segment={second.id}" in url)
        number.fill("1")
        number.press("Enter")
        holds(page, "À moitié")
        assert service.segment(first.id).text == first.text
        page.get_by_text("Simple form", exact=True).click()
        shown(page, first)
        assert (editor(page).input_value(), note(page).input_value()) == ("À moitié", "Une question")
        editor(page).fill("Aux trois quarts")
        page.get_by_text("Simple form", exact=True).click()
        holds(page, "Aux trois quarts")
        page.get_by_role("button", name="Save & next").click()
        holds(page, second.text)
        assert service.segment(first.id).text == "Aux trois quarts"
        number.fill("1")
        number.press("Enter")
        holds(page, "Aux trois quarts")
        # The comment has not been sent with it.
        holds(page, "Une question", REASON)
        page.get_by_role("button", name="Comment", exact=True).click()
        until(lambda: said(service, first) == ["Une question"], "the comment")
        holds(page, "", REASON)
        assert page.get_by_text("Your unsaved text").count() == 0


def test_leaving_mine_in_the_simple_form_is_for_good(browser, server, service, project):
    first = segments(service)[0]
    with tab(browser) as page:
        simple(page, server, TRANSLATOR, first)
        field(page).fill("Le mien")
        service.submit(EDITOR, first.id, "Le leur", first.version)
        page.get_by_role("button", name="Leave mine").click()
        holds(page, "Le leur")
        # The browser is told a moment after the form is drawn.
        page.wait_for_function("!Object.keys(localStorage).some((key) => key.includes(':draft:'))")
        page.reload()
        holds(page, "Le leur")
        assert page.get_by_text("Your unsaved text").count() == 0


def test_a_draft_of_before_drafts_were_signed_is_offered(browser, server, service, project):
    """It belongs to nobody that is known: so nobody gets it unasked."""
    first, second = segments(service)[:2]
    with tab(browser) as page:
        review(page, server, TRANSLATOR, segment=str(second.id))
        editor(page).fill("x")
        page.evaluate(
            """([mine, other, base]) => {
                const key = Object.keys(localStorage).find((name) => name.includes(`:draft:${mine}:`));
                const old = key.replace(new RegExp(`:draft:${mine}:.*`), `:draft:${other}`);
                localStorage.setItem(old, JSON.stringify({ text: "D'autrefois", base, at: 1 }));
            }""",
            [second.id, first.id, first.text],
        )
        page.keyboard.press("Alt+ArrowUp")
        shown(page, first)
        page.locator(".elsewhere", has_text="Who typed it is not known").wait_for()
        page.locator(f"[data-segment='{first.id}'] .note", has_text="unsaved").wait_for()
        assert editor(page).input_value() == first.text
        page.locator("[data-do=take-other]").click()
        assert editor(page).input_value() == "D'autrefois"
        page.keyboard.press("Control+Enter")
        until(lambda: service.segment(first.id).text == "D'autrefois", "the save")
        page.wait_for_function("!Object.keys(localStorage).some((key) => key.includes(':draft:'))")
