"""Put a word in the grammatical form of the word it replaces, and make its neighbours agree.

``inflect`` renders one word: «frappe» in the form of «grèves» is «frappes»; «удар» in the form of
«забастовок» is «ударов». ``substitute`` gives the edits of a text: the word itself, and where gender
or the first letter changes, the article and the adjectives beside it («la grève» → «le coup»). It
changes only what it is sure of: a neighbour it cannot inflect is left for the reader.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from qa.model import Edit
from qa.terms.agreement import agree
from qa.terms.senses.affixes import arabic_prefix, fold
from qa.terms.senses.keys import keys, morphology, tokens

__all__ = ["inflect", "plural", "substitute"]

_UMLAUTS = str.maketrans({"a": "ä", "o": "ö", "u": "ü", "A": "Ä", "O": "Ö", "U": "Ü"})
_EN_IRREGULAR = {
    "man": "men",
    "woman": "women",
    "foot": "feet",
    "tooth": "teeth",
    "child": "children",
    "mouse": "mice",
    "shelf": "shelves",
    "leaf": "leaves",
    "life": "lives",
    "wife": "wives",
}
_GENITIVE = re.compile(r"des|(dies|jed|jen|k?ein|[msd]ein|ihr|unser|eur)es|\w{3,}en")
"""What stands before a genitive singular in -s: an article, or the weak adjective after one."""
_SHOWN_BEFORE = {
    "fr": re.compile(r"les|des|ces|mes|tes|ses|nos|vos|leurs|aux|plusieurs|quelques|deux|trois"),
    "de": re.compile(r"die|(kein|[msd]ein|ihr|unser|eur|dies)e|viele|einige|mehrere|zwei|drei"),
    "es": re.compile(r"los|las|unos|unas|sus|estos|estas"),
}
"""Determiners that show the plural of a noun whose plural looks like its singular."""
_VERBAL = frozenset(
    "nomn gent datv accs ablt loct sing plur masc femn neut past pres futr 1per 2per 3per".split()
)


def inflect(
    lemma: str,
    like: str,
    like_lemma: str,
    lang: str,
    *,
    gender: str = "",
    before: str = "",
    like_gender: str = "",
) -> str:
    """``lemma`` in the form that ``like`` is of ``like_lemma``, with its capitals; ``lang`` a base tag.

    A phrase is inflected at its first word in Romance languages and at its last elsewhere. "" where the
    form cannot be found out. ``before`` is the word before: it tells
    the German genitive («des Streiks») from the plural («die Streiks»); ``like_gender`` is the gender
    of the word replaced: «die Siegel» can only be a plural.
    """
    if lang == "de" and like.lower() in (f"{like_lemma.lower()}s", f"{like_lemma.lower()}es"):
        if _GENITIVE.fullmatch(before.lower()):
            return lemma if gender == "f" else lemma + ("es" if re.search(r"[sßxz]$", lemma) else "s")
        return _plural_listed(lemma, lang, gender)
    if lang in ("fr", "es", "it", "pt"):
        left, (head, sep, rest) = "", lemma.partition(" ")
        right = sep + rest
    else:
        rest, sep, head = lemma.rpartition(" ")
        left, right = rest + sep, ""
    form = _inflect(head, like, like_lemma, lang, gender, before, like_gender)
    return _capitals(left + form + right, like, lang) if form else ""


def substitute(
    text: str,
    start: int,
    end: int,
    old_lemma: str,
    new_lemma: str,
    lang: str,
    *,
    old_gender: str = "",
    new_gender: str = "",
) -> tuple[Edit, ...]:
    """The edits that put ``new_lemma`` in the place of ``text[start:end]``, a form of ``old_lemma``.

    Genders are those of the inventory (``m``, ``f``, ``n``; "" unknown). Offsets refer to ``text``.
    No edits where the word is inflected and the same form of the new one is not known (the dictionary form
    in its place would be a new error), nor where a word that goes with it would have to change and its form
    is not certain.
    """
    old = text[start:end]
    if lang in ("ar", "tr"):
        bare = _arabic(old, old_lemma, new_lemma) if lang == "ar" else _turkish(old, old_lemma, new_lemma)
        return (Edit(start, end, bare),) if bare else ()
    words = tokens(text[max(0, start - 60) : start])
    before = words[-1].text if words else ""
    new = inflect(new_lemma, old, old_lemma, lang, gender=new_gender, before=before, like_gender=old_gender)
    if not new:
        return ()
    number = "plural" if is_plural(old, old_lemma, lang, before, old_gender) else "singular"
    if lang in ("ru", "uk"):
        old_gender, new_gender = _gender(old_lemma, lang), _gender(new_lemma, lang)
    neighbours = agree(text, start, end, new, lang, number, old_gender, new_gender)
    if neighbours is None:
        return ()
    return tuple(sorted((*neighbours, Edit(start, end, new)), key=lambda edit: edit.start))


def _arabic(old: str, old_lemma: str, new_lemma: str) -> str:
    """``new_lemma`` with the particles and the article of ``old``; "" where ``old`` has an ending."""
    prefix = arabic_prefix(old, old_lemma)
    if prefix is None or (prefix.endswith(("ال", "لل")) and " " in new_lemma):
        return ""  # in a phrase the adjective would need the article too
    if prefix.endswith("لل") and new_lemma.startswith("ل"):
        prefix = prefix[:-1]  # three lam are never written
    return prefix + new_lemma


def _turkish(old: str, old_lemma: str, new_lemma: str) -> str:
    if fold(old, "tr") != fold(old_lemma, "tr"):
        return ""
    upper = new_lemma.replace("i", "İ").upper()
    if old.isupper() and len(old) > 1:
        return upper
    return upper[:1] + new_lemma[1:] if old[:1].isupper() else new_lemma


def plural(word: str, lang: str, gender: str = "") -> str:
    """The plural of a noun; ``word`` itself where the language's rules are not known here."""
    if not word:
        return word
    rules = {"en": _plural_en, "fr": _plural_fr, "es": _plural_es, "pt": _plural_pt}
    if lang in rules:
        return rules[lang](word)
    if lang == "it":
        return _plural_it(word, gender)
    if lang in ("de", "nl"):
        return _plural_listed(word, lang, gender)
    return word


