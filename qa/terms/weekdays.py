"""Days of the week: in news they stand beside anything, so they say nothing about what a word means.

To word vectors they are all next to Sunday, and Sunday to the church: «The minister arrived on Friday».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_WORD = re.compile("|".join(f"({names})" for names in _DAYS))
_ANY = re.compile(
    "|".join(
        rf"((?<![^\W\d_])(?:{names})(?![^\W\d_])|(?:星期|周|週|礼拜|禮拜){han}(?![曜年])|{first}曜)"
        for names, han, first in zip(_DAYS, (*"一二三四五六", "[日天]"), "月火水木金土日", strict=True)
    )
)
# Russian среда is an environment as well, Czech střed a centre.
_OTHER_SENSE = frozenset({"среда", "среды", "среде", "středu"})


def is_weekday(word: str) -> bool:
    """Whether ``word``, in lower case, is a day of the week in one of twelve languages, inflected or not.

    >>> is_weekday("пятницу"), is_weekday("dimanche"), is_weekday("dominical")
    (True, True, False)
    """
    return _WORD.fullmatch(word) is not None


def weekdays(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, day) of the names that surely are those of days in ``text``; Monday is 0."""
    folded = text.lower()
    if len(folded) == len(text):
        for match in _ANY.finditer(folded):
            if match.group() in _OTHER_SENSE and not folded.startswith("ve ", match.start() - 3):
                continue
            yield match.start(), match.end(), (match.lastindex or 1) - 1
