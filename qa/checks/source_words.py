"""Words of the source that stand in the translation and are no words of its language."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from qa import lang
from qa.terms.currencies import names_currency
from qa.terms.frequency import common, known
from qa.terms.measures import is_sign

__all__ = ["QUOTED", "WORD", "glossed", "in_address", "source_words"]

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
QUOTED = re.compile(r"[«“„\"](?P<inside>[^«»“”„\"]{1,200})[»”“\"]")
_CODE = re.compile(r"`[^`]+`")
_TAG = re.compile(r"</?\w[^<>]*>")
_LATIN = "A-Za-z\u00c0-\u024f"
# Inside another script, with no letter of it joined by a hyphen: «web-сайт» is a word of Russian.
_LATIN_WORD = re.compile(rf"(?<![{_LATIN}\d_])(?<!\w-)[{_LATIN}]+(?:[’'-][{_LATIN}]+)*(?![\d_])(?!-\w)")

# How much commoner (in powers of ten) a word must be in the source language than in the target's.
_FAR = 2.3
_FAR_NAME = 2.8
_FAR_FORM = 2.5
"""Of a word that the source has in another form."""
_FAR_PLAIN = 1.8
"""Of a lower-case English word of four letters or more outside quotation marks: names and titles make English
words commoner in every list than those of other languages are."""
_FAR_SCRIPT = 1.5
"""The same inside another script, where hardly any word is shared."""
_FAR_EACH, _FAR_TOGETHER = 0.5, 2.0
"""Of two neighbours that stand side by side in the source, too: «hen coop»."""
_LOAN = 3.1
"""Two neighbours of such a rate each in the target language may be a loan there: «fast food», «big data»."""
_FAR_MARKED = 0.3
"""Of a lower-case word with a Turkish suffix behind an apostrophe, which only names have."""
_ENOUGH = 2.5
"""The least rate of a word in its own language, as the logarithm of its number in a thousand million."""
_ENOUGH_SCRIPT = 2.8
_ENOUGH_NAME = 3.0
_LONG_NOUN, _ENOUGH_LONG = 14, 1.5
"""Letters of a German compound and its least rate: no name is as long and as well known."""
_LIKE = 0.7
_USUAL = 3.0
"""A Latin word of such a rate in another script is a word of that language: Chinese "app"."""
_OTHER_SCRIPTS = ("ar", "ja", "ru", "uk", "zh")
"""Languages of other scripts than Latin whose lists hold rare words, too."""


class _Candidate(NamedTuple):
    """A word of the translation, and the source's word that it is."""

    start: int
    end: int
    word: str
    suffixed: bool = False
    """A Turkish suffix stands behind an apostrophe."""
    inflected: bool = False
    """The source has another form of it."""


def source_words(text: str, source: str, source_lang: str, target_lang: str) -> list[tuple[int, int]]:
    """Ranges of ``text`` that hold words of ``source`` foreign to the target language (base tags)."""
    other_script = lang.script(target_lang) != "Latn" and lang.script(source_lang) == "Latn"
    found = list(_candidates(text, source, source_lang, target_lang, other_script))
    if not found or not known(source_lang) or not known(target_lang):
        return []
    quoted = [match.span() for match in QUOTED.finditer(text)]
    kept = [match.span() for match in QUOTED.finditer(text) if _on_screen(match["inside"], source)]
    kept += [match.span() for match in _CODE.finditer(text)]
    kept += [match.span() for match in _TAG.finditer(text)]
    found = [one for one in found if not any(a < one.start < b for a, b in kept)]
    foreign = {
        one
        for one in found
        if _belongs(one, source_lang, target_lang, other_script, any(a < one.start < b for a, b in quoted))
    }
    for one, other in pairwise(found):
        if _is_phrase(one, other, text, source, source_lang, target_lang):
            foreign |= {one, other}
    return [
        (one.start, one.end)
        for one in found
        if one in foreign
        and not _explained(text, one.end)
        and not glossed(text, one.start, one.end)
        and not in_address(text, one.start, one.end)
        and not _in_name(text, one.start, one.end, source)
        and not (one.word[0].isupper() and re.search(rf"\bnach {one.word}\b", source))  # a town
        and not _measures(one.word, target_lang)
    ]


