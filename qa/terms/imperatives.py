"""Imperatives that show by their form whom they address: «ouvrez», «appelle», «wähle», «откройте».

Looked for where a sentence or the main clause behind its first comma begins, and only in shapes that are
hardly anything else there: a wrong reading would accuse a translator. Polish is left out, where software
says «kliknij» to everybody, and Dutch and Portuguese, whose forms do not tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from qa.terms.address_forms import Address, Form
from qa.terms.frequency import known
from qa.terms.lemmas import lemma
from qa.terms.senses.keys import morphology

__all__ = ["IMPERATIVES", "imperatives"]

_OPENING = r"(?:^|(?<=[.!?…:;])\s)[\s\d.)(•*–—-]*"
"""The start of a sentence, with the number of a list."""
_FIRST_WORDS: Mapping[str, str] = {
    "fr": "si|quand|lorsque|pour|avant|après|en|dans|à|au|aux|sur|dès|pendant|avec|sans|ensuite|puis|enfin",
    "de": "wenn|falls|um|bevor|nachdem|sobald|sofern|dazu|danach|dann|zum|zur|für|bei|nach|vor",
    "es": "si|cuando|para|antes|después|en|al|con|tras|durante|sin|luego|primero|por",
    "it": "se|quando|per|prima|dopo|in|nel|nella|nei|al|alla|a|con|durante|senza|poi|infine|da",
    "ru": "если|когда|чтобы|для|перед|после|при|в|во|на|затем|потом|сначала|с|прежде|как",
    "uk": "якщо|коли|щоб|для|перед|після|при|в|у|на|потім|спочатку|з|перш",
}
"""With these begins what stands before a main clause and is not its subject."""
_DETERMINER: Mapping[str, str] = {
    "fr": r"(?:le|la|les|un|une|des|du|ton|ta|tes|votre|vos|ce|cette|ces|cet|tous|toutes|bien)\b|l['’]",
    "de": r"(?:den|das|die|einen|eine|ein|deine?[nms]?|dir|dich|diese[ns]?|alle|auf|bitte|zuerst|jetzt)\b",
    "es": r"(?:el|la|los|las|un|una|en|al|a|tu|tus|su|sus|este|esta|clic|con|todos|todas|siempre|que)\b",
    "it": r"(?:il|lo|la|i|gli|le|un|una|uno|su|sul|sulla|in|al|alla|tutti|tutte|di|che)\b|l['’]|un['’]",
}
_NEGATED = {
    "fr": r"n(?:e\s+|['’])",
    "de": "",
    "es": r"no\s+",
    "it": r"non\s+",
    "ru": r"не\s+",
    "uk": r"не\s+",
}

_FR_NO_VERB = frozenset(
    "elle ville juste formule reste demeure manque arrive vive passe entre contre outre place quitte note "
    "suite marche cherche une cette comme presque aucune chaque notre votre".split()
)
_RARE = 1e-7
"""Share of running text below which what looks like an infinitive is a name or a misspelling: «eller»."""
_FR_SHORT = frozenset(
    "choisis prends mets fais va viens lis ouvre saisis remplis attends réponds écris tiens clique "
    "descends bois reviens reprends remets couvre découvre offre".split()
)
_DE_STRONG = frozenset("nimm lies gib sieh hilf vergiss iss sprich wirf miss".split())
_DE_SHORT = frozenset("komm geh lass schau mach hol stell leg kauf ruf frag wart prüf schreib".split())
_DE_NO_VERB = frozenset(
    "hoffe denke glaube finde wünsche freue habe sei möge werde wolle gebe komme liebe suche frage bitte "
    "danke könne dürfe solle".split()
)
_ES: Mapping[str, str] = {
    "haz": "haga", "pon": "ponga", "ve": "vaya", "ven": "venga", "sal": "salga", "ten": "tenga", "di": "diga",
    "pulsa": "pulse", "selecciona": "seleccione", "introduce": "introduzca", "elige": "elija", "abre": "abra",
    "cierra": "cierre", "escribe": "escriba", "guarda": "guarde", "comprueba": "compruebe", "usa": "use",
    "utiliza": "utilice", "inicia": "inicie", "espera": "espere", "conecta": "conecte",
    "descarga": "descargue", "desconecta": "desconecte", "instala": "instale", "lee": "lea", "sigue": "siga",
    "consulta": "consulte",
    "evita": "evite", "visita": "visite", "prueba": "pruebe", "toma": "tome", "llama": "llame",
    "acude": "acuda", "envía": "envíe", "rellena": "rellene", "completa": "complete", "busca": "busque",
    "reserva": "reserve", "recuerda": "recuerde", "mira": "mire", "añade": "añada", "mezcla": "mezcle",
    "corta": "corte", "deja": "deje", "coloca": "coloque", "lava": "lave", "limpia": "limpie",
    "apaga": "apague", "enciende": "encienda", "gira": "gire", "presiona": "presione", "mantén": "mantenga",
    "reinicia": "reinicie", "retira": "retire", "inserta": "inserte", "configura": "configure",
    "comparte": "comparta", "cambia": "cambie", "crea": "cree", "marca": "marque", "accede": "acceda",
    "contacta": "contacte", "entra": "entre", "sube": "suba", "baja": "baje", "coge": "coja", "bebe": "beba",
    "come": "coma", "camina": "camine", "pide": "pida", "pregunta": "pregunte", "olvides": "olvide",
}  # fmt: skip
_ES_POLITE = frozenset(_ES.values()) - {"entre", "complete", "coma", "corte", "reserve"}
_ES_GLUED = re.compile(r"\w*[áéíóú]\w*[ae](?P<end>te|se)$|(?:pon|haz|vete|ven)(?P<short>te|lo|la)$")
_IT_BARE = frozenset(
    "prendi apri scegli inserisci premi leggi scrivi metti chiudi riempi accendi spegni attendi aggiungi "
    "rispondi vai fai vieni tieni rimuovi scarica clicca seleziona controlla guarda prova usa inizia "
    "salva visita segui scopri ricorda evita utilizza verifica imposta compila chiama cerca lascia porta "
    "aspetta invia digita tocca collega installa modifica cammina sali scendi percorri chiedi".split()
)
_IT_GLUED = re.compile(r"(?P<stem>\w{2,}[ai])(?:ti|lo|la|li|le|ne|ci|mi|telo|tela)$")
_IT_PLURAL = re.compile(r"(?P<stem>\w{2,}[aei]te)(?:vi|lo|la|li|le|ne|ci|mi)?$")
_IT_SEVERAL = re.compile(
    r"\b(?:(?P<sure>\w{2,}ete)|(?:se|quando|che|finché|mentre)\s+(?:non\s+)?(?:[vclm]i\s+)?(?P<told>\w{2,}[ai]te))\b",
    re.IGNORECASE,
)
_IT_NOUNS = frozenset("estate sete lite vite parete rete quiete frate abate magnate primate ondate".split())
_RU_PARTICLES = frozenset(
    "давай пусть хай будь знай дай стой постой пой смотри глядь поди иди нехай бывай прощай хватай "
    "здравствуй здравствуйте извини прости".split()
)
_WE = re.compile("incl|1per")
"""«откроемте», «відкриймо»: the speaker as well."""
_UNREAL = re.compile(r"\bбы?\b|\bб\b", re.IGNORECASE)

IMPERATIVES = frozenset(_FIRST_WORDS)
"""Base tags of the languages whose imperatives are known."""


@cache
def _places(lang: str) -> re.Pattern[str]:
    word = r"(?P<word>[^\W\d_]{2,}(?:-(?:toi|le|la|les|moi|lui|leur|nous|vous|y|en)\b)?)"
    intro = rf"(?:(?:{_FIRST_WORDS[lang]})\b[^,.!?…:;\n]{{1,80}},\s+)?"
    return re.compile(
        rf"{_OPENING}{intro}(?P<no>{_NEGATED[lang]})?{word}(?P<rest>[^.!?…]*)(?P<end>[.!?…]?)", re.I
    )


def imperatives(text: str, lang: str) -> list[Form]:
    """The imperatives of ``text``, in order; ``lang`` is a base tag. Empty for a language not known.

    Italian, which leaves its pronouns out, adds the other verbs that address several people.
    """
    if lang not in IMPERATIVES:
        return []
    found = list(_found(text, lang))
    if lang == "it":
        found += [form for form in _voi(text) if all(form.start != other.start for other in found)]
    return sorted(found, key=lambda form: form.start)


def _found(text: str, lang: str) -> Iterator[Form]:
    for match in _places(lang).finditer(text):
        if match["end"] == "?":
            continue
        address = _READ[lang](match["word"].lower(), match["rest"].lstrip(), bool(match["no"]))
        if address is not None:
            yield Form(*match.span("word"), match["word"], address)


def _voi(text: str) -> Iterator[Form]:
    """«Se preferite», «potete»: verbs in the second person plural that are no participles."""
    for match in _IT_SEVERAL.finditer(text):
        word = match["sure"] or match["told"]
        ending = "ere" if match["sure"] else ("are", "ire")
        if word.lower() not in _IT_NOUNS and lemma(word.lower(), "it").endswith(ending):
            yield Form(match.end() - len(word), match.end(), word, Address.PLURAL)


def _followed(rest: str, lang: str) -> bool:
    return re.match(_DETERMINER[lang], rest, re.IGNORECASE) is not None


def _french(word: str, rest: str, denied: bool) -> Address | None:
    verb, hyphen, clitic = word.partition("-")
    if clitic == "vous" and not verb.endswith("ez"):
        return None
    if verb in ("faites", "dites") or (
        verb.endswith("ez") and lemma(verb, "fr").endswith(("er", "ir", "re"))
    ):
        # «Avez-vous fini» asks, «Asseyez-vous» does not: what may be a question is left alone
        return None if clitic == "vous" else Address.EITHER
    if clitic in ("nous", "vous", "") and hyphen:
        return None
    told = bool(hyphen) or (
        re.match(r"(?:pas|jamais|rien|plus)\b", rest) if denied else _followed(rest, "fr")
    )
    if not told or verb in _FR_NO_VERB:
        return None
    if verb in _FR_SHORT or (
        verb.endswith("e") and len(verb) > 3 and known("fr").get(f"{verb}r", 0.0) > _RARE
    ):
        return Address.FAMILIAR
    return None


def _german(word: str, rest: str, denied: bool) -> Address | None:
    if re.match(r"(?:ich|sie|er|es|wir|ihr)\b", rest, re.IGNORECASE):
        return None
    if word in _DE_STRONG or (word in _DE_SHORT and _followed(rest, "de")):
        return Address.FAMILIAR
    if word.endswith("e") and word not in _DE_NO_VERB and _followed(rest, "de"):
        base = lemma(word, "de")
        return Address.FAMILIAR if base == f"{word}n" or base == f"{word[:-1]}en" else None
    return None


def _spanish(word: str, rest: str, denied: bool) -> Address | None:
    if glued := _ES_GLUED.match(word):
        return Address.POLITE if glued["end"] == "se" else Address.FAMILIAR
    if denied and word != "olvides" and word != "olvide":
        return None  # «no abra» may be somebody who must not, «no abre» says what is
    if not _followed(rest, "es"):
        return None
    if word in _ES:
        return Address.FAMILIAR
    return Address.POLITE if word in _ES_POLITE else None


def _italian(word: str, rest: str, denied: bool) -> Address | None:
    if denied:
        return None
    verbal = ("are", "ere", "ire", "rre")
    if (
        (plural := _IT_PLURAL.match(word))
        and word not in _IT_NOUNS
        and lemma(plural["stem"], "it").endswith(verbal)
    ):
        return Address.PLURAL
    if word in _IT_BARE and _followed(rest, "it"):
        return Address.FAMILIAR
    glued = _IT_GLUED.match(word)
    if not glued or not lemma(glued["stem"], "it").endswith(verbal):
        return None
    if word.endswith(("ati", "iti")) and lemma(glued["stem"], "it").endswith(("are", "ire")):
        return Address.FAMILIAR if re.match(r"(?:di|che)\b", rest) else None  # «finiti i lavori»
    return Address.FAMILIAR if glued["stem"] in _IT_BARE or _followed(rest, "it") else None


def _slavic(lang: str, word: str, rest: str) -> Address | None:
    if word in _RU_PARTICLES or _UNREAL.search(rest):
        return None
    if rest[:1].isupper():
        return None  # «Жиль Дюран» is a name
    readings = morphology(lang).parse(word)
    if lang == "uk" and any("NOUN" in one.tag for one in readings):
        return None  # «гори», mountains: nobody knows how likely which reading is
    readings = readings[:1]
    if any(one.tag.POS != "VERB" or "impr" not in one.tag or _WE.search(str(one.tag)) for one in readings):
        return None
    return Address.EITHER if any("plur" in one.tag for one in readings) else Address.FAMILIAR


_READ: Mapping[str, Callable[[str, str, bool], Address | None]] = {
    "fr": _french,
    "de": _german,
    "es": _spanish,
    "it": _italian,
    "ru": lambda word, rest, denied: _slavic("ru", word, rest),
    "uk": lambda word, rest, denied: _slavic("uk", word, rest),
}
