"""Encodings from before Unicode, recognised only where the language vouches for them.

Bytes alone do not tell cp1252 from cp1250: French decodes as either, with other accents. So each
encoding in use for the expected language is tried, its text judged by what broken text looks like
(control characters, symbols and capitals inside words, letters of another script), and the best is
taken only when the text is then identified as that language. Without an expected language
charset-normalizer proposes, and the language of its proposal is treated as expected.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from qa import lang as languages

__all__ = ["guess", "proposals"]

_WEST = ("cp1252", "mac-roman", "cp850")
_EAST = ("cp1250", "iso8859-2", "cp852")
_CYRILLIC = ("cp1251", "koi8-u", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
_USUAL = {
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro", "sq"), _EAST),
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "sr"), _CYRILLIC),
    "el": ("cp1253", "iso8859-7"),
    "tr": ("cp1254",),
    "he": ("cp1255", "iso8859-8"),
    "ar": ("cp1256", "iso8859-6"),
    "fa": ("cp1256",),
    "ur": ("cp1256",),
    **dict.fromkeys(("lt", "lv", "et"), ("cp1257", "iso8859-13")),
    "vi": ("cp1258",),
    "th": ("cp874",),
    "ja": ("cp932", "euc-jp"),
    "zh": ("gb18030", "big5"),
    "ko": ("cp949",),
}
_ALPHABETS = {"Latn": "LATIN", "Cyrl": "CYRILLIC", "Grek": "GREEK"}
_SAMPLE = 64 * 1024
_BROKEN_AT_MOST = 0.1
_INNER_SYMBOL = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‘“”«»„–—…·‑°]+(?=[^\W\d_])")
_COMMON = {"zh": re.compile("[的一是了在不人有這这，。、]"), "ja": re.compile("[\u3041-\u3096]")}
"""Characters that make up far more than a twentieth of real text: wrong decodings have rare ones."""
_INNER_CAPITAL = re.compile(r"(?<![^\W\d_])[^\W\d_]*?(?:[a-zß-öø-ÿа-яёα-ω][A-ZÀ-ÖØ-ÞА-ЯЁΑ-Ω])")


def guess(data: bytes, langs: Sequence[str]) -> str | None:
    """``data`` as text, or None where no encoding can be trusted; ``langs`` are the expected ones."""
    expected = [languages.base(lang) for lang in langs]
    for name in expected or proposals(data, as_languages=True):
        text = _in_language(data, name, expected or [name])
        if text is not None:
            return text
    return None


def proposals(data: bytes, *, as_languages: bool = False) -> list[str]:
    """What charset-normalizer takes ``data`` for: encodings, or the languages read through them."""
    import logging

    from charset_normalizer import from_bytes

    logging.getLogger("charset_normalizer").setLevel(logging.ERROR)
    first = next((i for i, byte in enumerate(data) if byte > 127), 0)
    start = data.rfind(b"\n", 0, max(0, first - _SAMPLE // 2)) + 1
    sample = data[start : start + _SAMPLE]
    found: list[str] = []
    for match in from_bytes(sample, enable_fallback=False):
        name = languages.detect(str(match)) if as_languages else match.encoding
        if name is not None and name not in found:
            found.append(name)
    return found


def _in_language(data: bytes, name: str, expected: Sequence[str]) -> str | None:
    """``data`` in the encoding usual for the language ``name`` that breaks least, if it breaks little."""
    best: str | None = None
    least = _BROKEN_AT_MOST
    for encoding in _USUAL.get(name, _WEST):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        broken = _brokenness(text[:_SAMPLE], name)
        if broken < least:
            best, least = text, broken
    return best if best is not None and languages.detect(best[:_SAMPLE]) in expected else None


def _brokenness(text: str, lang: str) -> float:
    """Faults per character beyond ASCII, 0 upwards, higher is worse."""
    foreign = [character for character in text if ord(character) > 127]
    if not foreign:
        return 0.0
    faults = sum(5 for character in foreign if unicodedata.category(character) in ("Cc", "Co", "Cn"))
    wanted = _ALPHABETS.get(languages.script(lang))
    if wanted is not None:
        faults += 2 * sum(1 for _ in _INNER_SYMBOL.finditer(text))
        faults += sum(1 for _ in _INNER_CAPITAL.finditer(text))
        faults += sum(
            character.isalpha() and not unicodedata.name(character, "").startswith(wanted)
            for character in foreign
        )
    common = _COMMON.get(lang)
    if common is not None and len(common.findall(text)) < len(foreign) // 20:
        faults += len(foreign)
    return faults / len(foreign)
