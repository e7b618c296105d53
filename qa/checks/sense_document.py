"""What the rest of a document says of a word whose sense is in doubt."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from qa.checks.evidence import Reading
from qa.checks.sense_judge import MARGIN, Doubt, Finding
from qa.terms.senses import Match

__all__ = ["Places", "elsewhere_of", "misfits", "places_of"]

_OWN_MARGIN = 0.15
"""What the sentence itself must say, whatever the rest of the document says."""
_DOCUMENT = 0.3
"""Weight of the document's other uses of the word against the sentence's own words."""
_VOTE = 0.05
"""How clearly one place of the document must speak for a sense to be counted."""
_CLEAR = 0.36
"""Margin from which a word is likelier wrong than right."""
_QUORUM = 3
"""Places of the document that must speak before they can outvote a sentence."""


def misfits(doubts: Sequence[Doubt]) -> Iterable[Finding]:
    """The doubts that stand when the document's other uses of the word in that sense are heard too."""
    total: defaultdict[tuple[str, str, frozenset[str]], float] = defaultdict(float)
    number: Counter[tuple[str, str, frozenset[str]]] = Counter()
    for doubt in doubts:
        kind = (doubt.claim.pivot, doubt.origin.lemma, doubt.claim.senses)
        total[kind] += doubt.margin
        number[kind] += 1
    votes = _votes(doubts)
    for doubt in doubts:
        kind = (doubt.claim.pivot, doubt.origin.lemma, doubt.claim.senses)
        margin = doubt.margin
        if number[kind] > 1:
            others = (total[kind] - doubt.margin) / (number[kind] - 1)
            margin += _DOCUMENT * max(-1.0, min(1.0, others))
        if doubt.margin >= _OWN_MARGIN and margin >= MARGIN and not _outvoted(doubt, votes):
            yield Finding(
                doubt.reading,
                doubt.origin,
                doubt.claim,
                doubt.rival,
                _confidence(margin),
                doubt.claimed,
                doubt.witnesses,
            )


def _votes(doubts: Sequence[Doubt]) -> Mapping[str, Counter[str]]:
    """Source lemma → sense → occurrences of the word in the document whose company speaks for it.

    The same word may be a pivot several times over; the margins of one occurrence are summed. It is
    heard whatever the translation made of it.
    """
    margins: defaultdict[tuple[str, int, int], defaultdict[str, float]] = defaultdict(
        lambda: defaultdict(float)
    )
    for doubt in doubts:
        place = (doubt.origin.lemma, doubt.reading.segment.id, doubt.origin.start)
        margins[place][doubt.rival] += doubt.margin
        for name in doubt.claim.senses & doubt.origin.senses:
            margins[place][name] -= doubt.margin
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (lemma, _, _), weights in margins.items():
        name = max(sorted(weights), key=weights.__getitem__)
        if weights[name] >= _VOTE:
            votes[lemma][name] += 1
    return votes


def _outvoted(doubt: Doubt, votes: Mapping[str, Counter[str]]) -> bool:
    """The word's other places in the document speak for another sense: a text about a castle may
    well open its doors."""
    cast = votes[doubt.origin.lemma] if doubt.origin.lemma in votes else Counter()
    return cast.total() >= _QUORUM and 2 * cast[doubt.rival] <= cast.total()


def _confidence(margin: float) -> float:
    """Half or less for a margin under .36, .85 at the most.

    Of flags between English and German on machine translations, half of MLQE-PE's sources, 8 of 22 with a
    margin under .36 were right by reading, 15 of 20 up to .48, and four in five of those above.
    """
    if margin < _CLEAR:
        return 0.4
    return min(0.85, 0.59 + 0.5 * (margin - _CLEAR))


Places = Mapping[tuple[str, str, str], Sequence[tuple[Reading, Match]]]


def places_of(readings: Sequence[Reading]) -> Places:
    """(pivot, source lemma, sense) → the first two segments that render the word in that sense."""
    places: defaultdict[tuple[str, str, str], list[tuple[Reading, Match]]] = defaultdict(list)
    for reading in readings:
        seen: set[tuple[str, str, str]] = set()
        for match in reading.target:
            for origin in reading.source if not match.weak else ():
                if origin.pivot == match.pivot:
                    seen_now = {(match.pivot, origin.lemma, sense) for sense in match.senses} - seen
                    seen |= seen_now
                    for kind in seen_now:
                        if len(places[kind]) < 2:
                            places[kind].append((reading, match))
    return places


def elsewhere_of(finding: Finding, places: Places) -> tuple[Reading, Match] | None:
    """Where the document first renders the same source word, or a part of the phrase, in the sense meant."""
    pivot, words = finding.claim.pivot, finding.origin.lemma.split()
    for lemma in dict.fromkeys((finding.origin.lemma, *reversed(words))):
        for place in places.get((pivot, lemma, finding.meant), ()):
            if place[0] is not finding.reading:
                return place
    return None
