"""What speaks for a name's being lost or invented, weighed into one likelihood.

Whether a suspect (``name_suspects``) is an error depends on how like
the nearest word is, on how close in meaning, on what sort of name it is, on the names of the other side
that are free, and on the segments around. The weights are fitted by ``benchmarks/names.py --fit``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from math import exp, log10

from qa.checks.evidence import Company
from qa.checks.name_suspects import Suspect, capital_bias, ids_of, pair_of
from qa.model import Side
from qa.terms.frequency import common, known
from qa.terms.hanzi import skeleton
from qa.terms.lemmas import lemma
from qa.terms.names import abbreviation, nationality, words
from qa.terms.seams import seams
from qa.terms.transliteration import likeness, romanise

__all__ = ["features", "likelihood", "meaning", "nearby", "unjoined"]

_NEARLY = 0.7
"""Likeness from which a word of a segment nearby is the name."""
_JOINED = 2.0
"""Odds against a gap from which two words are as good as any."""
_RAREST = 1e-6
"""Share of running text below which the lists know nothing."""
_MATCH = "match-"
_CHINESE = re.compile(r"(?:(?:[bpmfdtnlgkhjqxzcsrwy]|[zcs]h)?[aeiou]+(?:ng|n|r)?)+")


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


def unjoined(text: str, lang: str) -> float:
    """How little the two words of ``text`` that suit each other least do so, 0 to 5 (English alone)."""
    if lang != "en":
        return 0.0
    worst = max((seam.odds for seam in seams(text)), default=0.0)
    return min(5.0, max(0.0, worst + _JOINED))


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
    seam: float = 0.0,
    match: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """The evidence as numbers, by name; likelihoods and their weights are read in these terms.

    ``side`` is that of the name, ``closeness`` from ``meaning``, ``near`` from ``nearby``, ``opposed``
    whether the other side has a suspect too, ``gap`` whether the translation lacks a noun somewhere,
    ``seam`` from ``unjoined``, ``match`` one of the answers of ``name_match.Matches``, None where there is no
    encoder.
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
    japanese = source == "ja" and side == "target"
    there_too, here_too = (
        max(log10(max(known(tag).get(word.text.lower(), 0.0) for word in sure) or 1e-8), -8.0) + 8.0
        if latin
        else 0.0
        for tag in (suspect.other_lang, suspect.lang)
    )
    # Of no word there is known that it may render the name, by sound or by sense.
    lone = max(0.0, 0.5 - max(sound, low, to_word, to_name))
    found = {
        "spelt": spelt,
        "unspelt": unspelt,
        "sound-latin": sound * latin,
        "sound-latin-high": max(0.0, sound - 0.6) * latin,
        "sound-spelt": sound * spelt,
        "sound-spelt-high": max(0.0, sound - 0.55) * spelt,
        "sound-katakana": max(0.0, sound - 0.4) * japanese,
        "deaf-katakana": japanese and not leanings and max(0.0, 0.45 - sound),
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
        "seam": seam * (side == "source"),
        "known-there": there_too,
        "known-better-there": min(2.0, max(0.0, there_too - here_too)),
        "unknown-there": latin and there_too == 0.0,
        "lone-latin": lone * latin,
        "lone-spelt": lone * spelt,
        "leaning-spelt": spelt and max(leanings, default=0.0),
        "place-spelt": spelt and suspect.place,
        "several-words-spelt": spelt and len(sure) > 1,
        "initials-spelt": spelt and initials,
        "initials-unspelt": unspelt and initials,
        "copied": suspect.copied,
        "copied-initials": suspect.copied and initials,
        "copied-sound": suspect.copied and max(0.0, sound - 0.6),
        "loan": suspect.loan,
        "loan-sound": suspect.loan and sound,
    }
    if match is not None:
        found |= {f"{_MATCH}{key}": value for key, value in match.items() if key != "mean"}
        found |= {
            f"{_MATCH}latin": match["mean"] * latin,
            f"{_MATCH}spelt": match["mean"] * spelt,
            f"{_MATCH}unspelt": match["mean"] * unspelt,
            f"{_MATCH}loan": match["mean"] * suspect.loan,
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


@lru_cache(maxsize=20_000)
def _leaning(word: str, lang: str) -> float | None:
    found = capital_bias(word)
    return capital_bias(lemma(word.lower(), lang)) if found is None and lang == "en" else found
