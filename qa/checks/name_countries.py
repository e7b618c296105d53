"""One country, or its people, taken for another: the ambassador of Iran, the Iraqi ambassador.

Adjectives are no names, so that ``name_suspects`` knows nothing of them. A word is held for a country's
only where it is its name or ends as adjectives do, and a country is missed only where no stem of
``places.tsv``, however short, may stand for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from qa.checks.name_people import Crossed
from qa.checks.name_suspects import ids_of
from qa.terms.names import Word, words
from qa.terms.places import countries, stems_of
from qa.terms.transliteration import romanise

__all__ = ["taken_for_another"]

_PEOPLE: Mapping[str, re.Pattern[str]] = {
    lang: re.compile(f"(?:{endings})$")
    for lang, endings in {
        "en": "i|is|ians?|ans?|ese|ish|ss",
        "fr": "aise?s?|oise?s?|iens?|iennes?|aine?s?|[eé]ens?|[eé]ennes?",
        "de": "isch(?:e[mnrs]?)?|er(?:n|in|innen)?",
        "es": "[aeio]n[oa]s?|[eé]s|es[ae]s?|íe?s?|[cz][oa]s?|enses?",
        "it": "[aei]n[oaie]|es[ei]|ac[oahie]+|er[oaie]",
        "pl": "[sc]k(?:i|a|ą|ie|iej|iego|iemu|im|imi|ich)",
        "cs": "[sc](?:k|t)(?:ý|á|é|ého|ému|ém|ým|ých|ou|í)",
        "ru": "[сц]к(?:ий|ая|ое|ие|ого|ому|им|ом|ой|ую|их|ими)",
        "uk": "[сцз]ьк(?:ий|а|е|і|ого|ому|им|ій|ої|ою|у|их|ими)",
    }.items()
}
"""How adjectives of countries, and in some languages their people, end."""
_VOWELS = "аеийоуыюяіїєaeiouyąęěů"
"""What the name of a country may end with, in another case with another letter or two."""
_CASE = 2
_NAMESAKES = frozenset("CD CG GE GN GQ GW GY IN JO LR MD NE NG PA PG SD SS US GB ZA KP KR DM DO".split())
"""Countries that share a name, a stem or a language with another or with what is no country (George,
liberal), and those that are named by many words and letters."""
_Countries = Mapping[str, tuple[Word, frozenset[str]]]
_STEM, _SHORTEST, _FEWEST = 6, 4, 3
"""Letters with which a country's adjective begins as its name does, fewest that tell it, and fewest that
tell the name."""


def taken_for_another(source: str, source_lang: str, target: str, target_lang: str) -> list[Crossed]:
    """The country of the source and that of the translation where each is missed on the other side, if it
    is one and one (base tags)."""
    if not {source_lang, target_lang} <= _PEOPLE.keys():
        return []
    ours, theirs = _named(source, source_lang), _named(target, target_lang)
    here, there = _missed(ours, theirs, target, target_lang), _missed(theirs, ours, source, source_lang)
    if len(here) != 1 or len(there) != 1:
        return []
    return [Crossed((here[0].start, here[0].end), (there[0].start, there[0].end))]


def _missed(found: _Countries, others: _Countries, other: str, other_lang: str) -> list[Word]:
    return [
        word
        for code, (word, ids) in found.items()
        if code not in others and not ids & ids_of(other, other_lang)
    ]


@lru_cache(maxsize=512)
def _named(text: str, lang: str) -> _Countries:
    """Code → the first word of each country in ``text``, and the country's ids."""
    found: dict[str, tuple[Word, frozenset[str]]] = {}
    pattern, stems = _stems(lang)
    for word in words(text):
        match = pattern.match(word.text.lower())
        if match is None:
            continue
        code, ids = stems[match.group()]
        # A short stem (Кубе, Малі) is many a word's.
        short = match.end() < _SHORTEST
        if short and not word.first and _is_name(word.text, code, lang):
            found.setdefault(code, (word, ids))
        if not short and _of_country(word.text, code, lang):
            found.setdefault(code, (word, ids))
    return found


def _of_country(word: str, code: str, lang: str) -> bool:
    if _is_name(word, code, lang):
        return True
    return (word[0].isupper() or lang != "en") and _PEOPLE[lang].search(word.lower()) is not None


def _is_name(word: str, code: str, lang: str) -> bool:
    """Whether the word is the country's name, but for its case."""
    if word[0].islower():
        return False
    low = word.lower()
    name = next((name for name, (at, _) in countries(lang).items() if at == code), "")
    if lang not in ("pl", "cs", "ru", "uk"):
        return low.removesuffix("s") == name.removesuffix("s")
    stem = _stem(name)
    return low.startswith(stem) and len(low) <= len(stem) + _CASE


def _stem(name: str) -> str:
    return name[:-1] if name[-1:] in _VOWELS else name


@cache
def _stems(lang: str) -> tuple[re.Pattern[str], dict[str, tuple[str, frozenset[str]]]]:
    """Stem of a country's name and adjective → its code and ids; the pattern finds the longest."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for name, (code, ids) in countries(lang).items():
        if code in _NAMESAKES or not name.isalpha():
            continue
        begin = romanise(name)[:3]
        found[name[:_STEM]] = (code, ids)
        found[_stem(name)[:_STEM]] = (code, ids)
        for stem in stems_of(ids, lang):
            if len(stem) >= _SHORTEST and stem.isalpha() and romanise(stem).startswith(begin):
                found[stem] = (code, ids)
    longest = sorted((stem for stem in found if len(stem) >= _FEWEST), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))), found
