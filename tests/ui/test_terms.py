"""The project's glossary in the workbench: shown beside a segment, added to, used by the next check."""

from __future__ import annotations

import pytest
from browsing import browser_tests, tab, until
from conftest import EDITOR, LEAD, PAIRS, TRANSLATOR
from test_ui_pages import bench, opened

from qa.pipeline import Pipeline
from qa.resources import Settings
from qa.review.views import SegmentFilter
from qa.ui.actions import Ledger, perform
from qa.ui.importing import Imports, Order


def sent(segment, operation, **fields):
    return {"id": "a1", "segment": segment.id, "operation": operation, "project": 1} | fields


def test_the_terms_that_stand_in_the_source_are_shown_in_any_form(app, service, project, segment):
    service.add_term(TRANSLATOR, 1, "удар", "grève", "forbidden", "of weapons here")
    service.add_term(TRANSLATOR, 1, "удар", "frappe", "preferred")
    service.add_term(TRANSLATOR, 1, "губернатор", "gouverneur", "preferred")
    shown = bench(opened(app, "review", TRANSLATOR, segment=str(segment.id)))
    assert shown["can"]["terms"]
    assert [(t["target"], t["kind"], t["used"], t["note"]) for t in shown["detail"]["terms"]] == [
        ("grève", "forbidden", True, "of weapons here"),
        ("frappe", "preferred", False, ""),
    ]


def test_a_term_is_added_once_and_taken_back(service, segment):
    term = {"source": "удар", "target": "frappe", "kind": "preferred", "note": ""}
    for _ in range(2):  # repeated after a restart
        result = Ledger().carry_out(service, TRANSLATOR, "tab", [sent(segment, "add-term", **term)])[0]
        assert result["ok"]
    assert [t.target for t in service.terms(1)] == ["frappe"]
    assert perform(service, TRANSLATOR, sent(segment, "remove-term", term=result["term"]["id"]))["ok"]
    assert service.terms(1) == []


@pytest.mark.parametrize(
    ("actor", "operation", "fields", "message"),
    [
        (
            TRANSLATOR,
            "add-term",
            {"source": " ", "target": "x", "kind": "preferred"},
            "nothing on the source",
        ),
        (TRANSLATOR, "add-term", {"source": "x", "target": "x", "kind": "good"}, "preferred or forbidden"),
        (TRANSLATOR, "add-term", {"source": "x"}, "cannot be read"),
        (TRANSLATOR, "remove-term", {"term": 99}, "no term 99"),
        (EDITOR, "remove-term", {"term": 1}, "Theo added this term"),
    ],
)
def test_what_is_not_possible_is_said(service, segment, actor, operation, fields, message):
    service.add_term(TRANSLATOR, 1, "удар", "frappe", "preferred")
    result = perform(service, actor, sent(segment, operation, **fields))
    assert not result["ok"]
    assert message in result["message"]
    assert len(service.terms(1)) == 1


def test_the_next_import_is_checked_with_the_terms(service, project):
    service.add_term(TRANSLATOR, 1, "удар", "grève", "forbidden")
    service.add_term(TRANSLATOR, 1, "удар", "frappe", "preferred")
    pipeline = Pipeline(Settings(only=("glossary",)))
    imports = Imports(service, lambda: pipeline)
    order = Order("next", "ru", "fr", pairs=((PAIRS[1][0], PAIRS[1][1]),), project_id=1)
    job = imports.start(LEAD, order)
    until(lambda: not job.active, "the import", 120)
    assert job.error == ""
    (view,) = service.segments(SegmentFilter(1, job.document_id)).rows
    (found,) = view.flags
    assert (found.flag.check, found.flag.text) == ("glossary", "grèves")
    assert found.flag.fix[0].text == "frappes"


class TestInABrowser:
    pytestmark = browser_tests

    def test_words_are_selected_on_both_sides_and_one_key_makes_them_a_term(
        self, browser, server, service, project, segment
    ):
        with tab(browser) as page:
            page.goto(f"{server.url}/review?as=Theo&role=translator&segment={segment.id}")
            page.locator(".card-head h3", has_text="Segment 2").wait_for()
            page.locator("[data-do=add-term]").wait_for()
            source = page.locator(".line.active p[aria-label=Source]")
            source.evaluate(
                """node => { const text = node.firstChild, at = text.data.indexOf("удары");
                   const selection = node.getRootNode().getSelection?.() ?? document.getSelection();
                   selection.setBaseAndExtent(text, at, text, at + 5);
                   node.dispatchEvent(new MouseEvent("mouseup", { bubbles: true, composed: true })); }"""
            )
            editor = page.locator("textarea.editor")
            editor.evaluate(
                """node => { const at = node.value.indexOf("grèves"); node.focus();
                   node.setSelectionRange(at, at + 6); }"""
            )
            page.keyboard.press("Alt+g")
            page.locator("[data-term=preferred]:focus").wait_for()
            page.keyboard.press("2")
            page.locator(
                ".offer.done", has_text="“grèves” for “удары” is in the project's glossary"
            ).wait_for()
            page.locator(".term.forbidden del", has_text="grèves").wait_for()
            assert [(t.source, t.target, t.kind) for t in service.terms(1)] == [
                ("удары", "grèves", "forbidden")
            ]
            # The focus is back in the editor: the undo needs no mouse either.
            page.keyboard.press("Alt+Shift+u")
            until(lambda: service.terms(1) == [], "the undo")
            page.locator(".offer.done", has_text="out of the project's glossary").wait_for()
            page.locator(".term").wait_for(state="detached")
            # By keyboard alone the words are typed; Escape leaves everything as it was.
            page.keyboard.press("Alt+g")
            page.get_by_label("Term in the source").fill("склад")
            page.keyboard.press("Escape")
            page.get_by_label("Term in the source").wait_for(state="detached")
            assert service.terms(1) == []
