"""Familiar and polite address mixed in one translation, or taken for each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import ClassVar

from qa.checks.base import Context, DocumentCheck
from qa.lang import base
from qa.model import Flag, Segment, Severity
from qa.terms.address_forms import ADDRESSING, Address, Form, addresses, speech, with_verb
from qa.terms.imperatives import imperatives

__all__ = ["RegisterCheck"]

_REACH = 50
"""Segments before and after that say how the text addresses its reader: a file may be many texts."""
_LEAST = 4
_SHARE = 0.9
_POLITE_OR_PLURAL = frozenset((Address.POLITE, Address.EITHER))
_TO_ONE = frozenset((Address.FAMILIAR, Address.WEAK))
_TO_MORE = frozenset((Address.POLITE, Address.EITHER, Address.PLURAL))
_BY_SOURCE = 0.85
"""Confidence where the source says so; the rest of the document is weaker evidence."""


class RegisterCheck(DocumentCheck):
    """The reader is addressed in another way than elsewhere, or than in the source.

    ## What it flags
    A familiar word of address (``tu``, ``du``, ``ты``) where the sentence of the source is polite, and the
    reverse where the translation keeps the familiar form elsewhere; a change made throughout is the
    translator's choice. And, whatever the source, a familiar word in a document that is polite in at least
    four of the hundred segments around and in nine of ten that address anybody, or a word that is polite
    alone (``Sie``, ``usted``, ``u``) in a familiar one. ``vous`` and «вы» may be plural and may become a
    plural (``euch``, ``vosotros``). Quoted words and lines of a dialogue are somebody's own and never
    compared with the document. A verb right beside its subject is marked with it. Of verbs without a
    pronoun, imperatives that open a sentence or its main clause («appelle», «wähle», «mettiti», «откройте»)
    are compared with the document alone, in French, German, Spanish, Italian, Russian and Ukrainian; where
    the sentence has both ways, nothing is said.

    ## Why it matters
    A manual that says ``vous`` on one page and ``tu`` on the next reads as if two people had written it,
    and a familiar word offends where a polite one is due. Engines that see one sentence at a time choose
    anew in each.

    ## Example
    ``Vérifiez votre adresse.`` … ``**Tu peux** fermer la fenêtre.``

    ## Fix
    None: the verbs change as well.
    """

    id = "register"
    category = "style/register"
    severity = Severity.MINOR
    needs_source = False
    languages = ADDRESSING
    precision = 0.75
    messages: ClassVar[Mapping[str, str]] = {
        "source-polite": "«{found}» is familiar; the source is polite here («{other}»)",
        "source-familiar": "«{found}» is polite or plural; the source is familiar here («{other}»)",
        "polite": "«{found}» is familiar; {count} segments around are polite (first: {first}, «{other}»)",
        "familiar": "«{found}» is polite; {count} segments around are familiar (first: {first}, «{other}»)",
        "told-one": "«{found}» is familiar; {count} segments around are polite or plural"
        " (first: {first}, «{other}»)",
        "told-more": "«{found}» is polite or plural; {count} segments around are familiar"
        " (first: {first}, «{other}»)",
    }

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        """Pairs of (segment id, flag), at most one a segment, in order."""
        source_lang, target_lang = base(context.source_lang), base(context.target_lang)
        segments = context.segments
        said = [addresses(segment.target, target_lang) for segment in segments]
        told = [imperatives(segment.target, target_lang) for segment in segments]
        if not any(said) and not any(told):
            return
        theirs: Sequence[list[Form]] = [[]] * len(segments)
        if source_lang in ADDRESSING and source_lang != target_lang:
            theirs = [
                addresses(item.source, source_lang) if ours else []
                for item, ours in zip(segments, said, strict=True)
            ]
        spoken = list(speech((segment.target for segment in segments), target_lang))
        written = [
            _outside(forms, silent) if forms else forms for forms, silent in zip(said, spoken, strict=True)
        ]
        told = [
            _outside(forms, silent) if forms else forms for forms, silent in zip(told, spoken, strict=True)
        ]
        habit, changes = _Habit(written), _Changes(said, theirs)
        manner = _Manner([[*one, *other] for one, other in zip(written, told, strict=True)])
        for at, segment in enumerate(segments):
            flag = None
            if said[at]:
                flag = self._by_source(segment, at, said[at], theirs[at], changes, target_lang)
                flag = flag or self._by_document(segments, at, written, theirs[at], habit, target_lang)
            if told[at] and flag is None:
                meant = [*theirs[at], *imperatives(segment.source, source_lang)]
                flag = self._imperative(segments, at, told[at], meant, manner)
            if flag is not None:
                yield segment.id, flag

    def _by_source(
        self,
        segment: Segment,
        at: int,
        ours: Sequence[Form],
        theirs: Sequence[Form],
        changes: _Changes,
        lang: str,
    ) -> Flag | None:
        key = changes.slip(at)
        if not key:
            return None
        start, end = with_verb(segment.target, ours[0], lang)
        return self.flag(
            segment, start, end, key,
            confidence=_BY_SOURCE, found=segment.target[start:end], other=theirs[0].text,
        )  # fmt: skip

    def _by_document(
        self,
        segments: Sequence[Segment],
        at: int,
        written: Sequence[Sequence[Form]],
        theirs: Sequence[Form],
        habit: _Habit,
        lang: str,
    ) -> Flag | None:
        for key, rare, usual in (
            ("polite", Address.FAMILIAR, habit.polite),
            ("familiar", Address.POLITE, habit.familiar),
        ):
            forms = [form for form in written[at] if form.address is rare]
            if not forms or habit.agrees(theirs, rare):
                continue
            rival = habit.familiar if usual is habit.polite else habit.polite
            most, least = usual.near(at), rival.near(at)
            if most < _LEAST or most < _SHARE * (most + least):
                continue
            first = usual.first(at)
            start, end = with_verb(segments[at].target, forms[0], lang)
            other = next(form for form in written[first] if form.address in usual.kinds)
            return self.flag(
                segments[at],
                start,
                end,
                key,
                found=segments[at].target[start:end],
                count=str(most),
                first=str(segments[first].id),
                other=other.text,
            )
        return None

    def _imperative(
        self,
        segments: Sequence[Segment],
        at: int,
        told: Sequence[Form],
        theirs: Sequence[Form],
        manner: _Manner,
    ) -> Flag | None:
        """An imperative that addresses its reader in another way than nearly all that is around."""
        for key, odd, usual, rival in (
            ("told-one", _TO_ONE, manner.more, manner.one),
            ("told-more", _POLITE_OR_PLURAL, manner.one, manner.more),
        ):
            forms = [form for form in told if form.address in odd]
            most, least = usual.near(at), rival.near(at)
            if not forms or manner.has(at, usual) or _kinds(theirs) & odd:
                continue
            if most < _LEAST or most < _SHARE * (most + least):
                continue
            first = usual.first(at)
            other = next(form for form in manner.forms[first] if form.address in usual.kinds)
            return self.flag(
                segments[at], forms[0].start, forms[0].end, key,
                found=forms[0].text, count=str(most), first=str(segments[first].id), other=other.text,
            )  # fmt: skip
        return None


class _Places:
    """Where segments of one kind stand: counted and found in a window without walking through it."""

    def __init__(self, marks: Sequence[bool], kinds: frozenset[Address] = frozenset()) -> None:
        self.kinds = kinds
        self._marks = marks
        self._until = [0, *accumulate(marks)]
        self._at = [place for place, mark in enumerate(marks) if mark]

    def near(self, at: int) -> int:
        """How many stand within reach of ``at``, itself left out."""
        low, high = max(0, at - _REACH), min(len(self._marks), at + _REACH + 1)
        return self._until[high] - self._until[low] - self._marks[at]

    def first(self, at: int) -> int:
        """The first within reach of ``at`` that is not itself; one must be there."""
        place = bisect_left(self._at, at - _REACH)
        return self._at[place + (self._at[place] == at)]


class _Habit:
    """How the segments of a document address their reader."""

    def __init__(self, written: Sequence[Sequence[Form]]) -> None:
        kinds = [_kinds(forms) for forms in written]
        self.polite = _Places(
            [bool(one & _POLITE_OR_PLURAL) and not one & _TO_ONE for one in kinds], _POLITE_OR_PLURAL
        )
        self.familiar = _Places([bool(one & _TO_ONE) for one in kinds], _TO_ONE)

    @staticmethod
    def agrees(theirs: Sequence[Form], rare: Address) -> bool:
        """Whether the source has the same form: it is the author's choice then."""
        wanted = _TO_ONE if rare is Address.FAMILIAR else _POLITE_OR_PLURAL
        return bool(_kinds(theirs) & wanted)


