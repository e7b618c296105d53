"""Units of measure and currencies, and the quantities of a text: numbers with the unit beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from qa.terms import durations
from qa.terms.numerals import Number, numbers

__all__ = ["CURRENCY", "Quantity", "named", "quantities"]

CURRENCY = "currency"
_TIME = "time"

# Kind of quantity → unit → how the languages write it directly after a number. Short signs need their
# case. Kinds whose names begin with those of another kind ("km" in "km/h") come first.
_UNITS: Mapping[str, Mapping[str, str]] = {
    "speed": {
        "km/h": r"k(?:m/h|ph|mh)\b|км/(?:ч|год)\b|(?i:kilom[eè]t(?:er|re)s? (?:per|an|pro"
        r"|à l['’]) ?(?:hour|heure|stunde)"
        r"|kilómetros por hora|километр\w* в час|кілометр\w* (?:на|за) годину)|公里每小时|公里/小时",
        "m/s": r"m/s\b|м/с\b|(?i:m[eè]t(?:er|re)s? (?:per|a|pro|par|à la) ?se[ck](?:ond|unde)"
        r"|metros por segundo"
        r"|метр\w* [вз]а? секунду)|米每秒|米/秒",
        "mph": r"mph\b|mi/h\b|(?i:mil(?:e|le)s? (?:per|an|à l['’]) ?(?:hour|heure)"
        r"|meilen pro stunde|millas por hora"
        r"|мил[ьияею]\w* (?:[вз]а?|на) (?:час|годину))|英里每小时|英里/小时",
    },
    "area": {
        "m²": r"m[²2]\b|м[²2]\b|(?i:sq(?:uare|\.)? ?m(?:et(?:er|re)s?)?\b|mètres? carr|quadratmeter"
        r"|metros? cuad|metri quad"
        r"|metros? quad|кв\. ?м\b|квадратн\w+ метр)|平方米|平方公尺|平方メートル",
        "km²": r"km[²2]\b|км[²2]\b|(?i:sq(?:uare|\.)? ?k(?:m\b|ilomet)|kilomètres? carr|quadratkilometer"
        r"|kilómetros? cuad|quilómetros? quad|quilômetros? quad|chilometri quad|кв\. ?км\b"
        r"|квадратн\w+ к[иі]лометр)"
        r"|平方公里|平方千米|平方キロ",
        "ha": r"ha\b|га\b|(?i:he[ck]tar|ettar|гектар)|公顷|ヘクタール",
        "acre": r"(?i:acres?\b|акр(?:а|ов|ів|и)?\b|akr[yóůa])|英亩|エーカー",
        "sq ft": r"(?i:sq(?:uare|\.)? ?f(?:ee)?t\b|pieds? carr|quadratfuß|pies? cuad|кв\. ?фут"
        r"|квадратн\w+ фут)|平方英尺",
        "sq mi": r"(?i:sq(?:uare|\.)? ?mi(?:les?)?\b|mil(?:le|la)s? (?:carr|cuad)|quadratmeile"
        r"|кв\. ?мил|квадратн\w+ мил)"
        r"|平方英里",
    },
    "length": {
        "mm": r"mm\b|мм\b|(?i:millim|миллим|мілім)|毫米|ミリメートル",
        "cm": r"cm\b|см\b|(?i:centim|zentim|сантим|centym)|厘米|センチ",
        "m": r"m\b(?![²³/])|м\b(?![²³/])|(?i:met(?:er|re)s?\b|mètres?\b|metr[oi]s?\b|metr(?:y|ów|ů)?\b"
        r"|метр)|米(?!尔)|メートル",
        "km": r"km\b(?![²³/])|км\b(?![²³/])|(?i:kilom[eè]t|kilómetr|quil[óô]metr|chilometr|kilometr|километр"
        r"|кілометр)|公里|千米|キロメートル",
        "mile": r"(?i:miles?\b|mi\b|milles\b|meilen?\b|mill?as?\b|migli[ao]\b|milhas?\b|mijl|mil\b"
        r"|míl[eí]?\b|миль|мил[яиею]\b"
        r"|милях?\b|милям)|英里|マイル",
        "yard": r"(?i:yards?\b|yardas?\b|ярд)|码|ヤード",
        "ft": r"ft\b|(?i:feet\b|foot\b|pieds?\b|fuß\b|pies?\b|piedi\b|фут(?:а|ов|ів|и|ам|ами|ах)?\b"
        r"|stóp|stopy?\b)|英尺|フィート",
        "in": r"(?i:inch|pouces?\b|zoll\b|pulgadas?\b|pollic|polegad|дюйм|cal[ie]\b|palc[eůy]\b)|英寸|インチ",
    },
    "weight": {
        "mg": r"mg\b|мг\b|(?i:millig|миллигр|мілігр)|毫克|ミリグラム",
        "g": r"g\b|г\b(?!\.)|(?i:gram(?:m|me|s|mes|mos?|mi)?s?\b|граммо?в?\b|грам(?:ів|и)?\b)"
        r"|克(?!拉)|グラム",
        "kg": r"kg\b|кг\b|(?i:kilogr|kilos?\b|килогр|кілогр)|公斤|千克|キログラム|キロ(?!メ)",
        "t": r"(?i:tonne[ns]?\b|tons?\b|тонн)|吨|トン",
        # Money as well: a pound is compared with other weights and with other currencies.
        "lb": r"(?i:lbs?\b|pounds?\b(?! sterling)|livres?\b(?! sterling)|pfund\b|libras?\b"
        r"|libbr[ae]|funt(?:y|ów)?\b"
        r"|фунт(?:а|ов|ів|и)?\b)|磅|ポンド",
        "oz": r"(?i:oz\b|ounces?\b|onces?\b|unzen?\b|onzas?\b|унци)|盎司|オンス",
    },
    "volume": {
        "ml": r"m[lL]\b|мл\b|(?i:millil|миллил|мілілі)|毫升",
        "l": r"[lL]\b|л\b|(?i:lit(?:er|re)s?n?\b|litr|литр|літр)|升|リットル",
        "gal": r"(?i:gal\b|gallons?\b|gallonen\b|galones\b|галлон|галон)|加仑|ガロン",
    },
    "temperature": {
        "°C": r"°\s?C\b|℃|°\s?С\b|(?i:(?:degrees?|degrés?|grad|grados|gradi|graus"
        r"|градус\w*)(?: по)? (?:celsius|centigrade"
        r"|цельси))|摄氏度|摂氏度",
        "°F": r"°\s?F\b|℉|(?i:(?:degrees?|degrés?|grad|grados|gradi|graus"
        r"|градус\w*)(?: по)? (?:fahrenheit|фаренгейт))"
        r"|华氏度|華氏度",
    },
    "data": {
        "KB": r"[kK]i?B\b|[kK]o\b|[КкK][Бб]\b|(?i:kilobyte|kilooctet|килобайт|кілобайт)|千字节",
        "MB": r"Mi?B\b|Mo\b|М[Бб]\b|(?i:megabyte|mégaoctet|мегабайт)|兆字节|メガバイト",
        "GB": r"Gi?B\b|Go\b|Г[Бб]\b|(?i:gigabyte|gigaoctet|гигабайт|гігабайт)|ギガバイト",
        "TB": r"Ti?B\b|To\b|Т[Бб]\b|(?i:terabyte|téraoctet|терабайт)|テラバイト",
    },
    "data rate": {
        "Kbit/s": r"[kK]b(?:it|ps|/s)|Кбит|кбит|(?i:kilobit|килобит)",
        "Mbit/s": r"Mb(?:it|ps|/s)|Мб[иі]т|(?i:megabit|mégabit|мегабит|мегабіт)",
        "Gbit/s": r"Gb(?:it|ps|/s)|Гб[иі]т|(?i:gigabit|гигабит|гігабіт)",
    },
    CURRENCY: {
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
_COMPOUND = frozenset({"speed", "area"})
_SPACE = "[ \u00a0\u202f-]?"
# «1,2 million de dollars», «85 миллионов евро», "85 billion US dollars"
_SCALE = (
    r"(?:(?:thousand|[mb]illi(?:on|ard|arden)\w*|[mt]rilli\w+|mln|mld|mrd|mio|тыс\w*|тис\w*"
    r"|миллион\w*|миллиард\w*"
    r"|мільйон\w*|мільярд\w*|млн|млрд|mill[oó]n\w*|mille|mil|millones|tysi\w+|[bm]n|万"
    r"|亿)\.?\s?)?(?:d[e’']\s?|di\s)?"
)
_BEFORE = {"GBP": "£", "EUR": "€", "USD": "$"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: ``text[start:end]``, to the end of the word."""

    values: frozenset[str]
    kind: str
    unit: str
    start: int
    end: int

    def equals(self, other: Quantity) -> bool:
        """Whether it may be the same number of the same kind of unit."""
        return self.kind == other.kind and not self.values.isdisjoint(other.values)


