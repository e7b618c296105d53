"""Numbers, dates and times: lost, added or changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity
from qa.terms.numerals import Number, digits, has_words, languages, numbers, prefixes

__all__ = ["NumbersCheck"]

# Words and signs that say a clock time counts to twelve, in the main languages.
_HALF_DAY = re.compile(
    r"\b[ap]\.?\s?m\b|\bnoon\b|\bmidnight\b|\bafternoon|\bevening|\bmorning"
    r"|\bmidi\b|\bminuit\b|soir|après-midi|matin|nachmittag|abend|morgen|mitternacht|mittag|\bnachts\b"
    r"|вечера|\bдня\b|утра|\bночи\b|полдень|полноч|вечора|ранку|\btarde|noche|mañana|\bnoite|manhã|sera\b"
    r"|pomeriggio|mattin|\bnotte|wieczor|popołudni|\brano\b|odpoledne|večer|ráno|middag|avond"
    r"|上午|下午|晚上|凌晨|午前|午後|夜|朝|सुबह|शाम|दोपहर|रात",
    re.IGNORECASE,
)


class NumbersCheck(SegmentCheck):
    """Numbers that are lost, added or changed.

    ## What it flags
    A number of one side that nothing on the other side explains. What explains it: the same value in
    any locale's writing (``1 234,5`` = ``1,234.5`` = ``1.234,5``) or digit system, a number word (``six`` =
    ``6``), a scale (``25 thousand`` = ``25 000`` = ``2.5万``), a Roman numeral (``XXI`` = ``21``), a month
    (``19 марта`` = ``March 19`` = ``3月19日``), a clock time (``3 p.m.`` = ``15 h``), a short year (``1990s``
    = ``90-х``), a converted unit. A number word alone is flagged only when the other side has a number
    word that does not fit either.

    ## Why it matters
    A wrong number is the error that costs most and that fluent text hides best.

    ## Example
    ``обмен по формуле 120 на 120`` → ``un échange 102 contre 120``

    ## Fix
    Where one number was changed into one other, the number of the source in the writing of the target.
    """

    id = "numbers"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    precision = 0.85
    messages = {
        "changed": "the translation has {target} where the source has {source}",
        "missing": "{source} of the source is missing in the translation",
        "added": "{target} is not in the source",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        source_lang, target_lang = lang.base(context.source_lang), lang.base(context.target_lang)
        # Most segments hold no number at all, or both sides write the same digits. Words alone are compared
        # where both sides have some.
        if digits(source) == digits(text) and not (
            has_words(source, source_lang) and has_words(text, target_lang)
        ):
            return
        before, after = numbers(source, source_lang), numbers(text, target_lang)
        if not before and not after:
            return
        lost = _unexplained(before, source, after, text, target_lang)
        new = _unexplained(after, text, before, source, source_lang)
        if not lost and not new:
            return
        words_known = {source_lang, target_lang} <= languages()
        yield from self._flags(segment, lost, new, words_known)

    def _flags(
        self, segment: Segment, lost: Sequence[Number], new: Sequence[Number], words_known: bool
    ) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        lost_digits = [number for number in lost if _counts(number, source)]
        new_digits = [number for number in new if _counts(number, text)]
        if lost_digits and new_digits:
            for one, other in zip(lost_digits, new_digits, strict=False):
                yield self._changed(segment, one, other, sure=len(lost_digits) == len(new_digits))
            lost_digits, new_digits = lost_digits[len(new_digits) :], new_digits[len(lost_digits) :]
        elif lost_digits or new_digits:
            # A digit against a word of another value: «6» became «seven».
            partners = _soft(new) if lost_digits else _soft(lost)
            if len(partners) == 1 and len(lost_digits or new_digits) == 1:
                one = lost_digits[0] if lost_digits else partners[0]
                other = partners[0] if lost_digits else new_digits[0]
                yield self._changed(segment, one, other, sure=False)
                return
        else:
            old_words, new_words = _soft(lost), _soft(new)
            if len(old_words) == len(new_words) == 1 and _comparable(old_words[0], new_words[0]):
                yield self._changed(segment, old_words[0], new_words[0], sure=False)
            return
        for number in lost_digits:
            yield self.flag(
                segment, number.start, number.end, "missing", side="source", category="accuracy/omission",
                severity=_severity(number, source, words_known), confidence=0.75,
                source=source[number.start : number.end],
            )  # fmt: skip
        for number in new_digits:
            yield self.flag(
                segment, number.start, number.end, "added", category="accuracy/addition",
                severity=_severity(number, text, words_known), confidence=0.75,
                target=text[number.start : number.end],
            )  # fmt: skip

    def _changed(self, segment: Segment, one: Number, other: Number, *, sure: bool) -> Flag:
        old, new = segment.source[one.start : one.end], segment.target[other.start : other.end]
        fix = [Edit(other.start, other.end, old)] if sure and old.isascii() and old.isdigit() else []
        return self.flag(
            segment, other.start, other.end, "changed",
            confidence=0.95 if sure else 0.7, fix=fix, source=old, target=new,
        )  # fmt: skip


def _severity(number: Number, text: str, words_known: bool) -> Severity | None:
    """Minor where the number may have become a word or belongs to a name (G7, 3D).

    A small number may have become an article; without a table of the language's words most small ones do.
    """
    small = all(len(part) < 3 and int(part) <= (2 if words_known else 12) for part in number.parts)
    around = text[max(0, number.start - 1) : number.start] + text[number.end : number.end + 1]
    return Severity.MINOR if small or any("A" <= char <= "z" for char in around) else None


_ERA = re.compile(r"(?:明治|大正|昭和|平成|令和|民国)\s?$")


def _counts(number: Number, text: str) -> bool:
    """Digits that have to come through: not a lone 1 (an article elsewhere), not the year of an era."""
    if number.kind != "digits" or number.values == {"1"}:
        return False
    return not _ERA.search(text[max(0, number.start - 3) : number.start])


def _soft(found: Sequence[Number]) -> list[Number]:
    """Number words that mean a number for sure: no «one», no bare «thousands»."""
    return [number for number in found if number.kind in ("word", "han") and not number.values <= _VAGUE]


_VAGUE = frozenset({"0", "1", "100", "1000", "10000", "100000", "1000000", "10000000", "1000000000"})


def _comparable(one: Number, other: Number) -> bool:
    return one.kind == other.kind or "han" in (one.kind, other.kind)


def _unexplained(
    found: Sequence[Number], text: str, others: Sequence[Number], other_text: str, other_lang: str
) -> list[Number]:
    """The numbers of ``found`` that nothing in ``others`` or the other text explains."""
    values = {value for number in others for value in number.values}
    known = values | {part for number in others for part in number.parts}
    swapped = [number for number in found if _is_swapped(number, values, text, others, other_text)]
    unexplained = [
        number for number in found if number.values.isdisjoint(known) and number.kind not in _QUIET
    ]
    kept = [
        number
        for number in unexplained
        if not _explained(number, known, text, other_text)
        and not _in_compound(number, other_text, other_lang)
        and not _fraction_of_hour(number, text, other_text)
        and not _regrouped(number, text, other_text)
        and not _converted(number, text, others, other_text)
    ]
    return sorted({*kept, *swapped}, key=lambda number: number.start)


_DECIMAL = re.compile(r"\d+[.,]\d+")
_PERCENT = re.compile(
    r"\s?(?:%|per ?cent|pour cent|prozent|процент|відсот|por ciento|per cento|procent)", re.IGNORECASE
)


def _is_swapped(
    number: Number, values: set[str], text: str, others: Sequence[Number], other_text: str
) -> bool:
    """A percentage whose digits stand the other way round on the other side: 4.2 and 2,4 per cent.

    The parts of such a number would else be explained as those of a date.
    """
    if len(number.parts) != 2 or number.values & values or number.parts[0] == number.parts[1]:
        return False
    return _is_percentage(number, text) and any(
        other.parts == number.parts[::-1] and _is_percentage(other, other_text) for other in others
    )


def _is_percentage(number: Number, text: str) -> bool:
    written = _DECIMAL.fullmatch(text[number.start : number.end])
    return written is not None and _PERCENT.match(text, number.end) is not None


_HALF = re.compile(
    r"半|\bhalf\b|\bhalb|\bdemie?\b|\bпол(?:овин)?|\bпів|\bmedia\b|\bmezz[ao]\b|\bmeia\b|\bhalf|wpół|\bpůl",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"刻|\bquarter|\bviertel|\bdreiviertel|\bquart\b|\bчетверт|\bчверт|\bcuarto|\bquarto|\bkwart|\bkwadrans|\bčtvrt",
    re.IGNORECASE,
)


def _fraction_of_hour(number: Number, text: str, other_text: str) -> bool:
    """The minutes of a clock time that the other side says in words: 11:30 and 十一点半."""
    minutes = number.parts[-1] if number.parts else ""
    if not re.search(r"\d\s?[:.hч]\s?\d\d$", text[max(0, number.start - 4) : number.end]):
        return False
    pattern = {"30": _HALF, "15": _QUARTER, "45": _QUARTER}.get(minutes)
    return pattern is not None and pattern.search(other_text) is not None


_QUIET = frozenset({"hint", "month"})


def _explained(number: Number, known: set[str], text: str, other_text: str) -> bool:
    """By the value itself: a date's parts, a clock time, a century, a short year, a half."""
    if number.parts and all(
        part in known or part == "0" or _short_year(part, known) for part in number.parts
    ):
        return True
    return any(_same_value(value, known, (text, other_text)) for value in number.values if value.isdigit())


