"""Familiar and polite address mixed in one translation, or taken for each other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import ClassVar

from qa.checks.address_forms import ADDRESSING, Address, Form, addresses, speech
from qa.checks.base import Context, DocumentCheck
from qa.lang import base
from qa.model import Flag, Segment, Severity

__all__ = ["RegisterCheck"]

_REACH = 50
"""Segments before and after that say how the text addresses its reader: a file may be many texts."""
_LEAST = 4
_SHARE = 0.9
_POLITE_OR_PLURAL = frozenset((Address.POLITE, Address.EITHER))
_TO_ONE = frozenset((Address.FAMILIAR, Address.WEAK))
_SURE = {True: 0.85, False: 0.75}
"""Confidence by whether the source says so, or the rest of the document."""


class RegisterCheck(DocumentCheck):
    """The reader is addressed in another way than elsewhere, or than in the source.

    ## What it flags
    A familiar word of address (``tu``, ``du``, ``ты``) where the sentence of the source is polite, and the
    reverse; and, whatever the source, a familiar word in a document that is polite in at least four of the
    hundred segments around and in nine of ten that address anybody, or a word that is polite alone
    (``Sie``, ``usted``, ``u``) in a familiar one. ``vous`` and «вы» may be plural and count against nothing
    familiar that is plural too (``euch``, ``vosotros``). Quoted words and lines of a dialogue are somebody's
    own and never compared with the document. Verb forms without a pronoun are not looked at.

    ## Why it matters
    A manual that says ``vous`` on one page and ``tu`` on the next reads as if two people had written it, and a
    familiar word offends where a polite one is due. Engines that see one sentence at a time choose anew in each.

    ## Example
    ``Vérifiez votre adresse.`` … ``**Tu** peux fermer la fenêtre.``

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
    }

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        """Pairs of (segment id, flag), at most one a segment, in order."""
        source_lang, target_lang = base(context.source_lang), base(context.target_lang)
        segments = context.segments
        said = [addresses(segment.target, target_lang) for segment in segments]
        if not any(said):
            return
        theirs: Sequence[list[Form]] = [[]] * len(segments)
        if source_lang in ADDRESSING and source_lang != target_lang:
            theirs = [addresses(item.source, source_lang) if ours else [] for item, ours in zip(segments, said)]
        spoken = speech((segment.target for segment in segments), target_lang)
        written = [
            _outside(forms, silent) if forms else forms for forms, silent in zip(said, spoken, strict=True)
        ]
        around = _Habit(written)
        for at, segment in enumerate(segments):
            if said[at]:
                flag = self._by_source(segment, said[at], theirs[at])
                flag = flag or self._by_document(segments, at, written, theirs[at], around)
                if flag is not None:
                    yield segment.id, flag

    def _by_source(self, segment: Segment, ours: Sequence[Form], theirs: Sequence[Form]) -> Flag | None:
        one, other = _kinds(ours), _kinds(theirs)
        if not one or not other:
            return None
        if one <= {Address.FAMILIAR} and other <= _POLITE_OR_PLURAL:
            key = "source-polite"
        elif one <= _POLITE_OR_PLURAL and other <= {Address.FAMILIAR}:
            key = "source-familiar"
        else:
            return None
        word = ours[0]
        return self.flag(
            segment, word.start, word.end, key, confidence=_SURE[True], found=word.text, other=theirs[0].text
        )

    def _by_document(
        self,
        segments: Sequence[Segment],
        at: int,
        written: Sequence[Sequence[Form]],
        theirs: Sequence[Form],
        around: _Habit,
    ) -> Flag | None:
        for key, rare, usual in (
            ("polite", Address.FAMILIAR, around.polite),
            ("familiar", Address.POLITE, around.familiar),
        ):
            forms = [form for form in written[at] if form.address is rare]
            if not forms or around.agrees(theirs, rare):
                continue
            rival = around.familiar if usual is around.polite else around.polite
            most, least = usual.near(at), rival.near(at)
            if most < _LEAST or most < _SHARE * (most + least):
                continue
            first = usual.first(at)
            word = forms[0]
            other = next(form for form in written[first] if form.address in usual.kinds)
            return self.flag(
                segments[at],
                word.start,
                word.end,
                key,
                confidence=_SURE[False],
                found=word.text,
                count=str(most),
                first=str(segments[first].id),
                other=other.text,
            )
        return None


class _Places:
    """Where segments of one kind stand: counted and found in a window without walking through it."""

    def __init__(self, kinds: frozenset[Address], marks: Sequence[bool]) -> None:
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
        self.polite = _Places(_POLITE_OR_PLURAL, [bool(one & _POLITE_OR_PLURAL) and not one & _TO_ONE for one in kinds])
        self.familiar = _Places(_TO_ONE, [bool(one & _TO_ONE) for one in kinds])

    @staticmethod
    def agrees(theirs: Sequence[Form], rare: Address) -> bool:
        """Whether the source has the same form: it is the author's choice then."""
        wanted = _TO_ONE if rare is Address.FAMILIAR else _POLITE_OR_PLURAL
        return bool(_kinds(theirs) & wanted)


def _kinds(forms: Iterable[Form]) -> set[Address]:
    return {form.address for form in forms}


def _outside(forms: Sequence[Form], silent: Sequence[tuple[int, int]]) -> list[Form]:
    return [form for form in forms if not any(start <= form.start < end for start, end in silent)]
