"""What a fraction makes of the numbers beside it: "two and a half million", «полтора миллиона»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qa.terms.number_value import Number
from qa.terms.number_words import LETTER, canonical, table

__all__ = ["complete", "join"]

_AND = re.compile(r"[\s-]+(?:and an?|с|з|із|et|y|e|und|i|a|en een)\s+")
# Languages where a fraction follows its number alone: «iki buçuk», and «ونصف» has its "and" in it.
_BESIDE = {"tr": re.compile(r"\s(?=buçuk)"), "ar": re.compile(r"[\w\u064b]{0,2}\s(?=و)")}
_NEXT_WORD = re.compile(
    rf"[\s-]{{0,2}}(?:(?:of|an?|de|di|to|vor|до|на|do|na)\s+|d['’]){{0,2}}({LETTER}+)", re.IGNORECASE
)
_UNIT_BETWEEN = re.compile(r"(?<![^\W_])([^\W_]+)[\s\u00a0][^\W\d_]+\s(?:and an?|et|y|e)\s$")
_FRACTIONS = frozenset({"0.25", "0.5", "0.75", "1.5", "2.5", "3.5", "4.5", "5.5"})
# Hindi says a quarter or a half more, or a quarter less, before the number: साढ़े तीन लाख is 350,000.
_BEFORE = {
    "hi": (
        re.compile("(सवा|साढ\u093cे|सा\u095dे|पौने)\\s+$"),
        {"सवा": 0.25, "साढ\u093cे": 0.5, "सा\u095dे": 0.5, "पौने": -0.25},
    )
}


_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_MIXED = re.compile(
    r"(?<![\d/.,])\d{1,3}"
    r"(?:[ \u00a0\u202f-](?P<part>[1-7])/(?P<of>[2348])(?![\d/])|[ \u00a0]?(?P<sign>[½¼¾⅓⅔]))"
)


def join(text: str, found: list[Number]) -> None:
    """Makes one number of digits and a fraction among ``found`` in ``text``: "5 1/2" and 5½ are 5.5."""
    for match in _MIXED.finditer(text):
        inside = [number for number in found if match.start() <= number.start < match.end()]
        share = _SIGNS[match["sign"]] if match["sign"] else int(match["part"]) / int(match["of"])
        if not inside or inside[0].start != match.start() or share >= 1 or len(inside[0].values) > 1:
            continue
        amount = round(float(next(iter(inside[0].values))) + share, 2)
        last = inside[-1]
        bare = next(map(float, last.bare), 0.0)  # "1 1/2 million"
        scale = next(map(float, last.values)) / bare if bare else 1.0
        found[:] = [number for number in found if number not in inside]
        found.append(
            Number(
                match.start(),
                max(match.end(), last.end),
                "digits",
                frozenset((canonical(amount * scale),)),
                bare=frozenset((canonical(amount),)) if bare else frozenset(),
            )
        )


def complete(text: str, language: str, found: list[Number]) -> None:
    """Gives the numbers ``found`` in ``text`` their readings with the fractions beside them, and adds the
    whole: a number of its own where a scale makes it a sure one, else a hint."""
    for number in [one for one in found if one.kind == "hint" and not one.values.isdisjoint(_FRACTIONS)]:
        _complete(number, text, language, found)
    if language in _BEFORE:
        pattern, shares = _BEFORE[language]
        for at, number in enumerate(found):
            match = pattern.search(text, max(0, number.start - 8), number.start)
            if match is not None and number.kind in ("digits", "word", "hint"):
                values = frozenset(map(canonical, _increased(number, shares[match[1]])))
                found[at] = replace(number, start=match.start(), values=number.values | values)


def _complete(number: Number, text: str, language: str, found: list[Number]) -> None:
    known = table(language)
    for at, whole in enumerate(found):
        if whole.end + 1 == number.start and whole.kind == "word" and "0.25" in number.values:
            if "3" in whole.values:  # "three quarters of an hour"
                found[at] = replace(whole, values=whole.values | {"0.75"})
                found.append(Number(whole.start, number.end, "hint", frozenset({"0.75"})))
            return
    if "0.5" in number.values:
        _after_unit(number, text, found)
    share = next(float(value) for value in number.values if value in _FRACTIONS)
    beside = _BESIDE.get(language, _AND)
    wholes = [
        at
        for at, whole in enumerate(found)
        if whole.kind in ("digits", "word", "hint")
        and (gap := beside.match(text, whole.end)) is not None
        and gap.end() == number.start
    ]
    amounts = [amount for at in wholes for amount in _increased(found[at], share)] or [share]
    start, end, factors = number.start, number.end, [1.0]
    scaled = False
    worth = 0.0
    if after := _NEXT_WORD.match(text, end):
        word = after.group(1).casefold()
        worth = known.values.get(word, 0.0)
        scales = [hint for hint in known.hints.get(word, ()) if hint >= 10]
        if worth >= 100 or scales:
            factors, end = [worth] if worth else scales, after.end()
            scaled = worth >= 1000
        elif not wholes and share < 1 <= worth <= 24:
            amounts.append(worth - 1)  # «в половине восьмого», «без четверти пять»
    values = frozenset(canonical(amount * factor) for amount in amounts for factor in factors)
    if scaled:  # "a million and half a million"
        values |= {
            canonical(float(value) + share * worth)
            for at in wholes
            for value in found[at].values
            if value.count(".") < 2 and float(value) >= worth
        }
    for at in wholes:
        whole = found[at]
        found[at] = replace(whole, values=whole.values | values)
        if scaled and whole.kind != "digits":
            start = min(start, whole.start)
            found[at] = replace(found[at], kind="hint")
    found.append(Number(start, end, "word" if scaled else "hint", values))


def _after_unit(number: Number, text: str, found: list[Number]) -> None:
    """ "A year and a half", «deux heures et demie»: the fraction stands after the unit."""
    match = _UNIT_BETWEEN.search(text[max(0, number.start - 40) : number.start])
    if match is None:
        return
    end = number.start - (len(match.string) - match.end(1))
    for at, whole in enumerate(found):
        if whole.end == end and whole.kind in ("digits", "word", "hint"):
            values = frozenset(map(canonical, _increased(whole, 0.5)))
            found[at] = replace(whole, values=whole.values | values)
            return
    found.append(Number(end - len(match[1]), end, "hint", frozenset({"1.5"})))


def _increased(whole: Number, share: float) -> Iterator[float]:
    """The values of a number with a fraction of its scale more: «deux millions et demi»."""
    for value in map(float, (value for value in whole.values if value.count(".") < 2)):
        if not whole.bare and value >= 1000 and whole.kind == "word":
            yield value * (1 + share)
        for bare in map(float, whole.bare or (canonical(value),)):
            yield value + share * (value / bare if bare else 1)
