"""Language identification: sure where it can be, silent where it cannot, never raising."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.lang import detect


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Bonjour tout le monde, comment allez-vous ?", "fr"),
        ("Die Sitzung wurde auf morgen verschoben.", "de"),
        ("The meeting was put off until tomorrow.", "en"),
        ("Заседание перенесли на завтра.", "ru"),
        ("Засідання перенесли на завтра, бо їх немає.", "uk"),
        ("Заседанието беше отложено за утре сутринта.", "bg"),
        ("Паседжанне перанеслі на заўтра, бо іх няма.", "be"),
        ("会议推迟到明天举行。", "zh"),
        ("会議は明日に延期された。", "ja"),
        ("これ", "ja"),
        ("회의", "ko"),
        ("Ναι, αύριο", "el"),
        ("تأجل الاجتماع إلى يوم غد", "ar"),
        ("https://example.com/the/news/of/the/day Заседание перенесли на завтра.", "ru"),
        ("Заседание\0 перенесли\ud800 на завтра.", "ru"),
        ("По словам CEO компании Apple Inc., заседание перенесли.", "ru"),
    ],
)
def test_sentences_are_recognised(text: str, lang: str) -> None:
    assert detect(text) == lang


@pytest.mark.parametrize(
    "text", ["", " ", "OK", "12 km", "Trump", "Москва", "\0\ud800", "https://a.b/c d", "!!! ??? 123"]
)
def test_too_little_is_left_open(text: str) -> None:
    assert detect(text) is None


@settings(max_examples=200, deadline=None)
@given(text=st.text(st.characters(), max_size=60))
def test_any_text_is_survived(text: str) -> None:
    found = detect(text)
    assert found is None or found.isalpha()
