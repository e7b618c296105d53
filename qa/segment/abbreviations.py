"""Words that end in a full stop without ending a sentence, and words that begin sentences.

Three kinds, because they answer different questions. A *leader* is followed by what it belongs to
("Mr. Smith", "ул. Мира") and never ends a sentence. A *numeric* one is a leader before a number only
("p. 5", "Art. 3") and an ordinary word elsewhere. A *trailer* may end one ("etc.", "г.", "Inc."): the
next word decides. The words are in ``abbreviations.toml``, by language.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

__all__ = ["ORDINAL_DOT", "is_counted", "is_leader", "is_numeric", "is_trailer", "starts_sentence"]

Kind = Literal["leader", "numeric", "trailer", "counted", "starter"]

ORDINAL_DOT = frozenset({"de", "lb", "gsw", "nds"})
"""Languages that write ordinals with a full stop *and* nouns with a capital: "am 3. Mai"."""

_RELATIVES = {
    "be": "ru", "bg": "ru", "mk": "bg", "sr": "ru", "kk": "ru", "ky": "ru", "sk": "cs", "no": "nb",
    "nn": "nb", "ca": "es", "gl": "es", "lb": "de", "af": "nl",
}  # fmt: skip


def is_leader(word: str, lang: str) -> bool:
    """True when ``word`` with its full stop belongs to what follows."""
    return word in _words(lang, "leader")


def is_numeric(word: str, lang: str) -> bool:
    """True when ``word`` with its full stop belongs to a number that follows."""
    return word in _words(lang, "numeric")


def is_trailer(word: str, lang: str) -> bool:
    """True when ``word`` is an abbreviation that may end a sentence."""
    return word in _words(lang, "trailer")


def is_counted(word: str, lang: str) -> bool:
    """True for a noun whose Roman numeral stands behind it: "siglo X", "Chapter V"."""
    return word in _words(lang, "counted")


def starts_sentence(word: str, lang: str) -> bool:
    """True for the pronouns, articles and connectives that names and terms do not begin with."""
    return word.casefold().replace("’", "'") in _words(lang, "starter")


@cache
def _words(lang: str, kind: Kind) -> frozenset[str]:
    """The words of one kind: those of all languages, of ``lang`` and of its closest relative."""
    table = _tables()[kind]
    names = ("all", lang, _RELATIVES.get(lang, lang))
    return frozenset(word for name in names for word in table.get(name, "").split())


@cache
def _tables() -> dict[str, dict[str, str]]:
    path = files("qa.segment").joinpath("abbreviations.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
