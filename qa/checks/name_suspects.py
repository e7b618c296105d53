"""Names whose counterpart is not plainly on the other side.

A *suspect* is a name of which no word over there has the spelling or sound, and that no row of places or
countries joins with one; ``name_evidence`` weighs whether it is an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from qa.lang import script
from qa.model import Side
from qa.terms.consonants import same
from qa.terms.given_names import given_names
from qa.terms.hanzi import heard_in
from qa.terms.loans import heard, loans, written
from qa.terms.names import Name, Word, abbreviation, country, names, placed, telling, title, words
from qa.terms.places import UNCASED, places
from qa.terms.transliteration import likeness, romanise

__all__ = ["Pair", "Suspect", "capital_bias", "ids_of", "looks_japanese", "pair_of", "suspects", "unheard"]

Pair = Literal["latin", "spelt", "unspelt"]

_SPELT_OUT = frozenset("Latn Cyrl Grek Arab Hebr Deva".split())
"""Scripts whose names can be compared by sound word by word."""
_SURE = 0.9
"""Likeness from which a word is the name, spelt or inflected in its own way."""
_ALIKE = 0.6
"""The same where scripts differ and the consonants may all be the same."""
_LONGEST = 80
"""Words of a segment that are heard; a longer one is no sentence."""
_SOUNDS = {"zh": 0.7, "ja": 0.6, "hi": 1.0}
"""Likeness from which a word written by its sound stands over there."""
_KATAKANA = re.compile("[ァ-ヴー]{3,}")
_LATIN = re.compile(r"(?<![\w.@/-])[A-Z](?:[A-Za-z]{2,}|[A-Z])(?![\w@/-]*[\d@/])(?![A-Za-z.])", re.ASCII)
"""A name in Latin letters, not of a product's number or an address."""
_SHORT = 4
"""Letters up to which a name may stand by chance within other words."""
_JAPANESE = re.compile(r"(?:(?:[kstnhmyrwgzdbpfj]|sh|ch|ts|[kgnhbpmr]y)?[aiueo]+|n(?![aiueo]))+")
"""What a Japanese word looks like in Latin letters: written in characters, whose reading is unknown here."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A name without a sure counterpart, and what stands on the other side.

    ``sound`` and ``low`` are the best likenesses (0 to 1) of a word there with a capital and without;
    ``free`` counts the words with capitals there that no name of this side explains, ``initials`` the
    abbreviations among them, ``names`` are they, and ``rest`` the other words that may yet translate it.
    """

    name: Name
    lang: str
    other_lang: str
    sound: float
    low: float
    known_place: bool
    place: bool
    free: int
    initials: int
    names: tuple[str, ...]
    rest: tuple[str, ...]
    loan: bool = False
    """Taken for a name because it is written by its sound, in a script without capitals."""
    copied: bool = False
    """In Latin letters inside a text of another script: what copies such a name has nothing to spell anew."""


def suspects(text: str, lang: str, other: str, other_lang: str) -> list[Suspect]:
    """The names of ``text`` (in ``lang``, a base tag) that ``other`` does not plainly hold, in order."""
    found = names(text, lang, other_lang, capital_bias)
    # Loans are mostly English words, and the list of places has English names: another language's words
    # for them need not sound alike.
    foreign = _foreign(text, lang, other) if other_lang == "en" else {}
    latin = _latin(text, lang, other, other_lang)
    foreign |= latin
    found = sorted((*found, *foreign), key=lambda name: name.start)
    if not found:
        return []
    there = ids_of(other, other_lang)
    rest = [word for word in words(other) if len(word.text) > 1 or other_lang in UNCASED][:_LONGEST]
    spelt = pair_of(lang, other_lang) != "unspelt"
    exact = {word.text.lower(): at for at, word in enumerate(rest)}
    parts = [part for whole in found for part in _parts(whole, text, lang, there)]
    held = [
        _held(part, rest, exact, lang, other_lang) if spelt and part not in foreign else set()
        for part in parts
    ]
    if other_lang in ("zh", "ja"):
        parts = [part for part in parts if not any(written(word.text, other) for word in part.sure)]
        held = [set() for _ in parts]
    taken: set[int] = set().union(*held)
    pending = [
        (part, bool(ids_of(text[part.start : part.end], lang)))
        for at, part in enumerate(parts)
        if not held[at] or (len(part.sure) > 1 and _lent(at, held, rest))
    ]
    if not pending:
        return []
    here = ids_of(text, lang)
    for start, end, ids in places(other, other_lang):
        if ids & here:
            taken |= {at for at, word in enumerate(rest) if word.start < end and start < word.end}
    left = [word for at, word in enumerate(rest) if at not in taken]
    free = _free(left, other_lang, lang)
    initials = sum(abbreviation(word.text) for word in free)
    strangers = tuple(word.text for word in free)
    options = tuple(word.text for word in left if len(word.text) > 3 and word not in free)
    return [
        Suspect(
            name,
            lang,
            other_lang,
            *((foreign[name], 0.0) if name in foreign else _best(name, left, other, lang, other_lang)),
            known_place=ids,
            place=name not in foreign and _is_place(name, lang),
            free=len(free),
            initials=initials,
            names=strangers,
            rest=options,
            loan=name in foreign and name not in latin,
            copied=name in latin or _copied(name, lang, other_lang),
        )
        for name, ids in pending
    ]


