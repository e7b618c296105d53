"""The project's terms beside a segment, as plain JSON for the workbench."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from qa.lang import UNDETERMINED
from qa.review.terminology import TermView
from qa.review.views import ProjectView, SegmentView
from qa.ui.payload import Json
from qa.ui.text import clean, plain

if TYPE_CHECKING:
    from qa.review.service import ReviewService
    from qa.terms.matching import TermIndex

__all__ = ["matches", "term_payload"]

_LOOKED_THROUGH = 10_000
"""Characters of a text that terms are looked for in: as many as are laid out for reading."""


def matches(service: ReviewService, project: ProjectView, view: SegmentView) -> list[Json]:
    """The terms whose source stands in the segment, in any inflection; ``used`` where the rendering stands in
    the translation."""
    terms = service.terms(project.id)
    if not terms or project.source_lang == UNDETERMINED:
        return []
    from qa.terms.matching import find

    names = tuple(dict.fromkeys(term.source for term in terms))
    found = {hit.name for hit in _index(names, project.source_lang).find(view.source[:_LOOKED_THROUGH])}
    text = view.text[:_LOOKED_THROUGH]
    return [
        term_payload(term) | {"used": bool(find(text, term.target, project.target_lang))}
        for term in terms
        if term.source in found
    ]


def term_payload(term: TermView) -> Json:
    return {
        "id": term.id,
        "source": clean(term.source),
        "target": clean(term.target),
        "kind": term.kind,
        "note": plain(term.note),
        "author": plain(term.author),
    }


@lru_cache(maxsize=16)
def _index(names: tuple[str, ...], language: str) -> TermIndex:
    from qa.terms.matching import TermIndex

    return TermIndex.of(names, language)
