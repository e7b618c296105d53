"""Names of people, places and organisations: lost, invented, or taken for another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from qa.checks.base import Context, DocumentCheck
from qa.checks.evidence import Company
from qa.checks.name_evidence import (
    Pair,
    Suspect,
    features,
    likelihood,
    looks_japanese,
    meaning,
    nearby,
    pair_of,
    suspects,
)
from qa.lang import base
from qa.model import Flag, Segment, Severity, Side
from qa.terms.gaps import Gap, gaps
from qa.terms.places import covered

__all__ = ["NamesCheck"]

_NEIGHBOURS = 8
"""Segments before and after that are searched: translators put a name for «he», and the reverse."""
_LIKELY: Mapping[Side, Mapping[Pair, float]] = {
    "target": {"latin": 0.4, "spelt": 0.3, "unspelt": 0.4},
    "source": {"latin": 0.6, "spelt": 0.25, "unspelt": 0.5},
}
"""Likelihood from which a name of this side is reported, by what its scripts let compare: about one
flag in 1,000 human translations each (docs/decisions.md)."""
_SURE = 0.9
"""Likelihood from which a name taken for another is no longer a minor matter."""
_GAPES = 0.8
"""Confidence in a gap to which no name of the source belongs."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A name held for lost or invented, and how likely it is."""

    start: int
    end: int
    chance: float


class NamesCheck(DocumentCheck):
    """A name that the translation leaves out, adds, or takes for another.

    ## What it flags
    The name of a person, place or organisation without a counterpart on the other side, in whatever
    script: no word there sounds like it, is its exonym (Moscow, Moscou, Москва) or means the same; and
    no segment nearby holds it either. Names are told by their capitals, word frequencies and
    dictionaries; in Japanese only katakana is heard, and in Chinese and Japanese only well-known places
    are missed. In English also a place where grammar asks for a noun and there is none («in .»).
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
    precision = 0.7
    messages: ClassVar[Mapping[str, str]] = {
        "missing": "the name «{name}» has no counterpart in the translation",
        "swapped": "«{found}» has no counterpart in the source, nor «{name}» in the translation",
        "added": "the name «{found}» has no counterpart in the source",
        "gap": "a name or another noun is missing at «{found}»",
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
            holes = gaps(target, target_lang)
            new = suspects(target, target_lang, source, source_lang)
            lost = suspects(source, source_lang, target, target_lang)
            if not (holes or new or lost):
                continue
            near = [
                other
                for other in context.segments[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]
                if other is not segment
            ]
            sources, targets = [other.source for other in near], [other.target for other in near]
            invented = self._likely(new, "target", bool(lost), False, sources)
            missing = self._likely(lost, "source", bool(new), bool(holes), targets)
            for flag in self._report(segment, missing, invented, [hole for hole in holes if hole.sure]):
                yield segment.id, flag

    def _likely(
        self, found: Sequence[Suspect], side: Side, opposed: bool, gap: bool, near: Sequence[str]
    ) -> list[_Found]:
        return [
            _Found(suspect.name.start, suspect.name.end, chance)
            for suspect in found
            if (chance := self._chance(suspect, side, opposed, gap, near)) >= _limit(suspect, side)
        ]

    def _chance(self, suspect: Suspect, side: Side, opposed: bool, gap: bool, near: Sequence[str]) -> float:
        if side == "target" and suspect.other_lang == "ja" and looks_japanese(suspect.name):
            return 0.0
        unheard = pair_of(suspect.lang, suspect.other_lang) == "unspelt" and side == "source"
        if unheard and not (suspect.place and suspect.known_place):
            return 0.0  # how the translation might write it is not known
        limit = _limit(suspect, side)
        # Meaning and neighbours only ever excuse a name, and cost the most: they are asked last.
        chance = likelihood(features(suspect, side, opposed=opposed, gap=gap), side)
        if chance < limit:
            return chance
        closeness = meaning(suspect, self._company)
        chance = likelihood(features(suspect, side, closeness=closeness, opposed=opposed, gap=gap), side)
        if chance < limit or not nearby(suspect, near):
            return chance
        return likelihood(
            features(suspect, side, closeness=closeness, near=True, opposed=opposed, gap=gap), side
        )

    def _report(
        self, segment: Segment, lost: Sequence[_Found], new: Sequence[_Found], holes: Sequence[Gap]
    ) -> Iterator[Flag]:
        for name in new:
            found = segment.target[name.start : name.end]
            if lost:
                chance = 1 - (1 - name.chance) * (1 - lost[0].chance)
                yield self.flag(
                    segment,
                    name.start,
                    name.end,
                    "swapped",
                    severity=Severity.MAJOR if chance >= _SURE else None,
                    confidence=chance,
                    found=found,
                    name=segment.source[lost[0].start : lost[0].end],
                )
            else:
                yield self.flag(
                    segment,
                    name.start,
                    name.end,
                    "added",
                    category="accuracy/addition",
                    confidence=name.chance,
                    found=found,
                )
        if new:
            return
        for name in lost:
            yield self.flag(
                segment,
                name.start,
                name.end,
                "missing",
                side="source",
                category="accuracy/omission",
                severity=Severity.MAJOR if holes and name.chance >= _SURE else None,
                confidence=name.chance,
                name=segment.source[name.start : name.end],
            )
        if not lost:
            for hole in holes:
                found = segment.target[hole.start : hole.end]
                yield self.flag(
                    segment,
                    hole.start,
                    hole.end,
                    "gap",
                    category="accuracy/omission",
                    confidence=_GAPES,
                    found=found,
                )


def _limit(suspect: Suspect, side: Side) -> float:
    return _LIKELY[side][pair_of(suspect.lang, suspect.other_lang)]
