"""Read an alignment in any form we write or the field uses.

Told from the content, not the name:

- JSONL with ``source_index`` and ``target_index`` (ours, also that of ``qa check``);
- gold lines ``[0, 1]:[2]``, with an optional cost, as vecalign and Bertalign write them;
- hunalign's ladder: rungs ``i⇥j⇥score``;
- our TSV and TMX: texts, which are found again in the documents.

Nothing is trusted: with the documents at hand every link is held against them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from qa.errors import FormatError, LimitError, UsageError
from qa.formats.base import ReadOptions
from qa.formats.columns import choose, key, recognised
from qa.formats.jsonl import objects
from qa.formats.limits import MAX_PAIRS
from qa.formats.link_texts import Finder
from qa.formats.text import read_text
from qa.model import Document, Link

__all__ = ["read_links"]

_Placed = tuple[str, Link]
"""Where a link stands in its file, in words, and the link."""
_Texts = tuple[str, str, str, float]
"""Where a row stands, its source text, its target text, its score."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_GOLD = re.compile(r"\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\](?:\s*:\s*([-+.\deE]+))?")
_RUNG = re.compile(r"(\d{1,9})\t(\d{1,9})(?:\t\s*([-+.\deE]+|-?nan|-?inf))?\s*")
_EXPECTED = "lines such as [0, 1]:[2] are expected"


def read_links(
    path: Path, source: Document | None = None, target: Document | None = None
) -> tuple[Link, ...]:
    """The links of ``path`` in file order, sentences counted from 0, scores brought within 0 to 1.

    With both documents given, every link is held against them: a sentence that does not exist or is
    linked twice is a FormatError that names the line. TSV and TMX hold texts and cannot be read without
    the documents (UsageError); a row whose text is not in them is a FormatError. Sentences that no link
    names are left out (``qa.align.complete`` adds them).
    """
    documents = None if source is None or target is None else (source, target)
    placed = _links(path, documents)
    links: list[Link] = []
    for place, link in placed if documents is None else _fitting(placed, documents, path):
        if len(links) >= 2 * MAX_PAIRS:
            raise LimitError(f"{path}, {place}: more than {2 * MAX_PAIRS:,} links; split the documents")
        links.append(link)
    if not links:
        raise FormatError(f"{path}: no alignment links in it; {_EXPECTED}")
    return tuple(links)


def _links(path: Path, documents: tuple[Document, Document] | None) -> Iterator[_Placed]:
    text = read_text(path)
    first = next((line for _, line in _lines(text)), "")
    if first.lstrip().startswith("{"):
        return _from_jsonl(text, path)
    if first.lstrip().startswith("<"):
        return _from_texts(_tmx_rows(path, documents), documents, path)
    if recognised(first.split("\t"), ReadOptions()):
        return _from_texts(_tsv_rows(text, path), documents, path)
    return _from_ladder(text, path) if _RUNG.fullmatch(first) else _from_gold(text, path)


def _lines(text: str, *, comments: bool = True) -> Iterator[tuple[str, str]]:
    """(place, line) of each line that is not blank and, where there are ``comments``, none of them."""
    for number, line in enumerate(_LINE_END.split(text), 1):
        if line.strip() and not (comments and line.startswith("#")):
            yield f"line {number}", line


def _from_jsonl(text: str, path: Path) -> Iterator[_Placed]:
    for place, row in objects(text, path):
        sides = [_indices(row.get(name), name, place, path) for name in ("source_index", "target_index")]
        score = row.get("score")
        if score is None or isinstance(score, dict):  # a line of `qa check`: the quality, not the link's
            score = 1.0
        if isinstance(score, bool) or not isinstance(score, (int, float)):
            raise FormatError(f"{path}, {place}: 'score' is no number")
        yield place, Link(sides[0], sides[1], _share(score))


def _indices(value: object, name: str, place: str, path: Path) -> tuple[int, ...]:
    if isinstance(value, list) and all(type(n) is int and n >= 0 for n in value):
        return tuple(sorted(value))
    raise FormatError(f"{path}, {place}: {name!r} must be a list of sentence numbers such as [0, 1]")