def _foreign(text: str, lang: str, other: str) -> dict[Name, float]:
    """What is written by its sound and does not plainly sound like a word of ``other`` → how much it does."""
    found = {}
    for start, end in loans(text, lang):
        if any(first < end and start < last and last - first > 1 for first, last, _ in places(text, lang)):
            continue
        there = [word.text for word in words(other)[:_LONGEST] if len(word.text) > 1]
        sound = heard(text[start:end], lang, there)
        if sound < _SOUNDS[lang]:
            word = Word(text[start:end], start, end, False)
            found[Name((word,), (word,))] = sound
    return found


def _latin(text: str, lang: str, other: str, other_lang: str) -> dict[Name, float]:
    """Names in Latin letters inside a text without capitals that ``other``, in Latin letters, has not → how
    like its most alike word is."""
    if lang not in UNCASED or script(other_lang) != "Latn":
        return {}
    found = {}
    there = [word.text for word in words(other)[:_LONGEST]]
    plain = {word.lower() for word in there}
    whole = "".join(there).lower()
    for match in _LATIN.finditer(text):
        name = match.group()
        low = name.lower()
        if low in plain or title(name) or not telling(name) or (len(low) > _SHORT and low in whole):
            continue
        word = Word(name, match.start(), match.end(), False)
        found[Name((word,), (word,))] = max((likeness(name, one) for one in there), default=0.0)
    return found


def _copied(name: Name, lang: str, other_lang: str) -> bool:
    """Whether the name is in Latin letters, in a language with others, and the other has no others."""
    return (
        script(lang) != "Latn"
        and script(other_lang) == "Latn"
        and all(word.text.isascii() for word in name.sure)
    )


def _parts(name: Name, text: str, lang: str, there: frozenset[str]) -> list[Name]:
    """What of ``name`` has to be found yet: not the places among its words that the other side names
    («Президент России Владимир Путин»), and abbreviations apart from the name they stand beside."""
    known = [
        (name.start + start, name.start + end)
        for start, end, ids in places(text[name.start : name.end], lang)
        if ids & there
    ]
    runs: list[list[Word]] = []
    before: tuple[bool, bool] | None = None
    for word in name.words:
        explained = any(start < word.end and word.start < end for start, end in known)
        kind = explained, word in name.sure and abbreviation(word.text)
        if kind != before:
            runs.append([])
        before = kind
        if not explained:
            runs[-1].append(word)
    found = []
    for run in runs:
        if sure := tuple(word for word in run if word in name.sure):
            found.append(Name(tuple(run), sure))
    return found


def pair_of(lang: str, other_lang: str) -> Pair:
    """Whether names of both languages (base tags) are in Latin letters, or can be compared by sound."""
    scripts = {script(lang), script(other_lang)}
    if not scripts <= _SPELT_OUT:
        return "unspelt"
    return "latin" if scripts == {"Latn"} else "spelt"


@lru_cache(maxsize=4096)
def ids_of(text: str, lang: str) -> frozenset[str]:
    """The ids of all places named in ``text``, see ``qa.terms.places``."""
    return frozenset().union(*(ids for _, _, ids in places(text, lang)))


