"""One name of a list left out: «Rhône et Loire», Rhône.

A name that is missed by itself may be put in other words or in another segment. In a list whose other names
are there, and where the translation joins one name fewer, it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from qa.checks.name_suspects import Suspect, capital_bias, ids_of, suspects
from qa.terms.consonants import strangers
from qa.terms.frequency import common
from qa.terms.names import Name, Word, abbreviation, country, nationality, placed, title, words
from qa.terms.places import UNCASED, places
from qa.terms.transliteration import likeness

__all__ = ["Item", "left_out", "lists"]

_AND = {
    "ar": "و",
    "cs": "a i či nebo",
    "de": "und sowie oder",
    "en": "and or",
    "es": "y e o u",
    "fr": "et ou",
    "hi": "और तथा एवं व या",
    "it": "e ed o",
    "nl": "en of",
    "pl": "i oraz lub czy",
    "pt": "e ou",
    "ru": "и или да",
    "tr": "ve veya ile",
    "uk": "і й та або чи",
    "sv": "och eller",
    "da": "og eller",
    "ro": "și şi sau",
    "hu": "és vagy",
    "fa": "و یا",
    "he": "ו",
}
_WITH = {
    "ar": "مع",
    "cs": "s se také",
    "de": "mit auch",
    "en": "with plus",
    "es": "con",
    "fr": "avec ainsi",
    "hi": "साथ",
    "it": "con",
    "nl": "met",
    "pl": "z ze także",
    "pt": "com",
    "ru": "с со также а",
    "uk": "з із зі також а",
}
"""Words that join a name to the one before as well."""
_MARKS = {"zh": "和与與及以及跟同、", "ja": "と・、や及", "ko": "와과·,및"}
"""What joins names where words are not set apart."""
_PREFIXED = frozenset(("ar", "he"))
"""Languages that write «and» together with the next word."""
_INSIDE = re.compile(
    r"^(?:[ \u00a0](?:(?:of|the|de|des|du|la|le|les|der|del|di|da|do|dos|von|van|al)[ \u00a0]){0,2}|[-‐–'’])$"
)
_LITTLE = 4
"""Letters of the longest word (an article, a preposition) between «and» and a name."""
_LEAST = 3
"""Letters of a name that can be missed."""
_LIKE, _MAYBE = 0.75, 0.6
"""Likeness from which a word is the name, and may be it if its consonants may be the same too."""
_RARE, _RARE_INSIDE, _SURELY = 1.2e-6, 3e-5, 1.0
"""Share of running text below which (and inside a sentence of most languages), and bias towards a capital
from which, a word is nothing but a name."""
_USUAL = 5e-6
"""Share of running text from which the first word of a sentence is a word like any other."""
_ADJECTIVE = re.compile(r"(?:[ое]?вск|[иі]йск|[иі]нск|ск|ськ|зьк)[а-яіїє]{1,3}$")
_NEAR = 2
"""Words before and after a name among which what joins it to another stands."""


class Item(NamedTuple):
    """The half-open span of a name in a list."""

    start: int
    end: int


def left_out(source: str, source_lang: str, target: str, target_lang: str) -> list[Suspect]:
    """The names of lists in the source that the translation leaves out (base tags)."""
    if source_lang not in _AND or source_lang in UNCASED or target_lang not in _AND.keys() | _MARKS.keys():
        return []
    joined = list(lists(source, source_lang))
    if not joined:
        return []
    lost = [
        suspect
        for suspect in suspects(source, source_lang, target, target_lang)
        if _absent(suspect, source, target, target_lang)
    ]
    found = []
    for items in joined:
        gone = [suspect for suspect in lost if any(_in(suspect.name, item) for item in items)]
        if len(gone) != 1:
            continue
        others = [item for item in items if not _in(gone[0].name, item)]
        spots = [_spot(source[item.start : item.end], source_lang, target, target_lang) for item in others]
        held = [spot for spot in spots if spot is not None]
        if len(held) == len(others) and _joints(target, target_lang, held) < len(others):
            found += gone
    return found


def _absent(suspect: Suspect, source: str, target: str, target_lang: str) -> bool:
    """Whether no word may be the name, and all that may be names are known for others."""
    sure = suspect.name.sure
    if not all(_plain(word, suspect.lang) for word in sure):
        return False
    there = list(_forms(target, target_lang))
    if any(_may_be(mine.text, word, low) for mine in sure for word, low in there):
        return False
    others = [word.text for word in words(source) if word.text[0].isupper() and word not in sure]
    return all(any(_is(one, name) for one in others) for name in suspect.names)


def _plain(word: Word, lang: str) -> bool:
    """Whether the word is a name and nothing else: no fleet, no gospels."""
    text = word.text
    if len(text) < _LEAST or title(text) or nationality(text, lang):
        return False
    if abbreviation(text) or country(text, lang) or placed(text, lang):
        return True
    # English titles and German nouns have capitals too; elsewhere few words inside a sentence do.
    limit = _RARE if word.first or lang in ("de", "en") else _RARE_INSIDE
    return common(lang).get(text.lower(), 0.0) < limit or (capital_bias(text) or 0.0) >= _SURELY


def _is(one: str, other: str) -> bool:
    value = likeness(one, _ADJECTIVE.sub("", other.lower()))
    return value >= _LIKE or (value >= _MAYBE and strangers(one, other) == 0)


def _may_be(one: str, other: str, low: bool) -> bool:
    value = likeness(one, other)
    return value >= _LIKE or (not low and value >= _MAYBE and strangers(one, other) <= 1)


def _forms(text: str, lang: str) -> Iterator[tuple[str, bool]]:
    """Each word that may stand for a name, and whether it is no name by its looks."""
    for word in words(text):
        usual = word.first and common(lang).get(word.text.lower(), 0.0) >= _USUAL
        yield word.text, lang not in UNCASED and (usual or word.text[0].islower())
        if lang in _PREFIXED and len(word.text) > _LEAST:
            yield word.text[1:], False


def _in(name: Name, item: Item) -> bool:
    return item.start <= name.start and name.end <= item.end


@cache
def _and(lang: str) -> frozenset[str]:
    return frozenset(_AND[lang].split())


def lists(text: str, lang: str) -> Iterator[list[Item]]:
    """Runs of names joined by commas and one «and»; nothing is known of scripts without capitals."""
    found: list[Item] = []
    joined = False
    for item in _items(text):
        joint = _joint(text[found[-1].end : item.start], lang) if found else None
        if joint is None:
            if joined:
                yield found
            found, joined = [item], False
        else:
            found.append(item)
            joined = joined or joint
    if joined:
        yield found


def _items(text: str) -> Iterator[Item]:
    """Words with capitals that stand together, and what joins them («University of Leeds»)."""
    start = end = -1
    for word in words(text):
        if not word.text[0].isupper():
            continue
        if end >= 0 and _INSIDE.match(text[end : word.start]):
            end = word.end
            continue
        if end >= 0:
            yield Item(start, end)
        start, end = word.start, word.end
    if end >= 0:
        yield Item(start, end)


def _joint(between: str, lang: str) -> bool | None:
    """True for «and», False for a comma, None for anything else."""
    low = between.lower().split()
    comma = between.lstrip().startswith(",")
    rest = [word for word in low if word != ","]
    if rest and rest[0] in _and(lang):
        return True if all(len(word) <= _LITTLE for word in rest[1:]) and len(rest) <= 3 else None
    if comma and len(rest) <= 1 and all(len(word) <= _LITTLE for word in rest):
        return False
    return None


def _spot(item: str, lang: str, text: str, other_lang: str) -> Item | None:
    """Where ``text`` has the name."""
    ids = ids_of(item, lang)
    if ids:
        for start, end, found in places(text, other_lang):
            if ids & found:
                return Item(start, end)
    if other_lang in _MARKS:
        return None
    mine = [word.text for word in words(item) if len(word.text) >= _LEAST and not title(word.text)]
    for word in words(text):
        if len(word.text) < _LEAST or (other_lang not in UNCASED and word.text[0].islower()):
            continue
        forms = [form for form, _ in _forms(word.text, other_lang)]
        if any(_is(one, form) for form in forms for one in mine):
            return Item(word.start, word.end)
    return None


def _joints(text: str, lang: str, spots: Sequence[Item]) -> int:
    """How many names the words around ``spots`` may join to them."""
    spots = sorted(spots)
    if lang in _MARKS:
        around = text[max(0, spots[0].start - 2) : spots[-1].end + 4]
        return sum(around.count(mark) for mark in _MARKS[lang])
    found = list(words(text))
    first = next(at for at, word in enumerate(found) if word.end > spots[0].start)
    last = next(at for at, word in enumerate(found) if word.end >= spots[-1].end)
    near = found[max(0, first - _NEAR) : last + 1 + _NEAR]
    joints = sum(word.text.lower() in _and(lang) for word in near)
    after = found[first : last + 1 + _NEAR]
    joints += sum(word.text.lower() in _WITH.get(lang, "").split() for word in after)
    if lang in _PREFIXED:
        joints += sum(word.text[0] in _and(lang) and len(word.text) > _LEAST for word in near)
    return joints + text[spots[0].end : spots[-1].start].count(",")
