"""TSV and CSV: the delimiter and the quoting are told from the file, not assumed.

Translation data are full of TSV files whose cells begin with a quotation mark that means nothing but
itself, and spreadsheets write TSV files in which it does. A tab-separated file is read as quoted only
when that explains every cell that begins with a quotation mark: either all cells of the file are
quoted, or each quoted one is well formed and holds what needed quoting (a tab, a line end or a
doubled quotation mark), and all rows then have the header's width. CSV files are always read as quoted.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from qa.errors import FormatError
from qa.formats.base import Format, PairTable, ReadOptions
from qa.formats.columns import recognised
from qa.formats.limits import MAX_LINE_BYTES
from qa.formats.table import Row, from_rows
from qa.formats.text import read_text

__all__ = ["CSV", "TSV", "read_delimited"]

_DELIMITERS = "\t,;|"
_SEP_LINE = re.compile(r"sep=(.)(?:\r\n|\n|\r)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\n|\r")
_CELL = re.compile(r"[^\t\r\n]*")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SAMPLE_ROWS = 50

# The module's limit is global and a tenth of ours; raising it once is harmless to others.
csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE_BYTES))


def read_delimited(path: Path, options: ReadOptions) -> PairTable:
    """The pairs of a TSV or CSV file, whatever its extension claims."""
    text = read_text(path, encoding=options.encoding, langs=options.langs)
    skipped = 0
    told = _SEP_LINE.match(text)
    if told:
        text, skipped = text[told.end() :], 1
    if not text.strip():
        raise FormatError(f"{path}: only blank lines; give a table with a source and a target column")
    delimiter = told[1] if told else _delimiter(text, options)
    quoted = delimiter != "\t" or _is_quoted_tsv(text)
    rows = _quoted_rows(text, delimiter, path, skipped) if quoted else _plain_rows(text, delimiter, skipped)
    return from_rows(rows, path, options)


def _delimiter(text: str, options: ReadOptions) -> str:
    """The delimiter under which the header names both columns, or else the most regular one."""
    best, best_rank = "\t", (False, 0.0, 0)
    for delimiter in _DELIMITERS:
        sample = _sample(text, delimiter)
        if not sample or len(sample[0]) < 2:
            continue
        width = len(sample[0])
        regular = sum(len(row) == width for row in sample) / len(sample)
        rank = (recognised(sample[0], options), regular, width)
        if rank > best_rank:
            best, best_rank = delimiter, rank
    return best


def _sample(text: str, delimiter: str) -> list[list[str]]:
    lines = [line for line in _LINE_END.split(text[:200_000]) if line.strip()][:_SAMPLE_ROWS]
    if delimiter == "\t":
        return [line.split("\t") for line in lines]
    rows: list[list[str]] = []
    try:
        for row in csv.reader(_lines(text[:200_000]), delimiter=delimiter):
            if row:
                rows.append(row)
            if len(rows) == _SAMPLE_ROWS:
                break
    except csv.Error:
        return rows
    return rows


def _is_quoted_tsv(text: str) -> bool:
    """True when quotation marks at the start of cells are quoting, not text (see the module's page)."""
    if '"' not in text:
        return False
    every = needed = True
    width = None
    at, cells = 0, 1
    while True:
        if text.startswith('"', at):
            match = _QUOTED.match(text, at)
            if match is None:
                return False
            end = match.end()
            inside = text[at + 1 : end - 1]
            needed = needed and any(character in inside for character in '"\t\r\n')
        else:
            match = _CELL.match(text, at)
            end = match.end() if match else at
            # Blank lines make empty cells that nobody would quote.
            every = every and end == at and text[end : end + 1] != "\t"
        if text[end : end + 1] == "\t":
            cells += 1
            at = end + 1
            continue
        if text[end : end + 1] not in ("\r", "\n", ""):
            return False
        if cells > 1 or end > at:
            width = width or cells
            if cells != width:
                return False
        if end >= len(text):
            return every or needed
        at, cells = end + (2 if text.startswith("\r\n", end) else 1), 1


def _plain_rows(text: str, delimiter: str, skipped: int) -> Iterator[Row]:
    for number, line in enumerate(_LINE_END.split(text), 1 + skipped):
        yield f"line {number}", line.split(delimiter)


def _quoted_rows(text: str, delimiter: str, path: Path, skipped: int) -> Iterator[Row]:
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            yield f"line {line + skipped}", row
            line = reader.line_num + 1
    except csv.Error as error:
        raise FormatError(
            f"{path}, line {line + skipped}: broken quoting ({error}); double the quotation marks inside "
            "cells, or save the file as TSV"
        ) from None


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends, split at CR, LF and CRLF only, as the csv module expects."""
    at = 0
    for match in _LINE_END.finditer(text):
        yield text[at : match.end()]
        at = match.end()
    if at < len(text):
        yield text[at:]


TSV = Format("tsv", (".tsv", ".tab"), "tab-separated table with a header", read_delimited)
CSV = Format("csv", (".csv",), "comma- or semicolon-separated table with a header", read_delimited)
