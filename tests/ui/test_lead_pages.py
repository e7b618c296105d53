"""The pages that QA leads steer by: Checks and Trail."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from conftest import EDITOR, LEAD, TRANSLATOR
from test_ui_pages import bench, html, opened

from qa.review.roles import Action
from qa.review.views import Risk, Role, SegmentFilter

SENSE = "wrong-sense"
HOSTILE = "=cmd|'/c calc'!A1 <script>alert(1)</script> \u202eabc"


def first_flag(service, check):
    return next(
        flag.id for view in service.all_segments(1) for flag in view.flags if flag.flag.check == check
    )


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, [e.value for e in app.exception]
    return app


class TestChecks:
    def test_precision_with_its_interval_comes_first(self, app, service, project):
        service.dismiss_flag(TRANSLATOR, first_flag(service, SENSE), HOSTILE)
        opened(app, "checks", LEAD)
        table = app.dataframe[0].value
        assert list(table["check"][:2]) == [SENSE, "quote-direction"]
        first = table.iloc[0]
        assert (first["precision"], first["low"], first["decided"], first["open"]) == (0, 0, 1, 0)
        assert 79 < first["high"] < 80
        assert set(table["check"]) > {"numbers", "glossary"}, "checks that flagged nothing are there to mute"
        shown = html(app)
        assert "0 of 1 decided flags were accepted" in shown
        assert "&lt;script&gt;" in shown
        assert "<script" not in shown

    def test_a_muted_check_leaves_the_queue_and_comes_back(self, app, service, project):
        opened(app, "checks", LEAD, check=SENSE)
        next(field for field in app.text_input if field.label.startswith("Why")).input("too many")
        press(app, "Mute it here")
        assert "open flags left out: 1" in html(app)
        assert service.project(project.id).policy.muted_checks == {SENSE}
        event = service.events(limit=1)[0]
        assert (event.action, event.data["reason"], event.actor) == ("mute-check", "too many", LEAD.name)
        press(app, "Unmute it here")
        assert service.project(project.id).policy.muted_checks == set()

    def test_the_review_page_shows_no_flag_of_a_muted_check(self, app, service, project):
        service.mute_check(LEAD, project.id, SENSE)
        rows = bench(opened(app, "review", TRANSLATOR))["rows"]
        assert [flag["check"] for row in rows for flag in row["flags"]] == ["quote-direction"]

    @pytest.mark.parametrize("check", ["no such check", "", "<b>"])
    def test_an_address_that_names_no_check_opens_the_page(self, app, project, check):
        assert "decided" in html(opened(app, "checks", LEAD, check=check))

    @pytest.mark.parametrize("actor", [TRANSLATOR, EDITOR], ids=str)
    def test_is_for_a_lead(self, app, project, actor):
        opened(app, "checks", actor)
        assert "for a QA lead" in html(app)
        assert not app.dataframe


class TestTrail:
    def test_what_happened_is_told_and_a_stranger_s_text_stays_text(self, app, service, project):
        first = service.segments(SegmentFilter(project.id)).rows[0]
        service.submit(TRANSLATOR, first.id, HOSTILE, first.version)
        service.comment(EDITOR, first.id, HOSTILE)
        shown = html(opened(app, "trail", LEAD))
        assert "port.txt</bdi> · 1" in shown
        assert "machine → revised" in shown
        assert "<script" not in shown
        assert "\u202e" not in shown

    def test_a_decision_is_one_row_and_can_be_looked_at(self, app, service, project):
        seen = {}
        for row in service.segments(SegmentFilter(project.id)).rows:
            for flag in row.flags:
                service.accept_flag(TRANSLATOR, flag.id)
            seen[row.id] = service.submit(TRANSLATOR, row.id, row.text, row.version).version
        done = service.bulk_approve(EDITOR, project.id, seen, Risk(quality=0))
        opened(app, "trail", LEAD, what="bulk-approve")
        assert html(app).count("<tr>") == 2
        assert "× 5" in html(app)
        assert "port.txt</bdi> · 1, 2, 3, 4, 5" in html(app)
        app.selectbox(key="trail:decision-of-page").select(done.group_id).run()
        assert not app.exception
        assert html(app).count("<tr>") == 6
        assert app.query_params["decision"] == done.group_id
        press(app, "Show the whole trail")
        assert html(app).count("<tr>") == 2

    def test_filters_stand_in_the_address(self, app, service, project):
        for row in service.segments(SegmentFilter(project.id)).rows[:2]:
            service.comment(TRANSLATOR, row.id, f"word {row.position}")
        today = datetime.now(UTC).date().isoformat()
        (made,) = service.documents(project.id)
        address = {"who": TRANSLATOR.name, "document": str(made.id), "position": "2", "since": today}
        shown = html(opened(app, "trail", LEAD, **address))
        assert "word 2" in shown
        assert "word 1" not in shown
        app.selectbox(key="trail:who").select("").run()
        assert "who" not in app.query_params

    @pytest.mark.parametrize(
        "params",
        [
            {"who": "Nobody"},
            {"what": "nothing"},
            {"document": "99"},
            {"document": "x", "position": "-1"},
            {"since": "yesterday"},
            {"until": "9999-12-31"},
            {"position": "3"},
        ],
        ids=str,
    )
    def test_an_address_that_means_nothing_shows_everything(self, app, project, params):
        assert "create project" in html(opened(app, "trail", LEAD, **params))

    def test_what_is_not_there_is_said(self, app, service, project):
        (made,) = service.documents(project.id)
        shown = html(opened(app, "trail", LEAD, document=str(made.id), position="77"))
        assert "the document has no segment 77" in shown

    def test_a_decision_that_is_none(self, app, project):
        shown = html(opened(app, "trail", LEAD, decision="none"))
        assert "Nothing in the trail is like that" in shown

    def test_pages(self, app, service, project):
        first = service.segments(SegmentFilter(project.id)).rows[0]
        for number in range(60):
            service.comment(TRANSLATOR, first.id, f"word {number}.")
        opened(app, "trail", LEAD)
        assert html(app).count("<tr>") == 51
        assert "word 59." in html(app)
        press(app, "Older ›")
        assert "word 9." in html(app)
        assert "word 10." not in html(app)
        assert "create project" in html(app)
        press(app, "‹ Newer")
        assert "word 59." in html(app)

    @pytest.mark.parametrize("format", ["csv", "jsonl"])
    def test_the_file_holds_what_the_filter_selects(self, app, service, project, format):
        first = service.segments(SegmentFilter(project.id)).rows[0]
        service.comment(TRANSLATOR, first.id, HOSTILE)
        opened(app, "trail", LEAD, what=f"{Action.COMMENT},{Action.IMPORT}")
        app.segmented_control(key="trail:format").set_value(format)
        press(app, "Prepare the file")
        content = app.session_state["trail:file"]["bytes"].decode("utf-8-sig")
        if format == "csv":
            header, *rows = csv.reader(io.StringIO(content))
            assert header[:5] == ["event", "time (UTC)", "person", "role", "operation"]
            assert [row[4] for row in rows] == ["import", "comment"]
        else:
            records = [json.loads(line) for line in content.splitlines()]
            assert [record["operation"] for record in records] == ["import", "comment"]
            assert records[1]["details"]["comment"] == HOSTILE
        assert service.events(limit=1)[0].data == {"format": f"trail {format}"}

    @pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.EDITOR])
    def test_is_for_a_lead(self, app, project, role):
        shown = html(opened(app, "trail", TRANSLATOR, role=role))
        assert "for a QA lead" in shown
        assert "rl-trail" not in shown
