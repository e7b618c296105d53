"""Searching the texts of segments: substrings in a folded copy, expressions in the texts themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, Select, bindparam, column, func, select, table, text
from sqlalchemy.orm import Session

from qa.model import SearchSide
from qa.store.patterns import Pattern
from qa.store.schema import Segment, SegmentSearch
from qa.store.text import clean, fold

__all__ = ["Search", "holding", "matching"]

_TRIGRAM = 3
"""Shortest needle SQLite's trigram index can find; shorter ones are looked for row by row."""
_CHUNK = 500
"""Texts read at a time, and parameters in one IN list."""


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for: a folded substring or a regular expression; without either, nothing. The side
    ``target`` is the current text."""

    needle: str = ""
    pattern: Pattern | None = None
    side: SearchSide = "both"

    @classmethod
    def of(cls, typed: str, side: SearchSide, regex: bool) -> Search:
        """What somebody has typed. Of an expression, spaces at the ends count.

        Raises UsageError for an expression that cannot be read.
        """
        if regex:
            return cls(pattern=Pattern(clean(typed)) if typed else None, side=side)
        return cls(needle=fold(clean(typed.strip())), side=side)


def holding(session: Session, project_id: int, search: Search) -> Select[int]:
    """The ids of the segments that hold the needle: at least those of ``project_id``."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    find = func.instr if is_sqlite else func.strpos
    holds = find(_folded(search.side), search.needle) > 0
    query = select(SegmentSearch.segment_id)
    if not is_sqlite or len(search.needle) < _TRIGRAM:
        return query.where(SegmentSearch.project_id == project_id, holds)
    phrase = '"' + search.needle.replace('"', '""') + '"'
    trigram = table("segment_trigram", column("rowid", Integer))
    indexed = select(trigram.c.rowid).where(text("segment_trigram MATCH :phrase").bindparams(phrase=phrase))
    if search.side == "both":
        return indexed
    return query.where(SegmentSearch.segment_id.in_(indexed), holds)


def _folded(side: SearchSide) -> ColumnElement[str]:
    if side == "source":
        return func.substr(SegmentSearch.folded, 1, SegmentSearch.source_length)
    if side == "target":
        return func.substr(SegmentSearch.folded, SegmentSearch.source_length + 2)
    return SegmentSearch.folded.expression


def matching(session: Session, ids: Sequence[int], pattern: Pattern, side: SearchSide) -> list[int]:
    """Those of ``ids`` of which a text matches, in their order.

    Matched here instead of in the database, so that every database understands a pattern alike. Raises
    UsageError when it takes too long.
    """
    columns = {"source": [Segment.source], "target": [Segment.text], "both": [Segment.source, Segment.text]}
    query = select(Segment.id, *columns[side]).where(Segment.id.in_(bindparam("some", expanding=True)))
    connection = session.connection()
    wanted = sorted(ids)
    matched: set[int] = set()
    for start in range(0, len(wanted), _CHUNK):
        rows = connection.execute(query, {"some": wanted[start : start + _CHUNK]})
        matched.update(id for id, *texts in rows if pattern.holds(*texts))
    return [id for id in ids if id in matched]
