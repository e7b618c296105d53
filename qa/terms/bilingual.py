"""Bilingual dictionaries that a user has installed: StarDict (``.ifo``) and dictd (``.index``).

They are asked one thing: which words an entry gives for a word. An entry's text is not taken apart; whoever
looks for a rendering looks for its words in it. Files are read whole and taken for hostile.
"""

from __future__ import annotations

import gzip
import re
import struct
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from qa.errors import FormatError, InputError, LimitError
from qa.lang import base, normalise
from qa.terms.senses.keys import keys, tokens

__all__ = ["Dictionary"]

_LIMIT = 512 * 1024 * 1024
"""Bytes of the largest file, unpacked."""
_LONGEST_ENTRY = 100_000
_DIGITS = {
    ord(digit): value
    for value, digit in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
}
_PAIR = re.compile(r"(?<![a-z])([a-z]{2,3})[-_]([a-z]{2,3})(?![a-z])")
_TAG = re.compile(r"<[^<>]{0,200}>")


@dataclass(frozen=True)
class Dictionary:
    """See the module. ``languages`` are those that the file's name says («freedict-fra-eng»); if it says none
    (None), the dictionary is asked about every pair."""

    name: str
    languages: tuple[str, str] | None
    _places: Mapping[str, Sequence[tuple[int, int]]] = field(repr=False)
    _data: bytes = field(repr=False)

    @classmethod
    def load(cls, path: Path) -> Dictionary:
        """The dictionary of an ``.ifo`` or ``.index`` file; its other files lie beside it.

        Raises InputError when a file is missing or cannot be read, FormatError when it is no such dictionary,
        LimitError when it is larger than 512 MB.
        """
        readers = {".ifo": _stardict, ".index": _dictd}
        if path.suffix not in readers:
            raise FormatError(
                f"{path}: give the .ifo file of a StarDict or the .index file of a dictd dictionary"
            )
        places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for word, start, size in readers[path.suffix](path):
            places[_folded(word)].append((start, size))
        if not places:
            raise FormatError(f"{path}: the dictionary has no entries")
        name, data = path.stem, _read(path.with_suffix(".dict.dz"), path.with_suffix(".dict"))
        found = _PAIR.search(name.lower())
        pair = (base(normalise(found[1])), base(normalise(found[2]))) if found else None
        return cls(name, pair, places, data)

    def covers(self, source_lang: str, target_lang: str) -> bool:
        """Whether it may know words of that direction."""
        return self.languages in (None, (base(source_lang), base(target_lang)))

    def entry(self, word: str) -> str | None:
        """The text of the entries of ``word``, None where there is none."""
        places = self._places.get(_folded(word))
        if places is None:
            return None
        texts = [self._data[start : start + min(size, _LONGEST_ENTRY)] for start, size in places]
        return "\n".join(_TAG.sub(" ", text.decode("utf-8", "replace")) for text in texts)

    def renders(self, word: str, rendering: str, language: str) -> bool | None:
        """Whether an entry of ``word`` has all words of ``rendering`` in some form, side by side; None where
        the word has no entry. ``language`` is that of the rendering."""
        entry = self.entry(word)
        if entry is None:
            return None
        wanted = [keys(token.text, language) for token in tokens(rendering)]
        known = _keys(entry, language)
        ends = range(len(known) - len(wanted) + 1)
        return bool(wanted) and any(
            all(forms & known[at + number] for number, forms in enumerate(wanted)) for at in ends
        )


@lru_cache(maxsize=256)
def _keys(entry: str, language: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(keys(token.text, language)) for token in tokens(entry))


def _folded(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().strip()


def _stardict(path: Path) -> Iterator[tuple[str, int, int]]:
    """Headwords and where their entries lie, big-endian."""
    about = _read(path).decode("utf-8", "replace")
    if not about.startswith("StarDict's dict ifo file"):
        raise FormatError(f"{path}: no StarDict dictionary (its first line does not say so)")
    index = _read(path.with_suffix(".idx.gz"), path.with_suffix(".idx"))
    long = re.search(r"^idxoffsetbits\s*=\s*64\s*$", about, re.MULTILINE) is not None
    numbers = struct.Struct(">QI" if long else ">II")
    at = 0
    while (end := index.find(b"\0", at)) >= 0 and end + 1 + numbers.size <= len(index):
        start, size = numbers.unpack_from(index, end + 1)
        yield index[at:end].decode("utf-8", "replace"), start, size
        at = end + 1 + numbers.size


def _dictd(path: Path) -> Iterator[tuple[str, int, int]]:
    """The same of lines of word, start and size, the numbers in digits of base 64."""
    for number, line in enumerate(_read(path).split(b"\n"), start=1):
        if not line.strip():
            continue
        word, *places = line.rstrip(b"\r").split(b"\t")
        try:
            start, size = map(_number, places[:2])
        except (KeyError, ValueError):
            raise FormatError(
                f"{path}, line {number}: no dictd index (word, tab, start, tab, size)"
            ) from None
        if not word.startswith(b"00database"):
            yield word.decode("utf-8", "replace"), start, size


def _number(digits: bytes) -> int:
    value = 0
    for digit in digits[:10]:
        value = value * 64 + _DIGITS[digit]
    return value


def _read(*paths: Path) -> bytes:
    """The first of ``paths`` that exists, unpacked if it is packed (``dictzip`` is a kind of gzip)."""
    path = next((one for one in paths if one.exists()), None)
    if path is None:
        raise InputError(f"{paths[-1]}: not found; a dictionary consists of several files in one folder")
    try:
        packed = path.suffix in (".dz", ".gz")
        with gzip.open(path) if packed else path.open("rb") as stream:
            data = stream.read(_LIMIT + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: cannot be read ({error})") from None
    if len(data) > _LIMIT:
        raise LimitError(f"{path}: dictionaries are read up to 512 MB")
    return data