def _same_value(value: str, known: set[str], texts: Sequence[str]) -> bool:
    if len(value) > 15:
        return False
    whole = int(value)
    half_day = whole <= 24 and str(whole - 12 if whole > 12 else whole + 12) in known
    if half_day and any(map(_HALF_DAY.search, texts)):
        return True
    if _short_year(value, known) or value.zfill(2) + "00" in known:
        return True
    if len(value) == 4 and (value[:2].lstrip("0") or "0") in known and value.endswith("00"):
        return True  # 1200 GMT and 12 h 00
    if 10 <= whole <= 22 and f"{whole - 1}00" in known:
        return True  # the 19th century and the 1800s
    if len(value) == 4 and value[2:].lstrip("0") in known and value[2:] != "00" and _century(value):
        return True
    return "0.5" in known and (whole == 50 or str(whole * 2) in known)


def _short_year(value: str, known: set[str]) -> bool:
    return len(value) <= 2 and any(len(year) == 4 and year.endswith(value.zfill(2)) for year in known)


def _in_compound(number: Number, other_text: str, other_lang: str) -> bool:
    """The other side writes the number inside a word: «четырёхмесячные», „zweijährig“."""
    words = [word for value in number.values for word in prefixes(value, other_lang)]
    if not words:
        return False
    return (
        re.search(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, words))})", other_text.casefold()) is not None
    )


