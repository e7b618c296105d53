"""The rows of project glossaries. Terms are removed by a mark and never deleted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from qa.store.repository import Records
from qa.store.schema import Term

__all__ = ["terms"]


def terms(records: Records, project_id: int) -> Sequence[Term]:
    """The terms of a project that stand, in the order they were added."""
    query = select(Term).where(Term.project_id == project_id, Term.removed.is_(False)).order_by(Term.id)
    return records.session.scalars(query).all()
