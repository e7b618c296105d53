"""Alignment links written as JSONL, TSV, TMX or a hunalign ladder (reading: ``qa.formats.link_reading``).

Writers take documents for their texts and write to a text stream; nothing here opens a file for
writing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import TextIO

from qa.model import Document, Link
from qa.registry import Registry

__all__ = ["LINK_FORMATS", "UNHOLDABLE", "LinkWriter", "side_text", "without_controls", "write_links"]

LinkWriter = Callable[[Sequence[Link], Document, Document, TextIO], None]
UNHOLDABLE = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
"""Characters that XML cannot hold, as the inside of a regular expression's class."""

_UNHOLDABLE = re.compile(f"[{UNHOLDABLE}]")
_BREAKS = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def side_text(document: Document, indices: Sequence[int]) -> str:
    """The text of some neighbouring sentences: the slice of the document from first to last."""
    if not indices:
        return ""
    sentences = document.sentences
    return document.text[sentences[indices[0]].start : sentences[indices[-1]].end]


def without_controls(text: str) -> str:
    """``text`` with the characters that XML and text streams cannot hold as U+FFFD."""
    return _UNHOLDABLE.sub("\ufffd", text)


def write_links(
    stream: TextIO, format: str, links: Sequence[Link], source: Document, target: Document
) -> None:
    """Write ``links`` to ``stream`` as ``jsonl``, ``tsv``, ``tmx`` or ``ladder``.

    Raises UnknownNameError for another format.
    """
    LINK_FORMATS.get(format)(links, source, target, stream)


def _jsonl(links: Sequence[Link], source: Document, target: Document, stream: TextIO) -> None:
    for link in links:
        row = {
            "source_index": list(link.source),
            "target_index": list(link.target),
            "score": round(link.score, 4),
        }
        stream.write(json.dumps(row) + "\n")


def _tsv(links: Sequence[Link], source: Document, target: Document, stream: TextIO) -> None:
    """One link a line, unquoted; tabs and line ends inside a text become a space."""
    stream.write("source\ttarget\tscore\n")
    for link in links:
        texts = (side_text(source, link.source), side_text(target, link.target))
        cells = [without_controls(_BREAKS.sub(" ", text)) for text in texts]
        stream.write(f"{cells[0]}\t{cells[1]}\t{link.score:.4f}\n")


def _ladder(links: Sequence[Link], source: Document, target: Document, stream: TextIO) -> None:
    """Rungs ``i⇥j⇥score``: how many sentences of either side lie before each link, and at the end."""
    i = j = 0
    for link in links:
        stream.write(f"{i}\t{j}\t{link.score:.4f}\n")
        i, j = i + len(link.source), j + len(link.target)
    stream.write(f"{i}\t{j}\t0\n")


LINK_FORMATS: Registry[LinkWriter] = Registry(
    "link format", {"jsonl": _jsonl, "tsv": _tsv, "tmx": "qa.formats.tmx:write_links_tmx", "ladder": _ladder}
)
