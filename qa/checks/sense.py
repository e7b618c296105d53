"""Wrong sense: a fluent word that renders another meaning of the source word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from qa.checks.base import Context, DocumentCheck
from qa.checks.evidence import Reading, read
from qa.lang import base
from qa.model import Edit, Flag, Severity
from qa.terms.inflection import substitute
from qa.terms.senses import Inventory, Match, load

__all__ = ["WrongSense"]


@dataclass(frozen=True, slots=True)
class _Finding:
    """``claim`` in the target says a sense that ``origin`` in the source does not have here."""

    reading: Reading
    origin: Match
    claim: Match
    meant: str
    confidence: float
    context: tuple[str, ...] = ()


class WrongSense(DocumentCheck):
    """A word of the translation that expresses another meaning than the source word has.

    ## What it flags
    A target word that renders one meaning of an ambiguous (pivot) word where the source has another:
    the source word cannot have that meaning, or the words around it speak for another one.

    ## Why it matters
    An engine that goes through English turns «удары» into *strikes* and *strikes* into «grèves»: the
    sentence is fluent, no number or tag is wrong, and a military attack has become a labour strike.

    ## Example
    «удары по энергетической инфраструктуре» → «**grèves** sur l’infrastructure énergétique»

    ## Fix
    Puts the rendering of the meaning that was meant in the place of the word, inflected like it, with
    the article and adjective beside it: «**frappes** sur l’infrastructure énergétique». A rendering
    that the same document uses elsewhere for the same source word is preferred.
    """

    id = "wrong-sense"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    precision = 0.85
    messages: ClassVar[Mapping[str, str]] = {
        "unambiguous": "«{found}» means {wrong}, but «{word}» ({lemma}) means {meant}; "
        "the two meet only in “{pivot}”",
        "unambiguous-elsewhere": "«{found}» means {wrong}, but «{word}» ({lemma}) means {meant}; "
        "the two meet only in “{pivot}”. Segment {number} of this document says «{elsewhere}»",
        "context": "«{found}» means {wrong}; here «{word}» means {meant}{clues}",
        "context-elsewhere": "«{found}» means {wrong}; here «{word}» means {meant}{clues}. "
        "Segment {number} of this document says «{elsewhere}»",
    }

    def __init__(self, inventory: Inventory | None = None) -> None:
        self._inventory = inventory

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        """Pairs of (segment id, flag), in document order."""
        inventory = self._inventory or load()
        if base(context.source_lang) == base(context.target_lang):
            return
        readings = read(context, inventory)
        for finding in self._findings(readings, inventory):
            yield (
                finding.reading.segment.id,
                self._report(finding, readings, inventory, base(context.target_lang)),
            )

    def _findings(self, readings: Sequence[Reading], inventory: Inventory) -> Iterator[_Finding]:
        for reading in readings:
            for claim in reading.target:
                if not claim.weak and (finding := _contradiction(reading, claim, inventory)):
                    yield finding

    def _report(
        self, finding: _Finding, readings: Sequence[Reading], inventory: Inventory, lang: str
    ) -> Flag:
        claim, origin, segment = finding.claim, finding.origin, finding.reading.segment
        senses = inventory.pivots[claim.pivot]
        elsewhere = _elsewhere(finding, readings)
        lemma, gender = "", ""
        if elsewhere is not None:
            lemma = elsewhere[1].lemma
            gender = inventory.gender(claim.pivot, lemma, lang)
        elif option := inventory.rendering(claim.pivot, finding.meant, lang):
            lemma, gender = option.text, option.gender
        fix: tuple[Edit, ...] = ()
        if lemma:
            fix = substitute(
                segment.target,
                claim.start,
                claim.end,
                claim.lemma,
                lemma,
                lang,
                old_gender=inventory.gender(claim.pivot, claim.lemma, lang),
                new_gender=gender,
            )
        key = "context" if origin.senses & claim.senses else "unambiguous"
        number = said = ""
        if elsewhere is not None:
            where, match = elsewhere
            key += "-elsewhere"
            number, said = str(where.segment.id), where.segment.target[match.start : match.end]
        return self.flag(
            segment,
            claim.start,
            claim.end,
            key,
            confidence=finding.confidence,
            fix=fix,
            found=segment.target[claim.start : claim.end],
            word=segment.source[origin.start : origin.end],
            lemma=origin.lemma,
            pivot=claim.pivot,
            wrong=senses[min(claim.senses)].gloss,
            meant=senses[finding.meant].gloss,
            clues=f" (beside {', '.join(f'«{c}»' for c in finding.context)})" if finding.context else "",
            number=number,
            elsewhere=said,
        )


def _contradiction(reading: Reading, claim: Match, inventory: Inventory) -> _Finding | None:
    """The claim's sense is none that any source word of its pivot has."""
    origins = [m for m in reading.source if m.pivot == claim.pivot]
    against = [m for m in origins if not m.weak and not m.senses & claim.senses]
    if not against or len(against) < len(origins):
        return None
    if any(_explains(other, reading) for other in reading.target if other.start == claim.start):
        return None
    rendered = {
        m.start
        for m in reading.target
        if m.pivot == claim.pivot and any(m.senses & origin.senses for origin in against)
    }
    if len(rendered) >= len(against):
        return None
    origin = against[0]
    return _Finding(reading, origin, claim, min(origin.senses), 0.9)


def _explains(match: Match, reading: Reading) -> bool:
    """Some source word has the very sense that ``match`` expresses."""
    return any(m.pivot == match.pivot and m.senses & match.senses for m in reading.source)


def _elsewhere(finding: _Finding, readings: Sequence[Reading]) -> tuple[Reading, Match] | None:
    """Where the document renders the same source word in the sense meant, nearest first."""
    for reading in readings:
        if reading is finding.reading or not any(m.lemma == finding.origin.lemma for m in reading.source):
            continue
        for match in reading.target:
            if match.pivot == finding.claim.pivot and finding.meant in match.senses and not match.weak:
                return reading, match
    return None
