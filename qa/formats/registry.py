"""The formats we know. To add one, write its module and add its line here, or ship it as a plug-in
under the entry-point group ``relecture.formats`` (the name of the format → a ``Format`` object), or
``relecture.document_formats`` (→ a ``DocumentFormat``) for documents in one language."""

from __future__ import annotations

from pathlib import Path

from qa.errors import FormatError
from qa.formats.base import DocumentFormat, Format
from qa.registry import Registry

__all__ = ["DOCUMENT_FORMATS", "FORMATS", "document_format", "for_path"]

FORMATS: Registry[Format] = Registry(
    "format",
    {
        "tsv": "qa.formats.delimited:TSV",
        "csv": "qa.formats.delimited:CSV",
        "xlsx": "qa.formats.xlsx:XLSX",
        "jsonl": "qa.formats.jsonl:JSONL",
        "xliff": "qa.formats.xliff:XLIFF",
        "tmx": "qa.formats.tmx:TMX",
        "po": "qa.formats.po:PO",
    },
    group="relecture.formats",
)

DOCUMENT_FORMATS: Registry[DocumentFormat] = Registry(
    "document format",
    {"srt": "qa.formats.subtitles:SRT", "vtt": "qa.formats.subtitles:VTT"},
    group="relecture.document_formats",
)


def document_format(path: Path) -> DocumentFormat | None:
    """The document format of ``path`` by its extension; None for plain text, which has any other."""
    suffix = path.suffix.lower()
    return next((known for known in DOCUMENT_FORMATS if suffix in known.extensions), None)


def for_path(path: Path) -> Format:
    """The format of ``path`` by its extension; raises FormatError that lists the known ones."""
    suffix = path.suffix.lower()
    for known in FORMATS:
        if suffix in known.extensions:
            return known
    extensions = ", ".join(extension for known in FORMATS for extension in known.extensions)
    raise FormatError(
        f"{path}: no bilingual format has the extension {suffix or '(none)'!r}; known: {extensions}; "
        "rename the file or name its format"
    )