@cache
def _written(language: str) -> Mapping[str, Mapping[str, str]]:
    """Kind → unit → how ``language`` writes it: its own words for times, those of all for the rest."""
    times = {
        unit: f"(?i:{names[language]})" for unit, (_, names) in durations.UNITS.items() if language in names
    }
    return {**_UNITS, _TIME: times} if times else _UNITS


@cache
def _after(language: str) -> Mapping[str, tuple[re.Pattern[str], tuple[str, ...]]]:
    """Kind → (what follows a number, the units of its groups)."""
    return {
        kind: (
            re.compile(
                f"{_SPACE}{_SCALE if kind == CURRENCY else ''}"
                f"(?:{'|'.join(f'({written})' for written in table.values())})"
            ),
            tuple(table),
        )
        for kind, table in _written(language).items()
    }


@cache
def named(kind: str, unit: str, language: str) -> re.Pattern[str]:
    """What names the unit anywhere in a text of ``language``."""
    written = _written(language).get(kind, {}).get(unit)
    return re.compile(rf"(?<![^\W\d_])(?:{written})" if written else r"(?!)")


def quantities(text: str, language: str) -> list[Quantity]:
    """The numbers of ``text`` with a unit directly after them (or the sign of a currency before)."""
    return [
        quantity
        for number in numbers(text, language)
        if number.kind not in ("month", "roman")
        for quantity in _of(number, text, language)
    ]


