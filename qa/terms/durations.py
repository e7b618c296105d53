"""Units of time as the languages write them after a number, with their length in days."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["DAYS", "UNITS"]

UNITS = {
    "second": (
        1 / 86400,
        r"sec(?:ond)?s?\b|secondes?\b|sekunden?\b|sek\.|segundos?\b|second[oi]\b|секунд|сек\b|sekund|sekund[ay]?\b|秒",
    ),
    "minute": (
        1 / 1440,
        r"min(?:ute)?s?\b|minuten\b|minutos?\b|minut[oi]\b|минут|хвилин|мин\b|хв\b|minut[aeyęu]?\b|分(?:钟|鐘|間)",
    ),
    "hour": (
        1 / 24,
        r"hours?\b|hrs?\b|heures?\b|stunden?\b|std\.|horas?\b|or[ae]\b|uren\b|час(?:а|ов|ам|ами|ах)?\b|годин"
        r"|godzin|hodin|小时|小時|個?時間",
    ),
    "day": (
        1.0,
        r"days?\b|jours?\b|journées?\b|tage?n?\b|días?\b|giorn[oi]\b|dias?\b|dag(?:en)?\b|дн(?:я|ей|ям|ями|ях|і|ів|ям)\b"
        r"|день\b|сут(?:ки|ок)|доб[аиуі]?\b|dob[aęy]\b|dni\b|dzień|dn[ůíy]\b|den\b|天|日間",
    ),
    "week": (
        7.0,
        r"weeks?\b|semaines?\b|wochen?\b|semanas?\b|settiman[ae]\b|weken\b|недел|тижд|тижн|tygodni|tydzień|týd[ne]"
        r"|个?星期|周|週間",
    ),
    "month": (
        30.4,
        r"months?\b|mois\b|monate?n?\b|mes(?:es)?\b|mes[ei]\b|mês\b|maanden\b|месяц|місяц|miesi[ąę]c|měsíc|个月|個月|か月|ヶ月|カ月",
    ),
    "year": (
        365.25,
        r"years?\b|an(?:s|née|nées)?\b|jahre?n?\b|años?\b|ann[oi]\b|anos?\b|jaar\b|год(?:а|у|ов|ам|ами|ах)?\b|лет\b"
        r"|рок(?:и|ів|у|ам)\b|рік\b|lat(?:a|ach)?\b|rok[ui]?\b|let\b|roky\b|年(?:间|間)",
    ),
}
"""Unit → (days, how it is written)."""

_GAP = "[\\s\u00a0\u202f-]?"
DAYS: Sequence[tuple[re.Pattern[str], float]] = [
    (re.compile(_GAP + f"(?:{written})", re.IGNORECASE), days) for days, written in UNITS.values()
]
"""(what names the unit directly after a number, days)."""
