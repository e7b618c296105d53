"""Agreement: the article and adjectives beside a noun that was replaced by another.

Only what is certain is changed: a closed list of determiners, and adjectives whose other form the
lemma dictionary confirms.
"""

from __future__ import annotations

import re
import unicodedata

from qa.model import Edit
from qa.terms.determiners import (
    CONTRACTED,
    DER,
    DER_ARTICLE,
    EIN,
    ENDINGS,
    FR,
    FR_ELIDED,
    IT_BEFORE_S,
    IT_ELIDED,
    IT_PLAIN,
    MIXED,
    ROMANCE,
    WEAK,
)
from qa.terms.senses.keys import Token, keys, morphology, tokens

__all__ = ["agree", "gender_shown"]

_VOWEL = re.compile(r"[aeiouyh]", re.IGNORECASE)


def agree(
    text: str, start: int, end: int, new: str, lang: str, number: str, old_gender: str, new_gender: str
) -> list[Edit]:
    """Edits of the words beside ``text[start:end]`` when ``new`` takes its place (see the module)."""
    line = text[max(0, start - 80) : end + 80]
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
        return _slavic(text, before, start, lang, new_gender)
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


def _elided(text: str, before: list[Token], start: int, new: str, number: str) -> list[Edit]:
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


def _english(text: str, before: list[Token], start: int, old: str, new: str) -> list[Edit]:
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
    before: list[Token],
    after: list[Token],
    start: int,
    end: int,
    new: str,
    number: str,
    old_gender: str,
    new_gender: str,
) -> list[Edit]:
    edits: list[Edit] = []
    turned = old_gender != new_gender
    at = start
    first = new
    adjectives: list[Edit] = []
    if before and _touching(text, before[-1], start) and turned:
        changed = _adjective(before[-1].text, "fr", new_gender, number)
        if changed:
            adjectives.append(Edit(before[-1].start, before[-1].end, changed))
            at, first, before = before[-1].start, changed, before[:-1]
    if turned:
        adjectives += _following(text, after, end, "fr", new_gender, number)
    if number == "singular":
        edits += _french_article(text, before, at, first, old_gender, new_gender)
    elif before and before[-1].text.lower() in ("d", "de") and at == start:
        edits += _french_de(text, before[-1], at, first)
    return edits + adjectives


def _french_de(text: str, token: Token, at: int, first: str) -> list[Edit]:
    vowel = bool(_VOWEL.match(_plain(first)))
    gap = text[token.end : at]
    if token.text.lower() == "d" and gap in ("'", "’") and not vowel:
        return [Edit(token.start, at, _like("de ", token.text))]
    if token.text.lower() == "de" and gap.isspace() and vowel:
        return [Edit(token.start, at, _like("d’", token.text))]
    return []


def _french_article(
    text: str, before: list[Token], at: int, first: str, old_gender: str, new_gender: str
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
    before: list[Token],
    after: list[Token],
    start: int,
    end: int,
    new: str,
    lang: str,
    number: str,
    old_gender: str,
    new_gender: str,
) -> list[Edit]:
    edits: list[Edit] = []
    at, first = start, new
    turned = old_gender != new_gender
    if turned:
        edits += _following(text, after, end, lang, new_gender, number)
        if before and _touching(text, before[-1], start):
            changed = _adjective(before[-1].text, lang, new_gender, number)
            if changed and not _determiner(before[-1].text.lower(), lang, number):
                edits.append(Edit(before[-1].start, before[-1].end, changed))
                at, first, before = before[-1].start, changed, before[:-1]
    if not before or (not turned and lang != "it"):
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


def _italian(form: str, noun: str) -> str:
    low = noun.lower()
    if _plain(noun) in "aeiou":
        return IT_ELIDED.get(form, IT_BEFORE_S.get(form, form))
    if re.match(r"s[^aeiou]|z|gn|ps|x|y", low):
        return IT_BEFORE_S.get(form, form)
    return form


def _following(text: str, after: list[Token], end: int, lang: str, gender: str, number: str) -> list[Edit]:
    if not after or not text[end : after[0].start].isspace():
        return []
    changed = _adjective(after[0].text, lang, gender, number)
    return [Edit(after[0].start, after[0].end, changed)] if changed else []


def _adjective(word: str, lang: str, gender: str, number: str) -> str:
    """The form of the adjective ``word`` in the other gender; "" when it is none, or has one form."""
    import simplemma

    low = word.lower()
    lemma = str(simplemma.lemmatize(low, lang=lang)).lower()
    for masculine, feminine in ENDINGS[lang, number]:
        ours, other = (masculine, feminine) if gender == "f" else (feminine, masculine)
        if not low.endswith(ours) or len(low) - len(ours) < 3:
            continue
        if gender == "f" and lang == "fr" and low.endswith(("e", "es")):
            return ""
        form = low[: len(low) - len(ours)] + other
        # Both forms must belong to one word, and neither may be a different noun altogether.
        if simplemma.is_known(form, lang=lang) and lemma in keys(form, lang) | {
            str(simplemma.lemmatize(form, lang=lang)).lower()
        }:
            return _like(form, word)
    return ""


def _german(text: str, before: list[Token], start: int, old_gender: str, new_gender: str) -> list[Edit]:
    adjective: Token | None = None
    if len(before) > 1 and before[-1].text[:1].islower() and _touching(text, before[-1], start):
        determiner = _german_cases(before[-2].text.lower(), old_gender)
        if determiner and _touching(text, before[-2], before[-1].start):
            adjective, before = before[-1], before[:-1]
    if not before or not _touching(text, before[-1], adjective.start if adjective else start):
        return []
    found = _german_cases(before[-1].text.lower(), old_gender)
    if not found:
        return []
    stem, cases, table, weak = found
    if set(cases) == {0, 1}:
        # Nominative or accusative: what opens the sentence is the subject more often than not.
        opens = not text[: before[-1].start].strip() or text[: before[-1].start].rstrip()[-1] in ".!?:"
        cases = [0] if opens else [1]
    forms = {stem + table[new_gender][case] if stem else table[new_gender][case] for case in cases}
    if len(forms) != 1:
        return []
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


def _slavic(text: str, before: list[Token], start: int, lang: str, new_gender: str) -> list[Edit]:
    edits: list[Edit] = []
    at = start
    gender = {"m": "masc", "f": "femn", "n": "neut"}[new_gender]
    for token in reversed(before[-2:]):
        if not _touching(text, token, at):
            break
        for parse in morphology(lang).parse(token.text.lower())[:1]:
            if parse.tag.POS not in ("ADJF", "PRTF") or "sing" not in parse.tag:
                return edits
            form = parse.inflect({gender, "sing", str(parse.tag.case)})
            if form is None:
                return edits
            if form.word != token.text.lower():
                edits.append(Edit(token.start, token.end, _like(str(form.word), token.text)))
        at = token.start
    return edits
