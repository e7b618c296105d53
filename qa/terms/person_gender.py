"""Women and men in a text: pronouns, words for people, given names, verbs that show who did it.

Grammatical gender is no person's: «она» and «elle» may be a thing. What is found is evidence, sorted by
kind, and whoever asks must weigh it against the other side of the translation.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal

from qa.terms.alternatives import lowered
from qa.terms.given_names import inflected, rows
from qa.terms.lemmas import lemma
from qa.terms.senses.keys import Token, morphology, tokens
from qa.terms.transliteration import romanise

__all__ = ["OPPOSITE", "Gender", "Marks", "People", "languages", "people"]

Gender = Literal["f", "m"]
Spans = tuple[tuple[int, int], ...]

OPPOSITE: Mapping[Gender, Gender] = {"f": "m", "m": "f"}
_UNSPACED = frozenset(("zh", "ja", "ko"))
_SPEAKER = {
    "ru": frozenset(("я", "ты")),
    "uk": frozenset(("я", "ти")),
    "pl": frozenset(("ja", "ty", "bym", "byś")),
    "cs": frozenset(("já", "ty", "jsem", "jsi", "bych", "bys")),
}
"""Near these a past tense shows the gender of who speaks or is spoken to: «я сказал», «řekl jsem»."""
_NEAR = 4
_PAST = {
    "ru": re.compile(r"(?:л|ла|[гкхсзрб])(?:ся|сь)?$|ёл$"),
    "uk": re.compile(r"(?:[вгкхсзрб]|ла)(?:ся|сь)?$"),
    "pl": re.compile("ła?$"),
    "cs": re.compile(r"la?$"),
}
_INFINITIVE = {"pl": re.compile("[ćc]$"), "cs": re.compile("(?:t|ci)$")}
_BEFORE = 12
"""Characters before a name in which a saint's title may stand."""
_SAINT = re.compile(r"\b(?:San|Santa|São|Saint|Sainte|St|Sankt|Port|Сан|Санта|Санкт)[. \u00a0-]*$")
"""Before the name of a place: San Francisco, St. Louis."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Where a text speaks of persons of one gender, by kind."""

    subject: Spans = ()
    oblique: Spans = ()
    title: Spans = ()
    noun: Spans = ()
    verb: Spans = ()
    name: Spans = ()
    full: Spans = ()
    """Those of the names that another capitalised word follows: «Anna Berg»."""
    maybe: Spans = ()
    """Names that men and women bear, or whose inflected form may be that of either: Andrea, «Валентина»."""
    several: Spans = ()
    """German «sie», which is "she", "they" and things."""
    loose: Spans = ()
    anybody: Spans = ()
    """Nouns that say nothing of the person: «la victime», "the child". The same for either gender."""

    @property
    def pronouns(self) -> Spans:
        return tuple(sorted((*self.subject, *self.oblique)))

    @property
    def firm(self) -> Spans:
        """All that is evidence of such a person, pronouns first."""
        return (*self.unnamed, *self.name)

    @property
    def unnamed(self) -> Spans:
        """The same without the names."""
        return (*self.subject, *self.oblique, *self.title, *self.noun, *self.verb)


People = Mapping[Gender, Marks]
_FOUND = ("verb", "name", "full", "maybe")
_WRITTEN = tuple(field.name for field in fields(Marks) if field.name not in _FOUND)


