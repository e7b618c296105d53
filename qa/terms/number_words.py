"""Number words of many languages, read from ``numerals.toml``, and where they stand in a text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TypeVar, cast

from qa.terms.alternation import alternation

__all__ = [
    "LETTER",
    "WordTable",
    "canonical",
    "languages",
    "may_hold",
    "month_like",
    "prefixes",
    "table",
    "word_like",
    "words",
]


def canonical(value: float) -> str:
    """A value as the shortest decimal string: 1234.0 → "1234"."""
    if value != int(value):
        value = float(f"{value:.12g}")  # 8.3 * 1e9 is 8300000000.000001
    if value == int(value) and abs(value) < 1e18:
        return str(int(value))
    return f"{value:.6f}".rstrip("0").rstrip(".")


@cache
def _data() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads(resources.files("qa.terms").joinpath("numerals.toml").read_text(encoding="utf-8"))


@cache
def languages() -> frozenset[str]:
    """Base tags of the languages whose number words are known."""
    return frozenset(_data()) | {"zh", "ja", "ko"}


@dataclass(frozen=True, slots=True)
class WordTable:
    """Folded word → what it stands for: surely, perhaps ("dozen", «cuarto»: 4 or ¼), and the months."""

    values: Mapping[str, float]
    hints: Mapping[str, tuple[float, ...]]
    months: Mapping[str, int]


@cache
def table(language: str) -> WordTable:
    """The number words of a language (a base tag); empty where none are known."""
    entries = _data().get(language, {})
    endings = cast("Mapping[str, str]", entries.get("endings", {}))
    prefixes = ("", *str(entries.get("prefixes", "")).split())
    values: dict[str, float] = {}
    hints: dict[str, tuple[float, ...]] = {}
    months: dict[str, int] = {}
    for key, text in entries.items():
        if key in ("endings", "prefixes"):
            continue
        if key == "months":
            for number, names in enumerate(str(text).split("|"), start=1):
                months.update((prefix + name, number) for name in names.split() for prefix in prefixes)
            continue
        for word in str(text).split():
            stem, plus, name = word.partition("+")
            if word.startswith("!"):
                forms = [word[1:]]
            elif plus:
                forms = [stem + ending for ending in endings[name].split()]
            else:
                forms = [prefix + word for prefix in prefixes]
            for form in forms:
                if key.startswith("~"):
                    hints[form] = (*hints.get(form, ()), float(key[1:]))
                else:
                    values.setdefault(form, float(key))
    values.update(_compounds(language, values))
    if language == "hi":
        _add_spellings(values)
        _add_spellings(hints)
        _add_spellings(months)
    return WordTable(values, hints, months)


_Worth = TypeVar("_Worth")
# Hindi writes some letters with their dot as one character or, as the tables do, as two.
_DOTTED = {"ज\u093c": "\u095b", "ड\u093c": "\u095c", "ढ\u093c": "\u095d", "फ\u093c": "\u095e"}


def _add_spellings(group: dict[str, _Worth]) -> None:
    for word, worth in list(group.items()):
        for two, one in _DOTTED.items():
            if two in word:
                group[word.replace(two, one)] = worth


# Languages whose names of months are listed in the nominative, genitive and locative.
_DECLINED = frozenset({"cs", "pl", "ru", "uk"})


def month_like(written: str, month: int, language: str) -> str:
    """The name of ``month`` (1 to 12) in the form and letters of the month ``written``.

    Empty for abbreviations and where the form is not certain.

    >>> month_like("сентября", 11, "ru"), month_like("June", 7, "en"), month_like("Sept", 7, "en")
    ('ноября', 'July', '')
    """
    known = table(language).months
    word = written.casefold()
    if word not in known:
        return ""
    cases = 3 if language in _DECLINED else 1
    own, others = (
        [name for name, number in known.items() if number == wanted][:cases]
        for wanted in (known[word], month)
    )
    if word not in own or len(own) < cases or len(others) < cases:
        return ""  # Czech «listopadu» is a genitive and a locative
    name = others[own.index(word)]
    if written.isupper() and len(written) > 1:
        return name.upper()
    return name.capitalize() if written[0].isupper() else name


# Languages whose cardinals from three to nineteen have one form, which their lists begin with.
_UNINFLECTED = frozenset({"de", "en", "es", "fr", "it", "nl"})


def word_like(written: str, value: str, language: str) -> str:
    """The cardinal of ``value`` (canonical) in the letters of the cardinal ``written``, both from 2 to 19.

    Empty where the form is not certain.

    >>> word_like("Seven", "6", "en"), word_like("seventh", "6", "en"), word_like("семь", "6", "ru")
    ('Six', '', '')
    """
    cardinals = _cardinals(language)
    word = cardinals.get(value, "") if written.casefold() in cardinals.values() else ""
    return word.capitalize() if written[0].isupper() else word


@cache
def _cardinals(language: str) -> Mapping[str, str]:
    """Canonical value → its word."""
    found: dict[str, str] = {}
    for word, worth in table(language).values.items() if language in _UNINFLECTED else ():
        if 2 <= worth < 20:
            found.setdefault(canonical(worth), word)
    if language == "fr":
        found["9"] = "neuf"  # which is also "new", and so no sure number where it stands
    return found


def prefixes(value: str, language: str) -> tuple[str, ...]:
    """Number words of ``value`` long enough to begin a compound: «четырёх» in «четырёхмесячный»."""
    return _prefixes(language).get(value, ())


@cache
def _prefixes(language: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word, worth in table(language).values.items():
        if len(word) > 3:
            found[canonical(worth)] = (*found.get(canonical(worth), ()), word)
    tens, ones, hundred = _COMBINING.get(language, ("", "", ""))
    for ten, tens_word in enumerate(tens.split(), start=2):
        found[str(10 * ten)] = (*found.get(str(10 * ten), ()), tens_word)
        for one, ones_word in enumerate(ones.split(), start=1):
            found[str(10 * ten + one)] = (tens_word + ones_word,)
    if hundred:
        found["100"] = (*found.get("100", ()), *(hundred + rest for rest in _HUNDREDFOLD[language].split()))
    return found


_COMBINING = {
    "ru": (
        "двадцати тридцати сорока пятидесяти шестидесяти семидесяти восьмидесяти девяносто",
        "одно двух трех четырех пяти шести семи восьми девяти",
        "сто",
    ),
    "uk": (
        "двадцяти тридцяти сорока п'ятдесяти шістдесяти сімдесяти вісімдесяти дев'яносто",
        "одно двох трьох чотирьох п'яти шести семи восьми дев'яти",
        "сто",
    ),
    "pl": (
        "dwudziesto trzydziesto czterdziesto pięćdziesięcio sześćdziesięcio siedemdziesięcio"
        " osiemdziesięcio dziewięćdziesięcio",
        "jedno dwu trzy cztero pięcio sześcio siedmio ośmio dziewięcio",
        "stu",
    ),
    "cs": (
        "dvaceti třiceti čtyřiceti padesáti šedesáti sedmdesáti osmdesáti devadesáti",
        "jedno dvou tří čtyř pěti šesti sedmi osmi devíti",
        "sto",
    ),
}
"""How tens, ones and a hundred begin an adjective: «тридцатидевятилетний», «trzydziestodwuletni»."""
_HUNDREDFOLD = {
    "ru": "процент метров килограмм рублев рублёв тысяч миллион страничн",
    "uk": "відсотков метров кілограмов сторінков тисячн мільйон",
    "pl": "procent metrow kilogramow tysięczn stronicow",
    "cs": "procent metrov kilogramov tisícov stránkov",
}
"""What follows a hundred there: «сто» alone begins too many words."""


def _compounds(language: str, values: Mapping[str, float]) -> dict[str, float]:
    """Number words that are written as one: fünfundzwanzig, ventuno, zweihundert, jednadvacet."""
    ones = {value: word for word, value in reversed(list(values.items())) if 1 < value < 10}
    tens = {value: word for word, value in reversed(list(values.items())) if 20 <= value < 100}
    made: dict[str, float] = {}
    if language in {"de", "nl"}:
        one, link = ("ein", "und") if language == "de" else ("een", "en")
        hundred, thousand = ("hundert", "tausend") if language == "de" else ("honderd", "duizend")
        for ten, ten_word in tens.items():
            for digit, word in {1.0: one, **ones}.items():
                joint = "ën" if language == "nl" and word.endswith("e") else link
                made[word + joint + ten_word] = ten + digit
                made[word + joint + ten_word + "ste"] = ten + digit
        for digit, word in ones.items():
            made[word + hundred] = digit * 100
            made[word + thousand] = digit * 1000
        made.update({word + thousand: value * 1000 for word, value in values.items() if 10 <= value < 100})
        small = {word: value for word, value in {**values, **made}.items() if 1 < value < 100}
        for digit, word in {1.0: "", **ones}.items():  # honderdvijftig, zweihundertfünfzig
            made |= {word + hundred + rest: digit * 100 + value for rest, value in small.items()}
            made[word + hundred + thousand] = digit * 100_000
    elif language == "it":
        for ten, ten_word in tens.items():
            for digit, word in {1.0: "uno", **ones}.items():
                stem = ten_word[:-1] if word[0] in "uo" else ten_word
                made[stem + word] = ten + digit
        for digit, word in ones.items():
            made[word + "cento"] = digit * 100
            made[word + "mila"] = digit * 1000
    elif language == "cs":
        inverted = ("jedna", "dvaa", "třia", "čtyřia", "pěta", "šesta", "sedma", "osma", "devěta")
        for word, value in values.items():
            if 20 <= value < 100:
                made.update({one + word: value + digit for digit, one in enumerate(inverted, start=1)})
    return made


# Vowel signs of Indic scripts are no \w, yet part of the word.
LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0963\u0971-\u0df3])"
_WORD = re.compile(rf"{LETTER}+(?:['’]{LETTER}+)*")
# A whole word of that kind begins (and ends) here.
_STARTS = rf"(?<!{LETTER})(?<!{LETTER}['’])"
_ENDS = rf"(?!['’]?{LETTER})"
_NOLETTER = rf"(?!{LETTER})"


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The number words of a language; these with hints and months. For folded text."""
    known = table(language)
    every = (known.values, {**known.values, **known.hints, **known.months})
    ends = _NOLETTER if language == "tr" else _ENDS  # «22 Aralık'tan»
    one, other = (
        re.compile(_STARTS + alternation(word for word in group if _WORD.fullmatch(word)) + ends)
        for group in every
    )
    return one, other


def _folded(text: str, language: str) -> str:
    if language == "tr":  # whose capital of «i» has a dot, and «I» is that of «ı»
        text = text.replace("İ", "i").replace("I", "ı")
    return text.casefold()


def may_hold(text: str, language: str) -> bool:
    """Whether ``text`` may hold a sure number word: False is certain."""
    folded = _folded(text, language)
    if len(folded) != len(text):
        return True  # the pattern sees no word that folding lengthens, such as dreißig
    return _patterns(language)[0].search(folded) is not None


def words(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, folded word) of the words of ``text`` that the language's table holds."""
    folded = _folded(text, language)
    if len(folded) == len(text):
        for match in _patterns(language)[1].finditer(folded):
            yield match.start(), match.end(), match.group()
        return
    known = table(language)
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        if word in known.values or word in known.hints or word in known.months:
            yield match.start(), match.end(), word
