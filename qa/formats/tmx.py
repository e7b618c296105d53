"""TMX: translation memories in, alignments out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO
from xml.sax.saxutils import escape, quoteattr

from qa import __version__
from qa import lang as languages
from qa.errors import FormatError, UsageError
from qa.formats.base import Format, Pair, PairTable, ReadOptions, collect
from qa.formats.inline import flatten
from qa.formats.links import side_text, without_controls
from qa.formats.xml import XML_LANG, local, parse
from qa.model import Document, Link

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["TMX", "read_tmx", "scored_texts", "write_links_tmx"]


def read_tmx(path: Path, options: ReadOptions) -> PairTable:
    """The pairs of a TMX file; in one with more than two languages the options choose.

    The source is the language asked for, or else the header's ``srclang``, or else the first.
    """
    units, source, target = _units(path, options)
    pairs = collect(path, _pairs(units, source, target))
    return PairTable(pairs, source, target, path.name)


def scored_texts(path: Path, options: ReadOptions) -> Iterator[tuple[str, str, str, float]]:
    """(place, source, target, score) of each unit of an alignment written as TMX, empty sides included.

    The score is the property ``x-score``, 1 where there is none. Raises what ``read_tmx`` raises.
    """
    units, source, target = _units(path, options)
    for place, unit, variants in units:
        score = 1.0
        for prop in unit.iter("{*}prop"):
            if prop.get("type") == "x-score":
                try:
                    score = float(prop.text or "")
                except ValueError:
                    raise FormatError(f"{path}, {place}: {prop.text!r} is no score") from None
        yield place, variants.get(source, ""), variants.get(target, ""), score


def _units(path: Path, options: ReadOptions) -> tuple[list[tuple[str, _Element, dict[str, str]]], str, str]:
    """(place, unit, texts by language) of each unit, and the languages of source and target."""
    root = parse(path)
    if local(root) != "tmx":
        raise FormatError(f"{path}, line {root.sourceline}: <{local(root)}> is no TMX; check the file")
    units = [(f"line {unit.sourceline}", unit, _variants(unit)) for unit in root.iter("{*}tu")]
    if not units:
        raise FormatError(f"{path}: no translation units in it; export it again")
    counts = Counter(tag for _, _, variants in units for tag in variants)
    header = next(iter(root.iter("{*}header")), None)
    source = _pick(counts, options.source_lang, path, "source") or _pick_header(counts, header)
    target = _pick(counts, options.target_lang, path, "target")
    if source is None:
        source = next(tag for tag in counts if tag != target) if len(counts) > 1 else next(iter(counts))
    others = [tag for tag in counts if tag != source]
    if target is None:
        if len(others) != 1:
            known = ", ".join(sorted(counts))
            raise UsageError(f"{path}: cannot tell the target language among {known}; name the languages")
        target = others[0]
    return units, source, target


def _variants(unit: _Element) -> dict[str, str]:
    """Language tag → text of one unit; a language given twice keeps its first variant."""
    found: dict[str, str] = {}
    for variant in unit.iter("{*}tuv"):
        name = variant.get(XML_LANG) or variant.get("lang") or ""
        segment = next(iter(variant.iter("{*}seg")), None)
        if segment is None:
            continue
        try:
            tag = languages.normalise(name)
        except UsageError:
            tag = name.lower() or "und"
        found.setdefault(tag, flatten(segment))
    return found


def _pick(counts: Counter[str], wanted: str | None, path: Path, side: str) -> str | None:
    """The language of the file that answers to ``wanted``: the same tag, or the same base."""
    if wanted is None:
        return None
    if wanted in counts:
        return wanted
    near = [tag for tag in counts if tag.split("-")[0] == wanted.split("-")[0]]
    if len(near) != 1:
        raise UsageError(f"{path}: no {side} language {wanted!r} in it; it has {', '.join(sorted(counts))}")
    return near[0]


def _pick_header(counts: Counter[str], header: _Element | None) -> str | None:
    name = header.get("srclang", "") if header is not None else ""
    try:
        tag = languages.normalise(name)
    except UsageError:
        return None
    near = [known for known in counts if known == tag or known.split("-")[0] == tag.split("-")[0]]
    return tag if tag in counts else near[0] if near else None


def _pairs(
    units: Sequence[tuple[str, _Element, dict[str, str]]], source: str, target: str
) -> Iterator[tuple[str, Pair]]:
    for place, unit, variants in units:
        yield place, Pair(variants.get(source, ""), variants.get(target, ""), unit.get("tuid") or "")


def write_links_tmx(links: Sequence[Link], source: Document, target: Document, stream: TextIO) -> None:
    """Links as TMX 1.4; the score is a property, characters XML cannot hold become U+FFFD."""
    stream.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'  <header creationtool="relecture" creationtoolversion={quoteattr(__version__)} '
        f'datatype="plaintext" segtype="sentence" adminlang="en" o-tmf="relecture" '
        f"srclang={quoteattr(source.lang)}/>\n  <body>\n"
    )
    for number, link in enumerate(links, 1):
        stream.write(f'    <tu tuid="{number}">\n      <prop type="x-score">{link.score:.4f}</prop>\n')
        for document, indices in ((source, link.source), (target, link.target)):
            text = escape(without_controls(side_text(document, indices)))
            stream.write(f"      <tuv xml:lang={quoteattr(document.lang)}><seg>{text}</seg></tuv>\n")
        stream.write("    </tu>\n")
    stream.write("  </body>\n</tmx>\n")


TMX = Format("tmx", (".tmx",), "translation memory (TMX 1.4)", read_tmx)
