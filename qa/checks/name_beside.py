"""Beside a word of a name that is plainly right, another surname: Anna Kaufmann, Anna Kaufhold.

``name_people`` needs given names of its table and surnames that are quite unlike. Here the right word is
known by its letters or its sound alone, so that the other may begin alike: consonants which cannot stand for
each other tell two names, and between languages in Latin letters nearly every letter does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from qa.checks.name_people import Crossed, alike
from qa.checks.name_suspects import Pair, capital_bias, pair_of
from qa.terms.consonants import strangers
from qa.terms.frequency import common, known
from qa.terms.given_names import given_names
from qa.terms.names import Word, abbreviation, country, names, nationality, placed, title, words
from qa.terms.places import UNCASED
from qa.terms.transliteration import likeness, romanise

__all__ = ["beside"]

_ANCHOR, _SURNAME = 3, 4
"""Letters from which a word can be known for the same, and a surname told from another."""
_SAME, _SAME_TOO = 0.9, 0.75
"""Likeness by sound from which a word is the same, and with all its consonants."""
_PLAINLY_TWO, _TWO = 0.85, 0.7
"""Likeness below which two surnames are two with two consonants that cannot stand for each other, and
with one."""
_LATIN_TWO = 0.87
"""The same between languages in Latin letters, with one."""
_HELD = 0.8
"""Likeness from which another word of the text may be the surname."""
_EDITS = 2
"""Letters in which two surnames with the same consonants differ, if they are two."""
_LONG = 6
"""Letters from which vowels alone can tell two surnames."""
_USUAL = 2e-5
"""Share of running text from which a word is no surname."""
_NO_NOUN = 2e-6
"""The same of German, which gives nouns capitals, from which a word may be one."""
_TITLED = frozenset(("de", "en"))
"""Languages that give capitals to nouns or to the words of titles."""
_SUFFIXING = frozenset("et fi hu lv lt eu ka hy az uz kk".split())
"""Languages whose cases are as long as the difference of two names."""
_GAPS = (" ", "\u00a0")
_APART = frozenset("ar fa he hi".split())
"""Languages without capitals that add next to nothing to the end of a name."""
_VOWELS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("tsch|tch|sch|ch|sh|cz|sz", "s"),
        ("ou|oo", "u"),
        ("ee|ij|y|j", "i"),
        ("ts|tz|z", "s"),
        ("kh|gh|q|c|g", "k"),
        ("ae", "a"),
        ("oe", "o"),
        ("ue", "u"),
        ("w", "v"),
        ("h", ""),
        (r"(.)\1+", r"\1"),
    )
)


class _Two(NamedTuple):
    """A word and the surname after it."""

    anchor: Word
    surname: Word


def beside(source: str, source_lang: str, target: str, target_lang: str) -> list[Crossed]:
    """The surnames of source and target that are two, where the words before them are one (base tags)."""
    pair = pair_of(source_lang, target_lang)
    if pair == "unspelt":
        return []
    here = _twos(source, source_lang, target_lang)
    there = _twos(target, target_lang, source_lang) if here else ()
    found = []
    for one in here:
        for other in there:
            if not _one(one.anchor.text, other.anchor.text, source_lang, target_lang, pair):
                continue
            mine, theirs = one.surname, other.surname
            suffixing = bool({source_lang, target_lang} & _SUFFIXING)
            if (
                _two(mine.text, theirs.text, pair, suffixing)
                and not _elsewhere(mine, source, target, theirs, target_lang)
                and not _elsewhere(theirs, target, source, mine, source_lang)
            ):
                found.append(Crossed((mine.start, mine.end), (theirs.start, theirs.end)))
    return found if len(found) == 1 else []


@lru_cache(maxsize=512)
def _twos(text: str, lang: str, other_lang: str) -> tuple[_Two, ...]:
    if lang not in UNCASED:
        return tuple(_cased(text, lang, other_lang))
    return tuple(_uncased(text)) if lang in _APART else ()


def _cased(text: str, lang: str, other_lang: str) -> Iterator[_Two]:
    sure = {word for name in names(text, lang, other_lang, capital_bias) for word in name.sure}
    for word, after in pairwise(words(text)):
        if (
            text[word.end : after.start] in _GAPS
            and word.text[0].isupper()
            and after.text[0].isupper()
            and len(word.text) >= _ANCHOR
            and not (title(word.text) or country(word.text, lang) or placed(word.text, lang))
            and (after in sure or lang not in _TITLED or (lang == "de" and _no_noun(after.text)))
            and _surname(after.text, lang)
        ):
            yield _Two(word, after)


def _no_noun(word: str) -> bool:
    """Whether what German writes with a capital is too rare for a noun."""
    return known("de").get(word.lower(), 0.0) < _NO_NOUN


def _uncased(text: str) -> Iterator[_Two]:
    """Any two words: nothing tells names, but that the other language has one."""
    found = words(text)
    for word, after in pairwise(found):
        if (
            text[word.end : after.start] in _GAPS
            and len(word.text) >= _ANCHOR
            and len(after.text) >= _SURNAME - 1
        ):
            yield _Two(word, after)


def _surname(text: str, lang: str) -> bool:
    return (
        len(text) >= _SURNAME
        and text[1:].islower()
        and not (title(text) or abbreviation(text) or country(text, lang) or placed(text, lang))
        and not nationality(text, lang)
        and common(lang).get(text.lower(), 0.0) < _USUAL
    )


def _one(one: str, other: str, lang: str, other_lang: str, pair: Pair) -> bool:
    """Whether the words are one: letter by letter, by sound, or as forms of one given name."""
    if pair == "latin" and romanise(one) == romanise(other):
        return True
    if pair != "latin" and likeness(one, other) >= _SAME_TOO and strangers(one, other) == 0:
        return True
    return bool(given_names(one, lang) & given_names(other, other_lang))


def _two(one: str, other: str, pair: Pair, suffixing: bool) -> bool:
    value, odd = alike(one, other), strangers(one, other)
    if suffixing or pair != "latin":
        return (odd > 1 and value < _PLAINLY_TWO) or (odd == 1 and value < _TWO and not suffixing)
    if odd:
        return value < _LATIN_TWO
    first, second = _folded(one), _folded(other)
    return min(len(first), len(second)) >= _LONG and _edits(first, second) >= _EDITS


def _edits(one: str, other: str) -> int:
    """Letters to change in the shorter, whatever ending the longer has."""
    from rapidfuzz.distance import Levenshtein

    shortest = min(len(one), len(other))
    return min(Levenshtein.distance(one, other), Levenshtein.distance(one[:shortest], other[:shortest]))


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    """In letters that transliterations agree on."""
    plain = romanise(word)
    for pattern, sound in _VOWELS:
        plain = pattern.sub(sound, plain)
    return plain


def _elsewhere(surname: Word, text: str, other: str, instead: Word, other_lang: str) -> bool:
    """Whether a word of the other text but ``instead`` may be the surname, and is no other of ``text``."""
    cased = other_lang not in UNCASED
    mine = [word for word in words(text) if word != surname and len(word.text) > 2]
    found = [word for word in words(other) if len(word.text) >= _ANCHOR]
    for word, after in zip(found, [*found[1:], None], strict=True):
        if (
            not cased
            and word == instead
            and after
            and likeness(surname.text, word.text + after.text) >= _HELD
        ):
            return True  # written apart
        if word == instead or (cased and not word.text[0].isupper()):
            continue
        value = alike(surname.text, word.text)
        if value >= _HELD and strangers(surname.text, word.text) <= 1 and not _taken(word, mine, value):
            return True
    return False


def _taken(word: Word, mine: Sequence[Word], value: float) -> bool:
    """Whether one of ``mine`` is more like the word than ``value``."""
    return any(alike(one.text, word.text) > max(value, _SAME) for one in mine)
