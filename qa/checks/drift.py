"""Term drift: one source term under two names in one document, without a glossary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from qa.checks.base import Context, DocumentCheck
from qa.checks.evidence import Company
from qa.checks.evidence_words import Term, Words, likelihood, stand_in, terms, words_of
from qa.lang import base
from qa.model import Flag, Severity
from qa.terms.agreement import gender_shown
from qa.terms.inflection import substitute

__all__ = ["TermDrift"]

_SLIP = 0.17
"""Likelihood of a slip from which it is reported: 4.75 false alarms in 1,000 segments of news."""


class TermDrift(DocumentCheck):
    """A term that this document renders otherwise everywhere else.

    ## What it flags
    A source noun that stands in three segments or more, has one usual rendering in the document, and
    is rendered by another word here, where that looks like a slip and not like a chosen synonym.

    ## Why it matters
    Readers take a new word for a new thing. An engine that sees one sentence at a time changes the
    name of a machine, an office or a legal term in the middle of a text.

    ## Example
    «клапан» is «soupape» in segments 2, 5 and 9, and «**vanne**» in segment 12.

    ## Fix
    Puts the usual rendering in its place, inflected like the word it replaces; none where that form is
    not known.
    """

    id = "term-drift"
    category = "terminology/inconsistent-use"
    severity = Severity.MINOR
    precision = 0.6
    messages: ClassVar[Mapping[str, str]] = {
        "drift": "«{found}» renders «{word}» here; {count} other segments say «{usual}» (first: {first})",
    }

    def __init__(self, company: Company | None = None) -> None:
        self._company = company or Company()

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        """Pairs of (segment id, flag), term by term."""
        source_lang, target_lang = base(context.source_lang), base(context.target_lang)
        if source_lang == target_lang:
            return
        document = words_of(context.segments, source_lang, target_lang)
        for term in terms(document, self._company, source_lang, target_lang):
            found = {
                at: one
                for at in term.missing
                if (one := stand_in(term, document[at], self._company, source_lang, target_lang))
            }
            usual_gender = _usual_gender(term, document, target_lang) if found else ""
            for at, other in sorted(found.items()):
                chance = likelihood(term, other, source_lang, target_lang)
                if chance < _SLIP:
                    continue
                token = other.word
                segment = document[at].segment
                first = document[term.kept[0]].segment
                yield (
                    segment.id,
                    self.flag(
                        segment,
                        token.start,
                        token.end,
                        "drift",
                        confidence=min(0.9, 0.4 + chance),
                        fix=substitute(
                            segment.target,
                            token.start,
                            token.end,
                            other.lemma,
                            term.usual,
                            target_lang,
                            old_gender=gender_shown(segment.target, token.start, target_lang),
                            new_gender=usual_gender,
                        ),
                        found=token.text,
                        word=document[at].source[term.source][0].text,
                        usual=term.usual,
                        count=str(len(term.kept)),
                        first=str(first.id),
                    ),
                )


def _usual_gender(term: Term, document: Sequence[Words], lang: str) -> str:
    """The gender of the usual rendering, as the determiners before it in this document show it."""
    shown = Counter(
        gender_shown(document[at].segment.target, word.start, lang)
        for at in term.kept
        for word in document[at].target[term.usual]
    )
    del shown[""]
    return max(shown, key=lambda gender: shown[gender], default="")
