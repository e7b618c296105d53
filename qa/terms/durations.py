"""Units of time as the languages write them after a number, with their length in days."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

__all__ = ["DAYS", "UNITS"]

UNITS: Mapping[str, tuple[float, Mapping[str, str]]] = {
    "second": (
        1 / 86400,
        {
            "en": r"sec(?:ond)?s?\b",
            "fr": r"secondes?\b|sec\b",
            "de": r"sekunden?\b|sek\b|sekündig",
            "es": r"segundos?\b",
            "it": r"second[oi]\b",
            "pt": r"segundos?\b",
            "nl": r"seconden?\b|sec\b",
            "pl": r"sekund[aęyo]?\b|sek\b",
            "cs": r"sekund[ayuě]?\b",
            "ru": r"секунд|сек\b",
            "uk": r"секунд|сек\b",
            "zh": r"秒",
            "ja": r"秒",
        },
    ),
    "minute": (
        1 / 1440,
        {
            "en": r"min(?:ute)?s?\b",
            "fr": r"min(?:ute)?s?\b",
            "de": r"minuten?\b|min\b|minütig",
            "es": r"minutos?\b|min\b",
            "it": r"minut[oi]\b|min\b",
            "pt": r"minutos?\b|min\b",
            "nl": r"minuten\b|minuut\b|min\b",
            "pl": r"minut[aęyo]?\b|min\b",
            "cs": r"minut[ayuě]?\b|min\b",
            "ru": r"минут|мин\b",
            "uk": r"хвилин|хв\b",
            "zh": r"分(?:钟|鐘)",
            "ja": r"分間",
        },
    ),
    "hour": (
        1 / 24,
        {
            "en": r"hours?\b|hrs?\b",
            "fr": r"heures?\b|h\b",
            "de": r"stunden?\b|std\b|h\b|stündig",
            "es": r"horas?\b|h\b",
            "it": r"or[ae]\b",
            "pt": r"horas?\b|h\b",
            "nl": r"uren\b|uur\b",
            "pl": r"godzin|godz\b|h\b",
            "cs": r"hodin|hod\b|h\b",
            "ru": r"час(?:а|у|ом|ам|ами|ах|ов\w*)?\b|ч\b",
            "uk": r"годин|год\b",
            "zh": r"个?小时|個?小時|個?鐘頭|个?钟头",
            "ja": r"時間",
        },
    ),
    "day": (
        1.0,
        {
            "en": r"days?\b",
            "fr": r"jours?\b|journées?\b",
            "de": r"tage?n?\b|tägig",
            "es": r"días?\b",
            "it": r"giorn[oi]\b",
            "pt": r"dias?\b",
            "nl": r"dag(?:en)?\b",
            "pl": r"dni(?:ach|om|ami)?\b|dzień\b|dniow|dob[aęy]\b",
            "cs": r"dn(?:[ůíy]|ech|ům|em)\b|den\b|denní",
            "ru": r"дн(?:я|ей|ям|ями|ях|[её]м)\b|день\b|дневн|сут(?:ки|ок|кам|ками|ках)\b",
            "uk": r"дн(?:і|ів|я|ям|ями|ях|ем)\b|день\b|денн|доб[аиуі]?\b|діб\b",
            "zh": r"天",
            "ja": r"日間",
        },
    ),
    "week": (
        7.0,
        {
            "en": r"weeks?\b",
            "fr": r"semaines?\b",
            "de": r"wochen?\b|wöchig",
            "es": r"semanas?\b",
            "it": r"settiman[ae]\b",
            "pt": r"semanas?\b",
            "nl": r"weken\b|week\b",
            "pl": r"tygodni|tydzień\b",
            "cs": r"týdn|týden\b",
            "ru": r"недел",
            "uk": r"тижд|тижн",
            "zh": r"个?(?:星期|礼拜)|個?(?:星期|禮拜)|周|週",
            "ja": r"週間",
        },
    ),
    "month": (
        30.4,
        {
            "en": r"months?\b",
            "fr": r"mois\b",
            "de": r"monate?n?\b|monatig",
            "es": r"mes(?:es)?\b",
            "it": r"mes[ei]\b",
            "pt": r"mês\b|meses\b",
            "nl": r"maanden\b|maand\b",
            "pl": r"miesi[ąę]c",
            "cs": r"měsíc",
            "ru": r"месяц|месячн",
            "uk": r"місяц|місячн",
            "zh": r"个月|個月",
            "ja": r"[か箇カヶケ]月|個月",
        },
    ),
    "year": (
        365.25,
        {
            "en": r"y(?:ea)?rs?\b",
            "fr": r"ans?\b|années?\b",
            "de": r"jahre?n?\b|jährig",
            "es": r"años?\b",
            "it": r"ann[oi]\b",
            "pt": r"anos?\b",
            "nl": r"jaar\b|jaren\b",
            "pl": r"lat(?:a|ach|om)?\b|rok(?:u|iem)?\b|letni",
            "cs": r"rok(?:u|y|em)?\b|let(?:ech|ům|y)?\b|let[áéý]",
            "ru": r"год(?:а|у|ом|ов|ам|ами|ах)?\b|лет\b|летн",
            "uk": r"рок(?:и|ів|у|ом|ам|ами|ах)\b|рік\b|річн",
            "zh": r"年(?![代度级級])",
            "ja": r"年間|年(?![代度生])",
        },
    ),
}
"""Unit → (days, language → how it is written)."""

_GAP = "[\\s\u00a0\u202f-]?"
DAYS: Sequence[tuple[re.Pattern[str], float]] = [
    (re.compile(_GAP + f"(?:{'|'.join(dict.fromkeys(written.values()))})", re.IGNORECASE), days)
    for days, written in UNITS.values()
]
"""(what names the unit directly after a number in any language, days)."""
