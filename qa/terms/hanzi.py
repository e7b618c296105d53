"""Whether a name may stand in a Chinese text, which writes foreign names by the sound of characters.

Both are folded to their consonants, as 特朗普 (tè lǎng pǔ) and Trump share little else. A skeleton of
two or three consonants is often met by chance: the check that asks weighs that.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

from qa.terms.transliteration import romanise

__all__ = ["heard_as", "heard_in", "skeleton"]

_FOLDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("tsch|tch|sch|sh|ch|zh|cz|sz", "s"),
        ("ph", "f"),
        ("th", "t"),
        ("ck", "k"),
        ("c(?=[eiy])", "s"),
        ("x(?=[a-z])|j|q|z", "s"),
        ("c|g", "k"),
        ("x", "ks"),
        ("ng", "n"),
        ("b", "p"),
        ("d", "t"),
        ("r", "l"),
        ("f|w", "v"),
        ("[^ptkslmnv]", ""),
        (r"(.)\1+", r"\1"),
    )
)
_UNKNOWN = "."
_SHORTEST = 2
_SAYS_NOTHING = 0.6
"""Likeness given to a name with fewer than two consonants: any text may hold it."""


@cache
def _sounds() -> dict[str, str]:
    """Character → its consonants."""
    text = resources.files("qa.terms").joinpath("hanzi.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {character: skeleton(syllable) for syllable, characters in rows for character in characters}


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """The consonants of ``word`` in classes that Chinese transcription does not keep apart."""
    key = romanise(word)
    for pattern, sound in _FOLDS:
        key = pattern.sub(sound, key)
    return key


@lru_cache(maxsize=256)
def heard_as(text: str) -> str:
    """The consonants of the Chinese ``text``, as ``skeleton`` folds those of other words."""
    sounds = _sounds()
    return "".join(sounds.get(letter, _UNKNOWN) for letter in text if letter > "\u2fff")


def heard_in(word: str, text: str) -> float:
    """How well the consonants of ``word`` fit a stretch of the Chinese ``text``: 0 to 1, higher is better."""
    from rapidfuzz.fuzz import partial_ratio, ratio

    key, heard = skeleton(word), heard_as(text)
    if len(key) < _SHORTEST:
        return _SAYS_NOTHING
    return float((partial_ratio if len(key) <= len(heard) else ratio)(key, heard)) / 100
