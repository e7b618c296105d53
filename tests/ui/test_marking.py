"""Errors marked by hand, the way to the next flag, reasons for sending back, and the width of the list."""

from __future__ import annotations

import pytest
from browsing import browser_tests, tab, until
from conftest import EDITOR, LEAD, TRANSLATOR, document
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import UsageError
from qa.model import FlagState, Severity, Span
from qa.review.views import SegmentFilter
from qa.ui.actions import perform
from qa.ui.marking import CATEGORIES, CHECK, place

TEXT = "un mot et un mot 😀 de trop"


@pytest.mark.parametrize(
    ("words", "near", "span"),
    [
        ("mot", None, (3, 6)),
        ("mot", 3, (3, 6)),
        ("mot", 12, (13, 16)),
        ("mot", 99, (13, 16)),
        ("de trop", 18, (19, 26)),
        ("", 5, (0, 26)),
    ],
)
def test_words_are_found_nearest_to_where_they_were_marked(words, near, span):
    assert place(TEXT, words, near) == span


def test_words_that_stand_nowhere_are_refused():
    with pytest.raises(UsageError, match="do not stand in the text"):
        place(TEXT, "mots", 3)


@given(st.text(max_size=40), st.text(max_size=10, min_size=1), st.text(max_size=40), st.integers(0, 100))
def test_what_is_found_is_what_was_marked(before, words, after, near):
    start, end = place(before + words + after, words, near)
    assert (before + words + after)[start:end] == words
    # Marked where it stands, it is found there.
    assert place(before + words + after, words, len(before))[0] == len(before)


def marked(segment, **changes):
    return {
        "operation": "add-flag",
        "segment": segment.id,
        "side": "target",
        "words": "la ville",
        "start": None,
        "category": "style/awkward",
        "severity": "minor",
        "note": "",
    } | changes


def by_hand(service, segment):
    return [f for f in service.segment(segment.id).flags if f.flag.check == CHECK]


def test_a_mark_is_a_flag_under_ones_name_and_stands_once(service, segment):
    words = segment.text.split()[-1].strip(".")
    action = marked(segment, words=words, note="odd here")
    assert perform(service, TRANSLATOR, action)["ok"]
    assert perform(service, TRANSLATOR, action)["ok"]
    (mine,) = by_hand(service, segment)
    at = segment.text.index(words)
    assert (mine.span, mine.flag.found_by) == (Span(at, at + len(words)), "person:Theo")
    assert (mine.flag.severity, mine.flag.message) == (Severity.MINOR, "Awkward: odd here")
    assert len([e for e in service.events(segment_id=segment.id) if e.action == "add-flag"]) == 1


def test_what_was_left_out_is_marked_in_the_source(service, segment):
    words = segment.source.split()[0]
    assert perform(
        service, EDITOR, marked(segment, side="source", words=words, category="accuracy/omission")
    )["ok"]
    (mine,) = by_hand(service, segment)
    assert (mine.flag.side, mine.flag.text) == ("source", words)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"words": "nirgends"}, "do not stand in the text"),
        ({"category": "accuracy/made-up"}, "unknown kind"),
        ({"severity": "neutral"}, "unknown kind"),
        ({"severity": "grave"}, "cannot be read"),
        ({"side": "margin"}, "unknown kind"),
    ],
)
def test_a_mark_that_makes_no_sense_changes_nothing(service, segment, changes, message):
    result = perform(service, TRANSLATOR, marked(segment, **changes))
    assert not result["ok"]
    assert message in result["message"]
    assert by_hand(service, segment) == []


SELECT = """(node, words) => {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, at = text.data.indexOf(words);
    if (at < 0 || text.parentElement.closest("sup")) continue;
    const selection = node.getRootNode().getSelection?.() ?? document.getSelection();
    selection.setBaseAndExtent(text, at, text, at + words.length);
    node.dispatchEvent(new MouseEvent("mouseup", { bubbles: true, composed: true }));
    return;
  }
}"""


