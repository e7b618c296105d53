"""Words that a script without capitals writes by their sound: foreign names mostly, and loans.

In Japanese they are in katakana, in Chinese in the few hundred characters of its table of transcription.
What of them is no name sounds like its translation too. Hindi writes all its words in one way: of it only
abbreviations are known, which it spells by the names of their letters. Places of China, Japan and the
United States come from ``eastern.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import pairwise

from qa.terms.frequency import common
from qa.terms.hanzi import heard_as, skeleton
from qa.terms.simplified import simplified
from qa.terms.transliteration import likeness, romanise

__all__ = ["heard", "loans", "spelt_letters", "written"]

_KATAKANA = re.compile(r"[ァ-ヴー]{3,}(?:[・＝=][ァ-ヴー]{2,})*")
_HANZI = (
    "阿艾安奥澳巴芭白拜班邦保鲍贝本比彼毕别宾波博勃伯布查茨楚茨茜达戴丹道德登邓狄迪蒂丁东杜敦顿厄恩尔法"
    "凡范菲费芬丰佛夫弗福盖甘冈戈哥格根古瓜圭哈汉豪赫亨胡霍基吉加伽贾简捷杰金喀卡凯坎康考柯科克肯库夸奎坤"
    "拉莱兰朗劳勒雷黎里利莉廉列林琳隆卢鲁路伦罗洛马玛迈麦曼芒毛梅蒙米密莫姆木穆拿娜纳奈南妮尼涅宁纽农努诺"
    "欧帕派潘庞培佩彭皮珀普齐恰钱乔切钦琴琼丘让茹儒瑞若撒萨塞赛桑瑟森沙莎珊尚舍圣施什史舒斯丝思松苏索塔泰坦"
    "汤唐陶特腾提蒂廷图托瓦万旺威韦维温翁沃乌武伍西希锡夏香肖谢辛欣休许雪逊雅亚扬耶叶伊因英尤泽扎詹珍芝朱兹"
    "宗佐桥奇莱妥媞黛蕾薇婷姬娅琪"
)
_CHINESE = re.compile(f"[{_HANZI}]{{3,}}(?:[·•][{_HANZI}]{{2,}})*|[{_HANZI}]{{2,}}(?:[·•][{_HANZI}]{{2,}})+")
_DEVANAGARI = re.compile(r"[\u0900-\u0963\u0970-\u097f]{4,}")
_OFTEN = 2e-5
"""Share of running text from which a loan is a word like any other."""
_LETTERS = dict(
    zip(
        "ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई जेड".split(),
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        strict=True,
    )
)
_LETTER = re.compile("|".join(sorted(_LETTERS, key=len, reverse=True)))
_SPELT = re.compile(f"(?:{_LETTER.pattern}){{3,}}")
_POINT = re.compile("[・＝=·•]")
_TWO_WORDS = 7
"""Letters of a loan that may stand for two words («オールブラックス», All Blacks)."""
_FEWEST = 2
"""Consonants of a word that can be told in Chinese."""
_STEM = 5
"""Letters of a place whose people begin like it."""
_HEARD = 0.75
"""Likeness from which one word is enough."""


def loans(text: str, lang: str) -> list[tuple[int, int]]:
    """Half-open spans in order; empty for other languages than Chinese, Japanese and Hindi.

    ``lang`` is a base tag.
    """
    pattern = {"ja": _KATAKANA, "zh": _CHINESE, "hi": _DEVANAGARI}.get(lang)
    if pattern is None:
        return []
    text = simplified(text, lang)
    found = [match.span() for match in pattern.finditer(text) if _foreign(match.group(), lang)]
    if lang != "hi":
        listed = (match.span() for match in _forms().finditer(text))
        found += [(start, end) for start, end in listed if not any(a < end and start < b for a, b in found)]
    return sorted(found)


def written(name: str, text: str) -> bool:
    """Whether the Chinese or Japanese ``text`` holds the place of this English ``name``."""
    return any(
        form in text for place, forms in _eastern().items() if _of(name.lower(), place) for form in forms
    )


def _of(word: str, place: str) -> bool:
    """Whether ``word`` is the place, or its people («Tibetan»)."""
    return word == place or (len(place) >= _STEM and word.startswith(place))


@cache
def _eastern() -> dict[str, tuple[str, ...]]:
    """English name of a place in lower case → its forms in Chinese and Japanese."""
    text = resources.files("qa.terms").joinpath("eastern.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {name: tuple(forms.split("|")) for name, forms in rows}


def _foreign(word: str, lang: str) -> bool:
    """Whether the word is rare enough; of Hindi, whose lists are too short for that, an abbreviation."""
    return common(lang).get(word, 0.0) < _OFTEN and (lang != "hi" or spelt_letters(word) != "")


def heard(loan: str, lang: str, others: Sequence[str]) -> float:
    """How well the most alike of ``others``, the words of a text in their order, or two of them that
    stand together sound like ``loan`` (of language ``lang``): 0 to 1, higher is better."""
    whole = _POINT.sub("", simplified(loan, lang))
    joined = [one + other for one, other in pairwise(others)] if len(romanise(whole)) >= _TWO_WORDS else []
    if lang != "hi" and _forms().search(whole):
        return float(any(written(word, whole) for word in others))
    if lang == "zh":
        return max((_like(word, whole) for word in (*others, *joined)), default=0.0)
    if letters := spelt_letters(loan):
        initials = "".join(word[0] for word in others if word[0].isupper())
        return float(letters in initials or any(letters == word.replace(".", "") for word in others))
    parts = {whole, *_POINT.split(loan)}
    alone = max((likeness(part, word) for part in parts for word in others), default=0.0)
    if alone >= _HEARD:
        return alone
    return max([alone, *(likeness(whole, both) for both in joined)])


def _like(word: str, loan: str) -> float:
    """Likeness of the consonants; of a long word also to a stretch of the loan, which may hold two."""
    from rapidfuzz.fuzz import partial_ratio, ratio

    key, sounds = skeleton(word), heard_as(loan)
    if len(key) < _FEWEST:
        return 0.0
    whole = _FEWEST + 2 <= len(key) <= len(sounds)
    return max(float(ratio(key, sounds)), float(partial_ratio(key, sounds)) if whole else 0.0) / 100


@cache
def spelt_letters(word: str) -> str:
    """The abbreviation whose letters a Hindi word names («एनएसए» → "NSA"); empty for another word."""
    if _SPELT.fullmatch(word) is None:
        return ""
    return "".join(_LETTERS[part] for part in _LETTER.findall(word))


@cache
def _forms() -> re.Pattern[str]:
    forms = {form for forms in _eastern().values() for form in forms}
    return re.compile("|".join(sorted(forms, key=len, reverse=True)))
