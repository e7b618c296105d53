"""Clock times of a text, in digits and in words: "a quarter to six", «в начале шестого», 下午5点45分.

``clock_times(text, lang)`` finds what surely is a time of day. Languages that count quarters and halves to
the next hour („halb acht“, «чверть на шосту», "čtvrt na sedm") are read as they mean it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from qa.terms.alternation import alternation
from qa.terms.clock_words import HAN, HOURS_MORE, SINO, VAGUE, WORDS
from qa.terms.number_words import table

__all__ = ["ClockTime", "clock_times"]


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day: ``text[start:end]``.

    ``minute`` counts from 0 to 719, twelve o'clock is 0. ``half`` is 0 before noon, 1 after, None where the
    text does not say. ``worded``: said in words. ``vague``: the hour alone counts («в начале шестого»).
    """

    start: int
    end: int
    minute: int
    half: int | None
    worded: bool = False
    vague: bool = False

    def equals(self, other: ClockTime) -> bool:
        """The same time on the dial of twelve hours."""
        if self.vague or other.vague:
            return self.minute // 60 == other.minute // 60
        return self.minute == other.minute

    def contradicts(self, other: ClockTime) -> bool:
        """The same time on the dial, and the other half of the day."""
        return self.equals(other) and None not in (self.half, other.half) and self.half != other.half


# «Полшестого», «полдевятого»
_HALF_IN_ONE = re.compile(r"(?<!\w)пол([^\W\d_]{4,})(?!\w)", re.IGNORECASE)

_DIGITS = re.compile(
    r"(?<![\d.,:/-])(?P<h>2[0-4]|[01]?\d)(?!\d)"
    r"(?:\s?(?:[:.]|h\s?|ч\.?\s|时|時|点|點|시\s)(?P<m>[0-5]\d)(?![\d,]|[.:]\d)(?:分|분)?)?"
)
_AFTER = re.compile(
    r"[\s\u00a0\u202f]?(?P<am>a\.?\s?m\b|(?:heures? |h )?du matin\b|uhr (?:früh|morgens"
    r"|vormittags)\b|morgens\b"
    r"|(?:часов |часа |час )?утра\b|(?:години?у? )?ранку\b|de la mañana\b|del mattino\b"
    r"|di mattina\b|da manhã\b"
    r"|(?:hodin\w? )?ráno\b|rano\b|(?:o['’]clock )?in the (?:early )?morning\b|sabah)"
    r"|[\s\u00a0\u202f]?(?P<pm>p\.?\s?m\b|(?:heures? |h )?(?:du soir|de l['’]après-midi)\b"
    r"|uhr (?:nachmittags|abends)\b"
    r"|abends\b|nachmittags\b|(?:часов |часа |час )?(?:вечера|дня)\b|(?:години?у? )?(?:вечора|дня)\b"
    r"|de la (?:tarde|noche)\b|d(?:i|ella) sera\b|del pomeriggio\b|da (?:tarde|noite)\b"
    r"|(?:hodin\w? )?(?:večer|odpoledne)\b"
    r"|wieczorem\b|po południu\b|(?:o['’]clock )?(?:in the (?:late )?(?:afternoon|evening)|at night)\b)"
    r"|[\s\u00a0\u202f]?(?P<hour>uhr\b|o['’]clock\b|uur\b|heures?\b|h\b|時(?!間)|时|点(?!\d)|點|बजे|시(?!간))",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:(?P<am>上午|凌晨|早上|早晨|清晨|午前|朝|오전|새벽|아침|सुबह|तड़के)|(?P<pm>下午|晚上|傍晚|午後|夕方|夜|오후|저녁|밤|शाम|दोपहर|रात))\s?$"
    r"|\b(?P<at>at|um|à|alle|às|o godz\.|в|о|ab|bis|until|till|by|from|до|с|з)\s$",
    re.IGNORECASE,
)
# The words of the languages for the halves of a day after or before a time in words.
_HALF_WORDS = re.compile(
    r"[\s\u00a0]?(?:(?P<am>a\.?\s?m\b|in the morning|du matin|morgens|früh|утра|ранку"
    r"|de la mañana|del mattino|di mattina"
    r"|da manhã|ráno|rano|صباحا|صباحًا|فجرا)"
    r"|(?P<pm>p\.?\s?m\b|in the (?:afternoon|evening)|du soir|de l['’]après-midi|nachmittags"
    r"|abends|вечера|дня|вечора"
    r"|de la (?:tarde|noche)|di sera|del pomeriggio|da (?:tarde|noite)|večer|odpoledne|wieczorem"
    r"|po południu|مساء|ظهرا|عصرا))",
    re.IGNORECASE,
)


def clock_times(text: str, language: str) -> list[ClockTime]:
    """The clock times of ``text`` in order of their start; ``language`` is a base tag."""
    worded = list(_worded(text, language))
    taken = [(one.start, one.end) for one in worded]
    found = worded + [
        one
        for one in _in_digits(text, language)
        if not any(start < one.end and one.start < end for start, end in taken)
    ]
    return sorted(found, key=lambda one: one.start)


