"""Days of the week: in news they stand beside anything, so they say nothing about what a word means.

To word vectors they are all next to Sunday, and Sunday to the church: «The minister arrived on Friday».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

__all__ = ["is_weekday", "weekdays"]

# Monday first: en, fr, de, es, it, pt, nl, pl, cs, ru, uk, tr. Ukrainian says «щовівторка» for every Tuesday.
_DAYS = (
    "mondays?|lundis?|montag[es]*|lunes|lunedì|segundas?-feiras?|maandag(?:en)?|poniedział\\w*|ponděl[íek]\\w*"
    "|понедельник\\w*|(?:що)?понеділ\\w*|pazartesi(?:y[ei]|de[n]?|nin|leri)?",
    "tuesdays?|mardis?|dienstag[es]*|martes|martedì|terças?-feiras?|dinsdag(?:en)?|wtor(?:ek|k\\w*)|úter(?:ý|k|n)\\w*"
    "|вторник\\w*|(?:що)?вівтор\\w*|salı(?:y[ae]|yı|da|dan|nın|ları)?",
    "wednesdays?|mercredis?|mittwochs?|miércoles|mercoledì|quartas?-feiras?|woensdag(?:en)?|środ[ayęą]|střed[ayuě]"
    "|сред[ауые]|(?:що)?серед[ауи]|çarşamba(?:ya|yı|da|dan|nın|ları)?",
    "thursdays?|jeudis?|donnerstag[es]*|jueves|giovedì|quintas?-feiras?|donderdag(?:en)?|czwart(?:ek|k\\w*)|čtvrt(?:ek|k\\w*)"
    "|(?:що)?четвер(?:[гз]\\w*)?|perşembe(?:y[ei]|den?|nin|leri)?",
    "fridays?|vendredis?|freitag[es]*|viernes|venerdì|sextas?-feiras?|vrijdag(?:en)?|piąt(?:ek|k\\w*)|pát(?:ek|k\\w*)"
    "|пятниц\\w*|(?:що)?п['’ʼ]ятниц\\w*|cuma(?:ya|yı|da|dan|nın|ları)?",
    "saturdays?|samedis?|samstag[es]*|sonnabend[es]*|s[áa]bados?|sabat[oi]|zaterdag(?:en)?|sobot[ayęąuě]"
    "|суббот\\w*|(?:що)?субот\\w*|cumartesi(?:y[ei]|den?|nin|leri)?",
    "sundays?|dimanches?|sonntag[es]*|domingos?|domenic(?:a|he)|zondag(?:en)?|niedziel\\w*|neděl[eíi]\\w*"
    "|воскресень[ея]\\w*|(?:що)?неділ\\w*",
)
_NAME = re.compile("|".join(f"({names})" for names in _DAYS))
_WORD = re.compile(r"(?:(?:що)?п['’ʼ])?[^\W\d_]{4,}(?:['’ʼ][^\W\d_]+|-feiras?\b)*")
# Chinese and Japanese, Korean; Hindi; Arabic, where «الأحد» may be "someone"; Turkish, where it is a market.
_OTHERS = re.compile(
    r"(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])(?![曜年])|([月火水木金土日])曜|([월화수목금토일])요일"
    r"|(सोम|मंगल|बुध|गुरु|बृहस्पति|वीर|शुक्र|शनि|रवि|इत)वार"
    r"|(?:(?:يوم|يومي|أيام|صباح|مساء|ليلة|ظهر|فجر)\s(?:ال)?|(?<!\w)(?:[وفبل]?ال|لل)(?=[ثأج]|خميس\b|سبت\b))"
    r"(ا[ثت]نين|إثنين|ثلاثاء|أربعاء|خميس|جمعة|سبت|(?<=\sال)أحد)\b"
    r"|\b(pazar)\s(?:gün|saba[hğ]|akşam|gece|öğle)"
)
_OTHER_NAMES = {
    name: at
    for row in (
        "一 二 三 四 五 六 日", "月 火 水 木 金 土 日", "월 화 수 목 금 토 일", "सोम मंगल बुध गुरु शुक्र शनि रवि",
        "اثنين ثلاثاء أربعاء خميس جمعة سبت أحد", "- - - - - - 天", "إثنين - - बृहस्पति - - इत",
        "- - - वीर - - pazar",
    )
    for at, name in enumerate(row.split())
}  # fmt: skip
# Russian среда is an environment as well, Czech střed a centre.
_OTHER_SENSE = frozenset({"среда", "среды", "среде", "středu"})


def is_weekday(word: str) -> bool:
    """Whether ``word``, in lower case, is a day of the week in one of twelve languages, inflected or not.

    >>> is_weekday("пятницу"), is_weekday("dimanche"), is_weekday("dominical")
    (True, True, False)
    """
    return _NAME.fullmatch(word) is not None


def weekdays(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, day) of the names that surely are those of days in ``text``; Monday is 0.

    Knows Chinese, Japanese, Korean, Hindi and Arabic beside the languages of ``is_weekday``.
    """
    folded = text.lower()
    if len(folded) != len(text):
        return
    for match in _WORD.finditer(folded):
        day = _day(match.group())
        if day is not None and (
            match.group() not in _OTHER_SENSE or folded.startswith("ve ", match.start() - 3)
        ):
            yield match.start(), match.end(), day
    for match in _OTHERS.finditer(folded):
        if match.lastindex is not None:
            yield match.start(), match.end(), _OTHER_NAMES[match[match.lastindex]]


@lru_cache(maxsize=50_000)
def _day(word: str) -> int | None:
    name = _NAME.fullmatch(word)
    return None if name is None or name.lastindex is None else name.lastindex - 1
