"""Every page without a browser: empty, with a project, and where the role may not."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import EDITOR, LEAD, PAIRS, TRANSLATOR, document
from streamlit.testing.v1 import AppTest

from qa.model import Link, SegmentState
from qa.review.views import Role, SegmentFilter
from qa.store.repository import Records
from qa.ui import session

PAGES = ["documents", "review", "alignment", "approve", "insights", "checks", "export", "rules", "trail"]


def opened(app: AppTest, page: str, actor=None, **params: str) -> AppTest:
    """The page as ``actor`` finds it who opens its address."""
    if actor is not None:
        params |= {"as": actor.name, "role": actor.role}
    if page != "documents":
        app.run()
        # AppTest.switch_page only knows pages that are files.
        (app._page_hash,) = (
            hash for hash, known in app._registered_pages.items() if known["url_pathname"] == page
        )
    app.query_params.update(params)
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    return app


def elements(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from elements(child)


def html(app: AppTest) -> str:
    """All HTML on the page in one string."""
    return "\n".join(
        node.proto.body for root in (app.main, app.sidebar) for node in elements(root) if node.type == "html"
    )


def bench(app: AppTest) -> dict[str, Any]:
    """What the workbench was given."""
    return component(app, "workbench")


def component(app: AppTest, name: str) -> dict[str, Any]:
    """What a component of ours was given."""
    found = [node.proto for node in elements(app.main) if node.type == "bidi_component"]
    (proto,) = [proto for proto in found if proto.component_name.endswith(f"relecture.{name}")]
    return json.loads(proto.json)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("actor", [None, LEAD], ids=["nobody", "lead"])
def test_every_page_says_how_to_begin(app, page, actor):
    shown = html(opened(app, page, actor))
    assert "ocument" in shown
    if page != "documents":
        assert "yet" in shown


@pytest.mark.parametrize("page", [*PAGES, "people"])
@pytest.mark.parametrize("actor", [None, TRANSLATOR, EDITOR, LEAD], ids=["nobody", *Role])
def test_every_page_opens_for_everybody(app, project, page, actor):
    opened(app, page, actor)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_translations_without_a_source(app, service, page):
    made = service.create_project(LEAD, "Alone", "und", "ar")
    service.import_document(
        LEAD, made.id, document([("", target) for _, target in PAIRS], {}, "ar"), name="a"
    )
    opened(app, page, LEAD)


def test_documents_show_progress_and_flags(app, service, project):
    first = service.segments(SegmentFilter(project.id)).rows[0]
    service.submit(TRANSLATOR, first.id, "Nouvelles", first.version)
    shown = html(opened(app, "documents", LEAD))
    assert "1 of 5 revised, 0 approved" in shown
    assert "<b>1</b> major" in shown
    assert "Russian → French" in shown


def test_a_name_that_is_markup_stays_text(app, service, project):
    service.import_document(LEAD, project.id, document(PAIRS, {}), name="<script>alert(1)</script>")
    shown = html(opened(app, "documents", LEAD))
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown


def test_the_role_stands_in_the_address(app, project):
    opened(app, "documents", LEAD)
    assert app.radio[0].value is Role.LEAD
    app.radio[0].set_value(Role.EDITOR).run()
    assert app.query_params["role"] == "editor"
    assert app.query_params["as"] == "Lea"


def test_an_unknown_role_in_the_address_is_ignored(app, project):
    opened(app, "documents", role="king")
    assert app.radio[0].value is Role.TRANSLATOR


def test_the_filter_is_read_from_the_address(app, project):
    data = bench(opened(app, "review", TRANSLATOR, flags="open", severity="major"))
    assert [row["position"] for row in data["rows"]] == [2]
    data = bench(opened(app, "review", TRANSLATOR, q="ИНЦИДЕНТ"))
    assert data["rows"] == []


@pytest.mark.parametrize(
    "params",
    [
        {"state": "nowhere"},
        {"below": "many"},
        {"check": "no-such-check"},
        {"document": "999"},
        {"order": "?"},
        {"segment": "99999999999999999999"},
        {"segment": "77"},
        {"offset": "-3"},
        {"project": "42"},
    ],
    ids=str,
)
def test_an_address_that_means_nothing_opens_the_page(app, project, params):
    assert bench(opened(app, "review", TRANSLATOR, **params))["rows"]


def test_a_link_opens_its_segment_even_outside_the_filter(app, service, project):
    last = service.segments(SegmentFilter(project.id)).rows[-1]
    data = bench(opened(app, "review", TRANSLATOR, flags="open", segment=str(last.id)))
    assert data["selected"] == last.id
    assert [row["position"] for row in data["rows"]] == [2, 3, 5]


def test_a_list_that_a_repair_has_overtaken_is_read_anew(app, service, project):
    opened(app, "review", TRANSLATOR)
    first, second = service.segments(SegmentFilter(project.id)).rows[:2]
    seen = {row.id: row.version for row in (first, second)}
    service.repair(EDITOR, first.document_id, seen, (Link((0, 1), (0, 1), 1.0),), "merge")
    app.run()
    data = bench(app)
    assert [row["position"] for row in data["rows"]] == [1, 2, 3, 4]
    assert [row["id"] for row in data["gone"]] == [first.id]


def test_the_workbench_offers_what_the_role_may(app, project):
    can = bench(opened(app, "review", TRANSLATOR))["can"]
    assert (can["edit"], can["approve"]) == (True, False)
    assert (can["propagate"], can["bulk"]) == (True, False)
    app.radio[0].set_value(Role.LEAD).run()
    can = bench(app)["can"]
    assert (can["edit"], can["decide"]) == (False, True)


def test_without_a_name_nothing_is_offered(app, project):
    data = bench(opened(app, "review"))
    assert not any(data["can"].values())


def test_of_a_giant_text_the_start_is_laid_out_and_all_of_it_edited(app, service, project):
    made = service.import_document(LEAD, project.id, document([("x", "б" * 90_000)], {}), name="giant")
    (row,) = bench(opened(app, "review", TRANSLATOR, document=str(made.id)))["rows"]
    assert len(row["text"]) == 90_000
    assert sum(len(run["t"]) for run in row["target"]) < 11_000
    assert row["target"][-1] == {"t": "… 80,000 more characters", "k": "control"}


def test_the_approval_queue_holds_what_was_handed_in(app, service, project):
    assert "Nothing waits for approval" in html(opened(app, "approve", EDITOR))
    first = service.segments(SegmentFilter(project.id)).rows[1]
    service.submit(TRANSLATOR, first.id, "Autre.", first.version)
    app.run()
    assert [row["text"] for row in bench(app)["rows"]] == ["Autre."]


def test_insights_show_the_verdict_and_hter(app, service, project):
    first = service.segments(SegmentFilter(project.id)).rows[1]
    revised = service.submit(TRANSLATOR, first.id, "Autre chose.", first.version)
    service.approve(EDITOR, first.id, revised.version)
    opened(app, "insights", LEAD)
    values = {metric.label: metric.value for metric in app.metric}
    assert values["Approved"] == "1 / 5"
    assert float(values["HTER of approved"]) > 0
    assert "too small to decide" in html(app).lower()


def test_export_is_for_a_lead_who_gets_a_file(app, project):
    opened(app, "documents", TRANSLATOR, view="export")
    assert "Exporting is for a QA lead" in html(app)
    assert not app.button(key="export-as-lead").click().run().exception
    app.button(key="prepare").click().run()
    assert not app.exception
    assert app.session_state["export"]["bytes"].startswith(b"PK")


@pytest.mark.parametrize("page", ["documents", "export", "rules", "approve", "checks", "trail"])
def test_a_lead_without_a_name_is_asked_for_the_name_and_not_for_the_role(app, project, page):
    opened(app, page, role="lead")
    assert "Say who you are" in html(app)
    assert not [button for button in app.button if button.label.startswith("Continue as")]


def test_rules_can_be_changed_by_a_lead_and_stand_in_the_trail(app, service, project):
    opened(app, "rules", LEAD)
    app.checkbox[0].check()
    next(button for button in app.button if button.label == "Save the rules").click().run()
    assert not app.exception
    assert service.project(project.id).policy.own_approval
    assert service.events(project_id=project.id)[0].action == "set-policy"


def test_a_broken_database_is_one_line(app, database):
    database.write_bytes(b"this is no database at all" * 100)
    shown = html(opened(app, "documents", LEAD))
    assert str(database) in shown


# -- the simple form -----------------------------------------------------------------------------------


def plain_form(app: AppTest, page: str, actor) -> AppTest:
    return opened(app, page, actor, plain="1")


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, [e.value for e in app.exception]
    return app


def test_the_simple_form_saves_what_was_typed_and_goes_on(app, service, project):
    plain_form(app, "review", TRANSLATOR)
    app.text_area[0].input("Nouvelles du grand port")
    press(app, "Save & next")
    saved = service.segments(SegmentFilter(project.id)).rows[0]
    assert (saved.text, saved.state) == ("Nouvelles du grand port", SegmentState.REVISED)
    assert app.number_input[0].value == 2


def test_the_simple_form_applies_a_fix_to_what_was_typed(app, service, project):
    plain_form(app, "review", TRANSLATOR)
    app.number_input[0].set_value(2).run()
    app.text_area[0].input(PAIRS[1][1] + " Oui.")
    press(app, "Apply fix 1")
    assert service.segments(SegmentFilter(project.id)).rows[1].text == (
        PAIRS[1][1].replace("grèves", "frappes") + " Oui."
    )


def test_the_simple_form_shows_both_texts_of_a_conflict(app, service, project):
    plain_form(app, "review", TRANSLATOR)
    first = service.segments(SegmentFilter(project.id)).rows[0]
    app.text_area[0].input("Le mien")
    service.submit(EDITOR, first.id, "Le leur", first.version)
    press(app, "Save & next")
    shown = html(app)
    assert "What stands now" in shown
    assert "Le leur" in shown
    assert ">Le mien<" in shown
    assert app.text_area[0].value == "Le mien"
    assert service.segment(first.id).text == "Le leur"
    press(app, "Leave mine, show what stands now")
    assert app.text_area[0].value == "Le leur"
    app.text_area[0].input("Le nôtre")
    press(app, "Save & next")
    assert service.segment(first.id).text == "Le nôtre"


def test_the_simple_form_opens_the_segment_of_the_address_and_writes_it_there(app, service, project):
    third = service.segments(SegmentFilter(project.id)).rows[2]
    opened(app, "review", TRANSLATOR, plain="1", segment=str(third.id))
    assert (app.number_input[0].value, app.text_area[0].value) == (3, third.text)
    app.number_input[0].set_value(2).run()
    second = service.segments(SegmentFilter(project.id)).rows[1]
    assert app.query_params["segment"] == str(second.id)
    opened(app, "review", TRANSLATOR, plain="1", segment="999999")
    assert app.number_input[0].value == 2


def test_switching_the_simple_form_on_stays_where_the_workbench_is(app, service, project):
    third, fourth = service.segments(SegmentFilter(project.id)).rows[2:4]
    opened(app, "review", TRANSLATOR, segment=str(third.id))
    (switch,) = (toggle for toggle in app.sidebar.toggle if toggle.label == "Simple form")
    switch.set_value(True).run()
    assert app.text_area[0].value == third.text
    app.number_input[0].set_value(4).run()
    switch.set_value(False).run()
    assert bench(app)["selected"] == fourth.id


@pytest.mark.parametrize("link", ["0", "-1", "x", "9" * 40])
def test_a_link_to_no_segment_opens_the_first(app, project, link):
    opened(app, "review", TRANSLATOR, plain="1", segment=link)
    assert app.number_input[0].value == 1


def test_the_simple_form_approves_and_refuses_in_the_words_of_the_service(app, service, project):
    first = service.segments(SegmentFilter(project.id)).rows[0]
    service.submit(EDITOR, first.id, "Le mien", first.version)
    plain_form(app, "approve", EDITOR)
    press(app, "Approve & next")
    assert "somebody else has to approve it" in html(app)
    app.sidebar.text_input[0].input("Olga").run()
    press(app, "Approve & next")
    assert service.segment(first.id).approver == "Olga"


def test_the_simple_form_dismisses_with_a_reason(app, service, project):
    plain_form(app, "review", TRANSLATOR)
    app.number_input[0].set_value(2).run()
    press(app, "Dismiss 1")
    assert "say why" in html(app)
    next(field for field in app.text_input if field.label.startswith("Comment")).input("Juste")
    press(app, "Dismiss 1")
    assert service.segments(SegmentFilter(project.id)).rows[1].flags[0].reason == "Juste"


def test_a_lead_mutes_a_check_in_the_simple_form(app, service, project):
    """Its open flags leave text, list and count there; the reason stands in the trail."""
    plain_form(app, "review", LEAD)
    app.number_input[0].set_value(2).run()
    assert "has another sense here" in html(app)
    next(field for field in app.text_input if field.label.startswith("Comment")).input("Too many")
    press(app, "Mute check 1")
    assert service.projects()[0].policy.muted_checks == {"wrong-sense"}
    assert service.events(project.id)[0].data["reason"] == "Too many"
    shown = html(app)
    assert "has another sense here" not in shown
    assert "<mark" not in shown
    opened(app, "review", TRANSLATOR, plain="1", flags="open")
    assert app.number_input[0].label == "Segment, 1 to 1"
    assert "an opening quotation mark closes" in html(app)
    assert not [button for button in app.button if button.label.startswith("Mute")]


def test_the_simple_form_takes_a_correction_over_and_back(app, service, project):
    again = service.import_document(LEAD, project.id, document([PAIRS[0]] * 2, {}), name="again")
    twins = [view.id for view in service.segments(SegmentFilter(project.id, again.id)).rows]
    plain_form(app, "review", TRANSLATOR)
    app.text_area[0].input("Actualités du port")
    press(app, "Save & next")
    assert "2 alike segments" in html(app)
    press(app, "Change 2 segments")
    assert {view.text for view in service.views(twins)} == {"Actualités du port"}
    assert "taken over to 2 segments" in html(app)
    press(app, "Undo for all of them")
    assert {view.text for view in service.views(twins)} == {PAIRS[0][1]}


def test_the_simple_form_approves_several_under_a_risk(app, service, project):
    first, second = service.segments(SegmentFilter(project.id)).rows[:2]
    for view in (first, second):
        service.submit(TRANSLATOR, view.id, f"{view.text} Oui.", view.version)
    plain_form(app, "approve", EDITOR)
    assert "Under this risk: 1 revised segment." in html(app)
    press(app, "Approve 1 segment")
    assert service.segment(first.id).approver == "Eva"
    assert service.segment(second.id).state is SegmentState.REVISED
    service.approve(EDITOR, second.id, service.segment(second.id).version)
    app.run()  # nothing waits any more; the undo is still there
    press(app, "Undo for all of them")
    assert service.segment(first.id).state is SegmentState.REVISED


def test_what_is_loaded_for_good_is_set_apart_from_the_collector_once(app, project, monkeypatch):
    frozen: list[int] = []
    monkeypatch.setattr(session, "_settled", 0)
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(1))
    opened(app, "review", TRANSLATOR)
    app.run()
    assert frozen
    before = len(frozen)
    app.run()
    assert len(frozen) == before


@pytest.mark.parametrize("page", ["review", "approve", "alignment"])
def test_working_in_a_project_does_not_count_it(app, project, page, monkeypatch):
    """Counting looks at every segment: with 100,000 of them it was most of what a change of filter took."""

    def counts(*_: object) -> None:
        raise AssertionError("the segments were counted")

    monkeypatch.setattr(Records, "counts", counts)
    opened(app, page, TRANSLATOR)
