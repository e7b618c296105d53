"""Text back into an element with inline codes: the inverse of ``qa.formats.inline``.

People see and edit codes as text (``%s``, ``<1>…</1>``). Where such a text is written into a file that has
those codes, they become elements again.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from qa.formats.inline import flatten, pieces
from qa.formats.links import without_controls

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["write_text"]


class _Open(NamedTuple):
    """A code around text that has begun, and the text that ends it ("" for the whole)."""

    element: _Element
    end: str


def write_text(
    element: _Element, text: str, models: Iterable[_Element] = (), data: Mapping[str, str] | None = None
) -> None:
    """Make ``text`` the content of ``element``, with the codes of itself and of ``models`` where it shows
    them (``data``: see ``flatten``).

    An element that shows the text already is left alone. A text whose codes do not pair up goes in as it
    stands: what ``flatten`` reads back is the text in any case, but for characters that XML cannot hold.
    """
    if flatten(element, data) == text:
        return
    text = without_controls(text)
    starts, wholes, ends = _stock([element, *models], data)
    known = "|".join(_pattern(shown) for shown in sorted({*starts, *wholes, *ends}, key=len, reverse=True))
    _empty(element)
    if known and _coded(element, text, re.compile(known), starts, wholes) and flatten(element, data) == text:
        return
    _empty(element)
    element.text = text


_Starts = dict[str, deque[_Open]]
_Wholes = dict[str, deque["_Element"]]


def _stock(models: Iterable[_Element], data: Mapping[str, str] | None) -> tuple[_Starts, _Wholes, set[str]]:
    """Copies of the codes in ``models`` by the texts that show them, in order."""
    starts: _Starts = defaultdict(deque)
    wholes: _Wholes = defaultdict(deque)
    ends: set[str] = set()
    for model in models:
        begun: list[tuple[str, _Element]] = []
        for text, code, role in pieces(model, data):
            if code is None or not text:
                continue
            if role == "start":
                begun.append((text, code))
            elif role == "end":
                start, around = begun.pop()
                shell = _copy(around)
                _empty(shell)
                starts[start].append(_Open(shell, text))
                ends.add(text)
            else:
                wholes[text].append(_copy(code))
    return starts, wholes, ends


def _copy(code: _Element) -> _Element:
    copy = deepcopy(code)
    copy.tail = None
    return copy


def _pattern(shown: str) -> str:
    """Where ``shown`` stands in a text; not inside a word, should a code show letters."""
    before = r"(?<!\w)" if shown[0].isalnum() else ""
    after = r"(?!\w)" if shown[-1].isalnum() else ""
    return before + re.escape(shown) + after


def _coded(element: _Element, text: str, known: re.Pattern[str], starts: _Starts, wholes: _Wholes) -> bool:
    """Write ``text`` into the empty ``element`` with its codes. Do those around text pair up?"""
    stack = [_Open(element, "")]
    at = 0
    for match in known.finditer(text):
        shown = match[0]
        inner = stack[-1].element
        if shown == stack[-1].end:
            _append(inner, text[at : match.start()])
            stack.pop()
        elif starts.get(shown):
            _append(inner, text[at : match.start()])
            begun = starts[shown].popleft()
            inner.append(begun.element)
            stack.append(begun)
        elif wholes.get(shown):
            _append(inner, text[at : match.start()])
            inner.append(wholes[shown].popleft())
        else:
            continue
        at = match.end()
    _append(element, text[at:])
    return len(stack) == 1


def _append(element: _Element, text: str) -> None:
    """Add text after everything that is in ``element``."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _empty(element: _Element) -> None:
    """Take out text and children; attributes and what follows stay."""
    element[:] = []
    element.text = None
