"""Names of people, places and organisations: lost, invented, or taken for another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from qa.checks.base import Context, DocumentCheck
from qa.checks.evidence import Company
from qa.checks.name_beside import beside
from qa.checks.name_countries import taken_for_another
from qa.checks.name_eastern import eastern
from qa.checks.name_evidence import features, likelihood, meaning, nearby, unjoined
from qa.checks.name_lists import left_out
from qa.checks.name_match import Matches
from qa.checks.name_people import Crossed, crossed
from qa.checks.name_roles import Roles
from qa.checks.name_suspects import Pair, Suspect, pair_of, suspects, unheard
from qa.lang import base
from qa.model import Flag, Segment, Severity, Side
from qa.terms.gaps import Gap, gaps, tokenised
from qa.terms.names import Name, abbreviation
from qa.terms.places import covered

__all__ = ["NamesCheck"]

_NEIGHBOURS = 8
"""Segments before and after that are searched: translators put a name for «he», and the reverse."""
_LIKELY: Mapping[Side, Mapping[Pair, float]] = {
    "target": {"latin": 0.39, "spelt": 0.2, "unspelt": 0.55},
    "source": {"latin": 0.5, "spelt": 0.31, "unspelt": 0.3},
}
"""Likelihood from which a name of this side is reported, by what its scripts let compare: at most twenty
human translations in 1,000 have one."""
_LIKELY_MATCHED: Mapping[Side, Mapping[Pair, float]] = {
    "target": {"latin": 0.45, "spelt": 0.3, "unspelt": 0.6},
    "source": {"latin": 0.5, "spelt": 0.3, "unspelt": 0.35},
}
"""The same where the encoder is asked, which errs less."""
_WORTH_ASKING = 0.1
"""Likelihood without the encoder from which it is asked: for four in a hundred human translations."""
_OPENS, _CLOSES = '«„“"‘‚', '»”“"’‘'
"""Quotation marks before and after a title."""
_EVEN, _DOUBTFUL = 0.5, 0.6
"""Likelihoods below which a flag is neutral, and says "perhaps"."""
_SURE, _SURE_SWAP = 0.9, 0.98
"""Likelihood from which a name lost at a gap, and one taken for another, is no longer a minor matter."""
_CROSSED = 0.9
"""Confidence in a name of which one half is another person's, and in one country for another: 49,000 human
translations have eighteen, nearly all of them errors."""
_UNLISTED = 0.9
"""Confidence in a name that a list lost: in 49,000 human translations there are five, two of them errors."""
_GAPES, _MAY_GAPE = 0.8, 0.5
"""Confidence in a gap to which no name of the source belongs, sure and likely."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A name held for lost or invented, and how likely it is."""

    start: int
    end: int
    chance: float


@dataclass(frozen=True, slots=True)
class _Around:
    """What the names of one side of a segment are judged by: whether the other side has suspects, whether
    the translation has a gap, how little its words suit each other, the texts nearby in the other
    language, and the pair itself."""

    side: Side
    opposed: bool
    gap: bool
    seam: float
    near: Sequence[str]
    source: str
    target: str
    matches: Matches | None


