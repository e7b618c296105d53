"""Punctuation marks that only other languages use."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity

__all__ = ["ForeignPunctuationCheck"]

_INVERTED = re.compile(r"(?P<mark>[¿¡]+)(?:\w+(?:\W+\w+)?)?")
_OPENED = frozenset({"an", "ast", "ca", "es", "ext", "gl"})
"""Languages that open questions with ``¿``, or did so until lately."""
_OWN: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    # The marks of a script, and its letters.
    (re.compile("[؟،؛۔]"), re.compile("[\u0620-\u064a\u066e-\u06d3\u0700-\u08ff]")),
    (re.compile("[।॥]"), re.compile("[\u0900-\u0963\u0970-\u0dff\u1c50-\u1c7f\ua800-\uabff]")),
)
_INSTEAD = {"؟": "?", "،": ",", "؛": ";", "۔": ".", "।": ".", "॥": "."}


class ForeignPunctuationCheck(SegmentCheck):
    """A punctuation mark of another language.

    ## What it flags
    ``¿`` and ``¡`` in languages that open no question with a mark of its own, Arabic ``؟ ، ؛`` in a text
    without an Arabic letter, and the danda ``।`` in one without a letter of India. Words quoted from the
    source with their ``¿`` are left alone; full-width marks are the business of ``punctuation-width``.

    ## Why it matters
    The mark was copied from the source, and readers do not know it.

    ## Example
    ``¿Who told you that?``

    ## Fix
    The mark of the language; ``¿`` and ``¡`` go.
    """

    id = "foreign-punctuation"
    category = "linguistic-conventions/punctuation"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.9
    messages = {"foreign": "“{mark}” is no mark of this language"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        if text.isascii():
            return
        if lang.base(context.target_lang) not in _OPENED:
            for match in _INVERTED.finditer(text):
                if match.group() != match["mark"] and match.group() in segment.source:
                    continue  # a title in the language of the source, by its first two words
                yield self._flagged(segment, *match.span("mark"), "")
        for marks, letters in _OWN:
            if letters.search(text):
                continue
            for match in marks.finditer(text):
                yield self._flagged(segment, match.start(), match.end(), _INSTEAD[match.group()])

    def _flagged(self, segment: Segment, start: int, end: int, instead: str) -> Flag:
        return self.flag(
            segment, start, end, "foreign", fix=[Edit(start, end, instead)], mark=segment.target[start:end]
        )
