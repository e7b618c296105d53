"""Which column is the source and which the target: names people give them, options, positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qa import lang as languages
from qa.errors import FormatError, UsageError
from qa.formats.base import ReadOptions

__all__ = ["Columns", "choose", "key", "recognised"]

SOURCE_NAMES = (
    "src", "source", "source_text", "src_text", "source_segment", "source_sentence", "srctext",
    "source_string", "original", "original_text", "orig", "msgid", "input", "src_sentence",
)  # fmt: skip
TARGET_NAMES = (
    "mt", "target", "tgt", "target_text", "tgt_text", "mt_text", "translation", "translated",
    "translated_text", "target_segment", "target_sentence", "target_string", "hyp", "hypothesis",
    "machine_translation", "mt_output", "system", "output", "trg", "tgt_sentence", "msgstr",
)  # fmt: skip
ID_NAMES = ("id", "seg_id", "segment_id", "segid", "key", "string_id", "row_id")
STATE_NAMES = ("state", "status")


@dataclass(frozen=True, slots=True)
class Columns:
    """0-based positions of the columns that matter, and what the header says of the languages."""

    source: int
    target: int
    id: int | None = None
    state: int | None = None
    header: bool = True
    """False where the columns were chosen by number: the first row is then data."""
    source_lang: str | None = None
    target_lang: str | None = None


def key(name: str) -> str:
    """How a column name is compared: case, blanks, hyphens and a byte-order mark do not matter."""
    return "_".join(name.replace("\ufeff", "").casefold().replace("-", " ").replace("_", " ").split())


def choose(header: Sequence[str], options: ReadOptions, path: Path, place: str = "row 1") -> Columns:
    """The columns of a table that begins with ``header``.

    Raises FormatError where a column is missing or named twice, and lists the columns found.
    """
    names = [key(name) for name in header]
    wanted = (options.source_column, options.target_column)
    if all(name is not None and name.isdecimal() and key(name) not in names for name in wanted):
        return _by_number(header, options, path)
    source, source_lang = _find(names, header, options.source_column, SOURCE_NAMES, options.source_lang)
    target, target_lang = _find(names, header, options.target_column, TARGET_NAMES, options.target_lang)
    if source is None and target is None:
        tagged = _two_languages(names)
        if tagged is not None and options.source_column is None and options.target_column is None:
            (source, source_lang), (target, target_lang) = tagged
    for side, position, name in (("source", source, wanted[0]), ("target", target, wanted[1])):
        if position is None:
            asked = f"no column {name!r}" if name is not None else f"no {side} column"
            found = ", ".join(repr(n) for n in header[:20]) or "none"
            usual = "src, source" if side == "source" else "mt, target"
            raise FormatError(
                f"{path}, {place}: {asked}; columns found: {found}; "
                f"rename one ({usual}) or say which column it is"
            )
    assert source is not None  # noqa: S101  (the loop above raised otherwise)
    assert target is not None  # noqa: S101
    if source == target:
        raise FormatError(
            f"{path}, {place}: source and target are both column {header[source]!r}; choose two"
        )
    for position in (source, target):
        if names.count(names[position]) > 1:
            raise FormatError(
                f"{path}, {place}: {names.count(names[position])} columns are named {header[position]!r}; "
                "rename or remove all but one"
            )
    return Columns(
        source, target, _first(names, ID_NAMES), _first(names, STATE_NAMES), True, source_lang, target_lang
    )


def recognised(header: Sequence[str], options: ReadOptions) -> bool:
    """True when both columns can be told from ``header``: used to sniff delimiters and sheets."""
    try:
        choose(header, options, Path("-"))
    except (FormatError, UsageError):
        return False
    return True


def _by_number(header: Sequence[str], options: ReadOptions, path: Path) -> Columns:
    source, target = int(options.source_column or 0) - 1, int(options.target_column or 0) - 1
    for position in (source, target):
        if not 0 <= position < len(header):
            raise FormatError(f"{path}, row 1: no column {position + 1}; the table has {len(header)}")
    if source == target:
        raise UsageError(f"source and target are both column {source + 1}; choose two")
    return Columns(source, target, header=False)


def _find(
    names: Sequence[str], header: Sequence[str], wanted: str | None, usual: Sequence[str], lang: str | None
) -> tuple[int | None, str | None]:
    """Position and language of one side: by option, by a usual name, by language code."""
    if wanted is not None:
        exact = [i for i, name in enumerate(header) if name == wanted]
        position = exact[0] if exact else _first(names, (key(wanted),))
        return position, None
    position = _first(names, usual)
    if position is None and lang is not None:
        codes = (key(lang), key(languages.base(lang)))
        position = _first(names, codes)
        return position, lang if position is not None else None
    return position, None


def _two_languages(names: Sequence[str]) -> tuple[tuple[int, str], tuple[int, str]] | None:
    """The two columns of a header such as ``ru  fr``: exactly two of its names are language codes."""
    tagged: list[tuple[int, str]] = []
    for position, name in enumerate(names):
        if 2 <= len(name.split("_")[0]) <= 3 and name not in (*ID_NAMES, *STATE_NAMES):
            try:
                tagged.append((position, languages.normalise(name)))
            except UsageError:
                continue
    return (tagged[0], tagged[1]) if len(tagged) == 2 else None


def _first(names: Sequence[str], usual: Sequence[str]) -> int | None:
    return next((names.index(name) for name in usual if name in names), None)