class TestInABrowser:
    pytestmark = browser_tests

    def open(self, page, server, segment, actor="Theo", role="translator", path="review"):
        page.goto(f"{server.url}/{path}?as={actor}&role={role}&segment={segment.id}")
        page.locator(".card-head h3", has_text=f"Segment {segment.position}").wait_for()

    def test_selected_words_are_an_error_with_two_keys(self, browser, server, service, project):
        pairs = [("Он 😀 сказал это, это и ещё раз это.", "Il a 😀 dit ceci,\u00a0ceci et encore ceci.")]
        view = service.import_document(LEAD, project.id, document(pairs, {}), name="emoji.txt")
        (segment,) = service.segments(SegmentFilter(project.id, view.id)).rows
        with tab(browser) as page:
            self.open(page, server, segment)
            page.locator(".line.active p[aria-label=Translation]").evaluate(SELECT, "ceci et")
            page.keyboard.press("Alt+x")
            page.locator("[data-mark='1']:focus").wait_for()
            page.keyboard.press("5")
            page.get_by_role("group", name="How bad is it?").wait_for()
            page.keyboard.press("2")
            page.locator(".flagcard", has_text="Wrong term, marked by Theo").wait_for()
            (mine,) = by_hand(service, segment)
            at = segment.text.index("ceci et")
            assert (mine.span, mine.flag.text) == (Span(at, at + 7), "ceci et")
            assert (mine.flag.category, mine.flag.severity) == ("terminology/wrong-term", Severity.MAJOR)
            # The source: what was left out of it. History comes later, and disturbs nobody who selects.
            page.locator(".line.active p[aria-label=Source]").evaluate("node => { node.dataset.same = 1; }")
            page.locator(".history li", has_text="marked an error").wait_for()
            assert page.locator(".line.active p[data-same]").count() == 1
            page.locator(".line.active p[aria-label=Source]").evaluate(SELECT, "раз это")
            page.keyboard.press("Alt+x")
            page.keyboard.press("2")
            page.keyboard.press("1")
            until(lambda: len(by_hand(service, segment)) == 2, "the second mark")
            other = by_hand(service, segment)[-1].flag
            assert (other.side, other.text) == ("source", "раз это")
            # The focus is back in the editor, and an undo needs no mouse.
            page.locator("textarea.editor:focus").wait_for()

    def test_the_editors_selection_is_marked_and_unsaved_typing_is_not(
        self, browser, server, service, project
    ):
        segment = service.segments(SegmentFilter(project.id)).rows[1]
        with tab(browser) as page:
            self.open(page, server, segment)
            editor = page.locator("textarea.editor")
            word = segment.text.split()[1]
            at = segment.text.index(word)
            editor.evaluate(
                "(node, [a, b]) => { node.focus(); node.setSelectionRange(a, b); }", [at, at + len(word)]
            )
            page.keyboard.press("Alt+x")
            page.keyboard.press("1")
            page.keyboard.press("3")
            until(lambda: by_hand(service, segment), "the mark")
            assert by_hand(service, segment)[0].span == Span(at, at + len(word))
            editor.press_sequentially("x")
            page.keyboard.press("Alt+x")
            page.locator(".status", has_text="Save what you typed first").wait_for()
            assert page.locator("[data-mark]").count() == 0

    def test_the_next_flag_is_one_key_away_in_this_page_and_beyond(self, browser, server, service, project):
        pairs = [(f"Предложение {n}.", f"Phrase {n}.") for n in range(120)]
        from conftest import flag

        flags = {
            3: (flag(pairs[3][1], "Phrase", None, severity=Severity.MINOR),),
            100: (flag(pairs[100][1], "Phrase", None, severity=Severity.MAJOR),),
        }
        view = service.import_document(LEAD, project.id, document(pairs, flags), name="long.txt")
        first = service.segments(SegmentFilter(project.id, view.id)).rows[0]
        with tab(browser) as page:
            page.goto(f"{server.url}/review?as=Theo&role=translator&document={view.id}&segment={first.id}")
            head = page.locator(".card-head h3")
            head.filter(has_text="Segment 1").wait_for()
            page.keyboard.press("Alt+n")
            head.filter(has_text="Segment 4").wait_for()
            page.keyboard.press("Alt+n")
            head.filter(has_text="Segment 101").wait_for()
            page.keyboard.press("Alt+n")
            page.locator(".status", has_text="No open flag after this segment").wait_for()
            page.goto(f"{server.url}/review?as=Theo&role=translator&document={view.id}&segment={first.id}")
            head.filter(has_text="Segment 1").wait_for()
            page.keyboard.press("Alt+Shift+n")
            head.filter(has_text="Segment 101").wait_for()
            page.keyboard.press("Alt+s")
            page.locator("input[aria-label^='Search source and translation']:focus").wait_for()

    def test_a_segment_goes_back_for_a_ready_reason(self, browser, server, service, project):
        segment = service.segments(SegmentFilter(project.id)).rows[0]
        view = service.submit(TRANSLATOR, segment.id, segment.text + " Fin.", segment.version)
        with tab(browser) as page:
            self.open(page, server, view, "Edda", "editor", "approve")
            page.keyboard.press("Alt+b")
            page.get_by_role("group", name="Why send it back?").wait_for()
            page.keyboard.press("3")
            until(lambda: service.segment(segment.id).state == "sent-back", "the segment to go back")
            assert service.comments(segment.id)[-1].text == "It does not read well"

    def test_the_list_is_made_wider_and_stays_so(self, browser, server, service, project):
        segment = service.segments(SegmentFilter(project.id)).rows[0]
        with tab(browser) as page:
            self.open(page, server, segment)
            divider = page.get_by_role("separator", name="Width of the list")
            width = page.locator(".list").bounding_box()["width"]
            divider.focus()
            page.keyboard.press("ArrowRight")
            page.keyboard.press("ArrowRight")
            assert page.locator(".list").bounding_box()["width"] == pytest.approx(width + 40, abs=1)
            box = divider.bounding_box()
            page.mouse.move(box["x"] + 5, box["y"] + 80)
            page.mouse.down()
            page.mouse.move(box["x"] + 65, box["y"] + 80)
            page.mouse.up()
            assert page.locator(".list").bounding_box()["width"] == pytest.approx(width + 100, abs=8)
            page.reload()
            page.locator(".card-head h3").wait_for()
            assert page.locator(".list").bounding_box()["width"] == pytest.approx(width + 100, abs=8)
            page.get_by_role("separator", name="Width of the list").dblclick()
            assert page.locator(".list").bounding_box()["width"] == pytest.approx(width, abs=1)


def test_a_decided_mark_may_be_made_again(service, segment):
    words = segment.text.split()[0]
    perform(service, TRANSLATOR, marked(segment, words=words))
    (mine,) = by_hand(service, segment)
    service.dismiss_flag(EDITOR, mine.id, "it reads well")
    assert perform(service, TRANSLATOR, marked(segment, words=words))["ok"]
    assert [f.flag.state for f in by_hand(service, segment)] == [FlagState.DISMISSED, FlagState.OPEN]


def test_every_category_has_a_digit():
    assert 1 <= len(CATEGORIES) <= 9
