"""Spellings and dates that differ between varieties of a language: British and American, German and Swiss.

A *system* is what a text chooses once: its spelling in general, -ise or -ize (Oxford writes -ize beside
*colour*), its order of day and month. Only words that one variety never writes are listed: *theatre* is
known to Americans, *theater* is not British; *program*, *license* and *practice* are everybody's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

__all__ = ["LANGUAGES", "REGIONS", "Reading", "readings"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch that shows a variety, and how another variety writes it."""

    start: int
    end: int
    system: str
    variety: str
    other: str


# Stems and endings of regular families, then pairs of words with the endings they share.
_OUR = (
    "arm behavi cand clam col demean discol dishon endeav fav ferv flav harb hon hum lab misdemean neighb "
    "od parl rum sav savi splend succ tum vap vig"
)
_OUR_ENDINGS = (
    "s ed ing ings er ers y al ally ful fully less ist ists able ably ite ites itism hood hoods ly"
).split()
_DOUBLED = (
    "cancel channel chisel counsel dial duel equal fuel funnel initial label level libel marshal marvel "
    "model panel pencil quarrel refuel relabel rival shovel signal snorkel swivel total travel trowel "
    "tunnel unravel"
)
_ISE = (
    "agon antagon apolog author capital categor central character civil colon commercial computer critic "
    "crystall custom decentral dehuman demilitar demobil destabil digit disorgan econom emphas energ "
    "equal fertil final formal general global hospital human hypothes ideal immun industrial "
    "international jeopard legal local marginal maxim memor mesmer militar minim mobil modern monopol "
    "national neutral normal optim organ patron penal personal plagiar polar popular pressur priorit "
    "privat public radical random rational real recogn reorgan revital revolution sanit scandal scrutin "
    "sensit serial social special stabil standard steril stigmat subsid summar symbol sympath synchron "
    "terror theor traumat urban util vandal verbal victim visual western"
)
_ISE_ENDINGS = "e es ed ing er ers ation ations ational".split()
_BOTH = """
centre center s|d|piece|pieces
fibre fiber s
litre liter s
kilometre kilometer s
centimetre centimeter s
millimetre millimeter s
calibre caliber s
sombre somber
meagre meager
sabre saber s
spectre specter s
lustre luster
defence defense s|less
offence offense s
pretence pretense s
grey gray s|ish|er|est|ing|ed
aluminium aluminum
plough plow s|ed|ing
sceptic skeptic s|al|ally|ism
pyjamas pajamas
jewellery jewelry
marvellous marvelous ly
woollen woolen s
skilful skillful ly
wilful willful ly
fulfil fulfill s|ment
instalment installment s
enrolment enrollment s
mould mold s|ed|ing|y
smoulder smolder s|ed|ing
cosy cozy
paediatric pediatric s|ian|ians
anaesthetic anesthetic s
anaesthesia anesthesia
haemorrhage hemorrhage s|d
haemoglobin hemoglobin
oestrogen estrogen s
oesophagus esophagus
diarrhoea diarrhea
leukaemia leukemia s
anaemia anemia
anaemic anemic
manoeuvre maneuver s
manoeuvred maneuvered
manoeuvring maneuvering
analyse analyze d|r|rs
analysing analyzing
paralyse paralyze d
paralysing paralyzing
catalyse catalyze d
catalysing catalyzing
counsellor counselor s
"""
_BRITISH_ALONE = """
cheque check s
tyre tire s
kerb curb s
programme program s
licence license s
practised practiced
practising practicing
foetus fetus es
foetal fetal
sulphur sulfur
ageing aging
storeys stories
metre meter s
draught draft s|y
encyclopaedia encyclopedia s
"""
_AMERICAN_ALONE = """
theatre theater s
catalogue catalog s
moustache mustache s|d
enrol enroll
distil distill s
"""
_EVERYBODYS = frozenset(
    "cancelled cancelling canceller cancellers humorist humorists humoral tumoral vaporer laborist".split()
)
"""Formed by the rules above, but written, or not written, on both sides of the ocean."""


