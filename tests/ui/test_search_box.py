"""The search box of Review and Approve: its options, the address, and what is said of a bad pattern."""

from __future__ import annotations

import pytest
from conftest import EDITOR, TRANSLATOR
from test_ui_pages import bench, elements, html, opened

from qa.review.views import SegmentFilter


def positions(app):
    return [row["position"] for row in bench(app)["rows"]]


def popovers(app):
    return [node.proto.popover.label for node in elements(app.main) if node.type == "popover"]


@pytest.fixture
def handed_in(service, project):
    """Every segment in the queue of the Approve page."""
    for row in service.segments(SegmentFilter(project.id)).rows:
        service.submit(TRANSLATOR, row.id, row.text, row.version)


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"q": "удар"}, [2, 4]),
        ({"q": "удар", "in": "source"}, [2, 4]),
        ({"q": "удар", "in": "target"}, []),
        ({"q": "PORT", "in": "target"}, [1, 2, 4]),
        ({"q": "^l.*port", "in": "target", "regex": "1"}, [2]),
        ({"q": "[Пп]орт", "regex": "1"}, [1, 2, 4]),
        ({"q": "port", "in": "nowhere", "regex": "yes"}, [1, 2, 4]),
    ],
    ids=str,
)
@pytest.mark.parametrize("page", ["review", "approve"])
def test_an_address_opens_its_search(app, handed_in, page, params, found):
    opened(app, page, EDITOR, **params)
    if found or page == "review":
        assert positions(app) == found
    else:
        assert "Nothing that waits for approval matches" in html(app)
    used = sum(params.get(name) in ("source", "target", "1") for name in ("in", "regex"))
    assert popovers(app) == [f"More filters ({used})" if used else "More filters"]
    for name in ("in", "regex"):
        meant = params.get(name) in ("source", "target", "1")
        assert app.query_params.get(name) == (params[name] if meant else None)


@pytest.mark.parametrize("page", ["review", "approve"])
def test_the_options_stand_in_the_address_and_are_counted(app, handed_in, page):
    opened(app, page, EDITOR, q="port$")
    assert popovers(app) == ["More filters"]
    app.main.checkbox(key=f"{page}:regex").check().run()
    app.main.segmented_control(key=f"{page}:in").set_value("target").run()
    assert not app.exception
    assert popovers(app) == ["More filters (2)"]
    assert app.main.text_input(key=f"{page}:q").value == "port$"
    assert app.main.text_input(key=f"{page}:q").placeholder == "Search the translation"
    assert {name: app.query_params[name] for name in ("q", "in", "regex")} == {
        "q": "port$",
        "in": "target",
        "regex": "1",
    }
    app.main.text_input(key=f"{page}:q").set_value("port$|arrêté").run()
    assert positions(app) == [1, 4]
    app.main.checkbox(key=f"{page}:regex").uncheck().run()
    app.main.segmented_control(key=f"{page}:in").set_value("both").run()
    assert popovers(app) == ["More filters"]
    assert "in" not in app.query_params
    assert "regex" not in app.query_params


@pytest.mark.parametrize("plain", [{}, {"plain": "1"}], ids=["workbench", "plain"])
@pytest.mark.parametrize("page", ["review", "approve"])
def test_a_bad_pattern_is_explained_in_place_of_the_list(app, handed_in, page, plain):
    opened(app, page, EDITOR, q="<b>(", regex="1", **plain)
    said = "the search pattern cannot be read: missing ) at position 5, after &lt;b&gt;("
    assert html(app).count(said) == 1
    drawn = [node.proto.component_name for node in elements(app.main) if node.type == "bidi_component"]
    assert not any(name.endswith("workbench") for name in drawn)
    app.main.text_input(key=f"{page}:q").set_value("port").run()
    assert not app.exception
    assert said not in html(app)
    if not plain:
        assert positions(app) == [1, 2, 4]