def _century(year: str) -> bool:
    return year[:2] in {"17", "18", "19", "20"}


_GROUPED = re.compile(r"\d(?:[\s.,'’()/-]{0,3}\d){6,24}")
_GROUPING = re.compile(r"(?<=\d)[\s.,'’()/-]+(?=\d)")


def _regrouped(number: Number, text: str, other_text: str) -> bool:
    """The same digits in the same order, grouped in another way: telephone numbers, «10 000» in two."""
    digits = "".join(number.parts)
    squeezed = _GROUPING.sub("", other_text)
    if len(digits) >= 4 and digits in squeezed:
        return True
    window = max(0, number.start - 40)
    for match in _GROUPED.finditer(text, window, number.end + 40):
        if match.start() <= number.start < match.end():
            return _GROUPING.sub("", match.group()) in squeezed
    return False


# Measures with a factor to a common unit; a translator may convert between those of one row.
_UNITS: Sequence[Sequence[tuple[re.Pattern[str], float]]] = [
    [(re.compile(pattern, re.IGNORECASE), factor) for pattern, factor in row]
    for row in (
        [(r"\bmiles?\b|\bmi\b|\bmilles?\b|мил[ьияею]|\bmeilen?\b|mil[il]as?\b|英里|マイル|मील", 1609.34),
         (r"\bfeet\b|\bfoot\b|\bft\b|pieds?\b|фут|\bfuß\b|英尺|フィート|फ[ीु]ट", 0.3048),
         (r"\binch|\bpouces?\b|дюйм|\bzoll\b|英寸|インチ|इंच|″", 0.0254),
         (r"\byards?\b|ярд|码", 0.9144),
         (r"\bkm\b|kilom|километр|\bкм\b|кілометр|公里|キロ|किलोमीटर|किमी", 1000.0),
         (r"\bm\b|\bmet(?:er|re)s?\b|mètres?\b|метр|\bм\b|米|メートル|मीटर", 1.0),
         (r"\bcm\b|centim|сантиметр|\bсм\b|厘米|センチ|सेमी", 0.01),
         (r"\bmm\b|millim|миллиметр|\bмм\b|毫米|ミリ", 0.001)],
        [(r"\bpounds?\b|\blbs?\b|livres?\b|фунт|磅|ポンド|पाउंड", 0.4536),
         (r"\bounces?\b|\boz\b|унци|盎司", 0.02835),
         (r"\bkg\b|kilogr|\bkilos?\b|килограмм|\bкг\b|公斤|キログラム|किलो", 1.0),
         (r"\bton(?:ne)?s?\b|тонн|吨|トン|टन", 1000.0),
         (r"\bg\b|gram|грамм|克|グラム|ग्राम", 0.001)],
        [(r"\bacres?\b|акр|英亩", 0.4047), (r"\bhectares?\b|\bha\b|гектар|公顷|हेक्टेयर", 1.0)],
        [(r"\bgallons?\b|галлон|加仑", 3.785), (r"\blit(?:er|re)s?\b|\bl\b|литр|升|लीटर", 1.0)],
    )
]  # fmt: skip
_TOLERANCE = 0.07
_FAHRENHEIT = re.compile(r"°\s?F|fahrenheit|фаренгейт|华氏|華氏", re.IGNORECASE)
_CELSIUS = re.compile(r"°\s?C|celsius|цельси|摄氏|攝氏|градус", re.IGNORECASE)


