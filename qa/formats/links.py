"""Alignment links: written as JSONL, TSV, TMX or a hunalign ladder; read from JSONL or ``[0]:[0, 1]``.

Writers take documents for their texts and write to a text stream; nothing here opens a file for
writing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from qa.errors import FormatError
from qa.formats.jsonl import objects
from qa.formats.text import read_text
from qa.model import Document, Link
from qa.registry import Registry

__all__ = ["LINK_FORMATS", "LinkWriter", "read_links", "side_text", "without_controls", "write_links"]

LinkWriter = Callable[[Sequence[Link], Document, Document, TextIO], None]
_GOLD = re.compile(r"\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\](?:\s*:\s*([-+.\deE]+))?")
_LINE_END = re.compile(r"\r\n|\n|\r")
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
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


def read_links(path: Path) -> tuple[Link, ...]:
    """The links of our JSONL or of ``[0, 1]:[2]`` lines, 0-based, in file order.

    Raises FormatError that names the line.
    """
    text = read_text(path)
    rows = _from_jsonl(text, path) if text.lstrip().startswith("{") else _from_gold(text, path)
    links = tuple(rows)
    if not links:
        raise FormatError(f"{path}: no alignment links in it; lines such as [0, 1]:[2] are expected")
    return links


def _from_gold(text: str, path: Path) -> Iterator[Link]:
    for number, line in enumerate(_LINE_END.split(text), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _GOLD.fullmatch(line.strip())
        if match is None:
            raise FormatError(
                f"{path}, line {number}: no alignment link; lines such as [0, 1]:[2] are expected"
            )
        try:
            sides = [tuple(int(n) for n in side.split(",") if n.strip()) for side in match.group(1, 2)]
            score = float(match[3]) if match[3] else 1.0
        except ValueError:
            raise FormatError(
                f"{path}, line {number}: no alignment link; lines such as [0, 1]:[2] are expected"
            ) from None
        yield Link(sides[0], sides[1], score)


def _from_jsonl(text: str, path: Path) -> Iterator[Link]:
    for place, row in objects(text, path):
        sides = [_indices(row.get(name), name, place, path) for name in ("source_index", "target_index")]
        score = row.get("score", 1.0)
        if isinstance(score, bool) or not isinstance(score, (int, float)):
            raise FormatError(f"{path}, {place}: 'score' is no number")
        yield Link(sides[0], sides[1], float(score))


def _indices(value: object, name: str, place: str, path: Path) -> tuple[int, ...]:
    if isinstance(value, list) and all(type(n) is int and n >= 0 for n in value):
        return tuple(value)
    raise FormatError(f"{path}, {place}: {name!r} must be a list of sentence numbers such as [0, 1]")
