"""Currencies and amounts of money in running text, from ``currencies.toml``.

A mention names every currency that it may mean: "dollars" those of a dozen countries, "Canadian dollars" one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from qa.lang import is_unspaced
from qa.terms.numerals import Number, numbers

__all__ = ["Mention", "mentions", "names_currency"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A currency that a text names: ``text[start:end]``, with its number where one stands beside it."""

    codes: frozenset[str]
    """ISO 4217 codes of the currencies that may be meant."""
    plain: bool
    """It means money and nothing else."""
    start: int
    end: int
    values: frozenset[str] = frozenset()
    """What the number may be worth, with and without its scale; empty where there is no number."""


@dataclass(frozen=True, slots=True)
class _Name:
    codes: frozenset[str]
    adorned: frozenset[str]
    """Further codes, meant only where the text names the country: a Lebanese pound."""
    plain: bool


def _read(name: str) -> str:
    return resources.files("qa.terms").joinpath(name).read_text(encoding="utf-8")


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = tomllib.loads(_read("currencies.toml"))
    return found


@cache
def _names() -> Sequence[_Name]:
    return [
        _Name(
            frozenset(entry["codes"].split()),
            frozenset(entry.get("adorned", "").split()),
            bool(entry.get("plain", True)),
        )
        for entry in _table().values()
    ]


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The signs, and what ``language`` writes in lower case; one group a name, "n" and its number."""
    glued = is_unspaced(language) or language == "ko"
    start, end = ("", "") if glued else (r"(?<![^\W\d_])", r"(?![^\W\d_])")
    signs, words = [], []
    for number, entry in enumerate(_table().values()):
        sign = entry.get(f"sign-{language}", entry.get("sign"))
        if sign:
            signs.append(f"(?P<n{number}>{sign})")
        if language in entry:
            words.append(f"(?P<n{number}>{entry[language]})")
    # The longer name first: «カナダドル» before «ドル», "US$" before "$".
    return (
        # A sign of letters is no part of a word: "EUR", not the end of "SAUR".
        re.compile(rf"(?<![^\W\d_])(?:{'|'.join(reversed(signs))})(?![^\W\d_])"),
        re.compile(f"{start}(?:{'|'.join(reversed(words)) or '(?!)'}){end}"),
    )


@cache
def _countries() -> Mapping[str, re.Pattern[str]]:
    stems: Mapping[str, str] = tomllib.loads(_read("currency_countries.toml"))
    return {country: re.compile(rf"(?<![a-z])(?:{stem})", re.IGNORECASE) for country, stem in stems.items()}


_BETWEEN = re.compile(
    r"(?:thousand|hundred|[mb]illi(?:on|ard|arden)\w*|[mt]rilli\w+|bilh\w+|milh\w+|ml[nd]|mrd|mio|cr(?:ore)?s?|lakhs?"
    r"|bin|milyon|milyar|тыс\w*|тис\w*|миллион\w*|миллиард\w*|мільйон\w*|мільярд\w*|млн|млрд|mill[oó]n\w*|mille|mil"
    r"|millones|tis[ií]c\w*|tysi\w+|[bm]n|[kmb]|ألف|آلاف|مليون|ملايين|مليار|مليارات|लाख|करोड़|हज़?ार|अरब"
    r"|d[e’']|di|of|von|[万億亿千百만억천백]+)\.?",
    re.IGNORECASE,
)
_REACH = 40
_GAP = " \u00a0\u202f\n-"


def mentions(text: str, language: str) -> list[Mention]:
    """The currencies that ``text`` names; ``language`` is a base tag."""
    lower = text.lower()
    signs, words = _patterns(language)
    matches = [(match, True) for match in signs.finditer(text)]
    matches += [(match, False) for match in words.finditer(lower if len(lower) == len(text) else text)]
    if not matches:
        return []
    matches.sort(key=lambda found: found[0].start())
    known = numbers(text, language)
    found = []
    for match, sign in matches:
        name = _names()[int((match.lastgroup or "n0")[1:])]
        number = _number(match, known, text, sign=sign)
        if number is None and (sign or not name.plain):
            continue
        start, end = match.span()
        values: frozenset[str] = frozenset()
        if number is not None:
            start, end = min(start, number.start), max(end, number.end)
            values = number.values | number.bare
        codes = name.codes if sign else _narrowed(name, match, text)
        found.append(Mention(codes, name.plain or sign, start, end, values))
    return found


def names_currency(word: str, language: str) -> bool:
    """Whether ``word`` in lower case is the name of a currency in ``language``."""
    return _patterns(language)[1].fullmatch(word) is not None


def _number(match: re.Match[str], known: Sequence[Number], text: str, *, sign: bool) -> Number | None:
    """The number before the name of a currency; of a sign also the one after it, which comes first."""
    counted = [number for number in known if number.kind not in ("month", "roman")]
    if sign:
        for number in counted:
            if 0 <= number.start - match.end() <= 1 and not text[match.end() : number.start].strip(_GAP):
                return max((one for one in counted if one.start == number.start), key=lambda one: one.end)
    before = [
        number
        for number in counted
        if 0 <= match.start() - number.end <= _REACH and _joined(text[number.end : match.start()])
    ]
    return max(before, key=lambda number: (number.end, -number.start), default=None)


def _joined(between: str) -> bool:
    """Nothing but a scale, a preposition and the country stand between number and currency."""
    words = re.split(rf"[{_GAP}]+|(?<=['’])", between.strip(_GAP + "."))
    return all(
        not word or _BETWEEN.fullmatch(word) or any(stem.match(word) for stem in _countries().values())
        for word in words
    )


_WORD_BEFORE = re.compile(r"([^\W\d_][\w.’'-]*)[ \u00a0-]$")
_WORD_AFTER = re.compile(r"[ \u00a0](?:(?:d[eoi]s?|dell[aei]|d['’])\s?)?([^\W\d_][\w-]*)")


def _narrowed(name: _Name, match: re.Match[str], text: str) -> frozenset[str]:
    """The codes of the country that a neighbour of the name names; all that may be meant where none does."""
    if len(name.codes | name.adorned) == 1:
        return name.codes
    before = text[max(0, match.start() - 24) : match.start()]
    after = _WORD_AFTER.match(text, match.end())
    neighbours = [found[1] for found in (_WORD_BEFORE.search(before), after) if found]
    for country, stems in _countries().items():
        own = frozenset(code for code in name.codes | name.adorned if code.startswith(country))
        if (
            own
            and (
                any(stems.match(word) for word in neighbours)
                # Chinese, Japanese and Korean leave no space: «加拿大元»
                or (match.start() and not before[-1:].isascii() and _ends(before, stems))
            )
        ):
            return own
    return name.codes | {code for code in name.adorned if _countries()[code[:2]].search(text)}


def _ends(before: str, stems: re.Pattern[str]) -> bool:
    return any(found.end() == len(before) for found in stems.finditer(before))
