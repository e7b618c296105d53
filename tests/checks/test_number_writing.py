"""A wrong number is mended in the writing of the translation, or not at all."""

import pytest

from qa.checks import runner
from qa.checks.base import Context
from qa.model import Segment, apply_edits

CASES = [
    # marks of the target's language
    (
        "en",
        "fr",
        "They sold 12,500 tickets.",
        "Ils ont vendu 15 200 billets.",
        "Ils ont vendu 12 500 billets.",
    ),
    ("fr", "en", "Il pèse 4,3 kilos.", "It weighs 4.1 kilos.", "It weighs 4.3 kilos."),
    ("en", "de", "The lake is 1,234.5 m long.", "Der See ist 1.934,5 m lang.", "Der See ist 1.234,5 m lang."),
    ("en", "ru", "He paid 12,500 roubles.", "Он заплатил 17500 рублей.", "Он заплатил 12\u00a0500 рублей."),
    ("zh", "en", "展品有9700件。", "There are 9,200 exhibits.", "There are 9,700 exhibits."),
    ("hi", "en", "२५ लोग आए।", "There came 28 people.", "There came 25 people."),
    # a code stays as it is written
    ("en", "fr", "Form 83021 is due.", "Le formulaire 83012 est dû.", "Le formulaire 83021 est dû."),
    # the scale of the translation
    ("es", "en", "Perdieron 13 millones.", "They lost 45 million.", "They lost 13 million."),
    ("zh", "en", "预算为350万元。", "The budget is 2.5 million yuan.", "The budget is 3.5 million yuan."),
    # words and ordinals
    ("fr", "en", "Sept témoins ont parlé.", "Six witnesses spoke.", "Seven witnesses spoke."),
    ("de", "en", "Er wurde am 21. Mai 23.", "He came 22nd on 21 May.", "He came 23rd on 21 May."),
    ("de", "fr", "Es waren 9 Boote.", "Il y avait huit bateaux.", "Il y avait neuf bateaux."),
]
UNCERTAIN = [
    # the scale is what is wrong
    ("es", "en", "Perdieron 13 millones.", "They lost 13 thousand."),
    # a decade of two digits, half of a decimal
    ("fr", "en", "Dans les années 80, on dansait.", "In the 1970s people danced."),
    ("ru", "en", "В Индии 1,3 млн больных.", "India has 1. 4 million patients."),
    # forms that we do not know
    ("en", "ru", "Seven witnesses spoke.", "Говорили шесть свидетелей."),
    # a value that its scale would not write shortly
    ("en", "fr", "They lost 1,234,567 euros.", "Ils ont perdu 2 millions d’euros."),
]


def _flags(source_lang: str, target_lang: str, source: str, target: str):
    context = Context(source_lang, target_lang, [Segment(id=1, source=source, target=target)])
    return runner.run(context, only=["numbers"])[1]


@pytest.mark.parametrize(("source_lang", "target_lang", "source", "target", "right"), CASES)
def test_a_wrong_number_is_written_as_the_translation_writes(
    source_lang: str, target_lang: str, source: str, target: str, right: str
) -> None:
    (flag,) = _flags(source_lang, target_lang, source, target)
    mended = apply_edits(target, flag.fix)
    assert mended.replace("\u00a0", " ") == right.replace("\u00a0", " ")
    assert _flags(source_lang, target_lang, source, mended) == ()


@pytest.mark.parametrize(("source_lang", "target_lang", "source", "target"), UNCERTAIN)
def test_what_is_not_certain_is_flagged_without_a_fix(
    source_lang: str, target_lang: str, source: str, target: str
) -> None:
    flags = _flags(source_lang, target_lang, source, target)
    assert flags
    assert not any(flag.fix for flag in flags)