def _held(name: Name, rest: Sequence[Word], exact: Mapping[str, int], lang: str, other_lang: str) -> set[int]:
    """Where in ``rest`` the name plainly stands."""
    held = {exact[low] for word in name.sure if (low := word.text.lower()) in exact}
    if held:
        return held
    cased = other_lang not in UNCASED
    across = pair_of(lang, other_lang) == "spelt"
    # Beside a surname the given name alone says nothing.
    given = given_names(name.sure[0].text, lang) if len(name.sure) == 1 else frozenset()
    return {
        at
        for at, other in enumerate(rest)
        if not (cased and other.text[0].islower())
        and (
            any(len(word.text) > 2 and _plainly(word.text, other.text, across) for word in name.sure)
            or (given and given & given_names(other.text, other_lang))
        )
    }


def _plainly(one: str, other: str, across: bool) -> bool:
    """Whether the words are one name by sound, between scripts also by all their consonants."""
    value = likeness(one, other)
    return value >= _SURE or (across and value >= _ALIKE and same(one, other))


def _lent(at: int, held: Sequence[set[int]], rest: Sequence[Word]) -> bool:
    """Whether the words that hold a name are needed for another, of which more is there: of «Putin» and
    «Зеленский» with one first name, the one whose surname is lost."""
    rivals = [other for other in held if held[at] < other]
    if not rivals:
        return False
    said = {word.text.lower() for spot in held[at] for word in (rest[spot],)}
    return sum(word.text.lower() in said for word in rest) <= len(rivals)


def _best(name: Name, left: Sequence[Word], text: str, lang: str, other_lang: str) -> tuple[float, float]:
    """Likeness of the most alike word with a capital, and without."""
    if other_lang == "zh":
        return max(heard_in(word.text, text) for word in name.sure), 0.0
    if other_lang == "ja":
        runs = _KATAKANA.findall(text)
        return max((likeness(word.text, run) for word in name.sure for run in runs), default=0.0), 0.0
    if pair_of(lang, other_lang) == "unspelt":
        return 0.0, 0.0
    whole = "".join(word.text for word in name.words) if len(name.words) > 1 else ""
    cased = other_lang not in UNCASED
    sound = low = 0.0
    for other in left:
        if len(other.text) < 3:
            continue
        value = max(likeness(word.text, other.text) for word in name.sure)
        if whole and len(other.text) > 4:
            value = max(value, likeness(whole, other.text))  # Hong Kong, Гонконг
        if cased and other.text[0].islower():
            low = max(low, value)
        else:
            sound = max(sound, value)
    return sound, low


def _free(left: Sequence[Word], other_lang: str, lang: str) -> list[Word]:
    """The words that might be names of which this side knows nothing."""
    if other_lang in UNCASED:
        return []
    capital = [word for word in left if len(word.text) > 2 and word.text[0].isupper() and not word.first]
    if other_lang != "de":
        return capital
    # In German a capital says nothing: the word must pass for a name by itself.
    return [word for word in capital if names(f"und {word.text}", "de", lang, capital_bias)]


def _is_place(name: Name, lang: str) -> bool:
    """A place that the table or CLDR knows, not merely a word that begins like one."""
    if lang in UNCASED:
        return True
    return any(country(word.text, lang) or placed(word.text, lang) for word in name.sure)


def looks_japanese(name: Name) -> bool:
    """Whether every word might be Japanese: a Japanese text writes it in characters that hide its sound."""
    return all(_JAPANESE.fullmatch(romanise(word.text)) is not None for word in name.sure)


def capital_bias(word: str) -> float | None:
    """See ``qa.encoder.casing``, which is not imported before a name is met."""
    from qa.encoder.casing import capital_bias

    return capital_bias(word)


def unheard(suspect: Suspect, side: Side) -> bool:
    """Whether nothing is known of how the other side would write the name."""
    if side == "target":
        return suspect.other_lang == "ja" and looks_japanese(suspect.name)
    known = suspect.loan or suspect.copied or (suspect.place and suspect.known_place)
    return pair_of(suspect.lang, suspect.other_lang) == "unspelt" and not known
