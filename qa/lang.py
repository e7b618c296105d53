"""Languages: BCP 47 tags, script, direction, names — on top of langcodes — and identification.

A language is a plain string everywhere: a normalised tag such as ``fr``, ``pt-BR`` or ``zh-Hant``.
"""

from __future__ import annotations

from functools import cache

from qa.errors import UsageError

__all__ = ["base", "detect", "direction", "is_unspaced", "name", "normalise", "script"]

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
        if not language.is_valid() or not language.language or language.language == "und":
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
    """The most likely language of ``text`` as a base tag; None when there is too little to tell by."""
    import eldc

    letters = sum(character.isalpha() for character in text)
    if letters < 3:
        return None
    eldc.init()
    found: str = eldc.detect(text)
    return None if found in ("", "und") else found
