"""XLIFF: a project with its states, its comments as notes and its flags as ITS 2.0 issues.

A document that came as XLIFF 1.2 goes out as that file, filled in: ids, groups, inline codes and what other
tools have put there stay. So does one of XLIFF 2, alone. Any other becomes a ``file`` of XLIFF 1.2 with a
``trans-unit`` a segment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import qa
from qa.formats.base import Pair
from qa.formats.links import without_controls
from qa.formats.xliff import XLIFF as READ
from qa.formats.xliff import Place, places, places_2
from qa.formats.xml import XML_SPACE, parse_bytes
from qa.report.exports import Export, Format
from qa.report.its import ITS
from qa.report.xliff_units import NAMESPACE, Placed, fill, fill_2, named
from qa.review.views import DocumentView

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["XLIFF"]

_ITS_VERSION = (f"{{{ITS}}}version", "2.0")
_PREFIXES: dict[Any, str] = {None: NAMESPACE, "its": ITS}


class _Version(NamedTuple):
    places: Callable[[_Element], Iterator[Place]]
    fill: Callable[[Export, Placed], None]


_VERSION_1 = {named("xliff"): _Version(places, fill)}
_VERSIONS = {**_VERSION_1, named("xliff", 2): _Version(places_2, fill_2)}
"""Name of the root → how a file of that version is filled in."""


def _write_xliff(export: Export, path: Path) -> None:
    from lxml import etree

    etree.register_namespace("its", ITS)
    if len(export.documents) == 1:
        root = _filled_in(export, export.documents[0], _VERSIONS)
        if root is not None:
            etree.ElementTree(root).write(str(path), encoding="utf-8", xml_declaration=True)
            return
    with etree.xmlfile(str(path), encoding="utf-8") as out:
        out.write_declaration()
        about = dict([("version", "1.2"), _ITS_VERSION])
        with out.element(named("xliff"), about, nsmap=_PREFIXES):
            for document in export.documents:
                root = _filled_in(export, document, _VERSION_1)
                if root is None:
                    _write_file(out, export, document)
                else:
                    out.write(*root.findall(named("file")))


def _filled_in(export: Export, document: DocumentView, versions: Mapping[str, _Version]) -> _Element | None:
    """The file that the document came from, with what has become of it; None where it came from none of
    these versions."""
    data, name = export.service.document_original(document.id)
    if data is None or not name.lower().endswith(READ.extensions):
        return None
    root = parse_bytes(data, Path(name))
    version = versions.get(root.tag)
    if version is None:
        return None
    found = [place for place in version.places(root) if not place.pair.empty]
    if len(found) != document.segments:
        return None
    root.set(*_ITS_VERSION)
    segments = export.service.all_segments(export.project.id, document_id=document.id)
    for _, unit in groupby(zip(found, segments, strict=True), key=lambda pair: pair[0].unit):
        version.fill(export, list(unit))
    return root


def _write_file(out: Any, export: Export, document: DocumentView) -> None:
    """A ``file`` for a document of any other origin, written segment by segment."""
    from lxml import etree

    about = {
        "original": without_controls(document.name),
        "source-language": export.project.source_lang,
        "target-language": export.project.target_lang,
        "datatype": "plaintext",
        "tool-id": "relecture",
    }
    tool = {"tool-id": "relecture", "tool-name": "Relecture", "tool-version": qa.__version__}
    with out.element(named("file"), about):
        with out.element(named("header")):
            out.write(etree.Element(named("tool"), tool, _PREFIXES))
        with out.element(named("body")):
            for segment in export.service.all_segments(export.project.id, document_id=document.id):
                about_unit = {"id": str(segment.position), XML_SPACE: "preserve"}
                unit = etree.Element(named("trans-unit"), about_unit, _PREFIXES)
                source = etree.SubElement(unit, named("source"))
                source.text = without_controls(segment.source)
                fill(export, [(Place(unit, Pair(segment.source, ""), source, None), segment)])
                out.write("\n", unit)


XLIFF = Format("For translation tools (XLIFF)", ".xliff", "application/xliff+xml", _write_xliff)
