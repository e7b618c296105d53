"""Another surname beside a right name, an Eastern name for another, and one name of a list left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.checks.base import Context
from qa.checks.names import NamesCheck
from qa.model import Flag, Segment, Severity

Row = tuple[str, str, str, str]

ANOTHER: list[Row] = [
    # languages, source, target, the surname that is another
    ("en-fr", "Fiona Whitaker chairs the board.", "Fiona Whitmore préside le conseil.", "Whitmore"),
    ("fr-en", "Solène Beaumont a signé la lettre.", "Solène Beauchamp signed the letter.", "Beauchamp"),
    ("de-en", "Gestern sprach Annegret Hofstätter.", "Annegret Hofreiter spoke yesterday.", "Hofreiter"),
    ("es-it", "La jueza Inés Carmona dimitió.", "La giudice Inés Carbone si è dimessa.", "Carbone"),
    ("en-tr", "Judith Mackenzie wrote the report.", "Raporu Judith Macpherson yazdı.", "Macpherson"),
    ("en-ru", "Judith Mackenzie wrote the report.", "Доклад написала Джудит Макферсон.", "Макферсон"),
    ("ru-en", "Об этом рассказала Дарья Калинина.", "Daria Kalugina spoke about it.", "Kalugina"),
    ("ar-en", "قال الوزير سليم حداد ذلك.", "Minister Salim Harb said so.", "Harb"),
    ("zh-en", "孙丽华教授昨天离职。", "Professor Song Lihua resigned yesterday.", "Song"),
    ("zh-en", "孙丽华教授昨天离职。", "Professor Sun Lijuan resigned yesterday.", "Lijuan"),
    ("en-zh", "Director Sun Jianping resigned.", "宋建平主任辞职。", "宋"),
    ("ja-en", "長谷川さんは昨日辞任した。", "Ms Hashimoto resigned yesterday.", "Hashimoto"),
    ("ko-en", "한지훈 씨는 어제 사임했다.", "Hong Ji-hoon resigned yesterday.", "Hong"),
]  # fmt: skip

THE_SAME: list[tuple[str, str, str]] = [
    ("en-de", "Vladimir Gorbachev came.", "Vladimir Gorbatschow kam."),
    ("en-fr", "Mohamed Morsi was there.", "Mohamed Mursi était là."),
    ("en-pl", "Emma Watson met Adam Novak.", "Emma Watson spotkała Adama Novaka."),
    ("en-ru", "Woodrow Wyatt met Bill Gates.", "Вудро Уайэтт встретил Билла Гейтса."),
    ("en-ru", "James Paget met Sophie Pommier.", "Джеймс Педжет встретил Софи Помье."),
    ("en-ar", "Ibrahim Abdallah came.", "جاء إبراهيم عبد الله."),
    ("zh-en", "孙丽华教授昨天离职。", "Professor Lihua Sun resigned yesterday."),
    ("zh-en", "陳建平說，他會辭職。", "Chan Jianping said he would resign."),
    ("ja-en", "長谷川さんは大島さんに会った。", "Ms Hasegawa met Mr Ohshima."),
    ("ja-en", "福島県の知事が来た。", "The governor Mr Uchibori came."),
    ("ko-en", "이지훈 씨는 어제 사임했다.", "Rhee Ji-hoon resigned yesterday."),
]  # fmt: skip

SHORTER: list[Row] = [
    # languages, source, target, the name that the list has lost
    ("fr-en", "Renault et Valeo ont signé l’accord.", "Renault has signed the agreement.", "Valeo"),
    ("en-fr", "Offices opened in Bilbao and Zaragoza.", "Des bureaux ont ouvert à Bilbao.", "Zaragoza"),
    ("en-de", "Kenya, Uganda and Tanzania voted.", "Kenia und Uganda stimmten ab.", "Tanzania"),
    ("fr-ru", "Elle a vu Rouen et Angoulême.", "Она видела Руан.", "Angoulême"),
    ("en-ar", "Vodafone and Motorola signed.", "وقّعت فودافون.", "Motorola"),
    ("en-tr", "They met in Peru and Bolivia.", "Peru'da buluştular.", "Bolivia"),
]  # fmt: skip

AS_LONG: list[tuple[str, str, str]] = [
    ("fr-en", "Renault et Valeo ont signé l’accord.", "Renault and its supplier have signed the agreement."),
    ("en-fr", "Bilbao and Zaragoza", "Bilbao et Saragosse"),
    ("en-de", "Kenya, Uganda and Tanzania voted.", "Kenia, Uganda und Tansania stimmten ab."),
    ("en-ar", "Vodafone and Motorola signed.", "وقّعت فودافون وموتورولا."),
]  # fmt: skip

BY_ANOTHER_NAME: list[tuple[str, str, str]] = [
    ("fr-en", "L’Élysée a refusé de commenter.", "The French presidency declined to comment."),
    ("en-fr", "Downing Street denied it.", "Londres a démenti."),
    ("it-en", "Il Quirinale ha confermato.", "The Italian president’s office confirmed it."),
    ("de-fr", "Er hatte ein Loch im Ärmel.", "Il avait un trou à la manche."),
    ("ru-fr", "Хорхе и Яна пришли рано.", "Jorge et Jana sont venus tôt."),
]  # fmt: skip


def flags(languages: str, source: str, target: str) -> list[Flag]:
    source_lang, target_lang = languages.split("-")
    context = Context(source_lang, target_lang, [Segment(1, source, target)])
    return [flag for _, flag in NamesCheck().check_document(context)]


@pytest.mark.parametrize(("languages", "source", "target", "surname"), ANOTHER)
def test_another_name_beside_a_right_one_is_major(
    languages: str, source: str, target: str, surname: str
) -> None:
    found = [flag for flag in flags(languages, source, target) if flag.key == "another"]
    assert [(flag.text, flag.severity) for flag in found] == [(surname, Severity.MAJOR)]


@pytest.mark.parametrize(("languages", "source", "target"), THE_SAME)
def test_another_spelling_or_case_is_not(languages: str, source: str, target: str) -> None:
    assert [flag for flag in flags(languages, source, target) if flag.key == "another"] == []


@pytest.mark.parametrize(("languages", "source", "target", "name"), SHORTER)
def test_a_list_that_has_lost_a_name_is_major(languages: str, source: str, target: str, name: str) -> None:
    found = [flag for flag in flags(languages, source, target) if flag.key == "unlisted"]
    assert [(flag.text, flag.side, flag.severity) for flag in found] == [(name, "source", Severity.MAJOR)]


@pytest.mark.parametrize(("languages", "source", "target"), AS_LONG)
def test_a_list_of_as_many_is_not(languages: str, source: str, target: str) -> None:
    assert [flag for flag in flags(languages, source, target) if flag.key == "unlisted"] == []


@pytest.mark.parametrize(("languages", "source", "target"), BY_ANOTHER_NAME)
def test_what_stands_for_a_government_or_a_word_is_no_lost_name(
    languages: str, source: str, target: str
) -> None:
    assert flags(languages, source, target) == []


_TEXT = st.text(alphabet="Ab é,.한이김张王山田さん و АБв", max_size=40)


@given(_TEXT, _TEXT, st.sampled_from(["zh-en", "en-ko", "ja-fr", "ar-en", "en-tr", "fr-ru"]))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_spans_inside_it(source: str, target: str, languages: str) -> None:
    for flag in flags(languages, source, target):
        text = source if flag.side == "source" else target
        assert text[flag.start : flag.end] == flag.text
