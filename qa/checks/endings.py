"""How a sentence ends: the marks of each script, compared with the source."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity

__all__ = ["EndPunctuationCheck", "ending"]

_TRAILING = re.compile(r"(?:[\s\"'«»‹›“”„‟‘’‚＂)\]}）］」』》〉】*_\u200e\u200f]|</?\w[^<>]*>)+$")
_STOPS = {
    ".": "stop", "。": "stop", "．": "stop", "｡": "stop", "।": "stop", "॥": "stop", "۔": "stop", "։": "stop",
    "។": "stop", "။": "stop", "።": "stop", "᱾": "stop",
    "?": "question", "⁇": "question", "⁈": "question", "⁉": "question", "？": "question", "؟": "question",
    "⸮": "question", "՞": "question", "፧": "question",
    "!": "exclamation", "‼": "exclamation", "！": "exclamation", "՜": "exclamation",
    "…": "ellipsis", "⋯": "ellipsis",
    ":": "colon", "：": "colon", "՝": "colon", ";": "semicolon", "；": "semicolon", "؛": "semicolon",
    ",": "comma", "，": "comma", "、": "comma", "،": "comma",
}  # fmt: skip
_NO_STOPS = frozenset({"th", "lo", "km", "bo"})
_WANTED = {
    "zh": {"stop": "。", "question": "？", "exclamation": "！", "colon": "："},
    "ja": {"stop": "。", "question": "？", "exclamation": "！", "colon": "："},
    "ar": {"question": "؟"},
    "fa": {"question": "؟"},
    "ur": {"stop": "۔", "question": "؟"},
    "hi": {"stop": "।"},
    "bn": {"stop": "।"},
    "ne": {"stop": "।"},
    "hy": {"stop": "։"},
    "my": {"stop": "။", "question": "။"},
    "el": {"question": ";"},
    "fr": {"question": "\u00a0?", "exclamation": "\u00a0!", "colon": "\u00a0:"},
}
_PLAIN = {"stop": ".", "question": "?", "exclamation": "!", "colon": ":", "ellipsis": "…"}


def ending(text: str, language: str) -> tuple[str, int]:
    """What kind of mark ends ``text`` and the offset just after it.

    The kind is "" where no mark ends it; closing quotation marks, brackets and tags are looked
    through, and three dots are an ellipsis.
    """
    core = len(text)
    trailing = _TRAILING.search(text, max(0, len(text) - 200))
    if trailing:
        core = trailing.start()
    if core == 0:
        return "", len(text)
    last = text[core - 1]
    if text.endswith(("...", "….", "?..", "!..", "。。"), 0, core):  # two dots alone are a slip
        return "ellipsis", core
    if language == "el" and last in ";\u037e":
        return "question", core
    if language == "my" and text.endswith("\u1038။", 0, core):
        return "question", core  # its particles that ask, and hardly a statement, end in a visarga
    if language == "hy" and last == "`":  # how «՝» is often typed
        return "colon", core
    kind = _STOPS.get(last, "")
    if kind == "question" and core > 1 and text[core - 2] in "!！":
        return "question", core
    if kind == "exclamation" and core > 1 and text[core - 2] in "?？":
        return "question", core
    return kind, core


class EndPunctuationCheck(SegmentCheck):
    """End punctuation that differs from the source.

    ## What it flags
    A sentence whose source ends in a full stop, question mark, exclamation mark, colon or ellipsis and
    whose translation ends in none (or the reverse), a question that is no question any more (or the
    reverse), and an ellipsis for a full stop (or the reverse). A full stop that only the translation has
    is a neutral remark: sources often lose theirs; so are three dots for ``…``. A headline without a stop on
    both sides is fine, as are the marks of each script (``。 ？ । ؟``) and Greek ``;``.

    ## Why it matters
    A missing stop glues two sentences together; a lost question mark turns a question into a claim.

    ## Example
    ``Вы уверены?`` → ``Vous êtes sûr.``

    ## Fix
    Adds, replaces or removes the mark, in the form the target language uses.
    """

    id = "end-punctuation"
    category = "linguistic-conventions/punctuation"
    severity = Severity.MINOR
    precision = 0.8
    messages = {
        "missing": "the source ends in “{source}”, the translation in no punctuation",
        "added": "the source ends in no punctuation, the translation in “{target}”",
        "question": "the source ends in “{source}”, the translation in “{target}”: question and statement",
        "changed": "the source ends in “{source}”, the translation in “{target}”",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source_language, language = lang.base(context.source_lang), lang.base(context.target_lang)
        if language in _NO_STOPS or source_language in _NO_STOPS:
            return
        source, text = segment.source, segment.target
        before, source_end = ending(source, source_language)
        after, end = ending(text, language)
        if end == 0 or source_end == 0:
            return
        if before == after:
            start, first = _mark_start(text, end), _mark_start(source, source_end)
            if before == "ellipsis" and source[first:source_end] == "…" and text[start:end] == "...":
                yield self.flag(
                    segment, start, end, "changed", severity=Severity.NEUTRAL, confidence=0.6,
                    fix=[Edit(start, end, "…")], source="…", target="...",
                )  # fmt: skip
            return
        if language == "hy" and (not before or "exclamation" in (before, after)):
            return  # its marks of exclamation and question stand on the stressed word
        source_mark = source[source_end - 1] if before else ""
        mark = text[end - 1] if after else ""
        wanted = _WANTED.get(language, {}).get(before) or _PLAIN.get(before, "")
        if not after and before in _PLAIN:
            if not _is_sentence(text):
                return
            yield self.flag(
                segment, end - 1, end, "missing", fix=[Edit(end, end, wanted)], source=source_mark
            )
        elif {before, after} == {"question", "stop"} and not _asks_inside(source, text, before):
            fix = [
                Edit(end - 1, end, wanted.lstrip("\u00a0") if text[end - 2 : end - 1].isspace() else wanted)
            ]
            yield self.flag(
                segment, end - 1, end, "question", fix=fix if wanted else (), source=source_mark, target=mark
            )
        elif (
            (after == "comma" and before in _PLAIN)
            or {before, after} == {"stop", "ellipsis"}
            or (
                {before, after} == {"question", "exclamation"}
                and self._cries(segment, before, source_end, end)
            )
        ):
            start = _mark_start(text, end)
            yield self.flag(
                segment, start, end, "changed", fix=[Edit(start, end, wanted)],
                source=source_mark, target=text[start:end],
            )  # fmt: skip
        elif (
            not before and after in _PLAIN and _is_sentence(source) and not _asks_inside(source, text, before)
        ):
            start, sure = _mark_start(text, end), after != "stop"
            yield self.flag(
                segment, start, end, "added", fix=[Edit(start, end, "")], target=text[start:end],
                severity=None if sure else Severity.NEUTRAL, confidence=None if sure else 0.5,
            )  # fmt: skip

    def _cries(self, segment: Segment, before: str, source_end: int, end: int) -> bool:
        """One side asks, the other only cries."""
        return not (
            _asks_inside(segment.source, segment.target, before)
            or _is_double(segment.source, source_end)
            or _is_double(segment.target, end)
        )


def _is_double(text: str, end: int) -> bool:
    """The mark that ends at ``end`` asks and cries at once: ?!"""
    return {_STOPS.get(mark) for mark in text[max(0, end - 2) : end]} >= {"question", "exclamation"} or (
        text[end - 1] in "⁈⁉"
    )


def _mark_start(text: str, end: int) -> int:
    """Where the mark that ends at ``end`` begins: with its other dots and the no-break space before it."""
    start = end - 1
    while start and text[start] in ".。" and text[start - 1] in ".。":
        start -= 1
    while start and text[start - 1] in "\u00a0\u202f":
        start -= 1
    return start


def _asks_inside(source: str, target: str, before: str) -> bool:
    """The question stands inside the other side's sentence: «“Why?” he asked.»"""
    return any(mark in (target if before == "question" else source) for mark in "?？؟")


def _is_sentence(text: str) -> bool:
    """A URL, a number or an empty text needs no end mark."""
    stripped = text.strip()
    return any(char.isalpha() for char in stripped) and not re.search(r"(?:https?://|www\.)\S+$", stripped)
