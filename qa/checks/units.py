"""Units of measure, months and days of the week that changed on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity
from qa.terms.measures import Quantity, named, quantities
from qa.terms.number_words import month_like, table
from qa.terms.numerals import Number, numbers
from qa.terms.weekdays import weekdays

__all__ = ["MonthCheck", "UnitsCheck", "WeekdayCheck"]


class UnitsCheck(SegmentCheck):
    """A number whose unit of measure changed.

    ## What it flags
    The same number with another unit of the same kind of quantity: 30 cm → ``30 mm``, 40 km → ``40
    miles``, «две недели» → ``two months``, half a litre → ``half a pint``. Quantities that agree
    are paired first. A unit that both sides name elsewhere, and converted amounts (another number: "7 days"
    and «une semaine»), are left alone. Times, lengths, areas, weights, volumes, speeds, temperatures, power
    and amounts of data are known in seventeen languages, their signs in all. A number that
    has lost its ``°`` or ``%``, where no word for degrees or per cent stands in its place, is flagged as
    well; so is a ``%`` or ``#`` that stands alone in the source and is gone.

    ## Why it matters
    The number looks right, and the quantity is ten times too small.

    ## Example
    ``at least 30 cm from the wall`` → ``mindestens 30 mm von der Wand``

    ## Fix
    None.
    """

    id = "units"
    category = "locale-conventions/measurement-format"
    severity = Severity.MAJOR
    precision = 0.85
    messages = {
        "changed": "“{found}” where the source has “{wanted}”",
        "degrees": "“{found}” where the source has degrees: “{wanted}”",
        "percent": "“{found}” where the source has a percentage: “{wanted}”",
        "sign": "the sign {wanted} of the source is missing",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        yield from self._signs(segment)
        source, text = segment.source, segment.target
        here, there = lang.base(context.source_lang), lang.base(context.target_lang)
        before = quantities(source, here)
        after = quantities(text, there) if before else []
        for meant, written in _changed(before, after):
            if _named_beside(meant, text, there, after, before):
                continue
            if _named_beside(written, source, here, before, after):
                continue
            yield self.flag(
                segment,
                written.start,
                written.end,
                "changed",
                found=text[written.start : written.end],
                wanted=source[meant.start : meant.end],
            )

    def _signs(self, segment: Segment) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        for key, sign, there, instead in _SIGNS:
            if sign not in source or instead.search(text):
                continue
            for match in there.finditer(source):
                lost = re.search(rf"(?<![\d.,]){re.escape(match[1])}(?![\d.,]*\d)", text)
                if lost:
                    yield self.flag(segment, *lost.span(), key, found=lost.group(), wanted=match.group())
        for match in _ALONE.finditer(source):
            if not _INSTEAD[match.group()].search(text):
                yield self.flag(
                    segment,
                    *match.span(),
                    "sign",
                    side="source",
                    severity=Severity.MINOR,
                    wanted=match.group(),
                )


def _changed(before: Sequence[Quantity], after: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """(source's, target's) quantities of equal number and another unit; those that agree are paired first."""
    left, right = list(before), list(after)
    for quantity in after:
        same = next((one for one in left if one.unit == quantity.unit and one.equals(quantity)), None)
        if same:
            left.remove(same)
            right.remove(quantity)
    converted = {one.unit for one in right if not any(one.equals(other) for other in left)}
    for quantity in right:
        other = next((one for one in left if one.equals(quantity)), None)
        if other is None or quantity.unit in converted or (_moment(other) and _moment(quantity)):
            continue  # "3 to 5 miles" may be «5–8 км»
        left.remove(other)
        yield other, quantity


def _moment(quantity: Quantity) -> bool:
    """«Одну минуту!» and "One second!" are the same request."""
    return quantity.values == {"1"} and quantity.unit in ("second", "minute")


def _named_beside(
    quantity: Quantity, text: str, language: str, own: Sequence[Quantity], others: Sequence[Quantity]
) -> bool:
    """``text`` names the unit elsewhere, with no number or with one that the other side lacks.

    What looks changed may then be said in another way: "two or three days", "5 hours 30" and "5:30 hours".
    """
    for match in named(quantity.kind, quantity.unit, language).finditer(text):
        at = match.end() - 1
        holder = next((one for one in own if one.unit == quantity.unit and one.start <= at < one.end), None)
        if holder is None or not any(holder.equals(other) for other in others):
            return True
    return False


_DEGREES = re.compile(r"[°º˚℃℉]|degr|grad|grau|град|stop[nň]|derece|aste|fok\b|درج|מעל|度|도", re.IGNORECASE)
_PERCENT = re.compile(
    r"[%％٪﹪‰]|cent|cient|proz|pros|proc|prots|persen|процент|процант|відсот|százal|yüzde|εκατό|điểm"
    r"|phần trăm|百分|パーセント|퍼센트|प्रतिशत|percent|بالمئة|بالمائة|درصد|אחוז|ร้อยละ|point"
    r"|punkt|punt|пункт|п\. ?п|\b100\b",
    re.IGNORECASE,
)
_SIGNS = (
    ("degrees", "°", re.compile(r"(?<![\d.,])(\d+(?:[.,]\d+)?)\s?°(?=[CFNSEWO\s.,;)]|$)"), _DEGREES),
    ("percent", "%", re.compile(r"(?<![\d.,])(\d+(?:[.,]\d+)?)[\s\u00a0]?%(?=[\s.,;:!?)]|$)"), _PERCENT),
)
_ALONE = re.compile(r"(?:(?<=[^\W\d_]\s)|^)[%#](?=\s+[^\W\d_]|$)")
_INSTEAD = {"%": _PERCENT, "#": re.compile(r"[#№＃]|\bn[°ºro]|\bnu|ном|号|號|番|번|رقم", re.IGNORECASE)}


class MonthCheck(SegmentCheck):
    """A date whose month changed, or was left in the source's language.

    ## What it flags
    The name of a month beside a day or a year that the source does not have, where one month of the
    source is missing: «12 липня» → ``12 June``. And a month in the language of the source: ``3 September`` in
    Spanish.

    ## Why it matters
    The names of months that end alike or are false friends between languages are easily confused.

    ## Example
    «12 липня» → ``12 June``

    ## Fix
    The month of the source, where its name is written in full and no article or «de» before it would change.
    """

    id = "month"
    category = "locale-conventions/date-format"
    severity = Severity.MAJOR
    precision = 0.9
    messages = {
        "changed": "“{found}” is another month than “{wanted}” of the source",
        "left": "“{found}” is the month in the language of the source; here it is “{wanted}”",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        yield from self._left(segment, lang.base(context.source_lang), lang.base(context.target_lang))
        own, theirs = (
            numbers(side, lang.base(tag))
            for side, tag in ((source, context.source_lang), (text, context.target_lang))
        )
        before, after = ([number for number in side if number.kind == "month"] for side in (own, theirs))
        meant, written = ({value for month in side for value in month.values} for side in (before, after))
        lost = [month for month in before if not month.values & written]
        new = [month for month in after if not month.values & meant]
        if not len(lost) == len(new) == 1:
            return
        (one,), (other,) = lost, new
        if _dated(one, own) and _dated(other, theirs):
            yield self.flag(
                segment, other.start, other.end, "changed",
                fix=_right_month(text, other, one, lang.base(context.target_lang)),
                found=text[other.start : other.end], wanted=source[one.start : one.end],
            )  # fmt: skip

    def _left(self, segment: Segment, source_lang: str, target_lang: str) -> Iterable[Flag]:
        theirs, ours = table(source_lang).months, table(target_lang).months
        if source_lang == target_lang or not theirs or not ours:
            return
        for match in _DATED.finditer(segment.target):
            found = match["before"] or match["after"]
            low = found.casefold()
            if low not in theirs or low in ours or found not in segment.source:
                continue
            name = next(name for name, number in ours.items() if number == theirs[low])
            start, end = match.span("before" if match["before"] else "after")
            name = name.capitalize() if target_lang in _CAPITAL_MONTHS else name
            fix = [Edit(start, end, name)] if target_lang not in _DECLINED_MONTHS else []
            yield self.flag(segment, start, end, "left", fix=fix, found=found, wanted=name)


# Names of four letters and more; shorter ones may be anything.
_DATED = re.compile(
    r"\b(?P<before>[^\W\d_]{4,15})\.?,?(?: de| d’)? (?=\d{1,4}\b)|(?<=\d) (?:de )?(?P<after>[^\W\d_]{4,15})\b"
)
_CAPITAL_MONTHS = frozenset({"de", "el", "en", "lb"})
_DECLINED_MONTHS = frozenset({"be", "cs", "hr", "hy", "pl", "ru", "sk", "sl", "tr", "uk"})


def _right_month(text: str, found: Number, meant: Number, language: str) -> Iterator[Edit]:
    """The name of the source's month; none where the "an" of "an August" would have to change as well."""
    (month,) = meant.values
    name = month_like(text[found.start : found.end], int(month), language)
    vowels = [initial.casefold() in "aeioué" for initial in (text[found.start], name[:1])]
    if name and (vowels[0] == vowels[1] or not _ELIDING.search(text[: found.start])):
        yield Edit(found.start, found.end, name)


