"""Wrong sense: a fluent word that renders another meaning of the source word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from qa.checks.base import Context, DocumentCheck
from qa.checks.evidence import Company, read
from qa.checks.sense_document import Places, elsewhere_of, misfits, places_of
from qa.checks.sense_judge import Doubt, Finding, Judge
from qa.lang import base
from qa.model import Edit, Flag, Severity
from qa.terms.adjectives import agreed_adjective
from qa.terms.inflection import substitute
from qa.terms.senses import Inventory, Match, Sense, load
from qa.terms.simplified import simplified

if TYPE_CHECKING:
    from qa.terms.bilingual import Dictionary

__all__ = ["WrongSense"]

_SURE, _EVEN = 0.65, 0.5
"""Below them the company of a word alone speaks against it, and not loudly (minor) or hardly (neutral)."""
_DISPUTED, _CONFIRMED = 0.5, 0.96
"""Confidence where a dictionary gives the word that is flagged, and where it gives the other."""
_VERB, _ADJECTIVE = "v", "a"
_VERBS_INFLECTED = frozenset({"ru", "uk"})
"""Languages whose verbs we inflect; elsewhere a verb in its dictionary form would be no mending."""


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
        "context": "«{found}» means {wrong}; here «{word}» {may}{meant}{clues}",
        "context-elsewhere": "«{found}» means {wrong}; here «{word}» {may}{meant}{clues}. "
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
        readings = read(context, inventory, inventory.pivots_of(source_lang))
        judge = Judge(inventory, self._company, source_lang, target_lang)
        findings: list[Finding] = []
        doubts: list[Doubt] = []
        for reading in readings:
            for claim in reading.target:
                if claim.weak:
                    continue
                if finding := judge.contradiction(reading, claim):
                    findings.append(finding)
                elif doubt := judge.doubt(reading, claim):
                    doubts.append(doubt)
        findings += misfits(doubts)
        known = [one for one in context.dictionaries if one.covers(source_lang, target_lang)]
        findings = [_looked_up(finding, known, inventory, target_lang) for finding in findings]
        findings.sort(key=lambda f: (f.reading.segment.id, f.claim.start))
        places = places_of(readings)
        at: set[tuple[int, int]] = set()
        for finding in findings:
            place = (finding.reading.segment.id, finding.claim.start)
            if place not in at:
                at.add(place)
                yield place[0], self._report(finding, places, inventory, target_lang)

    def _report(self, finding: Finding, places: Places, inventory: Inventory, lang: str) -> Flag:
        claim, origin, segment = finding.claim, finding.origin, finding.reading.segment
        senses = inventory.pivots[claim.pivot]
        elsewhere = elsewhere_of(finding, places)
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
            severity=_severity(finding.confidence),
            confidence=finding.confidence,
            fix=fix,
            found=segment.target[claim.start : claim.end],
            word=segment.source[origin.start : origin.end],
            lemma=origin.lemma,
            pivot=claim.pivot,
            wrong=glosses[0],
            meant=glosses[1],
            may="means " if finding.confidence >= _EVEN else "may mean ",
            clues=f" (beside {', '.join(f'«{c}»' for c in finding.context)})" if finding.context else "",
            known=f"; the dictionary {finding.dictionary} agrees" if finding.dictionary else "",
            number=number,
            elsewhere=said,
        )


def _severity(confidence: float) -> Severity:
    if confidence < _EVEN:
        return Severity.NEUTRAL
    return Severity.MAJOR if confidence >= _SURE else Severity.MINOR


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


def _looked_up(
    finding: Finding, dictionaries: Sequence[Dictionary], inventory: Inventory, lang: str
) -> Finding:
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
