"""The gender of nouns, where it is certain: from lists, from the sense inventory and from endings.

A noun of two genders («la tour», «le tour»), or one that is also another kind of word, has none here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from qa.terms.frequency import known
from qa.terms.inflection import plural
from qa.terms.senses.inventory import load

__all__ = ["LANGUAGES", "Number", "gender"]

Number = Literal["singular", "plural"]

LANGUAGES = frozenset({"de", "es", "fr", "it", "pt"})
_GENDERS = ("m", "f", "n")
_UNSTEADY = {
    "de": re.compile(r"^[^A-ZÄÖÜ]"),
    "es": re.compile(r"(?:[ae]nte|[^aeiouáéíóúdjlnrsyxz])$|[A-Z]|ista$"),
    "fr": re.compile(r"(?:ch|ck|k|ll|ng|sh|th|w|iste)$|[A-Z]"),
    "it": re.compile(r"(?:[ae]nte|[^aeiouàèéìòù])$|[A-Z]|ista$"),
    "pt": re.compile(r"(?:[ae]nte|[^aeiouáâãàéêíóôõúlmnrsxz])$|[A-Z]|ista$"),
}
"""Words of the inventory whose gender is not settled by it: loans («la patch», «il patch»), participles
that are nouns of either gender («il corrente mese», «l’emittente»), persons and names."""
_COMPOUND_END, _COMPOUND_HEAD = 5, 4  # letters a part of a German compound needs to be told from an ending


@lru_cache(maxsize=50_000)
def gender(word: str, lang: str, number: Number) -> str:
    """``m``, ``f`` or ``n`` for a noun in that number; "" for other words and where it is not certain.

    ``lang`` is a base tag; German nouns are known with their capital, and in the singular alone.
    """
    if lang not in LANGUAGES:
        return ""
    if word in _open(lang):
        return ""
    listed = _forms(lang, number).get(word)
    if listed is not None:
        return listed
    if lang == "de" and word[:1].isupper():
        return _by_ending(word, lang) or _of_compound(word)
    return _by_ending(word, lang) if number == "singular" and lang != "de" else ""


def _by_ending(word: str, lang: str) -> str:
    if lang == "fr" and word.endswith("é") and f"{word[:-1]}er" in known(lang):
        return ""  # «un invité» beside «une qualité»
    if lang == "de" and word.endswith(("sprung", "schwung")):
        return ""  # no «-ung»
    for name, endings in _table()["endings"].items():
        for ending in endings.get(lang, "").split():
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                return str(name)
    return ""


def _of_compound(word: str) -> str:
    """The gender of the last part of a German compound whose first part is a word too."""
    for at in range(_COMPOUND_HEAD, len(word) - _COMPOUND_END + 1):
        last = word[at:].capitalize()
        found = _forms("de", "singular").get(last)
        if found is None or last in _open("de"):
            continue
        head = word[:at].lower()
        if any(part in known("de") for part in (head, head.removesuffix("s")) if len(part) >= _COMPOUND_HEAD):
            return found
    return ""


@cache
def _forms(lang: str, number: Number) -> Mapping[str, str]:
    """Form → gender; a form that belongs to nouns of different genders is left out."""
    found: dict[str, set[str]] = {}
    for lemma, genders in _nouns(lang).items():
        if lemma in _open(lang):
            continue
        for name in genders:
            form = lemma if number == "singular" else plural(lemma, lang, name)
            found.setdefault(form, set()).add(name)
    return {form: genders.pop() for form, genders in found.items() if len(genders) == 1}


@cache
def _nouns(lang: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name in _GENDERS:
        for word in _table()[name].get(lang, "").split():
            found.setdefault(word, set()).add(name)
    for senses in load().pivots.values():
        for sense in senses.values():
            for rendering in sense.renderings.get(lang, ()):
                if rendering.text.isalpha() and not _UNSTEADY[lang].search(rendering.text):
                    found.setdefault(rendering.text, set()).add(rendering.gender)
    # One that the inventory also has as another word («le courant», «courant») tells nothing.
    return {
        word: frozenset(genders)
        for word, genders in found.items()
        if len(genders) == 1 and genders <= {*_GENDERS}
    }


@cache
def _open(lang: str) -> frozenset[str]:
    return frozenset(_table()["open"].get(lang, "").split())


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("qa.terms").joinpath("gender.toml").read_text(encoding="utf-8"))
