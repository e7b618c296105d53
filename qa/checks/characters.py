"""Characters that should not be there: invisible, control, damaged, from another script, decomposed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity

__all__ = [
    "ControlCharacterCheck",
    "InvisibleCharacterCheck",
    "MixedScriptCheck",
    "MojibakeCheck",
    "NormalisationCheck",
]

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028\u2029\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
_JOINERS = "\u200c\u200d"
_MARKS = "\u200e\u200f\u061c"
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class InvisibleCharacterCheck(SegmentCheck):
    """Characters nobody sees: zero-width, soft hyphens, directional controls.

    ## What it flags
    Zero-width spaces and joiners, soft hyphens, byte-order marks, line and paragraph separators, and
    directional controls the source does not have. Joiners between letters of scripts that need
    them (Persian, Indic) or in emoji, and directional marks in right-to-left text, are left alone.
    Overrides and embeddings that are never closed are major: they can show a text other than it is.

    ## Why it matters
    Search, spelling and terminology checks fail on a word that looks perfect; a directional override
    can hide what a text says.

    ## Example
    ``frap\\u200bpes``

    ## Fix
    Removes the character.
    """

    id = "invisible-characters"
    category = "linguistic-conventions/character-encoding"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.95
    messages = {
        "invisible": "invisible character {code} ({name})",
        "bidi": "directional control {code} ({name}) that is never closed",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        if text.isascii():
            return
        rtl = lang.direction(context.target_lang) == "rtl"
        for match in _INVISIBLE.finditer(text):
            char, at = match.group(), match.start()
            if char in _JOINERS and not _joiner_is_odd(text, at):
                continue
            if char in _MARKS and (rtl or _has_rtl(text)):
                continue
            if char in segment.source:
                continue
            unclosed = char in _BIDI and not _bidi_closed(text)
            yield self.flag(
                segment, at, at + 1, "bidi" if unclosed else "invisible",
                severity=Severity.MAJOR if unclosed else None,
                fix=[Edit(at, at + 1, "")], code=f"U+{ord(char):04X}",
                name=unicodedata.name(char, "unnamed").lower(),
            )  # fmt: skip


def _joiner_is_odd(text: str, at: int) -> bool:
    """Joiners do nothing beside Latin, Cyrillic or Greek letters, spaces and the edges of a text."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (
        not before or not after or any(char.isspace() or "A" <= char < "\u0530" for char in (before, after))
    )


def _has_rtl(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def _bidi_closed(text: str) -> bool:
    embeddings = sum(text.count(char) for char in "\u202a\u202b\u202d\u202e")
    isolates = sum(text.count(char) for char in "\u2066\u2067\u2068")
    return embeddings == text.count("\u202c") and isolates == text.count("\u2069")


_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff\ue000-\uf8ff"
    "\U000f0000-\U0010ffff]+"
)


