"""Saves answered beside the pages: who is let in, what is answered, and what happens when nobody answers."""

from __future__ import annotations

import threading

import pytest
from browsing import browser_tests, tab
from conftest import EDITOR, TRANSLATOR
from starlette.applications import Starlette
from starlette.testclient import TestClient

from qa.ui import direct
from qa.ui.actions import Ledger

TOKEN = "the-token-of-this-sitting"  # noqa: S105 - of nothing


@pytest.fixture
def sittings(monkeypatch, service):
    known = direct.Sittings()
    known.admit(TOKEN, direct.Admitted(service, Ledger(), TRANSLATOR))
    monkeypatch.setattr(direct, "_sittings", known)
    monkeypatch.setattr(direct, "_served", direct._served)
    return known


@pytest.fixture
def client(sittings):
    return TestClient(Starlette(routes=direct.routes()))


def action(segment, **changes):
    return {
        "id": "a1",
        "sequence": 1,
        "segment": segment.id,
        "version": segment.version,
        "operation": "submit",
        "text": "Autre texte.",
    } | changes


def post(client, *actions, token=TOKEN, **changes):
    message = {"client": "tab", "actions": list(actions)} | changes
    return client.post(direct.address(), json=message, headers={direct.HEADER: token})


def test_a_save_is_answered_with_its_row_and_stands_in_the_trail_once(client, service, segment):
    first, again = post(client, action(segment)), post(client, action(segment))
    assert first.json() == again.json()
    (result,) = first.json()["results"]
    assert (result["id"], result["ok"], result["row"]["text"]) == ("a1", True, "Autre texte.")
    assert [e.actor for e in service.events(segment_id=segment.id)] == [TRANSLATOR.name]


def test_what_the_role_may_not_do_is_refused_here_too(client, service, segment):
    (result,) = post(client, action(segment, operation="approve")).json()["results"]
    assert not result["ok"]
    assert "may not" in result["message"] or "role" in result["message"]
    assert service.segment(segment.id).state == segment.state


def test_somebody_elses_save_is_a_conflict_with_their_text(client, service, segment):
    service.submit(EDITOR, segment.id, "Le leur.", segment.version)
    (result,) = post(client, action(segment)).json()["results"]
    assert (result["ok"], result["conflict"], result["row"]["text"]) == (False, True, "Le leur.")


@pytest.mark.parametrize("headers", [{}, {direct.HEADER: ""}, {direct.HEADER: "guessed"}])
def test_nobody_unknown_is_let_in(client, service, segment, headers):
    message = {"client": "tab", "actions": [action(segment)]}
    assert client.post(direct.address(), json=message, headers=headers).status_code == 403
    assert service.segment(segment.id).version == segment.version


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'{"client": "tab"}', b'{"client": "tab", "actions": 7}',
        b'{"client": "tab", "actions": ["submit"]}', b"\xff\xfe", b"[" * 100_000,
    ],
    ids=["empty", "cut", "list", "null", "no actions", "number", "text", "bytes", "deep"],
)  # fmt: skip
def test_what_cannot_be_read_changes_nothing(client, body):
    answer = client.post(direct.address(), content=body, headers={direct.HEADER: TOKEN})
    assert answer.status_code == 400
    assert "cannot be read" in answer.json()["message"]


def test_an_action_that_means_nothing_is_told_so(client):
    (result,) = post(client, {"id": "a1", "segment": "seven", "operation": "submit"}).json()["results"]
    assert (result["ok"], result["row"]) == (False, None)


def test_a_message_without_end_is_cut_off(client, segment, monkeypatch):
    monkeypatch.setattr(direct, "_MOST_BYTES", 1000)
    assert post(client, action(segment, text="x" * 2000)).status_code == 413


def test_a_sitting_without_a_sign_of_life_is_forgotten(client, sittings, segment, monkeypatch):
    now = [direct.time.monotonic()]
    monkeypatch.setattr(direct.time, "monotonic", lambda: now[0])
    now[0] += direct._FORGOTTEN - 1
    sittings.renew(TOKEN)
    now[0] += direct._FORGOTTEN - 1
    assert post(client, action(segment)).status_code == 200
    now[0] += 2
    sittings.renew(TOKEN)  # too late: only the page, drawn anew, lets it in again
    assert post(client, action(segment)).status_code == 403


def test_whoever_takes_the_name_away_is_let_in_no_more(client, sittings, segment):
    sittings.dismiss(TOKEN)
    assert post(client, action(segment)).status_code == 403


def test_many_at_once_are_each_carried_out_once(client, service, segment):
    answers = []
    sends = [
        threading.Thread(target=lambda: answers.append(post(client, action(segment)).json()))
        for _ in range(6)
    ]
    for each in sends:
        each.start()
    for each in sends:
        each.join()
    assert len(answers) == 6
    assert all(answer == answers[0] for answer in answers)
    assert len(service.revisions(segment.id)) == 1


def test_a_page_without_the_address_offers_none(monkeypatch):
    monkeypatch.setattr(direct, "_served", False)
    assert direct.address() == ""


def test_a_page_below_another_address_says_so(monkeypatch, sittings):
    from streamlit import config

    monkeypatch.setattr(config, "get_option", lambda name: "/tools/" if name == "server.baseUrlPath" else "")
    (route,) = direct.routes()
    assert route.path == direct.address() == "/tools/relecture/actions"


@pytest.mark.parametrize("way", ["answered", "not found", "refused", "cut off"])
class TestInTheBrowser:
    pytestmark = browser_tests

    def test_a_save_arrives_by_whatever_way_there_is(self, browser, server, service, project, way):
        asked = []

        def stand_between(route):
            asked.append(route.request.url)
            match way:
                case "answered":
                    route.continue_()
                case "not found":
                    route.fulfill(status=404)
                case "refused":
                    route.fulfill(status=403, json={})
                case _:
                    route.abort()

        with tab(browser) as page:
            page.route("**/relecture/actions", stand_between)
            page.goto(f"{server.url}/review?as=Theo")
            page.locator(".card-head h3").wait_for()
            for text in ("Une.", "Deux."):
                page.locator("textarea.editor").fill(text)
                page.keyboard.press("Control+Enter")
                page.locator(".status.good").wait_for()
                page.wait_for_function(
                    "() => !document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot"
                    ".textContent.includes('saving…')"
                )
        assert [s.text for s in service.all_segments(project.id)][:2] == ["Une.", "Deux."]
        saves = [e for e in service.events(project_id=project.id, limit=None) if e.action == "submit"]
        assert len(saves) == 2
        # An address that is not there is not asked a second time.
        assert len(asked) == (1 if way == "not found" else 2)
