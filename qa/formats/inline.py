"""Inline codes of XLIFF and TMX as text.

What a code stands for is shown where the file tells it (``%s``, ``<b>``); otherwise the code becomes a
visible placeholder: ``<1>…</1>`` around text, ``<2/>`` in its place, named by its id. Placeholders are
the same on both sides, so that checks can compare them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qa.formats.xml import local

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["flatten"]

_AROUND = frozenset({"g", "pc", "hi"})
_TRANSPARENT = frozenset({"mrk", "sub"})
_OPENS = frozenset({"bpt", "sc", "bx"})
_CLOSES = frozenset({"ept", "ec", "ex"})


def flatten(element: _Element, data: Mapping[str, str] | None = None) -> str:
    """The text inside ``element``; ``data`` maps the ids of XLIFF 2 original data to native codes."""
    parts: list[str] = []
    _walk(element, data or {}, parts, {})
    return "".join(parts)


def _walk(element: _Element, data: Mapping[str, str], parts: list[str], names: dict[str, str]) -> None:
    parts.append(element.text or "")
    for child in element:
        kind = local(child)
        if kind in _TRANSPARENT:
            _walk(child, data, parts, names)
        elif kind in _AROUND:
            start, end = data.get(child.get("dataRefStart", "")), data.get(child.get("dataRefEnd", ""))
            name = _name(child, kind)
            parts.append(start if start is not None else f"<{name}>")
            _walk(child, data, parts, names)
            parts.append(end if end is not None else f"</{name}>")
        elif kind == "cp":
            parts.append(_code_point(child.get("hex", "")))
        elif kind not in ("sm", "em"):
            parts.append(_code(child, kind, data, names))
        parts.append(child.tail or "")


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
