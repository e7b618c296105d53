"""Capitals at the start of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.checks.endings import ending
from qa.model import Edit, Flag, Segment, Severity

__all__ = ["SentenceCaseCheck"]

_CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
# Behind a brace or two square brackets stands a placeholder, whose name nobody capitalises.
_OPENING = re.compile(r"(?:(?!\[\[)[\s\"'«»‹“”„‘’‚(\[¿¡—–\-•*\u200e\u200f\u00a0\u202f])*")
_NAME_LIKE = re.compile(r"^(?:[a-zа-я]+[A-ZА-Я]|[a-z]-|\w+[.@/:_]\w|d[’']|de |von |van |al-|el-|https?|www)")


# After a clipped word the next one has the capital: «'n Man», «'t Is laat».
_CLIPPED = re.compile(r"['’‘][nstkr]\s+")
_CLIPPED_LANGUAGES = frozenset({"af", "nl"})


class SentenceCaseCheck(SegmentCheck):
    """A sentence that begins without a capital.

    ## What it flags
    A target that begins with a lower-case letter and ends as a sentence does, when the source begins with
    a capital or is written in a script without capitals. A source in lower case, brand names (iPhone),
    name particles (de Gaulle), addresses, placeholders and continuations after an ellipsis are left alone.

    ## Why it matters
    The sentence looks like a fragment.

    ## Example
    ``Путин подчеркнул, что…`` → ``poutine a souligné que…``

    ## Fix
    The capital.
    """

    id = "sentence-case"
    category = "linguistic-conventions/spelling"
    severity = Severity.MINOR
    precision = 0.9
    messages = {"lower": "the sentence begins with a lower-case letter"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        if lang.script(context.target_lang) not in _CASED:
            return
        opening = _OPENING.match(text)
        at = opening.end() if opening else 0
        if lang.base(context.target_lang) in _CLIPPED_LANGUAGES and (
            clipped := _CLIPPED.match(text, max(0, at - 1))
        ):
            at = clipped.end()
        if not text[at : at + 1].islower() or text[:at].strip(" \u00a0").startswith(("-", "–", "—", "•")):
            return
        if "…" in text[:at] or _NAME_LIKE.match(text[at : at + 40]):
            return
        if not self._wanted(segment, context):
            return
        upper = text[at].upper()
        if len(upper) == 1:
            yield self.flag(segment, at, at + 1, "lower", fix=[Edit(at, at + 1, upper)])

    def _wanted(self, segment: Segment, context: Context) -> bool:
        """The source shows that this is the start of a sentence."""
        source = segment.source
        first = next((char for char in source if char.isalpha()), "")
        if first and first.lower() != first.upper():
            digits = next((char for char in source if char.isalnum()), "").isdigit()
            return first.isupper() and not digits
        kind, _ = ending(source, lang.base(context.source_lang))
        mine, _ = ending(segment.target, lang.base(context.target_lang))
        return kind in ("stop", "question", "exclamation") or mine in ("stop", "question", "exclamation")
