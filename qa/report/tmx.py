"""TMX 1.4: the segments as a translation memory, each with its state."""

from __future__ import annotations

from pathlib import Path

import qa
from qa.formats.links import without_controls
from qa.report.exports import Export, Format

__all__ = ["TMX"]

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _write_tmx(export: Export, path: Path) -> None:
    """Segments with text on both sides; the translation is the text as it stands, not the machine's."""
    from lxml import etree

    project = export.project
    header = {
        "creationtool": "Relecture",
        "creationtoolversion": qa.__version__,
        "segtype": "sentence",
        "o-tmf": "Relecture",
        "adminlang": "en",
        "srclang": project.source_lang,
        "datatype": "plaintext",
    }
    with etree.xmlfile(str(path), encoding="utf-8") as out:
        out.write_declaration()
        with out.element("tmx", {"version": "1.4"}):
            out.write(etree.Element("header", header))
            with out.element("body"):
                for document, segment in export.segments():
                    if not (segment.source.strip() and segment.text.strip()):
                        continue
                    unit = etree.Element("tu", {"tuid": f"{segment.document_id}-{segment.position}"})
                    for kind, value in (("document", document.name), ("state", segment.state.value)):
                        prop = etree.SubElement(unit, "prop", {"type": f"x-{kind}"})
                        prop.text = without_controls(value)
                    for lang, text in (
                        (project.source_lang, segment.source),
                        (project.target_lang, segment.text),
                    ):
                        variant = etree.SubElement(unit, "tuv", {_XML_LANG: lang})
                        etree.SubElement(variant, "seg").text = without_controls(text)
                    out.write(unit, pretty_print=True)


TMX = Format("Translation memory (TMX)", ".tmx", "application/x-tmx+xml", _write_tmx)
