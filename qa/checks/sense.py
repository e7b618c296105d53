"""Wrong sense: a fluent word that renders another meaning of the source word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from qa.checks.base import Context, DocumentCheck
from qa.checks.evidence import Company, Reading, around, read
from qa.lang import base
from qa.model import Edit, Flag, Severity
from qa.terms.adjectives import agreed_adjective
from qa.terms.inflection import substitute
from qa.terms.senses import Inventory, Match, Sense, load
from qa.terms.simplified import simplified

if TYPE_CHECKING:
    from qa.terms.bilingual import Dictionary

__all__ = ["WrongSense"]

_TRANSLATION = 0.74
"""Closeness of two words from which the lexicon takes them for translations of each other, whatever
the inventory says («общество», «société»)."""
_EXPLAINED = 0.48
"""Closeness to another source word from which the claimed word is taken to render that one."""
_RELATED = 0.6
"""The same for look-alikes, which seldom stand for anything else."""
_LONGEST = 60
_OWN_MARGIN = 0.15
"""What the sentence itself must say, whatever the rest of the document says."""
_DOCUMENT = 0.3
"""Weight of the document's other uses of the word against the sentence's own words."""
_MARGIN = 0.28
"""How much better another sense must fit its company before an ambiguous word is doubted."""
_MISLED = 0.3
"""How well its company must fit a look-alike that deceives in some company only."""
_TWO_CUES = 2
"""Words of the source that must speak for another sense than one that keeps any company."""
_SURE = 0.65
"""Below it the company of a word alone speaks against it, and not loudly: a minor flag."""
_DISPUTED, _CONFIRMED = 0.5, 0.96
"""Confidence where a dictionary gives the word that is flagged, and where it gives the other."""
_VERB, _ADJECTIVE = "v", "a"
_VERBS_INFLECTED = frozenset({"ru", "uk"})
"""Languages whose verbs we inflect; elsewhere a verb in its dictionary form would be no mending."""
_VOTE = 0.05
"""How clearly one place of the document must speak for a sense to be counted."""
_QUORUM = 3
"""Places of the document that must speak before they can outvote a sentence."""


@dataclass(frozen=True, slots=True)
class _Finding:
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
class _Doubt:
    """A rendering of an ambiguous word: by how much the sense ``rival`` fits better (less than 0: worse)."""

    reading: Reading
    origin: Match
    claim: Match
    rival: str
    claimed: str
    margin: float
    witnesses: tuple[str, ...]


class WrongSense(DocumentCheck):
    """A word of the translation that expresses another meaning than the source word has.

    ## What it flags
    A target word that renders one meaning of an ambiguous (pivot) word where the source has another:
    the source word cannot have that meaning, or the words around it speak for another one. A false friend: a
    word that looks like the source word and means something else («librairie», *library*).

    ## Why it matters
    An engine that goes through English turns «удары» into *strikes* and *strikes* into «grèves»: the
    sentence is fluent, no number or tag is wrong, and a military attack has become a labour strike.

    ## Example
    «удары по энергетической инфраструктуре» → «**grèves** sur l’infrastructure énergétique»

    ## Fix
    Puts the rendering of the meaning that was meant in the place of the word, inflected like it, with
    the article and adjective beside it: «**frappes** sur l’infrastructure énergétique». A rendering
    that the same document uses elsewhere for the same source word is preferred. None where that form is
    not known, or where a word that goes with it would have to change and its form is not certain.
    """

    id = "wrong-sense"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    precision = 0.85
    messages: ClassVar[Mapping[str, str]] = {
        "unambiguous": "«{found}» means {wrong}, but «{word}» ({lemma}) means {meant}; "
        "the two meet only in “{pivot}”{known}",
        "unambiguous-elsewhere": "«{found}» means {wrong}, but «{word}» ({lemma}) means {meant}; "
        "the two meet only in “{pivot}”{known}. Segment {number} of this document says «{elsewhere}»",
        "alike": "«{found}» looks like «{word}» ({lemma}) but means {wrong}; «{word}» means {meant}{known}",
        "context": "«{found}» means {wrong}; here «{word}» means {meant}{clues}",
        "context-elsewhere": "«{found}» means {wrong}; here «{word}» means {meant}{clues}. "
        "Segment {number} of this document says «{elsewhere}»",
    }

    def __init__(self, inventory: Inventory | None = None, company: Company | None = None) -> None:
        self._inventory = inventory
        self._company = company or Company()

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        """Pairs of (segment id, flag), in document order."""
        source_lang, target_lang = base(context.source_lang), base(context.target_lang)
        if source_lang == target_lang:
            return
        inventory = self._inventory or context.senses or load()
        pivots = inventory.pivots_of(source_lang)
        readings = read(context, inventory, pivots)
        findings: list[_Finding] = []
        doubts: list[_Doubt] = []
        for reading in readings:
            for claim in reading.target:
                if claim.weak:
                    continue
                if finding := self._contradiction(reading, claim, inventory, source_lang, target_lang):
                    findings.append(finding)
                elif doubt := self._doubt(reading, claim, inventory, source_lang, target_lang):
                    doubts.append(doubt)
        findings += _misfits(doubts)
        known = [one for one in context.dictionaries if one.covers(source_lang, target_lang)]
        findings = [_looked_up(finding, known, inventory, target_lang) for finding in findings]
        findings.sort(key=lambda f: (f.reading.segment.id, f.claim.start))
        places = _places(readings)
        at: set[tuple[int, int]] = set()
        for finding in findings:
            place = (finding.reading.segment.id, finding.claim.start)
            if place not in at:
                at.add(place)
                yield place[0], self._report(finding, places, inventory, target_lang)

    def _contradiction(
        self, reading: Reading, claim: Match, inventory: Inventory, source_lang: str, target_lang: str
    ) -> _Finding | None:
        """The claimed sense is none that any source word of the pivot has."""
        origins = [m for m in reading.source if m.pivot == claim.pivot]
        against = [m for m in origins if not m.weak and not m.senses & claim.senses]
        if not against or any(m.senses & claim.senses for m in origins):
            return None
        pivot = inventory.pivots[claim.pivot]
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
        if len(rendered) >= len(against):
            return None
        origin = against[0]
        found = reading.segment.target[claim.start : claim.end]
        word = reading.segment.source[origin.start : origin.end]
        spans = [(m.start, m.end) for m in against]
        others = [
            (t.text, source_lang) for t in reading.source_words if not any(s <= t.start < e for s, e in spans)
        ]
        if alike:
            if origin.senses != {source_lang} or claim.senses != {target_lang}:
                return None  # not the look-alikes themselves
            if not self._deceives(pivot[source_lang], reading, origin, claim, source_lang, target_lang):
                return None
            if _is_name(reading.segment.target, claim, target_lang) or _hyphenated(reading, origin, claim):
                return None
            if _copied(reading, origin, claim) and _is_name(reading.segment.source, origin, source_lang):
                return None
        elif _copied(reading, origin, claim):
            return None
        near, *elsewhere = self._company.closeness(
            (found, target_lang), [(word, source_lang), *others[:_LONGEST]]
        )
        if (near > _TRANSLATION and not alike) or max(elsewhere, default=0.0) > (
            _RELATED if alike else _EXPLAINED
        ):
            return None
        meant = self._meant(reading, origin, claim, inventory, source_lang, target_lang)
        wrong = next(name for name in pivot if name in claim.senses)
        return _Finding(reading, origin, claim, meant, 0.9, wrong, source_lang=source_lang)

    def _deceives(
        self, friend: Sense, reading: Reading, origin: Match, claim: Match, source_lang: str, target_lang: str
    ) -> bool:
        """Whether the company of a look-alike is that in which it misleads, where it does not everywhere."""
        if not friend.alike or not (friend.cues or friend.against):
            return friend.alike
        words = [
            *around(reading.source_words, source_lang, [(origin.start, origin.end)]),
            *around(reading.target_words, target_lang, [(claim.start, claim.end)]),
        ]
        sides = {"for": friend, "against": replace(friend, cues=friend.against)}
        fits = {name: fit.value for name, fit in self._company.fits(sides, words).items()}
        if friend.cues:
            return fits["for"] - fits["against"] >= _MISLED
        return fits["against"] < _MARGIN

    def _meant(
        self,
        reading: Reading,
        origin: Match,
        claim: Match,
        inventory: Inventory,
        source_lang: str,
        target_lang: str,
    ) -> str:
        """Which of the senses of ``origin`` its company speaks for; the inventory's first in doubt."""
        senses = {n: s for n, s in inventory.pivots[claim.pivot].items() if n in origin.senses}
        if len(senses) == 1:
            return next(iter(senses))
        words = [
            *around(reading.source_words, source_lang, [(origin.start, origin.end)]),
            *around(reading.target_words, target_lang, [(claim.start, claim.end)]),
        ]
        fits = self._company.fits(senses, words)
        return max(senses, key=lambda name: fits[name].value)

    def _doubt(
        self, reading: Reading, claim: Match, inventory: Inventory, source_lang: str, target_lang: str
    ) -> _Doubt | None:
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
        senses = inventory.pivots[claim.pivot]
        words = [
            *around(reading.source_words, source_lang, [(m.start, m.end) for m in origins]),
            *around(reading.target_words, target_lang, [(claim.start, claim.end)]),
        ]
        fits = self._company.fits({name: senses[name] for name in sorted(origin.senses)}, words)
        shared = [name for name in senses if name in origin.senses & claim.senses]
        claimed = max(shared, key=lambda name: fits[name].value)
        rivals = {name: fit for name, fit in fits.items() if name not in claim.senses}
        if not rivals:
            return None
        meant = max(rivals, key=lambda name: rivals[name].value)
        if any(senses[name].general for name in shared):
            heard = [one for one in words if one[1] == source_lang] or words
            if len(self._company.fits({meant: senses[meant]}, heard)[meant].witnesses) < _TWO_CUES:
                return None
        margin = rivals[meant].value - fits[claimed].value
        shown = next((name for name in shared if senses[name].general), claimed)
        return _Doubt(reading, origin, claim, meant, shown, margin, rivals[meant].witnesses)

    def _report(self, finding: _Finding, places: _Places, inventory: Inventory, lang: str) -> Flag:
        claim, origin, segment = finding.claim, finding.origin, finding.reading.segment
        senses = inventory.pivots[claim.pivot]
        elsewhere = _elsewhere(finding, places)
        lemma, gender = "", ""
        old_gender = inventory.gender(claim.pivot, claim.lemma, lang)
        if elsewhere is not None:
            lemma = elsewhere[1].lemma
            gender = inventory.gender(claim.pivot, lemma, lang)
        elif option := inventory.rendering(claim.pivot, finding.meant, lang):
            lemma, gender = option.text, option.gender
        fix: tuple[Edit, ...] = ()
        # The inventory's Chinese is simplified: no word to put into a text that is not.
        same_script = simplified(segment.target, lang) == segment.target
        if lemma and same_script:
            fix = _replaced(segment.target, claim, lemma, lang, old_gender, gender)
        key = "context" if origin.senses & claim.senses else "unambiguous"
        wrong, meant = senses[finding.wrong], senses[finding.meant]
        number = said = ""
        if elsewhere is not None:
            where, match = elsewhere
            key += "-elsewhere"
            number, said = str(where.segment.id), where.segment.target[match.start : match.end]
        glosses = wrong.gloss, meant.gloss
        if meant.alike:  # explained by the words that each of the two is in the other language
            key = "alike"
            glosses = _said(wrong, finding.source_lang), _said(meant, lang)
        return self.flag(
            segment,
            claim.start,
            claim.end,
            key,
            severity=Severity.MAJOR if finding.confidence >= _SURE else Severity.MINOR,
            confidence=finding.confidence,
            fix=fix,
            found=segment.target[claim.start : claim.end],
            word=segment.source[origin.start : origin.end],
            lemma=origin.lemma,
            pivot=claim.pivot,
            wrong=glosses[0],
            meant=glosses[1],
            clues=f" (beside {', '.join(f'«{c}»' for c in finding.context)})" if finding.context else "",
            known=f"; the dictionary {finding.dictionary} agrees" if finding.dictionary else "",
            number=number,
            elsewhere=said,
        )