def is_plural(form: str, lemma: str, lang: str, before: str = "", gender: str = "") -> bool:
    """True when ``form`` is a plural of ``lemma`` and cannot be its singular."""
    if lang in ("ru", "uk"):
        return any("plur" in p.tag for p in morphology(lang).parse(form.lower())[:1])
    low, base = form.lower(), lemma.lower()
    if low == base:
        if lang == "de" and gender not in ("m", "n"):
            return False  # «die Schüssel», «seine Schüssel» may well be one
        return lang in _SHOWN_BEFORE and bool(_SHOWN_BEFORE[lang].fullmatch(before.lower()))
    head = base.partition(" ")[0] if lang in ("fr", "es", "it", "pt") else base.rpartition(" ")[2]
    if lang == "de":
        return low not in (f"{base}s", f"{base}es") or not _GENITIVE.fullmatch(before.lower())
    if lang in ("fr", "es", "it", "pt", "en", "nl"):
        return head not in low.split() or low == plural(base, lang)
    return True


def _inflect(
    word: str, like: str, like_lemma: str, lang: str, gender: str, before: str, like_gender: str
) -> str:
    if like.lower() == like_lemma.lower() and lang not in ("ru", "uk"):
        return plural(word, lang, gender) if is_plural(like, like_lemma, lang, before, like_gender) else word
    if lang in ("ru", "uk"):
        return _inflect_slavic(word, like, like_lemma, lang, begins=not before)
    if lang == "de":
        return _inflect_german(word, like, like_lemma, gender)
    if lang in ("en", "fr", "es", "pt", "it", "nl"):
        return plural(word, lang, gender) if is_plural(like, like_lemma, lang) else word
    return _by_analogy(word, like, like_lemma, lang)


def _inflect_slavic(word: str, like: str, like_lemma: str, lang: str, *, begins: bool) -> str:
    analyzer = morphology(lang)
    # Of the readings of the replaced form, those of its lemma; the likeliest that works wins.
    readings = [p for p in analyzer.parse(like.lower()) if p.normal_form == like_lemma.lower()]
    if begins:  # the first word of a text is a subject more often than not
        readings.sort(key=lambda p: "nomn" not in p.tag)
    nouns = [p for p in analyzer.parse(word) if p.normal_form == word.lower()] or analyzer.parse(word)
    for reading in readings:
        if reading.tag.POS == "NOUN":
            wanted = _case_number(reading.tag)
            for noun in (n for n in nouns if n.tag.POS == "NOUN"):
                for form in noun.lexeme:
                    if _case_number(form.tag) == wanted:
                        return str(form.word)
            continue
        grammemes = set(reading.tag.grammemes) & _VERBAL
        for other in (n for n in nouns if n.tag.POS == reading.tag.POS):
            if reading.tag.POS not in ("PRTF", "PRTS", "GRND") and (form := other.inflect(grammemes)):
                return str(form.word)
    return word if like.lower() == like_lemma.lower() else ""


def _case_number(tag: Any) -> tuple[str, str]:
    # The Ukrainian dictionary leaves the singular, and the nominative of some nouns, unsaid.
    return str(tag.case or "nomn"), "plur" if "plur" in tag else "sing"


def _gender(lemma: str, lang: str) -> str:
    word = lemma.rpartition(" ")[2].lower()
    for parse in sorted(morphology(lang).parse(word), key=lambda p: p.normal_form != word):
        if "NOUN" in parse.tag and parse.tag.gender:
            return {"masc": "m", "femn": "f", "neut": "n"}.get(str(parse.tag.gender), "")
    return ""


def _inflect_german(word: str, like: str, like_lemma: str, gender: str) -> str:
    low = like.lower()
    many = _plural_listed(word, "de", gender)
    like_many = _plural_listed(like_lemma, "de", "").lower()
    if low == like_many + "n" and not many.endswith(("n", "s")):
        return many + "n"  # dative plural
    return many


