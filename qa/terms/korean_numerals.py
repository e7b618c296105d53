"""Korean numbers: Sino-Korean ones are read as the Chinese characters they stand for, native ones as words.

The syllables of Sino-Korean numbers begin and end other words as well (이 is "this", 사천 a town), so a
run of them counts only where a counter follows: 삼백만 명, 십오 분.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.terms.number_value import Kind, Number

__all__ = ["as_han", "native"]

_SYLLABLES = str.maketrans("영공일이삼사오육륙칠팔구십백천만억조", "零零一二三四五六六七八九十百千万億兆")
_SCALES = "십백천만억조"
_DIGITS = "영공일이삼사오육륙칠팔구"
_COUNTER = (
    r"(?:명|원(?!인)|달러|유로|엔|위안|개|년|월(?!요)|일(?!요|부)|시간|시(?!장)|분(?!야)|초|번|차(?!례)|살|세|층|회|대|마리|권|잔|병"
    r"|장|채|평|미터|㎞|km|킬로|톤|그램|퍼센트|프로|%|㎡|가구|여|주|배|도|위|호|척|건|곳|종|쪽|페이지|점|리터|헥타르|와트|볼트)"
)
_RUN = rf"[{_DIGITS}{_SCALES}]*[{_SCALES}][{_DIGITS}{_SCALES}]*|[{_DIGITS}]{{2,}}(?=년)"
_SINO = re.compile(
    rf"(?<![가-힣])(?!만\s?[일세])(?:{_RUN})(?:\s(?:{_RUN}))*(?=\s?{_COUNTER})|(?<![가-힣])[삼사오육칠팔구](?=\s?(?:년|개월|분|월)(?:[\s에간의은이을,.]|$))"
)
_AFTER_DIGITS = re.compile(rf"(?<=\d)[{_SCALES}](?:[{_DIGITS}{_SCALES}\d]*[{_SCALES}])?")
_ONES = {"한": 1, "하나": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6,
         "일곱": 7, "여덟": 8, "아홉": 9}  # fmt: skip
_TENS = {
    "열": 10,
    "스물": 20,
    "서른": 30,
    "마흔": 40,
    "쉰": 50,
    "예순": 60,
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
}
_NATIVE = {
    **_ONES,
    **_TENS,
    "스무": 20,
    **{ten + one: value + digit for ten, value in _TENS.items() for one, digit in _ONES.items()},
}
_UNSURE = frozenset({"한", "하나", "두", "세", "네", "쉰"})  # "about", "tax", "yes", "hoarse"
_NATIVE_WORD = re.compile(
    rf"(?<![가-힣])({'|'.join(sorted(_NATIVE, key=len, reverse=True))})"
    r"(?=\s|(?:시|명|살|개|마리|번|시간|달|사람|가지|권|잔|병|장|채|대|배|곳|차례|주|해|째|척)(?![가-힣]{3}))"
)
_MONTHS = re.compile(r"(?<![가-힣])(유월|시월)(?![가-힣]{2})")


def as_han(text: str) -> str:
    """``text`` with its Sino-Korean numbers in Chinese characters, of the same length."""
    text = _AFTER_DIGITS.sub(lambda match: match.group().translate(_SYLLABLES), text)
    return _SINO.sub(lambda match: match.group().translate(_SYLLABLES), text)


def native(text: str) -> Iterator[Number]:
    """The numbers that have words of their own: 세 시, 열두 명, 스물다섯 살."""
    for match in _NATIVE_WORD.finditer(text):
        kind: Kind = "hint" if match[1] in _UNSURE else "word"
        yield Number(*match.span(), kind, frozenset({str(_NATIVE[match[1]])}))
    for match in _MONTHS.finditer(text):
        yield Number(*match.span(), "hint", frozenset({"6" if match[1] == "유월" else "10"}))
