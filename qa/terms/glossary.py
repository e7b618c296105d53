"""Glossaries: what a term must, may and must not be rendered as.

Two file formats. A CSV or TSV has a header with ``source`` and ``target`` and, if wanted, ``allowed``,
``forbidden`` and ``note``; several renderings in one cell are separated by ``|``. A TBX (version 2
``martif`` or 3) holds terms of two or more languages with their administrative status. A term whose
target equals its source is a do-not-translate term.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.errors import FormatError, InputError, LimitError

__all__ = ["Glossary", "Term"]

_LIMIT = 64 * 1024 * 1024
"""Bytes of the largest glossary that is read."""

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "source": ("source", "src", "source term", "term", "source_term"),
    "target": ("target", "tgt", "target term", "translation", "target_term", "preferred"),
    "allowed": ("allowed", "admitted", "synonyms", "alternatives"),
    "forbidden": ("forbidden", "deprecated", "banned", "do not use"),
    "note": ("note", "notes", "comment", "definition"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One concept: its source term and its renderings.

    ``source`` is empty for a word that is forbidden whatever it translates.
    """

    source: str
    preferred: tuple[str, ...]
    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    note: str = ""

    @property
    def untranslatable(self) -> bool:
        """True for a do-not-translate term: it stands in the target as it stands in the source."""
        return self.preferred == (self.source,)


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms of one language pair."""

    terms: tuple[Term, ...] = ()

    @classmethod
    def load(cls, path: Path, *, source_lang: str | None = None, target_lang: str | None = None) -> Glossary:
        """Read a glossary; its format is told by its content.

        ``source_lang`` and ``target_lang`` choose the languages of a TBX or of columns named by
        language; without them the first two are taken. Raises FormatError when the file is no
        glossary, InputError when it cannot be read and LimitError when it is larger than 64 MB.
        """
        try:
            if path.stat().st_size > _LIMIT:
                raise LimitError(f"{path}: glossaries are read up to 64 MB; split the file")
            raw = path.read_bytes()
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror})") from None
        if raw.lstrip()[:1] == b"<" or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return cls(tuple(_read_tbx(raw, path, source_lang, target_lang)))
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise FormatError(
                f"{path}: no UTF-8 text (byte {error.start}); save the glossary as UTF-8"
            ) from None
        return cls(tuple(_read_table(text, path, source_lang, target_lang)))


def _read_table(text: str, path: Path, source_lang: str | None, target_lang: str | None) -> Iterator[Term]:
    header_line = text.split("\n", 1)[0]
    delimiter = max("\t;,", key=header_line.count)
    # The limit is the whole process's: raise it, never lower what a reader of tables needs.
    csv.field_size_limit(max(csv.field_size_limit(), 1_000_000))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [cell.strip().casefold() for cell in next(rows)]
    except StopIteration:
        raise FormatError(f"{path}: the glossary is empty") from None
    columns = _columns(header, path, source_lang, target_lang)
    try:
        for number, row in enumerate(rows, start=2):
            cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
            if not any(cells.values()):
                continue
            if not cells["source"] and not cells.get("forbidden"):
                raise FormatError(f"{path}, line {number}: a term without a source; fill in the first column")
            preferred = _split(cells["target"])
            if not preferred and not cells.get("forbidden"):
                preferred = (cells["source"],)
            yield Term(
                cells["source"], preferred, _split(cells.get("allowed", "")),
                _split(cells.get("forbidden", "")), cells.get("note", ""),
            )  # fmt: skip
    except csv.Error as error:
        raise FormatError(f"{path}, line {rows.line_num}: {error}") from None


def _columns(
    header: Sequence[str], path: Path, source_lang: str | None, target_lang: str | None
) -> dict[str, int]:
    found = {
        name: next((header.index(alias) for alias in aliases if alias in header), -1)
        for name, aliases in _COLUMNS.items()
    }
    for name, tag in (("source", source_lang), ("target", target_lang)):
        if found[name] < 0 and tag is not None:
            found[name] = next(
                (
                    at
                    for at, cell in enumerate(header)
                    if cell.partition("-")[0] == tag.partition("-")[0].casefold()
                ),
                -1,
            )
    missing = [name for name in ("source", "target") if found[name] < 0]
    if missing:
        raise FormatError(
            f"{path}: no column {' and no column '.join(missing)} in the header "
            f"({', '.join(header)[:80]}); name the columns source, target, allowed, forbidden, note"
        )
    return {name: at for name, at in found.items() if at >= 0}


def _split(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split("|") if part.strip()))


_FORBIDDEN = ("deprecated", "superseded", "forbidden", "obsolete", "notrecommended")
_ALLOWED = ("admitted", "allowed", "alternative")


def _read_tbx(raw: bytes, path: Path, source_lang: str | None, target_lang: str | None) -> Iterator[Term]:
    from lxml import etree

    # A stranger's XML: no entities, no network, no DTD, no giant trees.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FormatError(f"{path}: no well-formed TBX ({str(error)[:120]})") from None
    concepts = [node for node in root.iter() if _local(node) in ("termEntry", "conceptEntry")]
    if not concepts:
        raise FormatError(f"{path}: no termEntry or conceptEntry in it; is it a TBX?")
    wanted = (_primary(source_lang), _primary(target_lang))
    for concept in concepts:
        by_language: dict[str, list[tuple[str, str]]] = {}
        for section in concept.iter():
            if _local(section) in ("langSet", "langSec"):
                tag = section.get("{http://www.w3.org/XML/1998/namespace}lang") or section.get("lang") or ""
                by_language.setdefault(_primary(tag) or "", []).extend(_terms(section))
        if not all(wanted):
            wanted = _first_two(wanted, list(by_language))
        source, target = wanted
        yield from _concept(by_language.get(source or "", []), by_language.get(target or "", []), concept)


def _first_two(
    wanted: tuple[str | None, str | None], present: Sequence[str]
) -> tuple[str | None, str | None]:
    source = wanted[0] or next((tag for tag in present if tag != wanted[1]), None)
    return source, wanted[1] or next((tag for tag in present if tag != source), None)


def _concept(
    sources: Sequence[tuple[str, str]], targets: Sequence[tuple[str, str]], concept: Any
) -> Iterator[Term]:
    preferred = tuple(term for term, status in targets if status == "preferred")
    allowed = tuple(term for term, status in targets if status == "allowed")
    forbidden = tuple(term for term, status in targets if status == "forbidden")
    if not preferred:
        preferred, allowed = allowed[:1], allowed[1:]
    if not preferred and not forbidden:
        return
    note = next((_text(node) for node in concept.iter() if _local(node) in ("note", "descrip")), "")
    for term, status in sources:
        if status != "forbidden":
            yield Term(term, preferred, allowed, forbidden, note)


def _terms(section: Any) -> Iterator[tuple[str, str]]:
    """(term, preferred | allowed | forbidden) of one language section."""
    for node in section.iter():
        if _local(node) != "term":
            continue
        group = node.getparent()
        status = "preferred"
        for note in group.iter():
            kind = (note.get("type") or _local(note)).casefold() if _local(note) else ""
            if kind in ("administrativestatus", "normativeauthorization"):
                value = _text(note).casefold().replace("-", "")
                if value.startswith(_FORBIDDEN):
                    status = "forbidden"
                elif value.startswith(_ALLOWED):
                    status = "allowed"
        text = _text(node)
        if text:
            yield text, status


def _text(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


def _local(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _primary(tag: str | None) -> str | None:
    return tag.replace("_", "-").partition("-")[0].casefold() if tag else None
