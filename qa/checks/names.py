"""Names of people, places and organisations: lost, taken for another, or spelt in two ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from qa.checks.base import Context, SegmentCheck
from qa.checks.evidence import Company
from qa.lang import base, is_unspaced
from qa.model import Flag, Segment, Severity
from qa.terms.names import Name, Word, names, words
from qa.terms.places import places
from qa.terms.transliteration import likeness

__all__ = ["NamesCheck"]

_SOUNDS_ALIKE = 0.62
"""Likeness from which two words may be one name in two spellings."""
_MEANS_ALIKE = 0.4
"""Cosine of word vectors from which a word may be the name's translation."""


class NamesCheck(SegmentCheck):
    """A name."""

    id = "names"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    precision = 0.8
    messages: ClassVar[Mapping[str, str]] = {
        "missing": "the name «{name}» is not in the translation",
        "swapped": "«{found}» is not in the source, which speaks of «{name}»",
        "added": "the name «{found}» is not in the source",
    }

    def __init__(self, company: Company | None = None) -> None:
        self._company = company or Company()

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source_lang, target_lang = base(context.source_lang), base(context.target_lang)
        if source_lang == target_lang:
            return
        source, target = segment.source, segment.target
        here = names(source, source_lang, target_lang, _bias)
        there = names(target, target_lang, source_lang, _bias)
        lost = self._unmatched(here, source, source_lang, target, target_lang)
        new = self._unmatched(there, target, target_lang, source, source_lang)
        if is_unspaced(source_lang):
            new = []
        for name in new:
            text = target[name.start:name.end]
            if lost:
                yield self.flag(segment, name.start, name.end, "swapped", found=text, name=source[lost[0].start:lost[0].end])
            else:
                yield self.flag(segment, name.start, name.end, "added", found=text)
        if not new:
            for name in lost:
                text = source[name.start:name.end]
                yield self.flag(segment, name.start, name.end, "missing", side="source", name=text)

    def _unmatched(self, found: Sequence[Name], text: str, lang: str, other: str, other_lang: str) -> list[Name]:
        if not found:
            return []
        rest = words(other)
        out = []
        ids = set().union(*(p for _, _, p in places(other, other_lang)))
        mine = places(text, lang)
        for name in found:
            if any(_heard(word, rest) for word in name.words):
                continue
            if any(name.start <= s < name.end and p & ids for s, e, p in mine):
                continue
            if self._meant(name, lang, rest, other_lang):
                continue
            out.append(name)
        return out

    def _meant(self, name: Name, lang: str, rest: Sequence[Word], other_lang: str) -> bool:
        options = [(w.text, other_lang) for w in rest if len(w.text) > 3]
        return any(
            max(self._company.closeness((w.text, lang), options), default=0.0) >= _MEANS_ALIKE for w in name.sure
        )


def _heard(word: Word, rest: Sequence[Word]) -> bool:
    if len(word.text) < 3:
        return False
    return any(likeness(word.text, w.text) >= _SOUNDS_ALIKE + (0.1 if w.text[0].islower() else 0) for w in rest if len(w.text) >= 3)


def _bias(word: str) -> float | None:
    from qa.encoder.casing import capital_bias
    return capital_bias(word)
