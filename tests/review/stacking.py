"""Documents for tests of the review service."""

from __future__ import annotations

from qa.model import Document, Sentence


def stacked(texts: list[str], lang: str) -> Document:
    """A document with one sentence a line."""
    sentences, at = [], 0
    for number, text in enumerate(texts):
        sentences.append(Sentence(number, text, at, at + len(text), number))
        at += len(text) + 1
    return Document("\n".join(texts), lang, tuple(sentences))
