"""Numbers, dates and times: lost, added or changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.checks.number_excuses import Sides, explained
from qa.checks.number_phrases import said_otherwise
from qa.checks.number_writing import rewritten
from qa.model import Flag, Segment, Severity
from qa.terms.numerals import Number, digits, has_words, languages, numbers

__all__ = ["NumbersCheck"]


class NumbersCheck(SegmentCheck):
    """Numbers that are lost, added or changed.

    ## What it flags
    A number of one side that nothing on the other side explains. What explains it: the same value in
    any locale's writing (``1 234,5`` = ``1,234.5`` = ``1.234,5``) or digit system, a number word (``six`` =
    ``6``), a scale (``25 thousand`` = ``25 000`` = ``2.5万``), a Roman numeral (``XXI`` = ``21``), a month
    (``19 марта`` = ``March 19`` = ``3月19日``), a clock time (``3 p.m.`` = ``15 h``), a short year (``1990s``
    = ``90-х``), a share or a clock time in words (``33 %`` = ``a third``), the year of another calendar
    (昭和58年 = ``1983``), a converted unit or length of time. Two scales must be equal, and no decimal mark
    may have moved: ``3.8 million`` is no ``3.8 billion``, and 124.5 no 12.45. A number word alone is flagged
    only when the other side has a number word that does not fit either.

    ## Why it matters
    A wrong number is the error that costs most and that fluent text hides best.

    ## Example
    ``обмен по формуле 120 на 120`` → ``un échange 102 contre 120``

    ## Fix
    The number of the source, written as the translation writes the wrong one: with the marks of its language,
    its scale (``45 million``) or in words. None where the number can be read in two ways.
    """

    id = "numbers"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    precision = 0.85
    messages = {
        "changed": "the translation has {target} where the source has {source}",
        "missing": "{source} of the source is missing in the translation",
        "added": "{target} is not in the source",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        source_lang, target_lang = lang.base(context.source_lang), lang.base(context.target_lang)
        # Most segments hold no number at all, or both sides write the same digits. Words alone are compared
        # where both sides have some.
        if digits(source) == digits(text) and not (
            has_words(source, source_lang) and has_words(text, target_lang)
        ):
            return
        before, after = numbers(source, source_lang), numbers(text, target_lang)
        if not before and not after:
            return
        unequal = _unequal(before, after)
        unequal_there = _unequal(after, before)
        if not unequal and not unequal_there:
            return
        words_known = {source_lang, target_lang} <= languages()
        sides = Sides(before, source, after, text, target_lang, words_known)
        lost = [number for number in unequal if not explained(number, sides)]
        sides = Sides(after, text, before, source, source_lang, words_known)
        new = [number for number in unequal_there if not explained(number, sides)]
        if not lost and not new:
            return
        said, said_there = said_otherwise(source, source_lang, text, target_lang)
        lost = [number for number in lost if not _within(number, said)]
        new = [number for number in new if not _within(number, said_there)]
        yield from self._flags(segment, context, lost, new)

    def _flags(
        self, segment: Segment, context: Context, lost: Sequence[Number], new: Sequence[Number]
    ) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        lost_digits = [number for number in lost if _counts(number, source)]
        new_digits = [number for number in new if _counts(number, text)]
        if lost_digits and new_digits:
            for one, other in zip(lost_digits, new_digits, strict=False):
                yield self._changed(segment, context, one, other, sure=len(lost_digits) == len(new_digits))
            lost_digits, new_digits = lost_digits[len(new_digits) :], new_digits[len(lost_digits) :]
        elif lost_digits or new_digits:
            # A digit against a word of another value: «6» became «seven».
            partners = _soft(new) if lost_digits else _soft(lost)
            if len(partners) == 1 and len(lost_digits or new_digits) == 1:
                one = lost_digits[0] if lost_digits else partners[0]
                other = partners[0] if lost_digits else new_digits[0]
                yield self._changed(segment, context, one, other, sure=False)
                return
        else:
            old_words, new_words = _soft(lost), _soft(new)
            if len(old_words) == len(new_words) == 1 and _comparable(old_words[0], new_words[0]):
                yield self._changed(segment, context, old_words[0], new_words[0], sure=False)
            return
        for number in lost_digits:
            yield self.flag(
                segment, number.start, number.end, "missing", side="source", category="accuracy/omission",
                severity=_severity(number, source), confidence=0.75,
                source=source[number.start : number.end],
            )  # fmt: skip
        for number in new_digits:
            yield self.flag(
                segment, number.start, number.end, "added", category="accuracy/addition",
                severity=_severity(number, text), confidence=0.75,
                target=text[number.start : number.end],
            )  # fmt: skip

    def _changed(self, segment: Segment, context: Context, one: Number, other: Number, *, sure: bool) -> Flag:
        source, text = segment.source, segment.target
        languages = lang.base(context.source_lang), lang.base(context.target_lang)
        return self.flag(
            segment, other.start, other.end, "changed", confidence=0.95 if sure else 0.7,
            fix=rewritten(one, source, languages[0], other, text, languages[1]),
            source=source[one.start : one.end], target=text[other.start : other.end],
        )  # fmt: skip


def _within(number: Number, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= number.start < end for start, end in spans)


_SMALL = 12
_MEASURED = re.compile(
    r"[ \u00a0\u202f]?(?:[%‰°€$£¥]|(?:m[glm]|k[gmw]|cm|[gl]|мг|мл|кг|км|см|[гл])\b"
    r"|(?:bn|ml[nd]|mrd|mio|млн|млрд|тыс)\b|mill|bill|thousand)",
    re.IGNORECASE,
)


def _severity(number: Number, text: str) -> Severity | None:
    """Minor where the number may have been said otherwise or belongs to a name (G7, 3D).

    Up to twelve it may have become a word, an article or a phrase, unless it is a measure or an amount.
    """
    small = all(value.isdecimal() and int(value) <= _SMALL for value in number.values)
    around = text[max(0, number.start - 1) : number.start] + text[number.end : number.end + 1]
    named = any("A" <= char <= "z" for char in around)
    return Severity.MINOR if named or (small and not _MEASURED.match(text, number.end)) else None


_ERA = re.compile(r"(?:明治|大正|昭和|平成|令和|民国)\s?$")


def _counts(number: Number, text: str) -> bool:
    """Digits that have to come through: not a lone 1 (an article elsewhere), not the year of an era."""
    if number.kind != "digits" or number.values == {"1"}:
        return False
    return not _ERA.search(text[max(0, number.start - 3) : number.start])


def _soft(found: Sequence[Number]) -> list[Number]:
    """Number words that mean a number for sure: no «one», no bare «thousands»."""
    return [number for number in found if number.kind in ("word", "han") and not number.values <= _VAGUE]


_VAGUE = frozenset({"0", "1", "100", "1000", "10000", "100000", "1000000", "10000000", "1000000000"})


def _comparable(one: Number, other: Number) -> bool:
    return one.kind == other.kind or "han" in (one.kind, other.kind)


def _unequal(found: Sequence[Number], others: Sequence[Number]) -> list[Number]:
    """The numbers of one side that have no equal on the other."""
    values = {value for number in others for value in number.values}
    return [number for number in found if number.values.isdisjoint(values) and number.kind not in _QUIET]


_QUIET = frozenset({"hint", "month"})
