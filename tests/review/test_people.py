"""Who is here, who is invited, who leads: roles are held in the store, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import LimitError, NotFoundError, PermissionDenied, UsageError
from qa.review import inputs
from qa.review.service import ReviewService
from qa.review.views import Actor, Role
from qa.store.text import same_address

T, E, L = Role.TRANSLATOR, Role.EDITOR, Role.LEAD
LEA = Actor("Lea", L)


@pytest.fixture
def team(url: str) -> Iterator[ReviewService]:
    service = ReviewService.open(url, local=False)
    yield service
    service.close()


@pytest.fixture
def led(team: ReviewService) -> ReviewService:
    """A team that has a lead."""
    team.sign_in("Lea", "lea@example.org", verified=True)
    return team


def test_the_first_to_sign_in_leads_and_the_second_is_a_stranger(team: ReviewService) -> None:
    assert team.sign_in("Lea", "lea@example.org", verified=True).roles == {L}
    stranger = team.sign_in("Mallory", "mallory@example.org", verified=True)
    assert (stranger.name, stranger.roles) == ("Mallory", frozenset())
    assert [person.name for person in team.people()] == ["Lea"]
    assert len(team.events()) == 1


def test_nobody_is_first_where_somebody_is_invited(service: ReviewService, team: ReviewService) -> None:
    """Whoever sets the server up names the lead, and nobody can be quicker."""
    service.invite(Actor("setup", L), "lea@example.org", {L})
    assert team.sign_in("Mallory", "mallory@example.org", verified=True).roles == frozenset()
    assert team.sign_in("Lea", "lea@example.org", verified=True).roles == {L}


def test_an_invitation_gives_its_roles_once(led: ReviewService) -> None:
    led.invite(LEA, "Tom@Example.org", {T})
    assert [(view.email, view.roles) for view in led.invitations()] == [("Tom@Example.org", {T})]
    assert led.sign_in("Tom", "tom@example.org", verified=True).roles == {T}
    assert led.invitations() == []
    newest = led.events(limit=1)[0]
    assert (newest.actor, newest.action, newest.data["invited_by"]) == ("Tom", "add-person", "Lea")
    with pytest.raises(UsageError, match="is here already"):
        led.invite(LEA, "TOM@example.org", {E})


def test_inviting_again_changes_the_roles(led: ReviewService) -> None:
    led.invite(LEA, "tom@example.org", {T})
    led.invite(LEA, "tom@example.org", {E, T})
    assert [view.roles for view in led.invitations()] == [{E, T}]


def test_a_withdrawn_invitation_lets_nobody_in(led: ReviewService) -> None:
    led.invite(LEA, "tom@example.org", {T})
    led.withdraw_invitation(LEA, "TOM@example.org")
    assert led.sign_in("Tom", "tom@example.org", verified=True).roles == frozenset()
    with pytest.raises(NotFoundError, match="no open invitation"):
        led.withdraw_invitation(LEA, "tom@example.org")


def test_an_unverified_address_opens_nothing(led: ReviewService) -> None:
    before = led.events()
    with pytest.raises(PermissionDenied, match=r"does not say that lea@example\.org is verified"):
        led.sign_in("Lea", "lea@example.org", verified=False)
    assert led.events() == before


def test_a_name_that_is_taken_is_told_apart(led: ReviewService) -> None:
    """The record names people: a namesake must not act as somebody else."""
    for address in ("lea@other.org", "lea@third.org"):
        led.invite(LEA, address, {T})
    assert led.sign_in("LEA", "lea@other.org", verified=True).name == "LEA (lea@other.org)"
    assert led.sign_in("léa (lea@third.org)", "lea@third.org", verified=True).name == "léa (lea@third.org)"
    with pytest.raises(PermissionDenied, match="does not hold the role lead"):
        led.invite(Actor("LEA (lea@other.org)", L), "x@example.org", {L})


def test_a_name_stays_when_the_provider_changes_it(led: ReviewService) -> None:
    assert led.sign_in("Somebody", "lea@example.org", verified=True).name == "Lea"


def test_addresses_that_only_look_alike_are_two_people(led: ReviewService) -> None:
    """Full case folding would let the owner of one in as the other."""
    led.invite(LEA, "kim@strasse.example", {E})
    for other in ("\u212aim@strasse.example", "kim@straße.example", "kím@strasse.example"):
        assert led.sign_in("Kim", other, verified=True).roles == frozenset()


def test_roles_are_changed_and_withdrawn(led: ReviewService) -> None:
    led.invite(LEA, "tom@example.org", {T})
    led.sign_in("Tom", "tom@example.org", verified=True)
    led.set_roles(LEA, "tom", {E, L})
    assert led.sign_in("Tom", "tom@example.org", verified=True).roles == {E, L}
    led.set_roles(LEA, "Tom", ())
    assert led.sign_in("Tom", "tom@example.org", verified=True).roles == frozenset()
    with pytest.raises(PermissionDenied):
        led.create_project(Actor("Tom", L), "News", "ru", "fr")
    with pytest.raises(NotFoundError, match="nobody called 'Ann'"):
        led.set_roles(LEA, "Ann", {T})


def test_the_last_lead_stays(led: ReviewService) -> None:
    for change in (
        lambda: led.set_roles(LEA, "Lea", {E}),
        lambda: led.set_roles(LEA, "Lea", ()),
        lambda: led.add_person(LEA, "lea", {T}),
    ):
        with pytest.raises(UsageError, match="last QA lead"):
            change()
    assert [(person.name, person.roles) for person in led.people()] == [("Lea", {L})]
    led.invite(LEA, "ann@example.org", {L})
    led.sign_in("Ann", "ann@example.org", verified=True)
    assert led.set_roles(LEA, "Lea", {E}).roles == {E}


def test_an_address_belongs_to_one_person(led: ReviewService) -> None:
    with pytest.raises(UsageError, match="is Lea's address"):
        led.add_person(LEA, "Ann", {T}, "LEA@example.org")
    led.add_person(LEA, "Lea", {L, E})
    assert [(person.email, person.roles) for person in led.people()] == [("lea@example.org", {L, E})]


def test_a_person_added_by_name_signs_in_with_their_address(led: ReviewService) -> None:
    led.add_person(LEA, "Ann", {E}, "ann@example.org")
    assert led.sign_in("Annika", "ann@example.org", verified=True) == led.people()[0]


def test_who_has_worked(service: ReviewService) -> None:
    service.create_project(LEA, "One", "ru", "fr")
    service.create_project(LEA, "Two", "ru", "fr")
    (lea,) = service.work()
    assert (lea.name, lea.roles, lea.changes, lea.last) == ("Lea", {L}, 2, service.events(limit=1)[0].at)


@pytest.mark.parametrize(
    "bad", ["", "ana", "@example.org", "ana@", "a@b@c", "a na@b.c", "a\u202e@b.c", "a\n@b.c"]
)
def test_what_is_no_address_is_refused(led: ReviewService, bad: str) -> None:
    with pytest.raises(UsageError, match="no e-mail address"):
        led.invite(LEA, bad, {T})
    with pytest.raises(UsageError, match="no e-mail address"):
        led.sign_in("Ana", bad, verified=True)
    assert led.invitations() == []


def test_limits_of_an_address(led: ReviewService) -> None:
    with pytest.raises(LimitError):
        led.invite(LEA, "a" * 200 + "@example.org", {T})
    with pytest.raises(UsageError, match="at least one role"):
        led.invite(LEA, "ana@example.org", ())


@given(st.text(max_size=400), st.sampled_from(["ana@example.org", "a" * 138 + "@example.org"]))
def test_whatever_a_provider_calls_somebody_is_a_name(text: str, address: str) -> None:
    for name in inputs.token_name(text, address):
        assert inputs.name(name, "person") == name


@given(st.emails())
def test_an_address_is_the_same_in_capitals_of_ascii(address: str) -> None:
    assert same_address(address, address.upper())
    assert not same_address(address, "x" + address)
