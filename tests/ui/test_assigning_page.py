"""Who works on what: a lead gives and takes back on Documents, a translator finds their part on Review."""

from __future__ import annotations

import pytest
from conftest import LEAD, PAIRS, TRANSLATOR, document
from test_ui_pages import bench, html, opened, press

from qa.review.views import Actor, Part, Role, SegmentFilter


@pytest.fixture
def second(service, project):
    return service.import_document(LEAD, project.id, document(PAIRS, {}), name="second.txt").id


def field(app, kind: str, label: str):
    return next(each for each in getattr(app, kind) if each.label == label)


def give(app, documents: list[int], who: str, **stretch: int):
    field(app, "multiselect", "Documents").set_value(documents)
    field(app, "selectbox", "Person").set_value(who)
    for label, value in stretch.items():
        field(app, "number_input", f"{label.capitalize()} segment").set_value(value)
    return press(app, "Assign")


def held(service, project):
    return [
        (each.name, each.document_id, [(part.first, part.last) for part in each.parts])
        for each in service.assignments(project.id)
    ]


def test_a_lead_gives_documents_and_a_stretch_and_takes_one_back(app, service, project, second):
    for name in ("Theo", "Ann"):  # a new name cannot be typed in these tests; one that has worked is offered
        service.comment(Actor(name, Role.TRANSLATOR), 1, "Oui")
    opened(app, "documents", LEAD)
    assert "Segments that nobody has: port.txt: 5; second.txt: 5" in html(app)
    give(app, [1, second], "Theo")
    assert "10 segments are Theo's turn now" in html(app).replace("&#x27;", "'")
    give(app, [second], "Ann", **{"from": 2, "to": 3})
    assert held(service, project) == [
        ("Theo", 1, [(1, 5)]),
        ("Theo", second, [(1, 1), (4, 5)]),
        ("Ann", second, [(2, 3)]),
    ]
    shown = html(app)
    assert "segments 1, 4–5" in shown
    assert "the whole document" in shown
    assert "0 of 8 segments handed in or approved, in 2 documents" in shown
    app.button(key=f"take-back:{second}:Theo").click().run()
    assert not app.exception
    assert held(service, project) == [("Theo", 1, [(1, 5)]), ("Ann", second, [(2, 3)])]
    assert "Segments that nobody has: second.txt: 3" in html(app)


@pytest.mark.parametrize(
    ("documents", "who", "stretch", "message"),
    [
        ([], "Theo", {}, "choose the documents"),
        ([1], None, {}, "who gets them"),
        ([1, 2], "Theo", {"from": 2}, "of one document"),
        ([1], "Theo", {"from": 4, "to": 3}, "port.txt has segments 1 to 5"),
        ([1], "Theo", {"to": 9}, "port.txt has segments 1 to 5"),
    ],
)
def test_what_cannot_be_given_is_said_and_changes_nothing(
    app, service, project, second, documents, who, stretch, message
):
    service.submit(TRANSLATOR, 1, "Oui.", 1)  # whoever has worked here can be chosen
    opened(app, "documents", LEAD)
    give(app, documents, who, **stretch)
    assert message in html(app)
    assert held(service, project) == []


@pytest.mark.parametrize("actor", [None, TRANSLATOR], ids=["nobody", "translator"])
def test_assigning_is_for_leads_and_everybody_sees_it(app, service, project, actor):
    service.assign(LEAD, [Part(1)], "Theo <b>")
    opened(app, "documents", actor)
    assert "Assign" not in [button.label for button in app.button]
    assert "Done by Theo &lt;b&gt;: 0 of 5" in html(app)


def test_review_begins_with_ones_own_part(app, service, project):
    service.assign(LEAD, [Part(1, 2, 3)], "theo")
    assert [row["position"] for row in bench(opened(app, "review", TRANSLATOR))["rows"]] == [2, 3]
    field(app, "toggle", "Only mine").set_value(False).run()
    assert len(bench(app)["rows"]) == 5
    assert app.query_params["mine"] == "off"


def test_who_was_given_nothing_is_asked_nothing(app, service, project):
    service.assign(LEAD, [Part(1)], "Ann")
    assert len(bench(opened(app, "review", TRANSLATOR))["rows"]) == 5
    assert "Only mine" not in [toggle.label for toggle in app.toggle]


def test_a_document_without_a_part_of_ones_own_is_shown_whole(app, service, project, second):
    service.assign(LEAD, [Part(1)], "Theo")
    data = bench(opened(app, "review", TRANSLATOR, document=str(second)))
    assert len(data["rows"]) == 5


def test_ones_own_part_with_other_filters_and_orders(service, project, second):
    service.assign(LEAD, [Part(1, 1, 2), Part(second)], "Theo")
    for order in ("position", "harm", "score"):
        found = service.segments(SegmentFilter(project.id, 1, assignee="Theo", order=order))
        assert {row.position for row in found.rows} == {1, 2}
    flagged = service.segments(SegmentFilter(project.id, assignee="Theo", open_flags_only=True))
    assert [row.position for row in flagged.rows] == [2]
    assert service.segments(SegmentFilter(project.id, assignee="Theo", search="grèves")).total == 2


def test_in_a_team_only_those_who_edit_can_be_chosen(app, service, project, monkeypatch):
    for name, role in (("Lea", Role.LEAD), ("Theo", Role.TRANSLATOR), ("Eva", Role.EDITOR)):
        service.add_person(Actor("Lea", Role.LEAD), name, {role})
    lea = next(person for person in service.people() if person.name == "Lea")
    monkeypatch.setattr("qa.ui.signin.is_local", lambda: False)
    monkeypatch.setattr("qa.ui.signin.admitted", lambda _: lea)
    monkeypatch.setattr("qa.ui.signin.require_safe_address", lambda: None)
    opened(app, "documents", role="lead")
    assert field(app, "selectbox", "Person").options == ["Eva", "Theo"]