def _of(number: Number, text: str, language: str) -> Iterator[Quantity]:
    """The quantities that a number may belong to; a pound is a weight and a currency."""
    ahead = text[max(0, number.start - 2) : number.start].rstrip()
    for unit, sign in _BEFORE.items():
        if ahead.endswith(sign):
            start = text.rindex(sign, 0, number.start)
            yield Quantity(number.values, CURRENCY, unit, start, number.end)
            return
    for kind, (pattern, units) in _after(language).items():
        match = pattern.match(text, number.end)
        if match is None or match.lastindex is None:
            continue
        unit = units[match.lastindex - 1]
        if number.kind != "digits" and len(match[match.lastindex]) < 3 and text.isascii():
            continue  # signs stand beside digits: «un l» is no litre
        if kind == _TIME and _no_time(number, unit, ahead):
            continue
        yield Quantity(number.values, kind, unit, number.start, _word_end(text, match.end()))
        if kind in _COMPOUND:
            return


def _no_time(number: Number, unit: str, ahead: str) -> bool:
    """«в 2008 году», the minutes of 0:30, the lower part of 3/4."""
    return ahead.endswith((":", "/")) or (
        unit == "year" and any(len(value) == 4 and value[:2] in ("18", "19", "20") for value in number.values)
    )


def _word_end(text: str, end: int) -> int:
    """The end of the word that a stem begins; Chinese and Japanese leave no space after it."""
    while end < len(text) and text[end - 1].isalpha() and text[end].isalpha() and text[end] < "⺀":
        end += 1
    return end
