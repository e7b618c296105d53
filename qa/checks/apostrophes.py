"""Apostrophes: accents in their place, and two kinds in one text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from qa.checks.base import Context, DocumentCheck
from qa.lang import base
from qa.model import Edit, Flag, Segment, Severity

__all__ = ["APOSTROPHES", "ApostropheCheck", "usual_mark", "with_mark"]

APOSTROPHES = "'’ʼ"
_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏͰ-Ͽἀ-῿Ѐ-ӿ"
_WORD = re.compile(rf"[{_LETTERS}]{{1,40}}(?P<mark>['’ʼ´`′‘])[{_LETTERS}]{{1,40}}")
_FALSE = frozenset("´`′‘")
"""Accents, primes and opening marks, which keyboards and engines put there."""
_SET = re.compile(rf"(?<=[{_LETTERS}])[{APOSTROPHES}](?=[{_LETTERS}])")
_LEAST, _SHARE = 10, 0.9
"""A text has a habit when it has so many apostrophes, and this share of them of one kind."""
_NOT_HERE = frozenset({"haw", "to", "sm", "mi", "ty", "uz", "br", "mt"})
"""Languages in whose words an opening mark or an accent is a letter."""


def usual_mark(segments: Iterable[Segment]) -> str:
    """The apostrophe that most words of the translation are written with, "" where none has one."""
    counts = _counted(match for _, match in _found(segments))
    return counts.most_common(1)[0][0] if counts else ""


def with_mark(flag: Flag, segment: Segment, mark: str) -> Flag:
    """``flag`` with the apostrophes of its fix written as ``mark``: checks need not know the text's habit.

    A fix that does nothing else than set an apostrophe stays as it is.
    """
    if flag.side != "target":
        return flag
    fix = tuple(_written(edit, segment.target, mark) for edit in flag.fix)
    if fix == flag.fix or all(edit.text == segment.target[edit.start : edit.end] for edit in fix):
        return flag
    return replace(flag, fix=fix)


def _written(edit: Edit, text: str, mark: str) -> Edit:
    """What stands beside the edit tells «l’» + «usine» from a closing quotation mark."""
    before, after = text[: edit.start][-1:], text[edit.end :][:1]
    changed = _SET.sub(mark, f"{before}{edit.text}{after}")
    return replace(edit, text=changed[len(before) : len(changed) - len(after)])


_Found = Iterable[tuple[Segment, re.Match[str]]]


def _found(segments: Iterable[Segment]) -> _Found:
    return (
        (segment, match)
        for segment in segments
        for match in _WORD.finditer(segment.target)
        if match.group() not in segment.source
    )


def _counted(matches: Iterable[re.Match[str]]) -> Counter[str]:
    return Counter(match["mark"] for match in matches if match["mark"] not in _FALSE)


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
        found = list(_found(context.segments))
        counts = _counted(match for _, match in found)
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
