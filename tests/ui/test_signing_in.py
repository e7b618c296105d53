"""Signing in through a provider: the pages without a browser, and a real provider process with one."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import SHOTS, SigningServer, browser_tests, free_port, tab, until
from test_ui_pages import html, opened

from qa.review.access import AUTH
from qa.review.service import ReviewService
from qa.review.views import Actor, Role, SegmentFilter
from qa.ui.actions import OPERATIONS, perform

LEA = {"name": "Lea", "email": "lea@example.org", "email_verified": True}
TOM = {"name": "Tom", "email": "tom@example.org", "email_verified": True}
LEAD = Actor("Lea", Role.LEAD)


@pytest.fixture
def oidc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(AUTH, "oidc")


def signed_in(app, claims: dict[str, object], page: str = "documents", **params: str):
    app.user = {"is_logged_in": True, **claims}
    return opened(app, page, **params)


def test_a_stranger_is_asked_to_sign_in_and_sees_nothing(app, project, oidc):
    opened(app, "documents", role="lead", **{"as": "Lea"})
    assert [button.label for button in app.button] == ["Sign in"]
    assert "Port" not in html(app)


def test_without_a_provider_the_button_says_so(app, oidc):
    opened(app, "documents")
    app.button(key="sign-in").click().run()
    assert "nobody can sign in" in html(app)


def test_the_first_is_lead_and_the_next_is_told_what_to_do(app, project, oidc, service):
    signed_in(app, LEA)
    assert [radio.options for radio in app.radio] == [["QA lead"]]
    assert "port.txt" in html(app)
    app.user = {"is_logged_in": True, **TOM}
    shown = html(app.run())
    assert "Ask a QA lead to invite this address" in shown
    assert "tom@example.org" in shown
    assert "port.txt" not in shown
    assert [person.name for person in service.people()] == ["Lea"]


def test_nobody_takes_a_name_or_a_role_from_the_address(app, project, oidc, service):
    signed_in(app, LEA)
    service.invite(LEAD, "tom@example.org", {Role.TRANSLATOR})
    signed_in(app, TOM, role="lead", **{"as": "Lea"})
    assert [radio.options for radio in app.radio] == [["Translator"]]
    assert [field.label for field in app.text_input] == []
    assert "<b>Tom</b>" in html(app)
    assert "Adding documents is for a QA lead. You do not hold that role" in html(app)


def test_a_withdrawn_role_is_gone_with_the_next_click(app, project, oidc, service):
    signed_in(app, LEA)
    service.invite(LEAD, "tom@example.org", {Role.TRANSLATOR})
    assert "port.txt" in html(signed_in(app, TOM))
    service.set_roles(LEAD, "Tom", ())
    assert "Ask a QA lead to invite this address" in html(app.run())


@pytest.mark.parametrize(
    ("claims", "line"),
    [
        ({**LEA, "email_verified": False}, "does not say that lea@example.org is verified"),
        ({"name": "Lea", "email": "lea@example.org"}, "does not say that lea@example.org is verified"),
        ({**LEA, "email_verified": "false"}, "does not say that lea@example.org is verified"),
        ({"name": "Lea", "email_verified": True}, "gave no e-mail address"),
        ({**LEA, "email": "<script>"}, "is no e-mail address"),
    ],
)
def test_who_cannot_be_known_is_told_why(app, project, oidc, service, claims, line):
    shown = html(signed_in(app, claims))
    assert line in shown
    assert "<script" not in shown
    assert service.people() == []


def test_a_hostile_name_stays_text(app, project, oidc):
    shown = html(signed_in(app, {**LEA, "name": "<img src=x onerror=alert(1)>\u202e"}, "people"))
    assert "&lt;img src=x" in shown
    assert "<img" not in shown


def test_a_lead_invites_changes_and_withdraws(app, project, oidc, service):
    signed_in(app, LEA, "people")
    assert "Nobody is waiting" in html(app)
    app.text_input(key="people:email").set_value("tom")
    press(app, "Invite")
    assert "is no e-mail address" in html(app)
    app.text_input(key="people:email").set_value("tom@example.org")
    press(app, "Invite")
    assert [view.roles for view in service.invitations()] == [{Role.TRANSLATOR}]
    assert "tom@example.org is invited" in html(app)
    press(app, "Withdraw")
    assert service.invitations() == []
    app.multiselect[-1].set_value([])
    press(app, "Save")
    assert "Lea is the last QA lead" in html(app)
    service.add_person(LEAD, "Ann", {Role.LEAD}, "ann@example.org")
    app.run()
    app.multiselect[-1].set_value([Role.EDITOR])
    press(app, "Save")
    assert {person.name: person.roles for person in service.people()} == {
        "Ann": {Role.LEAD},
        "Lea": {Role.EDITOR},
    }
    assert "is for a QA lead to see" in html(app)


def press(app, label: str) -> None:
    [button for button in app.button if button.label.partition(" *")[0] == label][-1].click().run()
    assert not app.exception


def test_people_are_for_leads(app, project, oidc, service):
    service.invite(LEAD, "tom@example.org", {Role.EDITOR})
    shown = html(signed_in(app, TOM, "people"))
    assert "is for a QA lead to see" in shown
    assert "invited by" not in shown


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_message_of_a_forged_page_is_refused(project, database, service, operation):
    """The browser's message names no role; even a desk that took one would get nothing done."""
    service.add_person(LEAD, "Lea", {Role.LEAD})
    service.add_person(LEAD, "Tom", {Role.TRANSLATOR})
    team = ReviewService.open(database, local=False)
    segment = team.segments(SegmentFilter(project.id)).rows[1]
    if operation == "reopen-flag":
        service.dismiss_flag(LEAD, segment.flags[0].id, "fine")
    message = {
        "id": "1",
        "segment": segment.id,
        "version": segment.version,
        "operation": operation,
        "text": "Le mien.",
        "note": "because",
        "flag": segment.flags[0].id,
        "category": "style/awkward",
        "severity": "minor",
        "side": "target",
        "start": 0,
        "end": 2,
        "project": project.id,
        "chosen": [[segment.id, segment.version]],
        "check": "wrong-sense",
        "term": 1,
        "source": "порт",
        "target": "port",
        "kind": "preferred",
    }
    before = team.events(limit=None)
    for name in ("Tom", "Nobody"):
        result = perform(team, Actor(name, Role.EDITOR), message)
        assert not result["ok"]
        assert f"{name} does not hold the role editor" in result["message"]
    assert team.events(limit=None) == before
    team.close()


