"""Whether a woman or a man speaks, where a verb of saying shows it: «написала она», «a-t-il dit»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from qa.terms.person_gender import Gender

__all__ = ["Speaker", "languages", "speaker"]


class Speaker(NamedTuple):
    """The gender of who speaks, and ``text[start:end]``, which shows it."""

    gender: Gender
    start: int
    end: int


_PARTICIPLES = (
    "dit|déclaré|ajouté|écrit|expliqué|souligné|affirmé|assuré|précisé|poursuivi|conclu|répondu|confié|raconté|estimé"
    "|noté|rappelé|indiqué|reconnu|admis|regretté|lancé|insisté|averti|prévenu|commenté|observé|demandé|avoué"
)
_PRESENT = (
    "dit|ajoute|déclare|écrit|explique|souligne|affirme|assure|précise|poursuit|conclut|répond|confie|raconte|estime"
    "|note|rappelle|indique|reconnaît|admet|regrette|lance|insiste|avertit|prévient|commente|observe|demande|avoue"
    "|souvient|exclame|juge|témoigne"
)
_SLAVIC: Mapping[str, tuple[str, str, str]] = {
    "ru": (
        "сказал|заявил|добавил|отметил|написал|подчеркнул|сообщил|рассказал|пояснил|объяснил|ответил|признал|заметил"
        "|уточнил|утверждал|заключил|воскликнул|спросил|вспоминал|предупредил",
        "говорит|пишет|вспоминает|признаёт|признает|рассказывает|добавляет|отмечает|объясняет|считает|утверждает",
        "он",
    ),
    "uk": (
        "сказа|заяви|дода|зазначи|написа|підкресли|повідоми|розпові|поясни|відпові|визна|помі|уточни|наголоси|запита",
        "каже|пише|згадує|визнає|розповідає|додає|зазначає|пояснює|вважає|стверджує",
        "він",
    ),
    "pl": (
        "powiedzia|doda|napisa|oświadczy|stwierdzi|podkreśli|wyjaśni|zaznaczy|odpowiedzia|przyzna|zapewni|zapyta",
        "mówi|pisze|wspomina|przyznaje|opowiada|dodaje|zaznacza|wyjaśnia|uważa|twierdzi",
        "on",
    ),
    "cs": (
        "řekl|dodal|uvedl|prohlásil|napsal|vysvětlil|zdůraznil|odpověděl|připustil|zeptal|vzpomínal|upozornil",
        "říká|píše|vzpomíná|přiznává|vypráví|dodává|uvádí|vysvětluje|tvrdí",
        "on",
    ),
}
"""Stems of past tenses, present tenses, "he". "She" is «он» + а, and «вона» in Ukrainian."""
_PAST_END = {"ru": ("", "а"), "uk": ("в", "ла"), "pl": ("ł", "ła"), "cs": ("", "a")}
_SHE = {"ru": "она", "uk": "вона", "pl": "ona", "cs": "ona"}
_GERMAN = (
    "sagte?|erklärte?|schrieb|schreibt|betonte?|antwortete|meinte?|erzählte?|ergänzte?|fügte|erinnerte? sich"
    "|versicherte|räumte|warnte|fragte|bekräftigte"
)


@cache
def languages() -> frozenset[str]:
    """Base tags of the languages whose verbs of saying are known."""
    return frozenset((*_SLAVIC, "fr", "de"))


@cache
def _patterns(lang: str) -> Mapping[Gender, re.Pattern[str]]:
    """What shows a woman, what a man. A Slavic past tense shows women alone: a minister «сказал»."""
    if lang == "fr":
        return {
            gender: re.compile(
                rf"\b(?:(?:a|avait|aurait)-(?:t-)?{it}\s(?:\w+ment\s)?(?:{_PARTICIPLES})"
                rf"|(?:{_PRESENT})-(?:t-)?{it})\b"
            )
            for gender, it in _pairs("elle", "il")
        }
    if lang == "de":
        return {gender: re.compile(rf"\b(?:{_GERMAN})\s{it}\b") for gender, it in _pairs("sie", "er")}
    past, present, he = _SLAVIC[lang]
    (man, woman), she = _PAST_END[lang], _SHE[lang]
    return {
        "f": re.compile(
            rf"\b(?:(?:{past}){woman}(?:сь|ся)?\b|(?:{present})\s{she}\b|{she}\s(?:{present})\b)"
        ),
        "m": re.compile(
            rf"\b(?:(?:{past}){man}(?:ся)?\s{he}\b|(?:{present})\s{he}\b"
            rf"|{he}\s(?:(?:{past}){man}|{present})\b)"
        ),
    }


def _pairs(she: str, he: str) -> tuple[tuple[Gender, str], tuple[Gender, str]]:
    return ("f", she), ("m", he)


def speaker(text: str, lang: str) -> Speaker | None:
    """Who speaks in ``text``; None where nobody or more than one is seen, or no gender is shown."""
    low = text.lower()
    if len(low) != len(text):
        return None
    found = [
        Speaker(gender, *match.span())
        for gender, pattern in _patterns(lang).items()
        for match in pattern.finditer(low)
    ]
    return found[0] if len(found) == 1 else None
