"""Names of people, places and organisations: lost, or taken for another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from qa.checks.base import Context, DocumentCheck
from qa.checks.evidence import Company
from qa.lang import base, script
from qa.model import Flag, Segment, Severity
from qa.terms.frequency import known
from qa.terms.names import Name, Word, country, names, words
from qa.terms.places import UNCASED, covered, places
from qa.terms.transliteration import likeness

__all__ = ["NamesCheck"]

_SPELT_OUT = frozenset("Latn Cyrl Grek Arab Hebr Deva".split())
"""Scripts whose names can be compared by sound; in the others only places of the table are known."""
_SOUNDS_ALIKE = 0.62
"""Likeness from which two words may be one name in two scripts."""
_SPELT_ALIKE = 0.78
"""The same within the Latin alphabet, where names are mostly copied."""
_LOWER_CASE = 0.05
"""How much more likeness a word without a capital needs: «берберский», «Berber»."""
_MEANS_ALIKE = 0.42
"""Closeness of word vectors from which a word may translate the name."""
_MEANS_THE_SAME = 0.6
"""The same within the Latin alphabet: another name of the same kind (Madrid, Manchester) reaches .5."""
_ONE_SIDED = 0.6
"""Confidence in a flag with nothing in the name's place: translators leave out and explain."""
_STEM = 5
"""Letters a word must share with a place of the table to be taken for that place."""
_VARIANT = {True: 0.62, False: 0.5}
"""Likeness from which a lost and a new name are one name spelt freely («Caesarea», «Césarée»), by
whether both languages are written in one script."""
_LONGEST = 80
"""Words of a segment that are heard; a longer one is no sentence."""
_NEIGHBOURS = 3
"""Segments before and after that are searched: translators put a name for «he», and the reverse."""
_CAPITAL = 2.0
"""How much commoner with a capital a single word must be to be flagged with nothing in its place."""
_RARE = 1e-6
"""Share of running text up to which the frequencies of a word say nothing."""
_INTERNATIONAL = 0.02
"""A name is about as frequent in other languages; a word with a mere capital («Bonjour») is not."""

_GAP = re.compile(
    r"(?<![^\W_])(?:the|an?|of|in|at|from|with|by|to|and|as|that|between|during) ?(?=[,.;:)!]|$| ['’]s\b)"
    r"|(?:^|[.!?] )(?:Has|Had|Have|Is|Was|Were|Said|Says|Told|Will|Reported|Announced|'s|’s)\b(?![^.!?]*\?)"
    r"|(?:^|\s)['’]s\b|,\s?,|\(\s*[,)]|[\w] ,(?=\s)"
)
"""English that lacks the noun a name would be: «in .», «of ’s economy», «Has become the seventh»."""


