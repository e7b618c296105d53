"""Find the sentences of a document by their text: alignments in TSV and TMX hold texts, not numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from pathlib import Path

from qa.errors import FormatError
from qa.formats.links import UNHOLDABLE
from qa.model import Document

__all__ = ["Finder"]

# Writers turn line ends into blanks and what XML cannot hold into U+FFFD: neither tells texts apart.
_IGNORED = re.compile(rf"[\s\ufffd{UNHOLDABLE}]+")
_SHOWN = 40
_MOST_TRIES = 1_000_000  # of one document: places where a text stands, but not as whole sentences


class Finder:
    """One side's sentences in order; each search goes on behind the last one that succeeded.

    Blanks, line ends and unprintable characters do not matter. A sentence without text (a blank line of
    a presegmented file) is found only between others.
    """

    def __init__(self, document: Document, side: str) -> None:
        self._side = side
        texts = [_IGNORED.sub("", sentence.text) for sentence in document.sentences]
        self._text = "".join(texts)
        filled = [index for index, text in enumerate(texts) if text]
        self._filled = filled
        self._starts = [0]
        for index in filled:
            self._starts.append(self._starts[-1] + len(texts[index]))
        self._next = 0  # position in ``filled``
        self._tries = 0

    def find(self, text: str, path: Path, place: str) -> tuple[int, ...]:
        """The neighbouring sentences that make up ``text``; none for a text without characters.

        Raises FormatError where the rest of the document does not have it as whole sentences.
        """
        wanted = _IGNORED.sub("", text)
        if not wanted:
            return ()
        at = self._starts[self._next]
        while self._tries < _MOST_TRIES:
            at = self._text.find(wanted, at)
            if at < 0:
                break
            first, last = bisect_left(self._starts, at), bisect_left(self._starts, at + len(wanted))
            if self._starts[first] == at and self._starts[last] == at + len(wanted):
                self._next = last
                return tuple(range(self._filled[first], self._filled[last - 1] + 1))
            at += 1
            self._tries += 1
        behind = f" behind sentence {self._filled[self._next - 1] + 1}" if self._next else ""
        shown = " ".join(text.split())
        shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
        raise FormatError(
            f"{path}, {place}: the {self._side} has no sentences {shown!r}{behind}; give the documents this "
            "alignment was made for, split the same way"
        )