_ELIDING = re.compile(r"\b(?:an?|d[ei])\s$", re.IGNORECASE)


def _dated(month: Number, found: Sequence[Number]) -> bool:
    """A day or a year stands beside the month, perhaps with "th of" or «de» between."""
    return any(
        month.start - 6 <= number.end <= month.start or month.end <= number.start < month.end + 6
        for number in found
        if number.kind in ("digits", "word", "han")
    )


class WeekdayCheck(SegmentCheck):
    """A day of the week that changed.

    ## What it flags
    The name of a day that the source does not have, where one day of the source is missing: «у вівторок»
    → ``on Thursday``, also beside other days that both sides name. The next day is left alone where a night
    is meant, since Sunday night may be the night to Monday.

    ## Why it matters
    The reader comes on the wrong day, and nothing in the sentence shows the mistake.

    ## Example
    «Засідання у вівторок» → ``The meeting is on Thursday``

    ## Fix
    None.
    """

    id = "weekday"
    category = "locale-conventions/date-format"
    severity = Severity.MAJOR
    precision = 0.9
    messages = {"changed": "“{found}” is another day than “{wanted}” of the source"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        after = list(weekdays(text))
        before = list(weekdays(source)) if after else []
        meant, written = {day for *_, day in before}, {day for *_, day in after}
        lost, new = meant - written, written - meant
        if not len(lost) == len(new) == 1:
            return
        (day,), (other,) = lost, new
        first, last = next((first, last) for first, last, at in before if at == day)
        start, end = next((start, end) for start, end, at in after if at == other)
        if (day - other) % 7 in (1, 6) and _may_be_night(
            source[max(0, first - _NEAR) : last + _NEAR], text[max(0, start - _NEAR) : end + _NEAR]
        ):
            return
        yield self.flag(segment, start, end, "changed", found=text[start:end], wanted=source[first:last])


_NEAR = 28
"""Characters around a day in which a word for the night is looked for."""


def _may_be_night(*texts: str) -> bool:
    """A night may be called by the day that it ends or by the day that it begins; midnight, where both
    sides say it, by one."""
    return any(map(_NIGHT.search, texts)) and not all(map(_MIDNIGHT.search, texts))


_MIDNIGHT = re.compile(
    r"midnight|minuit|mitternacht|medianoche|mezzanotte|meia-noite|middernacht|północ|půlno[cč]|полноч|північ|опівн"
    r"|午夜|半夜|真夜中|深夜0時|자정|आधी रात|منتصف الليل|gece ?yarısı",
    re.IGNORECASE,
)
_NIGHT = re.compile(
    r"\b(?:overnight|night|early hours|small hours|premières heures|nuit|nacht|noche|notte|noite|noc|ноч|ніч)"
    r"|північ|опівн|полноч|полуноч|midnight|minuit|północ|půlno|夜|晚|gece|밤|새벽|자정|रात|ليل",
    re.IGNORECASE,
)
