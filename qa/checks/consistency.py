"""One source rendered in several ways, several sources in one way, one quotation in two wordings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from qa.checks.base import Context, DocumentCheck
from qa.checks.markup import without_tags
from qa.lang import base
from qa.model import Edit, Flag, Segment, Severity, Side

__all__ = ["InconsistentSourceCheck", "InconsistentTargetCheck", "QuotedPhraseCheck", "Rendering"]

_WORD = re.compile(r"[^\W_]+")
_SURE = 0.85
"""Confidence where the usual rendering stands twice or more; a single other one may be the wrong one."""
_UNSURE = 0.6
_ROOM = 90


def _words(text: str) -> str:
    """Letters and digits alone, folded: case, spaces, tags and marks are other checks' business."""
    return " ".join(_WORD.findall(without_tags(text).casefold()))


def _brief(text: str) -> str:
    """As much of ``text`` as a message has room for."""
    return text if len(text) <= _ROOM else text[: _ROOM - 1].rstrip() + "…"


def _repeated(segments: Sequence[Segment], side: Side) -> Iterator[tuple[str, list[tuple[Segment, str]]]]:
    """Words that several segments have on ``side``; these segments, with their words on the other, if any."""
    by_words: defaultdict[str, list[Segment]] = defaultdict(list)
    for segment in segments:
        if words := _words(segment.source if side == "source" else segment.target):
            by_words[words].append(segment)
    for words, shared in by_words.items():
        if len(shared) > 1:
            others = ((one, _words(one.target if side == "source" else one.source)) for one in shared)
            yield words, [(one, other) for one, other in others if other]


@dataclass(frozen=True, slots=True)
class Rendering:
    """How ``count`` segments of one source read (``text``) and read at first (``mt``); ``position`` is the
    place of the first of them."""

    text: str
    mt: str
    position: int
    count: int


class InconsistentTargetCheck(DocumentCheck):
    """The same source sentence, translated otherwise elsewhere in the document.

    ## What it flags
    A segment whose source stands in the document more than once (case, spaces, tags and punctuation aside)
    and whose translation is in other words than most of these, or, where none is in the majority, than the
    first. Sources of a single word may need other words in other places: there it is a neutral remark.

    ## Why it matters
    A button that is called by two names, a clause that reads differently in two places of a contract: readers
    look for a difference that is none.

    ## Example
    ``Save changes`` is « Enregistrer les modifications » in segments 3 and 9, « Sauver le tout » in 14.

    ## Fix
    The usual translation, if it is the commoner one: of two that stand once each, either may be wrong.
    """

    id = "inconsistent-target"
    category = "style/inconsistent"
    severity = Severity.MINOR
    precision = 0.7
    messages = {
        "other": "elsewhere the same source is “{usual}” (segment {first}; {count} in all)",
        "same": "by now, the same source reads the same elsewhere",
    }

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        """Pairs of (segment id, flag), source by source."""
        if base(context.source_lang) == base(context.target_lang):
            return
        for source, found in _repeated(context.segments, "source"):
            counts = Counter(target for _, target in found)
            if len(counts) < 2 or not any(map(str.isalpha, source)):
                continue
            usual, count = counts.most_common(1)[0]  # of several as common, the first in the document
            first = next(segment for segment, target in found if target == usual)
            short = " " not in source
            for segment, target in found:
                if target == usual:
                    continue
                rarer = counts[target] < count
                mendable = rarer and segment.source == first.source
                whole = [Edit(0, len(segment.target), first.target)] if mendable else []
                yield (
                    segment.id,
                    self.flag(
                        segment, 0, len(segment.target), "other",
                        severity=Severity.NEUTRAL if short else None,
                        confidence=_SURE if rarer else _UNSURE,
                        fix=whole, usual=_brief(first.target), count=str(count), first=str(first.id),
                    ),
                )  # fmt: skip

    @classmethod
    def requoted(cls, flag: Flag, own: str, said: Sequence[Rendering]) -> Flag:
        """``flag`` of a segment that reads ``own``, with what segments of its source say by now: the one it
        quotes may have been corrected since. ``said`` is in document order."""
        quoted = flag.params.get("usual")
        stands = any(_brief(each.text) == quoted for each in said)
        if stands or not any(_brief(each.mt) == quoted for each in said):
            return flag
        counts: Counter[str] = Counter()
        for each in said:
            counts[_words(each.text)] += each.count
        mine = counts.pop(_words(own), 0)
        del counts[""]
        if not counts:
            return replace(flag, fix=(), message=cls.messages["same"], key="same", params={})
        usual, count = counts.most_common(1)[0]
        first = next(each for each in said if _words(each.text) == usual)
        params = {"usual": _brief(first.text), "first": str(first.position), "count": str(count)}
        fix = tuple(replace(edit, text=first.text) for edit in flag.fix) if count > mine else ()
        return replace(flag, fix=fix, message=cls.messages["other"].format_map(params), params=params)


_LEAST_WORDS = 5


