"""Words of a text, and the dictionary forms each of them may be an inflection of.

The inventory is looked up by *every* lemma a form may have («банки»: банк, банка): a reading too
many costs a dictionary look-up, a reading too few loses an error.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, NamedTuple

from qa.terms.senses.affixes import arabic_stems, fold, turkish_stems

__all__ = ["Token", "keys", "morphology", "noun_keys", "tokens", "words_of"]

# Letters with their combining marks: stress marks in Cyrillic, vowel signs in Arabic.
_WORD = re.compile(r"[^\W\d_][^\W\d_\u0300-\u036f]*(?:[\u0300-\u036f\u064b-\u065f\u0670]+[^\W\d_]*)*")
_MORPHOLOGY = frozenset({"ru", "uk"})
_REGULAR = frozenset({"en", "es", "fr", "it", "pt"})
_LONGEST_WORD = 40
"""Longer runs of letters are no words (base64, hostile input); looking up their forms is wasted."""

# (ending of the form, what replaces it): the plurals of nouns, from which simplemma often goes astray
# because the same form is a verb («frappes», "strikes").
_PLURALS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("feet", "foot"),
        ("teeth", "tooth"),
        ("mice", "mouse"),
        ("children", "child"),
        ("ies", "y"),
        ("ves", "f"),
        ("es", ""),
        ("s", ""),
        ("men", "man"),
    ),
    "fr": (("eaux", "eau"), ("aux", "al"), ("aux", "ail"), ("x", ""), ("s", "")),
    "es": (("ces", "z"), ("es", ""), ("s", ""), ("iones", "ión"), ("ones", "ón"), ("anes", "án")),
    "pt": (
        ("ões", "ão"),
        ("ães", "ão"),
        ("ais", "al"),
        ("éis", "el"),
        ("res", "r"),
        ("zes", "z"),
        ("ns", "m"),
        ("s", ""),
    ),
    "it": (
        ("chi", "co"),
        ("ghi", "go"),
        ("che", "ca"),
        ("ghe", "ga"),
        ("i", "o"),
        ("i", "e"),
        ("i", "io"),
        ("e", "a"),
        ("i", "a"),
    ),
    "nl": (("en", ""), ("s", ""), ("'s", "")),
    "de": (("en", ""), ("n", ""), ("e", ""), ("er", ""), ("s", ""), ("es", "")),
}


class Token(NamedTuple):
    """A word of a text and where it stands, ``[start, end)``."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=2048)  # a dozen checks ask for those of one segment after the other
def tokens(text: str) -> tuple[Token, ...]:
    """The words of ``text`` in order; digits, punctuation and lone surrogates are none."""
    return tuple(Token(m.group(), m.start(), m.end()) for m in _WORD.finditer(text))


def words_of(text: str) -> tuple[str, ...]:
    """The words of an entry of a list: those of ``tokens``, without their places, and not remembered."""
    return (text,) if text.isalpha() else tuple(_WORD.findall(text))


_RARE = re.compile("[\U00010000-\U0010ffff]")


@cache
def morphology(lang: str) -> Any:
    """The morphological dictionary of ``ru`` or ``uk`` (about 0.15 s to load, 15 MB)."""
    import pymorphy3

    class Analyzer(pymorphy3.MorphAnalyzer):  # type: ignore[misc]
        """Asks for the name of every letter, and some of the rarer scripts have none (Tangut, for one)."""

        def parse(self, word: str) -> Any:
            return super().parse(_RARE.sub("\ufffd", word))

    return Analyzer(lang=lang)


@lru_cache(maxsize=200_000)
def noun_keys(word: str, lang: str) -> frozenset[str]:
    """Like ``keys``, but without the readings of ``word`` as a verb («peut» is no form of «pouvoir»).

    Exact where the plural follows from the ending; elsewhere the lemma dictionary decides, and a
    German noun has a capital letter.
    """
    if lang == "de" and not word[:1].isupper():
        return frozenset()
    if lang not in _REGULAR or len(word) > _LONGEST_WORD:
        return keys(word, lang)
    return frozenset(_singulars(unicodedata.normalize("NFC", word).lower(), lang))


@lru_cache(maxsize=200_000)
def keys(word: str, lang: str) -> frozenset[str]:
    """Every dictionary form ``word`` may belong to, lower case, the form itself included.

    ``lang`` is a base tag. Stress marks are dropped («за́мок» → «замок»).
    """
    if len(word) > _LONGEST_WORD:
        return frozenset()
    plain = _unstressed(word) if lang in _MORPHOLOGY else unicodedata.normalize("NFC", word)
    low = plain.lower().replace("ё", "е") if lang == "ru" else plain.lower()
    found = {low}
    if lang in _MORPHOLOGY:
        # Readings below 3 % are grammar's possibilities, not the reader's («мира» from «миро»).
        found.update(
            p.normal_form.replace("ё", "е") if lang == "ru" else p.normal_form
            for p in morphology(lang).parse(low)
            if p.score >= 0.03 or p.normal_form == low
        )
        return frozenset(found)
    if lang in _GLUING:
        return frozenset(found | _GLUING[lang](plain))
    found |= _singulars(low, lang)
    lemma = _simplemma(plain, lang)
    if lemma:
        found.add(lemma.lower())
    return frozenset(found)


def _singulars(low: str, lang: str) -> set[str]:
    found = {low}
    for ending, instead in _PLURALS.get(lang, ()):
        if low.endswith(ending) and len(low) - len(ending) >= 2:
            found.add(low[: len(low) - len(ending)] + instead)
    return found


def _arabic(word: str) -> set[str]:
    stems = arabic_stems(word, listed=_simplemma(word, "ar") == word and _is_listed(word, "ar"))
    # A broken plural shows only when it is bare: «بمصانعها» → «مصانع» → «مصنع».
    return {fold(form, "ar") for stem in stems for form in (stem, _simplemma(stem, "ar"))}


def _turkish(word: str) -> set[str]:
    low = fold(word, "tr")
    lemma, listed = _simplemma(low, "tr"), _is_listed(low, "tr")
    stems = set() if listed and lemma == low else turkish_stems(low, listed=listed)
    return {low, fold(lemma, "tr"), *stems}


_GLUING = {"ar": _arabic, "tr": _turkish}


def _unstressed(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", decomposed.replace("\u0301", "").replace("\u0300", ""))


def _simplemma(word: str, lang: str) -> str:
    if not word or lang not in _simplemma_languages():
        return ""
    import simplemma

    return str(simplemma.lemmatize(word, lang=lang))


def _is_listed(word: str, lang: str) -> bool:
    import simplemma

    return bool(word) and bool(simplemma.is_known(word, lang=lang))


@cache
def _simplemma_languages() -> frozenset[str]:
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return frozenset(SUPPORTED_LANGUAGES)
