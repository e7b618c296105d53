"""Amounts of money whose currency changed on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Flag, Segment, Severity
from qa.terms.currencies import Mention, mentions
from qa.terms.numerals import languages

__all__ = ["CurrencyCheck"]


class CurrencyCheck(SegmentCheck):
    """An amount of money in another currency.

    ## What it flags
    The same amount in another currency: £1.2 million → ``1,2 million de dollars``, 600 Canadian dollars →
    ``600 US dollars``, 二十万元 → ``200,000 dollars``; and a currency that is named without an amount ("in
    euros") where the translation names another one. A name that several countries share (dollar, crown,
    peso, ``$``, ``¥``) stands for the currency of any of them unless the country stands beside it. Converted
    amounts (another number), a currency left out or said once for two amounts, and one that the other side
    names elsewhere are left alone. Words that mean other things as well (pound, mark, crown, real) name a
    currency only after a number.

    ## Why it matters
    The number looks right, and the amount is another.

    ## Example
    ``a fine of 5 million yen`` → ``eine Geldstrafe von 5 Millionen Yuan``

    ## Fix
    None.
    """

    id = "currency"
    category = "locale-conventions/currency-format"
    severity = Severity.MAJOR
    precision = 0.9
    messages = {"changed": "“{found}” is another currency than “{wanted}” of the source"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        here, there = lang.base(context.source_lang), lang.base(context.target_lang)
        after = mentions(text, there)
        before = mentions(source, here) if after else []
        if not before:
            return
        read = {here, there} <= languages()
        for meant, written in list(_changed(before, after, read=read)) or _renamed(before, after):
            yield self.flag(
                segment, written.start, written.end, "changed",
                confidence=None if written.values else 0.7,
                found=text[written.start : written.end], wanted=source[meant.start : meant.end],
            )  # fmt: skip


def _changed(
    before: Sequence[Mention], after: Sequence[Mention], *, read: bool
) -> Iterator[tuple[Mention, Mention]]:
    """(source's, target's) mentions with the same number and currencies that cannot be the same."""
    left = [one for one in before if one.values]
    for written in after:
        same = [one for one in left if _equal(one, written, read=read)]
        if not same or any(_may_be_one(one, written) for one in same):
            continue
        meant = same[0]
        if not (meant.plain or written.plain):
            continue  # «5 livres» may be books, "5 marks" a result
        if _free(meant, after, before, read=read) or _free(written, before, after, read=read):
            continue
        yield meant, written


def _renamed(before: Sequence[Mention], after: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """The first mentions where one of them has no number, so that nothing can have been converted, and no
    currency of the one side may be one of the other."""
    for meant, written in zip(before[:1], after[:1], strict=True):
        sure = all(one.plain for one in (*before, *after))
        counted = all(one.values for one in before) and all(one.values for one in after)
        if sure and not counted and not any(_may_be_one(one, other) for one in before for other in after):
            yield meant, written


def _may_be_one(one: Mention, other: Mention) -> bool:
    return not one.codes.isdisjoint(other.codes)


def _equal(one: Mention, other: Mention, *, read: bool) -> bool:
    """The same number; the same figures where the scale of one stands in a word that the tables lack."""
    if read:
        return not one.values.isdisjoint(other.values)
    return not {_figures(value) for value in one.values}.isdisjoint(map(_figures, other.values))


def _figures(value: str) -> str:
    return value.replace(".", "").strip("0")


def _free(mention: Mention, there: Sequence[Mention], own: Sequence[Mention], *, read: bool) -> bool:
    """The other side, too, names the currency, and not for another amount that both sides have."""
    return any(
        _may_be_one(mention, other)
        and not any(
            one is not mention and one.values and _may_be_one(one, other) and _equal(one, other, read=read)
            for one in own
        )
        for other in there
    )
