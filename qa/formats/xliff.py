"""XLIFF 1.2 and 2.x: one pair a segment, with its id and its state as the file words them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa import lang as languages
from qa.errors import FormatError, UsageError
from qa.formats.base import Format, Pair, PairTable, ReadOptions, collect
from qa.formats.inline import flatten
from qa.formats.xml import local, parse

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["XLIFF", "Place", "child", "marks", "native_codes", "places", "places_2", "read_xliff"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pair stands in an XLIFF file: the unit (``trans-unit``, ``unit``), and what holds its texts."""

    unit: _Element
    pair: Pair
    source: _Element | None
    """The element with the source text: ``source``, or a segment's mark in ``seg-source``."""
    target: _Element | None
    mid: str = ""
    """The mark's ``mid``; empty where it is none."""


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
        file = child(root, "file")
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


def child(element: _Element, name: str) -> _Element | None:
    """The first child of that name, whatever its namespace."""
    return next((found for found in element if local(found) == name), None)


def _version_1(root: _Element) -> Iterator[tuple[str, Pair]]:
    return ((f"line {place.unit.sourceline}", place.pair) for place in places(root))


def places(root: _Element) -> Iterator[Place]:
    """The pairs of an XLIFF 1.2 file and where they stand, in document order, empty ones included."""
    for unit in root.iter("{*}trans-unit"):
        source, target = child(unit, "source"), child(unit, "target")
        segmented = child(unit, "seg-source")
        state = target.get("state", "") if target is not None else ""
        if not state and unit.get("approved") == "yes":
            state = "final"
        name = unit.get("resname") or unit.get("id") or ""
        segments = marks(segmented) if segmented is not None else {}
        if segments:
            targets = marks(target) if target is not None else {}
            whole = flatten(target) if target is not None and not targets else ""
            if not whole.strip():
                for mid, mark in segments.items():
                    counterpart = targets.get(mid)
                    text = flatten(counterpart) if counterpart is not None else ""
                    yield Place(
                        unit, Pair(flatten(mark), text, f"{name}:{mid}", state), mark, counterpart, mid
                    )
                continue
        pair = Pair(
            flatten(source) if source is not None else "",
            flatten(target) if target is not None else "",
            name,
            state,
        )
        yield Place(unit, pair, source, target)


def marks(element: _Element) -> dict[str, _Element]:
    """The segment marks inside a segmented source or a target, by their ``mid``."""
    found = (mark for mark in element.iter("{*}mrk") if mark.get("mtype") == "seg")
    return {mark.get("mid") or str(number): mark for number, mark in enumerate(found, 1)}


def _version_2(root: _Element) -> Iterator[tuple[str, Pair]]:
    for place in places_2(root):
        yield f"line {place.unit.sourceline}", place.pair


def places_2(root: _Element) -> Iterator[Place]:
    """The pairs of an XLIFF 2 file and where they stand, one a ``segment``."""
    for unit in root.iter("{*}unit"):
        data = native_codes(unit)
        for segment in unit:
            if local(segment) != "segment":
                continue
            source, target = child(segment, "source"), child(segment, "target")
            names = (unit.get("id") or unit.get("name"), segment.get("id"))
            pair = Pair(
                flatten(source, data) if source is not None else "",
                flatten(target, data) if target is not None else "",
                ":".join(name for name in names if name),
                segment.get("state", ""),
            )
            yield Place(unit, pair, source, target)


def native_codes(unit: _Element) -> dict[str, str]:
    """What the codes of an XLIFF 2 unit stand for, by the ids that they refer to."""
    original = child(unit, "originalData")
    entries = () if original is None else original
    return {entry.get("id", ""): flatten(entry) for entry in entries if local(entry) == "data"}


XLIFF = Format(
    "xliff", (".xlf", ".xliff", ".sdlxliff", ".mxliff"), "XLIFF 1.2 or 2.x", read_xliff, written_back=True
)
