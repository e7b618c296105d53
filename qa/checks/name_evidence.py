"""What speaks for a name's being lost or invented, weighed into one likelihood.

A *suspect* is a name whose counterpart is not plainly on the other side: no word there has its spelling
or sound, and no row of places or countries joins the two. Whether it is an error depends on how like
the nearest word is, on how close in meaning, on what sort of name it is, on the names of the other side
that are free, and on the segments around. The weights are fitted by ``benchmarks/names.py --fit``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from math import exp, log10
from typing import Literal

from qa.checks.evidence import Company
from qa.lang import script
from qa.model import Side
from qa.terms.frequency import common
from qa.terms.hanzi import heard_in, skeleton
from qa.terms.lemmas import lemma
from qa.terms.names import Name, Word, abbreviation, country, names, nationality, placed, words
from qa.terms.places import UNCASED, places
from qa.terms.transliteration import likeness, romanise

__all__ = [
    "Pair",
    "Suspect",
    "features",
    "ids_of",
    "likelihood",
    "looks_japanese",
    "meaning",
    "nearby",
    "pair_of",
    "suspects",
]

Pair = Literal["latin", "spelt", "unspelt"]

_SPELT_OUT = frozenset("Latn Cyrl Grek Arab Hebr Deva".split())
"""Scripts whose names can be compared by sound word by word."""
_SURE = 0.9
"""Likeness from which a word is the name, spelt or inflected in its own way."""
_NEARLY = 0.7
"""The same for a word in a segment nearby."""
_LONGEST = 80
"""Words of a segment that are heard; a longer one is no sentence."""
_RAREST = 1e-6
"""Share of running text below which the lists know nothing."""
_MATCH = "match-"
_KATAKANA = re.compile("[ァ-ヴー]{3,}")
_JAPANESE = re.compile(r"(?:(?:[kstnhmyrwgzdbpfj]|sh|ch|ts|[kgnhbpmr]y)?[aiueo]+|n(?![aiueo]))+")
"""What a Japanese word looks like in Latin letters: written in characters, whose reading is unknown here."""
_CHINESE = re.compile(r"(?:(?:[bpmfdtnlgkhjqxzcsrwy]|[zcs]h)?[aeiou]+(?:ng|n|r)?)+")


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


def suspects(text: str, lang: str, other: str, other_lang: str) -> list[Suspect]:
    """The names of ``text`` (in ``lang``, a base tag) that ``other`` does not plainly hold, in order."""
    found = names(text, lang, other_lang, capital_bias)
    if not found:
        return []
    there = ids_of(other, other_lang)
    rest = [word for word in words(other) if len(word.text) > 1 or other_lang in UNCASED][:_LONGEST]
    spelt = pair_of(lang, other_lang) != "unspelt"
    exact = {word.text.lower(): at for at, word in enumerate(rest)}
    taken: set[int] = set()
    pending = []
    for name in found:
        ids = ids_of(text[name.start : name.end], lang)
        if ids & there:
            continue
        held = _held(name, rest, exact, other_lang) if spelt else set()
        taken |= held
        if not held:
            pending.append((name, bool(ids)))
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
            *_best(name, left, other, lang, other_lang),
            known_place=ids,
            place=_is_place(name, lang),
            free=len(free),
            initials=initials,
            names=strangers,
            rest=options,
        )
        for name, ids in pending
    ]


def meaning(suspect: Suspect, company: Company) -> tuple[float, float]:
    """How close (cosine of word vectors, at least 0) the nearest free name and the nearest other word are.

    Two names of one kind are close without being one (Merkel, Macron), the exonyms of one place more so.
    """
    found = []
    for words_there in (suspect.names, suspect.rest):
        options = [(word, suspect.other_lang) for word in words_there]
        found.append(
            max(
                (
                    value
                    for word in suspect.name.sure
                    for value in company.closeness((word.text, suspect.lang), options)
                ),
                default=0.0,
            )
        )
    return max(0.0, found[0]), max(0.0, found[1])


def nearby(suspect: Suspect, others: Iterable[str]) -> bool:
    """Whether one of ``others``, segments in the other language, holds the name."""
    wanted = ids_of(" ".join(word.text for word in suspect.name.words), suspect.lang)
    return any(
        bool(wanted & ids_of(other, suspect.other_lang))
        or any(
            likeness(one.text, word.text) >= _NEARLY
            for word in words(other)
            if len(word.text) > 3 and word.text[0].isupper()
            for one in suspect.name.sure
        )
        for other in others
    )


def features(
    suspect: Suspect,
    side: Side,
    *,
    closeness: tuple[float, float] = (0.0, 0.0),
    near: bool = False,
    opposed: bool,
    gap: bool,
    match: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """The evidence as numbers, by name; likelihoods and their weights are read in these terms.

    ``side`` is that of the name, ``closeness`` from ``meaning``, ``near`` from ``nearby``, ``opposed``
    whether the other side has a suspect too, ``gap`` whether the translation lacks a noun somewhere,
    ``match`` one of the answers of ``name_match.Matches``, None where there is no encoder.
    """
    pair = pair_of(suspect.lang, suspect.other_lang)
    latin, spelt, unspelt = pair == "latin", pair == "spelt", pair == "unspelt"
    source = suspect.lang if side == "source" else suspect.other_lang
    sure = suspect.name.sure
    sound, low = suspect.sound, suspect.low
    to_name, to_word = closeness
    leanings = [value for word in sure if (value := _leaning(word.text, suspect.lang)) is not None]
    here, there = (
        log10(max(max(common(tag).get(word.text.lower(), 0.0) for word in sure), _RAREST))
        for tag in (suspect.lang, suspect.other_lang)
    )
    first = all(word.first for word in sure)
    initials = any(abbreviation(word.text) for word in sure)
    lengths = max(len(word.text) for word in sure)
    chinese = source == "zh" and side == "target"
    found = {
        "spelt": spelt,
        "unspelt": unspelt,
        "sound-latin": sound * latin,
        "sound-latin-high": max(0.0, sound - 0.6) * latin,
        "sound-spelt": sound * spelt,
        "sound-spelt-high": max(0.0, sound - 0.55) * spelt,
        "sound-katakana": max(0.0, sound - 0.4) * (source == "ja"),
        "sound-chinese": max(0.0, sound - 0.5) * chinese,
        "consonants-chinese": chinese and min(5, max(len(skeleton(word.text)) for word in sure)),
        "pinyin": chinese and all(_CHINESE.fullmatch(romanise(word.text)) for word in sure),
        "low-latin": max(0.0, low - 0.7) * latin,
        "low-spelt": max(0.0, low - 0.65) * spelt,
        "meaning-latin": to_word * latin,
        "meaning-latin-high": max(0.0, to_word - 0.4) * latin,
        "meaning-spelt": to_word * (spelt or unspelt),
        "meaning-spelt-high": max(0.0, to_word - 0.35) * spelt,
        "exonym-latin": max(0.0, to_name - 0.5) * latin,
        "exonym-spelt": max(0.0, to_name - 0.5) * spelt,
        "place": suspect.place,
        "known-place": suspect.known_place,
        "place-free": suspect.place and suspect.free > 0,
        "free": min(suspect.free, 3),
        "free-latin": suspect.free > 0 and latin,
        "free-spelt": suspect.free > 0 and spelt,
        "initials": initials,
        "initials-free": initials and suspect.initials > 0,
        "leaning": max(leanings, default=0.0),
        "no-leaning": not leanings,
        "frequency": here,
        "frequency-there": there * (not unspelt),
        "frequency-gap": max(0.0, here - there - 0.5) * (not unspelt),
        "several-words": len(sure) > 1,
        "first": first,
        "length": min(10, lengths),
        "people": any(nationality(word.text, suspect.lang) for word in sure),
        "near": near,
        "opposed": opposed,
        "opposed-spelt": opposed and spelt,
        "gap": gap and side == "source",
    }
    if match is not None:
        found |= {f"{_MATCH}{key}": value for key, value in match.items() if key != "mean"}
        found |= {
            f"{_MATCH}latin": match["mean"] * latin,
            f"{_MATCH}spelt": match["mean"] * spelt,
            f"{_MATCH}unspelt": match["mean"] * unspelt,
        }
    return {key: float(value) for key, value in found.items()}


def likelihood(evidence: Mapping[str, float], side: Side) -> float:
    """Chance (0 to 1) that a name with this evidence is an error."""
    matched = f"{_MATCH}latin" in evidence  # with the encoder everything else weighs otherwise
    weights = _weights()[f"{side}-matched" if matched else side]
    return 1 / (1 + exp(-weights[""] - sum(weights[key] * value for key, value in evidence.items())))


@cache
def _weights() -> dict[str, dict[str, float]]:
    """Side, "-matched" where the encoder was asked → name of the evidence → weight; "" is the intercept."""
    text = resources.files("qa.checks").joinpath("name_weights.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, float]] = json.loads(text)
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


def _held(name: Name, rest: Sequence[Word], exact: Mapping[str, int], other_lang: str) -> set[int]:
    """Where in ``rest`` the name plainly stands."""
    held = {exact[low] for word in name.sure if (low := word.text.lower()) in exact}
    if held:
        return held
    cased = other_lang not in UNCASED
    return {
        at
        for at, other in enumerate(rest)
        if not (cased and other.text[0].islower())
        and any(len(word.text) > 2 and likeness(word.text, other.text) >= _SURE for word in name.sure)
    }


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


@lru_cache(maxsize=20_000)
def _leaning(word: str, lang: str) -> float | None:
    found = capital_bias(word)
    return capital_bias(lemma(word.lower(), lang)) if found is None and lang == "en" else found


def capital_bias(word: str) -> float | None:
    """See ``qa.encoder.casing``, which is not imported before a name is met."""
    from qa.encoder.casing import capital_bias

    return capital_bias(word)
