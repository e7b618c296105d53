"""One name under two spellings in one translation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import ClassVar

from qa.checks.base import Context, DocumentCheck
from qa.lang import base, script
from qa.model import Edit, Flag, Segment, Severity
from qa.terms.frequency import known
from qa.terms.names import Word, country, nationality, title, words
from qa.terms.senses.keys import morphology
from qa.terms.transliteration import likeness

__all__ = ["NameSpelling"]

_SHORTEST = 4
_SPELT_OUT = frozenset(("Latn", "Cyrl", "Grek"))
_RENDERS = {True: 0.8, False: 0.66}
"""Likeness from which a target word renders a source name, by whether both are written in one script."""
_ONE_NAME = 0.75
"""Share of letters in common from which two renderings are spellings of one name (Kiev, Kyiv)."""
_SUPPORT = 2
"""Segments in which the usual spelling must stand."""
_UNKNOWN = 3e-8
"""Share of running text below which a word is taken for no word of a language."""
_REACH = 100
"""Segments before and after in which it must: a longer file is often many texts by many hands."""
_LONGER = 2
"""Letters by which one spelling may be longer (Poutine, Putin)."""
_INFLECTS = frozenset("ru uk be bg sr hr sl pl cs sk lt lv et fi hu ro el".split())
_ENDING = 3
"""Letters at the end of a word in which an inflected name may differ from itself."""
_CYRILLIC_ENDINGS = frozenset(
    " а у е ы и я ю й ь о ї і є ом ем ой ей ою ею ого его ому ему ым им их ых ий ый ій ия ие ии ию ов ев "
    "ам ям ами ями ах ях ові еві ова ової ову кий кого кому ком кая кой кую ким ского ському ский ская ской "
    "скую ська ський".split(" ")
)
"""The same known letter by letter for Russian and Ukrainian."""


@dataclass(frozen=True, slots=True)
class _Mention:
    """A target word that renders a source name: the segment's position, both words, and its base form."""

    at: int
    source: str
    word: Word
    form: str


class NameSpelling(DocumentCheck):
    """A name that this document spells otherwise everywhere else.

    ## What it flags
    A name with a capital that the source writes in one way and the translation in two («Zelensky»,
    «Zelenskyy»; «Poutine», «Putin»), at the rarer spelling; the usual one must stand in two segments at
    least within a hundred, or in one if the source spells it so and the other is no known word. Endings of
    inflection are no other spelling, nor are the names of countries and their people. For languages
    written in Latin, Cyrillic or Greek letters.

    ## Why it matters
    Readers and search engines take two spellings for two people. Engines that see one sentence at a time
    choose anew in each.

    ## Example
    «Зеленский» is “Zelensky” in segments 1, 2 and 7, and “**Zelenskyy**” in segment 5.

    ## Fix
    Puts the usual spelling in its place, where its form is sure.
    """

    id = "name-spelling"
    category = "terminology/inconsistent-use"
    severity = Severity.MINOR
    precision = 0.7
    messages: ClassVar[Mapping[str, str]] = {
        "variant": "«{found}» spells «{name}» here; elsewhere it is «{usual}» ({count}, first in {first})",
    }

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        """Pairs of (segment id, flag), name by name."""
        source_lang, target_lang = base(context.source_lang), base(context.target_lang)
        scripts = {script(source_lang), script(target_lang)}
        if source_lang == target_lang or not scripts <= _SPELT_OUT:
            return
        for mentions in _renderings(context.segments, source_lang, target_lang).values():
            spellings: defaultdict[str, list[_Mention]] = defaultdict(list)
            for mention in mentions:
                spellings[mention.form].append(mention)
            if len(spellings) < 2:
                continue
            # In a draw the spelling that the source has is the usual one.
            usual = max(spellings, key=lambda form: (len(_places(spellings[form])), _copies(spellings[form])))
            for form, found in spellings.items():
                if form == usual or not _variant(form, usual, target_lang):
                    continue
                written = {mention.word.text.lower() for mention in spellings[usual]}
                found = [
                    mention
                    for mention in _outnumbered(found, spellings[usual], target_lang)
                    if all(_variant(mention.word.text.lower(), other, target_lang) for other in written)
                ]
                yield from self._report(context.segments, found, spellings[usual], target_lang)

    def _report(
        self, segments: Sequence[Segment], found: Sequence[_Mention], usual: Sequence[_Mention], lang: str
    ) -> Iterator[tuple[int, Flag]]:
        written = Counter(mention.word.text for mention in usual)
        forms = {mention.word.text for mention in usual}
        for mention in found:
            segment, word = segments[mention.at], mention.word
            right = _in_its_form(word.text, mention.form, usual[0].form, forms, lang)
            yield (
                segment.id,
                self.flag(
                    segment,
                    word.start,
                    word.end,
                    "variant",
                    fix=[Edit(word.start, word.end, right)] if right else (),
                    found=word.text,
                    name=mention.source,
                    usual=written.most_common(1)[0][0],
                    count=str(len({other.at for other in usual})),
                    first=str(segments[usual[0].at].id),
                ),
            )


