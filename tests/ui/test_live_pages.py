"""What the page tells the workbench between two drawings of it."""

from __future__ import annotations

import pytest
from conftest import EDITOR, LEAD, TRANSLATOR
from test_ui_pages import bench, component, html, opened

from qa.errors import StoreError
from qa.model import Link
from qa.review.live import Feed
from qa.review.views import Actor, Role, SegmentFilter


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    """Every look asks the database."""
    monkeypatch.setattr(Feed.__init__, "__kwdefaults__", {**Feed.__init__.__kwdefaults__, "fresh": 0.0})


def looked(app):
    app.run()
    assert not app.exception
    return component(app, "pulse")


def test_only_what_others_have_changed_is_told(app, service, project):
    last = service.segments(SegmentFilter(project.id)).rows[-1]
    opened(app, "review", TRANSLATOR)
    assert component(app, "pulse")["rows"] == []
    service.submit(EDITOR, last.id, "Du leur.", last.version)
    told = looked(app)
    assert [(row["id"], row["text"]) for row in told["rows"]] == [(last.id, "Du leur.")]
    # The next drawing of the workbench has it, and so it is told no more.
    assert told["told"] > bench(app)["told"]
    assert looked(app)["rows"] == []
    assert bench(app)["rows"][-1]["text"] == "Du leur."


def test_a_segment_replaced_by_a_repair_is_told(app, service, project):
    opened(app, "review", TRANSLATOR)
    first, second, third = service.segments(SegmentFilter(project.id)).rows[:3]
    seen = {row.id: row.version for row in (second, third)}
    service.repair(EDITOR, first.document_id, seen, (Link((1, 2), (1, 2), 1.0),), "merge")
    assert looked(app)["gone"] == [second.id, third.id]


def test_whoever_types_elsewhere_is_told(app, service, project):
    first = service.segments(SegmentFilter(project.id)).rows[0]
    service.edit(EDITOR, first.id, "another page")
    opened(app, "review", TRANSLATOR)
    assert looked(app)["editing"] == {str(first.id): "Eva"}
    service.stop_editing("another page")
    assert looked(app)["editing"] == {}


def test_nobody_is_told_of_themselves(app, service, project):
    """After a reload, and after a restart of the server, the sitting is another one."""
    first, second = service.segments(SegmentFilter(project.id)).rows[:2]
    service.edit(Actor("theo", Role.TRANSLATOR), first.id, "the page before")
    service.edit(EDITOR, second.id, "another page")
    opened(app, "review", TRANSLATOR)
    assert looked(app)["editing"] == {str(second.id): "Eva"}


def test_a_look_that_fails_leaves_the_page_as_it_is(app, service, project, monkeypatch):
    opened(app, "review", TRANSLATOR)

    def broken(self: Feed) -> None:
        raise StoreError("the disk is gone")

    monkeypatch.setattr(Feed, "look", broken)
    app.run()
    assert not app.exception
    assert len(bench(app)["rows"]) == 5


def test_the_simple_form_says_who_is_editing(app, service, project):
    first = service.segments(SegmentFilter(project.id)).rows[0]
    service.edit(EDITOR, first.id, "another page")
    assert "Eva is editing this segment" in html(opened(app, "review", TRANSLATOR, plain="1"))
    assert "is editing" not in html(opened(app, "review", LEAD, plain="1", q="incendie"))


def test_the_simple_form_does_not_warn_people_of_themselves(app, service, project):
    """Whoever typed in the workbench and then turned to the simple form."""
    first = service.segments(SegmentFilter(project.id)).rows[0]
    app.session_state["sitting"] = "this page"
    service.edit(TRANSLATOR, first.id, "this page")
    assert "is editing" not in html(opened(app, "review", TRANSLATOR, plain="1"))
