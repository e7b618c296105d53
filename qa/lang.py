"""Languages: BCP 47 tags, script, direction, names — on top of langcodes — and identification.

A language is a plain string everywhere: a normalised tag such as ``fr``, ``pt-BR`` or ``zh-Hant``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from qa.errors import UsageError

__all__ = [
    "NO_ADDRESS",
    "UNDETERMINED",
    "UNSPACED",
    "base",
    "confusable",
    "detect",
    "direction",
    "is_unspaced",
    "name",
    "normalise",
    "script",
]

UNDETERMINED = "und"
"""The tag a project carries as its source language when only translations exist. It is the one value
that is no language here: ``normalise`` refuses it."""

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Letters of the scripts written without spaces, as the inside of a regex class."""

NO_ADDRESS = UNSPACED + "\u3000-\u303f\uac00-\ud7af\uff00-\uffef"
"""What stands right beside a web or e-mail address and is no part of it, as the inside of a regex class:
those letters, the Korean ones of a particle, full-width marks. Accents and Cyrillic letters may be part."""

_RTL_SCRIPTS = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"})
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my", "bo", "yue", "wuu"})


@cache
def normalise(tag: str) -> str:
    """The shortest well-formed tag for ``tag`` ("FR_fr" → "fr-FR", "iw" → "he").

    Raises UsageError when ``tag`` is no language.
    """
    import langcodes

    try:
        language = langcodes.get(tag.strip().replace("_", "-"), normalize=True)
        if not language.is_valid() or not language.language or language.language == UNDETERMINED:
            raise ValueError(tag)
    except ValueError:
        raise UsageError(f"{tag!r} is no language tag; use one such as fr, pt-BR or zh-Hant") from None
    return language.to_tag()


@cache
def base(tag: str) -> str:
    """The primary language subtag: "pt-BR" → "pt"."""
    return normalise(tag).split("-", 1)[0]


@cache
def script(tag: str) -> str:
    """ISO 15924 code of the script the language is usually written in: "ru" → "Cyrl"."""
    import langcodes

    return langcodes.get(normalise(tag)).maximize().script or "Zyyy"


def direction(tag: str) -> str:
    """``"rtl"`` or ``"ltr"``."""
    return "rtl" if script(tag) in _RTL_SCRIPTS else "ltr"


def is_unspaced(tag: str) -> bool:
    """True for languages written without spaces between words (zh, ja, th, …)."""
    return base(tag) in _UNSPACED


@cache
def name(tag: str, in_language: str = "en") -> str:
    """Display name: ``name("fr")`` → "French"."""
    import langcodes

    return langcodes.get(normalise(tag)).display_name(in_language)


def detect(text: str) -> str | None:
    """The most likely language of ``text`` as a base tag; None when there is too little to tell by.

    Never raises. A word or two are enough in a script of its own (kana, Hangul, Greek, …); elsewhere an
    answer needs two words that the identifier calls reliable, or some two dozen letters. Measured on the
    first words of 500 sentences each of ru, uk, fr, en and de: three words are answered in 87% of cases,
    .993 of the answers right; six in 99%, .997; ten always, .9996.
    """
    import eldc

    clean = _NOT_LANGUAGE.sub(" ", text[:_SAMPLE])
    letters = [character for character in clean if character.isalpha()]
    own = _own_script(letters)
    if own is not None:
        return own
    if len(letters) < 6 or (len(clean.split()) < 2 and not _HAN.search(clean)):
        return None
    eldc.init()
    details = eldc.detect_details(clean)
    found: str = details.language
    if found in ("", "und") or not (details.reliable or len(letters) >= _PLENTY):
        return None
    return _by_letters(found, clean)


_GROUPS = [
    frozenset(group.split())
    for group in (
        "ru uk be bg mk sr",
        "hr sr bs sl mk",
        "cs sk",
        "da no nb nn sv is fo",
        "es pt gl ca ast oc it",
        "nl af de lb",
        "id ms jv su tl",
        "hi mr ne bho mai",
        "ar fa ur ps ckb",
        "tr az tk uz kk ky tt ba",
        "fi et",
        "zh ja yue",
        "fr oc ca wa",
        "en sco",
    )
]
"""Languages that identification mixes up."""


def confusable(one: str, other: str) -> bool:
    """Are these the same language, or so close that taking a text of one for the other is no error?"""
    pair = {base(one), base(other)}
    return len(pair) == 1 or any(pair <= group for group in _GROUPS)


_SAMPLE = 20_000
_PLENTY = 24
_HAN = re.compile("[\u3400-\u9fff]")
_NOT_LANGUAGE = re.compile(
    "[\ud800-\udfff\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
    rf"|(?:https?://|www\.)[^\s{NO_ADDRESS}]{{1,2000}}|[\w.+-]{{1,64}}@[\w.-]{{1,255}}"
)
_OWN_SCRIPTS = {
    "ja": ("\u3041", "\u30ff"),
    "ko": ("\uac00", "\ud7a3"),
    "el": ("\u0370", "\u03ff"),
    "th": ("\u0e01", "\u0e5b"),
    "hy": ("\u0531", "\u058a"),
    "ka": ("\u10a0", "\u10ff"),
}
_CYRILLIC_LETTERS = {
    "uk": re.compile("[їєґ]", re.IGNORECASE),
    "ru": re.compile("[ыэё]", re.IGNORECASE),
}


def _own_script(letters: Sequence[str]) -> str | None:
    """The language whose script no other language uses, when a good part of the letters is in it."""
    for tag, (first, last) in _OWN_SCRIPTS.items():
        share = sum(first <= letter <= last for letter in letters)
        # Japanese mixes kana into Chinese characters; the rest may quote other scripts.
        if share >= 2 and share * (5 if tag == "ja" else 2) >= len(letters):
            return tag
    return None


def _by_letters(found: str, text: str) -> str:
    """``found`` corrected where the letters of the text rule it out among the Cyrillic languages."""
    if found not in ("ru", "uk", "be", "bg", "sr"):
        return found
    counts = {tag: len(pattern.findall(text)) for tag, pattern in _CYRILLIC_LETTERS.items()}
    if found in ("bg", "sr", "ru") and counts["uk"] > counts["ru"]:
        return "uk"
    if (
        found in ("bg", "sr", "uk")
        and counts["ru"] > counts["uk"]
        and not re.search("[іў]", text, re.IGNORECASE)
    ):
        return "ru"
    return found
