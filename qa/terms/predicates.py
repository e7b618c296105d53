"""Words that agree with a noun from farther off: adjectives and participles behind it, its predicate."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from qa.model import Edit
from qa.terms.adjectives import is_participle, turned
from qa.terms.determiners import FR, ROMANCE
from qa.terms.frequency import common
from qa.terms.senses.keys import Token, morphology

__all__ = ["followers", "slavic_form", "slavic_predicates"]

_PREDICATES = ("VERB", "PRTS", "ADJS")
_GRAMMEMES = {"m": "masc", "f": "femn", "n": "neut"}
"""The genders as the morphological dictionary names them."""


def _sets(words: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    return {lang: frozenset(listed.split()) for lang, listed in words.items()}


_CLAUSE_ENDS = re.compile(r"[.,;:!?()«»„“”\"…—–]")
_COPULAS = _sets(
    {
        "fr": "être est sont était étaient fut furent sera seront serait seraient soit soient été étant "
        "reste restent devient deviennent semble semblent",
        "es": "ser es son era eran fue fueron será serán sería sea sean sido estar está están estaba "
        "estaban estuvo queda quedan quedó resultó",
        "pt": "ser é são era eram foi foram será serão seria seja sejam sido estar está estão estava "
        "estavam fica ficou ficaram",
        "it": "essere è sono era erano fu furono sarà saranno sarebbe sia siano viene vengono venne "
        "vennero rimane rimase resta",
    }
)
_ADVERBS = _sets(
    {
        "fr": "très plus moins peu trop si aussi bien déjà encore pas jamais tout été toujours "
        "finalement enfin largement",
        "es": "muy más menos poco tan ya también no nunca sido siempre bien finalmente",
        "pt": "muito mais menos pouco tão já também não nunca sido sempre bem finalmente",
        "it": "molto più meno poco così già anche non mai sempre ben finalmente",
    }
)
_AND = _sets({"fr": "et ou mais", "es": "y e o pero", "pt": "e ou mas", "it": "e ed o ma"})
_OPENERS = _sets(
    {
        "fr": "et mais car que qu quand si lorsque puisque comme donc or où",
        "es": "y e pero que cuando si porque como pues donde",
        "pt": "e mas que quando se porque como pois onde",
        "it": "e ed ma che quando se perché come dove poiché",
    }
)
_ONE_FORM = ("al", "ale", "ique", "ar", "aire", "are", "iste", "ista")
"""Endings of adjectives with one form, behind which another may stand."""


def followers(
    text: str, before: Sequence[Token], after: Sequence[Token], end: int, lang: str, gender: str, number: str
) -> list[Edit] | None:
    """Edits of the Romance words behind ``text[:end]`` that agree with the noun there, now of ``gender``.

    None where one of them has to change and how is not certain, or where it is not certain that a participle
    goes with this noun.
    """
    edits: list[Edit] = []
    clause, rest = _clause(text, after, end)
    attributes, used = _run(text, clause, end, lang, gender, number, verb_possible=True)
    if attributes is None:
        return None
    edits += attributes
    clause = clause[used:]
    subject = _opens_clause(text, before, lang)
    handled = 0
    for at, token in enumerate(clause):
        if at < handled:
            continue
        if token.text.lower() in _COPULAS[lang]:
            said, used = _run(
                text, clause[at + 1 :], token.end, lang, gender, number, verb_possible=False, predicate=True
            )
            handled = at + 1 + used
            if said is None or (said and not subject and gender == "m"):
                return None
            edits += said if subject else []
        elif (
            gender == "m"
            and is_participle(token.text, lang, "f", number)
            and turned(token.text, lang, gender, number, verb_possible=True) != token.text
        ):
            return None  # of this noun, or of the one before it
    apposed = "f" if gender == "m" else "m"
    if clause or not rest or text[end : rest[0].start].strip(" ,"):
        return edits
    if is_participle(rest[0].text, lang, apposed, number):
        form = turned(rest[0].text, lang, gender, number, verb_possible=True)
        if form is None:
            return None
        edits += [Edit(rest[0].start, rest[0].end, form)] if form != rest[0].text else []
    return edits


def _clause(text: str, after: Sequence[Token], end: int) -> tuple[Sequence[Token], Sequence[Token]]:
    found = _CLAUSE_ENDS.search(text, end)
    stop = found.start() if found else len(text)
    inside = [token for token in after if token.end <= stop]
    return inside, after[len(inside) :]


def _run(
    text: str,
    words: Sequence[Token],
    at: int,
    lang: str,
    gender: str,
    number: str,
    *,
    verb_possible: bool,
    predicate: bool = False,
) -> tuple[list[Edit] | None, int]:
    """The edits of the adjectives from ``text[at:]`` on, and how many words they take up."""
    edits: list[Edit] = []
    used = 0
    for place, token in enumerate(words):
        low = token.text.lower()
        if not text[at : token.start].isspace():
            break
        at = token.end
        if low in _ADVERBS[lang] or (edits and low in _AND[lang]):
            continue
        form = turned(token.text, lang, gender, number, verb_possible=verb_possible)
        if form is None:
            return None, used
        if form == token.text:
            if predicate or edits:
                break
            if place == 0 and low.endswith(_ONE_FORM):
                used = place + 1
                continue
            break
        edits.append(Edit(token.start, token.end, form))
        used = place + 1
        verb_possible = verb_possible and not predicate
    return edits, used


def _opens_clause(text: str, before: Sequence[Token], lang: str) -> bool:
    """The noun behind ``before`` begins its clause but for a determiner: its subject, most likely."""
    at = len(before) - 1
    if at >= 0 and _is_determiner(before[at].text.lower(), lang):
        at -= 1
    elif at >= 0:
        return False
    if at < 0:
        return True
    between = text[before[at].end : before[at + 1].start] if at + 1 < len(before) else ""
    return bool(_CLAUSE_ENDS.search(between)) or before[at].text.lower() in _OPENERS[lang]


def _is_determiner(low: str, lang: str) -> bool:
    if lang == "fr":
        return low in ("l", "les", "des", "ces", "ses") or any(
            low in pair for pair in FR if pair[0] not in ("du", "au")
        )
    pairs = (*ROMANCE[lang, "singular"], *ROMANCE[lang, "plural"])
    return low in ("l", "gli") or any(low in pair and not _contracted(pair) for pair in pairs)


def _contracted(pair: tuple[str, str]) -> bool:
    return pair[0].startswith(
        ("de", "al", "ao", "ai", "ag", "da", "do", "na", "ne", "no", "su", "pel", "num")
    )


def slavic_predicates(
    text: str,
    before: Sequence[Token],
    after: Sequence[Token],
    start: int,
    lang: str,
    old_gender: str,
    new_gender: str,
) -> list[Edit]:
    """Edits of the past tense or short participle of which the noun at ``start`` may be the subject."""
    end = after[0].start if after else len(text)
    noun = text[start:end].strip(' .,;:!?»”"')
    if not any("nomn" in p.tag for p in readings(noun, lang)):
        return []
    clause, _ = _clause(text, after, start)
    edits: list[Edit] = []
    for at, token in enumerate(clause):
        kinds = (*_PREDICATES, "ADJF") if edits else _PREDICATES
        form = slavic_form(token.text, lang, kinds, old_gender, new_gender)
        following = clause[at + 1].text if at + 1 < len(clause) else ""
        if form and not (edits and _is_noun(following, lang)):
            edits.append(Edit(token.start, token.end, form))
        elif edits:
            return edits
    for token in () if edits else _back(text, before, start):
        if form := slavic_form(token.text, lang, _PREDICATES, old_gender, new_gender):
            return [Edit(token.start, token.end, form)]
    return edits


def _is_noun(word: str, lang: str) -> bool:
    return bool(word) and any("NOUN" in parse.tag for parse in readings(word, lang))


def slavic_form(word: str, lang: str, kinds: Container[str], old_gender: str, new_gender: str) -> str:
    """The singular ``word`` of one of the parts of speech ``kinds`` in its new gender; "" if it is none."""
    fitting = [
        parse
        for parse in readings(word, lang)
        if parse.tag.POS in kinds
        and "plur" not in parse.tag
        and str(parse.tag.gender) == _GRAMMEMES[old_gender]
    ]
    if not fitting:
        return ""
    # «большая» is «большой» and «больший»: the commoner of the forms that fit.
    kept = {str(fitting[0].tag.case)} if fitting[0].tag.case else set()
    same = [p for p in morphology(lang).parse(word.lower()) if p.tag == fitting[0].tag]
    made = [p.inflect({_GRAMMEMES[new_gender], *kept}) for p in same]
    forms = [str(form.word) for form in made if form is not None]
    best = max(forms, key=lambda one: common(lang).get(one, 0.0), default="")
    return _capital(best, word) if best else ""


def readings(word: str, lang: str) -> list[Any]:
    """The likeliest reading of a Russian word; all of a Ukrainian one, whose likelihoods nobody knows."""
    found: list[Any] = morphology(lang).parse(word.lower())
    return found[:1] if lang == "ru" else found


def _back(text: str, before: Sequence[Token], start: int) -> Iterator[Token]:
    for token in reversed(before):
        if _CLAUSE_ENDS.search(text[token.end : start]):
            return
        yield token


def _capital(form: str, model: str) -> str:
    return form[:1].upper() + form[1:] if model[:1].isupper() else form