def _replaced(
    text: str, claim: Match, lemma: str, lang: str, old_gender: str, gender: str
) -> tuple[Edit, ...]:
    """The edits that put ``lemma`` in the place of ``claim``, inflected like it; none if that is not sure."""
    genders = {gender, old_gender} if lang != "en" else {gender, old_gender} - {_ADJECTIVE}
    if (_VERB in genders and lang not in _VERBS_INFLECTED) or (_ADJECTIVE in genders and len(genders) > 1):
        return ()
    if _ADJECTIVE not in genders:
        return substitute(
            text, claim.start, claim.end, claim.lemma, lemma, lang, old_gender=old_gender, new_gender=gender
        )
    form = agreed_adjective(lemma, text[claim.start : claim.end], claim.lemma, lang)
    elided = text[: claim.start].endswith(("'", "’"))
    return (Edit(claim.start, claim.end, form),) if form and not elided else ()


def _said(sense: Sense, lang: str) -> str:
    return ", ".join(f"«{one.text}»" for one in sense.renderings[lang] if not one.weak)


def _is_name(text: str, match: Match, lang: str) -> bool:
    """A capital inside a sentence, where it is not every noun that has one."""
    before = text[: match.start].rstrip(' «“"(')
    return lang != "de" and text[match.start].isupper() and bool(before) and before[-1] not in ".!?:"