def _places(mentions: Iterable[_Mention]) -> list[int]:
    return sorted({mention.at for mention in mentions})


def _copies(mentions: Iterable[_Mention]) -> bool:
    """Whether the translation writes the name as the source does."""
    return any(mention.word.text == mention.source for mention in mentions)


def _outnumbered(found: Sequence[_Mention], usual: Sequence[_Mention], lang: str) -> Iterator[_Mention]:
    """The mentions of ``found`` around which the usual spelling stands in more segments than theirs; once is
    enough for a spelling that is the source's, against one that the language does not know («Rome» is no slip
    for *Roma*)."""
    ours, others = _places(found), _places(usual)
    copied = {mention.source for mention in usual if mention.word.text == mention.source}
    for mention in found:
        low, high = mention.at - _REACH, mention.at + _REACH
        rivals = bisect_right(others, high) - bisect_left(others, low)
        own = bisect_right(ours, high) - bisect_left(ours, low)
        slip = mention.source in copied and known(lang).get(mention.word.text.lower(), 0.0) < _UNKNOWN
        if (rivals >= _SUPPORT and rivals > own) or (slip and rivals >= own):
            yield mention


def _renderings(segments: Sequence[Segment], source_lang: str, target_lang: str) -> dict[str, list[_Mention]]:
    """Base form of a source name → the target words that render it, in order."""
    one_script = script(source_lang) == script(target_lang)
    found: defaultdict[str, list[_Mention]] = defaultdict(list)
    for at, segment in enumerate(segments):
        theirs = _capital(segment.source, source_lang)
        ours = _capital(segment.target, target_lang) if theirs else []
        if not ours:
            continue
        copied = {word.text for word in theirs} & {word.text for word in ours} if one_script else set()
        for word in theirs:
            if word.text in copied:
                for other in ours:
                    if other.text == word.text:
                        key = _form(word.text, source_lang)
                        found[key].append(_Mention(at, word.text, other, _form(other.text, target_lang)))
                continue
            best = _best(word, [other for other in ours if other.text not in copied], one_script)
            if best is not None and _best(best, theirs, one_script) is word:
                key = _form(word.text, source_lang)
                found[key].append(_Mention(at, word.text, best, _form(best.text, target_lang)))
    return found


def _best(word: Word, others: Sequence[Word], one_script: bool) -> Word | None:
    scored = [(likeness(word.text, other.text), at) for at, other in enumerate(others)]
    value, at = max(scored, default=(0.0, -1))
    return others[at] if value >= _RENDERS[one_script] else None


def _capital(text: str, lang: str) -> list[Word]:
    """Words that may be names: with a capital, none of a country or its people."""
    return [
        word
        for word in words(text)
        if len(word.text) >= _SHORTEST
        and word.text[0].isupper()
        and word.text[-1].islower()
        and not country(word.text, lang)
        and not nationality(word.text, lang)
        and not title(word.text)
    ]


@lru_cache(maxsize=20_000)
def _form(word: str, lang: str) -> str:
    """The form under which the inflected forms of a name are one."""
    low = word.lower()
    if lang in ("ru", "uk"):
        return str(morphology(lang).parse(low)[0].normal_form)
    return low.removesuffix("s") if lang in ("de", "en") else low


def _variant(form: str, usual: str, lang: str) -> bool:
    """Whether ``form`` spells the name of ``usual`` in another way, and is not another form of it."""
    from rapidfuzz.fuzz import ratio

    if abs(len(form) - len(usual)) > _LONGER or ratio(form, usual) < 100 * _ONE_NAME:
        return False
    short, long = sorted((form, usual), key=len)
    if lang in ("ru", "uk"):
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(form, usual, strict=False)))
        return not {form[alike:], usual[alike:]} <= _CYRILLIC_ENDINGS
    if lang in _INFLECTS:
        stem = min(len(form), len(usual)) - _ENDING
        return form[: max(stem, 1)] != usual[: max(stem, 1)]
    # Ivanov and Ivanova are two people, Paul and Pauls one.
    return not (long.startswith(short) and long[len(short) :] in ("a", "s", "e", "es", "n", "i", "o", "er"))


def _in_its_form(word: str, form: str, usual: str, forms: set[str], lang: str) -> str:
    """The usual spelling in the form of ``word``; "" where that is not sure."""
    if lang not in _INFLECTS:
        ending = word[len(form) :] if word.lower().startswith(form) else ""
        return usual.capitalize() + ending if {usual, usual + "s"} & {f.lower() for f in forms} else ""
    if not word.lower().startswith(form):
        return ""
    wanted = usual + word.lower()[len(form) :]
    return next((text for text in forms if text.lower() == wanted), "")
