"""What the characters alone say about a pair: lengths, digits, copies, repetition, script, punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from qa import lang
from qa.estimate.words import split_words

__all__ = ["NAMES", "copied_share", "foreign_share", "looped_share", "other_language", "surface_features"]

NAMES = (
    "log_source_words",
    "log_target_words",
    "log_word_ratio",
    "log_char_ratio",
    "chars_per_target_word",
    "digit_mismatch",
    "digits_in_source",
    "copied_share",
    "copied_capitals",
    "looped_share",
    "repeated_neighbours",
    "distinct_share",
    "foreign_share",
    "final_mismatch",
    "source_final",
    "punctuation_mismatch",
    "comma_mismatch",
    "bracket_mismatch",
    "quote_mismatch",
    "first_case_mismatch",
    "capital_mismatch",
    "upper_share",
    "identical",
    "language_mismatch",
    "longest_word",
)

_DIGITS = re.compile(r"\d+")
_FINAL = {
    mark: group[0]
    for group in (".。।．။", "?？؟", "!！", "…", ":：", ";；")
    for mark in group
}  # fmt: skip
_QUOTES = frozenset('"“”„«»‘’‚‹›「」『』')
_CLOSERS = "\"”»’'›）)」』]"
_COMMAS = frozenset(",，、،;；")
_SCRIPT_WORDS = {
    "Latn": ("LATIN",),
    "Cyrl": ("CYRILLIC",),
    "Grek": ("GREEK",),
    "Arab": ("ARABIC",),
    "Hebr": ("HEBREW",),
    "Deva": ("DEVANAGARI",),
    "Hans": ("CJK",),
    "Hant": ("CJK",),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"),
    "Kore": ("HANGUL", "CJK"),
    "Thai": ("THAI",),
    "Sinh": ("SINHALA",),
    "Taml": ("TAMIL",),
    "Telu": ("TELUGU",),
    "Beng": ("BENGALI",),
    "Gujr": ("GUJARATI",),
    "Guru": ("GURMUKHI",),
    "Knda": ("KANNADA",),
    "Mlym": ("MALAYALAM",),
    "Khmr": ("KHMER",),
    "Laoo": ("LAO",),
    "Mymr": ("MYANMAR",),
    "Ethi": ("ETHIOPIC",),
    "Armn": ("ARMENIAN",),
    "Geor": ("GEORGIAN",),
}
_TWO_SCRIPTS = frozenset({"sr", "bs", "sh", "uz", "az", "kk", "ky", "ku", "mn", "tk", "tt", "pa", "cnr"})
# Languages an identifier confuses on a sentence; taken as one when asking "is this another language?".
_FAMILIES = (
    {"hr", "sr", "bs", "sh", "sl", "mk", "bg"},
    {"nb", "nn", "no", "da", "sv"},
    {"id", "ms", "jv", "su"},
    {"cs", "sk"},
    {"es", "gl", "ca", "pt", "oc", "ast"},
    {"hi", "ne", "mr", "bho", "mai", "sa"},
    {"uk", "ru", "be", "bg"},
    {"fa", "prs", "ps", "ur", "ar", "ckb", "ug", "sd"},
    {"af", "nl", "fy", "li", "nds"},
    {"az", "tr", "tk", "uz"},
    {"zh", "yue", "wuu", "ja"},
    {"kk", "ky", "tt", "ba"},
    {"et", "fi"},
    {"bn", "as"},
    {"zu", "xh", "st", "tn"},
)


@lru_cache(maxsize=65536)
def _script_of(character: str) -> str:
    return unicodedata.name(character, "").split(" ", 1)[0]


def foreign_share(text: str, target_lang: str) -> float:
    """Share of the letters of ``text`` outside the script of ``target_lang``; 0 where that is unknown."""
    expected = _SCRIPT_WORDS.get(lang.script(target_lang))
    letters = [c for c in text if c.isalpha()]
    if expected is None or not letters or lang.base(target_lang) in _TWO_SCRIPTS:
        return 0.0
    return sum(_script_of(c) not in expected for c in letters) / len(letters)


def _prose(words: list[str]) -> list[str]:
    return [w for w in words if len(w) >= 3 and w[0].isalpha() and w.islower()]


def copied_share(source_words: list[str], target_words: list[str]) -> float:
    """Share of the lower-case target words of three letters and more that stand in the source as they are."""
    prose = _prose(target_words)
    if not prose:
        return 0.0
    known = set(source_words)
    return sum(w in known for w in prose) / len(prose)


def looped_share(words: list[str], source_words: list[str]) -> float:
    """Share of the words that lie in a four-word sequence seen before, less what the source repeats.

    Near 1 for the loops in which decoders get stuck; the source's own share is taken off, so a faithful
    translation of a repetitive text is no loop.
    """

    def share(tokens: list[str], size: int) -> float:
        if len(tokens) < 2 * size:
            return 0.0
        counts = Counter(tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1))
        return sum(n - 1 for n in counts.values()) / (len(tokens) - size + 1)

    loops = (max(0.0, share(words, size) - share(source_words, size)) for size in (1, 2, 4))
    one, two, four = loops
    return max(four, two, one if one > 0.6 else 0.0)


def _family(code: str) -> set[str]:
    return set().union({code}, *(family for family in _FAMILIES if code in family))


@lru_cache(maxsize=1)
def _identifiable() -> frozenset[str]:
    import eldc

    eldc.init()
    return frozenset(eldc.LANGUAGES)


@lru_cache(maxsize=512)
def other_language(text: str, target_lang: str) -> str | None:
    """The language ``text`` is in when that is surely not ``target_lang``; None when in doubt.

    In doubt means: fewer than 20 letters, a language the identifier does not know, or one that it
    confuses with the target's.
    """
    if sum(c.isalpha() for c in text) < 20:
        return None
    expected = lang.base(target_lang)
    if expected not in _identifiable():
        return None
    found = lang.detect(text)
    return None if found is None or found in _family(expected) else found


def _final(text: str) -> str:
    stripped = text.rstrip().rstrip(_CLOSERS).rstrip()
    return _FINAL.get(stripped[-1:], "")


def _mismatch(a: int, b: int) -> float:
    return abs(a - b) / (1.0 + max(a, b))


def surface_features(source: str, target: str, source_lang: str, target_lang: str) -> NDArray[np.float32]:
    """One value for each of ``NAMES``; shape (len(NAMES),). Both texts are non-empty."""
    s_words = [source[a:b] for a, b in split_words(source)]
    t_words = [target[a:b] for a, b in split_words(target)]
    s_low, t_low = [w.lower() for w in s_words], [w.lower() for w in t_words]
    ns, nt = max(1, len(s_words)), max(1, len(t_words))
    s_digits = Counter(str(int(d)) for d in _DIGITS.findall(source) if len(d) < 30)
    t_digits = Counter(str(int(d)) for d in _DIGITS.findall(target) if len(d) < 30)
    differing = sum(((s_digits - t_digits) + (t_digits - s_digits)).values())
    either = max(1, sum((s_digits | t_digits).values()))
    s_caps = {w for w in s_words if len(w) > 1 and w[0].isupper()}
    t_caps = {w for w in t_words if len(w) > 1 and w[0].isupper()}
    s_punct, t_punct = (sum(not w[0].isalnum() for w in ws) for ws in (s_words, t_words))
    s_first, t_first = (next((c for c in text if c.isalpha()), "") for text in (source, target))
    cased = s_first.lower() != s_first.upper() and t_first.lower() != t_first.upper()
    letters = max(1, sum(c.isalpha() for c in target))

    def count(text: str, kinds: frozenset[str]) -> int:
        return sum(c in kinds for c in text)

    brackets = frozenset("()[]（）【】")
    values = (
        log(ns),
        log(nt),
        log(nt / ns),
        log((1 + len(target)) / (1 + len(source))),
        len(target) / nt,
        differing / either if differing else 0.0,
        min(5, sum(s_digits.values())),
        copied_share(s_low, t_low),
        len(s_caps & t_caps) / max(1, len(t_caps)),
        looped_share(t_low, s_low),
        sum(a == b and a.isalpha() for a, b in pairwise(t_low)) / nt,
        len(set(t_low)) / nt - len(set(s_low)) / ns,
        foreign_share(target, target_lang),
        float(_final(source) != _final(target)),
        float(bool(_final(source))),
        _mismatch(s_punct, t_punct),
        _mismatch(count(source, _COMMAS), count(target, _COMMAS)),
        _mismatch(count(source, brackets), count(target, brackets)),
        _mismatch(count(source, _QUOTES), count(target, _QUOTES)),
        float(cased and s_first.isupper() != t_first.isupper()),
        _mismatch(len(s_caps), len(t_caps)),
        sum(c.isupper() for c in target) / letters,
        float(source.strip() == target.strip()),
        float(other_language(target, target_lang) is not None),
        min(40, max(map(len, t_words), default=0)),
    )
    return np.array(values, dtype=np.float32)
