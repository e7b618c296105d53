"""Misspelt words, by hunspell's dictionaries and by how common words are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity
from qa.terms.dictionary import Dictionary, load
from qa.terms.frequency import known

__all__ = ["SpellingCheck"]

_CASED = frozenset(("Latn", "Cyrl", "Grek", "Armn"))
"""Scripts with capitals; in others nothing tells a name from a word."""
_ELIDING = frozenset(("fr", "it", "ca", "oc"))
_APOSTROPHE_IS_A_LETTER = frozenset(("uk", "be", "br"))

_HIDDEN = re.compile(
    r"<[^<>\s][^<>]{0,200}>|`[^`\n]{1,200}`|\{\{?[^{}\n]{0,80}\}\}?|\[\[[^\[\]\n]{0,80}\]\]"
    r"|%\([\w. -]{1,80}\)\w?|(?:https?://|ftp://|www\.)\S{1,2000}"
)
"""Tags, code, placeholders and addresses: stretches that may hold spaces."""
_CHUNK = re.compile(r"\S+")
_CODE = re.compile(
    r"[\d@#\\/_<>{}|=~^*+$%&\u00ad\u0300-\u036f\u200b-\u200f\ufffd]|\w[.:]\w|([^\W\d_])\1\1", re.IGNORECASE
)
"""What marks a piece of text between two spaces as no ordinary word: paths, handles, codes, sooo."""
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_BEGINS = re.compile(r"(?:^|[.!?…:;]|\n)[\s\"'«»“”„‘’‹›()\[\]—–-]*\Z")

_SHORTEST = 3
_UNLISTED = 1e-8
"""The share of running text below which the lists of frequencies end."""


class _Doubt(NamedTuple):
    """A word that the dictionary lacks: what was meant, and how many times commoner that is."""

    meant: str
    odds: float


class SpellingCheck(SegmentCheck):
    """x."""

    id = "spelling"
    category = "linguistic-conventions/spelling"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.8
    messages = {"misspelt": "“{word}” is in no dictionary; “{meant}”?"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        speller = _speller(context.target_lang)
        if speller is None:
            return
        source = ""
        for start, word, first in _words(segment.target, speller.base):
            doubt = speller.doubt(word, first)
            if doubt is None:
                continue
            source = source or segment.source.casefold()
            if word.casefold() in source:
                continue
            end = start + len(word)
            meant = doubt.meant.capitalize() if first and word[0].isupper() else doubt.meant
            yield self.flag(
                segment, start, end, "misspelt", fix=[Edit(start, end, meant)], word=word, meant=meant
            )


class _Speller:
    """What is known of the words of one language; verdicts are kept, since words come back."""

    def __init__(self, base: str, dictionary: Dictionary) -> None:
        self.base = base
        self._dictionary = dictionary
        self._shares: Mapping[str, float] = known(base)
        self._doubts: dict[str, _Doubt | None] = {}

    def doubt(self, word: str, first: bool) -> _Doubt | None:
        low = word.lower()
        if low not in self._doubts:
            self._doubts[low] = self._judged(low)
        return self._doubts[low]

    def _judged(self, word: str) -> _Doubt | None:
        share = self._shares.get(word, 0.0)
        if share > 1e-6 or self._accepted(word):
            return None
        near = [
            (self._share(meant.lower()), -at, meant)
            for at, meant in enumerate(self._dictionary.suggestions(word))
            if one_edit(word, meant.lower())
        ]
        if not near:
            return None
        best, _, meant = max(near)
        return _Doubt(meant, best / max(share, _UNLISTED))

    def _accepted(self, word: str) -> bool:
        forms = [word, word.capitalize(), word + "."]
        if "’" in word:
            forms += [form.replace("’", "'") for form in forms]
        return any(self._dictionary.accepts(form) for form in forms)

    def _share(self, phrase: str) -> float:
        parts = re.split(r"[ '’-]", phrase)
        return self._shares.get(phrase) or min(self._shares.get(part, 0.0) for part in parts)


def one_edit(a, b):
    from rapidfuzz.distance import OSA
    return OSA.distance(a, b, score_cutoff=1) == 1

@cache
def _speller(tag: str) -> _Speller | None:
    if lang.is_unspaced(tag) or lang.script(tag) not in _CASED:
        return None
    dictionary = load(tag)
    return _Speller(lang.base(tag), dictionary) if dictionary is not None else None


def _words(text: str, base: str) -> Iterator[tuple[int, str, bool]]:
    """(start, word, whether a sentence begins with it) of the words of ``text`` that can be judged."""
    text = _HIDDEN.sub(lambda match: "_" * len(match.group()), text)
    for chunk in _CHUNK.finditer(text):
        if _CODE.search(chunk.group()):
            continue
        for match in _WORD.finditer(chunk.group()):
            word, start = match.group(), chunk.start() + match.start()
            if text[start + len(word):][:1] == "-" or text[start - 1 : start] == "-":
                continue  # half a compound: pre- and post-war
            for at, part in _parts(word, base):
                if len(part) < _SHORTEST or not part[1:].islower():
                    continue
                if part[0].islower():
                    yield start + at, part, False
                elif at == 0 and _BEGINS.search(text[:start]):
                    yield start, part, True


def _parts(word: str, base: str) -> Iterator[tuple[int, str]]:
    pieces = [(match.start(), match.group()) for match in re.finditer(r"[^-]+", word)]
    if len(pieces) > 1 and any(not piece.islower() for _, piece in pieces[1:]):
        return
    for at, piece in pieces:
        if base in _APOSTROPHE_IS_A_LETTER:
            yield at, piece
        elif base in _ELIDING:
            cut = max(piece.rfind("'"), piece.rfind("’")) + 1
            yield at + cut, piece[cut:]
        else:
            yield at, re.split("['’ʼ]", piece)[0]