_CONVERSIONS = [
    (mine / factor, here, there)
    for row in _UNITS
    for here, mine in row
    for there, factor in row
    if mine != factor
]
"""(own value → the other side's, what names the unit here, what there)."""


def _converted(number: Number, text: str, others: Sequence[Number], other_text: str) -> bool:
    """A number of the other side is this one in another unit that the other side names."""
    own, theirs = _decimals([number]), _decimals(others)
    if not own or not theirs:
        return False
    # Arithmetic first: it is quicker than a search for the names of units.
    if any(
        _close(own, theirs, ratio) and here.search(text) and there.search(other_text)
        for ratio, here, there in _CONVERSIONS
    ):
        return True
    for hot, cold, first, second in ((text, other_text, own, theirs), (other_text, text, theirs, own)):
        if _FAHRENHEIT.search(hot) and _CELSIUS.search(cold):
            return any(abs((f - 32) / 1.8 - c) <= 2 for f in first for c in second)
    return False


def _decimals(found: Iterable[Number]) -> list[float]:
    return [float(value) for number in found for value in number.values if value.count(".") < 2]


def _close(own: Sequence[float], theirs: Sequence[float], ratio: float) -> bool:
    return any(
        other and abs(value * ratio - other) <= _TOLERANCE * abs(other) for value in own for other in theirs
    )
