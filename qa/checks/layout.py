"""Line breaks, escapes and the spaces around tags: what keeps the layout of the source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.checks.markup import VOID, signature, tags_of, unmatched
from qa.model import Edit, Flag, Segment, Severity

__all__ = ["EscapesCheck", "LineBreaksCheck", "TagSpacingCheck"]

_BREAK = re.compile(r"[^\S\r\n]*(?:\r\n|\r|\n)")
_TAB = re.compile(r"\t")
_WRAPPED = 50
"""A line this long whose sentence goes on in the next was wrapped by an editor, not broken by its author."""
_ENDS = frozenset(".!?:;…。！？：；)]}>»”\"'|")


def _breaks(text: str) -> list[re.Match[str]]:
    """Line breaks inside ``text`` that its author made."""
    found, line = [], 0
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    for match in _BREAK.finditer(text, begin, end):
        short = match.start() - line < _WRAPPED
        if short or text[match.start() - 1] in _ENDS or text[match.end() : match.end() + 1] in "\r\n":
            found.append(match)
        line = match.end()
    return found


class LineBreaksCheck(SegmentCheck):
    """Line breaks and tabs inside the text: more or fewer than in the source.

    ## What it flags
    Another number of line breaks between first and last word than the source has, or of tabs. Lines that
    an editor wrapped (50 characters and more, going on in the middle of a sentence) do not count; white
    space at the edges is the business of ``edge-space``.

    ## Why it matters
    Addresses, lists and labels of two lines run together, and files that are read line by line break.

    ## Example
    ``Not saved.⏎Save now?`` → ``Non enregistré. Enregistrer ?``

    ## Fix
    The break, where the source has a single one, behind a sentence, and the translation has two sentences; a
    space for breaks of which the source has none.
    """

    id = "line-breaks"
    category = "linguistic-conventions/spacing"
    severity = Severity.MINOR
    precision = 0.9
    messages = {
        "breaks": "line breaks in the source: {wanted}, here: {found}",
        "tabs": "tabs in the source: {wanted}, here: {found}",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        if not any(mark in source or mark in text for mark in "\n\r\t"):
            return
        wanted, found = _breaks(source), _breaks(text)
        if len(wanted) != len(found):
            yield self._told(segment, "breaks", wanted, found, _mended(segment, wanted, found))
        wanted, found = (list(_TAB.finditer(side.strip())) for side in (source, text))
        if len(wanted) != len(found):
            wanted, found = list(_TAB.finditer(source)), list(_TAB.finditer(text))
            yield self._told(segment, "tabs", wanted, found, [])

    def _told(
        self,
        segment: Segment,
        key: str,
        wanted: Sequence[re.Match[str]],
        found: Sequence[re.Match[str]],
        fix: Sequence[Edit],
    ) -> Flag:
        surplus = len(found) > len(wanted)
        match = found[-1] if surplus else wanted[0]
        return self.flag(
            segment, match.start(), match.end(), key, side="target" if surplus else "source", fix=fix,
            wanted=str(len(wanted)), found=str(len(found)),
        )  # fmt: skip


_SENTENCE_END = re.compile(r"(?<=[.!?…])[^\S\r\n]+(?=\S)|(?<=[。！？])(?=[^\s」』”])")


def _mended(segment: Segment, wanted: Sequence[re.Match[str]], found: Sequence[re.Match[str]]) -> list[Edit]:
    if not wanted:
        return [Edit(match.start(), match.end(), " ") for match in found]
    if len(wanted) == 1 and not found and segment.source[wanted[0].start() - 1] in ".!?…。！？":
        ends = list(_SENTENCE_END.finditer(segment.target))
        if len(ends) == 1:
            return [Edit(ends[0].start(), ends[0].end(), wanted[0].group())]
    return []


_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[ntr0\"'\\])")
_PATH = re.compile(r"(?<![A-Za-z])[A-Za-z]:\\|\\\\\w+\\")
_LATEX = re.compile(r"\\[a-zA-Z]{2,}\s*\{")


class EscapesCheck(SegmentCheck):
    r"""Escape sequences (``\n``, ``\t``, ``\"``) of strings in programs: lost, added or changed.

    ## What it flags
    A backslash sequence that only one side has; before a quotation mark, which may have become another,
    that is minor. Texts with a path of Windows (``C:\new``) or LaTeX commands are left alone.

    ## Why it matters
    The program shows a backslash, glues two lines together, or does not compile.

    ## Example
    ``Loading…\nPlease wait`` → ``Chargement…n Veuillez patienter``

    ## Fix
    One that was lost at the very start or end is put back, one that the source has not is taken out.
    """

    id = "escapes"
    category = "design-and-markup/markup-tag"
    severity = Severity.MAJOR
    precision = 0.9
    messages = {
        "missing": "escape {code} of the source is missing",
        "extra": "escape {code} is not in the source",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        if "\\" not in source and "\\" not in text:
            return
        if any(pattern.search(side) for pattern in (_PATH, _LATEX) for side in (source, text)):
            return
        missing, extra = unmatched(list(_ESCAPE.finditer(source)), list(_ESCAPE.finditer(text)))
        for match in extra:
            yield self.flag(
                segment, match.start(), match.end(), "extra",
                severity=_weight(match), fix=[Edit(match.start(), match.end(), "")], code=match.group(),
            )  # fmt: skip
        for match in missing:
            edge = Edit(0, 0, match.group()) if match.start() == 0 else None
            if match.end() == len(source):
                edge = Edit(len(text), len(text), match.group())
            yield self.flag(
                segment, match.start(), match.end(), "missing", side="source",
                severity=_weight(match), fix=[edge] if edge else [], code=match.group(),
            )  # fmt: skip


def _weight(match: re.Match[str]) -> Severity:
    return Severity.MINOR if match.group()[-1] in "\"'" else Severity.MAJOR


_JOINING = frozenset("ar fa he ur ug ps sd ku ckb yi".split())
"""Languages whose particles are written in one word with what follows."""
_SUFFIXING = frozenset("hu fi et tr az kk ky uz tk tt ba ko eu ka mn ta te ml kn lv lt".split())
"""Languages whose endings would follow a tag that holds a name."""


class TagSpacingCheck(SegmentCheck):
    """Spaces that moved inside a pair of tags, or were lost beside it.

    ## What it flags
    A space behind an opening tag or before a closing one where the source has none, and a letter right before
    an opening tag or right behind a closing one where the source has a space: two words run together. Only
    tags that both sides have; the last not in languages without spaces, nor where particles or endings are
    glued to words.

    ## Why it matters
    Links and bold print begin or end with a blank, and words stick together.

    ## Example
    ``Click <b>here</b> now`` → ``Cliquez<b> ici </b>maintenant``

    ## Fix
    The spaces of the source.
    """

    id = "tag-spacing"
    category = "linguistic-conventions/spacing"
    severity = Severity.MINOR
    precision = 0.9
    messages = {
        "inside": "the space stands inside {tag}",
        "glued": "no space beside {tag}, in the source there is one",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        if "<" not in text or "<" not in source:
            return
        wanted, found = tags_of(source), tags_of(text)
        if Counter(map(signature, wanted)) != Counter(map(signature, found)):
            return
        language, told = lang.base(context.target_lang), -1
        for one, other in _paired(wanted, found):
            closing = bool(other["close"])
            joined = lang.is_unspaced(language) or language in (_SUFFIXING if closing else _JOINING)
            inner, outer = (other.start(), other.end()) if closing else (other.end(), other.start())
            was_inner, was_outer = (one.start(), one.end()) if closing else (one.end(), one.start())
            lost = (
                not joined
                and _beside(source, was_outer, before=not closing).isspace()
                and _beside(text, outer, before=not closing).isalnum()
            )
            gap = _gap(text, inner, before=closing)
            if gap and gap[0] == told:
                continue  # nothing but the space between two tags
            edits = [Edit(outer, outer, " ")] if lost else []
            if gap and not _gap(source, was_inner, before=closing):
                told = gap[0]
                edits = sorted([Edit(*gap, ""), *edits], key=lambda edit: edit.start)
                yield self.flag(segment, other.start(), other.end(), "inside", fix=edits, tag=other.group())
            elif lost:
                yield self.flag(segment, other.start(), other.end(), "glued", fix=edits, tag=other.group())


def _paired(
    wanted: Sequence[re.Match[str]], found: Sequence[re.Match[str]]
) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Tags of both sides that open or close something, the first of a kind with the first."""
    left = list(wanted)
    for match in found:
        one = next(each for each in left if signature(each) == signature(match))
        left.remove(one)
        if not (match["empty"] or match["rest"].endswith("/") or match["name"].lower() in VOID):
            yield one, match


def _beside(text: str, place: int, *, before: bool) -> str:
    """The character on that side of ``place``, empty at the edge."""
    return text[max(0, place - 1) : place] if before else text[place : place + 1]


def _gap(text: str, place: int, *, before: bool) -> tuple[int, int] | None:
    """Where white space lies on that side of ``place``, other than at the edge of the text."""
    start = end = place
    if before:
        while start and text[start - 1].isspace():
            start -= 1
        return (start, end) if 0 < start < end else None
    while end < len(text) and text[end].isspace():
        end += 1
    return (start, end) if start < end < len(text) else None
