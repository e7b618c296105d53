"""XML from strangers: no entity expansion, no network, no DTD, nesting and text lengths limited."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import FormatError
from qa.formats.text import read_bytes

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["XML_ID", "XML_LANG", "XML_SPACE", "local", "parse", "parse_bytes"]

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ENTITY = [b"<!ENTITY", *("<!ENTITY".encode(code) for code in ("utf-16-le", "utf-16-be"))]


def parse(path: Path) -> _Element:
    """The root element of the file ``path``; see ``parse_bytes``."""
    return parse_bytes(read_bytes(path), path)


def parse_bytes(data: bytes, path: Path) -> _Element:
    """The root element of ``data``; raises FormatError, with the name ``path``, for what is no XML or
    declares entities.

    Entity declarations are refused outright: no bilingual format needs them, attacks do.
    """
    from lxml import etree

    if any(mark in data for mark in _ENTITY):
        raise FormatError(f"{path}: declares XML entities, which are not accepted; export it without a DTD")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        reason = (error.msg or "not well formed").split("\n")[0]
        raise FormatError(
            f"{path}, line {error.lineno or 1}: no well-formed XML ({reason}); export it again"
        ) from None
    except ValueError as error:
        raise FormatError(f"{path}: no well-formed XML ({error}); export it again") from None
    if root is None:
        raise FormatError(f"{path}: no XML element in it; export it again")
    return root


def local(element: _Element) -> str:
    """The element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
