"""Places that other languages call by another name: Moscow, Moscou, Москва; Germany, Allemagne, немец.

A place is known by the stems its name and its people begin with, from ``places.tsv``, and by CLDR's
territory names, which cover nearly every language.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from qa.lang import is_unspaced

__all__ = ["UNCASED", "countries", "country_names", "covered", "places", "stems_of"]

UNCASED = frozenset("ar fa he hi zh ja ko th ka ur bn ne mr si ta te".split())
"""Base tags of languages whose script has no capitals."""


@cache
def _table() -> tuple[dict[str, tuple[str, ...]], ...]:
    """One dictionary a place: language → stems in lower case."""
    lines = resources.files("qa.terms").joinpath("places.tsv").read_text(encoding="utf-8").splitlines()
    header, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple(
        {tag: tuple(cell.split("|")) for tag, cell in zip(header, row, strict=True) if cell} for row in rows
    )


def covered() -> frozenset[str]:
    """Base tags of the languages that ``places.tsv`` has stems of."""
    return frozenset(_table()[0])


_TERRITORIES = (
    "AD AE AF AL AM AO AR AT AU AZ BA BD BE BF BG BH BI BJ BO BR BT BW BY BZ CA CD CG CH CI CL CM CN CO "
    "CR CU CY CZ DE DJ DK DO DZ EC EE EG ER ES ET FI FJ FR GA GB GE GH GL GM GN GR GT GW GY HN HR HT HU "
    "ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KM KP KR KW KZ LA LB LI LK LR LS LT LU LV LY MA MC MD ME "
    "MG MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NZ OM PA PE PG PH PK PL PS PT PY QA RO "
    "RS RU RW SA SD SE SG SI SK SL SN SO SR SS SV SY SZ TD TG TH TJ TM TN TO TR TT TW TZ UA UG US UY UZ "
    "VE VN YE ZA ZM ZW"
).split()


@cache
def country_names(lang: str) -> dict[str, frozenset[str]]:
    """Lower-case name of a country in ``lang`` (a base tag) → its ids (see ``places``)."""
    import langcodes

    found = {}
    for code, (english, ids) in _territories().items():
        name = langcodes.Language.make(territory=code).territory_name(lang).lower()
        if lang != "en" and name == english and lang in UNCASED:
            continue  # CLDR has no name in this language and answers in English
        found[name] = ids
    return found


@cache
def countries(lang: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Lower-case name of a country in ``lang`` (a base tag) → its code and its ids (see ``places``)."""
    import langcodes

    return {
        langcodes.Language.make(territory=code).territory_name(lang).lower(): (code, ids)
        for code, (_, ids) in _territories().items()
    }


def stems_of(ids: frozenset[str], lang: str) -> frozenset[str]:
    """The stems that ``places.tsv`` has of places with one of ``ids`` in ``lang`` (a base tag)."""
    return frozenset(
        stem for at, row in enumerate(_table()) if str(at) in ids for stem in row.get(lang, ()) if stem
    )


@cache
def _territories() -> dict[str, tuple[str, frozenset[str]]]:
    """Code of a country → its English name in lower case, and its ids."""
    import langcodes

    found = {}
    for code in _TERRITORIES:
        english = langcodes.Language.make(territory=code).territory_name("en").lower()
        rows = (
            at for at, row in enumerate(_table()) if any(f" {stem}" in f" {english}" for stem in row["en"])
        )
        found[code] = (english, frozenset((code, *map(str, rows))))
    return found


@cache
def _stems(lang: str) -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    stems: dict[str, set[str]] = {}
    for at, row in enumerate(_table()):
        for stem in row.get(lang, ()):
            stems.setdefault(stem, set()).add(str(at))
    for name, ids in country_names(lang).items():
        # Its people and its cases share all but the ending; a script without capitals has its own ways.
        whole = len(name) < 6 or lang in UNCASED
        stem = name if whole else name[: max(4, len(name) - 2)]
        stems.setdefault(stem, set()).update(ids)
    longest = sorted(stems, key=len, reverse=True)
    edge = "" if is_unspaced(lang) else r"(?<![^\W_])"
    # By their first letters, so that most words are done with after one step.
    starts: dict[str, dict[str, list[str]]] = {}
    for stem in longest:
        starts.setdefault(stem[:1], {}).setdefault(stem[1:2], []).append(re.escape(stem[2:]))
    pattern = re.compile(
        f"{edge}({'|'.join(re.escape(first) + _either(seconds) for first, seconds in starts.items())})"
    )
    return pattern, {stem: frozenset(ids) for stem, ids in stems.items()}


def _either(seconds: dict[str, list[str]]) -> str:
    """A pattern for the rests of stems, by their second letter; the lone first letter comes last."""
    order = sorted(seconds, key=lambda letter: letter == "")
    return "(?:" + "|".join(f"{re.escape(second)}(?:{'|'.join(seconds[second])})" for second in order) + ")"


def places(text: str, lang: str) -> list[tuple[int, int, frozenset[str]]]:
    """(start, end, ids) of the stems of places in ``text``, in order; a stem may be a coincidence.

    ``lang`` is a base tag. Of overlapping stems the longest counts. An id stands for one place in all
    languages: "germany" and «немецкий» share it.
    """
    pattern, ids = _stems(lang)
    low = text.lower() + " "
    if len(low) != len(text) + 1:  # a letter whose lower case is longer («İ») would shift the spans
        low = "".join(letter.lower()[:1] for letter in text) + " "
    return [(match.start(), min(match.end(), len(text)), ids[match[1]]) for match in pattern.finditer(low)]
