"""Which words of a text are proper names, without a model: capitals, word frequencies, dictionaries.

A word is taken for a name where it may be one; what institutions are called word by word, a nationality
or a month is none. Whether a name without a counterpart is an error is for others to judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from qa.lang import script
from qa.terms.frequency import common, known
from qa.terms.lemmas import lemma
from qa.terms.places import UNCASED, country_names, places
from qa.terms.senses.keys import morphology

__all__ = [
    "Bias",
    "Name",
    "Word",
    "abbreviation",
    "country",
    "names",
    "nationality",
    "placed",
    "telling",
    "title",
    "words",
]

Bias = Callable[[str], float | None]
"""How much more often a word is written with a capital (log); None for an unknown word."""

_WORD = re.compile(
    r"(?:(?<!\w)[A-Z]\.){2,4}|"
    r"[^\W\d_][^\W\d_\u0300-\u036f\u0900-\u0963]*(?:[\u0300-\u036f\u0900-\u0963]+[^\W\d_]*)*"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;»”\"“«„‘(\[\-–—•*/|>]|\n)[\s\W\d]*$")
_JOINT = re.compile(
    r"^(?:[ \u00a0]|[ \u00a0]?[-‐–][ \u00a0]?|\. ?|['’])(?:(?:de|del|della|di|da|do|dos|du|van|von|der|den|"
    r"la|le|el|al|bin|ibn|ben|zu|ter|af|los|las|des)[ -’']){0,2}$"
)
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december januar februar märz mai juni juli oktober dezember montag "
    "dienstag mittwoch donnerstag freitag samstag sonntag mr mrs ms miss sir lord lady dr prof mme mlle "
    "monsieur madame herr frau pan pani sr sra señor señora don doña god christmas easter english "
    "internet web ministry minister ministers university committee parliament parliamentary assembly "
    "senate congress council commission commissioner federation federal republic kingdom union agency "
    "institute foundation association society office bureau department department's district province "
    "county region state states city museum library church cathedral castle palace bridge square street "
    "avenue road river lake mountain mount island islands ocean sea bay gulf north south east west "
    "northern southern eastern western central college academy school hospital club football cup league "
    "championship olympics olympic games world prime president presidential chancellor king queen prince "
    "princess duke bishop pope saint st general colonel captain secretary chairman director attorney "
    "ambassador governor mayor democrats democrat democratic republican republicans labour labor "
    "conservative conservatives liberal liberals socialist socialists communist communists nazi nazis "
    "christian christians muslim muslims islam islamic islamist jewish jews jew catholic catholics "
    "protestant orthodox buddhist hindu bible quran bank stock exchange company corporation group "
    "international national organization organisation treaty constitution constitutional supreme court "
    "army navy force forces police airport station theatre theater festival prize award airlines "
    "université ministère ministre parlement assemblée sénat conseil fédération république royaume "
    "institut fondation société musée église cour banque bourse état états nord sud est ouest président "
    "universidad ministerio ministro parlamento asamblea senado consejo comisión federación república "
    "reino instituto fundación sociedad oficina museo iglesia corte tribunal banco bolsa estado estados "
    "norte sur este universe univers universo universum earth fatherland motherland sun moon satan "
    "vatican gmt star stars french dutch greek greeks swiss welsh coronavirus covid empire crusader "
    "crusaders chef chefs accord accords agreement agreements pact premier premiership oeste presidente "
    "ayuntamiento gobierno universität ministerium united nations allies affairs foreign fund security "
    "mountain garden gold golden silver green dieu gott бог hello seen could bc ad park parc conservateur "
    "conservateurs "
    "valley desert peninsula strait coast forest canyon cape party celsius fahrenheit consulate "
    "embassy news ltd inc "
    "corp municipality heritage treasury eighties nineties seventies sixties fifties forties "
    "thirties twenties dec nov "
    "sep oct aug jan feb centre center tower gate "
    "sąd trybunał prokuratura prokurator prokuratoria izba urząd ministerstwo minister rada sejm senat "
    "rząd rzecznik komisja komenda policja straż wojsko bank giełda spółka uniwersytet akademia szkoła "
    "szpital muzeum teatr okręgowy rejonowy apelacyjny najwyższy naczelny administracyjny konstytucyjny "
    "krajowy wojewódzki miejski powiatowy państwowy polityka społeczny obywatelski główny generalny "
    "krajowa okręgowa rejonowa najwyższa miejska narodowy narodowa województwo powiat gmina ulica plac most "
    "kościół katedra zamek pałac instytut fundacja stowarzyszenie związek partia unia europejski europejska "
    "soud tribunál zastupitelství žalobce žalobkyně komora úřad ministerstvo ministr rada sněmovna senát "
    "vláda policie armáda banka burza společnost univerzita škola nemocnice muzeum divadlo okresní krajský "
    "krajská vrchní nejvyšší vysoký ústavní správní městský městská obvodní státní národní hlavní kraj okres "
    "obec ulice náměstí most kostel katedrála hrad palác ústav nadace sdružení svaz strana unie evropský "
    "суд трибунал прокуратура прокурор палата министерство министр совет комиссия комитет дума сенат "
    "правительство полиция армия банк биржа компания университет академия школа больница музей театр "
    "верховный конституционный областной районный городской арбитражный апелляционный кассационный "
    "генеральный генпрокуратура генпрокурор государственный федеральный национальный "
    "міністерство міністр рада кабмін уряд поліція армія біржа компанія університет академія лікарня "
    "верховний конституційний обласний районний міський господарський апеляційний касаційний вищий "
    "антикорупційний генеральний генпрокуратура генпрокурор державний національний комісія комітет служба "
    "corte cassazione tribunale procura procuratore questura prefettura ministro ministero senato camera "
    "consiglio governo comune provincia regione polizia carabinieri guardia banca borsa società università "
    "scuola ospedale teatro costituzionale appello repubblica nazionale generale "
    "supremo superior tribunal justiça procuradoria ministério senado câmara assembleia governo polícia "
    "município prefeitura empresa bolsa universidade escola federal nacional geral "
    "rechtbank gerechtshof hof raad rechter officier justitie openbaar ministerie minister tweede eerste "
    "kamer senaat regering gemeente provincie politie leger beurs bedrijf universiteit school ziekenhuis "
    "hoge hoger beroep "
    "ministerie minister-president premier parlement kamer regering kabinet gemeente gemeenteraad raad "
    "provincie rijk koning koningin prins prinses staten-generaal universiteit hogeschool ziekenhuis kerk "
    "rechtbank gerechtshof grondwet politie vereniging stichting instituut unie meneer "
    "mevrouw dhr mevr noord zuid oost pasen kerstmis islamitisch islamitische joods joodse "
    "christelijk christelijke katholiek katholieke protestants protestantse bijbel koran "
    "ministério parlamento câmara governo assembleia república universidade faculdade academia igreja "
    "tribunal supremo constituição polícia exército marinha fundação instituto sociedade "
    "associação comissão conselho ministra senhor senhora rainha príncipe princesa papa santo santa "
    "são deus páscoa bíblia alcorão sul leste banco câmara município prefeitura secretaria secretário "
    "presidência comité comitê união nações unidas avenida praça hospital colégio escola rua museu".split()
)
"""Dictionary forms; those of Polish, Czech, Russian, Ukrainian, Italian, Portuguese and Dutch beside English,
French, Spanish and German."""
_PROPER = frozenset(("Name", "Surn", "Patr", "Geox", "Orgn"))
_COMMON, _COMMON_INSIDE = 3e-6, 2e-5
"""Share of running text from which a word of which the vocabulary knows nothing is no name, as the
first word of a sentence and inside it."""
_SURELY = 1.5
"""Bias towards a capital from which the first word of a sentence is a name."""
_SHORTEST = 3
_STEM = 5
"""Letters of a stem of ``places.tsv`` from which a word that begins like it is that place or its people."""
_SAME_IN_WORDS = frozenset(
    "BCE WWI WWII GMT CET COVID VAT ВОВ НДС ПДВ DPH EUR USD GBP CHF JPY CNY RMB INR RUB RUR UAH BYN KZT PLN "
    "CZK HUF RON BGN DKK NOK SEK TRY ILS BRL MXN ARS CLP COP CAD AUD NZD KRW SGD HKD TWD THB ZAR".split()
)
"""Abbreviations that other languages mostly write out: currencies, for one."""
_WORDS_FIRST: Mapping[str, re.Pattern[str]] = {
    lang: re.compile(f"(?:{endings})$")
    for lang, endings in {
        "en": "[a-z]{3}(?:ly|ing|ness|ment|tion|sion|less|ful|ously|ities|ability)|hm+",
        "fr": "[a-zé]{3}(?:ant|ez|ées?|és|ement|tions?|aient|euse|euses|ables?)",
        "es": "[a-zé]{3}(?:ando|iendo|mente|ción|ciones|ados?|adas?|idad)",
        "it": "[a-zé]{3}(?:ando|endo|mente|zione|zioni|at[oaie]|ità)",
        "pt": "[a-zé]{3}(?:ando|endo|mente|ção|ções|ad[oa]s?|idade)",
        "de": "[a-zé]{3}(?:ung|ungen|heit|keit|lich|weise)",
    }.items()
}
"""How words end that no list may know and that are hardly names where a sentence begins with them."""
_DECLINED = frozenset(("cs", "it", "pl", "ru", "uk"))
"""Languages whose words for institutions are met in other than their dictionary forms."""
_INDEFINITE = re.compile(r"\b(?:k?ein(?:e[mnrs]?)?|jede[mnrs]?|diese[mnrs]?) $", re.IGNORECASE)
"""What German sets before a noun and hardly before a name."""
_ROMAN = re.compile(r"^[IVXLC]+(?:e|er|ème|ième|th|st)?$")
_PEOPLE = re.compile(r"(?:ians?|ese|ish|ean|eans|ois|oise|aise|ais|isch\w{0,2}|ism|ist|ists)$", re.IGNORECASE)


class Word(NamedTuple):  # there are many, and tuples are made fastest
    """One word, its half-open code-point span, and whether it has a capital and begins a sentence."""

    text: str
    start: int
    end: int
    first: bool


@dataclass(frozen=True, slots=True)
class Name:
    """Words with capitals that stand together; ``sure`` are those that are taken for names."""

    words: tuple[Word, ...]
    sure: tuple[Word, ...]

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


@lru_cache(maxsize=512)
def words(text: str) -> tuple[Word, ...]:
    """The words of ``text`` in order."""
    found = []
    for match in _WORD.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        found.append(Word(word, start, end, word[0].isupper() and _begins(text, start)))
    return tuple(found)


def _begins(text: str, start: int) -> bool:
    if start > 1 and text[start - 1] == " " and (text[start - 2].isalnum() or text[start - 2] == ","):
        return False
    return _SENTENCE_START.search(text[max(0, start - 12) : start]) is not None


def names(text: str, lang: str, other: str, bias: Bias) -> list[Name]:
    """The names in ``text`` of language ``lang`` (base tags; ``other`` is the other side's language).

    In scripts without capitals only the places of the table are names. Empty for texts set in capitals.
    """
    if lang in UNCASED:
        return _uncased(text, lang)
    found = words(text)
    capital = [word for word in found if word.text[0].isupper()]
    if not capital or sum(map(str.isupper, text)) * 2 > sum(map(str.isalpha, text)):
        return []
    if len(found) >= 5 and 10 * len(capital) > 7 * len(found):
        return []  # a headline with capitals throughout
    out = []
    for group in _groups(text, capital):
        sure = tuple(word for word in group if _is_name(word.text, word.first, lang, other, bias))
        if lang == "de" and _INDEFINITE.search(text, 0, group[0].start):
            sure = tuple(word for word in sure if word is not group[0])  # «ein Loch» is no Loch Ness
        while group and group[0].first and group[0] not in sure and (bias(group[0].text) or 0.0) < 1.0:
            del group[0]  # a sentence began with it: «The», «Psychologist»
        if sure:
            out.append(Name(tuple(group), sure))
    return out


def _uncased(text: str, lang: str) -> list[Name]:
    found = []
    for start, end, ids in places(text, lang):
        # One Chinese character is a word more often than a place, and the name of a small country may
        # stand by chance in the transcription of another name (马里 in 波特马里恩).
        if end - start >= (2 if any(place.isdigit() for place in ids) else 3):
            word = Word(text[start:end], start, end, False)
            found.append(Name((word,), (word,)))
    return found


def country(word: str, lang: str) -> bool:
    """Whether ``word`` is the name of a country, in German also in the genitive."""
    low = word.lower()
    known_names = country_names(lang)
    return low in known_names or (lang == "de" and low.removesuffix("s") in known_names)


def _groups(text: str, capital: Sequence[Word]) -> list[list[Word]]:
    groups: list[list[Word]] = []
    for word in capital:
        between = text[groups[-1][-1].end : word.start] if groups else ""
        if _JOINT.match(between) and (between[0] != "." or len(groups[-1][-1].text) < 3):
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


@lru_cache(maxsize=50_000)
def _is_name(text: str, first: bool, lang: str, other: str, bias: Bias) -> bool:
    low = text.lower()
    if abbreviation(text):
        if len(text) < _SHORTEST or "." in text:  # EU, U.S.; not J.R.
            return any(end - start == len(text) for start, end, _ in places(text, lang))
        return text not in _SAME_IN_WORDS
    if len(text) < _SHORTEST or title(low) or (lang in _DECLINED and title(lemma(low, lang))):
        return False
    if not text[-1].islower() or _ROMAN.match(text) or _mixed(text):
        return False
    if country(text, lang) or placed(text, lang):
        return True
    if nationality(text, lang):
        return False
    if lang == "de":
        return _german(low, other)
    if lang in ("ru", "uk"):
        tagged = _tagged(low, first, lang, (bias(text) or 0.0) >= _SURELY)
        if tagged is not None:
            return tagged
    leaning = bias(text)
    if first and leaning is None and lang in _WORDS_FIRST and _WORDS_FIRST[lang].search(low):
        return False
    if leaning is None and lang == "en":
        leaning = bias(lemma(low, lang))
    if leaning is None:
        return common(lang).get(low, 0.0) < (_COMMON if first else _COMMON_INSIDE)
    return leaning >= (_SURELY if first else 0.3)


def placed(word: str, lang: str) -> bool:
    """Whether ``word`` begins like a place of the table or its people, and not by chance."""
    found = places(word, lang)
    if lang == "de":  # «Gebiet» begins the name of a country
        found = [place for place in found if any(map(str.isdigit, place[2]))]
    # Endings of two letters are cases: «Японії» begins with a stem of four.
    short = lang in ("ru", "uk")
    return any(
        start == 0 and (end >= _STEM or (short and end >= _STEM - 1 and len(word) - end <= 2))
        for start, end, _ in found
    )


def nationality(word: str, lang: str) -> bool:
    """Whether ``word`` ends as the names of peoples and their adjectives do; known of English alone."""
    return lang == "en" and _PEOPLE.search(word) is not None


def title(word: str) -> bool:
    """Whether ``word`` is written with a capital in titles and institutions, and translated there."""
    low = word.lower()
    return low in _NOT_NAMES or low.rstrip("s") in _NOT_NAMES


def abbreviation(text: str) -> bool:
    """Whether ``text`` is written in capitals alone, as abbreviations are (NATO, ООН), and no numeral."""
    return 2 <= len(text) <= 6 and text.isupper() and not _ROMAN.match(text)


def telling(text: str) -> bool:
    """Whether ``text`` is neither a numeral nor one of the abbreviations that are mostly written out."""
    return text not in _SAME_IN_WORDS and _ROMAN.match(text) is None


def _mixed(text: str) -> bool:
    """Letters of two alphabets: a slip of the keyboard, and no spelling to be compared."""
    return any("\u0400" <= letter <= "\u04ff" for letter in text) and any(
        "A" <= letter <= "z" for letter in text
    )


def _german(low: str, other: str) -> bool:
    """German writes all nouns with a capital: only what another language knows as well as it does."""
    here = known("de").get(low, 0.0)
    there = known(other if script(other) == "Latn" else "en").get(low, 0.0)
    return here < 1e-4 and there > 0 and there >= 0.1 * here


@lru_cache(maxsize=20_000)
def _tagged(low: str, first: bool, lang: str, capital: bool) -> bool | None:
    """What the dictionary of Russian or Ukrainian says; None for a word that is not in it. ``capital``
    says whether the vocabulary knows the word with a capital.

    Inside a sentence these languages write little but names with a capital: there one reading as a name
    will do («Путин» is the genitive of «путина» too), or a word too rare for an institution.
    """
    inside = [parse for parse in morphology(lang).parse(low) if parse.is_known]
    if not inside:
        return None
    proper = [_PROPER.isdisjoint(re.split("[ ,]", str(parse.tag))) is False for parse in inside]
    if first:
        # At the beginning only what is nothing else, or what the vocabulary mostly writes with a capital.
        return (proper[0] and all(proper[:3])) or (any(proper[:3]) and capital)
    listed = common(lang)
    return any(proper) or max(listed.get(low, 0.0), listed.get(inside[0].normal_form, 0.0)) < _COMMON
