"""Words by which a text addresses its reader: familiar, polite, plural, or polite and plural in one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

__all__ = ["ADDRESSING", "Address", "Form", "addresses", "speech", "with_verb"]


class Address(Enum):
    FAMILIAR = "familiar"
    """To one person, familiar: tu, du, ты."""
    WEAK = "weak"
    """The same in form, but often said of people in general: Dutch je, Polish ci."""
    POLITE = "polite"
    """Polite and nothing else: Sie, usted, u."""
    EITHER = "either"
    """Polite to one person, or to several: vous, вы."""
    PLURAL = "plural"
    """To several people, and polite to nobody: euch, vosotros, jullie."""


@dataclass(frozen=True, slots=True)
class Form:
    start: int
    end: int
    text: str
    address: Address


# Pronouns, and verbs that do without one and are nothing else.
_FAMILIAR: Mapping[str, str] = {
    "fr": "tu te toi ton ta tes tien tienne t",
    "de": "du dich dir dein deine deiner deinem deinen deines",
    "es": "tú te ti contigo tu tus tuyo tuya tuyos tuyas tienes puedes quieres debes eres necesitas",
    "it": "tu te ti tuo tua tuoi tue t hai puoi vuoi devi",
    "nl": "jij jou jouw jouwe",
    "pl": "ty ciebie cię tobie tobą twój twoja twoje twoi twojego twojej twojemu twoim twoich twoimi twoją "
    "masz możesz chcesz musisz jesteś będziesz potrzebujesz",
    "ru": "ты тебя тебе тобой тобою твой твоя твоё твое твои твоего твоей твоему твоим твоих твоими твоею "
    "твоём твоем твою",
    "uk": "ти тебе тобі тобою твій твоя твоє твої твого твоєї твоїй твою твоєму твоїм твоїх твоїми твоєю",
}
_WEAK = {"nl": "je", "pl": "ci"}
_POLITE = {"es": "usted", "nl": "u uw uzelf"}
_POLITE_CAPITAL = {
    "de": "Sie Ihnen Ihr Ihre Ihrer Ihrem Ihren Ihres",
    "it": "Lei",
    "pl": "Państwo Państwa Państwu Państwem",
    "uk": "Ви Вас Вам Вами Ваш Ваша Ваше Ваші Вашого Вашої Вашій Вашу Вашому Вашим Ваших Вашими Вашою",
    "ru": "Вы Вас Вам Вами Ваш Ваша Ваше Ваши Вашего Вашей Вашу Вашему Вашим Ваших Вашими",
}
"""Polite by its capital, which says something inside a sentence alone."""
_EITHER = {
    "fr": "vous votre vos vôtre vôtres",
    "ru": "вы вас вам вами ваш ваша ваше ваши вашего вашей вашу вашему вашим ваших вашими вашем",
    "uk": "ви вас вам вами ваш ваша ваше ваші вашого вашої вашій вашу вашому вашим ваших вашими вашою",
}
_PLURAL = {
    "de": "euch euer eure eurer eurem euren eures",
    "es": "vosotros vosotras os vuestro vuestra vuestros vuestras ustedes",
    "it": "voi vostro vostra vostri vostre",
    "nl": "jullie",
    "pl": "wy was wam wami wasz wasza wasze wasi waszego waszej waszemu waszym waszych waszymi waszą",
}
ADDRESSING = frozenset(_FAMILIAR)
"""Base tags of the languages whose forms are known."""

_KINDS = (
    (_FAMILIAR, Address.FAMILIAR),
    (_WEAK, Address.WEAK),
    (_POLITE, Address.POLITE),
    (_EITHER, Address.EITHER),
    (_PLURAL, Address.PLURAL),
)
_FORMS: Mapping[str, Mapping[str, Address]] = {
    lang: {word: kind for table, kind in _KINDS for word in table.get(lang, "").split()}
    for lang in ADDRESSING
}
_CAPITAL = {lang: frozenset(words.split()) for lang, words in _POLITE_CAPITAL.items()}
_NOT_AFTER: Mapping[tuple[str, str], frozenset[str]] = {
    # «le ton de la lettre», «il s'est tu»: a tone, and somebody who fell silent
    ("fr", "ton"): frozenset(
        "le un du ce au son mon leur quel de sur en d’un même bon d'un autre changé hausser baisser".split()
    ),
    ("fr", "tu"): frozenset("est était sont étaient suis a ont avait tous tais".split()),
}
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = frozenset(".!?…:;»«“”„\"'’‘([—–-•*¿¡)]>|0123456789")

_COMPOUND = re.compile(r"\.\w|-(?!même)\w")
"""A name or an address: Tu-154, te.com; not vous-même."""
_GAP = 8
"""Characters looked back for the end of a sentence: enough for its mark, a quotation mark and spaces."""


def addresses(text: str, lang: str) -> list[Form]:
    """Forms of address in ``text``, in order."""
    forms, capital = _FORMS.get(lang, {}), _CAPITAL.get(lang, frozenset())
    words = list(_WORD.finditer(text)) if forms else []
    found: list[Form] = []
    for number, match in enumerate(words):
        word, start, end = match.group(), match.start(), match.end()
        if word.lower() not in forms and word not in capital:
            continue
        before = words[number - 1].group() if number else ""
        after = words[number + 1].group() if number + 1 < len(words) else ""
        kind = _kind(text, word, start, end, before, after, lang)
        if kind is not None:
            found.append(Form(start, end, word, kind))
    return found


def _kind(text: str, word: str, start: int, end: int, before: str, after: str, lang: str) -> Address | None:
    """What ``word`` says in its place; None where it is part of a name, a participle, an abbreviation."""
    low = word.lower()
    ahead = text[max(0, start - _GAP) : start].rstrip()
    first = not ahead or ahead[-1] in _SENTENCE_END
    if len(word) > 1 and word.isupper():
        return None
    if text[max(0, start - 1) : start] in ("-", "’", "'", "@", "/", ".", "#") and lang != "fr":
        return None
    if text[end : end + 1] in ("@", "/") or _COMPOUND.match(text, end):
        return None
    if low == "t":  # t’aime; not a-t-il, nor l’a-t’il
        elided = text[end : end + 1] in ("’", "'") and text[end + 1 : end + 2].isalpha()
        return Address.FAMILIAR if word == "t" and elided and text[max(0, start - 1) : start] != "-" else None
    if word[0].isupper():
        if word in _CAPITAL.get(lang, ()):
            if not first and not (lang in ("it", "pl") and after[:1].isupper()):  # Państwo Islamskie
                return Address.POLITE
            return None if lang in ("de", "it", "pl") else _FORMS[lang].get(low)
        if low not in _FORMS[lang] or (not first and not (lang == "de" and low.startswith("d"))):
            return None
        if (after[:1].isupper() and (lang != "de" or low == "du")) or not after:  # Ta Mok, Du Pont
            return None
    elif before[:1].isupper() and after[:1].isupper() and len(low) <= 3 and start > 3:
        return None  # Gare du Nord
    if before.lower() in _NOT_AFTER.get((lang, low), ()):
        return None
    if lang == "nl" and low == "u" and re.search(r"\d\s?$", text[max(0, start - 3) : start]):
        return None  # 10 u, ten o'clock
    return _FORMS[lang][low]


_VERBS: Mapping[tuple[str, str], str] = {
    ("fr", "tu"): r"\w+[sx]",
    ("fr", "vous"): r"\w+ez|êtes|dites|faites",
    ("de", "du"): r"\w+[sß]t",
    ("es", "tú"): r"\w{2,}s",
    ("pl", "ty"): r"\w+(?:sz|eś|aś)",
    ("ru", "ты"): r"\w+(?:шь|шься|л|ла|лся|лась)",
    ("ru", "вы"): r"\w+(?:те|тесь|ли|лись)",
    ("uk", "ти"): r"\w+(?:ш|шся|в|ла|вся|лася)",
    ("uk", "ви"): r"\w+(?:те|тесь|теся|ли|лися)",
}
"""Pronoun that is a subject → how a verb beside it ends."""
_BETWEEN = {
    "fr": r"(?:(?:ne|me|te|se|le|la|les|lui|nous|vous|y|en)\s+){0,2}(?:[nmtsl]['’])?",
    "es": r"(?:(?:no|me|te|se|lo|la|le|los|las|les|nos)\s+){0,2}",
    "pl": r"(?:nie\s+)?",
    "ru": r"(?:не\s+)?",
    "uk": r"(?:не\s+)?",
}
"""Particles and pronouns between a subject and its verb."""


_INVERTED = {"fr": "-", "de": r"\s"}
"""What stands between a verb and the subject behind it: «veux-tu», «willst du»."""
_LONGEST_VERB = 40


def with_verb(text: str, form: Form, lang: str) -> tuple[int, int]:
    """The span of ``form`` with the verb it is the subject of, where that stands right beside it."""
    start, end = form.start, form.end
    verb = _VERBS.get((lang, form.text.lower()))
    if verb is None:
        return start, end
    if lang in _INVERTED:
        ahead = max(0, start - _LONGEST_VERB)
        before = re.search(rf"\b(?:{verb}){_INVERTED[lang]}$", text[ahead:start])
        if before:
            return ahead + before.start(), end
    after = re.compile(rf"\s+{_BETWEEN.get(lang, '')}(?:{verb})\b").match(text, end)
    return start, after.end() if after else end


_OPEN = frozenset("«“„")
_MARK = re.compile('[«»“”„"]')
_CARRIED = 8
"""Segments over which speech that was opened goes on when nothing closes it."""
_DASH = re.compile(r"\s*[—–-]\s*\S")


def speech(texts: Iterable[str], lang: str) -> Iterator[list[tuple[int, int]]]:
    """For each text, the stretches that are somebody's words: quoted, or after a dialogue dash.

    A quotation may go on over several segments, so that what one opens is open in the next.
    """
    inside, carried = False, 0
    for text in texts:
        silent: list[tuple[int, int]] = []
        start = 0
        whole = _DASH.match(text) is not None
        last = ""
        for match in _MARK.finditer(text):
            mark = match.group()
            # German writes »so«, «so» and „so“: only what went before tells what a mark does.
            opens = not inside if mark == '"' or lang == "de" else mark in _OPEN
            if opens and not inside:
                start, inside = match.start(), True
            elif not opens and inside:
                silent.append((start, match.end()))
                inside = False
            elif not opens and last == "" and mark != '"':  # closed here, opened we do not know where
                silent.append((0, match.end()))
            last = mark
        if inside:
            if text:
                silent.append((start, len(text)))
            carried = 0 if last else carried + 1
            inside = carried < _CARRIED
        yield [(0, len(text))] if whole else silent
