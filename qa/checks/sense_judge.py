"""What one word of a translation claims, against what the words of the source mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.checks.evidence import Company, Reading, around
from qa.terms.senses import Inventory, Match, Sense

__all__ = ["MARGIN", "Doubt", "Finding", "Judge"]

_TRANSLATION = 0.74
"""Closeness of two words from which the lexicon takes them for translations of each other, whatever
the inventory says («общество», «société»)."""
_EXPLAINED = 0.48
"""Closeness to another source word from which the claimed word is taken to render that one."""
_RELATED = 0.6
"""The same for look-alikes, which seldom stand for anything else."""
_LONGEST = 60
MARGIN = 0.28
"""How much better another sense must fit its company before an ambiguous word is doubted."""
_MISLED = 0.3
"""How well its company must fit a look-alike that deceives in some company only."""
_WORD = 3
"""Letters of a word that is no mere article or preposition."""
_TWO_CUES = 2
"""Words of the source that must speak for another sense than one that keeps any company."""


@dataclass(frozen=True, slots=True)
class Finding:
    """``claim`` in the target says a sense that ``origin`` in the source does not have here."""

    reading: Reading
    origin: Match
    claim: Match
    meant: str
    confidence: float
    wrong: str
    """The likeliest of the senses that the claim has."""
    context: tuple[str, ...] = ()
    source_lang: str = ""
    dictionary: str = ""
    """The dictionary that knows the source word, and by other words than this."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A rendering of an ambiguous word: by how much the sense ``rival`` fits better (less than 0: worse)."""

    reading: Reading
    origin: Match
    claim: Match
    rival: str
    claimed: str
    margin: float
    witnesses: tuple[str, ...]


class Judge:
    """Weighs the claims of one document's words; ``source_lang`` and ``target_lang`` are base tags."""

    def __init__(self, inventory: Inventory, company: Company, source_lang: str, target_lang: str) -> None:
        self._inventory = inventory
        self._company = company
        self._source_lang = source_lang
        self._target_lang = target_lang

    def contradiction(self, reading: Reading, claim: Match) -> Finding | None:
        """The claimed sense is none that any source word of the pivot has."""
        origins = [m for m in reading.source if m.pivot == claim.pivot]
        against = [m for m in origins if not m.weak and not m.senses & claim.senses]
        if not against or any(m.senses & claim.senses for m in origins):
            return None
        pivot = self._inventory.pivots[claim.pivot]
        alike = any(sense.alike for sense in pivot.values())
        if not alike and any(
            _explains(other, reading) for other in reading.target if other.start == claim.start
        ):
            return None
        rendered = {
            m.start
            for m in reading.target
            if m.pivot == claim.pivot and any(m.senses & origin.senses for origin in against)
        }
        if len(rendered) >= len(against) or _in_copied_phrase(reading, claim):
            return None
        origin = against[0]
        found = reading.segment.target[claim.start : claim.end]
        word = reading.segment.source[origin.start : origin.end]
        spans = [(m.start, m.end) for m in against]
        others = [
            (t.text, self._source_lang)
            for t in reading.source_words
            if not any(s <= t.start < e for s, e in spans)
        ]
        if not (self._deceived(reading, origin, claim) if alike else not _copied(reading, origin, claim)):
            return None
        near, *elsewhere = self._company.closeness(
            (found, self._target_lang), [(word, self._source_lang), *others[:_LONGEST]]
        )
        if (near > _TRANSLATION and not alike) or max(elsewhere, default=0.0) > (
            _RELATED if alike else _EXPLAINED
        ):
            return None
        meant = self._meant(reading, origin, claim)
        wrong = next(name for name in pivot if name in claim.senses)
        return Finding(reading, origin, claim, meant, 0.9, wrong, source_lang=self._source_lang)

    def _deceived(self, reading: Reading, origin: Match, claim: Match) -> bool:
        """Whether a look-alike stands for its like, and is no name or part of a compound."""
        friends = self._inventory.pivots[claim.pivot]
        if origin.senses != {self._source_lang} or claim.senses != {self._target_lang}:
            return False  # not the look-alikes themselves
        if _is_name(reading.segment.target, claim, self._target_lang) or _hyphenated(reading, origin, claim):
            return False
        if _copied(reading, origin, claim) and _is_name(reading.segment.source, origin, self._source_lang):
            return False
        return self._deceives(friends[self._source_lang], reading, origin, claim)

    def _deceives(self, friend: Sense, reading: Reading, origin: Match, claim: Match) -> bool:
        """Whether the company of a look-alike is that in which it misleads, where it does not everywhere."""
        if not friend.alike or not (friend.cues or friend.against):
            return friend.alike
        words = self._around(reading, [origin], claim)
        sides = {"for": friend, "against": replace(friend, cues=friend.against)}
        fits = {name: fit.value for name, fit in self._company.fits(sides, words).items()}
        if friend.cues:
            return fits["for"] - fits["against"] >= _MISLED
        return fits["against"] < MARGIN

    def _meant(self, reading: Reading, origin: Match, claim: Match) -> str:
        """Which of the senses of ``origin`` its company speaks for; the inventory's first in doubt."""
        senses = {n: s for n, s in self._inventory.pivots[claim.pivot].items() if n in origin.senses}
        if len(senses) == 1:
            return next(iter(senses))
        words = self._around(reading, [origin], claim)
        fits = self._company.fits(senses, words)
        return max(senses, key=lambda name: fits[name].value)

    def doubt(self, reading: Reading, claim: Match) -> Doubt | None:
        """The source word has the claimed sense among others: which does its company speak for?"""
        origins = [m for m in reading.source if m.pivot == claim.pivot]
        if not origins or any(
            m.weak or m.senses <= claim.senses or not m.senses & claim.senses for m in origins
        ):
            return None
        if any(_copied(reading, m, claim) for m in origins):
            return None
        for other in reading.target:
            if other.start == claim.start and other.pivot != claim.pivot and _settles(other, reading):
                return None
            if other.start == claim.start or other.pivot != claim.pivot:
                continue
            if len(origins) == 1 or not other.senses & claim.senses:
                return None  # the source word, or its other meaning, is rendered elsewhere in the sentence
        origin = origins[0]
        senses = self._inventory.pivots[claim.pivot]
        words = self._around(reading, origins, claim)
        fits = self._company.fits({name: senses[name] for name in sorted(origin.senses)}, words)
        shared = [name for name in senses if name in origin.senses & claim.senses]
        claimed = max(shared, key=lambda name: fits[name].value)
        rivals = {name: fit for name, fit in fits.items() if name not in claim.senses}
        if not rivals:
            return None
        meant = max(rivals, key=lambda name: rivals[name].value)
        if any(senses[name].general for name in shared):
            heard = [one for one in words if one[1] == self._source_lang] or words
            if len(self._company.fits({meant: senses[meant]}, heard)[meant].witnesses) < _TWO_CUES:
                return None
        margin = rivals[meant].value - fits[claimed].value
        shown = next((name for name in shared if senses[name].general), claimed)
        return Doubt(reading, origin, claim, meant, shown, margin, rivals[meant].witnesses)

    def _around(self, reading: Reading, origins: Sequence[Match], claim: Match) -> list[tuple[str, str]]:
        """(word, base tag) of the words beside the ``origins`` and the ``claim``."""
        spans = [(one.start, one.end) for one in origins]
        return [
            *around(reading.source_words, self._source_lang, spans),
            *around(reading.target_words, self._target_lang, [(claim.start, claim.end)]),
        ]


