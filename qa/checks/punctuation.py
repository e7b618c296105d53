"""Brackets, end punctuation, doubled and half-width marks, inverted marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity

__all__ = [
    "BracketsCheck",
    "DoubledPunctuationCheck",
    "EndPunctuationCheck",
    "InvertedMarkCheck",
    "PunctuationWidthCheck",
]

_OPEN = {"(": ")", "[": "]", "{": "}", "（": "）", "［": "］", "｛": "｝", "【": "】", "「": "」", "『": "』",
         "《": "》", "〈": "〉", "〔": "〕", "〖": "〗"}  # fmt: skip
_CLOSE = {close: opening for opening, close in _OPEN.items()}
_BRACKET = re.compile("[" + re.escape("".join([*_OPEN, *_CLOSE])) + "]")
# Full-width brackets pair with their ASCII partners: texts mix them, and that is another matter.
_KIND = {"（": "(", "）": ")", "［": "[", "］": "]", "｛": "{", "｝": "}"}
_SMILEY = re.compile(r"(?<!\w)[:;=8xX]['’]?-?[()\[\]{}]+")
_LIST_LABEL = re.compile(r"^\s*(?:\d{1,3}|[^\W\d_]{1,4})\)|(?<=[\s,;(])(?:\d{1,2}|[^\W\d_])\)(?=\s)")

# Square and curly brackets stand for something: insertions, references, code. «[w]hile» is English usage.
_CODE_LIKE = re.compile(
    r"\[(?!\w\]\w)[^\[\]]{1,200}\](?!\()|\{[^{}]{1,200}\}|\][^\[\]]{1,80}\[|\}[^{}]{1,80}\{"
)


def _lone_brackets(text: str) -> list[int]:
    """Offsets of brackets without a partner; list labels ``a)`` and smileys are none."""
    skipped: set[int] = set()
    for match in _SMILEY.finditer(text):
        skipped.update(range(match.start(), match.end()))
    for match in _LIST_LABEL.finditer(text):
        skipped.add(match.end() - 1)
    stack: list[tuple[str, int]] = []
    lone: list[int] = []
    labels: list[int] = []
    for match in _BRACKET.finditer(text):
        char, at = match.group(), match.start()
        kind = _KIND.get(char, char)
        if char in _OPEN:
            if at not in skipped:
                stack.append((_OPEN[kind], at))
            continue
        if stack and stack[-1][0] == kind:
            stack.pop()
        elif at in skipped:
            labels.append(at)
        elif any(wanted == kind for wanted, _ in stack):
            while stack[-1][0] != kind:
                lone.append(stack.pop()[1])
            stack.pop()
        else:
            lone.append(at)
    return sorted(lone + [at for _, at in stack])


class BracketsCheck(SegmentCheck):
    """Brackets without a partner.

    ## What it flags
    A bracket of any script — ``( ) [ ] { } （ ） 「 」 《 》`` … — that is never closed, never opened or
    closed by another kind, and words of the source in square or curly brackets where the translation
    has no such bracket. List labels (``a)``), smileys, a letter changed in a quotation (``[w]hile``) and a
    source with the same lone brackets are left alone.

    ## Why it matters
    The reader loses where the aside ends; placeholders and code break.

    ## Example
    ``le traité (signé en 1987 est caduc``

    ## Fix
    When the source ends in the closing bracket and the translation only lacks it, adds it at the end.
    """

    id = "brackets"
    category = "linguistic-conventions/punctuation"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.9
    messages = {
        "unclosed": "bracket {bracket} is never closed",
        "unopened": "bracket {bracket} was never opened",
        "lost": "the source has “{part}” in brackets, the translation no {bracket}",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text, source = segment.target, segment.source
        if not _BRACKET.search(text) and "[" not in source and "{" not in source:
            return
        for match in _CODE_LIKE.finditer(source):
            opening = match.group()[0] if match.group()[0] in _OPEN else match.group()[-1]
            if opening not in text and _OPEN[opening] not in text:
                yield self.flag(
                    segment, *match.span(), "lost", side="source",
                    part=match.group()[1:-1].strip(), bracket=opening,
                )  # fmt: skip
        lone = _lone_brackets(text)
        if not lone:
            return
        if source and _lone_brackets(source):
            return
        for at in lone:
            bracket = text[at]
            key = "unclosed" if bracket in _OPEN else "unopened"
            fix: list[Edit] = []
            if key == "unclosed" and len(lone) == 1:
                fix = _closing_fix(source, text, bracket)
            yield self.flag(segment, at, at + 1, key, fix=fix, bracket=bracket)


def _closing_fix(source: str, target: str, bracket: str) -> list[Edit]:
    """The missing bracket at the end, when the source has its own there."""
    ending = re.search(r"[)\]}）］｝】」』》〉]([.!?。！？…]*)\s*$", source)
    if ending is None:
        return []
    stop = re.search(r"[.!?。！？…]*\s*$", target)
    at = stop.start() if stop and ending.group(1) else len(target.rstrip())
    return [Edit(at, at, _OPEN[bracket])]


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
_NO_STOPS = frozenset({"th", "lo", "km", "my", "bo"})
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
    if text.endswith(("..", "。。"), 0, core):
        return "ellipsis", core
    if language == "el" and last in ";\u037e":
        return "question", core
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
    is a neutral remark: sources often lose theirs. A headline without a stop on both sides is fine, as
    are the marks of each script (``。 ？ । ؟``) and Greek ``;``.

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
        if before == after or end == 0 or source_end == 0:
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
        elif (after == "comma" and before in _PLAIN) or {before, after} == {"stop", "ellipsis"}:
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


_DOUBLED = re.compile(
    r"""(?<![.,;:!?、。，])
    (?: ,(?:\s?,)+ | ;(?:\s?;)+ | (?<!:):(?:\s:)+ | \.\s?, | ,\s?\.(?![.\d]) | ;\s?[,.] | :\s?[,.] | [,;]\s?:
      | ，，+ | 、、+ | 。。(?!。) | ，。 | 。， )
    (?![.,;:!?)(])""",
    re.VERBOSE,
)


class DoubledPunctuationCheck(SegmentCheck):
    """Two punctuation marks where one belongs.

    ## What it flags
    ``,,``, ``, .``, ``;,``, ``。。`` and the like. Ellipses, ``?!``, an abbreviation's stop before a comma
    (``etc.,``) and doubles that stand in the source as well are left alone.

    ## Why it matters
    It is a plain slip that every reader sees.

    ## Example
    ``Le traité,, signé en 1987``

    ## Fix
    Keeps the stronger of the two marks.
    """

    id = "doubled-punctuation"
    category = "linguistic-conventions/punctuation"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.9
    messages = {"doubled": "“{found}”: two marks where one belongs"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        for match in _DOUBLED.finditer(text):
            found = match.group()
            if found.replace(" ", "") == ".," or found in segment.source:
                continue
            kept = next((mark for mark in ".。;:,，、" if mark in found), found[0])
            yield self.flag(
                segment, match.start(), match.end(), "doubled",
                fix=[Edit(match.start(), match.end(), kept)], found=found,
            )  # fmt: skip


_HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff々〇"
_HALF_WIDTH = re.compile(rf"(?<=[{_HAN}])[,;!?:](?=[{_HAN}]|\s*$)|(?<=[{_HAN}])\.(?=\s*$)")
_FULL_WIDTH = re.compile(r"[，。；！？：、．]")
_TO_FULL = {",": "，", ";": "；", "!": "！", "?": "？", ":": "：", ".": "。"}
_TO_HALF = {"，": ",", "。": ".", "；": ";", "！": "!", "？": "?", "：": ":", "、": ",", "．": "."}


class PunctuationWidthCheck(SegmentCheck):
    """Half-width marks in Chinese or Japanese, full-width marks elsewhere.

    ## What it flags
    An ASCII comma, stop, colon or question mark between Chinese or Japanese characters, and a
    full-width or ideographic mark (``，。、``) in a text of another script.

    ## Why it matters
    The wrong width breaks the line grid in East Asian text and looks foreign everywhere else.

    ## Example
    ``我们明天开始,然后继续.``

    ## Fix
    The mark of the right width.
    """

    id = "punctuation-width"
    category = "linguistic-conventions/punctuation"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.9
    messages = {
        "half": "half-width “{found}” between full-width characters; use “{wanted}”",
        "full": "full-width “{found}” in a text of another script; use “{wanted}”",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        if lang.base(context.target_lang) in {"zh", "ja", "yue"}:
            for match in _HALF_WIDTH.finditer(text):
                wanted = _TO_FULL[match.group()]
                yield self._flagged(segment, match.start(), "half", wanted)
        elif lang.base(context.target_lang) != "ko":
            for match in _FULL_WIDTH.finditer(text):
                if _beside_han(text, match.start()):
                    continue
                wanted = _TO_HALF[match.group()]
                following = text[match.end() : match.end() + 1]
                spaced = wanted + " " if following and following.isalnum() and wanted != "." else wanted
                yield self._flagged(segment, match.start(), "full", spaced)

    def _flagged(self, segment: Segment, at: int, key: str, wanted: str) -> Flag:
        found = segment.target[at]
        return self.flag(
            segment, at, at + 1, key, fix=[Edit(at, at + 1, wanted)], found=found, wanted=wanted.strip()
        )


def _beside_han(text: str, at: int) -> bool:
    return any("\u2e80" <= char <= "\u9fff" for char in text[max(0, at - 1) : at] + text[at + 1 : at + 2])


_SENTENCE_END = re.compile(r"[?!]+")
_INVERTED = {"?": "¿", "!": "¡"}


class InvertedMarkCheck(SegmentCheck):
    """Spanish questions and exclamations without their opening mark.

    ## What it flags
    ``?`` or ``!`` that no ``¿`` or ``¡`` opens before it in the same text, in Spanish, Asturian and Galician.

    ## Why it matters
    The opening mark is required by Spanish orthography; its absence is a calque of the source.

    ## Example
    ``Cuándo empieza?``

    ## Fix
    Adds the opening mark at the start when the text is one sentence without a comma; otherwise none,
    since the question may begin in the middle.
    """

    id = "inverted-mark"
    category = "linguistic-conventions/punctuation"
    severity = Severity.MINOR
    needs_source = False
    languages = frozenset({"es", "ast"})
    precision = 0.9
    messages = {"missing": "“{mark}” lacks its opening “{wanted}”"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        opened = 0
        for match in _SENTENCE_END.finditer(text):
            mark = match.group()[0]
            wanted = _INVERTED[mark]
            before = text[opened : match.start()]
            opened = match.end()
            lone = not any(char.isalpha() for char in before) or "://" in before
            if lone or any(char in before for char in "¿¡"):
                continue
            fix = [Edit(_first_letter(text), _first_letter(text), wanted)]
            simple = match.end() >= len(text.rstrip(' "»”')) and not re.search(r"[,.:;—]", before)
            yield self.flag(
                segment, match.start(), match.start() + 1, "missing", fix=fix if simple else (),
                mark=mark, wanted=wanted,
            )  # fmt: skip


def _first_letter(text: str) -> int:
    return next((at for at, char in enumerate(text) if char.isalnum()), 0)