def _candidates(
    text: str, source: str, source_lang: str, target_lang: str, other_script: bool
) -> Iterator[_Candidate]:
    """Words of both sides: lower-case ones, German nouns, and words with an ending of their own language."""
    nouns = source_lang == "de"  # German writes its nouns with a capital, as others do names
    theirs: frozenset[str] | None = None
    alike: Mapping[str, Sequence[str]] = {}
    for match in (_LATIN_WORD if other_script else WORD).finditer(text):
        word = match.group()
        joined = "'" in word or "’" in word
        # Whether the source holds the word as a whole is asked last: hardly a sentence gets there.
        if not joined and word[:_SHARED] not in source:
            continue
        for start, part in _parts(word) if joined else ((0, word),):
            if len(part) < 3 or not part[1:].islower() or not (nouns or part[0].islower()):
                continue
            if part[:_SHARED] not in source:
                continue
            if theirs is None:
                theirs = frozenset(WORD.findall(source))
                alike = _by_beginning(theirs)
            start += match.start()
            if part != word and word in theirs:
                continue
            if part in theirs:
                suffixed = target_lang == "tr" and part != word and word.startswith(part)
                yield _Candidate(start, match.end() if suffixed else start + len(part), part, suffixed)
            elif (
                part == word
                and not lang.confusable(source_lang, target_lang)
                and any(_same_stem(part, other) for other in alike.get(part[:_SHARED], ()))
            ):
                yield _Candidate(start, match.end(), part, inflected=True)


def _parts(word: str) -> Iterator[tuple[int, str]]:
    """The word, and the parts that apostrophes leave of it: «foreman'ı», «dell'anello»."""
    yield 0, word
    for match in re.finditer(r"[^'’]+", word):
        yield match.start(), match.group()


_SHARED = 4
"""Letters that two forms of one word begin with at least."""


def _by_beginning(words: Iterable[str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        if word.islower():
            found.setdefault(word[:_SHARED], []).append(word)
    return found


def _same_stem(word: str, other: str) -> bool:
    """Two forms of one word of five letters or more, by their ends; they begin alike."""
    if len(word) < 5:
        return False
    shared = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), len(word))
    return (
        shared >= _SHARED
        and shared >= max(len(word), len(other)) - 3
        and shared >= min(len(word), len(other)) - 2
    )


@cache
def _rate(word: str, language: str) -> float:
    """log10 of the word's number in a thousand million; 0 where the list lacks it."""
    listed = known(language)
    share = listed.get(word.casefold()) or listed.get(word.lower()) or 0.0
    return max(0.0, math.log10(share) + 9) if share else 0.0


def _in_every_language(word: str, own: float) -> bool:
    """As common in Latin's heirs and German: «in vitro», "Homo sapiens"."""
    return all(
        math.log10(common(language).get(word, 1e-9)) + 9 >= own - _LIKE
        for language in ("de", "es", "fr", "it")
    )


@cache
def _lists_rare(language: str) -> bool:
    return min(known(language).values(), default=1.0) < 1e-7


def _distance(word: str, source_lang: str, target_lang: str) -> float:
    return _rate(word, source_lang) - _rate(word, target_lang)


