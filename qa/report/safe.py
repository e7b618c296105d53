"""Making strange text harmless in every output: JSON, spreadsheets, HTML, terminals.

Segments are written by strangers. What a writer here receives may hold NUL, lone surrogates, bidi
overrides, spreadsheet formulas or markup; each function closes one of those doors.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Mapping
from html import escape

__all__ = [
    "cell",
    "html_text",
    "json_line",
    "rounded",
    "shortened",
    "unicode_text",
    "visible",
    "visible_space",
]

# What json.dumps leaves as it is although it breaks a line for str.splitlines() or cannot be encoded.
_JSON_ESCAPE = re.compile("[\ud800-\udfff\u0085\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
# XML and HTML have no place for these, not even as character references.
_NOT_HTML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_INVISIBLE = frozenset("\u00ad\u061c\u180e\u200b\u200e\u200f\u2060\ufeff") | frozenset(
    map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x2070), *range(0xE0000, 0xE0080)])
)
_SPACES = {" ": "␣", "\u00a0": "⍽", "\u202f": "⍽", "\u2009": "⍽", "\u3000": "□"}


def json_line(value: Mapping[str, object]) -> str:
    """``value`` as one line of JSON: readable Unicode, yet encodable and safe to split into lines."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _JSON_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def unicode_text(text: str) -> str:
    """``text`` with lone surrogates replaced by U+FFFD, so that it can be encoded."""
    return _SURROGATE.sub("\ufffd", text)


def cell(value: object) -> object:
    """``value`` for a spreadsheet cell: a text that a spreadsheet would run as a formula gets a leading
    apostrophe, control characters that no workbook can hold become U+FFFD; numbers pass as they are."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = _NOT_HTML.sub("\ufffd", value)
    return f"'{text}" if _FORMULA.match(text) else text


def html_text(text: str) -> str:
    """``text`` escaped for HTML content and quoted attributes; invisible controls made visible."""
    return escape(visible(text, keep="\n\t"), quote=True)


def visible(text: str, *, keep: str = "") -> str:
    """``text`` with control, bidi and other invisible characters replaced by something one can see.

    Joiners that scripts need (ZWJ, ZWNJ) and no-break spaces stay. ``keep`` lists characters to leave.
    """
    return text if text.isascii() and text.isprintable() else "".join(_shown(c, keep) for c in text)


def _shown(character: str, keep: str) -> str:
    code = ord(character)
    if character in keep:
        return character
    if code < 0x20:
        return {"\n": "↵", "\t": "⇥"}.get(character, chr(0x2400 + code))
    if code == 0x7F:
        return "␡"
    if character in _INVISIBLE or unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
        return f"⟨U+{code:04X}⟩"
    if _NOT_HTML.match(character):
        return "\ufffd"
    return character


def visible_space(text: str) -> str:
    """``text`` with every kind of space drawn, for a flagged span that is nothing but space."""
    return "".join(_SPACES.get(c, c) for c in text)


def shortened(text: str, limit: int) -> str:
    """``text``, or its two ends around a note of what was left out when it is longer than ``limit``."""
    if len(text) <= limit:
        return text
    half = limit // 2
    return f"{text[:half]} … ({len(text) - 2 * half:,} characters) … {text[-half:]}"


def rounded(value: float | None, digits: int) -> float | None:
    """``value`` rounded; None where there is no finite number."""
    return None if value is None or not math.isfinite(value) else round(float(value), digits)
