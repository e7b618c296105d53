"""Commands that take a document out of its project, and bring it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from qa.cli.options import DatabaseOption, PersonOption
from qa.cli.projects import find_project, open_service, person
from qa.errors import NotFoundError, UsageError
from qa.review.views import Actor, Role

if TYPE_CHECKING:
    from qa.review.views import DocumentView, Withdrawn

__all__ = ["restore", "withdraw"]

Document = TypeVar("Document", "DocumentView", "Withdrawn")

ProjectArgument = Annotated[str, typer.Argument(help="Name or number of the project.")]
DocumentArgument = Annotated[str, typer.Argument(help="Name or number of the document.")]


def withdraw(
    project: ProjectArgument,
    document: DocumentArgument,
    database: DatabaseOption = None,
    as_: PersonOption = None,
) -> None:
    """Take a document out of its project: no list, figure or export has it any more. Nothing is deleted."""
    service = open_service(database)
    found = find_project(service, project)
    one = _the_one(document, service.documents(found.id), f"in {found.name!r}")
    done = service.withdraw(Actor(person(as_), Role.LEAD), one.id)
    print(
        f"{done.name} is withdrawn: {done.segments} segments, {done.done} of them revised; "
        f"take it back with: qa restore {found.id} {done.id}"
    )


def restore(
    project: ProjectArgument,
    document: DocumentArgument,
    database: DatabaseOption = None,
    as_: PersonOption = None,
) -> None:
    """Bring a withdrawn document back into its project, as it was."""
    service = open_service(database)
    found = find_project(service, project)
    one = _the_one(document, service.withdrawn(found.id), f"withdrawn from {found.name!r}")
    service.restore(Actor(person(as_), Role.LEAD), one.id, one.at)
    print(f"{one.name} is back in {found.name!r}: {one.segments} segments, {one.done} of them revised")


def _the_one(document: str, documents: Sequence[Document], where: str) -> Document:
    """The document of that name or number. Raises NotFoundError, UsageError where a name is not enough."""
    found = [each for each in documents if document in (each.name, str(each.id))]
    if not found:
        known = ", ".join(repr(each.name) for each in documents) or "none"
        raise NotFoundError(f"no document {document!r} is {where}; there are: {known}")
    if len(found) > 1:
        numbers = ", ".join(str(each.id) for each in found)
        raise UsageError(f"{len(found)} documents are called {document!r}; give a number: {numbers}")
    return found[0]
