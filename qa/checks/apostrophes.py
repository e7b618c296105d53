"""Apostrophes: accents in their place, and two kinds in one text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from qa.checks.base import Context, DocumentCheck
from qa.lang import base
from qa.model import Edit, Flag, Severity

__all__ = ["ApostropheCheck"]

_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏͰ-Ͽἀ-῿Ѐ-ӿ"
_WORD = re.compile(rf"[{_LETTERS}]{{1,40}}(?P<mark>['’ʼ´`′‘])[{_LETTERS}]{{1,40}}")
_FALSE = frozenset("´`′‘")
"""Accents, primes and opening marks, which keyboards and engines put there."""
_LEAST, _SHARE = 10, 0.9
"""A text has a habit when it has so many apostrophes, and this share of them of one kind."""
_NOT_HERE = frozenset({"haw", "to", "sm", "mi", "ty", "uz", "br", "mt"})
"""Languages in whose words an opening mark or an accent is a letter."""


class ApostropheCheck(DocumentCheck):
    """A character that is no apostrophe in the place of one, and another kind than the rest of the text has.

    ## What it flags
    ``´``, a backtick, ``′`` or ``‘`` between two letters. A straight apostrophe in a text of curly ones, or a
    curly one in a text of straight ones (nine in ten, of ten and more) is a neutral remark. Words that the
    source has too, such as names, are left alone.

    ## Why it matters
    Searches and spelling checkers do not find the word, and in print the difference shows.

    ## Example
    ``l´accord`` → ``l’accord``

    ## Fix
    The apostrophe that the text uses.
    """

    id = "apostrophe"
    category = "linguistic-conventions/punctuation"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.9
    messages = {
        "false": "“{found}” is no apostrophe",
        "habit": "“{found}” where the rest of the text writes “{usual}”",
    }

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        """Pairs of (segment id, flag), in document order."""
        found = [
            (segment, match)
            for segment in context.segments
            for match in _WORD.finditer(segment.target)
            if match.group() not in segment.source
        ]
        counts = Counter(match["mark"] for _, match in found if match["mark"] not in _FALSE)
        total = counts.total()
        usual, most = counts.most_common(1)[0] if counts else ("’", 0)
        habit = total >= _LEAST and most >= _SHARE * total
        letters = base(context.target_lang) in _NOT_HERE
        for segment, match in found:
            mark, (start, end) = match["mark"], match.span("mark")
            false = mark in _FALSE
            if (false and letters) or mark == usual or not (false or habit):
                continue
            yield (
                segment.id,
                self.flag(
                    segment, start, end, "false" if false else "habit",
                    severity=None if false else Severity.NEUTRAL,
                    fix=[Edit(start, end, usual)], found=mark, usual=usual,
                ),
            )  # fmt: skip
