"""Which word of the translation renders a repeated word of the source, found out by counting.

A *term* is a content noun that stands in several segments; its *usual rendering* is the target word
that comes and goes with it. Counting alone decides; word vectors only veto a coincidence. Where the
usual rendering is missing although the term is there, ``stand_in`` looks for the word in its place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import exp, log10

from qa.checks.evidence import Company, knows
from qa.lang import is_unspaced
from qa.model import Segment
from qa.terms.frequency import common
from qa.terms.lemmas import lemma, related
from qa.terms.senses.keys import Token, morphology, tokens

__all__ = ["StandIn", "Term", "Words", "likelihood", "stand_in", "terms", "words_of"]

_SHORTEST = 4
_TOO_COMMON = 6e-4
"""Share of running text from which a word is too general to be a term (about the 150 commonest nouns)."""
_SUPPORT = 2
_OFTEN = 3
_CONSISTENT = 0.5
_STEM = 3
_COINCIDENCE = 0.2
"""Closeness of a term and its usual rendering below which their keeping company is taken for chance."""
_UNKNOWN = 0.6
"""What the closeness of a term to a rendering is taken to be where its language has no word vectors:
about what good renderings have. Counting alone decides there."""
_TYPICAL = 0.5
"""The same of a term to the word in the place of its usual rendering: about what slips have."""
_COMPANIONS = 12
"""Words that stand beside a term most often, among which its rendering is looked for."""
_VERB_ENDINGS = {
    "fr": ("er", "ir", "oir", "re"),
    "es": ("ar", "er", "ir", "arse", "erse", "irse"),
    "pt": ("ar", "er", "ir"),
    "it": ("are", "ere", "ire", "arsi", "ersi", "irsi"),
}
_VERB_FORMS = {"en": ("ing", "ed")}


@dataclass(frozen=True, slots=True)
class Words:
    """The content words of one segment by side: lemma → the words that are forms of it."""

    segment: Segment
    source: dict[str, list[Token]]
    target: dict[str, list[Token]]


@dataclass(frozen=True, slots=True)
class Term:
    """A source lemma, its usual rendering, and the segments (positions) with and without it.

    ``company`` (0 to 1) is how faithfully the two come and go together, ``closeness`` the cosine of
    their word vectors. ``busy`` are words beside the term that the document also has where the term is
    not: they render something else.
    """

    source: str
    usual: str
    kept: tuple[int, ...]
    missing: tuple[int, ...]
    company: float
    closeness: float
    busy: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StandIn:
    """The word found in the place of a term's usual rendering.

    ``closeness`` is its cosine to the term or to its usual rendering, ``ahead`` by how much that
    exceeds its cosine to any other source word, ``direct`` its cosine to the term itself (a typical
    value where the term's language has no word vectors).
    """

    lemma: str
    word: Token
    closeness: float
    ahead: float
    direct: float


def words_of(segments: Sequence[Segment], source_lang: str, target_lang: str) -> list[Words]:
    """The content words of all segments with both sides; nothing for languages without spaces."""
    if is_unspaced(source_lang) or is_unspaced(target_lang):
        return []
    return [
        Words(segment, _content(segment.source, source_lang), _content(segment.target, target_lang))
        for segment in segments
        if segment.source.strip() and segment.target.strip()
    ]


def terms(document: Sequence[Words], company: Company, source_lang: str, target_lang: str) -> Iterator[Term]:
    """Terms with a usual rendering that some of their segments lack. Linear in the document's words."""
    where: defaultdict[str, list[int]] = defaultdict(list)
    spread: Counter[str] = Counter()
    for at, words in enumerate(document):
        for source in words.source:
            where[source].append(at)
        spread.update(words.target.keys())
    for source, places in where.items():
        if len(places) < _OFTEN or (source[0].isupper() and source.lower() in where):
            continue  # seldom, or with a capital only here and there
        beside: Counter[str] = Counter()
        for at in places:
            beside.update(document[at].target.keys())
        faithful = {
            target: 2 * together / (len(places) + spread[target])
            for target, together in beside.most_common(_COMPANIONS)
            if together >= max(_SUPPORT, _CONSISTENT * len(places))
        }
        faithful = {target: share for target, share in faithful.items() if share >= _CONSISTENT}
        if not faithful:
            continue
        near = dict.fromkeys(faithful, _UNKNOWN)
        if knows(source_lang):
            pairs = [(target, target_lang) for target in faithful]
            near = dict(zip(faithful, company.closeness((source, source_lang), pairs), strict=True))
        # In a short document several words keep a term company; what means the same is its rendering.
        best = max(faithful, key=lambda target: faithful[target] + near[target])
        closeness = near[best]
        if closeness < _COINCIDENCE:
            continue
        kept = tuple(at for at in places if best in document[at].target)
        missing = tuple(
            at
            for at in places
            if best not in document[at].target and not _in_other_form(best, document[at], target_lang)
        )
        if not missing:
            continue
        busy = frozenset(
            target for at in missing for target in document[at].target if spread[target] > beside[target]
        )
        yield Term(source, best, kept, missing, faithful[best], closeness, busy)


def stand_in(
    term: Term, words: Words, company: Company, source_lang: str, target_lang: str
) -> StandIn | None:
    """The word that stands for ``term`` in a segment without its usual rendering; None when no word
    does, as in a free or shortened translation, or when the best one renders something else elsewhere
    or is a derivation of the usual rendering («opposant», «opposition»)."""
    candidates = list(words.target)
    if not candidates:
        return None
    pairs = [(t, target_lang) for t in candidates]
    like = company.closeness((term.usual, target_lang), pairs)
    direct, close = [_TYPICAL] * len(pairs), like
    if knows(source_lang):
        direct = company.closeness((term.source, source_lang), pairs)
        close = list(map(max, direct, like))
    rivals = [(s, source_lang) for s in words.source if s != term.source]
    ranked = sorted(zip(close, direct, candidates, strict=True), reverse=True)
    for closeness, near, candidate in ranked:
        if closeness < _STAND_IN:
            break
        explained = company.closeness((candidate, target_lang), rivals)
        ahead = closeness - max(explained, default=0.0)
        if ahead >= 0:
            if candidate in term.busy or _derived(candidate, term.usual):
                return None
            return StandIn(candidate, words.target[candidate][0], closeness, ahead, near)
    return None


def likelihood(term: Term, found: StandIn, source_lang: str, target_lang: str) -> float:
    """Chance that ``found`` is a slip and no chosen synonym: 0 to 1, fitted on seeded documents by
    ``benchmarks/sense.py --fit``. A word that is itself a good translation of the term speaks for a
    choice; a faithful usual rendering and a near-synonym of it speak for a slip."""
    rare = -log10(common(source_lang).get(term.source.lower(), 0.0) + 1e-7)
    rare_usual = -log10(common(target_lang).get(term.usual.lower(), 0.0) + 1e-7)
    score = (
        -8.22
        + 7.25 * term.company
        + 4.28 * found.closeness
        + 1.6 * found.ahead
        + 4.05 * term.closeness
        - 6.14 * found.direct
        + 0.3 * rare
        - 0.73 * rare_usual
        - 1.79 * (len(term.missing) > 1)
    )
    return 1 / (1 + exp(-score))


_STAND_IN = 0.4
"""Closeness to the term or its usual rendering that makes a word stand for it."""


_DETERMINER = re.compile(
    r"\b(?:the|l[ea]s?|des|du|aux?|el|l[oa]s|del|al|il|gli|i|dell[aeo]|dei|degli|nell?[aeo]?|[oa]s?|d[oa]s?|aos?|às?"
    r"|de|het) $",
    re.IGNORECASE,
)
_BEFORE = 8
_BEGINS = frozenset('.!?:«“"\n')


def _content(text: str, lang: str) -> dict[str, list[Token]]:
    """Lemma → words; terms that a contract defines («le Prestataire», "the Provider") keep their capital."""
    found: defaultdict[str, list[Token]] = defaultdict(list)
    frequency = common(lang)
    previous_end, named = -1, False
    for token in tokens(text):
        between = text[max(0, previous_end) : token.start]
        first = previous_end < 0 or (between != " " and not _BEGINS.isdisjoint(between))
        previous_end = token.end
        capital = token.text[0].isupper()
        named = capital and between == " " and (named or _is_named(text, token, lang))
        if len(token.text) < _SHORTEST or frequency.get(token.text.lower(), 0.0) > _TOO_COMMON:
            continue
        if lang == "de":
            counts, named = capital, False
        else:  # what counts no more is a name: spelt, not rendered
            counts = not capital or first or (named and token.text[1:].islower())
        if counts and (base := _noun(token.text, lang)):
            found[base.capitalize() if named and not first else base].append(token)
    return dict(found)


def _is_named(text: str, token: Token, lang: str) -> bool:
    """Whether a word with a capital may be a term and no name, by the article before it or its morphology."""
    if lang in ("ru", "uk"):
        kinds = set(re.split("[ ,]", str(morphology(lang).parse(token.text.lower())[0].tag)))
        return "NOUN" in kinds and kinds.isdisjoint(("Name", "Surn", "Patr", "Geox", "Orgn"))
    return _DETERMINER.search(text, max(0, token.start - _BEFORE), token.start) is not None


def _noun(word: str, lang: str) -> str:
    """The lemma of ``word`` where it may be a noun, else ""."""
    if lang in ("ru", "uk"):
        parse = morphology(lang).parse(word.lower())[0]
        return str(parse.normal_form) if "NOUN" in parse.tag and "Name" not in parse.tag else ""
    if word.lower().endswith(_VERB_FORMS.get(lang, ("\0",))):
        return ""
    base = lemma(word, lang)
    if base.endswith(_VERB_ENDINGS.get(lang, ("\0",))) and base != word.lower():
        return ""
    return base


def _derived(one: str, other: str) -> bool:
    """The two begin alike over half of the shorter one: they share a stem, or might."""
    pairs = zip(one.lower(), other.lower(), strict=False)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return alike >= _STEM and 2 * alike >= min(len(one), len(other))


def _in_other_form(usual: str, words: Words, lang: str) -> bool:
    """A form, derivation or compound of the usual rendering is there after all."""
    stem = usual[: max(_SHORTEST, len(usual) - 3)].lower()
    return (
        any(
            stem in form.text.lower() or related(usual, form.text, lang)
            for forms in words.target.values()
            for form in forms
        )
        or stem in words.segment.target.lower()
    )
