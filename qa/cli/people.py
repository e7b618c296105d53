"""``qa users``: who works here, in which roles, and who is invited.

Whoever can open the database acts as a lead in it; signing in is for those who come through the interface.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from qa.cli.options import DatabaseOption, PersonOption
from qa.cli.projects import open_service, person
from qa.errors import NotFoundError
from qa.review.views import Actor, Role

__all__ = ["users_app"]

RolesOption = Annotated[list[Role], typer.Option(help="translator, editor or lead; may be repeated.")]

users_app = typer.Typer(help="List the people; add, invite or bar somebody.", invoke_without_command=True)


@users_app.callback()
def list_users(context: typer.Context, database: DatabaseOption = None) -> None:
    """List the people; add, invite or bar somebody."""
    if context.invoked_subcommand is not None:
        return
    service = open_service(database)
    people, invitations = service.people(), service.invitations()
    if not people and not invitations:
        print("Nobody yet. Add somebody: qa users add NAME --role editor")
    for someone in people:
        print(f"{someone.name}  {_names(someone.roles)}" + (f"  {someone.email}" if someone.email else ""))
    for invitation in invitations:
        print(f"{invitation.email}  {_names(invitation.roles)}  invited by {invitation.invited_by}")


@users_app.command("add")
def add_user(
    name: Annotated[str, typer.Argument(help="The person's name.")],
    role: RolesOption,
    email: Annotated[str, typer.Option(help="E-mail address; left out, it stays as it is.")] = "",
    database: DatabaseOption = None,
    as_: PersonOption = None,
) -> None:
    """Add a person, or change the roles of one."""
    added = open_service(database).add_person(_lead(as_), name, role, email=email)
    print(f"{added.name}: {_names(added.roles)}")


@users_app.command("invite")
def invite_user(
    email: Annotated[str, typer.Argument(help="The address somebody will sign in with.")],
    role: RolesOption,
    database: DatabaseOption = None,
    as_: PersonOption = None,
) -> None:
    """Let whoever signs in with an e-mail address join in these roles."""
    invitation = open_service(database).invite(_lead(as_), email, role)
    print(f"{invitation.email}: {_names(invitation.roles)}")


@users_app.command("withdraw")
def withdraw_user(
    who: Annotated[str, typer.Argument(metavar="NAME|EMAIL", help="A person, or an invited address.")],
    database: DatabaseOption = None,
    as_: PersonOption = None,
) -> None:
    """Take all roles from a person, or take back an invitation."""
    from qa.store.text import same_address

    service = open_service(database)
    if any(same_address(each.email, who) for each in service.invitations()):
        service.withdraw_invitation(_lead(as_), who)
        print(f"{who}: no longer invited")
        return
    known = (each for each in service.people() if each.name == who or same_address(each.email, who))
    found = next(known, None)
    if found is None:
        raise NotFoundError(f"nobody here or invited is {who!r}; qa users lists the people")
    service.set_roles(_lead(as_), found.name, ())
    print(f"{found.name}: no roles")


def _lead(name: str | None) -> Actor:
    return Actor(person(name), Role.LEAD)


def _names(roles: Iterable[Role]) -> str:
    return ", ".join(sorted(role.value for role in roles)) or "no roles"
