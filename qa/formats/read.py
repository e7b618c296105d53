"""The functions everybody reads files with; none ever writes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from qa import lang as languages
from qa.errors import FormatError
from qa.formats.base import PairTable, ReadOptions
from qa.formats.registry import FORMATS, document_format, for_path
from qa.formats.text import read_text
from qa.model import Document

__all__ = ["open_document", "read_document", "read_pairs"]


def open_document(path: Path, lang: str | None = None, *, encoding: str | None = None) -> Document:
    """A document as its file gives it, decoded.

    A plain file comes without sentences, its line ends as they stand; one in a format of
    DOCUMENT_FORMATS (told by its extension) comes with the units of that format as sentences. ``lang``,
    where known, helps to tell legacy encodings apart. Raises InputError, FormatError (empty, binary, not
    the format), EncodingError or LimitError, each saying what to do.
    """
    path = Path(path)
    tag = languages.normalise(lang) if lang else None
    text = read_text(path, encoding=encoding, langs=(tag,) if tag else ())
    if not text.strip():
        raise FormatError(f"{path}: only white space; give a file with text")
    known = document_format(path)
    document = (
        Document(text, languages.UNDETERMINED, (), path.name) if known is None else known.read(text, path)
    )
    return replace(document, lang=tag) if tag else document


def read_document(path: Path, lang: str | None = None, *, encoding: str | None = None) -> str:
    """The text of ``open_document``, for those who need no more."""
    return open_document(path, lang, encoding=encoding).text


def read_pairs(
    path: Path,
    *,
    source_column: str | None = None,
    target_column: str | None = None,
    encoding: str | None = None,
    format: str | None = None,
    source_lang: str | None = None,
    target_lang: str | None = None,
) -> PairTable:
    """The pairs of a bilingual file, its format told by ``format`` or the extension.

    ``source_column`` and ``target_column`` name columns (or keys); both as numbers, counted from 1,
    read a table without a header. Languages choose columns called by their code (``ru``, ``fr``) and
    the sides of multilingual files. Raises QAErrors that name file, place and remedy.
    """
    path = Path(path)
    chosen = FORMATS.get(format) if format is not None else for_path(path)
    options = ReadOptions(
        source_column,
        target_column,
        encoding,
        languages.normalise(source_lang) if source_lang else None,
        languages.normalise(target_lang) if target_lang else None,
    )
    return chosen.read(path, options)
