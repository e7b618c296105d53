"""Inline codes of XLIFF and TMX as text.

What a code stands for is shown where the file tells it (``%s``, ``<b>``); otherwise the code becomes a
visible placeholder: ``<1>…</1>`` around text, ``<2/>`` in its place, named by its id. Placeholders are
the same on both sides, so that checks can compare them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from qa.formats.xml import local

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Piece", "flatten", "pieces"]

_AROUND = frozenset({"g", "pc", "hi"})
_TRANSPARENT = frozenset({"mrk", "sub"})
_OPENS = frozenset({"bpt", "sc", "bx"})
_CLOSES = frozenset({"ept", "ec", "ex"})


class Piece(NamedTuple):
    """A stretch of the text inside an element, and the code that it shows, if it shows one."""

    text: str
    code: _Element | None = None
    role: Literal["whole", "start", "end"] = "whole"
    """``start`` and ``end`` are the two sides of a code that goes around text."""


def flatten(element: _Element, data: Mapping[str, str] | None = None) -> str:
    """The text inside ``element``; ``data`` maps the ids of XLIFF 2 original data to native codes."""
    return "".join(piece.text for piece in pieces(element, data))


def pieces(element: _Element, data: Mapping[str, str] | None = None) -> Iterator[Piece]:
    """What ``flatten`` joins, in order."""
    return _walk(element, data or {}, {})


def _walk(element: _Element, data: Mapping[str, str], names: dict[str, str]) -> Iterator[Piece]:
    yield Piece(element.text or "")
    for child in element:
        kind = local(child)
        if kind in _TRANSPARENT:
            yield from _walk(child, data, names)
        elif kind in _AROUND:
            start, end = data.get(child.get("dataRefStart", "")), data.get(child.get("dataRefEnd", ""))
            name = _name(child, kind)
            yield Piece(start if start is not None else f"<{name}>", child, "start")
            yield from _walk(child, data, names)
            yield Piece(end if end is not None else f"</{name}>", child, "end")
        elif kind == "cp":
            yield Piece(_code_point(child.get("hex", "")))
        elif kind not in ("sm", "em"):
            yield Piece(_code(child, kind, data, names), child)
        yield Piece(child.tail or "")


def _code(child: _Element, kind: str, data: Mapping[str, str], names: dict[str, str]) -> str:
    """One stand-alone code: its native text, its equivalent text, or a placeholder."""
    native = data.get(child.get("dataRef", "")) or "".join(str(text) for text in child.itertext())
    native = native or child.get("equiv-text") or child.get("equiv") or ""
    if native.strip():
        return native
    name = _name(child, kind)
    if kind in _OPENS:
        # The closing code names its partner by rid, i or startRef; all show the same placeholder.
        for attribute in ("rid", "i", "id"):
            if child.get(attribute) is not None:
                names.setdefault(str(child.get(attribute)), name)
        return f"<{name}>"
    if kind in _CLOSES:
        partner = child.get("rid") or child.get("i") or child.get("startRef") or name
        return f"</{names.get(partner, partner)}>"
    return f"<{name}/>"


def _name(child: _Element, kind: str) -> str:
    return child.get("id") or child.get("x") or child.get("i") or kind


def _code_point(value: str) -> str:
    try:
        character = chr(int(value, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
    return "\ufffd" if "\ud800" <= character <= "\udfff" else character
