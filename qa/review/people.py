"""People: who is here, in which roles, who is invited, and how somebody who signs in becomes one of them.

Whoever signs in is known by the e-mail address the provider vouches for; roles are held here and nowhere
else. The record names people, so a name stays what it was at the first sign-in, and no two people share one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from qa.errors import NotFoundError, PermissionDenied, UsageError
from qa.review import inputs, pictures
from qa.review.record import Record
from qa.review.roles import Action
from qa.review.views import Actor, InvitationView, PersonView, Role, WorkView
from qa.store import people as rows
from qa.store import schema
from qa.store.repository import Records
from qa.store.text import fold

__all__ = ["People"]


class People(Record):
    """What is done with people and their roles."""

    def people(self) -> list[PersonView]:
        with self._database.read() as records:
            roles = records.roles()
            return [pictures.person_view(row, roles.get(row.id, ())) for row in records.people()]

    def invitations(self) -> list[InvitationView]:
        """Those not yet taken up, by address."""
        with self._database.read() as records:
            return [pictures.invitation_view(row) for row in rows.invitations(records)]

    def work(self) -> list[WorkView]:
        """Everybody who stands in the audit trail, by name."""
        with self._database.read() as records:
            return pictures.work_views(rows.work(records))

    def sign_in(self, name: str, email: str, *, verified: bool) -> PersonView:
        """The person whom a provider vouches for; ``name`` and ``email`` come from its token alone.

        Whoever is invited joins in the roles of the invitation; the first to sign in where nobody is known or
        invited joins as lead. Anybody else gets a view without roles, and nothing is written. Raises
        PermissionDenied when the provider does not say that the address is theirs (``verified``).
        """
        email = inputs.address(email)
        if not verified:
            raise PermissionDenied(
                f"your sign-in provider does not say that {email} is verified; verify it there and return"
            )
        with self._database.read() as records:
            known = self._known(records, email)
            nobody = not records.people() and not rows.invitations(records)
            expected = nobody or rows.invitation(records, email) is not None
        if known is not None or not expected:
            return known or PersonView(inputs.token_name(name, email)[0], frozenset(), email)
        with self._database.write() as records:
            rows.lock(records)
            return self._known(records, email) or self._join(records, name, email)

    def add_person(self, actor: Actor, name: str, roles: Iterable[Role], email: str = "") -> PersonView:
        """Add somebody, or give somebody other roles and, where one is given, another address.

        While the store holds nobody yet, the first person is added without asking for a role. Raises
        UsageError when the address is somebody else's or the last lead would be gone.
        """
        name, email = inputs.name(name, "person"), inputs.address(email) if email.strip() else ""
        wanted = _some(roles, name)
        with self._database.write() as records:
            rows.lock(records)
            actor = self._acting(records, actor, Action.ADD_PERSON, first=not records.people())
            person = records.person(fold(name)) or schema.Person(key=fold(name), email="")
            others = [row for row in rows.with_address(records, email) if row.key != person.key]
            if email and others:
                raise UsageError(f"{email} is {others[0].name}'s address; give another")
            person.name, person.email = name, email or person.email
            records.add(person)
            self._give(records, person, wanted)
            data = {"name": name, "roles": sorted(wanted), "email": person.email}
            self._record(records, actor, Action.ADD_PERSON, data=data)
            return PersonView(name, wanted, person.email)

    def set_roles(self, actor: Actor, name: str, roles: Iterable[Role]) -> PersonView:
        """Give somebody these roles and no others; none at all shuts them out, and keeps what they did.

        Raises NotFoundError for a stranger, UsageError when the last lead would be gone.
        """
        name, wanted = inputs.name(name, "person"), frozenset(Role(role) for role in roles)
        with self._database.write() as records:
            rows.lock(records)
            actor = self._acting(records, actor, Action.SET_ROLES)
            person = records.person(fold(name))
            if person is None:
                raise NotFoundError(f"there is nobody called {name!r} here; invite them first")
            before = sorted(records.roles().get(person.id, ()))
            if before != sorted(wanted):
                self._give(records, person, wanted)
                data = {"name": person.name, "roles": [before, sorted(wanted)]}
                self._record(records, actor, Action.SET_ROLES, data=data)
            return PersonView(person.name, wanted, person.email)

    def invite(self, actor: Actor, email: str, roles: Iterable[Role]) -> InvitationView:
        """Let whoever signs in with ``email`` join in these roles; inviting again changes the roles.

        Raises UsageError when the address is that of somebody who is here already.
        """
        email = inputs.address(email)
        wanted = _some(roles, email)
        with self._database.write() as records:
            rows.lock(records)
            actor = self._acting(records, actor, Action.INVITE)
            if known := rows.with_address(records, email):
                raise UsageError(
                    f"{email} is {known[0].name}, who is here already; change their roles instead"
                )
            row = rows.invitation(records, email) or schema.Invitation(email=email)
            row.roles, row.invited_by, row.created = sorted(wanted), actor.name, datetime.now(UTC)
            records.add(row)
            self._record(records, actor, Action.INVITE, data={"email": email, "roles": row.roles})
            return pictures.invitation_view(row)

    def withdraw_invitation(self, actor: Actor, email: str) -> None:
        """Take back an invitation that nobody has taken up. Raises NotFoundError when there is none."""
        email = inputs.address(email)
        with self._database.write() as records:
            rows.lock(records)
            actor = self._acting(records, actor, Action.WITHDRAW_INVITATION)
            row = rows.invitation(records, email)
            if row is None:
                raise NotFoundError(f"{email} has no open invitation")
            records.session.delete(row)
            self._record(records, actor, Action.WITHDRAW_INVITATION, data={"email": row.email})

    def _known(self, records: Records, email: str) -> PersonView | None:
        found = rows.with_address(records, email)
        if len(found) > 1:
            names = " and ".join(row.name for row in found)
            raise PermissionDenied(
                f"{names} both have the address {email}; a QA lead must correct one of them"
            )
        return pictures.person_view(found[0], records.roles().get(found[0].id, ())) if found else None

    def _join(self, records: Records, name: str, email: str) -> PersonView:
        """Make a person of whoever is invited, or first."""
        invitation = rows.invitation(records, email)
        names = inputs.token_name(name, email)
        if invitation is None and (records.people() or rows.invitations(records)):
            return PersonView(names[0], frozenset(), email)
        free = next((each for each in names if records.person(fold(each)) is None), None)
        if free is None:
            raise PermissionDenied(f"somebody else here is called {email}; a QA lead must rename them first")
        roles = frozenset(map(Role, invitation.roles)) if invitation else frozenset({Role.LEAD})
        person = records.add(schema.Person(key=fold(free), name=free, email=email))
        records.set_roles(person.id, map(str, roles))
        data = {"name": free, "roles": sorted(roles), "email": email}
        if invitation:
            data["invited_by"] = invitation.invited_by
            records.session.delete(invitation)
        actor = Actor(free, min(roles, key=list(Role).index))
        self._record(records, actor, Action.ADD_PERSON, data=data)
        return PersonView(free, roles, email)

    def _give(self, records: Records, person: schema.Person, roles: frozenset[Role]) -> None:
        leads = {id for id, held in records.roles().items() if Role.LEAD in held}
        if leads == {person.id} and Role.LEAD not in roles:
            raise UsageError(f"{person.name} is the last QA lead; make somebody else a lead first")
        records.set_roles(person.id, map(str, roles))


def _some(roles: Iterable[Role], whom: str) -> frozenset[Role]:
    wanted = frozenset(Role(role) for role in roles)
    if not wanted:
        raise UsageError(f"give {whom} at least one role: {', '.join(Role)}")
    return wanted
