"""What the characters alone say of a translation: a strange script, a loop, another language."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from qa import lang

__all__ = ["foreign_share", "looped_share", "other_language", "strange_words"]

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


def _script(target_lang: str) -> tuple[str, ...]:
    """First words of the Unicode names of the letters ``target_lang`` is written in; none where that is
    unknown or more than one script."""
    return () if lang.base(target_lang) in _TWO_SCRIPTS else _SCRIPT_WORDS.get(lang.script(target_lang), ())


def strange_words(words: Iterable[str], target_lang: str) -> int:
    """How many of ``words`` have two letters or more and one of a script that texts in ``target_lang`` do not
    have. Latin is at home everywhere; 0 where the language's script is unknown."""
    expected = {"LATIN", *_script(target_lang)} if _script(target_lang) else None
    if expected is None:
        return 0
    return sum(
        not word.isascii()
        and len(word) > 1
        and any(_script_of(c) not in expected for c in word if c.isalpha())
        for word in words
    )


def foreign_share(text: str, target_lang: str) -> float:
    """Share of the letters of ``text`` outside the script of ``target_lang``; 0 where that is unknown."""
    expected = _script(target_lang)
    letters = Counter(filter(str.isalpha, text))
    if not expected or not letters:
        return 0.0
    return sum(n for c, n in letters.items() if _script_of(c) not in expected) / letters.total()


def looped_share(words: list[str], source_words: list[str]) -> float:
    """Share of the words that lie in a four-word sequence seen before, less what the source repeats.

    Near 1 for the loops in which decoders get stuck; the source's own share is taken off, so a faithful
    translation of a repetitive text is no loop.
    """

    def share(tokens: list[str], size: int) -> float:
        if len(tokens) < 2 * size:
            return 0.0
        different = len(set(zip(*(tokens[i:] for i in range(size)), strict=False)))
        total = len(tokens) - size + 1
        return (total - different) / total

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
    if sum(map(str.isalpha, text)) < 20:
        return None
    expected = lang.base(target_lang)
    if expected not in _identifiable():
        return None
    found = lang.detect(text)
    return None if found is None or found in _family(expected) else found
