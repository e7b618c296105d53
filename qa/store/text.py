"""What text the store keeps, and how it is folded for searching."""

from __future__ import annotations

import hashlib
import re
import string
import unicodedata

__all__ = ["alike_key", "clean", "fold", "same_address"]

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ACCENTS = re.compile("[\u0300-\u036f]")


def clean(text: str) -> str:
    """``text`` with every NUL and lone surrogate replaced by U+FFFD, one for one.

    Neither SQLite nor PostgreSQL can hold those code points. Replacing instead of refusing loses no
    typing, the mark is visible, and code-point offsets into the text stay true.
    """
    return _UNSTORABLE.sub("\ufffd", text)


def fold(text: str) -> str:
    """``text`` without case, compatibility variants or accents: "Été" and "ETE" fold alike.

    Only the accents of Latin, Greek and Cyrillic (U+0300-036F) go; the vowel signs of other scripts
    carry the word.
    """
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold())


def alike_key(source: str, mt: str) -> str:
    """16 hexadecimal digits that segments with the same source share, by which an index finds them.

    Without a source it is the machine's text that tells: of additions, nothing else can be alike. Stored, and
    made by a migration too: another definition needs another migration.
    """
    text = source if source.strip() else f"\0{mt}"
    return hashlib.blake2b(text.encode("utf-8"), digest_size=8).hexdigest()


_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def same_address(one: str, other: str) -> bool:
    """Are two e-mail addresses the same?

    Only A to Z lose their case. Full folding makes one of addresses that different people own (the Kelvin
    sign and "k", "ß" and "ss"), and an address is what somebody is known by.
    """
    return one.translate(_LOWER) == other.translate(_LOWER)
