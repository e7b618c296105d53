"""How languages say a time of day in words. Patterns and numbers are in lower case."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["HAN", "HOURS_MORE", "SINO", "VAGUE", "WORDS"]

# In words, by language: patterns with a group for the hour (h), perhaps for the minutes (m), and what they
# add to the hour's minutes; «-m» takes the group's minutes away.
WORDS: Mapping[str, tuple[tuple[str, int | str], ...]] = {
    "en": (
        (r"half(?: |-)past {h}", 30),
        (r"(?:an? )?quarter past {h}", 15),
        (r"(?:an? )?quarter (?:to|of|before) {h}(?! (?:of|per)\b)", -15),
        (r"{m}(?: minutes)? past {h}", "m"),
        (r"{m}(?: minutes)? to {h}(?= in the| o['’]clock|[.,;]|$)", "-m"),
        (r"{h}(?= in the (?:early |late )?(?:morning|afternoon|evening)\b| at night\b| [ap]\.m\b)", 0),
        (r"{h} o['’]clock", 0),
    ),
    "de": (
        (r"dreiviertel {h}(?= uhr|[ ,.;](?!mal|so|der|des))", -15),
        (r"viertel vor {h}", -15),
        (r"viertel nach {h}", 15),
        (r"{m}(?: minuten)? vor halb {h}", "-30-m"),
        (r"{m}(?: minuten)? nach halb {h}", "-30m"),
        (r"(?:um|gegen|bis|ab|vor|nach|seit) (?P<t>halb {h})", -30),
        (r"{m}(?: minuten)? vor {h}(?= uhr|[.,;]|$)", "-m"),
        (r"{m}(?: minuten)? nach {h}(?= uhr|[.,;]|$)", "m"),
        (r"{h} uhr", 0),
        (r"{h}(?: uhr)?(?= (?:morgens|abends|nachmittags|vormittags|früh|nachts)\b)", 0),
    ),
    "nl": (
        (r"kwart (?:voor) {h}", -15),
        (r"kwart (?:over|na) {h}", 15),
        (r"(?:om|tegen|tot|vanaf|voor|na|rond) (?P<t>half {h})", -30),
        (r"{m}(?: minuten)? voor half {h}", "-30-m"),
        (r"{m}(?: minuten)? over half {h}", "-30m"),
        (r"{h} uur", 0),
    ),
    "fr": (
        (r"{h} heures? et demie?", 30),
        (r"{h} heures? et quart", 15),
        (r"{h} heures? moins le quart", -15),
        (r"{h} heures? moins {m}", "-m"),
        (r"midi et demie?", 30),
        (r"minuit et demie?", 30),
        (r"(?:à|vers|dès|avant|après|jusqu['’]à) {h} heures?(?! (?:de|d['’]|par|et|moins))", 0),
        (r"{h} heures?(?= du (?:matin|soir)\b| de l['’]après-midi)", 0),
    ),
    "es": (
        (r"las? {h} y media", 30),
        (r"las? {h} y cuarto", 15),
        (r"las? {h} menos cuarto", -15),
        (r"las? {h} menos {m}", "-m"),
        (r"las? {h} (?:en punto|de la (?:mañana|tarde|noche))", 0),
    ),
    "it": (
        (r"(?:le|alle|dalle|l['’]|all['’]) ?{h} e mezz[oa]", 30),
        (r"(?:le|alle|dalle|l['’]|all['’]) ?{h} e un quarto", 15),
        (r"(?:le|alle|dalle|l['’]|all['’]) ?{h} meno un quarto", -15),
        (r"(?:le|alle|dalle|l['’]|all['’]) ?{h} (?:in punto|di (?:mattina|sera|notte)"
        r"|del (?:mattino|pomeriggio))", 0),
    ),
    "pt": (
        (r"(?:às|à|as|das|pelas) {h} e meia", 30),
        (r"(?:às|à|as|das|pelas) {h} e (?:um )?quarto", 15),
        (r"um quarto para as {h}", -15),
        (r"(?:às|à|as|das|pelas) {h} menos (?:um )?quarto", -15),
        (r"(?:às|à) {h} (?:horas|em ponto|da (?:manhã|tarde|noite))", 0),
    ),
    "pl": (
        (r"wpół do {h}", -30),
        (r"(?:za )?kwadrans (?:przed|do) {h}", -15),
        (r"za kwadrans {h}", -15),
        (r"kwadrans po {h}", 15),
        (r"godzin(?:ie|ę|a|y) {h}", 0),
        (r"{h}(?= (?:rano|wieczorem|po południu|w nocy)\b)", 0),
    ),
    "cs": (
        (r"tři ?čtvrt[ěi] na {h}", -15),
        (r"třičtvrt[ěi] na {h}", -15),
        (r"čtvrt na {h}", -45),
        (r"(?:v|o|před|po|do|od|kolem) (?P<t>půl {h})", -30),
        (r"{h} hodin(?:y|u)?(?= ráno| večer| odpoledne| dopoledne| v noci)", 0),
        (r"{h}(?: hodin\w?)?(?= (?:ráno|večer|odpoledne|dopoledne)\b)", 0),
    ),
    "ru": (
        (r"(?:в |до |с |к |около )?половин[ауе] {h}", -30),
        (r"без четверти {h}", -15),
        (r"без {m}(?: минут)? {h}", "-m"),
        (r"четверть {h}", -45),
        (r"{m} минут[ыу]? {h}", "-60m"),
        (r"{h}(?: час(?:а|ов)?)?(?= (?:утра|вечера|дня|ночи)\b)", 0),
    ),
    "uk": (
        (r"(?:о )?(?:пів|половин[аіу]) на {h}", -30),
        (r"(?:о )?пів до {h}", -30),
        (r"(?:о )?пів (?:по|на) {h}", -30),
        (r"за чверть(?: до)? {h}", -15),
        (r"чверть на {h}", -45),
        (r"чверть (?:по|після) {h}", 15),
        (r"{h}(?: годин[иаіу]?)?(?= (?:ранку|вечора|дня|ночі)\b)", 0),
    ),
    "tr": (
        (r"saat {h} buçuk", 30),
        (r"saat {h}['’]?\w{0,3} çeyrek geçe", 15),
        (r"saat {h}['’]?\w{0,3} çeyrek kala", -15),
    ),
    "hi": (
        (r"सवा {h} बजे", 15),
        (r"सा(?:ढ़|\u095d)े {h} बजे", 30),
        (r"पौने {h} बजे", -15),
        (r"{h} बजकर {m} मिनट", "m"),
        (r"{h} बजे", 0),
    ),
    "ar": (
        (r"الساعة {h} والنصف", 30),
        (r"الساعة {h} ونصف", 30),
        (r"الساعة {h} و(?:ال)?ربع", 15),
        (r"الساعة {h} إلا (?:ال)?ربع\w?", -15),
        (r"الساعة {h}", 0),
        (r"{h}(?= (?:صباحا|مساء|فجرا|ظهرا|عصرا))", 0),
    ),
    "zh": (
        (r"{h}[点點]半", 30),
        (r"{h}[点點](?:钟|鐘)?一刻", 15),
        (r"{h}[点點](?:钟|鐘)?三刻", 45),
        (r"差一刻(?:钟|鐘)?{h}[点點]", -15),
        (r"{h}[点點]差一刻", -15),
        (r"{h}[点點](?:钟|鐘)?零?{m}分", "m"),
        (r"{h}[点點](?=[二三四五]?十){m}", "m"),
        (r"{h}[点點](?:钟|鐘|整|(?=[在前后後到至开開出举舉召，。、；]))", 0),
        (r"(?:(?<=上午)|(?<=下午)|(?<=晚上)|(?<=凌晨)|(?<=早上)|(?<=傍晚)|(?<=清晨)|(?<=中午)){h}[点點]", 0),
    ),
    "ja": (
        (r"{h}時半", 30),
        (r"{h}時{m}分前", "-m"),
        (r"{h}時{m}分", "m"),
        (r"{h}時(?![間代期点速計刻差])", 0),
    ),
    "ko": (
        (r"{h} ?시 ?반", 30),
        (r"{h} ?시 ?{m} ?분", "m"),
        (r"{h} ?시(?=[\s에까부와과,.]|$)", 0),
    ),
}  # fmt: skip
# The hour alone is said, and where it is not the one that runs: «в начале шестого» is some minutes past five.
VAGUE: Mapping[str, tuple[tuple[str, int], ...]] = {
    "ru": (
        (r"в (?:начале|конце|середине) {h}(?! (?:века|года|дня|тура|сезона|десятка|этажа|класса"
        r"|курса|раунда|месяца))", -60),
        (r"в {h} часу", -60),
    ),
    "uk": ((r"на (?:початку|прикінці) {h}(?! (?:століття|року|дня|туру|класу|місяця|десятка))", -60),),
    "en": ((r"(?:shortly|just|soon|(?:a )?(?:little|bit)|some time|minutes) (?:after"
        r"|past) {h}(?! [a-z]+s\b)", 0),),
    "de": ((r"kurz nach {h}(?= uhr|[.,;]|$)", 0),),
    "fr": ((r"(?:un )?peu après {h} heures?", 0),),
    "es": ((r"poco después de las? {h}", 0),),
    "it": ((r"poco dopo le {h}", 0),),
    "pl": ((r"(?:tuż|krótko|chwilę) po {h}", 0),),
    "cs": ((r"(?:krátce|chvíli|těsně) po {h}", 0),),
    "nl": ((r"(?:kort|even) na {h}", 0),),
}  # fmt: skip
HOURS_MORE = {
    "fr": {"une": 1, "neuf": 9, "midi": 12, "minuit": 12},
    "de": {"eins": 1, "ein": 1},
    "en": {"one": 1},
    "es": {"una": 1},
    "it": {"una": 1},
    "pt": {"uma": 1},
    "nl": {"één": 1, "een": 1},
    "pl": {"jeden": 1},
    "cs": {"jedné": 1, "jednu": 1, "druhé": 2},
    "ru": {"час": 1, "часа": 1},
    "tr": {"bir": 1, "biri": 1, "ikiyi": 2, "üçü": 3, "dördü": 4, "beşi": 5, "altıyı": 6, "yediyi": 7,
           "sekizi": 8, "dokuzu": 9, "onu": 10, "ikiye": 2, "üçe": 3, "dörde": 4, "beşe": 5, "altıya": 6,
           "yediye": 7, "sekize": 8, "dokuza": 9, "ona": 10},
    "hi": {"एक": 1, "दोपहर": 12},
    "ar": {"الواحدة": 1, "الثانية": 2, "الحادية عشرة": 11, "الثانية عشرة": 12},
    "zh": {"一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
           "十": 10, "十一": 11, "十二": 12},
    "ko": {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
           "열": 10, "열한": 11, "열두": 12},
}  # fmt: skip
SINO = {1: "일", 2: "이", 3: "삼", 4: "사", 5: "오", 6: "육", 7: "칠", 8: "팔", 9: "구"}
HAN = dict(enumerate("〇一二三四五六七八九"))