def _belongs(one: _Candidate, source_lang: str, target_lang: str, other_script: bool, quoted: bool) -> bool:
    """The word is at home in the source language and a stranger in the target's."""
    word, own = one.word, _rate(one.word, source_lang)
    capital = word[0].isupper()
    if capital and len(word) >= _LONG_NOUN and own >= _ENOUGH_LONG and _rate(word, target_lang) == 0:
        return True
    if own < (_ENOUGH_NAME if capital else _ENOUGH):
        return False
    far = _distance(word, source_lang, target_lang)
    if capital or one.inflected:
        return far >= (_FAR_NAME if capital else _FAR_FORM)
    if far >= _FAR_MARKED and one.suffixed:
        return True
    if quoted:
        return far >= _FAR
    if other_script:
        if own < _ENOUGH_SCRIPT or _in_every_language(word, own):
            return False
        languages = (target_lang,) if _lists_rare(target_lang) else (target_lang, *_OTHER_SCRIPTS)
        usual = max(_rate(word, language) for language in languages)
        return usual < _USUAL and own - usual >= _FAR_SCRIPT
    if source_lang == "en" and len(word) > 3 and _lists_rare(target_lang):
        loan = _rate(word.removesuffix("s"), target_lang)  # «shows» is the plural of a French word
        return own - max(_rate(word, target_lang), loan) >= _FAR_PLAIN
    return far >= _FAR


def _on_screen(quoted: str, source: str) -> bool:
    """Up to three words in the quotation marks of both sides: a button or a menu."""
    quoted = quoted.strip()
    return len(quoted.split()) <= 3 and any(
        match["inside"].strip() == quoted for match in QUOTED.finditer(source)
    )


@cache
def _measures(word: str, language: str) -> bool:
    """A currency or the sign of a unit, which are the same in most languages: lira, mph."""
    return names_currency(word, language) or is_sign(word)


def _is_phrase(
    one: _Candidate, other: _Candidate, text: str, source: str, source_lang: str, target_lang: str
) -> bool:
    """Two English words side by side on both sides, outside quotation marks, each rather a stranger."""
    phrase = text[one.start : other.end]
    if source_lang != "en" or text[one.end : other.start] != " " or not phrase.islower():
        return False
    if min(_rate(each.word, source_lang) for each in (one, other)) < _ENOUGH_SCRIPT:
        return False  # foreign to the source, too: «amicus curiae»
    if not re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", source):
        return False
    if any(match.start() < one.start < match.end() for match in QUOTED.finditer(text)):
        return False
    far = [_distance(each.word, source_lang, target_lang) for each in (one, other)]
    rare = min(_rate(each.word, target_lang) for each in (one, other)) < _LOAN
    return rare and min(far) >= _FAR_EACH and sum(far) >= _FAR_TOGETHER


def glossed(text: str, start: int, end: int) -> bool:
    """The words fill brackets or quotation marks: the translator shows the original on purpose."""
    before, after = text[max(0, start - 4) : start].rstrip()[-1:], text[end : end + 4].lstrip()[:1]
    return bool(before and after) and (
        (before in "([（;," and after in ")]）") or (before in "«“„\"'‘「`" and after in "»”“\"'’」`")
    )


_EXPLANATION = re.compile(rf"(?: [{_LATIN}]+)? [(（]")


def _explained(text: str, end: int) -> bool:
    """Brackets follow: «amicus curiae (друг суда)»."""
    return _EXPLANATION.match(text, end) is not None


def in_address(text: str, start: int, end: int) -> bool:
    """A part of an address, the name of a tag or placeholder: help@brisa.example, </primary>, %{amount}."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return (
        before.endswith(("<", "</", "{", "$", "%", ":"))
        or before[-1:].isdigit()
        or after[:1].isdigit()
        or before[-1:] in ("@", "/", "_")
        or after[:1] in ("@", "/", "_")
        or (before[-1:] == "." and before[:1].isalnum())
        or (after[:1] == "." and after[1:].isalnum())
    )


def _in_name(text: str, start: int, end: int, source: str) -> bool:
    """A neighbour with a capital stands beside the word in the source too: «Wonders of the African World»."""
    before = text[max(0, start - 30) : start].split(" ")[-2:-1]
    after = text[end + 1 : end + 30].split(" ")[:1]
    word = text[start:end]
    return any(name[:1].isupper() and f"{name} {word}" in source for name in before) or any(
        name[:1].isupper() and f"{word} {name}" in source for name in after
    )