def _hyphenated(reading: Reading, origin: Match, claim: Match) -> bool:
    """A part of a compound, which may mean anything: «шорт-лист», «дата-центр»."""
    sides = ((reading.segment.source, origin), (reading.segment.target, claim))
    return any("-" in (text[: one.start][-1:], text[one.end :][:1]) for text, one in sides)


def _misfits(doubts: Sequence[_Doubt]) -> Iterable[_Finding]:
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
        if doubt.margin >= _OWN_MARGIN and margin >= _MARGIN and not _outvoted(doubt, votes):
            yield _Finding(
                doubt.reading,
                doubt.origin,
                doubt.claim,
                doubt.rival,
                _confidence(margin),
                doubt.claimed,
                doubt.witnesses,
            )


def _looked_up(
    finding: _Finding, dictionaries: Sequence[Dictionary], inventory: Inventory, lang: str
) -> _Finding:
    """What the user's dictionaries say of a word that cannot mean the claimed sense, as the inventory has it.

    One that gives this very rendering may know better; one that gives the rendering meant and not this one
    makes it surer. Where the word has both senses, a dictionary gives both and says nothing.
    """
    if finding.origin.senses & finding.claim.senses:
        return finding
    word, claim = finding.origin.lemma, finding.claim
    for one in dictionaries:
        said = one.renders(word, claim.lemma, lang)
        if said:
            return replace(finding, confidence=_DISPUTED)
        meant = inventory.pivots[claim.pivot][finding.meant].renderings.get(lang, ())
        if said is False and any(one.renders(word, rendering.text, lang) for rendering in meant):
            return replace(finding, confidence=_CONFIRMED, dictionary=one.name)
    return finding


