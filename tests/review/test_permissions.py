"""Every role tries every action on the service itself, without an interface in between."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest

from qa.errors import PermissionDenied, UsageError
from qa.model import CheckedDocument, Estimate, Flag, Link, Score, Severity
from qa.review.roles import Action
from qa.review.service import ReviewService
from qa.review.trail import TrailFilter
from qa.review.views import Actor, Part, Policy, Risk, Role, SegmentFilter, SegmentView

T, E, L = Role.TRANSLATOR, Role.EDITOR, Role.LEAD
MAY = {
    Action.SAVE_DRAFT: {T, E},
    Action.SUBMIT: {T, E},
    Action.APPLY_FIX: {T, E},
    Action.APPROVE: {E},
    Action.SEND_BACK: {E},
    Action.REOPEN: {E, L},
    Action.UNDO: {T, E, L},
    Action.ADD_FLAG: {T, E, L},
    Action.ACCEPT_FLAG: {T, E, L},
    Action.DISMISS_FLAG: {T, E, L},
    Action.REOPEN_FLAG: {T, E, L},
    Action.COMMENT: {T, E, L},
    Action.REPAIR: {T, E},
    Action.CONFIRM_LINK: {T, E},
    Action.UNDO_REPAIR: {T, E},
    Action.RECHECK: {T, E},
    Action.PROPAGATE: {T, E},
    Action.PROPAGATE_DISMISSAL: {T, E, L},
    Action.BULK_APPROVE: {E},
    Action.UNDO_GROUP: {T, E, L},
    Action.CREATE_PROJECT: {L},
    Action.SET_POLICY: {L},
    Action.MUTE_CHECK: {L},
    Action.UNMUTE_CHECK: {L},
    Action.IMPORT: {L},
    Action.WITHDRAW: {L},
    Action.RESTORE: {L},
    Action.RESCORE: {L},
    Action.ASSIGN: {L},
    Action.EXPORT: {L},
    Action.ADD_PERSON: {L},
    Action.SET_ROLES: {L},
    Action.INVITE: {L},
    Action.WITHDRAW_INVITATION: {L},
    Action.READ_TRAIL: {L},
    Action.ADD_TERM: {T, E, L},
    Action.REMOVE_TERM: {T, E, L},
}
APART = (Link((0,), (), 1.0), Link((), (0,), 1.0))
MARK = Flag("by-hand", "style/awkward", Severity.MINOR, "target", 0, 2, "De", "clumsy")


def attempt(
    service: ReviewService, setup: ReviewService, action: Action, view: SegmentView, checked: CheckedDocument
) -> Callable[[Actor], object]:
    """Bring the segment to where ``action`` is possible, through ``setup``; the call that does it."""
    other, boss = Actor("Otto", E), Actor("Bea", E)
    id, flag = view.id, view.flags[0].id
    handed_in = (Action.APPROVE, Action.SEND_BACK, Action.REOPEN, Action.PROPAGATE, Action.BULK_APPROVE)
    if action in handed_in:
        view = setup.submit(other, id, "Relu.", view.version)
    if action is Action.REOPEN:
        view = setup.approve(boss, id, view.version)
    if action in (Action.REOPEN_FLAG, Action.PROPAGATE_DISMISSAL, Action.UNDO_GROUP):
        setup.dismiss_flag(other, flag, "fine")
    twin = 0
    if action in (Action.PROPAGATE, Action.PROPAGATE_DISMISSAL, Action.UNDO_GROUP):
        second = setup.import_document(Actor("Lea", L), 1, checked, name="twin").id
        twin = setup.segments(SegmentFilter(1, second)).rows[0].id
    version, made = view.version, []
    if action is Action.UNDO_REPAIR:
        setup.confirm_link(Actor("Ann", T), id, version)
    if action is Action.RECHECK:
        repaired = setup.repair(other, view.document_id, {id: version}, APART, "unlink")
        made = [row.id for row in repaired.segments]
    if action is Action.REMOVE_TERM:
        setup.add_term(Actor("Ann", T), 1, "удар", "grève", "forbidden")
    if action is Action.UNMUTE_CHECK:
        setup.mute_check(Actor("Lea", L), 1, "wrong-sense")
    gone = setup.withdraw(Actor("Lea", L), view.document_id) if action is Action.RESTORE else None
    if action is Action.WITHDRAW_INVITATION:
        setup.invite(Actor("Lea", L), "new@example.org", {T})

    def undo(actor: Actor) -> object:
        service.add_flag(actor, id, MARK)
        return service.undo(actor, id, version)

    def undo_group(actor: Actor) -> object:
        service.propagate_dismissal(actor, flag, [service.segment(twin).flags[0].id])
        return service.undo_group(actor, 1)

    calls: dict[Action, Callable[[Actor], object]] = {
        Action.SAVE_DRAFT: lambda actor: service.save_draft(actor, id, "Neuf.", version),
        Action.SUBMIT: lambda actor: service.submit(actor, id, "Neuf.", version),
        Action.APPLY_FIX: lambda actor: service.apply_fix(actor, id, flag, version),
        Action.APPROVE: lambda actor: service.approve(actor, id, version),
        Action.SEND_BACK: lambda actor: service.send_back(actor, id, version, "no"),
        Action.REOPEN: lambda actor: service.reopen(actor, id, version, "no"),
        Action.UNDO: undo,
        Action.ADD_FLAG: lambda actor: service.add_flag(actor, id, MARK),
        Action.ACCEPT_FLAG: lambda actor: service.accept_flag(actor, flag),
        Action.DISMISS_FLAG: lambda actor: service.dismiss_flag(actor, flag, "it is right"),
        Action.REOPEN_FLAG: lambda actor: service.reopen_flag(actor, flag),
        Action.COMMENT: lambda actor: service.comment(actor, id, "hm"),
        Action.REPAIR: lambda actor: service.repair(actor, view.document_id, {id: version}, APART, "unlink"),
        Action.CONFIRM_LINK: lambda actor: service.confirm_link(actor, id, version),
        Action.UNDO_REPAIR: lambda actor: service.undo_repair(actor, view.document_id),
        Action.RECHECK: lambda actor: service.recheck(actor, made, lambda _: (None, ())),
        Action.PROPAGATE: lambda actor: service.propagate(actor, id, version, {twin: 1}),
        Action.PROPAGATE_DISMISSAL: lambda actor: service.propagate_dismissal(
            actor, flag, [service.segment(twin).flags[0].id]
        ),
        Action.BULK_APPROVE: lambda actor: service.bulk_approve(actor, 1, {id: version}, Risk(quality=0)),
        Action.UNDO_GROUP: undo_group,
        Action.CREATE_PROJECT: lambda actor: service.create_project(actor, "Second", "ru", "fr"),
        Action.SET_POLICY: lambda actor: service.set_policy(actor, 1, Policy(own_approval=True)),
        Action.MUTE_CHECK: lambda actor: service.mute_check(actor, 1, "wrong-sense"),
        Action.UNMUTE_CHECK: lambda actor: service.unmute_check(actor, 1, "wrong-sense"),
        Action.IMPORT: lambda actor: service.import_document(actor, 1, checked, name="second"),
        Action.WITHDRAW: lambda actor: service.withdraw(actor, view.document_id),
        Action.RESTORE: lambda actor: gone and service.restore(actor, view.document_id, gone.at),
        Action.RESCORE: lambda actor: service.record_scores(actor, 1, {id: Estimate(Score(50, "s"))}),
        Action.ASSIGN: lambda actor: service.assign(actor, [Part(1)], "Otto"),
        Action.EXPORT: lambda actor: service.record_export(actor, 1, "xlsx"),
        Action.ADD_PERSON: lambda actor: service.add_person(actor, "New", {T}),
        Action.SET_ROLES: lambda actor: service.set_roles(actor, "Otto", {T}),
        Action.INVITE: lambda actor: service.invite(actor, "new@example.org", {T}),
        Action.WITHDRAW_INVITATION: lambda actor: service.withdraw_invitation(actor, "new@example.org"),
        Action.ADD_TERM: lambda actor: service.add_term(actor, 1, "удар", "frappe", "preferred"),
        Action.REMOVE_TERM: lambda actor: service.remove_term(actor, 1, 1),
        Action.READ_TRAIL: lambda actor: service.trail(actor, TrailFilter(1)),
    }
    return calls[action]


@pytest.mark.parametrize(("role", "action"), list(itertools.product(Role, Action)))
def test_every_role_and_action(
    service: ReviewService, segment: SegmentView, checked: CheckedDocument, role: Role, action: Action
) -> None:
    service.add_person(Actor("Otto", L), "Otto", {E})
    call = attempt(service, service, action, segment, checked)
    before = service.events(limit=None)
    if role in MAY[action]:
        call(Actor("Ann", role))
        if action is Action.READ_TRAIL:
            assert service.events(limit=None) == before
            return
        newest = service.events(limit=1)[0]
        assert (newest.actor, newest.role, newest.action) == ("Ann", role, action)
        return
    with pytest.raises(PermissionDenied, match=role):
        call(Actor("Ann", role))
    assert service.events(limit=None) == before


def test_nobody_acts_without_a_name(service: ReviewService, segment: SegmentView) -> None:
    with pytest.raises(UsageError, match="needs a name"):
        service.save_draft(Actor(" \t", T), segment.id, "x", segment.version)


class TestHeldRoles:
    """The service of a team: roles come from the store, not from the caller."""

    @pytest.fixture
    def team(self, url: str) -> ReviewService:
        return ReviewService.open(url, local=False)

    @pytest.fixture
    def staffed(
        self, service: ReviewService, team: ReviewService, project: int
    ) -> Iterator[Callable[[Role], ReviewService]]:
        """The team's service where Ann holds one role, and everybody else what they need."""

        def staff(held: Role) -> ReviewService:
            for name, role in (("Lea", L), ("Otto", E), ("Bea", E), ("Ann", held)):
                service.add_person(Actor("Lea", L), name, {role})
            return team

        yield staff
        team.close()

    @pytest.mark.parametrize(("role", "action"), list(itertools.product(Role, Action)))
    def test_every_held_role_and_action(
        self,
        service: ReviewService,
        staffed: Callable[[Role], ReviewService],
        segment: SegmentView,
        checked: CheckedDocument,
        role: Role,
        action: Action,
    ) -> None:
        team = staffed(role)
        call = attempt(team, service, action, segment, checked)
        before = team.events(limit=None)
        if role in MAY[action]:
            call(Actor("Ann", role))
            return
        with pytest.raises(PermissionDenied, match=role):
            call(Actor("Ann", role))
        assert team.events(limit=None) == before

    @pytest.mark.parametrize(("held", "claimed"), list(itertools.permutations(Role, 2)))
    @pytest.mark.parametrize("action", Action)
    def test_no_action_in_a_role_that_is_only_claimed(
        self,
        service: ReviewService,
        staffed: Callable[[Role], ReviewService],
        segment: SegmentView,
        checked: CheckedDocument,
        held: Role,
        claimed: Role,
        action: Action,
    ) -> None:
        team = staffed(held)
        call = attempt(team, service, action, segment, checked)
        before = team.events(limit=None)
        for name in ("Ann", "Nobody"):
            with pytest.raises(PermissionDenied, match=f"{name} does not hold the role {claimed}"):
                call(Actor(name, claimed))
        assert team.events(limit=None) == before

    def test_the_first_person_is_added_by_whoever_sets_up(self, team: ReviewService) -> None:
        team.add_person(Actor("setup", L), "Lea", {L}, "lea@example.org")
        assert [(p.name, p.roles, p.email) for p in team.people()] == [("Lea", {L}, "lea@example.org")]
        with pytest.raises(PermissionDenied, match="setup does not hold the role lead"):
            team.add_person(Actor("setup", L), "Mallory", {L})
        team.close()

    def test_roles_are_those_held(self, team: ReviewService) -> None:
        lea = Actor("Lea", L)
        team.add_person(lea, "Lea", {L})
        team.add_person(lea, "Tom", {T, E})
        with pytest.raises(PermissionDenied, match="Tom does not hold the role lead"):
            team.create_project(Actor("Tom", L), "News", "ru", "fr")
        team.create_project(Actor("LEA", L), "News", "ru", "fr")
        assert team.events(limit=1)[0].actor == "Lea"
        team.add_person(lea, "tom", {T})
        assert {p.name: p.roles for p in team.people()} == {"Lea": {L}, "tom": {T}}
        team.close()
