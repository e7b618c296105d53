"""What a bilingual format is, and what reading one gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from qa.errors import FormatError, LimitError
from qa.formats.limits import MAX_PAIRS, MAX_TEXT_CHARS
from qa.model import Document

__all__ = ["DocumentFormat", "Format", "Pair", "PairTable", "ReadOptions", "collect"]


@dataclass(frozen=True, slots=True)
class Pair:
    """One source text and its translation; an empty side is an omission or an addition.

    ``id`` is the format's own identifier ("" where it has none), ``state`` its own word for how far
    the translation has come ("translated", "needs-review-translation", …).
    """

    source: str
    target: str
    id: str = ""
    state: str = ""

    @property
    def empty(self) -> bool:
        """Is there no text on either side? Such a pair is no segment."""
        return not (self.source.strip() or self.target.strip())


@dataclass(frozen=True, slots=True)
class PairTable:
    """The pairs of one bilingual file in file order.

    Languages are normalised tags where the file names them, else None. ``notices`` are one-line
    remarks about what was repaired or left out while reading.
    """

    pairs: tuple[Pair, ...]
    source_lang: str | None
    target_lang: str | None
    name: str
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the caller knows or wants: columns by name or 1-based number, encoding, languages."""

    source_column: str | None = None
    target_column: str | None = None
    encoding: str | None = None
    source_lang: str | None = None
    target_lang: str | None = None

    @property
    def langs(self) -> tuple[str, ...]:
        """The languages that are known, source first."""
        return tuple(lang for lang in (self.source_lang, self.target_lang) if lang is not None)


@dataclass(frozen=True, slots=True)
class Format:
    """A bilingual format. To add one, write a module with such an object and register it.

    ``read(path, options)`` returns the table or raises a QAError that names file, place and remedy;
    it never writes. ``extensions`` are lower case with the dot.
    """

    name: str
    extensions: tuple[str, ...]
    description: str
    read: Callable[[Path, ReadOptions], PairTable]
    written_back: bool = False
    """Is an export of this format the imported file with new translations, so that the file must be kept?"""


@dataclass(frozen=True, slots=True)
class DocumentFormat:
    """A format of documents in one language that is more than plain text.

    ``read(text, path)`` is given the decoded file and returns a document whose sentences are the units
    of the format, or raises a QAError that names file, line and remedy. ``extensions`` are lower case
    with the dot.
    """

    name: str
    extensions: tuple[str, ...]
    description: str
    read: Callable[[str, Path], Document]


def collect(path: Path, pairs: Iterable[tuple[str, Pair]]) -> tuple[Pair, ...]:
    """The pairs as a tuple, held to the limits; pairs with two empty sides are left out.

    ``pairs`` yields (place, pair), the place in words such as "row 7" for messages. Raises
    FormatError when nothing is left and LimitError when there is too much.
    """
    kept: list[Pair] = []
    seen = 0
    for place, pair in pairs:
        seen += 1
        if seen > MAX_PAIRS:
            raise LimitError(f"{path}: more than {MAX_PAIRS:,} pairs; split the file")
        for side in (pair.source, pair.target):
            if len(side) > MAX_TEXT_CHARS:
                raise LimitError(
                    f"{path}, {place}: a text of {len(side):,} characters; at most "
                    f"{MAX_TEXT_CHARS:,} are accepted: split it into sentences or paragraphs"
                )
        if not pair.empty:
            kept.append(pair)
    if not kept:
        raise FormatError(f"{path}: no pairs in it ({seen} empty); give a file with source and target texts")
    return tuple(kept)
