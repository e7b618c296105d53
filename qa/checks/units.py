"""Units of measure, currencies, months and days of the week that changed on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Flag, Segment, Severity
from qa.terms.numerals import Number, numbers
from qa.terms.weekdays import weekdays

__all__ = ["MonthCheck", "UnitsCheck", "WeekdayCheck"]

_CURRENCY = "currency"

# Kind of quantity → unit → how the languages write it directly after a number. Short signs need their
# case; «livre» and "pound" are left out as weights, since they are more often money.
_UNITS: Mapping[str, Mapping[str, str]] = {
    "length": {
        "mm": r"mm\b|мм\b|(?i:millim|миллим|мілім)|毫米",
        "cm": r"cm\b|см\b|(?i:centim|zentim|сантим|centym)|厘米",
        "m": r"m\b(?![²³/])|м\b(?![²³/])|(?i:met(?:er|re)s?\b|mètres?\b|metr[oi]s?\b|metr(?:y|ów|ů)?\b"
        r"|метр)|米(?!尔)",
        "km": r"km\b(?![²³/])|км\b(?![²³/])|(?i:kilom[eè]t|kilómetr|quilómetr|kilometr|километр|кілометр)"
        r"|公里|千米",
    },
    "weight": {
        "mg": r"mg\b|мг\b|(?i:millig|миллигр|мілігр)|毫克",
        "g": r"g\b|г\b(?!\.)|(?i:gram(?:m|me|s|mes|mos?|mi)?s?\b|граммо?в?\b|грам(?:ів|и)?\b)|克(?!拉)",
        "kg": r"kg\b|кг\b|(?i:kilogr|kilos?\b|килогр|кілогр)|公斤|千克",
        "t": r"(?i:tonne[ns]?\b|tons?\b|тонн)|吨",
    },
    "volume": {
        "ml": r"m[lL]\b|мл\b|(?i:millil|миллил|мілілі)|毫升",
        "l": r"[lL]\b|л\b|(?i:lit(?:er|re)s?n?\b|litr|литр|літр)|升",
    },
    _CURRENCY: {
        "GBP": r"£|GBP\b|(?i:pounds?(?: sterling)?\b|livres? sterling|pfund(?: sterling)?\b|libras? esterlin"
        r"|sterlin|фунт\w*(?: стерлинг\w*)?)|英镑",
        "EUR": r"€|EUR\b|(?i:euros?\b|евро\b|євро\b)|欧元",
        "USD": r"(?:US)?\$|USD\b|(?i:(?:us )?dollars?\b|dollari?\b|dólar(?:es)?\b|доллар|долар|dolar)|美元",
        "JPY": r"JPY\b|(?i:yens?\b|иен|йен|єн(?:а|и|у)?\b)|日元",
        "CNY": r"CNY\b|(?i:yuans?\b|юан)|人民币",
        "RUB": r"₽|RUB\b|(?i:rub(?:el|le|ly?a)s?\b|roubles?\b|рубл)|卢布",
        "UAH": r"₴|UAH\b|(?i:hryvn\w+|гривн\w*|гривен)|格里夫纳",
        "CHF": r"CHF\b|(?i:swiss francs?|schweizer franken|francs suisses)|瑞士法郎",
    },
}
_SPACE = "[ \u00a0\u202f-]?"
# «1,2 million de dollars», «85 миллионов евро», "85 billion US dollars"
_SCALE = (
    r"(?:(?:thousand|[mb]illi(?:on|ard|arden)\w*|[mt]rilli\w+|mln|mld|mrd|mio|тыс\w*|тис\w*|миллион\w*|миллиард\w*"
    r"|мільйон\w*|мільярд\w*|млн|млрд|mill[oó]n\w*|mille|mil|millones|tysi\w+|[bm]n|万|亿)\.?\s?)?(?:d[e’']\s?|di\s)?"
)
_AFTER = {
    kind: {
        unit: re.compile(rf"{_SPACE}{_SCALE if kind == _CURRENCY else ''}(?:{written})")
        for unit, written in table.items()
    }
    for kind, table in _UNITS.items()
}
_BEFORE = {"GBP": "£", "EUR": "€", "USD": "$"}
_ANYWHERE = {
    (kind, unit): re.compile(rf"(?<![^\W\d_])(?:{written})")
    for kind, table in _UNITS.items()
    for unit, written in table.items()
}


class UnitsCheck(SegmentCheck):
    """A number whose unit of measure or currency changed.

    ## What it flags
    The same number with another unit of the same kind of quantity: 30 cm → ``30 mm``, £1.2 million →
    ``1,2 million de dollars``. A unit that both sides name elsewhere, and converted amounts (another
    number), are left alone. Lengths, weights, volumes and the common currencies are known. A number that
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
        source, text = segment.source, segment.target
        yield from self._signs(segment)
        if not any(char.isdigit() for char in source) or not any(char.isdigit() for char in text):
            return
        before = list(_quantities(source, numbers(source, lang.base(context.source_lang))))
        if not before:
            return
        for number, kind, unit, start, end in _quantities(
            text, numbers(text, lang.base(context.target_lang))
        ):
            same = [item for item in before if item[1] == kind and item[0].values & number.values]
            if not same or any(item[2] == unit for item in same):
                continue
            _, _, meant, first, last = same[0]
            if _ANYWHERE[kind, meant].search(text) or _ANYWHERE[kind, unit].search(source):
                continue  # both are given, or the two changed places
            category = "locale-conventions/currency-format" if kind == _CURRENCY else None
            yield self.flag(
                segment,
                start,
                end,
                "changed",
                category=category,
                found=text[start:end],
                wanted=source[first:last],
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


def _quantities(text: str, found: Sequence[Number]) -> Iterator[tuple[Number, str, str, int, int]]:
    """(number, kind, unit, start, end) of every number written in digits with its unit."""
    for number in found:
        if number.kind != "digits":
            continue
        sign = next(
            (
                unit
                for unit, sign in _BEFORE.items()
                if text[max(0, number.start - 2) : number.start].rstrip().endswith(sign)
            ),
            "",
        )
        if sign:
            yield number, _CURRENCY, sign, text.rindex(_BEFORE[sign], 0, number.start), number.end
            continue
        for kind, table in _AFTER.items():
            for unit, pattern in table.items():
                if match := pattern.match(text, number.end):
                    yield number, kind, unit, number.start, match.end()
                    break


class MonthCheck(SegmentCheck):
    """A date whose month changed.

    ## What it flags
    The name of a month beside a day or a year where the source's only date has another month:
    «12 липня» → ``12 June``.

    ## Why it matters
    The names of months that end alike or are false friends between languages are easily confused.

    ## Example
    «12 липня» → ``12 June``

    ## Fix
    None.
    """

    id = "month"
    category = "locale-conventions/date-format"
    severity = Severity.MAJOR
    precision = 0.9
    messages = {"changed": "“{found}” is another month than “{wanted}” of the source"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        before = _months(source, numbers(source, lang.base(context.source_lang)))
        after = _months(text, numbers(text, lang.base(context.target_lang)))
        if len({value for month in before for value in month.values}) != 1 or len(before) != len(after):
            return
        for one, other in zip(before, after, strict=True):
            if not one.values & other.values and _dated(source, one) and _dated(text, other):
                yield self.flag(
                    segment, other.start, other.end, "changed",
                    found=text[other.start : other.end], wanted=source[one.start : one.end],
                )  # fmt: skip


def _months(text: str, found: Sequence[Number]) -> list[Number]:
    return [number for number in found if number.kind == "month"]


def _dated(text: str, month: Number) -> bool:
    """A day or a year stands beside the month."""
    around = text[max(0, month.start - 4) : month.start] + text[month.end : month.end + 4]
    return any(char.isdigit() for char in around)


class WeekdayCheck(SegmentCheck):
    """A day of the week that changed.

    ## What it flags
    The name of a day where each side names one day of the week and the two are not the same: «у вівторок»
    → ``on Thursday``. Nights are left alone, since Sunday night may be the night to Monday.

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
        days = {day for _, _, day in before}, {day for _, _, day in after}
        if not len(days[0]) == len(days[1]) == 1 or days[0] == days[1]:
            return
        if _NIGHT.search(source) or _NIGHT.search(text):
            return
        (first, last, _), (start, end, _) = before[0], after[0]
        yield self.flag(segment, start, end, "changed", found=text[start:end], wanted=source[first:last])


_NIGHT = re.compile(
    r"\b(?:overnight|night|early hours|small hours|premières heures|nuit|nacht|noche|notte|noite|noc|ноч|ніч)"
    r"|midnight|夜|晚|gece",
    re.IGNORECASE,
)
