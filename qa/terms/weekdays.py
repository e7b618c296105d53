"""Days of the week: in news they stand beside anything, so they say nothing about what a word means.

To word vectors they are all next to Sunday, and Sunday to the church: «The minister arrived on Friday».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

__all__ = ["is_weekday", "weekdays"]

# Monday first: en, fr, de, es, it, pt, nl, pl, cs, ru, uk, tr.
_DAYS = (
    "mondays?|lundi|montag[es]*|lunes|lunedì|segundas?-feiras?|maandag(?:en)?|poniedział\\w*|ponděl[íek]\\w*"
    "|понедельник\\w*|понеділ\\w*|pazartesi",
    "tuesdays?|mardi|dienstag[es]*|martes|martedì|terças?-feiras?|dinsdag(?:en)?|wtor(?:ek|k\\w*)|úter(?:ý|k|n)\\w*"
    "|вторник\\w*|вівтор\\w*|salı",
    "wednesdays?|mercredi|mittwochs?|miércoles|mercoledì|quartas?-feiras?|woensdag(?:en)?|środ[ayęą]|střed[ayuě]"
    "|сред[ауые]|серед[ауи]|çarşamba",
    "thursdays?|jeudi|donnerstag[es]*|jueves|giovedì|quintas?-feiras?|donderdag(?:en)?|czwart(?:ek|k\\w*)|čtvrt(?:ek|k\\w*)"
    "|четверг\\w*|четвер\\w*|perşembe",
    "fridays?|vendredi|freitag[es]*|viernes|venerdì|sextas?-feiras?|vrijdag(?:en)?|piąt(?:ek|k\\w*)|pát(?:ek|k\\w*)"
    "|пятниц\\w*|п['’ʼ]ятниц\\w*|cuma",
    "saturdays?|samedi|samstag[es]*|sonnabend[es]*|s[áa]bados?|sabat[oi]|zaterdag(?:en)?|sobot[ayęąuě]"
    "|суббот\\w*|субот\\w*|cumartesi",
    "sundays?|dimanche|sonntag[es]*|domingos?|domenic(?:a|he)|zondag(?:en)?|niedziel\\w*|neděl[eíi]\\w*"
    "|воскресень[ея]\\w*|неділ\\w*",
)
_NAME = re.compile("|".join(f"({names})" for names in _DAYS))
_WORD = re.compile(r"(?:п['’ʼ])?[^\W\d_]{4,}(?:['’ʼ][^\W\d_]+|-feiras?\b)*")
_HAN = re.compile(r"(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])(?![曜年])|([月火水木金土日])曜")
_HAN_DAYS = {char: at for row in ("一二三四五六日", "月火水木金土日") for at, char in enumerate(row)} | {
    "天": 6
}
# Russian среда is an environment as well, Czech střed a centre.
_OTHER_SENSE = frozenset({"среда", "среды", "среде", "středu"})


def is_weekday(word: str) -> bool:
    """Whether ``word``, in lower case, is a day of the week in one of twelve languages, inflected or not.

    >>> is_weekday("пятницу"), is_weekday("dimanche"), is_weekday("dominical")
    (True, True, False)
    """
    return _NAME.fullmatch(word) is not None


def weekdays(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, day) of the names that surely are those of days in ``text``; Monday is 0."""
    folded = text.lower()
    if len(folded) != len(text):
        return
    for match in _WORD.finditer(folded):
        day = _day(match.group())
        if day is not None and (
            match.group() not in _OTHER_SENSE or folded.startswith("ve ", match.start() - 3)
        ):
            yield match.start(), match.end(), day
    if not text.isascii():
        for match in _HAN.finditer(text):
            yield match.start(), match.end(), _HAN_DAYS[match.group(1) or match.group(2)]


@lru_cache(maxsize=50_000)
def _day(word: str) -> int | None:
    name = _NAME.fullmatch(word)
    return None if name is None or name.lastindex is None else name.lastindex - 1
