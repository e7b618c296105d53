"""Where paragraphs begin and end: blank lines, and single line ends that are not mere wrapping.

A blank line, a form feed or U+2029 always ends a paragraph. A single line end inside a block of lines
is taken for wrapping, and its lines joined, only when all of this holds:

- the block looks wrapped to a width of at most 120 columns: the first word of the next line would not
  have fitted on this one;
- the line is at least 40 columns long and does not end like a heading or list item followed by a
  bullet, a number or a dash;
- the next line goes on in lower case, or the line ends in mid-sentence punctuation, or at least two
  other lines of the block are just as full (a paragraph wrapped consistently).

A block of four lines and more is verse, and none of its lines joined, when at least four in five lines
after the first begin with a capital and either not nearly all lines are full (what was wrapped by a program
is) or half of them end in punctuation.

Everything else — headlines, datelines, list items, one sentence a line — stays a paragraph of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

__all__ = ["paragraphs"]

_NEW_LINE = r"(?>\r\n|[\n\r\x85\u2028])"
_BLOCK_END = re.compile(
    rf"{_NEW_LINE}[^\S\n\r\x85\u2028\f\u2029]*+{_NEW_LINE}\s*+|[\f\u2029]\s*+"
)  # atomic and possessive: a CRLF is one line end, and runs of blanks are scanned once
_LINE_END = re.compile(r"\r\n|[\n\r\v\x1c-\x1e\x85\u2028]")
_BULLET = re.compile(r"(?:[-*+•‣▪◦·–—]|\(?\d{1,3}[.)]|\(?[a-zа-я][.)])\s", re.IGNORECASE)
_GOES_ON = re.compile(r"[,;:\-–—(«„]\s*$")
_FIRST_WORD = re.compile(r"\S+")
_MAX_WIDTH = 120
_MIN_WIDTH = 40
_FULL_LINES = 3
_VERSE_LINES = 4
_VERSE_CAPITALS = 0.8
_WRAPPED_FULL = 0.9


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Half-open spans of the paragraphs of ``text``, without outer white space, never empty.

    The line ends left inside a span are wrapping.
    """
    start = 0
    for match in _BLOCK_END.finditer(text):
        yield from _block(text, start, match.start())
        start = match.end()
    yield from _block(text, start, len(text))


def _block(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraphs of a block of lines without a blank one among them."""
    lines: list[tuple[int, int]] = []
    at = start
    for match in _LINE_END.finditer(text, start, end):
        _add_line(lines, text, at, match.start())
        at = match.end()
    _add_line(lines, text, at, end)
    if not lines:
        return
    if len(lines) == 1:
        yield lines[0]
        return
    columns = [_columns(text, *line) for line in lines]
    # A line of one token (an address, a rule) says nothing of the width.
    spaced = [n for n, (a, b) in zip(columns, lines, strict=True) if n <= _MAX_WIDTH or _has_gap(text, a, b)]
    width = max(spaced, default=0)
    full = [
        _MIN_WIDTH <= columns[i] <= _MAX_WIDTH
        and width <= _MAX_WIDTH
        and columns[i] + _first_word(text, *lines[i + 1]) > width
        for i in range(len(lines) - 1)
    ]
    if _is_verse(text, lines, full):
        yield from lines
        return
    first = lines[0][0]
    for i, is_full in enumerate(full):
        if not (is_full and _runs_on(text, lines[i], lines[i + 1], sum(full))):
            yield first, lines[i][1]
            first = lines[i + 1][0]
    yield first, lines[-1][1]


def _is_verse(text: str, lines: list[tuple[int, int]], full: list[bool]) -> bool:
    if len(lines) < _VERSE_LINES:
        return False
    marks = sum(not text[end - 1].isalnum() for _, end in lines[:-1])
    if sum(full) >= _WRAPPED_FULL * len(full) and 2 * marks < len(full):
        return False
    capitals = sum(_begins_with_capital(text, *line) for line in lines[1:])
    return capitals >= _VERSE_CAPITALS * len(full)


def _begins_with_capital(text: str, start: int, end: int) -> bool:
    """Is the first letter of the line, behind quotation marks and dashes, a capital?"""
    first = next((text[at] for at in range(start, min(end, start + 5)) if text[at].isalnum()), "")
    return first.isupper()


def _runs_on(text: str, line: tuple[int, int], following: tuple[int, int], full_lines: int) -> bool:
    """True when a full line goes on in the following one."""
    if _BULLET.match(text, *following):
        return False
    if text[following[0]].islower() or _GOES_ON.search(text, *line):
        return True
    return full_lines >= _FULL_LINES


def _add_line(lines: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Append the line without its outer white space, if anything is left of it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        lines.append((start, end))


def _has_gap(text: str, start: int, end: int) -> bool:
    return " " in text[start:end]


def _first_word(text: str, start: int, end: int) -> int:
    """Columns the first word needs with the blank before it; scripts without blanks break anywhere."""
    if east_asian_width(text[start]) in "WF":
        return 2
    match = _FIRST_WORD.match(text, start, end)
    return _columns(text, start, match.end()) + 1 if match else 1


def _columns(text: str, start: int, end: int) -> int:
    """Width on a terminal: wide characters count twice. Beyond the widths that matter, just length."""
    if end - start > 2 * _MAX_WIDTH:
        return end - start
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text[start:end])
