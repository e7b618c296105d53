"""The page Documents: what is there, import and export as tabs of one page, and addresses that open them."""

from __future__ import annotations

import pytest
from browsing import browser_tests, tab
from conftest import LEAD, PAIRS, TRANSLATOR, document
from test_importing import FakePipeline
from test_ui_pages import html, opened, press

from qa.report.exports import EXPORTS
from qa.ui import exporting, session
from qa.ui.screens import PAGES
from qa.ui.screens.documents import VIEW, VIEWS


def open_tab(app) -> str:
    return app.session_state[VIEW.key]


def test_all_that_goes_in_and_out_is_on_one_page(app, service, project):
    opened(app, "documents", LEAD)
    assert [each.label for each in app.tabs] == list(VIEWS)
    overview, taking, giving = app.tabs
    assert [button.label for button in overview.button][:2] == [
        r"Review *port\.txt*",
        r"Links *port\.txt*",
    ]
    assert [button.label for button in taking.button] == ["Align, score and check"]
    assert [button.label for button in giving.button] == ["Prepare the file"]
    assert giving.segmented_control[0].label == "Format"
    # A file of another type turns red without a word of Streamlit's.
    assert "Read here: .txt, .md" in html(app)
    assert "export" not in PAGES


@pytest.mark.parametrize("view", VIEWS)
def test_an_address_opens_its_tab(app, project, view):
    opened(app, "documents", LEAD, view=view.lower())
    assert open_tab(app) == view
    assert app.query_params.get("view") == (None if view == "Overview" else view.lower())


@pytest.mark.parametrize("view", ["nowhere", "", "<b>"])
def test_an_address_that_names_no_tab_opens_the_page(app, project, view):
    opened(app, "documents", LEAD, view=view)
    assert open_tab(app) == "Overview"
    assert "view" not in app.query_params


def test_the_address_that_export_once_had_opens_its_tab(app, project):
    opened(app, "export", LEAD)
    assert [title.value for title in app.title] == ["Documents"]
    assert open_tab(app) == "Export"
    assert app.query_params["view"] == "export"
    assert app.session_state["desk:as"] == LEAD.name


def test_the_warning_counts_what_goes_out(app, service, project):
    other = service.import_document(LEAD, project.id, document(PAIRS, {}), name="other.txt")
    opened(app, "documents", LEAD)
    assert "10 of 10 segments are not approved" in html(app)
    app.selectbox(key=f"export:{project.id}:False").select(other.id).run()
    assert "5 of 5 segments are not approved" in html(app)


def test_import_and_export_ask_for_a_lead_and_the_tab_stays_open(app, project):
    opened(app, "documents", TRANSLATOR, view="import")
    assert "Adding documents is for a QA lead." in html(app)
    assert "Exporting is for a QA lead." in html(app)
    app.button(key="import-as-lead").click().run()
    assert open_tab(app) == "Import"
    assert "is for a QA lead" not in html(app)


@pytest.mark.parametrize("view", ["overview", "import", "export"])
def test_without_documents_there_is_one_thing_to_do(app, service, view):
    service.create_project(LEAD, "Bare", "ru", "fr")
    opened(app, "documents", LEAD, view=view)
    assert not app.tabs
    assert "Russian → French · no documents yet" in html(app)
    assert ("nothing to export yet" in html(app)) == (view == "export")
    assert [button.label for button in app.button] == ["Align, score and check"]


def test_an_import_that_has_begun_is_shown_with_the_list_it_goes_into(app, service, project, monkeypatch):
    pipeline = FakePipeline()
    pipeline.go.clear()
    monkeypatch.setattr(session, "pipeline", lambda: pipeline)
    opened(app, "documents", LEAD, view="import")
    app.tabs[1].segmented_control[0].set_value("Paste text").run()
    app.text_area(key="source-text").input(PAIRS[0][0])
    app.text_area(key="target-text").input(PAIRS[0][1]).run()
    press(app, "Align, score and check")
    assert open_tab(app) == "Overview"
    assert "view" not in app.query_params
    assert "<b>Untitled</b>" in html(app)
    pipeline.go.set()


class TestInABrowser:
    pytestmark = browser_tests

    def test_a_tab_is_reached_by_keys_and_keeps_what_was_chosen(self, browser, server, project):
        with tab(browser) as page:
            page.goto(f"{server.url}/export?as={LEAD.name}&role=lead")
            page.get_by_role("button", name="Prepare the file").wait_for()
            page.wait_for_url(lambda url: "view=export" in url and "/export" not in url)
            page.get_by_text("CSV", exact=True).click()
            page.get_by_text("One line a flag").wait_for()
            page.get_by_role("tab", name="Export").focus()
            page.keyboard.press("ArrowLeft")
            page.wait_for_url(lambda url: "view=import" in url)
            file = {"name": "port.ru.txt", "mimeType": "text/plain", "buffer": "Новости порта".encode()}
            page.locator("input[type=file]").first.set_input_files(file)
            page.get_by_text("port.ru.txt").wait_for()
            page.get_by_role("tab", name="Overview").click()
            page.get_by_text("0 of 5 revised").wait_for()
            page.wait_for_url(lambda url: "view=" not in url)
            page.get_by_role("tab", name="Import").click()
            page.get_by_text("port.ru.txt").wait_for()
            page.wait_for_url(lambda url: "view=import" in url)
            page.get_by_role("tab", name="Export").click()
            page.get_by_text("One line a flag").wait_for()
            page.wait_for_url(lambda url: "view=export" in url)  # the tab is open before the server knows
            page.reload()
            page.get_by_role("button", name="Prepare the file").wait_for()
            assert page.get_by_role("tab", name="Export").get_attribute("aria-selected") == "true"


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("app.po", b'msgid "Open"\nmsgstr "Ouvrir"\n', "app.po"),
        ("app.tsv", b"src\tmt\nOpen\tOuvrir\n", ""),
    ],
)
def test_a_file_that_is_written_back_is_kept(app, service, monkeypatch, name, content, kept):
    orders = []

    class Started:
        id = 1

    monkeypatch.setattr("qa.ui.importing.Imports.start", lambda _, by, order: orders.append(order) or Started)
    opened(app, "documents", LEAD, view="import")
    app.segmented_control(key="way").set_value("One bilingual file").run()
    app.file_uploader(key="pairs-file").set_value((name, content, "application/octet-stream")).run()
    for label, tag in (("Source language", "en"), ("Language of the translation", "fr")):
        next(box for box in app.selectbox if box.label == label).set_value(tag).run()
    app.button(key="start").click().run()
    assert not app.exception
    (order,) = orders
    assert order.pairs == (("Open", "Ouvrir"),)
    assert (order.original, order.original_name) == (content if kept else None, kept)


@pytest.mark.parametrize(("format", "begins"), [("xliff", b"<?xml"), ("po", b'msgid ""')])
def test_the_formats_of_translation_tools_are_offered(app, project, format, begins):
    opened(app, "documents", LEAD, view="export")
    app.segmented_control(key="format").set_value(format).run()
    assert exporting._WHAT[format].split(".")[0] in html(app)
    app.button(key="prepare").click().run()
    assert not app.exception
    assert app.session_state["export"]["bytes"].startswith(begins)
    assert app.session_state["export"]["name"].endswith(f".{format}")


def test_every_format_is_described():
    assert list(exporting._WHAT) == EXPORTS.names()
