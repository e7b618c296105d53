"""A Chinese, Japanese or Korean name that is another's in Latin letters: 张伟明, Zheng Weiming.

The characters hide the sound, so that these names are known by lists: surnames with their spellings, and
the readings of the characters of Chinese given names. What the lists do not know is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from qa.checks.name_people import Crossed
from qa.lang import script
from qa.terms.consonants import strangers
from qa.terms.places import UNCASED
from qa.terms.simplified import simplified
from qa.terms.surnames import readings, spellings, surnames
from qa.terms.transliteration import likeness, romanise

__all__ = ["eastern"]

_EAST = ("zh", "ja", "ko")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_TITLES = {
    "zh": "先生 女士 小姐 太太 夫人 教授 博士 医生 老师 主席 总统 总理 部长 院长 校长 书记 主任 经理 董事长 "
    "法官 律师 市长 局长 处长 科长 警官 队长 教练 记者 同志 某",
    "ja": "さん 氏 様 君 くん ちゃん 先生 教授 准教授 博士 院長 校長 学長 社長 会長 首相 大臣 外相 議員 議長 "
    "選手 監督 知事 市長 町長 村長 長官 容疑者 被告 部長 課長 局長 所長 店長 判事 裁判長 弁護士 医師 刑事",
    "ko": "씨 박사 교수 선생 사장 회장 의원 장관 총리 대통령 시장 지사 판사 검사 변호사 감독 선수 기자 원장 "
    "국장 부장 과장 팀장 대표 위원장 총장 의장",
}
_ADDRESS = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Doctor|President|Minister|Director|Judge|Captain|Inspector|"
    r"Chairman|Chairwoman|Chair|Secretary|Mayor|Governor|Coach|Detective|Officer|Attorney|Herr|Frau|Herrn|"
    r"Monsieur|Madame|Mme|M|Señor|Señora|Sr|Sra|Signor|Signora|Pan|Pani|Senhor|Senhora|Meneer|Mevrouw)\.? )$"
)
"""What stands before a surname in Latin letters."""
_PLACE = re.compile("[県縣市区區町村郡都府州省島山川駅]")
"""What after a surname makes it a place."""
_SYLLABLES = 2
"""Syllables of most given names of China and Korea."""
_SHORTEST = 3
"""Letters of a Japanese surname that is known without a title."""
_SOUNDS_LIKE = 0.8
"""Likeness from which a Korean given name is the one in Latin letters."""


class _Latin(NamedTuple):
    """A word with a capital: its span, and what it is in plain letters."""

    start: int
    end: int
    plain: str


def eastern(source: str, source_lang: str, target: str, target_lang: str) -> list[Crossed]:
    """Names that stand for another's on the other side, if one side is Chinese, Japanese or Korean and the
    other in Latin letters (base tags)."""
    if source_lang in _EAST and _latin(target_lang):
        return [Crossed(here, there) for here, there in _found(source, source_lang, target)]
    if target_lang in _EAST and _latin(source_lang):
        return [Crossed(there, here) for here, there in _found(target, target_lang, source)]
    return []


def _latin(lang: str) -> bool:
    return script(lang) == "Latn" and lang not in UNCASED


_Spans = tuple[tuple[int, int], tuple[int, int]]


def _found(east: str, lang: str, west: str) -> list[_Spans]:
    east = simplified(east, lang)
    there = [
        _Latin(match.start(), match.end(), romanise(re.sub("[-’']", "", match.group())))
        for match in _WORD.finditer(west)
        if match.group()[0].isupper()
    ]
    if not there or len(there) * 2 > len(_WORD.findall(west)) + 4:
        return []  # a headline with capitals throughout
    found = [*_beside_given(east, lang, there, west), *_beside_surname(east, lang, there, west)]
    found = found or list(_with_title(east, lang, there, west))
    return found if len(found) == 1 else []


def _beside_given(east: str, lang: str, there: list[_Latin], west: str) -> Iterator[_Spans]:
    """Surnames beside a given name that is right."""
    if lang == "ja":
        return
    plain = {word.plain for word in there}
    for word, given in _pairs(there, west):
        if word.plain not in surnames(lang):
            continue
        for at in range(1, len(east) - _SYLLABLES + 1):
            if not _given(east[at : at + _SYLLABLES], lang, given.plain):
                continue
            family = _family(east, at, lang)
            known = spellings(lang).get(family, frozenset())
            if known and not known & plain and not _stands(word.plain, east, lang):
                yield (at - len(family), at), (word.start, word.end)


def _beside_surname(east: str, lang: str, there: list[_Latin], west: str) -> Iterator[_Spans]:
    """Chinese given names of two syllables, one of them right, after a surname that is."""
    if lang != "zh":
        return
    read = readings()
    for word, given in _pairs(there, west):
        for form in surnames(lang).get(word.plain, ()):
            if east.count(form) != 1:
                continue
            at = east.index(form) + len(form)
            first, second = read.get(east[at : at + 1], ""), read.get(east[at + 1 : at + 2], "")
            if not first or not second or given.plain == romanise(first + second):
                continue
            parts = {
                given.plain[: len(given.plain) - len(second)]
                if given.plain.endswith(romanise(second))
                else "",
                given.plain[len(first) :] if given.plain.startswith(romanise(first)) else "",
            }
            if parts & _known_syllables():
                yield (at, at + _SYLLABLES), (given.start, given.end)


def _with_title(east: str, lang: str, there: list[_Latin], west: str) -> Iterator[_Spans]:
    """Surnames that a title, or in Japanese their two characters, tell, where there is one other surname."""
    plain = {word.plain for word in there}
    here = [
        match
        for match in _forms(lang).finditer(east)
        if _title(lang).match(east, match.end())
        or (lang == "ja" and len(match.group()) > 1 and not _PLACE.match(east, match.end()))
    ]
    lost = [match for match in here if not spellings(lang)[match.group()] & plain]
    if len({match.group() for match in lost}) != 1:
        return
    others = [
        word
        for word in there
        if word.plain in surnames(lang)
        and (_ADDRESS.search(west, 0, word.start) or (lang == "ja" and len(word.plain) >= _SHORTEST))
        and not _stands(word.plain, east, lang)
    ]
    if len(others) == 1:
        yield lost[0].span(), (others[0].start, others[0].end)


@cache
def _title(lang: str) -> re.Pattern[str]:
    between = "(?:[가-힣]{2})? ?" if lang == "ko" else ""
    return re.compile(between + "(?:" + "|".join(_TITLES[lang].split()) + ")")


def _stands(spelling: str, east: str, lang: str) -> bool:
    """Whether a surname of that spelling may stand in the text; in Korean at the beginning of a word."""
    forms = surnames(lang)[spelling]
    if lang != "ko":
        return any(form in east for form in forms)
    return re.search(f"(?<![가-힣])(?:{'|'.join(forms)})(?:[가-힣]{{1,2}}(?![가-힣])| )", east) is not None


def _pairs(there: list[_Latin], west: str) -> Iterator[tuple[_Latin, _Latin]]:
    """(surname, given name) as they may be, in either order."""
    for one, other in pairwise(there):
        if west[one.end : other.start] == " ":
            yield one, other
            yield other, one


def _given(characters: str, lang: str, plain: str) -> bool:
    """Whether the characters are the given name that ``plain`` spells."""
    if lang == "zh":
        read = [readings().get(character, "") for character in characters]
        return all(read) and romanise("".join(read)) == plain
    if not all("가" <= character <= "힣" for character in characters):
        return False
    return likeness(characters, plain) >= _SOUNDS_LIKE and strangers(characters, plain) == 0


def _family(east: str, end: int, lang: str) -> str:
    two = east[max(0, end - 2) : end]
    return two if two in spellings(lang) else east[end - 1 : end]


@cache
def _known_syllables() -> frozenset[str]:
    return frozenset(map(romanise, readings().values()))


@cache
def _forms(lang: str) -> re.Pattern[str]:
    longest = sorted(spellings(lang), key=len, reverse=True)
    before = {"ja": "(?<![一-龥])", "ko": "(?<![가-힣])", "zh": ""}[lang]
    return re.compile(before + "(?:" + "|".join(longest) + ")")
