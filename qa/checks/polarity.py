"""Negations that one side has and nothing on the other side accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.checks.clauses import clause_at
from qa.checks.polarity_balance import LeftOver, left_over, likelihood
from qa.model import Edit, Flag, Segment, Severity
from qa.terms.lemmas import lemma
from qa.terms.negation import languages, negations

__all__ = ["PolarityCheck"]

_LIKELY = 0.85
"""Likelihood from which a flag is raised: with it human translations get eight to nine flags per 1,000."""
_PLAIN, _CERTAIN, _LONG = 0.92, 0.95, 150
"""Likelihood below which a flag says "may"; below the second, or from that many characters on, it is minor:
there are other ways to say it."""
_DOUBT = 0.4
"""Confidence in a flag that says "may"."""
_REACH = 40
"""Characters behind a negation within which it may deny another negative word."""
_NEAR = 0.2
"""How far (as a share of the sentence) the verb may stand from where the source has its negation."""
_WORD = re.compile(r"[^\W\d_]+")
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|should|must|may|might|has|have|had)\b(?! not\b|[’']t\b)",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"\b(?:(?:is|are|was|were|will|would|could|should|must|may|might|has|have|had)( not)|can(not))\b",
    re.IGNORECASE,
)
_FRENCH_NEGATED = re.compile(r"n(?:e |[’'])(?P<verb>[\w-]+)[ \u00a0]pas\b")
_CLITICS = re.compile(
    r"(?:(?<![\w’'-])(?:(?:me|te|se|nous|vous|lui|leur|y|en)[ \u00a0]|[mts][’']))+$", re.IGNORECASE
)
"""Pronouns before a verb, which «ne» precedes. «le», «la», «les» and «l’» may be articles: no fix then."""
_LE_LA = re.compile(r"(?<![\w’'-])(?:(?:le|la|les|que|ne)[ \u00a0]|[lnjcqd][’'])$", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?:nous(?= (?:[\w’']+ )?\w*(?:ons|sommes)$)|vous(?= (?:[\w’']+ )?\w*(?:ez|êtes|ites)$))[ \u00a0]",
    re.IGNORECASE,
)
_SLAVIC_NOT = re.compile(r"не[ \u00a0](?=\w)")
_QUESTION = re.compile(r"[?？؟]")
_FINITE = re.compile(r"(?:[aeo]|[eo]nt|ai[st]?|aient|[eo]ns|ez|is|it|ut)$", re.IGNORECASE)
_NOT_FINITE = frozenset(
    "le la les l un une des du de ce ces cet cette son sa ses mon ma mes notre nos votre vos leur leurs "
    "d à au aux en par pour sur dans et ou".split()
)
"""After one of these stands a noun, not a finite verb."""
_NOT = re.compile(r"\bnot\b|n[’']t\b", re.IGNORECASE)
_OPPOSITES = (
    (re.compile(r"\b(?:dissatisfied|unsatisfied|unhappy)\b", re.IGNORECASE),
     re.compile(r"满意|高兴|満足|(?<!не)довол[ье]н|задоволен|(?<!un)zufrieden|(?<!in)satis(?:fai|fech)|\bcontent"
                r"|(?<!in)soddisfatt|(?<!nie)zadowol|(?<!ne)spokojen", re.IGNORECASE)),
    (re.compile(r"\b(?:impossible|unlikely)\b", re.IGNORECASE),
     re.compile(r"(?<!不)可能|(?<!не)возмож|(?<!не)можлив|(?<!un)möglich|(?<!im)possib|(?<!im)posib"
                r"|(?<!nie)możliw|(?<!ne)možn", re.IGNORECASE)),
)  # fmt: skip
"""English adjectives that negate, and their affirmative counterparts elsewhere."""


class PolarityCheck(SegmentCheck):
    """A sentence that denies what the source affirms, or the reverse.

    ## What it flags
    A sentence negation («не», *not*, «ne … pas», „kein“, 不) of one side where the other side has no
    counterpart. What else might account for it is weighed: negative words (*without*, *refuse*, «лишён»),
    negating prefixes and suffixes (*unlikely*, «неизвестно»), words that may stand for a negation (*only*,
    *until*), the more the nearer they stand to its place. A notion that both sides have accounts for nothing:
    in «не исключают» → *exclude* the negation is missing. Also an English “not … dissatisfied” where the
    source negates the affirmative word. Questions are left alone; in sentences of 150 characters and
    more, and where a weak excuse is left, the flag is minor; where the excuse is better, it also says
    “may” and proposes no fix.

    ## Why it matters
    The translation says the opposite, and nothing in it looks wrong.

    ## Example
    «Наблюдатели не исключают» → «Les observateurs **excluent**»

    ## Fix
    Where the verb is found with certainty: «n’… pas» in French, “not” after or out of an English
    auxiliary. Otherwise none.
    """

    id = "polarity"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    precision = 0.6
    messages = {
        "lost": "the translation does not negate what the source does (“{cue}”)",
        "added": "“{cue}” negates what the source affirms",
        "perhaps-lost": "the translation may not negate what the source does (“{cue}”), or say so otherwise",
        "perhaps-added": "“{cue}” may negate what the source affirms, unless that says so otherwise",
        "twice": "“{word}” after “{cue}” says the opposite of the source, which negates once",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        source_lang, target_lang = lang.base(context.source_lang), lang.base(context.target_lang)
        if source_lang == target_lang or not {source_lang, target_lang} <= languages():
            return
        if _QUESTION.search(source) or _QUESTION.search(text):
            return  # a question is negated for politeness, and answered either way
        before, after = negations(source, source_lang), negations(text, target_lang)
        one = left_over(before, after, source, text, (source_lang, target_lang))
        if one is None:
            if target_lang == "en" and len(before.sure) == 1:
                yield from self._twice(segment)
            return
        chance = likelihood(one)
        if chance < _LIKELY or (one.lost and _only_with(one)):
            return
        certain = chance >= _CERTAIN and max(len(source), len(text)) < _LONG
        severity = Severity.MAJOR if certain else Severity.MINOR
        sure = chance >= _PLAIN
        if one.lost:
            yield replace(self._lost(segment, one.start, one.end, target_lang, sure), severity=severity)
        else:
            fix, cue = _without(text, one.start, target_lang), text[one.start : one.end]
            yield self.flag(
                segment, one.start, one.end, "added" if sure else "perhaps-added", severity=severity,
                confidence=None if sure else _DOUBT, fix=fix if sure else (), cue=cue,
            )  # fmt: skip

    def _lost(self, segment: Segment, first: int, last: int, language: str, sure: bool) -> Flag:
        """On the verb that should be negated, where it can be told; else on the clause around its place."""
        text = segment.target
        cue = segment.source[first:last]
        share = first / len(segment.source)
        place = round(share * len(text))
        if not sure:
            start, end = clause_at(text, place)
            return self.flag(segment, start, end, "perhaps-lost", confidence=_DOUBT, cue=cue)
        if language == "fr" and (verb := _french_verb(text, share)):
            start, end = verb
            edits = _negated(text, start, end) if text[start].islower() else []
            return self.flag(segment, start, end, "lost", fix=edits, cue=cue)
        if language == "en":
            found = list(_AUXILIARY.finditer(text))
            if len(found) == 1 and abs(found[0].start() / len(text) - share) < _NEAR:
                start, end = found[0].span()
                joint = "not" if text[start:end].lower() == "can" else " not"
                return self.flag(segment, start, end, "lost", fix=[Edit(end, end, joint)], cue=cue)
        start, end = clause_at(text, place)
        return self.flag(segment, start, end, "lost", cue=cue)

    def _twice(self, segment: Segment) -> Iterable[Flag]:
        text = segment.target
        negation = _NOT.search(text)
        for pattern, affirmative in _OPPOSITES:
            match = pattern.search(text, negation.end(), negation.end() + _REACH) if negation else None
            if (
                match
                and negation
                and affirmative.search(segment.source)
                and not pattern.search(segment.source)
            ):
                yield self.flag(
                    segment, *match.span(), "twice", confidence=0.75,
                    word=match.group(), cue=negation.group(),
                )  # fmt: skip


def _only_with(one: LeftOver) -> bool:
    """«Без помощи не справиться»: can be done only *with* help."""
    ours, theirs = one.ours.notions, one.theirs.notions
    return "without" in ours and "without" not in theirs and "~only" in theirs


def _french_verb(text: str, share: float) -> tuple[int, int] | None:
    """The one finite verb near ``share`` of the text; None where there is none or several."""
    found: list[tuple[int, int]] = []
    before = ""
    for match in _WORD.finditer(text):
        word = match.group()
        near = abs(match.start() / len(text) - share) < _NEAR
        if near and word.islower() and before not in _NOT_FINITE and _FINITE.search(word):
            infinitive = lemma(word, "fr")
            if infinitive != word and infinitive.endswith(("er", "ir", "re", "oir")):
                found.append(match.span())
        before = word.lower()
    return found[0] if len(found) == 1 else None


def _negated(text: str, start: int, end: int) -> list[Edit]:
    """The edits that put «ne … pas» around the verb at ``[start, end)``, before its pronouns: «n’y a pas»."""
    match = _CLITICS.search(text, 0, start)
    first = match.start() if match else start
    subject = _SUBJECT.match(text, first, end)
    first = subject.end() if subject else first
    if _LE_LA.search(text, 0, first) or text[end : end + 1] == "-":
        return []  # an inverted verb, or a word that may be article or pronoun
    elided = "n'" if "'" in text and "’" not in text else "n’"
    particle = elided if text[first].lower() in "aeiouyhéèêâîô" else "ne "
    if first > 0 and text[first - 1] in "'’":
        # «s’il y a», «j’ai»: an elided word before it would have to be written out
        return []
    return [Edit(first, end, f"{particle}{text[first:end]} pas")]


def _without(text: str, start: int, language: str) -> list[Edit]:
    """The edits that take the negation at ``start`` out, where nothing else in the sentence has to change."""
    if language == "en":
        found = [match for match in _NOT_AFTER.finditer(text) if match.end() > start >= match.start()]
        return [Edit(*match.span(match.lastindex or 0), "") for match in found]
    if language == "fr" and (found_fr := _FRENCH_NEGATED.match(text, start)):
        (verb, verb_end), end = found_fr.span("verb"), found_fr.end()
        return [Edit(start, verb, ""), Edit(verb_end, end, "")]
    if language in ("ru", "uk") and (match := _SLAVIC_NOT.match(text, start)):
        return [Edit(start, match.end(), "")]
    return []