@cache
def _file() -> Mapping[str, Any]:
    text = resources.files("qa.terms").joinpath("person_gender.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def languages() -> frozenset[str]:
    """Base tags of the languages whose persons are known."""
    return frozenset(_file()) - {"names"}


@cache
def _pattern(lang: str, gender: str, kind: str) -> tuple[re.Pattern[str], bool] | None:
    """The pattern, and whether it is one for a text in lower case: unless it asks for capitals itself."""
    table = _file()[lang]
    written = table.get(kind) or table.get(gender, {}).get(kind)
    if not written:
        return None
    whole = written if lang in _UNSPACED else rf"(?<!\w)(?:{written})(?!\w)"
    if _CASE_COUNTS in written:
        return re.compile(whole, re.IGNORECASE), False
    return re.compile(whole), True


_CASE_COUNTS = "(?-i:"


@cache
def _names() -> Mapping[str, frozenset[str]]:
    """Romanised form of a given name → genders of those who bear it, "" where that is not known."""
    table = _file()["names"]
    heads = {head: gender for gender in OPPOSITE for head in table[gender].split()}
    single = {
        romanise(form): gender
        for listed, gender in (("women", "f"), ("men", "m"), ("either", ""))
        for form in table[listed].split()
    }
    found: dict[str, set[str]] = {form: {gender} for form, gender in single.items()}
    for row in rows():
        for form in map(romanise, row):
            if form not in single:
                found.setdefault(form, set()).add(heads.get(romanise(row[0]), ""))
    return {form: frozenset(genders) for form, genders in found.items()}


@lru_cache(maxsize=2000)
def people(text: str, lang: str) -> People:
    """The persons of either gender that ``text`` names; ``lang`` is one of ``languages()``."""
    low = lowered(text)
    if void := _pattern(lang, "", "void"):
        pattern, folded = void
        for start, end in [match.span() for match in pattern.finditer(low if folded else text)]:
            text = text[:start] + "\0" * (end - start) + text[end:]
        low = lowered(text)
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for gender in OPPOSITE:
        for kind in _WRITTEN:
            if written := _pattern(lang, gender, kind):
                pattern, folded = written
                found[gender, kind] = [m.span() for m in pattern.finditer(low if folded else text)]
    words = tokens(text)
    for at, word in enumerate(words):
        span = (word.start, word.end)
        if did := _did(words, at, lang):
            found.setdefault((did, "verb"), []).append(span)
        if word.text[0].isupper() and (genders := _named(word, text, lang)):
            for gender in OPPOSITE:
                if genders == {gender}:
                    found.setdefault((gender, "name"), []).append(span)
                    if _capital_follows(text, words, at):
                        found.setdefault((gender, "full"), []).append(span)
                elif genders & {gender, ""}:
                    found.setdefault((gender, "maybe"), []).append(span)
    return {
        gender: Marks(**{kind: tuple(found.get((gender, kind), ())) for kind in (*_WRITTEN, *_FOUND)})
        for gender in OPPOSITE
    }


def _named(word: Token, text: str, lang: str) -> frozenset[str]:
    """The genders of those who bear ``word`` as a given name; empty where it is none."""
    if _SAINT.search(text[max(0, word.start - _BEFORE) : word.start]):
        return frozenset()
    forms = inflected(word.text.lower(), lang)
    return frozenset().union(*(_names().get(romanise(form), ()) for form in forms))


def _capital_follows(text: str, words: Sequence[Token], at: int) -> bool:
    if at + 1 == len(words):
        return False
    following = words[at + 1]
    return following.text[0].isupper() and text[words[at].end : following.start] in (" ", "\u00a0")


def _did(words: Sequence[Token], at: int, lang: str) -> Gender | Literal[""]:
    """The gender that a Slavic past tense shows of a third person."""
    if lang not in _SPEAKER or not (gender := _past(words[at].text.lower(), lang)):
        return ""
    near = words[max(0, at - _NEAR) : at + _NEAR]
    return "" if any(word.text.lower() in _SPEAKER[lang] for word in near) else gender


@lru_cache(maxsize=50_000)
def _past(low: str, lang: str) -> Gender | Literal[""]:
    if not _PAST[lang].search(low):
        return ""
    if lang in _INFINITIVE:
        base = lemma(low, lang)
        if base == low or not _INFINITIVE[lang].search(base):
            return ""
        return "f" if low.endswith("a") else "m"
    readings = morphology(lang).parse(low)
    if lang == "ru":
        readings = readings[:1]
    if any("NOUN" in one.tag and "Surn" not in one.tag for one in readings):
        return ""
    genders = {str(one.tag.gender) for one in readings if one.tag.POS == "VERB" and "past" in one.tag}
    if genders == {"femn"}:
        return "f"
    return "m" if genders == {"masc"} else ""
