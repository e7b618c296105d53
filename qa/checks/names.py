"""Names of people, places and organisations: lost, taken for another, or spelt in two ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from qa.checks.base import Context, SegmentCheck
from qa.checks.evidence import Company
from qa.lang import base, is_unspaced, script
from qa.model import Flag, Segment, Severity
from qa.terms.names import UNCASED, Name, Word, names, words
from qa.terms.places import country_names, places
from qa.terms.transliteration import likeness

__all__ = ["NamesCheck"]

_SOUNDS_ALIKE = 0.62
"""Likeness from which two words may be one name in two spellings."""
_MEANS_ALIKE = 0.42
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
        if script(source_lang) not in SCRIPTS:
            new = []
        if script(target_lang) not in SCRIPTS:
            lost = []
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
            if any(_heard(word, rest, lang, other_lang) for word in name.sure):
                continue
            if _joined(name, rest):
                continue
            here = [p for s, e, p in mine if name.start <= s < name.end]
            if any(p & ids for p in here):
                continue
            if not (here and name.words[0].text.lower() in country_names(lang)) and self._meant(name, lang, rest, other_lang):
                continue
            out.append(name)
        return out

    def _meant(self, name: Name, lang: str, rest: Sequence[Word], other_lang: str) -> bool:
        options = [(w.text, other_lang) for w in rest if len(w.text) > 3]
        return any(
            max(self._company.closeness((w.text, lang), options), default=0.0) >= _MEANS_ALIKE for w in name.sure
        )


def _joined(name: Name, rest: Sequence[Word]) -> bool:
    """Two words written as one on the other side: Hong Kong, Гонконг."""
    if len(name.words) < 2:
        return False
    whole = "".join(w.text for w in name.words)
    return any(likeness(whole, other.text) >= _SOUNDS_ALIKE for other in rest if len(other.text) > 4)


def _heard(word: Word, rest: Sequence[Word], lang: str, other_lang: str) -> bool:
    latin = script(lang) == script(other_lang) == "Latn"
    cased = other_lang not in UNCASED
    needed = LATIN if latin else _SOUNDS_ALIKE
    for other in rest:
        if len(other.text) < 3 and cased:
            continue
        if likeness(word.text, other.text) >= needed + (LOWER if cased and other.text[0].islower() else 0):
            return True
    return False


SCRIPTS = frozenset("Latn Cyrl Grek Arab Hebr Deva".split())
LATIN = 0.72
LOWER = 0.05

def _bias(word: str) -> float | None:
    from qa.encoder.casing import capital_bias
    return capital_bias(word)
