"""What we accept at most: one place, so that hostile input fails early and the same way everywhere."""

from __future__ import annotations

__all__ = [
    "MAX_ARCHIVE_BYTES",
    "MAX_ARCHIVE_MEMBERS",
    "MAX_ARCHIVE_RATIO",
    "MAX_COLUMNS",
    "MAX_FILE_BYTES",
    "MAX_LINE_BYTES",
    "MAX_PAIRS",
    "MAX_TEXT_CHARS",
]

MAX_FILE_BYTES = 256 * 1024**2
"""A whole file, in bytes on disk."""

MAX_LINE_BYTES = 4 * 1024**2
"""One line of a line-based file (plain text, TSV, CSV, JSONL, PO)."""

MAX_TEXT_CHARS = 4 * 1024**2
"""One side of one pair, in code points."""

MAX_PAIRS = 1_000_000
"""Pairs of one bilingual file."""

MAX_COLUMNS = 256
"""Columns of one table."""

MAX_ARCHIVE_BYTES = 512 * 1024**2
"""All members of a ZIP-based file together, unpacked."""

MAX_ARCHIVE_MEMBERS = 5_000
"""Members of a ZIP-based file."""

MAX_ARCHIVE_RATIO = 200
"""Unpacked to packed size of a member of more than a mebibyte; honest spreadsheets stay below 40."""
