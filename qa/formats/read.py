"""The two functions everybody reads files with; neither ever writes."""

from __future__ import annotations

from pathlib import Path

from qa import lang as languages
from qa.errors import FormatError
from qa.formats.base import PairTable, ReadOptions
from qa.formats.registry import FORMATS, for_path
from qa.formats.text import read_text

__all__ = ["read_document", "read_pairs"]


def read_document(path: Path, lang: str | None = None, *, encoding: str | None = None) -> str:
    """The text of a plain file: decoded, without byte-order mark, line ends as they stand.

    ``lang``, where known, helps to tell legacy encodings apart. Raises InputError, FormatError (empty,
    binary), EncodingError or LimitError, each saying what to do.
    """
    text = read_text(Path(path), encoding=encoding, langs=(languages.normalise(lang),) if lang else ())
    if not text.strip():
        raise FormatError(f"{path}: only white space; give a file with text")
    return text


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
