"""Taking Arabic and Turkish words apart: what writing glues to a noun, and the stems that may be left.

Both languages put into one word what others write as several («وللمحكمة» "and to the court",
«saldırılarının» "of its attacks"). The lemma dictionary knows the commonest of these forms only.
Stems are candidates: the inventory decides which of them is a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["arabic_prefix", "arabic_stems", "fold", "turkish_stems"]

_SHORTEST = 3
"""Letters a stem must keep: what is shorter is as good as every word's beginning."""

_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")
_LETTERS = str.maketrans("أإآٱى", "ااااي")
_ARTICLE = re.compile("([وف]?[بك]?ال|[وف]?لل)(?=..)")
_PROCLITICS = re.compile("([وف]?[بكل]|[وف])(?=...)")
# Future «س» is for verbs alone; «ي» and «ك» ("my", "your") end too many words that own nothing.
_PRONOUNS = ("هما", "كم", "نا", "ها", "هم", "هن", "ه")
_NUMBERS = ("ات", "ان", "ين", "ون")

_BACK, _FRONT = frozenset("aıou"), frozenset("eiöü")
_VOWELS = _BACK | _FRONT
_HARD = {"b": "p", "c": "ç", "d": "t", "ğ": "k", "g": "k"}


def _pattern(archetype: str) -> str:
    """Capitals are the sounds that follow the stem: A, I and D."""
    return archetype.replace("A", "[ae]").replace("I", "[ıiuü]").replace("D", "[dt]")


_ENDING = re.compile(
    _pattern("(lAr)?(ImIz|mIz|Im)?(y?I|y?A|DAn?|n?In|y?lA)?")
    + "|"
    + _pattern("(lAr)?s?I(nI|nA|nDAn?|nIn|ylA|ncA)?")
)
"""Plural, owner, case: «saldırı|lar|ı|nda». After the owner "his" the cases begin with n."""


def fold(text: str, lang: str) -> str:
    """``text`` as the inventory compares it: lower case, and one spelling where a language has several.

    Russian ё is е; a Turkish capital I is ı, İ is i; of Arabic, vowel signs and tatweel go, alef is
    written without hamza, alef maqsura as ya.

    >>> fold("İŞÇI", "tr")
    'işçı'
    """
    if lang == "ar":
        return _MARKS.sub("", text).translate(_LETTERS)
    if lang == "tr":
        text = text.replace("İ", "i").replace("i̇", "i").replace("I", "ı")
    low = text.lower()
    return low.replace("ё", "е") if lang == "ru" else low


def arabic_stems(word: str, *, listed: bool) -> set[str]:
    """``word`` without particles, article, ending of number or pronoun, in every way that leaves a stem.

    ``listed`` words stand in the dictionary as they are («لجنة» "committee"): only an article is
    taken off them, not what would make another word of them («جنة» "garden").
    """
    plain = _MARKS.sub("", word)
    article = _ARTICLE.match(plain)
    stems = {plain}
    if article:
        noun = plain[article.end() :]
        stems |= {noun, *_numbers(noun)}
    if not listed:
        for start in {0, *(m.end() for m in (_PROCLITICS.match(plain),) if m)}:
            noun = plain[start:]
            stems |= {noun, *_numbers(noun), *_owned(noun)}
            if noun.endswith("ا"):
                stems.add(noun[:-1])  # the indefinite accusative «إضرابا»
        if article and article[0].endswith("لل"):
            stems.add(plain[article.end() - 1 :])  # «للجنة» is ل + ال + لجنة
    return {stem for stem in stems if len(stem) >= _SHORTEST} | {plain}


def _owned(noun: str) -> Iterator[str]:
    for pronoun in _PRONOUNS:
        if noun.endswith(pronoun) and len(noun) - len(pronoun) >= _SHORTEST:
            stem = noun[: -len(pronoun)]
            yield stem
            yield from _numbers(stem)
            if stem.endswith("ت"):
                yield stem[:-1] + "ة"
    if noun.endswith("ه"):
        yield noun[:-1] + "ة"  # written without its dots


def _numbers(noun: str) -> Iterator[str]:
    for ending in _NUMBERS:
        if noun.endswith(ending) and len(noun) - len(ending) >= _SHORTEST - 1:
            stem = noun[: -len(ending)]
            yield stem
            if ending == "ات":
                yield stem + "ة"
            elif stem.endswith("ت"):
                yield stem[:-1] + "ة"


def arabic_prefix(form: str, lemma: str) -> str | None:
    """The particles and article before ``lemma`` in ``form``; None where more than these was added.

    >>> arabic_prefix("والإضراب", "إضراب"), arabic_prefix("إضرابات", "إضراب")
    ('وال', None)
    """
    plain, wanted = fold(form, "ar"), fold(lemma, "ar")
    if plain == wanted:
        return ""
    for pattern in (_ARTICLE, _PROCLITICS):
        prefix = pattern.match(plain)
        if prefix and plain[prefix.end() :] == wanted:
            return prefix[0]
    return None


def turkish_stems(word: str, *, listed: bool) -> set[str]:
    """What ``word``, lower case, may be a form of: every stem with an ending in vowel harmony behind it.

    Of ``listed`` words, those the dictionary knows as forms of another, an ending of one letter is
    left on: its opinion is better («kasa» "safe" is no «kas» "muscle").
    """
    stems: set[str] = set()
    for at in range(_SHORTEST, len(word)):
        stem, ending = word[:at], word[at:]
        if listed and len(ending) == 1:
            continue
        if _ENDING.fullmatch(ending) and _joins(stem, ending):
            stems.add(stem)
            if ending[0] in _VOWELS and stem[-1] in _HARD:
                stems.add(stem[:-1] + _HARD[stem[-1]])
    return stems


def _joins(stem: str, ending: str) -> bool:
    last = next((letter for letter in reversed(stem) if letter in _VOWELS), "")
    harmony = _FRONT if last in _FRONT else _BACK
    if not last or any(letter in _VOWELS and letter not in harmony for letter in ending):
        return False
    if stem[-1] in _VOWELS:
        return ending[0] not in _VOWELS
    return ending[0] not in "synm"
