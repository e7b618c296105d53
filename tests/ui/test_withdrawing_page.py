"""Withdrawing a document and restoring it, as a lead sees it and as those do who had it before them."""

from __future__ import annotations

import pytest
from browsing import SHOTS, browser_tests, tab, until
from conftest import EDITOR, LEAD, PAIRS, TRANSLATOR, document
from test_ui_pages import bench, component, elements, html, opened

from qa.review.live import Feed
from qa.review.views import Actor, Policy, Role, SegmentFilter
from qa.ui import missing

OTHER = [(source, f"{target} Bis.") for source, target in PAIRS]


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    """Every look at what others do asks the database."""
    monkeypatch.setattr(Feed.__init__, "__kwdefaults__", {**Feed.__init__.__kwdefaults__, "fresh": 0.0})


@pytest.fixture
def other(service, project) -> int:
    """A second document, which stays."""
    return service.import_document(LEAD, project.id, document(OTHER, {}), name="other.txt").id


def labels(app) -> list[str]:
    """What one sees of the buttons; what follows is for screen readers."""
    return [button.label.partition(" *")[0] for button in app.main.button]


def asked(app) -> str:
    """The HTML of the open dialog."""
    trees = [tree for tree in app._tree.children.values() if tree not in (app.main, app.sidebar)]
    return "".join(node.proto.body for tree in trees for node in elements(tree) if node.type == "html")


def clicked(app, key: str):
    app.button(key=key).click().run()
    assert not app.exception, [e.value for e in app.exception]
    return app


class TestDocuments:
    def test_it_says_what_happens_and_asks(self, app, service, project, segment):
        service.submit(TRANSLATOR, segment.id, "Relu.", segment.version)
        service.edit(TRANSLATOR, segment.id, "a page")
        opened(app, "documents", LEAD)
        clicked(app, f"withdraw-{segment.document_id}")
        shown = asked(app)
        assert "5 segments, 1 of them revised, 0 approved" in shown
        assert "Nothing is deleted." in shown
        assert "Theo is typing in it right now." in shown
        clicked(app, "withdraw:no")
        assert service.withdrawn(project.id) == []
        assert "Nothing is deleted." not in asked(app)

    def test_withdrawn_undone_withdrawn_and_restored(self, app, service, project, segment, other):
        opened(app, "documents", LEAD)
        for key in (f"withdraw-{segment.document_id}", "withdraw:yes"):
            clicked(app, key)
        assert "port.txt is withdrawn; nothing of it is lost." in html(app)
        assert "1 document ·" in html(app)
        assert [each.label for each in app.expander][-1] == "Withdrawn (1)"
        assert "0 of 5 segments revised" in html(app)
        clicked(app, "withdraw:undo")
        assert "port.txt is back, as it was." in html(app)
        assert service.withdrawn(project.id) == []
        assert "2 documents ·" in html(app)
        for key in (f"withdraw-{segment.document_id}", "withdraw:yes", "withdraw:close"):
            clicked(app, key)
        assert "Undo" not in labels(app)
        clicked(app, f"restore-{segment.document_id}")
        assert service.withdrawn(project.id) == []

    def test_the_last_document_can_be_restored(self, app, service, project, segment):
        opened(app, "documents", LEAD)
        for key in (f"withdraw-{segment.document_id}", "withdraw:yes"):
            clicked(app, key)
        assert "no documents yet" in html(app)
        clicked(app, f"restore-{segment.document_id}")
        assert "1 document ·" in html(app)

    def test_the_undo_goes_with_the_withdrawal(self, app, service, project, segment, other):
        opened(app, "documents", LEAD)
        for key in (f"withdraw-{other}", "withdraw:yes"):
            clicked(app, key)
        (lost,) = service.withdrawn(project.id)
        service.restore(LEAD, other, lost.at)
        service.withdraw(Actor("Bea", Role.LEAD), other)
        clicked(app, "withdraw:undo")
        assert "Undo" not in labels(app)
        assert "by <bdi>Bea</bdi>" in html(app)

    @pytest.mark.parametrize("actor", [TRANSLATOR, EDITOR], ids=str)
    def test_others_see_by_whom_and_when(self, app, service, project, segment, other, actor):
        done = service.withdraw(LEAD, other)
        opened(app, "documents", actor)
        assert not {"Withdraw", "Restore"} & set(labels(app))
        shown = html(app)
        assert f'by <bdi>Lea</bdi><br><time datetime="{done.at.isoformat()}">{missing.when(done)}' in shown
        assert "A QA lead can restore them." in shown


