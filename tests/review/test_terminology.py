"""A project's glossary: terms are added, removed, and never lost from the record."""

from __future__ import annotations

import pytest

from qa.errors import LimitError, NotFoundError, PermissionDenied, UsageError
from qa.review.service import ReviewService
from qa.review.views import Actor, Role
from qa.terms.glossary import Term


def test_terms_stand_until_they_are_removed(
    service: ReviewService, project: int, translator: Actor, lead: Actor
) -> None:
    good = service.add_term(translator, project, "  удар\n", "frappe", "preferred", "of weapons")
    service.add_term(translator, project, "удар", "grève", "forbidden")
    service.add_term(lead, project, "порт", "port", "preferred")
    assert service.glossary(project).terms == (
        Term("удар", ("frappe",), forbidden=("grève",), note="of weapons"),
        Term("порт", ("port",)),
    )
    event = service.events(limit=3)[-1]
    assert (event.action, event.actor, event.project_id) == ("add-term", translator.name, project)
    assert event.data == {
        "term": good.id, "source": "удар", "target": "frappe", "kind": "preferred", "note": "of weapons",
    }  # fmt: skip
    service.remove_term(translator, project, good.id)
    assert [(t.source, t.target, t.kind) for t in service.terms(project)] == [
        ("удар", "grève", "forbidden"),
        ("порт", "port", "preferred"),
    ]
    assert service.events(limit=1)[0].action == "remove-term"
    again = service.add_term(translator, project, "удар", "frappe", "preferred")
    assert again.id > good.id


def test_twice_is_as_once(service: ReviewService, project: int, translator: Actor, editor: Actor) -> None:
    first = service.add_term(translator, project, "Удар", "frappe", "preferred")
    before = service.events(limit=None)
    assert service.add_term(editor, project, "удар", "Frappe", "preferred") == first
    assert service.events(limit=None) == before
    service.remove_term(translator, project, first.id)
    before = service.events(limit=None)
    assert service.remove_term(translator, project, first.id) == first
    assert service.events(limit=None) == before


@pytest.mark.parametrize(
    ("source", "target", "kind", "error"),
    [
        (" \n", "x", "preferred", UsageError),
        ("x", "", "preferred", UsageError),
        ("x", "y", "banned", UsageError),
        ("x" * 201, "y", "preferred", LimitError),
        ("удар", "FRAPPE", "forbidden", UsageError),
    ],
)
def test_what_is_no_term_is_refused(
    service: ReviewService, project: int, translator: Actor, source: str, target: str, kind: str, error: type
) -> None:
    service.add_term(translator, project, "удар", "frappe", "preferred")
    before = service.events(limit=None)
    with pytest.raises(error):
        service.add_term(translator, project, source, target, kind)  # type: ignore[arg-type]
    assert service.events(limit=None) == before
    assert len(service.terms(project)) == 1


def test_only_whoever_added_a_term_or_a_lead_removes_it(
    service: ReviewService, project: int, translator: Actor, editor: Actor, lead: Actor
) -> None:
    one = service.add_term(translator, project, "a", "b", "preferred")
    two = service.add_term(translator, project, "c", "d", "preferred")
    with pytest.raises(PermissionDenied, match="Tom added this term"):
        service.remove_term(editor, project, one.id)
    service.remove_term(Actor("tom", Role.EDITOR), project, one.id)
    service.remove_term(lead, project, two.id)
    assert service.terms(project) == []


def test_projects_keep_their_terms_apart(service: ReviewService, project: int, lead: Actor) -> None:
    other = service.create_project(lead, "Other", "ru", "fr").id
    term = service.add_term(lead, project, "a", "b", "preferred")
    assert service.terms(other) == []
    with pytest.raises(UsageError, match="another project"):
        service.remove_term(lead, other, term.id)
    with pytest.raises(NotFoundError):
        service.add_term(lead, 99, "a", "b", "preferred")
    with pytest.raises(NotFoundError):
        service.terms(99)