class NamesCheck(DocumentCheck):
    """A name that the translation leaves out, adds, or takes for another.

    ## What it flags
    The name of a person, place or organisation without a counterpart on the other side, in whatever
    script: no word there sounds like it, is its exonym (Moscow, Moscou, Москва) or means the same; and
    no segment nearby holds it either. Parties and other defined terms of a contract («Najemca», “the
    Tenant”), which stand on both sides time and again, are none. A person's name is read in halves: a
    right first name excuses no wrong surname, nor the reverse. In European languages adjectives of
    countries are read too (Iran, Iraqi). Names are told by their capitals, word frequencies and
    dictionaries; in Chinese and Japanese, which have no capitals, by being written by their sound
    (katakana, 格里沃里) where the translation is English, and well-known places by a list; in Hindi only
    places and abbreviations are missed, and in all of these what stands there in Latin letters (ZMapp). In
    English also a place where grammar asks for a noun and there is none («in .»), or where two words meet
    that seldom do.
    What is less likely than not to be read as an error says “may” or “seems”, and the least likely is a
    neutral remark. Where the whole pipeline runs, the encoder is asked as well whether a name has its like
    on the other side.
    Weighed are Chinese, Czech, Dutch, English, French, German, Hindi, Italian, Japanese, Polish, Portuguese,
    Russian, Spanish and Ukrainian; of any other language only the second word of a name and lists are read.

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
        "another": "«{found}» is another name than «{name}», the rest of which is right",
        "another-country": "«{found}» is another country than «{name}», which the translation does not name",
        "unlisted": "of the list that «{name}» stands in, the translation leaves it out",
        "added": "the name «{found}» has no counterpart in the source",
        "gap": "a name or another noun is missing at «{found}»",
        "perhaps-missing": "«{name}» seems to have no counterpart in the translation, if it is a name",
        "perhaps-swapped": "«{found}» may be another name than «{name}»",
        "perhaps-added": "«{found}» seems to have no counterpart in the source, if it is a name",
        "perhaps-gap": "a name or another noun may be missing at «{found}»",
    }

    def __init__(self, company: Company | None = None) -> None:
        self._company = company or Company()

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        """Pairs of (segment id, flag), in document order."""
        source_lang, target_lang = base(context.source_lang), base(context.target_lang)
        if source_lang == target_lang:
            return
        weighed = {source_lang, target_lang} <= covered()
        matches = Matches.by(context.encoder)
        apart = target_lang == "en" and tokenised([segment.target for segment in context.segments])
        roles = Roles(context.segments, source_lang, target_lang)
        for at, segment in enumerate(context.segments):
            source, target = segment.source, segment.target
            if not source.strip() or not target.strip():
                continue
            texts = (source, source_lang, target, target_lang)
            halves, lands = _halves(*texts), taken_for_another(*texts)
            for key, found in (("another", halves), ("another-country", lands)):
                for pair in found:
                    yield segment.id, self._crossed(segment, pair, key)
            unlisted = left_out(*texts)
            for suspect in unlisted:
                yield segment.id, self._unlisted(segment, suspect.name)
            if not weighed:
                continue
            holes = [] if apart else gaps(target, target_lang)
            new = suspects(target, target_lang, source, source_lang)
            lost = suspects(source, source_lang, target, target_lang)
            halves = [*halves, *lands]
            new = [suspect for suspect in new if not _within(suspect, [pair.target for pair in halves])]
            told = [pair.source for pair in halves]
            told += [(suspect.name.start, suspect.name.end) for suspect in unlisted]
            lost = [suspect for suspect in lost if not _within(suspect, told)]
            new, lost = (
                [one for one in side if not all(word.text in roles for word in one.name.sure)]
                for side in (new, lost)
            )
            if not (holes or new or lost):
                continue
            near = [
                other
                for other in context.segments[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]
                if other is not segment
            ]
            sources, targets = [other.source for other in near], [other.target for other in near]
            read = (source, target, matches)
            seam = unjoined(target, target_lang) if lost else 0.0
            invented = self._likely(new, _Around("target", bool(lost), False, 0.0, sources, *read))
            missing = self._likely(lost, _Around("source", bool(new), bool(holes), seam, targets, *read))
            for flag in self._report(segment, missing, invented, holes):
                yield segment.id, flag

    def _likely(self, found: Sequence[Suspect], around: _Around) -> list[_Found]:
        return [
            _Found(suspect.name.start, suspect.name.end, chance)
            for suspect in found
            if (chance := self._chance(suspect, around)) >= _limit(suspect, around)
        ]

    def _chance(self, suspect: Suspect, around: _Around) -> float:
        """Likelihood that the name is an error; where it cannot reach the limit, at most that of a part of
        the evidence."""
        side = around.side
        if unheard(suspect, side) or (side == "source" and _titled(suspect, around.source)):
            return 0.0
        floor = _limit(suspect, around) if around.matches is None else _WORTH_ASKING
        known = partial(features, suspect, side, opposed=around.opposed, gap=around.gap, seam=around.seam)
        # Meaning and neighbours only ever excuse a name, and they and the encoder cost the most: they are
        # asked last.
        chance = likelihood(known(), side)
        if chance >= floor:
            known = partial(known, closeness=meaning(suspect, self._company))
            chance = likelihood(known(), side)
        if chance >= floor and nearby(suspect, around.near):
            known = partial(known, near=True)
            chance = likelihood(known(), side)
        if around.matches is None:
            return chance
        if chance < floor:
            return 0.0
        name = suspect.name
        match = around.matches(around.source, around.target, side, name.start, name.end)
        return chance if match is None else likelihood(known(match=match), side)

    def _crossed(self, segment: Segment, pair: Crossed, key: str) -> Flag:
        (start, end), (first, last) = pair.target, pair.source
        return self.flag(
            segment, start, end, key, severity=Severity.MAJOR, confidence=_CROSSED,
            found=segment.target[start:end], name=segment.source[first:last],
        )  # fmt: skip

    def _unlisted(self, segment: Segment, name: Name) -> Flag:
        return self.flag(
            segment, name.start, name.end, "unlisted", side="source", category="accuracy/omission",
            severity=Severity.MAJOR, confidence=_UNLISTED, name=segment.source[name.start : name.end],
        )  # fmt: skip

    def _report(
        self, segment: Segment, lost: Sequence[_Found], new: Sequence[_Found], holes: Sequence[Gap]
    ) -> Iterator[Flag]:
        for name in new:
            found = segment.target[name.start : name.end]
            if lost:
                chance = 1 - (1 - name.chance) * (1 - lost[0].chance)
                lacking = segment.source[lost[0].start : lost[0].end]
                # What one language abbreviates the other may write out.
                plain = (
                    chance >= _SURE_SWAP
                    and min(name.chance, lost[0].chance) >= _DOUBTFUL
                    and abbreviation(found) == abbreviation(lacking)
                )
                yield self.flag(
                    segment, name.start, name.end, _key("swapped", chance),
                    severity=Severity.MAJOR if plain else _graver(chance), confidence=chance,
                    found=found, name=lacking,
                )  # fmt: skip
            else:
                yield self.flag(
                    segment, name.start, name.end, _key("added", name.chance),
                    category="accuracy/addition", severity=_graver(name.chance), confidence=name.chance,
                    found=found,
                )  # fmt: skip
        surest = max((name.chance for name in lost), default=0.0)
        if new or surest < _GAPES:  # a sure gap is no doubtful name
            for hole in holes:
                if hole.sure:
                    yield self._gap(segment, hole)
        if new or (surest < _GAPES and any(hole.sure for hole in holes)):
            return
        for name in lost:
            plain = name.chance >= _SURE and any(hole.sure for hole in holes)
            yield self.flag(
                segment, name.start, name.end, _key("missing", name.chance), side="source",
                category="accuracy/omission", severity=Severity.MAJOR if plain else _graver(name.chance),
                confidence=name.chance, name=segment.source[name.start : name.end],
            )  # fmt: skip
        if not lost:
            for hole in holes:
                if not hole.sure:
                    yield self._gap(segment, hole)

    def _gap(self, segment: Segment, hole: Gap) -> Flag:
        return self.flag(
            segment, hole.start, hole.end, "gap" if hole.sure else "perhaps-gap",
            category="accuracy/omission", confidence=_GAPES if hole.sure else _MAY_GAPE,
            found=segment.target[hole.start : hole.end],
        )  # fmt: skip


def _halves(source: str, source_lang: str, target: str, target_lang: str) -> list[Crossed]:
    """Names of which one word is right and one another's."""
    texts = (source, source_lang, target, target_lang)
    found = [*crossed(*texts), *eastern(*texts)]
    # The surer, and what both find once.
    return [*found, *(pair for pair in beside(*texts) if all(_apart(pair, other) for other in found))]


def _apart(one: Crossed, other: Crossed) -> bool:
    return all(
        end <= first or last <= start
        for (start, end), (first, last) in ((one.source, other.source), (one.target, other.target))
    )


def _titled(suspect: Suspect, source: str) -> bool:
    """Whether one word in quotation marks may be a title that was translated."""
    start, end = suspect.name.start, suspect.name.end
    quoted = (
        start > 0 and source[start - 1] in _OPENS and source[end : end + 1] in _CLOSES and end < len(source)
    )
    return quoted and not suspect.place and suspect.free > 0 and len(suspect.name.words) == 1


def _within(suspect: Suspect, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < suspect.name.end and suspect.name.start < end for start, end in spans)


def _graver(chance: float) -> Severity | None:
    """Neutral for what is less likely an error than not, else None: the check's own."""
    return Severity.NEUTRAL if chance < _EVEN else None


def _key(key: str, chance: float) -> str:
    return key if chance >= _DOUBTFUL else f"perhaps-{key}"


def _limit(suspect: Suspect, around: _Around) -> float:
    likely = _LIKELY if around.matches is None else _LIKELY_MATCHED
    return likely[around.side][pair_of(suspect.lang, suspect.other_lang)]