class ControlCharacterCheck(SegmentCheck):
    """Control characters, replacement characters, private-use characters, lone surrogates.

    ## What it flags
    Characters that are no text: C0 and C1 controls, ``\\ufffd``, noncharacters, lone surrogates, and
    private-use characters which the source does not have.

    ## Why it matters
    They mark a text that was damaged on its way; XML writers refuse them.

    ## Example
    ``fran\\ufffdais``

    ## Fix
    Removes a control character. None for a replacement character: the letter it stood for is lost.
    """

    id = "control-characters"
    category = "linguistic-conventions/character-encoding"
    severity = Severity.MAJOR
    needs_source = False
    precision = 0.98
    messages = {
        "control": "control character {code}",
        "lost": "a character was lost here ({code} stands in its place)",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        for match in _CONTROL.finditer(text):
            found = match.group()
            if found in segment.source:
                continue
            lost = "\ufffd" in found or "\ud800" <= found[0] <= "\udfff"
            yield self.flag(
                segment, match.start(), match.end(), "lost" if lost else "control",
                fix=() if lost else [Edit(match.start(), match.end(), "")], code=f"U+{ord(found[0]):04X}",
            )  # fmt: skip


# What UTF-8 looks like when read as Windows-1252: a lead byte's character, then continuation bytes'.
_CONTINUATION = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(f"(?:[Â-ß][{_CONTINUATION}]|[à-ï][{_CONTINUATION}]{{2}}|ð[{_CONTINUATION}]{{3}})+")


class MojibakeCheck(SegmentCheck):
    """Text decoded with the wrong encoding.

    ## What it flags
    UTF-8 that was read as Windows-1252: ``Ã©`` for é, ``â€™`` for ’, ``Ð¿Ñ€`` for пр. Only sequences that
    decode back to valid text are flagged, so that ``Ã`` in Portuguese or ``Â`` in French pass.

    ## Why it matters
    The text is unreadable, and every later check misreads it.

    ## Example
    ``le traitÃ© signÃ©``

    ## Fix
    The text decoded back.
    """

    id = "mojibake"
    category = "linguistic-conventions/character-encoding"
    severity = Severity.MAJOR
    needs_source = False
    precision = 0.98
    messages = {"garbled": "“{found}” is “{wanted}” read in the wrong encoding"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        if text.isascii():
            return
        for match in _MOJIBAKE.finditer(text):
            wanted = _decoded(match.group())
            if wanted is None or wanted in _INVISIBLE_RESULT or match.group() in segment.source:
                continue
            yield self.flag(
                segment, match.start(), match.end(), "garbled",
                fix=[Edit(match.start(), match.end(), wanted)], found=match.group(), wanted=wanted,
            )  # fmt: skip


_INVISIBLE_RESULT = frozenset({"", "\ufeff"})


def _decoded(garbled: str) -> str | None:
    """``garbled`` put back into bytes and read as UTF-8; None when that is no sensible text."""
    raw = bytearray()
    for char in garbled:
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 0xFF:
                return None
            raw.append(ord(char))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if any(unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") for char in text):
        return None
    # One character alone may be chance («LIBERTÉ»», «volonté« »): only what Western text is full of counts.
    western = "\u00a0" <= text <= "\u00ff" or "\u2010" <= text <= "\u20cf"
    return text if len(text) > 1 or western else None


_TWINS = dict(zip("АВЕКМНОРСТУХаеорсухіІјЈѕЅԁһ", "ABEKMHOPCTYXaeopcyxiIjJsSdh", strict=True))
_TWINS_BACK = {latin: cyrillic for cyrillic, latin in _TWINS.items() if cyrillic in "АВЕКМНОРСТУХаеорсухі"}
_GREEK_TWINS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
_GREEK_TWINS_BACK = {latin: greek for greek, latin in _GREEK_TWINS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z]")
_OTHER = re.compile("[\u0370-\u052f]")


class MixedScriptCheck(SegmentCheck):
    """Letters of another script that look the same, inside a word.

    ## What it flags
    A word that holds both Latin and Cyrillic (or Greek) letters, where the letters of the smaller
    group all have a twin in the other script: Cyrillic «а» in «Pаris». A Latin stem with a Cyrillic
    ending (``SMSка``) or a formula (``TNFα``) is left alone.

    ## Why it matters
    The word looks right and is not found by search, spelling or glossary; it is also how names are spoofed.

    ## Example
    ``Pаris`` with a Cyrillic а

    ## Fix
    The twins of the word's main script.
    """

    id = "mixed-script"
    category = "linguistic-conventions/character-encoding"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.95
    messages = {"mixed": "“{found}” mixes {scripts} letters that look alike"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        if text.isascii() or not (_LATIN.search(text) and _OTHER.search(text)):
            return
        for match in _WORD.finditer(text):
            word = match.group()
            if not (_LATIN.search(word) and _OTHER.search(word)):
                continue
            wanted, scripts = _one_script(word)
            if wanted and word not in segment.source:
                yield self.flag(
                    segment, match.start(), match.end(), "mixed",
                    fix=[Edit(match.start(), match.end(), wanted)], found=word, scripts=scripts,
                )  # fmt: skip


def _one_script(word: str) -> tuple[str, str]:
    """The word in the script of most of its letters, and the scripts it mixes; "" when it is no slip."""
    latin = [char for char in word if char < "\u0250"]
    other = [char for char in word if "\u0370" <= char < "\u0530"]
    cyrillic = all(char >= "\u0400" for char in other)
    if not cyrillic and any(char >= "\u0400" for char in other):
        return "", ""
    to_latin, back = (_TWINS, _TWINS_BACK) if cyrillic else (_GREEK_TWINS, _GREEK_TWINS_BACK)
    scripts = "Latin and Cyrillic" if cyrillic else "Latin and Greek"
    into_latin = all(char in to_latin for char in other)
    into_other = all(char in back for char in latin)
    if into_latin and (len(latin) > len(other) or not into_other) and len(word) > 2:
        return "".join(to_latin.get(char, char) for char in word), scripts
    if into_other and len(other) > 1 and len(word) > 2:
        return "".join(back.get(char, char) for char in word), scripts
    return "", ""


_COMBINING = re.compile("[A-Za-zͰ-ϿЀ-ӿ\u00c0-\u024f][\u0300-\u036f]+")


class NormalisationCheck(SegmentCheck):
    """Letters written as a base letter and a combining mark.

    ## What it flags
    Decomposed letters (NFD) that have a composed form, such as e + U+0301 for é, when the source does not
    use them. One flag marks the whole word.

    ## Why it matters
    Search, glossaries and translation memories compare code points: the word is not found.

    ## Example
    ``traite\\u0301``

    ## Fix
    The composed form (NFC).
    """

    id = "normalisation"
    category = "linguistic-conventions/character-encoding"
    severity = Severity.NEUTRAL
    needs_source = False
    precision = 0.95
    messages = {"decomposed": "“{found}” is written with combining marks; use the composed letters"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        if text.isascii() or unicodedata.is_normalized("NFC", text):
            return
        done = 0
        for match in _COMBINING.finditer(text):
            if match.start() < done:
                continue
            start, end = match.span()
            while start > done and (text[start - 1].isalpha() or "\u0300" <= text[start - 1] <= "\u036f"):
                start -= 1
            while end < len(text) and (text[end].isalpha() or "\u0300" <= text[end] <= "\u036f"):
                end += 1
            word, done = text[start:end], end
            composed = unicodedata.normalize("NFC", word)
            if composed != word and word not in segment.source:
                yield self.flag(
                    segment, start, end, "decomposed", fix=[Edit(start, end, composed)], found=composed
                )
