"""Brackets, doubled and half-width marks, inverted marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity

__all__ = [
    "BracketsCheck",
    "DoubledPunctuationCheck",
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


_DOUBLED = re.compile(
    r"""(?<![.,;:!?、。，])
    (?: ,(?:\s?,)+ | ;(?:\s?;)+ | (?<!:):(?:\s:)+ | \.\s?, | ,\s?\.(?![.\d]) | ;\s?[,.] | :\s?[,.] | [,;]\s?:
      | (?<=\b[^\W\d_]\.[^\W\d_])\.\.(?=["”’»)]*\s*$) | (?<=\b(?:etc|Inc|Ltd|Mrd|Mio))\.\.(?=\s*$)
      | ，，+ | 、、+ | 。。(?!。) | ，。 | 。， )
    (?![.,;:!?)(])""",
    re.VERBOSE,
)


class DoubledPunctuationCheck(SegmentCheck):
    """Two punctuation marks where one belongs.

    ## What it flags
    ``,,``, ``, .``, ``;,``, ``。。`` and the like, and a stop after the stop of an abbreviation at the end
    (``at 9 p.m..``). Ellipses, ``?!``, an abbreviation's stop before a comma
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
_HALF_WIDTH = re.compile(rf"(?<=[{_HAN}])[,;!?:](?=[{_HAN}]|\s*$)|(?<=[{_HAN}])[.,](?=\s*$|[\"”’」』])")
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