def _from_gold(text: str, path: Path) -> Iterator[_Placed]:
    for place, line in _lines(text):
        match = _GOLD.fullmatch(line.strip())
        try:
            if match is None:
                raise ValueError
            sides = [
                tuple(sorted(int(n) for n in part.split(",") if n.strip())) for part in match.group(1, 2)
            ]
            score = float(match[3]) if match[3] else 1.0
        except ValueError:
            raise FormatError(f"{path}, {place}: no alignment link; {_EXPECTED}") from None
        yield place, Link(sides[0], sides[1], _share(score))


def _from_ladder(text: str, path: Path) -> Iterator[_Placed]:
    rungs = []
    for place, line in _lines(text):
        match = _RUNG.fullmatch(line)
        try:
            if match is None:
                raise ValueError
            i, j, score = int(match[1]), int(match[2]), float(match[3] or 1.0)
        except ValueError:
            raise FormatError(
                f"{path}, {place}: no rung of a ladder; two sentence counts and a score, parted by tabs, "
                "are expected"
            ) from None
        if max(i, j) > MAX_PAIRS:
            raise LimitError(f"{path}, {place}: sentence {max(i, j):,}; at most {MAX_PAIRS:,} are accepted")
        rungs.append((place, i, j, score))
    for (place, i, j, score), (after, i_end, j_end, _) in pairwise(rungs):
        if i_end < i or j_end < j:
            raise FormatError(
                f"{path}, {after}: the ladder goes back; each rung must lie beyond the one before"
            )
        if (i, j) != (i_end, j_end):
            yield place, Link(tuple(range(i, i_end)), tuple(range(j, j_end)), _share(score))


def _tsv_rows(text: str, path: Path) -> Iterator[_Texts]:
    """Rows of a table with a header, unquoted, as our writer makes them."""
    lines = _lines(text, comments=False)  # a text may begin with a number sign
    place, line = next(lines)
    header = line.split("\t")
    columns = choose(header, ReadOptions(), path, place)
    names = [key(name) for name in header]
    score_at = names.index("score") if "score" in names else None
    for place, line in lines:
        cells = line.split("\t")
        if len(cells) != len(header):
            raise FormatError(
                f"{path}, {place}: cells found: {len(cells)}, columns in the header: {len(header)}; "
                "write the alignment again as unquoted TSV"
            )
        try:
            score = 1.0 if score_at is None else float(cells[score_at])
        except ValueError:
            raise FormatError(f"{path}, {place}: {cells[score_at or 0]!r} is no score") from None
        yield place, cells[columns.source], cells[columns.target], score


def _tmx_rows(path: Path, documents: tuple[Document, Document] | None) -> Iterator[_Texts]:
    from qa.formats.tmx import scored_texts

    langs = (None, None) if documents is None else (documents[0].lang, documents[1].lang)
    return scored_texts(path, ReadOptions(source_lang=langs[0], target_lang=langs[1]))


def _from_texts(
    rows: Iterable[_Texts], documents: tuple[Document, Document] | None, path: Path
) -> Iterator[_Placed]:
    if documents is None:
        raise UsageError(f"{path}: holds texts, not sentence numbers; give both documents along with it")
    source, target = Finder(documents[0], "source"), Finder(documents[1], "target")
    for place, left, right, score in rows:
        found = source.find(left, path, place), target.find(right, path, place)
        if any(found):
            yield place, Link(found[0], found[1], _share(score))


def _share(score: float) -> float:
    """A score as a probability: costs and hunalign's qualities may lie outside 0 to 1."""
    return min(1.0, max(0.0, float(score))) if math.isfinite(score) else 0.0


def _fitting(
    placed: Iterable[_Placed], documents: tuple[Document, Document], path: Path
) -> Iterator[_Placed]:
    seen: tuple[dict[int, str], dict[int, str]] = ({}, {})
    for place, link in placed:
        for side, indices, document, known in zip(
            ("source", "target"), (link.source, link.target), documents, seen, strict=True
        ):
            for index in indices:
                count = len(document.sentences)
                if index >= count:
                    raise FormatError(
                        f"{path}, {place}: {side} sentence {index} (counted from 0), but the {side} has "
                        f"{count}; give the documents this alignment was made for, --presegmented if it "
                        "counts lines"
                    )
                if index in known:
                    raise FormatError(
                        f"{path}, {place}: {side} sentence {index} (counted from 0) is linked twice, first "
                        f"in {known[index]}; a sentence belongs to one link"
                    )
                known[index] = place
        yield place, link
