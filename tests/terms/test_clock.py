"""Clock times are read as each language means them."""

import pytest

from qa.terms.clock import clock_times


@pytest.mark.parametrize(
    ("language", "text", "hour", "minute", "half"),
    [
        ("en", "at half past three in the afternoon", 3, 30, 1),
        ("en", "at ten to nine.", 8, 50, None),
        ("en", "at 6.20 p.m.", 6, 20, 1),
        ("de", "um fünf vor halb drei", 2, 25, None),
        ("de", "um dreiviertel zehn Uhr", 9, 45, None),
        ("de", "um 19.05 Uhr", 7, 5, 1),
        ("nl", "om half vier", 3, 30, None),
        ("fr", "à onze heures moins le quart", 10, 45, None),
        ("es", "a las dos y cuarto de la tarde", 2, 15, 1),
        ("it", "alle dieci e mezza", 10, 30, None),
        ("pt", "às nove e meia da noite", 9, 30, 1),
        ("pl", "kwadrans po drugiej", 2, 15, None),
        ("cs", "ve čtvrt na pět ráno", 4, 15, 0),
        ("ru", "без двадцати шесть", 5, 40, None),
        ("ru", "в полпервого", 0, 30, None),
        ("uk", "о пів на десяту", 9, 30, None),
        ("tr", "saat üç buçuk", 3, 30, None),
        ("hi", "शाम पौने सात बजे", 6, 45, 1),
        ("ar", "الساعة الرابعة والربع صباحا", 4, 15, 0),
        ("zh", "下午差一刻三点", 2, 45, 1),
        ("ja", "午後2時10分前", 1, 50, 1),
        ("ko", "저녁 여덟 시 이십 분", 8, 20, 1),
    ],
)
def test_times(language: str, text: str, hour: int, minute: int, half: int | None) -> None:
    (found,) = clock_times(text, language)
    assert (found.minute, found.half) == (hour * 60 + minute, half)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It ended 3:2 after 19.5 seconds."),
        ("en", "a quarter of the town, half of two houses"),
        ("de", "ein Viertel vor dem Abriss"),
        ("fr", "Il a dormi deux jours et demi."),
        ("ru", "в начале пятого века"),
        ("ja", "3時間半"),
        ("zh", "提高八点四个百分点"),
    ],
)
def test_what_is_no_time(language: str, text: str) -> None:
    assert clock_times(text, language) == []
