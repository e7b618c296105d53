"""The other gender of an adjective or participle, and adjectives in the form of another one.

Romance forms follow from the ending where the lemma dictionary knows the result. A word that may as
well be a finite verb («la bolsa baja», «le conseil dit») is not decided here: its form is None.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qa.terms.determiners import ENDINGS
from qa.terms.lemmas import lemma
from qa.terms.senses.keys import keys, morphology

__all__ = ["agreed_adjective", "before_vowel", "is_participle", "turned"]

_LEAST = 4
_PARTICIPLE = {
    "fr": re.compile(r"\w{2,}(é|[iu])(e?s?)"),
    "es": re.compile(r"\w{2,}[aií]d[oa]s?"),
    "pt": re.compile(r"\w{2,}[aií]d[oa]s?"),
    "it": re.compile(r"\w{2,}[aiu]t[oaie]"),
}
_FEMININE = {
    "fr": re.compile(r"\w+(ée|elle|euse|ive|ale|trice|aise|oise|ienne)s?"),
    "es": re.compile(r"\w+([aií]d|os|iv)as?"),
    "pt": re.compile(r"\w+([aií]d|os|iv)as?"),
    "it": re.compile(r"\w+(([aiu]t|os|iv)[ae])"),
}
"""Endings of feminine adjectives, whatever a dictionary knows."""
_INFINITIVE = {
    "fr": re.compile(r"\w+(er|ir|re|oir)"),
    "es": re.compile(r"\w+[aeií]r(se)?"),
    "pt": re.compile(r"\w+[aeio]r"),
    "it": re.compile(r"\w+[aei]r(e|si)"),
}
_PRESENT = re.compile(r"\w+(it|is|nt|ort|ert)")
"""French participles that may be a present tense («le conseil dit»)."""
_IRREGULAR_FR = (
    ("beau", "belle"), ("nouveau", "nouvelle"), ("vieux", "vieille"), ("fou", "folle"), ("mou", "molle"),
    ("sec", "sèche"), ("long", "longue"), ("public", "publique"), ("grec", "grecque"), ("turc", "turque"),
    ("doux", "douce"), ("faux", "fausse"), ("roux", "rousse"), ("gros", "grosse"), ("bas", "basse"),
    ("gras", "grasse"), ("épais", "épaisse"), ("gentil", "gentille"), ("favori", "favorite"),
    ("frais", "fraîche"), ("malin", "maligne"), ("bénin", "bénigne"), ("complet", "complète"),
    ("secret", "secrète"), ("concret", "concrète"), ("discret", "discrète"), ("inquiet", "inquiète"),
    ("net", "nette"), ("muet", "muette"), ("pareil", "pareille"), ("bon", "bonne"), ("blanc", "blanche"),
    ("franc", "franche"), ("premier", "première"), ("dernier", "dernière"), ("tout", "toute"),
)  # fmt: skip
_BEFORE_VOWEL = {"beau": "bel", "nouveau": "nouvel", "vieux": "vieil", "fou": "fol", "mou": "mol"}
_CONSONANT_FORM = {elided: plain for plain, elided in _BEFORE_VOWEL.items()}
_UNGENDERED = {
    "fr": frozenset("un une de des du que qui est et ou par pour contre entre comme même autre".split()),
    "es": frozenset("para contra como hasta una uno sobre entre ahora nunca fuera cuando nada".split()),
    "pt": frozenset("para contra como uma um pela pelo agora nunca fora toda nada".split()),
    "it": frozenset(
        "contro contra sopra sotto prima una uno della dalla alla nella sulla dello allo senza ora ancora "
        "allora fa dopo verso quando come che".split()
    ),
}  # fmt: skip
"""Words with such endings that no noun governs."""


def before_vowel(word: str, vowel: bool) -> str:
    """French «nouveau» or «nouvel» as the next word wants it; any other word as it is.

    >>> before_vowel("vieux", True), before_vowel("bel", False)
    ('vieil', 'beau')
    """
    low = word.lower()
    form = _BEFORE_VOWEL.get(low) if vowel else _CONSONANT_FORM.get(low)
    return _capital(form, word) if form else word


@lru_cache(maxsize=20_000)
def turned(word: str, lang: str, gender: str, number: str, *, verb_possible: bool) -> str | None:
    """``word`` in ``gender`` (``m``, ``f``): itself where it has one form or is no adjective, None in doubt.

    ``verb_possible`` is True where a finite verb may stand as well: after the noun, not before it.
    ``lang`` is fr, es, it or pt; ``number`` is ``singular`` or ``plural``, and the word is in it.
    """
    low = word.lower()
    if low in _UNGENDERED[lang]:
        return word
    if lang == "fr" and (form := _irregular(low, gender, number)):
        return _capital(form, word)
    if lang == "fr" and gender == "f" and low.endswith(("e", "es")):
        return word
    doubtful = False
    for masculine, feminine in ENDINGS[lang, number]:
        ours, other = (masculine, feminine) if gender == "f" else (feminine, masculine)
        if not low.endswith(ours) or len(low) < _LEAST:
            continue
        form = low[: len(low) - len(ours)] + other
        verdict = _one_word(low, form, lang, gender, number, verb_possible)
        if verdict:
            return _capital(form, word)
        doubtful = doubtful or verdict is None
    if doubtful or (gender == "m" and _FEMININE[lang].fullmatch(low)):
        return None
    return word


def is_participle(word: str, lang: str, gender: str, number: str) -> bool:
    """Whether ``word`` looks like a participle in ``gender`` and ``number`` (Romance languages)."""
    low = word.lower()
    if not _PARTICIPLE[lang].fullmatch(low):
        return False
    if lang == "it":
        return low.endswith({("m", "singular"): "o", ("f", "singular"): "a", ("m", "plural"): "i"}.get(
            (gender, number), "e"
        ))  # fmt: skip
    feminine = low.rstrip("s").endswith("e" if lang == "fr" else "a")
    return feminine == (gender == "f") and low.endswith("s") == (number == "plural")


def agreed_adjective(new: str, like: str, like_lemma: str, lang: str) -> str:
    """The adjective ``new`` in the form that ``like`` is of ``like_lemma``; "" where that is not sure.

    >>> agreed_adjective("réel", "actuelles", "actuel", "fr")
    'réelles'
    """
    low, base = like.lower(), like_lemma.lower()
    two_forms = lang in _FORMS and turned(new, lang, "f", "singular", verb_possible=False) != new
    if two_forms and turned(like_lemma, lang, "f", "singular", verb_possible=False) == like_lemma:
        return ""  # «una cifra actual» does not show which form of «auténtico» is wanted
    if lang == "en" or low == base:
        return _capital(new, like)
    form = ""
    if lang in ("ru", "uk"):
        form = _slavic(new, low, base, lang)
    elif lang in ("de", "nl"):
        ending = re.search(r"e[nmrs]?$", low)
        form = new + ending.group() if ending and not new.endswith("e") else ""
    elif lang in _FORMS:
        feminine, plural = _FORMS[lang](low, base)
        form = new
        if feminine:
            form = turned(new, lang, "f", "singular", verb_possible=False) or ""
        if form and plural:
            form = _plural(form, lang)
    return _capital(form, like) if form else ""


def _romance_form(low: str, base: str) -> tuple[bool, bool]:
    plural = low.endswith("s") and not base.endswith("s")
    return low.rstrip("s").endswith("a") and not base.endswith("a"), plural


def _french_form(low: str, base: str) -> tuple[bool, bool]:
    singular = low.removesuffix("s") if not base.endswith("s") or low.endswith("es") else low
    return singular.endswith("e") and not base.endswith("e"), (
        low.endswith(("s", "x")) and not base.endswith(("s", "x"))
    ) or (low.endswith("es") and base.endswith(("s", "x")))


def _italian_form(low: str, base: str) -> tuple[bool, bool]:
    if base.endswith("o"):
        return low.endswith(("a", "e")), low.endswith(("i", "e"))
    return False, low.endswith("i")


_FORMS = {"fr": _french_form, "es": _romance_form, "pt": _romance_form, "it": _italian_form}


def _plural(form: str, lang: str) -> str:
    if lang == "it":
        ending = {"a": "e", "o": "i", "e": "i"}.get(form[-1])
        soft = form[-2:-1] in "cg" and form[-1] in "ao"
        return form[:-1] + ("h" if soft else "") + ending if ending else form
    if lang == "fr":
        if form.endswith(("s", "x")):
            return form
        return form[:-2] + "aux" if form.endswith("al") else form + ("x" if form.endswith("eau") else "s")
    if lang == "pt" and form.endswith("l"):
        return form[:-1] + "is" if form[-2] != "i" else form[:-1] + "s"
    return form + ("s" if form[-1] in "aeiou" else "es")


def _slavic(new: str, low: str, base: str, lang: str) -> str:
    readings = [p for p in morphology(lang).parse(low) if p.normal_form == base]
    for reading in readings:
        kept = {str(g) for g in (reading.tag.case, reading.tag.number, reading.tag.gender) if g}
        for other in morphology(lang).parse(new):
            form = other.inflect(kept) if other.tag.POS == reading.tag.POS == "ADJF" else None
            if form:
                return str(form.word)
    return ""


def _irregular(low: str, gender: str, number: str) -> str:
    singular = _CONSONANT_FORM.get(low, low)
    many = number == "plural"
    for masculine, feminine in _IRREGULAR_FR:
        pair = (masculine, feminine)
        if many:
            pair = (_plural(masculine, "fr"), feminine + "s")
        ours, other = pair if gender == "f" else pair[::-1]
        if (low if many else singular) == ours:
            return "tous" if other == "touts" else other
    return ""


def _one_word(low: str, form: str, lang: str, gender: str, number: str, verb_possible: bool) -> bool | None:
    """Whether the two are the genders of one adjective; None where it may be a verb."""
    import simplemma

    if not simplemma.is_known(form, lang=lang):
        return False
    masculine, feminine = (low, form) if gender == "f" else (form, low)
    if is_participle(masculine, lang, "m", number) and is_participle(feminine, lang, "f", number):
        return True
    ours, theirs = lemma(low, lang), lemma(form, lang)
    if lang == "it" and number == "plural" and gender == "f" and not ours.endswith("o"):
        return False  # «grandi» is both
    verbal = bool(_INFINITIVE[lang].fullmatch(ours)) and ours not in (low, masculine)
    if lang == "fr":
        if gender == "m" and ours.endswith(("re", "ir")) and _PRESENT.fullmatch(masculine):
            return True  # «écrite», «prise»
        if ours != theirs and ours not in keys(form, lang):
            return False
        present = verb_possible and number == "singular" and gender == "f" and _PRESENT.fullmatch(masculine)
        return None if verbal and present else True
    if ours == theirs or ours in keys(form, lang) or theirs in keys(low, lang):
        return not verbal
    if ours == low and theirs == form and masculine.endswith(("o", "os")):
        return None if verb_possible and _has_infinitive(low, lang) else True
    return False


def _has_infinitive(low: str, lang: str) -> bool:
    import simplemma

    stem = re.sub(r"[oaei]s?$", "", low)
    return any(
        simplemma.is_known(stem + ending, lang=lang)
        for ending in (("are", "ere", "ire") if lang == "it" else ("ar", "er", "ir"))
    )


def _capital(form: str, model: str) -> str:
    return form[:1].upper() + form[1:] if model[:1].isupper() else form
