"""The dictionary form of a word, cached."""

from __future__ import annotations

from functools import lru_cache

from qa.terms.senses.keys import keys, morphology

__all__ = ["lemma", "related"]


@lru_cache(maxsize=100_000)
def lemma(word: str, lang: str) -> str:
    """The likeliest dictionary form of ``word``, lower case except for German nouns.

    ``lang`` is a base tag; a word of a language without a dictionary is its own lemma. simplemma has
    most languages, pymorphy3 Russian and Ukrainian.

    >>> lemma("frappes", "fr"), lemma("ударов", "ru")
    ('frappe', 'удар')
    """
    if lang in ("ru", "uk"):
        return str(morphology(lang).parse(word.lower())[0].normal_form)
    from simplemma import lemmatize
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    if lang not in SUPPORTED_LANGUAGES:
        return word.lower()
    found = str(lemmatize(word, lang=lang))
    return found if lang == "de" else found.lower()


# How much of a word inflection may change at its end, where no dictionary knows the word.
_ENDING = {
    "ru": 3,
    "uk": 3,
    "pl": 3,
    "cs": 3,
    "sk": 3,
    "bg": 3,
    "sr": 3,
    "hr": 3,
    "de": 2,
    "fi": 4,
    "hu": 4,
    "tr": 5,
}


@lru_cache(maxsize=200_000)
def related(one: str, other: str, lang: str) -> bool:
    """Whether two words are forms of one word: a common dictionary form, or a common long stem.

    Lenient by design: it decides that a glossary term *is* there, so that an inflected correct
    term is never flagged.
    """
    first, second = one.casefold(), other.casefold()
    if first == second or keys(one, lang) & keys(other, lang):
        return True
    shared = 0
    for left, right in zip(first, second, strict=False):
        if left != right:
            break
        shared += 1
    allowed = _ENDING.get(lang, 1)
    rest = max(len(first), len(second)) - shared
    return shared >= 4 and shared >= 2 * rest and rest <= allowed