class TestElsewhere:
    def test_a_link_to_a_segment_says_who_withdrew_it(self, app, service, project, segment, other):
        done = service.withdraw(LEAD, segment.document_id)
        opened(app, "review", TRANSLATOR, segment=str(segment.id))
        said = f"port.txt was withdrawn by Lea on {missing.when(done)}; a QA lead can restore it."
        assert said in html(app)
        assert "Restore" not in labels(app)
        assert {row["document"] for row in bench(app)["rows"]} == {other}
        clicked(app, "withdrawn:close")
        assert said not in html(app)

    @pytest.mark.parametrize("page", ["review", "approve", "alignment"])
    @pytest.mark.parametrize("plain", ["", "1"])
    def test_a_link_to_the_document_too_and_a_lead_restores_it(
        self, app, service, project, segment, other, page, plain
    ):
        service.set_policy(LEAD, project.id, Policy(own_approval=True))
        first = service.segments(SegmentFilter(project.id, other)).rows[0]
        service.submit(TRANSLATOR, first.id, "Relu.", first.version)
        service.withdraw(LEAD, segment.document_id)
        opened(app, page, LEAD, document=str(segment.document_id), plain=plain)
        assert "port.txt was withdrawn by Lea on" in html(app)
        clicked(app, "withdrawn:restore")
        assert service.withdrawn(project.id) == []
        assert "was withdrawn" not in html(app)

    @pytest.mark.parametrize("page", ["review", "approve"])
    @pytest.mark.parametrize("plain", ["", "1"])
    def test_where_nothing_else_is_left(self, app, service, project, segment, page, plain):
        service.withdraw(LEAD, segment.document_id)
        opened(app, page, EDITOR, segment=str(segment.id), plain=plain)
        assert "port.txt was withdrawn by Lea on" in html(app)

    def test_whoever_has_it_open_is_told_and_keeps_the_text(self, app, service, project, segment, other):
        opened(app, "review", TRANSLATOR, segment=str(segment.id))
        service.withdraw(LEAD, segment.document_id)
        app.run()
        told = component(app, "pulse")
        assert told["left"] is False, "the drawing has it already"
        data = bench(app)
        assert [row["id"] for row in data["gone"]] == [segment.id], "what was typed into it can be seen"
        assert {row["document"] for row in data["rows"]} == {other}
        assert "What was typed there and not saved is kept in the browser." in html(app)

    def test_the_simple_form_keeps_what_is_typed(self, app, service, project, segment, other):
        opened(app, "review", TRANSLATOR, segment=str(segment.id), plain="1")
        service.withdraw(LEAD, segment.document_id)
        app.main.text_area[0].input("Non enregistré.")
        next(button for button in app.main.button if button.label == "Save & next").click().run()
        assert not app.exception
        assert "port.txt was withdrawn by Lea on" in html(app)
        assert service.revisions(segment.id) == []

    @pytest.mark.parametrize("page", ["insights", "checks", "trail", "documents", "rules"])
    @pytest.mark.parametrize("gone", ["one", "all"])
    def test_every_page_opens_without_it(self, app, service, project, segment, other, page, gone):
        for id in (segment.document_id, other)[: 1 if gone == "one" else 2]:
            service.withdraw(LEAD, id)
        opened(app, page, LEAD)
        if page == "trail":
            assert "port.txt (withdrawn)" in html(app)

    def test_figures_of_it_become_those_of_the_project(self, app, service, project, segment, other):
        opened(app, "insights", LEAD)
        box = app.selectbox(key=f"insights:{project.id}")
        box.select(segment.document_id).run()
        service.withdraw(LEAD, segment.document_id)
        app.run()
        assert not app.exception
        assert not [each for each in app.selectbox if each.key == f"insights:{project.id}"]


class TestInABrowser:
    pytestmark = browser_tests

    def test_a_document_goes_while_somebody_works_in_it_and_comes_back(
        self, browser, server, service, project, segment, other
    ):
        who = f"project={project.id}&as={TRANSLATOR.name}&role=translator"
        with tab(browser) as working, tab(browser) as leading:
            working.goto(f"{server.url}/review?{who}&document={segment.document_id}&segment={segment.id}")
            working.locator("textarea.editor").fill("La nuit, des frappes.")
            leading.goto(f"{server.url}/documents?project={project.id}&as={LEAD.name}&role=lead")
            leading.get_by_role("button", name="Withdraw").first.focus()
            leading.keyboard.press("Enter")
            question = leading.get_by_role("dialog", name="Withdraw this document?")
            question.get_by_text("5 segments, none of them revised").wait_for()
            picture(leading, "withdraw")
            leading.keyboard.press("Escape")
            question.wait_for(state="detached")
            leading.get_by_role("button", name="Withdraw").first.click()
            question.get_by_role("button", name="Withdraw").click()
            leading.get_by_role("status").filter(has_text="port.txt is withdrawn").wait_for()
            leading.get_by_text("Withdrawn (1)").click()
            leading.get_by_text("0 of 5 segments revised").wait_for()
            leading.get_by_role("button", name="Restore").scroll_into_view_if_needed()
            picture(leading, "withdrawn")
            # Who had it before them is told, and what they typed is still there.
            working.get_by_role("alert").filter(has_text="port.txt was withdrawn by Lea").wait_for()
            assert working.locator("textarea.editor").input_value() == "La nuit, des frappes."
            working.locator("textarea.editor").press("Control+Enter")
            working.locator(".card").get_by_text("port.txt was withdrawn by Lea").wait_for()
            picture(working, "withdrawn-review")
            assert service.revisions(segment.id) == []
            working.goto(f"{server.url}/review?{who}&segment={segment.id}")
            working.get_by_role("alert").filter(has_text="port.txt was withdrawn by Lea").wait_for()
            working.locator(".card-head h3").wait_for()
            leading.get_by_role("button", name="Undo").click()
            leading.get_by_role("status").filter(has_text="port.txt is back").wait_for()
            working.goto(f"{server.url}/review?{who}&segment={segment.id}")
            until(
                lambda: working.locator("textarea.editor").input_value() == "La nuit, des frappes.",
                "the text that was kept",
            )
            working.locator("textarea.editor").press("Control+Enter")
            until(lambda: len(service.revisions(segment.id)) == 1, "the text to be saved")


def picture(page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png")