class _Manner:
    """The same, imperatives among them: to one person who is no stranger, or to a stranger or several."""

    def __init__(self, forms: Sequence[Sequence[Form]]) -> None:
        kinds = [_kinds(one) for one in forms]
        self.forms = forms
        self.one = _Places([bool(each & _TO_ONE) and not each & _TO_MORE for each in kinds], _TO_ONE)
        self.more = _Places([bool(each & _TO_MORE) and not each & _TO_ONE for each in kinds], _TO_MORE)

    def has(self, at: int, usual: _Places) -> bool:
        """Whether the segment itself has the usual manner beside the other: several are spoken to."""
        return bool(_kinds(self.forms[at]) & usual.kinds)


class _Changes:
    """Where the translation keeps the way in which the source addresses its reader, and where not."""

    def __init__(self, said: Sequence[Sequence[Form]], theirs: Sequence[Sequence[Form]]) -> None:
        pairs = [(_level(one), _level(other)) for one, other in zip(theirs, said, strict=True)]
        self._pairs = pairs
        self._kept = {level: _Places([pair == (level, level) for pair in pairs]) for level in _LEVELS}
        self._changed = {
            level: _Places([pair[0] == level and pair[1] in _LEVELS and pair[1] != level for pair in pairs])
            for level in _LEVELS
        }

    def slip(self, at: int) -> str:
        """The key of the message about a change that is not the habit around ``at``; "" where none is."""
        level, ours = self._pairs[at]
        if level == ours or not {level, ours} <= _LEVELS:
            return ""
        kept, changed = self._kept[level].near(at), self._changed[level].near(at)
        # German shops say du where French ones say vous; hardly any that say Sie are translated with tu.
        if kept > changed or (level == "polite" and changed < _LEAST):
            return f"source-{level}"
        return ""


_LEVELS = frozenset(("polite", "familiar"))


def _level(forms: Sequence[Form]) -> str:
    """What all the words of address are, polite or familiar; "" where they differ or are something else."""
    kinds = _kinds(forms)
    if not kinds:
        return ""
    if kinds <= _POLITE_OR_PLURAL:
        return "polite"
    return "familiar" if kinds <= {Address.FAMILIAR} else ""


def _kinds(forms: Iterable[Form]) -> set[Address]:
    return {form.address for form in forms}


def _outside(forms: Sequence[Form], silent: Sequence[tuple[int, int]]) -> list[Form]:
    """The forms outside the stretches ``silent``, which are sorted and do not overlap."""
    ends = [end for _, end in silent]

    def spoken(form: Form) -> bool:
        place = bisect_right(ends, form.start)
        return place < len(silent) and silent[place][0] <= form.start

    return [form for form in forms if not spoken(form)]
