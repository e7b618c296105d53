"""Parts of a whole in words: a third, three quarters, one in four, «каждый пятый», 三分之一.

Numbers are read by ``qa.terms.numerals``; here is what makes a fraction of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from qa.terms.numerals import Number, numbers

__all__ = ["Share", "shares"]


@dataclass(frozen=True, slots=True)
class Share:
    """``text[start:end]`` says ``value``, between 0 and 1; ``sure`` where it can mean nothing else."""

    start: int
    end: int
    value: float
    sure: bool


# What stands between the two numbers of "three out of five".
_OUT_OF = {
    "en": r"\sin(?: every)?\s|(?:\s[a-z]+)?\s(?:in every|out of(?: every)?)\s",
    "fr": r"(?:\s[^\W\d_]+)?\ssur\s",
    "de": r"(?:\s[^\W\d_]+)?\svon\s",
    "es": r"(?:\s[^\W\d_]+)?\s(?:de|por) cada\s",
    "it": r"(?:\s[^\W\d_]+)?\ssu\s",
    "pt": r"(?:\s[^\W\d_]+)?\s(?:em|de|a) cada\s",
    "nl": r"\sop(?: de| elke)?\s|\svan de\s",
    "pl": r"(?:\s[^\W\d_]+)?\s(?:na|ze?)(?: każdych)?\s",
    "cs": r"(?:\s[^\W\d_]+)?\sze?(?: každých)?\s",
    "ru": r"(?:\s[^\W\d_]+)?\sиз(?: каждых)?\s",
    "uk": r"(?:\s[^\W\d_]+)?\s(?:із|зі?)(?: кожних)?\s",
}
# "One", which the tables of numbers leave out where it is an article as well.
_ONE = {
    "fr": r"\bune?\b",
    "de": r"\bein(?:e[rsnm]?)?\b",
    "es": r"\bun[ao]?\b",
    "it": r"\bun[ao]?\b",
    "pt": r"\buma?\b",
    "nl": r"\b[eé][eé]n\b",
    "pl": r"\bjed(?:en|na|no|nego|nej)\b",
    "cs": r"\bjed(?:en|na|no|nu)\b",
    "uk": r"\bод(?:ин|на|не)\b",
}
# «Каждый пятый»: "every", singular, and how ordinals end.
_EVERY = {
    "en": (r"\bevery\s$", r"third|\w+th"),
    "de": (r"\bjede[rsnm]?\s$", r"\w+te[rsnm]?"),
    "nl": (r"\b(?:elke|iedere|elk|ieder|de)\s$", r"derde|\w+(?:[fns]de|ste)"),
    "pl": (r"\b(?:co|każd(?:y|a|e|ego|ej|ą|emu))\s$", r"(?!cztery|trzy)\w+(?:y|a|e|i|ego|ej|ą|emu)"),
    "cs": (r"\bkažd(?:ý|á|é|ého|ou|ému)\s$", r"\w+(?:ý|á|é|ého|ou|ému|tí)"),
    "ru": (r"\bкажд(?:ый|ая|ое|ого|ой|ую|ому)\s$", r"\w+(?:[ыио]й|[аь]я|[оь]е|[ое]го|ую|ью|[ое]му|ей)"),
    "uk": (r"\bкож(?:ен|ний|на|не|ного|ної|ну|ному)\s$", r"\w+(?:[иі]й|а|я|е|[ьо]*го|ої|у|ю|ому)"),
}
_LASTS = re.compile(
    r"\s(?:year|month|week|day|hour|minute|game|match|season|ans?\b|ann|mois|jour|jahr|monat|tag|woche|stund|minut|spiel"
    r"|saison|m[ée][tc]|punkt|point|goal|but)",
    re.IGNORECASE,
)
# Words for the parts, by their number. Ambiguous ones ("third", «quart») need one of _NUMERATORS before.
_PARTS: dict[str, dict[int, str]] = {
    "en": {3: "thirds?", 4: "quarters?|fourths?", 5: "fifths?", 6: "sixths?", 7: "sevenths?", 8: "eighths?",
           9: "ninths?", 10: "tenths?"},
    "fr": {3: "tiers", 4: "quarts?", 5: "cinquièmes?", 6: "sixièmes?", 7: "septièmes?", 8: "huitièmes?",
           9: "neuvièmes?", 10: "dixièmes?"},
    "de": {3: "drittel[ns]?", 4: "viertel[ns]?", 5: "fünftel[ns]?", 6: "sechstel[ns]?", 7: "siebtel[ns]?",
           8: "achtel[ns]?", 9: "neuntel[ns]?", 10: "zehntel[ns]?"},
    "es": {3: "tercios?|terceras? partes?", 4: "cuartos?|cuartas? partes?", 5: "quintos?|quintas? partes?",
           6: "sextas? partes?", 7: "séptimas? partes?", 8: "octavas? partes?", 10: "décimas? partes?"},
    "it": {3: "terz[oi]|terza parte", 4: "quart[oi]|quarta parte", 5: "quint[oi]|quinta parte", 6: "sest[oi]",
           8: "ottav[oi]", 10: "decim[oi]"},
    "pt": {3: "terços?|terça parte", 4: "quartos?|quarta parte", 5: "quintos?|quinta parte", 6: "sextos?",
           8: "oitavos?", 10: "décimos?|décima parte"},
    "nl": {3: "derden?", 4: "kwart|vierden?", 5: "vijfden?", 6: "zesden?", 8: "achtsten?", 10: "tienden?"},
    "pl": {3: "trzeci(?:a|ą|e|ej|ch)", 4: "czwart(?:a|ą|e|ej|ych)|ćwier(?:ć|ci)", 5: "piąt(?:a|ą|e|ej|ych)",
           6: "szóst(?:a|ą|e|ej|ych)", 8: "ósm(?:a|ą|e|ej|ych)", 10: "dziesiąt(?:a|ą|e|ej|ych)"},
    "cs": {3: "třetin[ayuě]?", 4: "čtvrtin[ayuě]?", 5: "pětin[ayuě]?", 6: "šestin[ayuě]?", 7: "sedmin[ayuě]?",
           8: "osmin[ayuě]?", 9: "devítin[ayuě]?", 10: "desetin[ayuě]?"},
    "ru": {3: "трет(?:ь|и|ью|ей)", 4: "четверт(?:ь|и|ью|ей)", 5: "пят(?:ая|ой|ую|ых)",
           6: "шест(?:ая|ой|ую|ых)",
           7: "седьм(?:ая|ой|ую|ых)", 8: "восьм(?:ая|ой|ую|ых)", 9: "девят(?:ая|ой|ую|ых)",
           10: "десят(?:ая|ой|ую|ых)"},
    "uk": {3: "третин[аиуіою]*|третіх", 4: "чверт(?:ь|і|ю)|чвертю|четвертих", 5: "п['’]ят(?:а|ої|у|их)",
           6: "шост(?:а|ої|у|их)", 7: "сьом(?:а|ої|у|их)", 8: "восьм(?:а|ої|у|их)",
           9: "дев['’]ят(?:а|ої|у|их)",
           10: "десят(?:а|ої|у|их)"},
    "ar": {3: "ثلث|ثلثا|ثلثي|ثلثين|ثلثان", 4: "ربع|أرباع", 5: "خمس|أخماس", 10: "عشر|أعشار"},
    "hi": {3: "तिहाई", 4: "चौथाई"},
}  # fmt: skip
# Parts that are nothing else, whatever stands before them.
_UNMISTAKABLE = {
    "en": r"\w+ths|thirds|quarters",
    "de": r"(?!viertel).*",
    "es": r".*part.*|tercios?",
    "fr": r"(?!quart).*",
    "pt": r".*parte|terços?",
    "it": r".*parte",
    "cs": r".*",
    "ru": r"трет.|четверть|четвертью|третью",
    "uk": r"третин.*|чверт.*",
    "pl": r"ćwier.*",
    "hi": r".*",
    "ar": r"ثلث\w*",
}
_NUMERATORS = {
    "en": "an?|one|two|three|four|five|six|seven|eight|nine",
    "fr": "une?|le|d['’]un|du|deux|trois|quatre|cinq|six|sept|huit|neuf",
    "de": "ein(?:em|es)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun",
    "es": "un|una|la|dos|tres|cuatro|cinco|seis|siete|ocho|nueve",
    "it": "un|una|due|tre|quattro|cinque|sei|sette|otto|nove",
    "pt": "um|uma|dois|duas|três|quatro|cinco|seis|sete|oito|nove",
    "nl": "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen",
    "pl": "jedn[aąeo]j?|dwie|dwóch|trzy|trzech|cztery|czterech|pięć|sześć|siedem|osiem|dziewięć",
    "cs": "jedn[auoé]|dvě|dvou|tři|tří|čtyři|čtyř|pět|šest|sedm|osm|devět",
    "ru": "одн(?:а|у|ой)|две|двух|двумя|три|тр[её]х|тремя|четыре|четыр[её]х|пять|шесть|семь|восемь|девять",
    "uk": "одн(?:а|у|ієї)|дві|двох|двома|три|трьох|трьома|чотири|чотирьох|п['’]ять|шість|сім"
    "|вісім|дев['’]ять",
    "ar": "ثلاثة|أربعة|خمسة",
    "hi": "एक|दो|तीन",
}
_DIVIDED = re.compile(r"(?<![\d/])([1-9])\s?/\s?([2-9]|10)(?![\d/])|([¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])")
_SIGNS = {"¼": 1 / 4, "½": 1 / 2, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5,
          "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8}  # fmt: skip
# 三分之一, 三分の一, 4人に1人, 八社に一社, 3분의 1
_EAST = re.compile(
    "分之|分の|분의\\s?|[人社個组組校件名家国國位例](?:[中里裡]有?|に|当中有?|就有|中就有|のうち)|\\s?명\\s(?:중|가운데)\\s"
)
# A time of day or of the year: "a quarter to six", "three quarters of an hour", "for three quarters".
_NO_SHARE = re.compile(
    r"\s(?:to|past|after)\s(?:\w+\b)(?!\s?%)|[\s-](?:of\sa[n]?\s|d['’]|de\s)?(?:hours?|heure|ora\b|hora\b)"
    r"|\s(?:vor|nach|voor|over|на|по|do|po|na|przed)\s|\s?stunde|\s(?:hodiny|godziny|години|часа)\b|\s?finale?s?\b|[\s-]finals?\b",
    re.IGNORECASE,
)


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    parts = _PARTS.get(language)
    if parts is None:
        return None
    named = "|".join(f"(?P<p{number}>{words})" for number, words in parts.items())
    article = "(?:ال)?" if language == "ar" else ""
    return re.compile(
        rf"(?<![\w'’])(?:(?P<of>{_NUMERATORS[language]})[\s\u00a0-])?{article}(?:{named})(?![\w'’])",
        re.IGNORECASE,
    )


def shares(text: str, language: str) -> list[Share]:
    """The shares of ``text`` in order of their start; ``language`` is a base tag. Halves are left out:
    too many words are said with one."""
    found = [*_named(text, language), *_divided(text), *_of_numbers(text, language, numbers(text, language))]
    found.sort(key=lambda share: (share.start, -share.end))
    kept: list[Share] = []
    for share in found:
        if not kept or share.start >= kept[-1].end:
            kept.append(share)
    return kept


def _named(text: str, language: str) -> Iterator[Share]:
    pattern = _pattern(language)
    if pattern is None:
        return
    for match in pattern.finditer(text):
        part, said = match.lastgroup, match["of"]
        if part is None or _NO_SHARE.match(text, match.end()):
            continue
        below, count = int(part[1:]), _count(said, language)
        if _DUAL.fullmatch(match[part]):
            count = 2
        certain = re.fullmatch(_UNMISTAKABLE.get(language, "(?!)"), match[part], re.IGNORECASE) is not None
        if count < below and (certain or said is not None):
            sure = (
                _sure_in_english(text, match, said)
                if language == "en"
                else certain or count > 1 or _OF.match(text, match.end()) is not None
            )
            yield Share(match.start(), match.end(), count / below, sure)


_DUAL = re.compile("ثلث(?:ا|ي|ين|ان)")
"""The Arabic dual: two thirds."""


def _count(said: str | None, language: str) -> int:
    """The upper number of a fraction: 1 for an article."""
    values = (value for number in numbers(said or "", language) for value in number.values)
    return next((int(value) for value in values if value.isdecimal() and 1 < int(value) < 10), 1)


_OF = re.compile(r"\s(?:d['’]|de[ils]?\b|d[aio]s?\b|degli\b|del|dell['’]|van\b|من\b)", re.IGNORECASE)
_AMOUNT = re.compile(
    r"\b(?:by|of|nearly|almost|about|around|over|than|up|down|only|just|roughly|least|cut)\s$", re.IGNORECASE
)


def _sure_in_english(text: str, match: re.Match[str], said: str | None) -> bool:
    """No third one, no quarter of a year or of a town."""
    plural = match.group().casefold().endswith("s") and not match.group().casefold().endswith("quarters")
    return (
        text.startswith(" of ", match.end())
        or (plural and said is not None)
        or (said is not None and _AMOUNT.search(text[max(0, match.start() - 24) : match.start()]) is not None)
    )


def _divided(text: str) -> Iterator[Share]:
    for match in _DIVIDED.finditer(text):
        value = _SIGNS[match[3]] if match[3] else int(match[1]) / int(match[2])
        if value < 1:
            yield Share(match.start(), match.end(), value, sure=False)


def _of_numbers(text: str, language: str, found: Sequence[Number]) -> Iterator[Share]:
    """Two numbers, or one after "every", that say a share."""
    plain = [(number, value) for number in found if (value := _small(number)) is not None]
    every, ordinal = (re.compile(one, re.IGNORECASE) for one in _EVERY.get(language, ("(?!)", "(?!)")))
    out_of = re.compile(_OUT_OF.get(language, "(?!)"), re.IGNORECASE)
    one = re.compile(_ONE.get(language, "(?!)"), re.IGNORECASE)
    for at, (number, value) in enumerate(plain):
        ahead = every.search(text, max(0, number.start - 24), number.start) if value > 2 else None
        if ahead is not None and ordinal.fullmatch(text, number.start, number.end):
            yield Share(ahead.start(), number.end, 1 / value, sure=True)
        if _LASTS.match(text, number.end):
            continue  # "three in five years"
        for before, count in plain[max(0, at - 2) : at]:
            if 0 < number.start - before.end <= 24:
                gap = text[before.end : number.start]
                if count < value and out_of.fullmatch(gap):
                    yield Share(before.start, number.end, count / value, sure=True)
                elif value < count and _EAST.fullmatch(gap):
                    yield Share(before.start, number.end, value / count, sure=True)
        if value > 1:
            for match in one.finditer(text, max(0, number.start - 30), number.start):
                if out_of.fullmatch(text, match.end(), number.start):
                    yield Share(match.start(), number.end, 1 / value, sure=True)


_DIGITS = 19
"""Digits from which a number is no number of a text."""


def _small(number: Number) -> int | None:
    if number.kind in ("month", "roman"):
        return None
    values = [int(value) for value in number.values if value.isdecimal() and len(value) < _DIGITS]
    return values[0] if len(values) == 1 and 0 < values[0] <= 100 else None