class InconsistentSourceCheck(DocumentCheck):
    """One translation for two source sentences that say different things.

    ## What it flags
    A translation of at least five words that the document has for another source too, at the rarer source or
    the later one. Where the two sources differ in a few letters only (a misprint, an ending), or are long and
    nearly the same, nothing is said.

    ## Why it matters
    A translation memory put the neighbour's translation in, or a line was copied and not changed.

    ## Example
    ``Do not open the valve.`` and ``Do not open the door.`` → « N’ouvrez pas la vanne. »

    ## Fix
    None.
    """

    id = "inconsistent-source"
    category = "accuracy/mistranslation"
    severity = Severity.MINOR
    precision = 0.7
    messages = {
        "other": "this is also the translation of another source in segment {first}: “{source}”",
    }

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        """Pairs of (segment id, flag), translation by translation."""
        if base(context.source_lang) == base(context.target_lang):
            return
        for target, found in _repeated(context.segments, "target"):
            counts = Counter(source for _, source in found)
            long = target.count(" ") + 1 >= _LEAST_WORDS or len(target) >= 4 * _LEAST_WORDS
            if len(counts) < 2 or not long:
                continue
            usual = counts.most_common(1)[0][0]
            first = next(segment for segment, source in found if source == usual)
            others = {source for source in counts if source != usual and not _misprint(usual, source)}
            for segment, source in found:
                if source in others:
                    yield (
                        segment.id,
                        self.flag(
                            segment, 0, len(segment.target), "other",
                            source=_brief(first.source), first=str(first.id),
                        ),
                    )  # fmt: skip


def _misprint(one: str, other: str) -> bool:
    """Every word has its like on the other side, but for an ending or a letter; digits count fully. Of long
    texts nearly every one."""
    mine, theirs = one.split(), other.split()
    if min(len(mine), len(theirs)) >= _LONG:
        return SequenceMatcher(None, mine, theirs, autojunk=False).ratio() >= _NEARLY
    if len(mine) != len(theirs):
        return False
    return all(
        a == b or (not (a + b).isdigit() and SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE)
        for a, b in zip(mine, theirs, strict=True)
    )


_ALIKE = 0.75
_LONG, _NEARLY = 10, 0.85
_QUOTED = re.compile(
    r"«\s*([^«»\n]{3,200}?)\s*»|“([^“”\n]{3,200})”|„([^„“”\n]{3,200})[“”]|\"([^\"\n]{3,200})\""
    r"|「([^「」\n]{2,100})」"
)
_REACH = 100
"""Segments between two places of a quotation: a longer file is often many texts by many hands."""
_MOST_WORDINGS = 20


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quotation is rendered: the segment's position, the segment, the span of its target."""

    at: int
    segment: Segment
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.segment.target[self.start : self.end]


class QuotedPhraseCheck(DocumentCheck):
    """A quoted phrase that this document quotes in other words elsewhere.

    ## What it flags
    Words in quotation marks (two and more) that the source repeats within a hundred segments and the
    translation renders in two ways, at the rarer one, or at the later. Only where both sides of a segment
    have as many quotations; other endings of the same words are no other wording.

    ## Why it matters
    A quotation is taken for somebody's words, a title for a name: two wordings look like two quotations.

    ## Example
    «мирный план» is « le plan de paix » in segment 2, « le projet pacifique » in segment 9.

    ## Fix
    The wording of the other place.
    """

    id = "quoted-phrase"
    category = "style/inconsistent"
    severity = Severity.MINOR
    precision = 0.7
    messages = {
        "other": "“{phrase}” is “{usual}” in segment {first}",
    }

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        """Pairs of (segment id, flag), phrase by phrase."""
        if base(context.source_lang) == base(context.target_lang):
            return
        places: defaultdict[str, list[_Place]] = defaultdict(list)
        for at, segment in enumerate(context.segments):
            wanted, found = _quoted(segment.source), _quoted(segment.target)
            if len(wanted) != len(found):
                continue
            for (start, end), span in zip(wanted, found, strict=True):
                phrase = _words(segment.source[start:end])
                if len(phrase) >= 8 and (" " in phrase or not phrase.isascii()):
                    places[phrase].append(_Place(at, segment, *span))
        for phrase, quoted in places.items():
            if len(quoted) > 1:
                yield from self._of(phrase, quoted)

    def _of(self, phrase: str, found: Sequence[_Place]) -> Iterator[tuple[int, Flag]]:
        """Each place against the other wordings near it: there are few of these, however many places."""
        by_wording: defaultdict[str, list[_Place]] = defaultdict(list)
        for place in found:
            by_wording[_words(place.text)].append(place)
        if not 1 < len(by_wording) <= _MOST_WORDINGS:
            return
        # The commonest first, of several as common the first in the document.
        ranked = sorted(by_wording, key=lambda wording: -len(by_wording[wording]))
        for number, wording in enumerate(ranked):
            others = [one for one in ranked[:number] if not _alike(one, wording)]
            for place in by_wording[wording]:
                usual = next((near for one in others if (near := _near(by_wording[one], place.at))), None)
                if usual is None:
                    continue
                more = len(by_wording[_words(usual.text)]) > len(by_wording[wording])
                yield (
                    place.segment.id,
                    self.flag(
                        place.segment, place.start, place.end, "other", confidence=_SURE if more else _UNSURE,
                        fix=[Edit(place.start, place.end, usual.text)],
                        phrase=_brief(phrase), usual=_brief(usual.text), first=str(usual.segment.id),
                    ),
                )  # fmt: skip


def _near(places: Sequence[_Place], at: int) -> _Place | None:
    """The first of ``places`` within reach of ``at``."""
    number = bisect_left(places, at - _REACH, key=lambda place: place.at)
    return places[number] if number < len(places) and places[number].at <= at + _REACH else None


def _quoted(text: str) -> list[tuple[int, int]]:
    """Where the insides of quotation marks stand."""
    return [match.span(match.lastindex or 0) for match in _QUOTED.finditer(text)]


def _alike(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
