"""Agreement: the article, adjectives and predicate of a noun that was replaced by another.

Only what is certain is changed: a closed list of determiners, and adjectives whose other form the
lemma dictionary confirms. Where a word must change and its form is not certain, there is no edit at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from qa.model import Edit
from qa.terms.adjectives import before_vowel, turned
from qa.terms.determiners import (
    CONTRACTED,
    DER,
    DER_ARTICLE,
    EIN,
    FR,
    FR_ELIDED,
    IT_BEFORE_S,
    IT_ELIDED,
    IT_PLAIN,
    MIXED,
    POSSESSIVE,
    ROMANCE,
    WEAK,
)
from qa.terms.lemmas import lemma
from qa.terms.predicates import followers, slavic_form, slavic_predicates
from qa.terms.senses.keys import Token, tokens

__all__ = ["agree", "gender_shown"]

_REACH = 160
"""How far behind the noun its predicate is looked for, in characters."""
_VOWEL = re.compile(r"[aeiouyh]", re.IGNORECASE)


def agree(
    text: str, start: int, end: int, new: str, lang: str, number: str, old_gender: str, new_gender: str
) -> list[Edit] | None:
    """Edits beside ``text[start:end]`` when ``new`` takes its place; None where it would not agree."""
    line = text[max(0, start - 80) : end + _REACH]
    shift = max(0, start - 80)
    words = [Token(t.text, t.start + shift, t.end + shift) for t in tokens(line)]
    before = [t for t in words if t.end <= start]
    after = [t for t in words if t.start >= end]
    if lang == "en":
        return _english(text, before, start, text[start:end], new)
    if lang == "fr" and new_gender and not old_gender:
        old_gender = new_gender  # «l’» hides it: the article is set anew, the adjectives stay
    if lang == "fr" and not (old_gender and new_gender):
        return _elided(text, before, start, new, number)
    if not old_gender or not new_gender:
        return []
    if lang == "fr":
        return _french(text, before, after, start, end, new, number, old_gender, new_gender)
    if lang in ("es", "it", "pt"):
        return _romance(text, before, after, start, end, new, lang, number, old_gender, new_gender)
    if lang == "de" and number == "singular" and old_gender != new_gender:
        return _german(text, before, start, old_gender, new_gender)
    if lang in ("ru", "uk") and number == "singular" and old_gender != new_gender:
        return _slavic(text, before, after, start, lang, old_gender, new_gender)
    return []


def gender_shown(text: str, start: int, lang: str) -> str:
    """The gender that the determiner before ``text[start:]`` shows, "" where it shows none («l’», plural)."""
    words = tokens(text[max(0, start - 20) : start])
    if not words or text[max(0, start - 20) + words[-1].end : start].strip():
        return ""
    low = words[-1].text.lower()
    pairs = FR if lang == "fr" else ROMANCE.get((lang, "singular"), ()) + ROMANCE.get((lang, "plural"), ())
    shown = {
        "m" if low == masculine else "f" for masculine, feminine in pairs if low in (masculine, feminine)
    }
    return shown.pop() if len(shown) == 1 else ""


def _elided(text: str, before: Sequence[Token], start: int, new: str, number: str) -> list[Edit]:
    """French elision alone, where the genders are not known: «la hôpital» is wrong in any case."""
    if not before or not _touching(text, before[-1], start):
        return []
    last = before[-1]
    if last.text.lower() in ("d", "de"):
        return _french_de(text, last, start, new)
    if number == "singular" and last.text.lower() in ("le", "la") and _VOWEL.match(_plain(new)):
        return [Edit(last.start, start, _like("l’", last.text))]
    return []


def _like(form: str, model: str) -> str:
    return form[:1].upper() + form[1:] if model[:1].isupper() else form


def _touching(text: str, token: Token, at: int) -> bool:
    return text[token.end : at].strip(" \u00a0\u202f") == ""


def _english(text: str, before: Sequence[Token], start: int, old: str, new: str) -> list[Edit]:
    if not before or before[-1].text.lower() not in ("a", "an") or not _touching(text, before[-1], start):
        return []
    article = "an" if new[:1].lower() in "aeiou" else "a"
    was = "an" if old[:1].lower() in "aeiou" else "a"
    if article == was or before[-1].text.lower() == article:
        return []
    return [Edit(before[-1].start, before[-1].end, _like(article, before[-1].text))]


def _plain(word: str) -> str:
    return unicodedata.normalize("NFD", word[:1])[:1].lower()


def _french(
    text: str,
    before: Sequence[Token],
    after: Sequence[Token],
    start: int,
    end: int,
    new: str,
    number: str,
    old_gender: str,
    new_gender: str,
) -> list[Edit] | None:
    edits: list[Edit] = []
    changes = old_gender != new_gender
    at = start
    first = new
    adjectives: list[Edit] = []
    while before and _touching(text, before[-1], at) and not _french_determiner(before[-1].text):
        word = before[-1].text
        form = turned(word, "fr", new_gender, number, verb_possible=False) if changes else word
        if form is None:
            return None
        if number == "singular" and new_gender == "m":
            form = before_vowel(form, bool(_VOWEL.match(_plain(first))))
        if form == word:
            break
        adjectives.append(Edit(before[-1].start, before[-1].end, form))
        at, first, before = before[-1].start, form, before[:-1]
    if changes:
        behind = followers(text, before, after, end, "fr", new_gender, number)
        if behind is None:
            return None
        adjectives += behind
    if number == "singular":
        edits += _french_article(text, before, at, first, old_gender, new_gender)
    elif before and before[-1].text.lower() in ("d", "de") and at == start:
        edits += _french_de(text, before[-1], at, first)
    return edits + adjectives


def _french_determiner(word: str) -> bool:
    return any(word.lower() in pair for pair in FR)


def _french_de(text: str, token: Token, at: int, first: str) -> list[Edit]:
    vowel = bool(_VOWEL.match(_plain(first)))
    gap = text[token.end : at]
    if token.text.lower() == "d" and gap in ("'", "’") and not vowel:
        return [Edit(token.start, at, _like("de ", token.text))]
    if token.text.lower() == "de" and gap.isspace() and vowel:
        return [Edit(token.start, at, _like("d’", token.text))]
    return []


def _french_article(
    text: str, before: Sequence[Token], at: int, first: str, old_gender: str, new_gender: str
) -> list[Edit]:
    if not before:
        return []
    last = before[-1]
    gap = text[last.end : at]
    vowel = bool(_VOWEL.match(_plain(first)))
    low = last.text.lower()
    start = last.start
    if low in ("d", "de") and not (low == "de" and gap in ("'", "’")):
        return _french_de(text, last, at, first)
    if low in ("l", "la", "le") and len(before) > 1 and _touching(text, before[-2], last.start):
        joined = before[-2].text.lower()
        if joined in ("de", "à") and (low != "le"):
            low, start = f"{joined} {low}", before[-2].start
    if low.endswith("l") and gap in ("'", "’"):
        base = {"l": "la", "de l": "de la", "à l": "à la"}.get(low)
    elif gap.strip() == "" and gap:
        base = {"cet": "ce"}.get(low, low)
    else:
        return []
    pair = next((p for p in FR if base in p), None)
    if pair is None or base is None:
        return []
    # A possessive «son» before a vowel may be either gender: the noun's own gender tells.
    form = pair[1] if new_gender == "f" else pair[0]
    if vowel:
        form = FR_ELIDED.get(form, form)
    written = form if form.endswith("’") else form + " "
    if text[start:at].lower().replace("'", "’") == written:
        return []
    return [Edit(start, at, _like(written, text[start:at]))]


def _romance(
    text: str,
    before: Sequence[Token],
    after: Sequence[Token],
    start: int,
    end: int,
    new: str,
    lang: str,
    number: str,
    old_gender: str,
    new_gender: str,
) -> list[Edit] | None:
    edits: list[Edit] = []
    at, first = start, new
    changes = old_gender != new_gender
    while changes and before and _touching(text, before[-1], at):
        word = before[-1].text
        if _determiner(word.lower(), lang, number):
            break
        determined = len(before) > 1 and _determiner(before[-2].text.lower(), lang, number) is not None
        form = _possessive(word, lang, number, new_gender) or turned(
            word, lang, new_gender, number, verb_possible=not determined
        )
        if form is None:
            return None
        if form == word:
            break
        edits.append(Edit(before[-1].start, before[-1].end, form))
        at, first, before = before[-1].start, form, before[:-1]
    if changes:
        behind = followers(text, before, after, end, lang, new_gender, number)
        if behind is None:
            return None
        edits += behind
    if not before or (not changes and lang != "it"):
        return edits
    last = before[-1]
    gap = text[last.end : at]
    low, begin = last.text.lower(), last.start
    if lang == "es" and low == "la" and len(before) > 1 and before[-2].text.lower() in ("de", "a"):
        low, begin = f"{before[-2].text.lower()} la", before[-2].start
    if gap in ("'", "’"):
        low += "’"
    elif gap.strip():
        return edits
    pair = _determiner(low, lang, number)
    if pair is None:
        return edits
    form = pair[1] if new_gender == "f" else pair[0]
    if lang == "it":
        form = _italian(form, first)
    written = form if form.endswith("’") else form + " "
    if text[begin:at].lower().replace("'", "’") != written:
        edits.append(Edit(begin, at, _like(written, text[begin:at])))
    return edits


def _determiner(low: str, lang: str, number: str) -> tuple[str, str] | None:
    for masculine, feminine in ROMANCE[lang, number]:
        elided = {IT_ELIDED.get(masculine), IT_ELIDED.get(feminine)} if lang == "it" else set()
        if low in (masculine, feminine) or low in elided - {"un"}:
            return (IT_PLAIN.get(masculine, masculine) if lang == "it" else masculine, feminine)
    return None


def _possessive(word: str, lang: str, number: str, gender: str) -> str:
    """The possessive ``word`` in the form for ``gender``, with its capital; "" where it is none."""
    for pair in POSSESSIVE[lang, number]:
        if word.lower() in pair:
            form = pair[gender == "f"]
            return form.capitalize() if word[0].isupper() else form
    return ""


def _italian(form: str, noun: str) -> str:
    low = noun.lower()
    if _plain(noun) in "aeiou":
        return IT_ELIDED.get(form, IT_BEFORE_S.get(form, form))
    if re.match(r"s[^aeiou]|z|gn|ps|x|y", low):
        return IT_BEFORE_S.get(form, form)
    return form


def _german(
    text: str, before: Sequence[Token], start: int, old_gender: str, new_gender: str
) -> list[Edit] | None:
    adjective: Token | None = None
    if len(before) > 1 and before[-1].text[:1].islower() and _touching(text, before[-1], start):
        determiner = _german_cases(before[-2].text.lower(), old_gender)
        if determiner and _touching(text, before[-2], before[-1].start):
            adjective, before = before[-1], before[:-1]
    if not before or not _touching(text, before[-1], adjective.start if adjective else start):
        return []
    found = _german_cases(before[-1].text.lower(), old_gender)
    if not found:
        return None if _strong(before[-1].text) else []
    stem, cases, table, weak = found
    if set(cases) == {0, 1}:
        # Nominative or accusative: what opens the sentence is the subject more often than not.
        opens = not text[: before[-1].start].strip() or text[: before[-1].start].rstrip()[-1] in ".!?:"
        cases = [0] if opens else [1]
    forms = {stem + table[new_gender][case] if stem else table[new_gender][case] for case in cases}
    if len(forms) != 1:
        return None
    form = forms.pop()
    for short, long in CONTRACTED.items():
        if form == long:
            form = short
    edits = [Edit(before[-1].start, before[-1].end, _like(form, before[-1].text))]
    if adjective is not None:
        endings = {weak[new_gender][case] for case in cases}
        old = {weak[old_gender][case] for case in cases}
        fitting = [e for e in old if adjective.text.endswith(e)]
        if len(endings) == 1 and fitting:
            edits.append(
                Edit(
                    adjective.start,
                    adjective.end,
                    adjective.text[: -len(max(fitting, key=len))] + endings.pop(),
                )
            )
    return edits


def _strong(word: str) -> bool:
    """An adjective without an article before it: its ending shows the gender."""
    base = lemma(word, "de").lower()
    return (
        word[:1].islower() and not base.endswith("en") and word in {base + e for e in ("er", "es", "e", "em")}
    )


_Table = dict[str, tuple[str, str, str, str]]


def _german_cases(low: str, gender: str) -> tuple[str, list[int], _Table, _Table] | None:
    long = CONTRACTED.get(low, low)
    prefix, _, article = long.rpartition(" ")
    if gender not in DER_ARTICLE:
        return None
    cases = [i for i, form in enumerate(DER_ARTICLE[gender]) if form == article]
    if cases:
        table = {g: tuple(f"{prefix} {f}".strip() for f in forms) for g, forms in DER_ARTICLE.items()}
        return "", cases, table, WEAK  # type: ignore[return-value]
    for stem in ("dies", "jed", "jen", "welch"):
        cases = [i for i, form in enumerate(DER[gender]) if low == stem + form]
        if cases:
            return stem, cases, DER, WEAK
    for stem in ("ein", "kein", "mein", "sein", "ihr", "unser"):
        cases = [i for i, form in enumerate(EIN[gender]) if low == stem + form]
        if cases:
            return stem, cases, EIN, MIXED
    return None


def _slavic(
    text: str,
    before: Sequence[Token],
    after: Sequence[Token],
    start: int,
    lang: str,
    old_gender: str,
    new_gender: str,
) -> list[Edit]:
    edits: list[Edit] = []
    at = start
    for token in reversed(before[-2:]):
        if not _touching(text, token, at):
            break
        form = slavic_form(token.text, lang, ("ADJF", "PRTF"), old_gender, new_gender)
        if not form:
            break
        if form != token.text:
            edits.append(Edit(token.start, token.end, form))
        at = token.start
    return edits + slavic_predicates(text, before, after, start, lang, old_gender, new_gender)
