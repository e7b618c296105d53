"""XLSX: the first sheet whose header names a source and a target column.

The archive is weighed before anything is unpacked, so a ZIP bomb costs nothing. Formulas are read as
the values the spreadsheet program stored; where it stored none (files written by programs), the
cell's own text is taken, since a cell such as "= 5" is meant as text there.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import FormatError, LimitError, QAError
from qa.formats.base import Format, PairTable, ReadOptions
from qa.formats.columns import recognised
from qa.formats.limits import (
    MAX_ARCHIVE_BYTES,
    MAX_ARCHIVE_MEMBERS,
    MAX_ARCHIVE_RATIO,
    MAX_PAIRS,
)
from qa.formats.table import Row, from_rows
from qa.formats.text import megabytes, read_bytes

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

__all__ = ["XLSX", "read_xlsx", "weigh_archive"]

_DECLARATIONS = [
    mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
]
_MEBIBYTE = 1024**2


def read_xlsx(path: Path, options: ReadOptions) -> PairTable:
    """The pairs of a workbook; raises FormatError for what is no sound XLSX, LimitError for bombs."""
    data = read_bytes(path)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FormatError(f"{path}: an old XLS or an encrypted workbook; save it as XLSX without a password")
    with_formulas = weigh_archive(io.BytesIO(data), path)
    values = _open(io.BytesIO(data), path, values=True)
    formulas = _open(io.BytesIO(data), path, values=False) if with_formulas else None
    try:
        name = _sheet(values, options, path)
        rows = _rows(values, formulas, name, path)
        return from_rows(rows, path, options)
    except QAError:
        raise
    except Exception as error:  # the library raises whatever its parts raise on damaged members
        raise FormatError(f"{path}: damaged XLSX ({_reason(error)}); open it and save it again") from None
    finally:
        values.close()
        if formulas is not None:
            formulas.close()


def weigh_archive(stream: object, path: Path) -> bool:
    """Refuse what would unpack to too much or declares XML entities; True when a sheet has formulas.

    Declared sizes can be trusted: unpacking stops at them.
    """
    formulas = False
    try:
        with zipfile.ZipFile(stream) as archive:  # type: ignore[call-overload]
            members = archive.infolist()
            if len(members) > MAX_ARCHIVE_MEMBERS:
                raise LimitError(f"{path}: {len(members):,} files inside; no honest workbook has so many")
            total = sum(member.file_size for member in members)
            if total > MAX_ARCHIVE_BYTES:
                raise LimitError(
                    f"{path}: unpacks to {megabytes(total)}, more than {megabytes(MAX_ARCHIVE_BYTES)}; "
                    "split the workbook"
                )
            for member in members:
                ratio = member.file_size / max(1, member.compress_size)
                if member.file_size > _MEBIBYTE and ratio > MAX_ARCHIVE_RATIO:
                    raise LimitError(
                        f"{path}: {member.filename!r} unpacks {ratio:.0f}-fold, like a ZIP bomb; refused"
                    )
                if member.flag_bits & 1:
                    raise FormatError(f"{path}: is encrypted; save it without a password")
                if member.filename.lower().endswith((".xml", ".rels")):
                    formulas |= _scan(archive, member, path)
    except zipfile.BadZipFile:
        raise FormatError(f"{path}: no XLSX, or cut short; save it again as XLSX") from None
    except (OSError, EOFError, NotImplementedError, zipfile.LargeZipFile, ValueError) as error:
        raise FormatError(f"{path}: damaged XLSX ({_reason(error)}); save it again as XLSX") from None
    except Exception as error:
        if isinstance(error, QAError):
            raise
        raise FormatError(f"{path}: damaged XLSX ({_reason(error)}); save it again as XLSX") from None
    return formulas


def _scan(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> bool:
    """Look through one XML member: declarations are refused, formulas reported."""
    formulas = False
    tail = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_MEBIBYTE):
            window = tail + chunk
            if any(mark in window for mark in _DECLARATIONS):
                raise FormatError(
                    f"{path}: {member.filename!r} declares XML entities; refused: save it again"
                )
            formulas |= b"<f>" in window or b"<f " in window
            tail = window[-32:]
    return formulas


def _open(stream: object, path: Path, *, values: bool) -> Workbook:
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # It warns of styles and extensions it leaves out; only texts are wanted here.
            warnings.simplefilter("ignore")
            return load_workbook(stream, read_only=True, data_only=values, keep_links=False)  # type: ignore[arg-type]
    except Exception as error:
        raise FormatError(f"{path}: no sound XLSX ({_reason(error)}); open it and save it again") from None


def _reason(error: Exception) -> str:
    return (str(error) or type(error).__name__).split("\n")[0][:120]


def _sheet(book: Workbook, options: ReadOptions, path: Path) -> str:
    """The first worksheet whose header is recognised, or else the first one."""
    names = [sheet.title for sheet in book.worksheets]
    if not names:
        raise FormatError(f"{path}: no worksheet in it; save the table as a worksheet")
    for name in names:
        header = next((row for _, row in _rows(book, None, name, path, limit=20) if any(row)), None)
        if header is not None and recognised(header, options):
            return name
    return names[0]


def _rows(
    book: Workbook, formulas: Workbook | None, name: str, path: Path, limit: int | None = None
) -> Iterator[Row]:
    """The rows of one sheet as texts; trailing empty cells are kept, a sheet has no missing ones."""
    sheet = book[name]
    other = formulas[name] if formulas is not None else None
    for each in (sheet, other):
        if each is not None:
            each.reset_dimensions()  # declared sizes may be lies
    rows = sheet.iter_rows(max_row=limit, values_only=True)
    others = other.iter_rows(max_row=limit, values_only=True) if other is not None else ()
    width = 0
    for number, (row, shadow) in enumerate(zip_longest(rows, others, fillvalue=()), 1):
        if number > MAX_PAIRS + 1:
            raise LimitError(f"{path}: sheet {name!r} has more than {MAX_PAIRS:,} rows; split it")
        cells = [_text(value if value is not None else _formula(shadow, i)) for i, value in enumerate(row)]
        while cells and not cells[-1]:
            cells.pop()
        if cells and not width:
            width = len(cells)
        yield f"sheet {name!r}, row {number}", cells + [""] * (width - len(cells))


def _formula(row: tuple[object, ...], position: int) -> object:
    return row[position] if position < len(row) else None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date, time)):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)


XLSX = Format("xlsx", (".xlsx", ".xlsm"), "Excel workbook with a header row", read_xlsx)