def _english() -> dict[str, tuple[str, str, str]]:
    """Word → (system, variety, the word in the other variety)."""
    british: dict[str, str] = {}
    for stem in _OUR.split():
        for ending in ("", *_OUR_ENDINGS):
            british[f"{stem}our{ending}"] = f"{stem}or{ending}"
    for stem in _DOUBLED.split():
        for ending in ("ed", "ing", "er", "ers"):
            british[f"{stem}l{ending}"] = stem + ending
    british |= _pairs(_BOTH)
    american = {other: word for word, other in (british | _pairs(_AMERICAN_ALONE)).items()}
    british |= _pairs(_BRITISH_ALONE)
    found = {word: ("spelling", "British", other) for word, other in british.items()}
    found |= {word: ("spelling", "American", other) for word, other in american.items()}
    for stem in _ISE.split():
        for ending in _ISE_ENDINGS:
            one, other = f"{stem}is{ending}", f"{stem}iz{ending}"
            found |= {one: ("ending", "-ise", other), other: ("ending", "-ize", one)}
    return {word: entry for word, entry in found.items() if word not in _EVERYBODYS}


def _pairs(table: str) -> dict[str, str]:
    found = {}
    for row in table.strip().split("\n"):
        one, other, *endings = row.split()
        for ending in ("", *(endings[0].split("|") if endings else ())):
            found[one + ending] = other + ending
    return found


_SHARP = re.compile(
    "(?:(?:un|vier|mittel|über)?groß(?:e[mnrs]?|artig\\w*)?|größ(?:er|te)(?:e[mnrs]?|[mnrs])?|heiß(?:en|t|e[mnrs]?)?"
    "|weiß(?:e[mnrs]?|t)?|außer(?:dem|halb|ordentlich)?|draußen|außen|(?:ab|aus|ein|an)?schließ(?:en|t|lich)"
    "|fließ(?:en|t|end)|genieß(?:en|t)|dreißig|bloß|gemäß|regelmäßig\\w*|äußer(?:n|te|ten|st)"
    "|süß(?:e[mnrs]?)?|ließ(?:en)?|stieß(?:en)?|hieß(?:en)?|begrüß(?:en|t|te|ten)|(?:Neben|Haupt)?Straßen?"
    "|Maßnahmen?|Größen?|Füßen?|Fußball\\w*|Spaß|Grüßen?)"
)
_GERMAN_WORD = re.compile(r"(?<![\w@/\\#.-])\w+(?![\w@/-]|\.\w)")


def _sharp(word: str) -> str:
    """``word`` with the ß that German writes in it; "" where only a dictionary could tell."""
    written = word.replace("ss", "ß", 1)
    if _SHARP.fullmatch(written) or _SHARP.fullmatch(written[:1].lower() + written[1:]):
        return written
    return ""


def _german_words(text: str) -> Iterator[Reading]:
    for match in _GERMAN_WORD.finditer(text):
        word = match.group()
        if "ß" in word:
            yield Reading(*match.span(), "sharp", "ß", word.replace("ß", "ss"))
        elif "ss" in word and (written := _sharp(word)):
            yield Reading(*match.span(), "sharp", "ss", written)


_ENGLISH = _english()
_ENGLISH_WORD = re.compile(r"(?<![\w@/\\#.])[A-Za-z]{4,}(?![\w@/=(]|\.\w)")
_CODE = re.compile(r"<[^<>]*>|`[^`]*`|\{[^{}]*\}|https?://\S+|www\.\S+")
_SENTENCE_END = frozenset('.!?…:;«“„"‘([—–-•*')
_GAP = 8
"""Characters looked at on either side of a capital: enough for a mark, a quotation mark and spaces."""
_A_PARTY = frozenset(("labour", "labor"))


def _english_words(text: str) -> Iterator[Reading]:
    for match in _ENGLISH_WORD.finditer(text):
        word = match.group()
        entry = _ENGLISH.get(word.lower())
        if entry is None or (word[0].isupper() and _is_name(text, match)):
            continue
        system, variety, other = entry
        if word[0].isupper():
            other = other[0].upper() + other[1:]
        yield Reading(*match.span(), system, variety, other)


