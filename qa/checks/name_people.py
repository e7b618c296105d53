"""One half of a person's name is right and the other another person's: Jan Kowalski, Jan Nowak.

The half that is right would hold the whole name (see ``name_suspects``). A person is known by a given name
of the table, so that its halves can be told apart, and each compared with its own like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.checks.name_suspects import Pair, capital_bias, pair_of
from qa.terms.given_names import given_names
from qa.terms.names import Word, abbreviation, country, names, nationality, placed, title, words
from qa.terms.senses.keys import morphology
from qa.terms.transliteration import likeness, romanise

__all__ = ["Crossed", "alike", "crossed"]

_SURNAME = 4
"""Letters from which a surname can be told from another."""
_STEM = 4
"""Letters of a stem from which it can be compared without its ending."""
_ONE: Mapping[Pair, float] = {"latin": 0.9, "spelt": 0.8}
"""Likeness from which two surnames are one, by what their scripts let compare."""
_TWO: Mapping[Pair, float] = {"latin": 0.8, "spelt": 0.58}
"""Likeness below which they are two: so unlike are no two spellings in fifteen hundred human translations
but Watson («Уотсоном») and Noizat («Нуаза»)."""
_CALLED: Mapping[Pair, float] = {"latin": 0.8, "spelt": 0.7}
"""Likeness from which a word may be a given name of which the table has not this form."""
_FAMILIES = {
    family: re.compile(f"(?:{ending})$")
    for family, ending in {
        "ov": "[eo](?:v|w|f|ff)a?",
        "in": "[iy]n[ae]?",
        "enko": "[ei]nko",
        "sky": "[sct]k(?:[iyj]+|[oy]i|oy|oj|a|aya|aia|aja)",
        "uk": "[uy]k",
        "ich": "i(?:c|ch|cz|tch|tsch)|yc|ych",
        "shvili": "s(?:c?h)?vili",
    }.items()
}
"""How surnames of Eastern Europe end, in any language's spelling: one ending for another is no spelling."""
_BYNAME = re.compile(r"\b(?:le|la|der|die|den|el|the)\b", re.IGNORECASE)
_PATRONYMIC = re.compile(r"(?:[оеёй]вич|[оеёії]вн|[иі]чн)\w{0,3}$")


@dataclass(frozen=True, slots=True)
class Crossed:
    """Half-open spans, in the source and in the target, of the halves that are not one person's."""

    source: tuple[int, int]
    target: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Person:
    """A given name, the ids of what it may be, and the surnames after it."""

    given: Word
    ids: frozenset[int]
    family: tuple[Word, ...]


def crossed(source: str, source_lang: str, target: str, target_lang: str) -> list[Crossed]:
    """The names of people with one half right and one wrong, in the order of the source (base tags)."""
    pair = pair_of(source_lang, target_lang)
    if pair == "unspelt":
        return []
    here = _people(source, source_lang, target_lang)
    there = _people(target, target_lang, source_lang) if here else ()
    if not there:
        return []
    ours, theirs = _capital(source), _capital(target)
    found = []
    for one in here:
        for other in there:
            if one.ids & other.ids:
                # Of two people with one given name each may be the other's counterpart.
                if (
                    _alone(one, here)
                    and _alone(other, there)
                    and _closest(one.family, (*theirs, *other.family)) < _TWO[pair]
                    and _closest(other.family, (*ours, *one.family)) < _TWO[pair]
                ):
                    found.append(Crossed(_span(one.family), _span(other.family)))
            elif (
                _closest(one.family, other.family) >= _ONE[pair]
                and not _called(one, theirs, target_lang, pair)
                and not _called(other, ours, source_lang, pair)
            ):
                found.append(Crossed(_span([one.given]), _span([other.given])))
    return found


@lru_cache(maxsize=512)
def _people(text: str, lang: str, other_lang: str) -> tuple[_Person, ...]:
    found = []
    for name in names(text, lang, other_lang, capital_bias):
        for at, word in enumerate(name.words[:-1]):
            ids = given_names(word.text, lang)
            family = tuple(_family(text, lang, word, name.words[at + 1 :], name.sure)) if ids else ()
            if family:
                found.append(_Person(word, ids, family))
    return tuple(found)


def _family(text: str, lang: str, given: Word, after: Sequence[Word], sure: Sequence[Word]) -> Iterator[Word]:
    end = given.end
    for word in after:
        if _BYNAME.search(text, end, word.start):
            return  # Alexander the Great is translated
        end = word.end
        if len(word.text) < _SURNAME or given_names(word.text, lang):
            continue  # an initial, a second given name
        if word not in sure or not _surname(word.text, lang):
            return
        if lang not in ("ru", "uk") or not _PATRONYMIC.search(word.text):
            yield word


def _surname(text: str, lang: str) -> bool:
    if title(text) or abbreviation(text) or country(text, lang) or placed(text, lang):
        return False
    if lang not in ("ru", "uk"):
        return not nationality(text, lang)
    known = [str(parse.tag) for parse in morphology(lang).parse(text.lower()) if parse.is_known]
    return not known or any("Surn" in tag for tag in known)  # not Великий, Грозный


def _capital(text: str) -> list[Word]:
    """Words that may be names."""
    return [word for word in words(text) if len(word.text) > 2 and word.text[0].isupper()]


def _alone(person: _Person, people: Iterable[_Person]) -> bool:
    return sum(bool(person.ids & other.ids) for other in people) == 1


def _closest(family: Sequence[Word], others: Sequence[Word]) -> float:
    return max((alike(one.text, other.text) for one in family for other in others), default=0.0)


def _called(person: _Person, others: Sequence[Word], lang: str, pair: Pair) -> bool:
    """Whether one of ``others`` may be the given name."""
    return any(
        person.ids & given_names(other.text, lang) or alike(person.given.text, other.text) >= _CALLED[pair]
        for other in others
    )


@lru_cache(maxsize=20_000)
def alike(one: str, other: str) -> float:
    """How like two names are by sound or by letters, 0 to 1; 0 with the endings of two families."""
    (stem, ending), (rival, other_ending) = _cut(one), _cut(other)
    if ending and other_ending:
        if ending != other_ending:
            return 0.0
        if min(len(stem), len(rival)) >= _STEM:
            return _sound(stem, rival)  # the ending that both have says nothing
    return _sound(one, other)


def _sound(one: str, other: str) -> float:
    from rapidfuzz.fuzz import ratio

    return max(likeness(one, other), float(ratio(romanise(one), romanise(other))) / 100)


@lru_cache(maxsize=20_000)
def _cut(word: str) -> tuple[str, str]:
    """The stem of a surname in Latin letters, and the kind of its ending, "" for any other word."""
    plain = word.lower()
    if "\u0400" <= plain[0] <= "\u04ff":
        # In the dictionary form; Russian and Ukrainian surnames are declined alike.
        forms = [parse.normal_form for parse in morphology("ru").parse(plain) if "Surn" in parse.tag]
        if not forms:
            return "", ""
        plain = forms[0]
    plain = romanise(plain)
    for family, pattern in _FAMILIES.items():
        if match := pattern.search(plain):
            return plain[: match.start()], family
    return "", ""


def _span(found: Sequence[Word]) -> tuple[int, int]:
    return found[0].start, found[-1].end
