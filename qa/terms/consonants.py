"""How many consonants of two names cannot stand for each other, whatever scripts and spellings they are in.

``transliteration.likeness`` forgives much, as a word has to be found among many. Two words that stand for
one name anyway, beside a right first name, are compared more strictly here: every letter stands for a few
sounds (c, ch, g, j), some for none (h, final letters in French), and a consonant of one word for which the
other has none tells that they are two names.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qa.terms.transliteration import romanise

__all__ = ["same", "strangers"]

_SOUNDS = {
    spelling: sounds
    for spellings, sounds in (
        ("b p", "P"),
        ("bh", "PF"),
        ("ph f v", "F"),
        ("w", "F-"),
        ("wh", "FK-"),
        ("t d dt tt", "T"),
        ("th", "TS"),
        ("ti s z ss ts tz zh sh sz dzh sc rz cz tch sch tsch shch scz dz dsch cs zs dj ds", "S"),
        ("sch sc", "SK"),
        ("rz rzh", "RS"),
        ("c ch g x dg gi ge cc cch zh", "SK"),
        ("j", "SK-"),
        ("k q ck kh gg", "K"),
        ("gh h", "K-"),
        ("l ll", "L"),
        ("m", "MN"),
        ("n", "NM"),
        ("gn ng", "N"),
        ("r rr rh", "R"),
    )
    for spelling in spellings.split()
}
"""A letter or letters → the classes of sound they may stand for, "-" for none."""
_LETTERS = re.compile(
    "|".join(
        "ti(?=on|an)" if spelling == "ti" else spelling for spelling in sorted(_SOUNDS, key=len, reverse=True)
    )
)
_MUTE = re.compile("(?:[tdsxzp]+e?s?|er|[hs]|[oei]m|[eo]go|[eo]mu|o[wv]i|evi|ami|ach|akh|ykh|ho|mu)$")
"""What may be written at the end and not be heard in French, or be an ending of a Slavic case."""

_ENOUGH = 3


@lru_cache(maxsize=20_000)
def _consonants(word: str) -> tuple[str, ...]:
    plain = re.sub(r"x", "ks", romanise(word))
    plain = re.sub(r"([bdfgklmnprtvz])\1", r"\1", plain)
    mute = _MUTE.search(plain)
    end = mute.start() if mute else len(plain)
    return tuple(_SOUNDS[match.group()] + "-" * (match.start() >= end) for match in _LETTERS.finditer(plain))


@lru_cache(maxsize=20_000)
def strangers(one: str, other: str) -> int:
    """Consonants of both words, in their order, for which the other has none; 0 for spellings of one name.

    Symmetric.
    """
    first, second = _consonants(one), _consonants(other)
    costs = [0]
    for sounds in second:
        costs.append(costs[-1] + _weight(sounds))
    for mine in first:
        row = [costs[0] + _weight(mine)]
        for at, theirs in enumerate(second):
            best = min(costs[at + 1] + _weight(mine), row[at] + _weight(theirs))
            if set(mine) & set(theirs) - {"-"}:
                best = min(best, costs[at])
            row.append(best)
        costs = row
    return costs[-1]


def same(one: str, other: str) -> bool:
    """Whether the words agree in so many consonants that they are hardly two names."""
    return min(len(_consonants(one)), len(_consonants(other))) >= _ENOUGH and strangers(one, other) == 0


def _weight(sounds: str) -> int:
    return int("-" not in sounds)