def _votes(doubts: Sequence[_Doubt]) -> Mapping[str, Counter[str]]:
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


def _outvoted(doubt: _Doubt, votes: Mapping[str, Counter[str]]) -> bool:
    """The word's other places in the document speak for another sense: a text about a castle may
    well open its doors."""
    cast = votes[doubt.origin.lemma] if doubt.origin.lemma in votes else Counter()
    return cast.total() >= _QUORUM and 2 * cast[doubt.rival] <= cast.total()


def _confidence(margin: float) -> float:
    """A slope set by hand: just above one half at the threshold, .9 at the most. It was not fitted."""
    return min(0.9, 0.55 + 0.5 * (margin - _MARGIN))


def _copied(reading: Reading, origin: Match, claim: Match) -> bool:
    """The word stands in the translation as in the source: a name or a loan."""
    source, target = reading.segment.source, reading.segment.target
    return source[origin.start : origin.end].lower() == target[claim.start : claim.end].lower()


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


_Places = Mapping[tuple[str, str, str], Sequence[tuple[Reading, Match]]]


def _places(readings: Sequence[Reading]) -> _Places:
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


def _elsewhere(finding: _Finding, places: _Places) -> tuple[Reading, Match] | None:
    """Where the document first renders the same source word in the sense meant."""
    kind = (finding.claim.pivot, finding.origin.lemma, finding.meant)
    return next((place for place in places.get(kind, ()) if place[0] is not finding.reading), None)