def test_people_of_an_empty_local_database(app):
    assert "Nobody has worked here yet" in html(opened(app, "people", LEAD))


def test_at_a_local_desk_people_are_those_who_worked(app, project):
    opened(app, "people", LEAD)
    table = app.dataframe[0].value
    assert list(table["who"]) == ["Lea"]
    assert list(table["changes"]) == [2]


@pytest.mark.parametrize("address", [None, "0.0.0.0", "192.0.2.7", "review.example.org"])  # noqa: S104
def test_a_local_desk_beyond_loopback_shows_nothing(app, project, monkeypatch, address):
    from streamlit import config

    before = config.get_option("server.address")
    config.set_option("server.address", address)
    try:
        shown = html(opened(app, "documents", LEAD))
    finally:
        config.set_option("server.address", before)
    assert "only listens on loopback" in shown
    assert "port.txt" not in shown


def test_an_unknown_way_of_knowing_people_opens_nothing(app, project, monkeypatch):
    monkeypatch.setenv(AUTH, "none")
    assert "RELECTURE_AUTH" in html(opened(app, "documents", LEAD))
    assert len(app.radio) == 0


class TestBrowser:
    """Through a real provider, in a real browser."""

    pytestmark = browser_tests

    @pytest.fixture
    def provider(self, tmp_path: Path) -> Iterator[str]:
        """An OpenID provider where Max alone has an unverified address."""
        port = free_port()
        users = [{"sub": "lea", **LEA}, {"sub": "tom", **TOM}]
        users.append({"sub": "max", "name": "Max", "email": "max@example.org", "email_verified": False})
        users.append({"sub": "zoe", "name": "Zoe", "email": "zoe@example.org", "email_verified": True})
        claims = [argument for user in users for argument in ("--user-claims", json.dumps(user))]
        with subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *claims],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            url = f"http://127.0.0.1:{port}"
            until(lambda: _answers(f"{url}/.well-known/openid-configuration"), "the provider to answer")
            yield url
            process.kill()

    @pytest.fixture
    def address(self, database, provider, tmp_path, monkeypatch) -> Iterator[str]:
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        running = SigningServer(database, provider)
        yield running.url.replace("127.0.0.1", "localhost")
        running.kill()

    def test_from_the_first_lead_to_signing_out(self, browser, address, project, service: ReviewService):
        with tab(browser) as page:
            _sign_in(page, address, "lea")
            page.get_by_role("heading", name="port.txt").wait_for()
            assert [(p.name, p.roles) for p in service.people()] == [("Lea", {Role.LEAD})]
            page.get_by_role("link", name="People").click()
            page.get_by_label("E-mail address").fill("tom@example.org")
            page.get_by_role("button", name="Invite").click()
            page.get_by_text("tom@example.org is invited").wait_for()
            _picture(page, "people")

            with tab(browser) as other:
                other.goto(address.replace("localhost", "127.0.0.1"))
                other.get_by_text(f"Open {address} to sign in").wait_for()
                # Until the cookie is there, no address opens a page.
                other.goto(f"{address}/people?as=Lea&role=lead")
                other.get_by_role("button", name="Sign in").wait_for()
                _picture(other, "sign-in")
                _sign_in(other, address, "tom")
                other.get_by_role("heading", name="port.txt").wait_for()
                sidebar = other.locator("[data-testid=stSidebar]")
                sidebar.get_by_text("tom@example.org").wait_for()
                sidebar.get_by_text("Translator", exact=True).wait_for()
                assert sidebar.get_by_text("QA lead", exact=True).count() == 0
                assert service.invitations() == []
                _picture(other, "translator")

            with tab(browser) as stranger:
                _sign_in(stranger, address, "max")
                stranger.get_by_text("does not say that max@example.org is verified").wait_for()
                _sign_out(stranger)
                _sign_in(stranger, address, "zoe")
                stranger.get_by_text("You have no role here yet").wait_for()
                _picture(stranger, "no-role")
                service.invite(LEAD, "zoe@example.org", {Role.EDITOR})
                stranger.get_by_role("button", name="Look again").click()
                stranger.get_by_role("heading", name="port.txt").wait_for()

            _sign_out(page)
            page.goto(f"{address}/people")
            page.get_by_role("button", name="Sign in").wait_for()
        assert [p.name for p in service.people()] == ["Lea", "Tom", "Zoe"]

    def test_only_a_cookie_of_this_server_counts(self, browser, address, project, service, tmp_path):
        from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

        (path,) = (tmp_path / "data" / "relecture").iterdir()
        secret = tomllib.loads(path.read_text())["auth"]["cookie_secret"]
        service.add_person(LEAD, "Lea", {Role.LEAD}, "lea@example.org")
        claims = json.dumps({**LEA, "is_logged_in": True, "origin": address, "provider": "default"})
        for key, seen in ((secret, "port.txt"), ("", "Sign in to review"), ("x" * 43, "Sign in to review")):
            value = create_signed_value(key, "_streamlit_user", claims).decode()
            with tab(browser) as page:
                page.context.add_cookies([{"name": "_streamlit_user", "value": value, "url": address}])
                page.goto(address)
                page.get_by_text(seen).first.wait_for()
                assert page.get_by_role("heading", name="port.txt").count() == (key == secret)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own process
            return bool(answer.status == 200)
    except OSError:
        return False


def _sign_in(page, address: str, who: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=who, exact=True).click()
    page.wait_for_url(f"{address}/**")


def _sign_out(page) -> None:
    """Here and at the provider, which sends back."""
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    page.get_by_role("button", name="Sign in").wait_for()


def _picture(page, name: str) -> None:
    if SHOTS:
        page.wait_for_timeout(700)
        page.screenshot(path=f"{SHOTS}/{name}.png")
