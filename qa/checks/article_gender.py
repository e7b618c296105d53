"""An article or other determiner whose gender is not that of the noun behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Flag, Segment, Severity
from qa.terms.agreement import agree
from qa.terms.frequency import known
from qa.terms.gender import LANGUAGES, Number, gender
from qa.terms.lemmas import lemma

__all__ = ["ArticleGenderCheck"]

# Determiners by the gender and number they show. Left out: what is also a preposition («a», «à» of
# Portuguese), and the plurals of French, which show no gender.
_ROMANCE: dict[str, tuple[tuple[str, Number, str], ...]] = {
    "fr": (
        ("m", "singular", "le un ce cet du au mon ton son aucun quel"),
        ("f", "singular", "la une cette ma ta sa aucune quelle"),
    ),
    "es": (
        ("m", "singular", "el un del al este ese aquel ningún"),
        ("f", "singular", "la una esta esa aquella ninguna"),
        ("m", "plural", "los unos estos esos algunos"),
        ("f", "plural", "las unas estas esas algunas"),
    ),
    "it": (
        ("m", "singular", "il lo un uno questo quel quello"),
        ("m", "singular", "del dello al allo dal dallo nel nello sul sullo"),
        ("f", "singular", "la una della alla dalla nella sulla questa quella"),
        ("m", "plural", "i gli dei degli ai agli nei negli sui sugli dai dagli questi quei quegli"),
        ("f", "plural", "le delle alle nelle sulle dalle queste quelle"),
    ),
    "pt": (
        ("m", "singular", "o um do no ao pelo num este esse aquele deste desse neste nesse"),
        ("f", "singular", "uma da na pela numa esta essa aquela desta dessa nesta nessa"),
        ("m", "plural", "os dos aos pelos estes esses aqueles"),
        ("f", "plural", "as das nas pelas estas essas aquelas"),
    ),
}
# Object pronouns of the same form: before a word that is a verb as well they prove nothing.
_PRONOUNS = {
    "fr": frozenset("le la".split()),
    "es": frozenset("la las los".split()),
    "it": frozenset("la lo le gli".split()),
    "pt": frozenset("o os as".split()),
}
_VERB_ENDINGS = {
    "fr": (("e", "es", "s", "t", ""), ("er", "ir", "re", "oir")),
    "es": (("o", "a", "e", "as", "es"), ("ar", "er", "ir")),
    "it": (("o", "a", "e", "i"), ("are", "ere", "ire")),
    "pt": (("o", "a", "e", "as", "es"), ("ar", "er", "ir")),
}
_INFINITIVE = {
    "fr": re.compile(r"(?:[ei]r|[dvpi]re|ttre|[ao]ître|clure)$"),
    "es": re.compile(r"[aei]r$"),
    "it": re.compile(r"[aei]re$"),
    "pt": re.compile(r"[aeio]r$"),
}
# Behind these only an infinitive has a pronoun before it; nor does a French sentence begin with another.
_PREPOSITIONS = {
    "fr": frozenset(
        "avec chez contre dans depuis derrière devant dès entre par pendant pour sans sous sur vers".split()
    ),
    "es": frozenset(
        "a ante bajo con contra de desde en entre hacia hasta para por según sin sobre tras".split()
    ),
    "it": frozenset("con contro di dopo durante fra per presso senza sopra sotto tra verso".split()),
    "pt": frozenset("após até com contra desde durante em entre para por sem sob sobre".split()),
}
_STRESSED_A = re.compile(r"h?(?:á|a[^aeiouáéíóú]*(?:[iu])?[^aeiouáéíóú]*[aeo]s?$)")
"""Feminine nouns of Spanish that take «el», «un»: agua, área, aula, hambre."""
_VOWEL = re.compile(r"[aeiouyhàâäéèêëîïôöùûüœæ]")

# German determiner → genders it can stand before in the singular, in any case.
_GERMAN = {
    "der": "mf", "die": "f", "das": "n", "dem": "mn", "des": "mn", "den": "m",
    "im": "mn", "am": "mn", "zum": "mn", "beim": "mn", "vom": "mn", "zur": "f", "ins": "n", "ans": "n",
    "ein": "mn", "eine": "f", "einen": "m", "einem": "mn", "eines": "mn",
    "diese": "f", "diesen": "m", "diesem": "mn", "dieses": "mn", "dieser": "mf",
    "jede": "f", "jeden": "m", "jedem": "mn", "jedes": "mn",
}  # fmt: skip
_GERMAN |= {
    stem + ending: genders
    for stem in ("kein", "mein", "dein", "sein", "ihr", "unser")
    for ending, genders in (("e", "f"), ("en", "m"), ("em", "mn"))
}
_GERMAN |= {"kein": "mn"}
_DETERMINED = re.compile(r"\b(?:d(?:er|ie|as|em|en|es)|dies\w+|jen\w+|[mds]ein\w+|ihr\w+)\s$")
"""Before «einen»: «auf der einen Seite»."""
_PLURAL_TOO = re.compile(r"(?:der|die|den|dieser|(?!ein)\w+en?)$")
"""Determiners that stand before plurals as well."""
_LIKE_PLURAL = re.compile(r"(?:er|el|en|chen|lein|e|s|nis)$")
_RELATIVE = re.compile(r"[,;(–—-]\s*(?:\w+\s)?$")
"""Before a German «die»: «Leute, die Angst haben», «Mittel, mit der Zeit»."""

_BEFORE = 40  # characters looked at before a determiner
_SPACES = ("", " ", "\u00a0", "\u202f")
_OPENING = tuple(mark + space for mark in "«“„\"'‘‹" for space in _SPACES)
_CLOSING = tuple(space + mark for mark in "»”“\"'’›" for space in _SPACES)
_NAME_GOES_ON = re.compile(r" [A-ZÄÖÜ]")  # «eine Wild Card»


class ArticleGenderCheck(SegmentCheck):
    """An article of the wrong gender.

    ## What it flags
    An article, a demonstrative or a contraction (du, del, nel, pelo, zum) directly before a noun of the
    other gender: «le maison», «el casa», «la problema», «im Schule». In German only what is wrong in
    every case and number. Nouns of two genders (le tour, la tour), names, nouns that are also adjectives
    or verbs, and nouns whose gender is not known for certain are left alone; Spanish «el agua» is right.

    ## Why it matters
    No native speaker makes this mistake: it shows that a word was replaced and its article was not.

    ## Example
    ``Le maison est vide.``

    ## Fix
    The article of the noun's gender, elided where it has to be; in German only where one case is possible.
    """

    id = "article-gender"
    category = "linguistic-conventions/grammar"
    severity = Severity.MINOR
    needs_source = False
    languages = LANGUAGES
    precision = 0.9
    messages = {"gender": "“{noun}” is {gender}: “{found}” does not agree with it"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        language = lang.base(context.target_lang)
        text = segment.target
        for match, shown, actual, number in _clashes(text, language):
            start, end = match.span("noun")
            edits = [
                edit
                for edit in agree(text, start, end, match["noun"], language, number, shown, actual) or ()
                if edit.end <= start
            ]
            yield self.flag(
                segment, match.start(), match.end(), "gender", fix=edits,
                noun=match["noun"], found=match["determiner"], gender=_NAMES[actual],
            )  # fmt: skip


_NAMES = {"m": "masculine", "f": "feminine", "n": "neuter"}


def _clashes(text: str, language: str) -> Iterator[tuple[re.Match[str], str, str, Number]]:
    """(match, gender the determiner shows, gender of the noun, number)."""
    phrase = _phrase(language)
    at = 0
    while match := phrase.search(text, at):
        at = match.start("noun")  # «et une école»: what looked like a noun may be a determiner
        determiner, noun = match["determiner"], match["noun"]
        low = determiner.lower()
        shown, number = _determiners(language)[low]
        if determiner[1:] != low[1:] or (language != "de" and not noun.islower()):
            continue
        actual = gender(noun, language, number)
        if not actual or actual in shown or _mentioned(text, match):
            continue
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if not (_right_in_german(match, before) if language == "de" else _right(match, before, language)):
            yield match, shown[0], actual, number


@cache
def _determiners(language: str) -> Mapping[str, tuple[str, Number]]:
    """Determiner → (genders it can stand before, number)."""
    if language == "de":
        return {word: (genders, "singular") for word, genders in _GERMAN.items()}
    return {word: (shown, number) for shown, number, words in _ROMANCE[language] for word in words.split()}


@cache
def _phrase(language: str) -> re.Pattern[str]:
    """A determiner and the word behind it."""
    return re.compile(
        rf"(?<![\w'’.+\-‐‑])(?P<determiner>(?i:{'|'.join(_determiners(language))}))[ \u00a0\u202f]"
        r"(?P<noun>[^\W\d_]{3,})(?![\w'’\-‐‑/]|\.\w)"
    )


def _mentioned(text: str, match: re.Match[str]) -> bool:
    """In quotation marks of its own: «le maison» as an example, a title."""
    return text[: match.start()].endswith(_OPENING) and text[match.end() :].startswith(_CLOSING)


def _right(match: re.Match[str], before: str, language: str) -> bool:
    """What looks like a clash in a Romance language and is none."""
    low, noun = match["determiner"].lower(), match["noun"]
    if language == "fr" and _VOWEL.match(noun) and low in ("le", "la", "mon", "ton", "son", "ce"):
        return True  # «mon école» is right; «le école» wants its apostrophe, which is another check's
    if language == "es" and _STRESSED_A.match(noun):
        return True
    if low not in _PRONOUNS[language]:
        return False
    if _INFINITIVE[language].search(noun):
        return True
    if language == "fr" and match["determiner"][0].isupper():
        return False
    return before.rstrip().rpartition(" ")[2].lower() not in _PREPOSITIONS[language] and _verb(noun, language)


def _verb(word: str, language: str) -> bool:
    """A form of a verb has this shape too."""
    endings, infinitives = _VERB_ENDINGS[language]
    if lemma(word, language) != word and _INFINITIVE[language].search(lemma(word, language)):
        return True
    stems = {word[: len(word) - len(ending)] for ending in endings if word.endswith(ending)}
    if language == "es":  # cuento, contar; cierre, cerrar
        stems |= {stem.replace("ue", "o").replace("ie", "e") for stem in stems}
    return any(
        stem + infinitive in known(language) for stem in stems if len(stem) > 1 for infinitive in infinitives
    )


def _right_in_german(match: re.Match[str], before: str) -> bool:
    """The noun may be a plural or part of a name, or the article a pronoun or a numeral."""
    determiner = match["determiner"].lower()
    if determiner == "das" and match["determiner"] == "das":
        return True  # «dass das Geschmackssache ist»
    if determiner in ("der", "die", "das", "dem", "den", "dieser") and _RELATIVE.search(before):
        return True
    if determiner.startswith("ein") and _DETERMINED.search(before):
        return True
    if _NAME_GOES_ON.match(match.string, match.end()):
        return True
    return bool(_PLURAL_TOO.match(determiner) and _LIKE_PLURAL.search(match["noun"]))
