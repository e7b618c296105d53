"""Rows of cells to pairs: what TSV, CSV and XLSX share.

A row may leave its source or its target *empty* (an addition or an omission, kept as such). A row in
which one of the two cells is *missing*, or that has text beyond the last column, is an error: its
cells have shifted, and guessing would pair the wrong texts. Blank rows are skipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from qa.errors import FormatError, LimitError
from qa.formats.base import Pair, PairTable, ReadOptions, collect
from qa.formats.columns import Columns, choose
from qa.formats.limits import MAX_COLUMNS

__all__ = ["Row", "from_rows"]

Row = tuple[str, Sequence[str]]
"""Where the row stands, in words ("line 7"), and its cells."""


def from_rows(rows: Iterable[Row], path: Path, options: ReadOptions) -> PairTable:
    """The pairs of a table whose first row that is not blank is its header."""
    filled = ((place, cells) for place, cells in rows if any(cell.strip() for cell in cells))
    first = next(filled, None)
    if first is None:
        raise FormatError(f"{path}: only blank rows; give a table with a source and a target column")
    place, header = first
    if len(header) > MAX_COLUMNS:
        raise LimitError(f"{path}, {place}: more than {MAX_COLUMNS} columns; is this the right file?")
    columns = choose(header, options, path, place)
    body: Iterator[Row] = filled if columns.header else _chain(first, filled)
    row = next(body, None)
    if row is None:
        raise FormatError(f"{path}: a header and no rows; add at least one pair")
    pairs = collect(path, _pairs(_chain(row, body), columns, len(header), path))
    return PairTable(
        pairs,
        options.source_lang or columns.source_lang,
        options.target_lang or columns.target_lang,
        path.name,
    )


def _chain(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _pairs(rows: Iterator[Row], columns: Columns, width: int, path: Path) -> Iterator[tuple[str, Pair]]:
    needed = max(columns.source, columns.target) + 1
    for place, cells in rows:
        if len(cells) < needed:
            raise FormatError(
                f"{path}, {place}: cells found: {len(cells)}, columns in the header: {width}; "
                "add the missing cell, empty if there is no text"
            )
        if any(cell.strip() for cell in cells[width:]):
            raise FormatError(
                f"{path}, {place}: cells found: {len(cells)}, columns in the header: {width}; "
                "remove the extra delimiter or quote the cell that holds it"
            )
        yield (
            place,
            Pair(
                cells[columns.source],
                cells[columns.target],
                _cell(cells, columns.id),
                _cell(cells, columns.state),
            ),
        )


def _cell(cells: Sequence[str], position: int | None) -> str:
    return cells[position].strip() if position is not None and position < len(cells) else ""