def _half(text: str, start: int, end: int, language: str) -> int | None:
    after = _HALF_WORDS.match(text, end)
    if after is not None and not _german_am(after, language):
        return 0 if after["am"] else 1
    before = _BEFORE.search(text[max(0, start - 8) : start])
    if before is not None and before["at"] is None:
        return 0 if before["am"] else 1
    return None


def _german_am(match: re.Match[str], language: str) -> bool:
    """«14 Uhr am 4. Juni» is no a.m."""
    return language == "de" and match.group().strip() == "am"


def _in_digits(text: str, language: str) -> Iterator[ClockTime]:
    for match in _DIGITS.finditer(text):
        hour = int(match["h"])
        after = _AFTER.match(text, match.end())
        if after is not None and _german_am(after, language):
            after = None
        before = _BEFORE.search(text[max(0, match.start() - 8) : match.start()])
        said = after is not None or (before is not None and (match["m"] is not None or before["at"] is None))
        marked = match["m"] is not None and any(sign in match.group() for sign in ":h时時点點시")
        if not said and not (marked and len(match["m"]) == 2 and len(match["h"]) + len(match["m"]) == 4):
            continue
        half = None
        if hour > 12:
            half = 1 if hour < 24 else 0
        elif after is not None and after["hour"] is None:
            half = 0 if after["am"] else 1
        elif before is not None and before["at"] is None:
            half = 0 if before["am"] else 1
        minute = int(match["m"] or 0)
        end = match.end() if after is None else after.end()
        yield ClockTime(match.start(), end, hour % 12 * 60 + minute, half)


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], int | str, bool], ...]:
    """(pattern, what it adds to the hour, whether it is vague)."""
    rows = [
        *((pattern, added, True) for pattern, added in VAGUE.get(language, ())),
        *((pattern, added, False) for pattern, added in WORDS.get(language, ())),
    ]
    hours, minutes = alternation(_numbers(language, 24)), alternation(_numbers(language, 59))
    start, end = (r"(?<!\w)(?<!\d[:.,])", r"(?!\w)")
    if language in ("zh", "ja", "ko"):
        start, end = (r"(?<![\d一二三四五六七八九十点點分])", "")
    return tuple(
        (
            re.compile(
                start + pattern.replace("{h}", f"(?P<h>{hours})").replace("{m}", f"(?P<m>{minutes})") + end,
                re.IGNORECASE,
            ),
            added,
            vague,
        )
        for pattern, added, vague in rows
    )


@cache
def _numbers(language: str, last: int) -> Mapping[str, int]:
    """Words and digits for the numbers to ``last``."""
    known = table(language)
    found = {str(number): number for number in range(1, last + 1)}
    for word, value in known.values.items():
        if 1 <= value <= min(last, 59) and value == int(value):
            found[word] = int(value)
    for word, values in known.hints.items():
        whole = [int(value) for value in values if value in (2, 4) and value <= last]
        if whole and language in ("ru", "uk", "pl", "cs", "es", "it"):
            found.setdefault(word, whole[-1])
    found |= HOURS_MORE.get("zh" if language == "ja" else language, {})
    if language in ("zh", "ja", "ko"):
        one, ten = (SINO, "십") if language == "ko" else (HAN, "十")
        start = 1 if last > 24 or language != "ko" else 60
        for number in range(start, last + 1):
            tens, rest = divmod(number, 10)
            written = (one[tens] if tens > 1 else "") + (ten if tens else "") + (one[rest] if rest else "")
            found.setdefault(written, number)
    return found


def _worded(text: str, language: str) -> Iterator[ClockTime]:
    folded = text.casefold()
    if len(folded) != len(text):
        folded = text
    taken: list[tuple[int, int]] = []
    for pattern, added, vague in _patterns(language):
        for match in pattern.finditer(folded):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            groups = match.groupdict()
            written = groups.get("h") or ""
            if written.isdecimal() and added == 0 and language != "ar":
                continue  # digits have a way of their own
            hour = _numbers(language, 24).get(written, 0)
            minutes = _numbers(language, 59).get(groups["m"], 0) if groups.get("m") else 0
            total = hour * 60 + _offset(added, minutes)
            half = 1 if 12 < hour < 24 else _half(text, match.start(), match.end(), language)
            start = match.start("t") if groups.get("t") else match.start()
            taken.append(match.span())
            yield ClockTime(start, match.end(), total % 720, half, worded=True, vague=vague)
    if language == "ru":
        for match in _HALF_IN_ONE.finditer(folded):
            hour = _numbers("ru", 24).get(match[1], 0)
            if 0 < hour <= 12:
                half = _half(text, match.start(), match.end(), language)
                yield ClockTime(*match.span(), (hour * 60 - 30) % 720, half, worded=True)


def _offset(added: int | str, minutes: int) -> int:
    """What a pattern adds to the hour: "m" is the minutes themselves, "-30-m" half an hour and these less."""
    if isinstance(added, int):
        return added
    base = added.removesuffix("m")
    less = base.endswith("-")
    base = base.removesuffix("-")
    return (int(base) if base else 0) + (-minutes if less else minutes)