def _is_name(text: str, match: re.Match[str]) -> bool:
    """A capital inside a sentence, or before another one: Labour Party, World Health Organization."""
    word = match.group()
    before = text[max(0, match.start() - _GAP) : match.start()].rstrip()
    after = text[match.end() : match.end() + _GAP].lstrip()
    if len(word) > 1 and not word[1:].islower():
        return True
    inside = bool(before) and before[-1] not in _SENTENCE_END
    return inside or after[:1].isupper() or word.lower() in _A_PARTY


_MONTH = "(January|February|March|April|May|June|July|August|September|October|November|December)"
_BEFORE = r"(?<![\w.,/–-])(?<!\d[ \u00a0])(?<!\d and )(?<!\d or )(?<!\d to )(?<!th and )(?<!\d, )"
_AFTER = (
    r"(?=\s*(?:[.,;:)!?]|$)"
    r"|\s(?:in|at|and|to|the|that|when|after|before|with|of|for|as|by|was|is|he|she|it|they)\b)"
)
_NOT_MORE = r"(?!\w|\s?[–-]\s?\d|,?\s(?:and|or|to|through)\s\d)"
_DAY_FIRST = re.compile(
    rf"{_BEFORE}(\d{{1,2}})(?:st|nd|rd|th)?[ \u00a0]{_MONTH}(?:,?[ \u00a0](\d{{4}})(?!\w)|(?!,?\s\d){_AFTER})"
)
_MONTH_FIRST = re.compile(
    rf"(?<![\w-]){_MONTH}[ \u00a0](\d{{1,2}})(?:st|nd|rd|th)?{_NOT_MORE}"
    rf"(?:,?[ \u00a0](\d{{4}})(?!\w)|(?!,?\s?\d){_AFTER})"
)
_NAMES_OF_DAYS = frozenset((("September", "11"), ("July", "4"), ("May", "9")))
"""Days known by their date: 9/11 is September 11 to everybody."""


def _english_dates(text: str) -> Iterator[Reading]:
    found = []
    for match in _DAY_FIRST.finditer(text):
        day, month, year = match.groups()
        if year or (month, day) not in _NAMES_OF_DAYS:
            found.append((match, "day first", f"{month} {day}" + (f", {year}" if year else "")))
    for match in _MONTH_FIRST.finditer(text):
        month, day, year = match.groups()
        if year or (month, day) not in _NAMES_OF_DAYS:
            found.append((match, "month first", f"{day} {month}" + (f" {year}" if year else "")))
    for match, variety, other in found:
        yield Reading(*match.span(), "date", variety, other)


_READERS: Mapping[str, tuple[Callable[[str], Iterator[Reading]], ...]] = {
    "en": (_english_words, _english_dates),
    "de": (_german_words,),
}
LANGUAGES = frozenset(_READERS)
"""Base tags of the languages whose varieties are known."""

_AS_BRITISH = {"spelling": "British", "date": "day first"}
REGIONS: Mapping[str, Mapping[str, str]] = {
    **{f"en-{region}": _AS_BRITISH for region in ("GB", "IE", "AU", "NZ", "ZA")},
    "en-US": {"spelling": "American", "ending": "-ize", "date": "month first"},
    **{f"de-{region}": {"sharp": "ss"} for region in ("CH", "LI")},
    **{f"de-{region}": {"sharp": "ß"} for region in ("DE", "AT")},
}
"""Language and region → system → the variety that is right there, whatever the rest of the text does."""


def readings(text: str, lang: str) -> Iterator[Reading]:
    """The places of ``text`` that show a variety of ``lang``, code and addresses left out."""
    code = [match.span() for match in _CODE.finditer(text)]
    ends = [end for _, end in code]
    for reader in _READERS.get(lang, ()):
        for reading in reader(text):
            place = bisect_right(ends, reading.start)
            if place == len(code) or code[place][0] > reading.start:
                yield reading
