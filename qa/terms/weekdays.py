"""Days of the week: in news they stand beside anything, so they say nothing about what a word means.

To word vectors they are all next to Sunday, and Sunday to the church: «The minister arrived on Friday».
"""

from __future__ import annotations

import re

__all__ = ["is_weekday"]

_DAYS = re.compile(
    "|".join(
        (
            "(?:mon|tues|wednes|thurs|fri|satur|sun)days?",
            "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
            "(?:mon|diens|donners|frei|sams|sonn)tag[es]*|mittwochs?|sonnabend[es]*",
            "lunes|martes|miércoles|jueves|viernes|s[áa]bados?|domingos?",
            "lunedì|martedì|mercoledì|giovedì|venerdì|sabat[oi]|domenic(?:a|he)",
            "(?:segunda|terça|quarta|quinta|sexta)s?-feiras?",
            "(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:en)?",
            "poniedział\\w*|wtor(?:ek|k\\w*)|środ[ayęą]|czwart(?:ek|k\\w*)|piąt(?:ek|k\\w*)|sobot[ayęą]|niedziel\\w*",
            "понедельник\\w*|вторник\\w*|сред[ауые]|четверг\\w*|пятниц\\w*|суббот\\w*|воскресень[ея]\\w*",
            "понеділ\\w*|вівтор\\w*|серед[ауи]|четвер\\w*|п['’ʼ]ятниц\\w*|субот\\w*|неділ\\w*",
            "pazartesi|salı|çarşamba|perşembe|cuma|cumartesi",
        )
    )
)


def is_weekday(word: str) -> bool:
    """Whether ``word``, in lower case, is a day of the week in one of eleven languages, inflected or not.

    >>> is_weekday("пятницу"), is_weekday("dimanche"), is_weekday("dominical")
    (True, True, False)
    """
    return _DAYS.fullmatch(word) is not None
