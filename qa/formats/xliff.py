"""XLIFF 1.2 and 2.x: one pair a segment, with its id and its state as the file words them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qa import lang as languages
from qa.errors import FormatError, UsageError
from qa.formats.base import Format, Pair, PairTable, ReadOptions, collect
from qa.formats.inline import flatten
from qa.formats.xml import local, parse

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["XLIFF", "read_xliff"]


def read_xliff(path: Path, options: ReadOptions) -> PairTable:
    """The pairs of an XLIFF file in document order.

    XLIFF 1.2 units that are segmented (``seg-source``) give a pair for each segment; alternative
    translations are left out. Untranslated units have an empty target.
    """
    root = parse(path)
    version = root.get("version", "")
    if local(root) != "xliff" or version[:1] not in ("1", "2"):
        raise FormatError(
            f"{path}, line {root.sourceline}: <{local(root)} version={version!r}> is no XLIFF 1.2 or 2; "
            "check the file or name its format"
        )
    if version.startswith("2"):
        langs = (root.get("srcLang"), root.get("trgLang"))
        pairs = collect(path, _version_2(root))
    else:
        file = next((child for child in root if local(child) == "file"), None)
        langs = (
            (file.get("source-language"), file.get("target-language")) if file is not None else (None, None)
        )
        pairs = collect(path, _version_1(root))
    return PairTable(
        pairs, options.source_lang or _tag(langs[0]), options.target_lang or _tag(langs[1]), path.name
    )


def _tag(name: str | None) -> str | None:
    try:
        return languages.normalise(name) if name else None
    except UsageError:
        return None


def _child(element: _Element, name: str) -> _Element | None:
    return next((child for child in element if local(child) == name), None)


def _version_1(root: _Element) -> Iterator[tuple[str, Pair]]:
    for unit in root.iter("{*}trans-unit"):
        place = f"line {unit.sourceline}"
        source, target = _child(unit, "source"), _child(unit, "target")
        segmented = _child(unit, "seg-source")
        state = target.get("state", "") if target is not None else ""
        if not state and unit.get("approved") == "yes":
            state = "final"
        name = unit.get("resname") or unit.get("id") or ""
        marks = _segments(segmented) if segmented is not None else {}
        if marks:
            targets = _segments(target) if target is not None else {}
            whole = flatten(target) if target is not None and not targets else ""
            if not whole.strip():
                for mid, mark in marks.items():
                    counterpart = targets.get(mid)
                    text = flatten(counterpart) if counterpart is not None else ""
                    yield place, Pair(flatten(mark), text, f"{name}:{mid}", state)
                continue
        yield (
            place,
            Pair(
                flatten(source) if source is not None else "",
                flatten(target) if target is not None else "",
                name,
                state,
            ),
        )


def _segments(element: _Element) -> dict[str, _Element]:
    """The segment marks inside a segmented source or a target, by their ``mid``."""
    marks = (mark for mark in element.iter("{*}mrk") if mark.get("mtype") == "seg")
    return {mark.get("mid") or str(number): mark for number, mark in enumerate(marks, 1)}


def _version_2(root: _Element) -> Iterator[tuple[str, Pair]]:
    for unit in root.iter("{*}unit"):
        original = _child(unit, "originalData")
        data = {
            entry.get("id", ""): flatten(entry)
            for entry in (original if original is not None else ())
            if local(entry) == "data"
        }
        for segment in unit:
            if local(segment) != "segment":
                continue
            source, target = _child(segment, "source"), _child(segment, "target")
            names = (unit.get("id") or unit.get("name"), segment.get("id"))
            yield (
                f"line {segment.sourceline}",
                Pair(
                    flatten(source, data) if source is not None else "",
                    flatten(target, data) if target is not None else "",
                    ":".join(name for name in names if name),
                    segment.get("state", ""),
                ),
            )


XLIFF = Format("xliff", (".xlf", ".xliff", ".sdlxliff", ".mxliff"), "XLIFF 1.2 or 2.x", read_xliff)