def _is_name(text: str, match: Match, lang: str) -> bool:
    """A capital inside a sentence, where it is not every noun that has one."""
    before = text[: match.start].rstrip(' «“"(')
    return lang != "de" and text[match.start].isupper() and bool(before) and before[-1] not in ".!?:"


def _hyphenated(reading: Reading, origin: Match, claim: Match) -> bool:
    """A part of a compound, which may mean anything: «шорт-лист», «дата-центр»."""
    sides = ((reading.segment.source, origin), (reading.segment.target, claim))
    return any("-" in (text[: one.start][-1:], text[one.end :][:1]) for text, one in sides)


def _copied(reading: Reading, origin: Match, claim: Match) -> bool:
    """The word stands in the translation as in the source: a name or a loan."""
    source, target = reading.segment.source, reading.segment.target
    return source[origin.start : origin.end].lower() == target[claim.start : claim.end].lower()


def _in_copied_phrase(reading: Reading, claim: Match) -> bool:
    """The word and a neighbour stand in the source as they are: a name, or English that was left
    («Hayswood Nature Reserve»)."""
    beside = [
        (one.text.lower(), other.text.lower())
        for one, other in pairwise(reading.target_words)
        if claim.start in (one.start, other.start) and min(len(one.text), len(other.text)) >= _WORD
    ]
    if not beside:
        return False
    words = [word.text.lower() for word in reading.source_words]
    return not set(beside).isdisjoint(pairwise(words))


def _explains(match: Match, reading: Reading) -> bool:
    """Some source word has the very sense that ``match`` expresses."""
    return any(m.pivot == match.pivot and m.senses & match.senses for m in reading.source)


def _settles(match: Match, reading: Reading) -> bool:
    """Some source word has no other sense than one that ``match`` expresses."""
    ambiguous = {m.start for m in reading.source if len(m.senses) > 1}
    return any(
        m.pivot == match.pivot and not m.weak and m.senses <= match.senses and m.start not in ambiguous
        for m in reading.source
    )
