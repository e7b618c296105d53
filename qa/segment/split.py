"""Text to sentences, offsets exact: the document rebuilds from them character for character."""

from __future__ import annotations

import re
from itertools import pairwise

from qa import lang as languages
from qa.model import Document, Sentence
from qa.segment.paragraphs import paragraphs
from qa.segment.rules import starts

__all__ = ["presegmented", "split"]

_LINE_END = re.compile(r"\r\n|\n|\r")


def split(text: str, lang: str, *, name: str = "") -> Document:
    """``text`` in ``lang`` as sentences whose gaps are white space only.

    Any text is accepted: NUL, lone surrogates and direction controls stay where they are, a line of
    any length costs linear time. Text of white space only has no sentences.
    """
    tag = languages.normalise(lang)
    base = languages.base(tag)
    sentences: list[Sentence] = []
    for number, (begin, end) in enumerate(paragraphs(text)):
        borders = [*starts(text[begin:end], base), end - begin]
        for start, stop in pairwise(borders):
            piece = text[begin + start : begin + stop].rstrip()
            sentences.append(
                Sentence(len(sentences), piece, begin + start, begin + start + len(piece), number)
            )
    return Document(text, tag, tuple(sentences), name)


def presegmented(text: str, lang: str, *, name: str = "") -> Document:
    """``text`` in ``lang`` with one sentence a line, so that sentence numbers are line numbers.

    A blank line between others is a sentence without text (it keeps the numbers right and ends a
    paragraph); blank lines at the end are dropped.
    """
    spans: list[tuple[int, int]] = []
    at = 0
    for match in _LINE_END.finditer(text):
        spans.append((at, match.start()))
        at = match.end()
    spans.append((at, len(text)))
    while spans and not text[slice(*spans[-1])].strip():
        spans.pop()
    sentences: list[Sentence] = []
    paragraph = 0
    for index, (start, end) in enumerate(spans):
        line = text[start:end]
        piece = line.strip()
        if not piece:
            paragraph += 1
        start += len(line) - len(line.lstrip()) if piece else 0
        sentences.append(Sentence(index, piece, start, start + len(piece), paragraph))
    return Document(text, languages.normalise(lang), tuple(sentences), name)
