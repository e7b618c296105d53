"""Quotation marks: direction, style of the locale, marks lost against the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.checks.quote_marks import NBSP, NNBSP, Mark, marks
from qa.model import Edit, Flag, Segment, Severity

__all__ = [
    "QuoteDirectionCheck",
    "QuoteStyleCheck",
    "QuotesLostCheck",
]

_ANY_QUOTE = re.compile("[«»‹›“”„‟\"＂「」『』《》〈〉〝〞〟‘’‚‛'`´′]")

_STYLE: dict[str, str] = {
    "en": '“”"‘’',
    "fr": '«»“”"‹›',
    "de": '„“"»«‚‘”',
    "it": '«»“”"',
    "es": '«»“”"',
    "pt": '«»“”"',
    "nl": '“”„"‘’',
    "pl": '„”«»"“',
    "cs": '„“»«"”',
    "ru": '«»„“"”',
    "uk": '«»„“"”',
    "zh": '“”「」『』《》"',
    "ja": '「」『』“”"＂《》〝〟',
}
_STYLE_PAIR = {
    "en": ("“", "”"),
    "fr": ("«" + NBSP, NBSP + "»"),
    "de": ("„", "“"),
    "it": ("«", "»"),
    "es": ("«", "»"),
    "pt": ("“", "”"),
    "nl": ("“", "”"),
    "pl": ("„", "”"),
    "cs": ("„", "“"),
    "ru": ("«", "»"),
    "uk": ("«", "»"),
    "zh": ("“", "”"),
    "ja": ("「", "」"),
}


def _space_inside(context: Context, text: str) -> str:
    """The space that French puts inside guillemets, as this text writes it."""
    if lang.base(context.target_lang) != "fr" or context.target_lang == "fr-CH":
        return ""
    return NNBSP if NNBSP in text and NBSP not in text else NBSP


class QuoteDirectionCheck(SegmentCheck):
    """Quotation marks that point the wrong way.

    ## What it flags
    A closing mark that is an opening one, or the reverse: ``« en signe de bonne volonté« ,`` or
    ``“word“``. Only in languages whose marks have one direction; German or Danish guillemets, which
    may point either way, are left alone.

    ## Why it matters
    The reader waits for a second quotation that never begins, and software that pairs marks fails.
    The slip is typical of machine translation and of web editors that "smarten" straight quotes.

    ## Example
    ``« Les travaux reprendront lundi« , a annoncé la mairie.``

    ## Fix
    Replaces the mark by its partner, with the no-break space that French wants inside, and removes
    the space that then stands before a comma or full stop.
    """

    id = "quote-direction"
    category = "linguistic-conventions/punctuation"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.97
    messages = {
        "closing": "closing quotation mark written as the opening mark {found}; should be {wanted}",
        "opening": "opening quotation mark written as the closing mark {found}; should be {wanted}",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        for mark in marks(text, lang.base(context.target_lang)):
            if not mark.wrong:
                continue
            space = _space_inside(context, text) if mark.family == "guillemets" else ""
            if mark.role == "close":
                wanted = "»" if mark.family == "guillemets" else "”"
                yield self.flag(
                    segment, mark.at, mark.at + 1, "closing",
                    fix=[_closing_edit(text, mark.at, wanted, space)], found=mark.char, wanted=wanted,
                )  # fmt: skip
            else:
                wanted = "«" if mark.family == "guillemets" else "“"
                yield self.flag(
                    segment, mark.at, mark.at + 1, "opening",
                    fix=[Edit(mark.at, mark.at + 1, wanted + space)], found=mark.char, wanted=wanted,
                )  # fmt: skip


def _closing_edit(text: str, at: int, mark: str, space: str) -> Edit:
    """Put ``mark`` at ``at``; take away the space that an opening mark had drawn in after it."""
    before = at
    while before and text[before - 1] in " " + NBSP + NNBSP:
        before -= 1
    after = at + 1
    while after < len(text) and text[after] in " " + NBSP + NNBSP:
        after += 1
    following = text[after : after + 1]
    if following in {",", ".", ")", "…"}:
        return Edit(before, after, space + mark)
    kept = text[at + 1 : after]
    if kept and following not in {";", ":", "!", "?"}:
        kept = " "
    return Edit(before, after, space + mark + kept)


class QuoteStyleCheck(SegmentCheck):
    """Quotation marks of another language.

    ## What it flags
    Marks that the target language does not use: ``« »`` in English, ``„ “`` in French, ``「 」`` in
    German; ``“ ”`` where “ is a closing mark (Czech, German, Polish, Russian, Ukrainian) and, in French,
    outside guillemets. Straight marks are accepted everywhere. Where the target has a single pair, the fix
    puts the marks of the locale in place.

    ## Why it matters
    Foreign marks betray an unedited machine translation.

    ## Example
    ``He called it «a key condition».``

    ## Fix
    The first choice of the locale: ``“a key condition”``.
    """

    id = "quote-style"
    category = "locale-conventions/other"
    severity = Severity.NEUTRAL
    needs_source = False
    languages = frozenset(_STYLE)
    precision = 0.9
    messages = {"foreign": "{mark} is no quotation mark of this language; use {wanted}"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        language = lang.base(context.target_lang)
        text = segment.target
        accepted = _STYLE[language]
        english = _english_marks(text, language)
        foreign = [
            match
            for match in _ALL_DOUBLE.finditer(text)
            if match.group() not in accepted or match.start() in english
        ]
        if not foreign:
            return
        opening, closing = _STYLE_PAIR[language]
        pair = _foreign_pair(text, language, [match.start() for match in foreign])
        edits = list(_restyled(text, *pair, opening, closing)) if pair else []
        match = foreign[0]
        yield self.flag(
            segment, match.start(), match.end(), "foreign",
            fix=edits, mark=match.group(), wanted=(opening + "…" + closing),
        )  # fmt: skip


# Languages in which “ closes, and French, which keeps “…” for a quotation inside guillemets.
_ENGLISH_FOREIGN = frozenset({"cs", "de", "fr", "pl", "ru", "uk"})


def _english_marks(text: str, language: str) -> set[int]:
    """Where “ opens a quotation in a language that opens it otherwise."""
    if language not in _ENGLISH_FOREIGN or "“" not in text:
        return set()
    return {
        mark.at
        for mark in marks(text, language)
        if mark.char == "“"
        and mark.role == "open"
        and not (language == "fr" and "«" in text)
        and _before_word(text, mark.at)
    }


def _before_word(text: str, at: int) -> bool:
    """A word or a bracket follows, and none stands before."""
    return (not at or not text[at - 1].isalnum()) and (
        text[at + 1 : at + 2].isalnum() or text[at + 1 : at + 2] == "("
    )


def _foreign_pair(text: str, language: str, foreign: Sequence[int]) -> tuple[int, int] | None:
    """The one pair of marks of the text, when a foreign mark is in it; None where there are more."""
    places = sorted({mark.at for mark in marks(text, language)} | set(foreign))
    if len(places) != 2:
        return None
    roles = {mark.at: mark.role for mark in marks(text, language)}
    first, last = (roles.get(at, _cjk_role(text[at])) for at in places)
    return (places[0], places[1]) if (first, last) == ("open", "close") else None


_ALL_DOUBLE = re.compile("[«»“”„「」『』]")


def _cjk_role(char: str) -> Literal["open", "close"]:
    return "open" if char in "「『«„“" else "close"


def _restyled(text: str, first: int, last: int, opening: str, closing: str) -> Iterator[Edit]:
    """Edits that replace one pair of marks and the spaces inside it."""
    inner_start = first + 1
    while inner_start < last and text[inner_start].isspace():
        inner_start += 1
    inner_end = last
    while inner_end > inner_start and text[inner_end - 1].isspace():
        inner_end -= 1
    yield Edit(first, inner_start, opening)
    yield Edit(inner_end, last + 1, closing)


class QuotesLostCheck(SegmentCheck):
    """Quotation marks of the source that the translation dropped.

    ## What it flags
    A source that quotes three words or more, whose translation has no quotation mark of any kind.
    Quoted names and titles are left alone: Russian quotes them and English does not.

    ## Why it matters
    Quoted words turn into the author's own: in news and legal texts a change of meaning.

    ## Example
    ``Кремль «конструктивно отреагировал» на инициативу`` → ``The Kremlin reacted constructively``.

    ## Fix
    None: the quoted words have to be found first.
    """

    id = "quotes-lost"
    category = "linguistic-conventions/punctuation"
    severity = Severity.MINOR
    precision = 0.7
    messages = {"lost": "the quotation marks around “{quoted}” are missing in the translation"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        if _ANY_QUOTE.search(segment.target):
            return
        source = segment.source
        stacks: list[Mark] = []
        for mark in marks(source, lang.base(context.source_lang)):
            if mark.role == "open":
                stacks.append(mark)
            elif stacks and stacks[-1].family == mark.family:
                opened = stacks.pop()
                quoted = source[opened.at + 1 : mark.at].strip()
                if len(quoted.split()) >= 3 and not _is_name(quoted):
                    yield self.flag(
                        segment, opened.at, mark.at + 1, "lost", side="source", quoted=_shortened(quoted)
                    )
                    return


def _is_name(quoted: str) -> bool:
    """Most words begin with a capital: a title, a company, a team."""
    words = [word for word in quoted.split() if len(word) > 3]
    return sum(word[0].isupper() for word in words) * 2 > len(words)


def _shortened(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
