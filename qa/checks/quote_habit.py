"""Straight quotation marks in a text that otherwise uses guillemets."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa import lang
from qa.checks.base import Context, DocumentCheck
from qa.model import Edit, Flag, Severity

__all__ = ["QuoteHabitCheck"]

_STRAIGHT = re.compile(r'(?<![\w"])"(?=\S)([^"«»\n]{1,300}?)(?<=\S)"(?![\w"])')
_EITHER = re.compile(
    r"""(?<![\w"'])(?P<mark>["'])(?=\S)(?P<inside>[^"'«»\n]{1,300}?)(?<=\S)(?P=mark)(?![\w"'])"""
)
_TAG = re.compile(r"<[^<>]*>")
_OPENED = re.compile("«[ \u00a0\u202f]?")
_LEAST = 3
"""Guillemets a text must have for each straight pair before the straight ones are the exception."""


class QuoteHabitCheck(DocumentCheck):
    """Straight quotation marks in a text of guillemets.

    ## What it flags
    A pair of ``"`` in a French, Russian or Ukrainian text that has at least three pairs of guillemets for
    each straight one. A text with straight marks throughout is left alone, and so are inches and quotation
    marks inside guillemets. In Persian a pair of ``"`` or ``'`` outside tags is a neutral remark anywhere.

    ## Why it matters
    Two kinds of marks for one purpose look careless; straight ones are those of a keyboard.

    ## Example
    ``a qualifié la grève de "décevante"`` in a text with « … »

    ## Fix
    Guillemets with the spaces the rest of the text uses.
    """

    id = "quote-habit"
    category = "linguistic-conventions/punctuation"
    severity = Severity.MINOR
    needs_source = False
    languages = frozenset({"fa", "fr", "ru", "uk"})
    precision = 0.9
    messages = {
        "straight": "straight quotation marks around “{inside}”; this text uses guillemets",
        "persian": "straight quotation marks around “{inside}”; Persian uses guillemets",
    }

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        if lang.base(context.target_lang) == "fa":
            yield from self._persian(context)
            return
        opened = [match.group() for item in context.segments for match in _OPENED.finditer(item.target)]
        straight = [
            (item, match)
            for item in context.segments
            if item.target.count('"') % 2 == 0
            for match in _STRAIGHT.finditer(item.target)
            if item.target.count("«", 0, match.start()) == item.target.count("»", 0, match.start())
        ]
        if not straight or len(opened) < _LEAST * len(straight):
            return
        space = max(set(opened), key=opened.count)[1:]
        if not space and lang.base(context.target_lang) == "fr":
            space = "\u00a0"
        for item, match in straight:
            start, end = match.span()
            edits = [Edit(start, start + 1, f"«{space}"), Edit(end - 1, end, f"{space}»")]
            yield item.id, self.flag(item, start, end, "straight", fix=edits, inside=match.group(1))

    def _persian(self, context: Context) -> Iterable[tuple[int, Flag]]:
        for item in context.segments:
            tags = [match.span() for match in _TAG.finditer(item.target)]
            for match in _EITHER.finditer(item.target):
                start, end = match.span()
                if any(first <= start < last for first, last in tags):
                    continue
                edits = [Edit(start, start + 1, "«"), Edit(end - 1, end, "»")]
                yield (
                    item.id,
                    self.flag(
                        item,
                        start,
                        end,
                        "persian",
                        severity=Severity.NEUTRAL,
                        fix=edits,
                        inside=match["inside"],
                    ),
                )
