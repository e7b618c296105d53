from __future__ import annotations

import pytest

from qa.checks.base import Context
from qa.checks.runner import run
from qa.model import Flag, Segment, Severity


def flags(languages: str, source: str, target: str) -> tuple[Flag, ...]:
    context = Context(*languages.split("-"), [Segment(1, source, target)])
    return tuple(run(context, only=["untranslated"])[1])


def test_a_title_kept_word_for_word_is_a_lesser_matter() -> None:
    source = 'Sie liest den Roman "Das Glück der anderen" zum zweiten Mal.'
    kept = flags("de-fr", source, "Elle relit le roman « Das Glück der anderen ».")
    assert kept
    assert {flag.severity for flag in kept} == {Severity.MINOR}
    [left] = flags("de-fr", source, "Elle relit le roman sur le Glück « des autres ».")
    assert left.severity is Severity.MAJOR


@pytest.mark.parametrize("target", ["See https://пример.рф/ for more.", "Write to почта@пример.рф today."])
def test_an_address_in_the_script_of_the_source_is_no_word(target: str) -> None:
    assert not flags("ru-en", "Сайт https://пример.рф/, почта почта@пример.рф.", target)


@pytest.mark.parametrize(
    ("languages", "source", "target", "left"),
    [
        ("en-ja", "Wash the spinach before cooking.", "調理の前にspinachを洗ってください。", ["spinach"]),
        ("en-zh", "Put the ladder against the wall.", "把ladder靠在墙上。", ["ladder"]),
        ("en-ar", "The shepherd counted his sheep.", "عد shepherd خرافه.", ["shepherd"]),
        ("en-hi", "The tailor lost his scissors.", "दर्ज़ी ने अपनी scissors खो दी।", ["scissors"]),
        ("en-uk", "The kettle was boiling.", "Старий kettle закипів.", ["kettle"]),
        ("en-tr", "The landlord raised the rent.", "landlord'u kirayı artırdı.", ["landlord'u"]),
        ("en-es", "Use a soldering iron.", "Use un soldering iron.", ["soldering", "iron"]),
        ("en-it", "The mill wheel is turning.", "La mill wheel sta girando.", ["mill", "wheel"]),
        (
            "pl-en",
            "Poproszę o paragon za trzy bułki.",
            "Please give me a receipt for three bułka.",
            ["bułka"],
        ),
        ("cs-en", "Dal si dva rohlíky.", "He had two rohlík.", ["rohlík"]),
    ],
)
def test_words_of_the_source_left_standing(languages: str, source: str, target: str, left: list[str]) -> None:
    assert [flag.text for flag in flags(languages, source, target)] == left


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("en-zh", "Download the app from our site.", "从我们的网站下载app。"),
        ("en-ko", "Listen to our podcast every week.", "매주 podcast를 들어 보세요."),
        ("en-ru", "a web page of the bank", "web-страница банка"),
        ("en-ru", "Click “Save draft”.", "Нажмите «Save draft»."),
        ("en-ja", "Type `sort` and press Enter.", "`sort` と入力し、Enterを押します。"),
        ("en-ru", "about 40 mph", "около 40 mph"),
        ("tr-en", "Bilet 40 lira.", "The ticket is 40 lira."),
        ("en-fr", "They sell fast food.", "Ils vendent du fast food."),
        ("en-fr", "Her shows sell out.", "Ses shows affichent complet."),
        ("en-zh", "in vitro and in vivo", "in vitro和in vivo"),
        ("en-cs", "Use i18next and :ref:`table`.", "Použijte i18next a :ref:`table`."),
        ("en-ko", 'a <span class="big">tree</span>', '<span class="big">나무</span>'),
        ("it-en", "una piazza e un palazzo", "a piazza and a palazzo"),
        ("fr-en", "Il a carte blanche.", "He has carte blanche."),
        ("en-ru", "as amicus curiae (friend of the court)", "как amicus curiae («друг суда»)"),
        ("de-en", "Der Bus nach Füssen fährt um drei.", "The bus to Füssen leaves at three."),
        ("ru-uk", "Он взял молоток.", "Він взяв молоток."),
    ],
)
def test_words_that_may_stand(languages: str, source: str, target: str) -> None:
    assert not flags(languages, source, target)


def test_code_is_no_word() -> None:
    source = "Call `ladder spinach` first."
    assert not flags("en-uk", source, "Спершу викличте `ladder spinach`.")
    assert flags("en-uk", source, "Спершу викличте ladder spinach.")