def _plural_en(word: str) -> str:
    if word in _EN_IRREGULAR:
        return _EN_IRREGULAR[word]
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(s|x|z|ch|sh)$", word) else "s")


def _plural_fr(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al") and word not in ("bal", "carnaval", "festival", "récital"):
        return word[:-2] + "aux"
    if word in ("travail", "bail", "vitrail", "corail", "émail"):
        return word[:-3] + "aux"
    return word + ("x" if word.endswith(("eau", "au", "eu")) and word not in ("pneu", "bleu") else "s")


_ES_ACCENTS = (
    ("ión", "iones"),
    ("ón", "ones"),
    ("án", "anes"),
    ("én", "enes"),
    ("és", "eses"),
    ("ín", "ines"),
)


def _plural_es(word: str) -> str:
    for ending, instead in _ES_ACCENTS:
        if word.endswith(ending):
            return word[: -len(ending)] + instead
    if word.endswith("z"):
        return word[:-1] + "ces"
    if word.endswith(("s", "x")):
        return word
    return word + ("s" if word[-1] in "aeiouáéó" else "es")


_PT_ENDINGS = (
    ("ão", "ões"),
    ("al", "ais"),
    ("el", "éis"),
    ("ol", "óis"),
    ("ul", "uis"),
    ("il", "is"),
    ("ês", "eses"),
    ("m", "ns"),
    ("r", "res"),
    ("z", "zes"),
)


def _plural_pt(word: str) -> str:
    for ending, instead in _PT_ENDINGS:
        if word.endswith(ending):
            return "mãos" if word == "mão" else word[: -len(ending)] + instead
    return word if word.endswith(("s", "x")) else word + "s"


def _plural_it(word: str, gender: str) -> str:
    if not word.endswith(("a", "e", "o")):
        return word
    for ending, instead in (("ca", "che"), ("ga", "ghe")):
        if word.endswith(ending):
            return word[:-2] + instead
    if word.endswith(("cia", "gia")) and word[-4:-3] not in "aeiou":
        return word[:-2] + "e"
    if word.endswith("a"):
        return word[:-1] + ("i" if gender == "m" else "e")
    if word.endswith("io"):
        return word[:-1]
    if word.endswith(("co", "go")) and not word.endswith("ico"):
        return word[:-1] + "hi"
    return word[:-1] + "i"


@lru_cache(maxsize=4096)
def _plural_listed(word: str, lang: str, gender: str) -> str:
    """The plural that the lemma dictionary confirms, the commonest endings of the gender first."""
    folded = _umlaut(word)
    if lang == "nl":
        options = [word + "en", word + word[-1:] + "en", _open_syllable(word) + "en", word + "s", word + "n"]
    elif re.search(r"(ung|heit|keit|schaft|ion|tät)$", word):
        return word + "en"
    elif word.endswith("e"):
        return word + "n"
    elif gender == "f":
        options = [word + "en", folded + "e", word + "n", word + "s"]
    elif word.endswith(("er", "el", "en")):
        options = [folded, word]
    else:
        turned = [folded + "e", folded + "er"] if folded != word else []
        options = [*turned, word + "e", word + "er", word + "en", word + "n", word + "s"]
    for option in options:
        if option and word.lower() in keys_of_form(option, lang):
            return option
    return next((option for option in options[::-1] if option), word)


def keys_of_form(form: str, lang: str) -> frozenset[str]:
    """The lemma the dictionary gives ``form``, lower case: none for a form it does not know."""
    import simplemma

    if not simplemma.is_known(form, lang=lang):
        return frozenset()
    return frozenset({str(simplemma.lemmatize(form, lang=lang)).lower()})


def _umlaut(word: str) -> str:
    for at in range(len(word) - 1, -1, -1):
        if word[at] in "aouAOU":
            if word[at] in "uU" and at and word[at - 1] in "aA":
                at -= 1  # Haus → Häus
            elif word[at] in "u" and at and word[at - 1] == "e":
                return word
            return word[:at] + word[at].translate(_UMLAUTS) + word[at + 1 :]
    return word


def _open_syllable(word: str) -> str:
    return re.sub(r"([aeou])\1([^aeiou])$", r"\1\2", word)


def _by_analogy(word: str, like: str, like_lemma: str, lang: str) -> str:
    """The ending that made ``like`` of ``like_lemma``, put on ``word``; "" if no dictionary confirms it."""
    low, base = like.lower(), like_lemma.lower()
    common = 0
    while common < min(len(low), len(base)) and low[common] == base[common]:
        common += 1
    dropped, added = base[common:], low[common:]
    if not word.endswith(dropped):
        return ""
    form = word[: len(word) - len(dropped)] + added
    return form if word.lower() in keys(form, lang) else ""


def _capitals(form: str, like: str, lang: str) -> str:
    if like.isupper() and len(like) > 1:
        return form.upper()
    if like[:1].isupper() and (lang != "de" or form[:1].islower()):
        return form[:1].upper() + form[1:]
    return form