class NamesCheck(DocumentCheck):
    """A name that the translation leaves out, adds, or takes for another.

    ## What it flags
    The name of a person, place or organisation without a counterpart on the other side, in whatever
    script: no word there sounds like it, is its exonym (Moscow, Moscou, Москва) or means the same; and
    no segment nearby holds it either. Names are told by their capitals, word frequencies and
    dictionaries; between Chinese or Japanese and other scripts only well-known places are compared.
    Known are Chinese, Czech, English, French, German, Hindi, Italian, Japanese, Polish, Russian, Spanish
    and Ukrainian; with any other language the check is silent.

    ## Why it matters
    A wrong name is a wrong fact, and reads as fluently as the right one.

    ## Example
    «Путин встретился с Макроном» → “Putin met **Merkel**”

    ## Fix
    None.
    """

    id = "names"
    category = "accuracy/mistranslation"
    severity = Severity.MINOR
    precision = 0.75
    messages: ClassVar[Mapping[str, str]] = {
        "missing": "the name «{name}» has no counterpart in the translation",
        "swapped": "«{found}» has no counterpart in the source, nor «{name}» in the translation",
        "added": "the name «{found}» has no counterpart in the source",
    }

    def __init__(self, company: Company | None = None) -> None:
        self._company = company or Company()

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        """Pairs of (segment id, flag), in document order."""
        source_lang, target_lang = base(context.source_lang), base(context.target_lang)
        if source_lang == target_lang or not {source_lang, target_lang} <= covered():
            return
        for at, segment in enumerate(context.segments):
            source, target = segment.source, segment.target
            if not source.strip() or not target.strip():
                continue
            lost = self._unmatched(source, source_lang, target, target_lang)
            new = self._unmatched(target, target_lang, source, source_lang)
            if not lost and not new:
                continue
            near = [
                other
                for other in context.segments[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]
                if other is not segment
            ]
            if lost and new:
                lost, new = _without_variants(lost, new, _VARIANT[script(source_lang) == script(target_lang)])
            gap = _GAP.search(target) if lost and not new and target_lang == "en" else None
            if gap is None and not (lost and new):
                lost = [
                    name
                    for name in lost
                    if _alone(name, source_lang, target_lang)
                    and not self._nearby(name, source, source_lang, [s.target for s in near], target_lang)
                ]
                new = [
                    name
                    for name in new
                    if _alone(name, target_lang, source_lang)
                    and not self._nearby(name, target, target_lang, [s.source for s in near], source_lang)
                ]
            for flag in self._report(segment, lost, new, gap is not None):
                yield segment.id, flag

    def _report(
        self, segment: Segment, lost: Sequence[Name], new: Sequence[Name], gap: bool
    ) -> Iterator[Flag]:
        for name in new:
            found = segment.target[name.start : name.end]
            if lost:
                instead = segment.source[lost[0].start : lost[0].end]
                yield self.flag(segment, name.start, name.end, "swapped", found=found, name=instead)
            else:
                yield self.flag(
                    segment,
                    name.start,
                    name.end,
                    "added",
                    category="accuracy/addition",
                    confidence=_ONE_SIDED,
                    found=found,
                )
        if not new:
            for name in lost:
                yield self.flag(
                    segment,
                    name.start,
                    name.end,
                    "missing",
                    side="source",
                    category="accuracy/omission",
                    confidence=self.precision if gap else _ONE_SIDED,
                    name=segment.source[name.start : name.end],
                )

    def _unmatched(self, text: str, lang: str, other: str, other_lang: str) -> list[Name]:
        """The names of ``text`` without a counterpart in ``other``."""
        found = names(text, lang, other_lang, _bias)
        if not found:
            return []
        spelt = script(lang) in _SPELT_OUT and script(other_lang) in _SPELT_OUT
        there = _ids(other, other_lang)
        rest = words(other)
        out = []
        for name in found:
            here = _ids(text[name.start : name.end], lang)
            is_place = _is_place(name, lang)
            if here & there or not (spelt or (is_place and here)):
                continue
            if spelt and _heard(name, rest, lang, other_lang):
                continue
            if not is_place and self._meant(name, lang, rest, other_lang):
                continue
            out.append(name)
        return out

    def _meant(self, name: Name, lang: str, rest: Sequence[Word], other_lang: str) -> bool:
        latin = script(lang) == script(other_lang) == "Latn"
        needed = _MEANS_THE_SAME if latin else _MEANS_ALIKE
        options = [(word.text, other_lang) for word in rest[:_LONGEST] if len(word.text) > 3]
        return any(
            max(self._company.closeness((word.text, lang), options), default=0.0) >= needed
            for word in name.sure
        )

    def _nearby(self, name: Name, text: str, lang: str, others: Sequence[str], other_lang: str) -> bool:
        here = _ids(text[name.start : name.end], lang)
        return any(
            here & _ids(other, other_lang) or _heard(name, words(other), lang, other_lang) for other in others
        )


def _without_variants(lost: list[Name], new: list[Name], needed: float) -> tuple[list[Name], list[Name]]:
    """Both lists without the names that stand for each other in a spelling of their own («Césarée»)."""
    pairs = [
        (one, other)
        for one in lost
        for other in new
        if any(likeness(a.text, b.text) >= needed for a in one.sure for b in other.sure)
    ]
    known_lost, known_new = [one for one, _ in pairs], [other for _, other in pairs]
    return [n for n in lost if n not in known_lost], [n for n in new if n not in known_new]


def _ids(text: str, lang: str) -> frozenset[str]:
    return frozenset().union(*(ids for _, _, ids in places(text, lang)))


def _is_place(name: Name, lang: str) -> bool:
    """A place that the table or CLDR knows, not merely a word that begins like one."""
    if lang in UNCASED:
        return True
    return any(
        country(word.text, lang) or any(end - start >= _STEM for start, end, _ in places(word.text, lang))
        for word in name.sure
    )


def _alone(name: Name, lang: str, other_lang: str) -> bool:
    """Sure enough to be flagged although nothing else stands in its place."""
    if lang in UNCASED or any(country(word.text, lang) for word in name.sure):
        return True
    if script(lang) != script(other_lang):
        return False  # how a name sounds in another script is too uncertain
    if _is_place(name, lang):
        return True
    if len(name.sure) == 1 and (_bias(name.sure[0].text) or 0.0) < _CAPITAL:
        return False
    here, there = known(lang), known(other_lang)
    return all(
        there.get(low, 0.0) >= _INTERNATIONAL * share
        for low in (word.text.lower() for word in name.sure)
        if (share := here.get(low, 0.0)) > _RARE
    )


def _heard(name: Name, rest: Sequence[Word], lang: str, other_lang: str) -> bool:
    """A word of ``rest`` sounds like one of the name's, or like all of them together (Гонконг)."""
    latin = script(lang) == script(other_lang) == "Latn"
    needed = _SPELT_ALIKE if latin else _SOUNDS_ALIKE
    cased = other_lang not in UNCASED
    whole = "".join(word.text for word in name.words) if len(name.words) > 1 else ""
    for other in rest:
        if len(other.text) < 3 and cased:
            continue
        threshold = needed + (_LOWER_CASE if cased and other.text[0].islower() else 0.0)
        if any(likeness(word.text, other.text) >= threshold for word in name.sure):
            return True
        if whole and len(other.text) > 4 and likeness(whole, other.text) >= _SOUNDS_ALIKE:
            return True
    return False


def _bias(word: str) -> float | None:
    from qa.encoder.casing import capital_bias

    return capital_bias(word)
