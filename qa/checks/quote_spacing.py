"""Spaces inside quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.checks.quote_marks import NBSP, NNBSP
from qa.model import Edit, Flag, Segment, Severity

__all__ = ["QuoteSpacingCheck"]

_SPACED = frozenset({"br", "co", "fr", "ht", "oc", "wa"})
"""Languages that set spaces inside guillemets."""
_PAIR = re.compile(
    rf"(?P<opening>[«“„])(?P<first>[ {NBSP}{NNBSP}]*)[^«»“”„]*?(?P<last>[ {NBSP}{NNBSP}]*)(?P<closing>[»”“])"
)


class QuoteSpacingCheck(SegmentCheck):
    """Spaces inside quotation marks.

    ## What it flags
    A space after an opening and before a closing mark (``« слово »``, ``“ word ”``) in languages other
    than French and its like. A source in one of the other languages that writes so excuses it, and so does
    tokenised text.

    ## Why it matters
    The spaces are those of French; a mark may wrap away from its word.

    ## Example
    ``« Нам нечего скрывать », — сказал он``

    ## Fix
    Removes the spaces.
    """

    id = "quote-spacing"
    category = "linguistic-conventions/spacing"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.9
    messages = {"spaced": "spaces inside the quotation marks {opening} {closing}"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        if lang.base(context.target_lang) in _SPACED:
            return
        spaced = [match for match in _PAIR.finditer(text) if match["first"] and match["last"]]
        if not spaced or _tokenised(segment, context):
            return
        for match in spaced:
            edits = [Edit(*match.span("first"), ""), Edit(*match.span("last"), "")]
            yield self.flag(
                segment, match.start(), match.end("first"), "spaced",
                fix=edits, opening=match["opening"], closing=match["closing"],
            )  # fmt: skip


_LOOSE = re.compile(r"\w [,.，。](?: |$)")


def _tokenised(segment: Segment, context: Context) -> bool:
    """Spaces stand around every mark, or the source has those inside quotation marks without being French."""
    if _LOOSE.search(segment.target) or _LOOSE.search(segment.source):
        return True
    french = bool(context.source_lang) and lang.base(context.source_lang) in _SPACED
    found = _PAIR.finditer(segment.source)
    return not french and any(match["first"] and match["last"] for match in found)
