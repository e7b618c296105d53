"""A woman in the source who is a man in the translation, or the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from qa import lang
from qa.checks.base import Context, DocumentCheck
from qa.model import Edit, Flag, Segment, Severity
from qa.terms import speakers
from qa.terms.person_gender import OPPOSITE, Gender, People, languages, people

__all__ = ["PronounGenderCheck"]

_NATURAL = ("en", "zh", "ja", "ko")
"""Languages in which "he" and "she" are persons, best first; one side has to be one of them."""
_PERSONS_ALONE = frozenset(("es", "it", "pl", "cs", "zh", "ja", "ko"))
"""Languages whose nominative pronouns are hardly ever things: where a thing is meant they are left out."""
_EXPLICIT = frozenset(("ru", "uk", "pl", "cs", "nl", "zh", "ja"))
"""Languages in which a pronoun of the third person shows its gender in every case and as a possessive."""
_NO_CAPITALS = frozenset(("zh", "ja", "ko", "hi"))
_THING = re.compile(r"\b(?:it|its|itself|they|them|their|theirs)\b", re.IGNORECASE)
_GROWN = re.compile(
    r"\b(?:woman|girl|lady|queen|princess|man|boy|gentleman|king|prince|mr|mrs|ms)\b", re.IGNORECASE
)
"""Words for people that are no relations of anybody: in "her brother", the two are not one."""
_BEFORE = 3
"""Segments before in which somebody may have been named to whom a pronoun refers."""
_SWAPPED = {"she": "he", "he": "she", "him": "her", "herself": "himself", "himself": "herself"}
"""English pronouns with one counterpart; "her" is "his" and "him", "his" is "her" and "hers"."""


class PronounGenderCheck(DocumentCheck):
    """A person who is a woman on one side and a man on the other.

    ## What it flags
    «He» where the source speaks of a woman alone, and the reverse: by pronouns («elle», 她, «её»), words
    for people (mother, Frau, г-жа), the past tense of Slavic verbs («сказала», «dodał») and given names.
    One of the two languages must be English, Chinese, Japanese or Korean, whose pronouns are persons. Nothing
    is said where anything could stand for a person of the other gender, in the sentence or, where a name
    is all there is to go by, in the three before; «elle» and «она» may be things, «sie» may be several.
    Between French, German, Russian, Ukrainian, Polish and Czech who speaks is compared where the verb of
    saying shows it: «написала она» and «a-t-il écrit».

    ## Why it matters
    Engines translate sentence by sentence and guess: a minister becomes a man, or changes halfway.

    ## Example
    «Додала, що повернеться.» → “**He** added that **he** would be back.”

    ## Fix
    The other pronoun, where English has one that fits (*he* → *she*); none for *her* and *his*.
    """

    id = "pronoun-gender"
    category = "accuracy/mistranslation"
    severity = Severity.MINOR
    precision = 0.8
    messages: ClassVar[Mapping[str, str]] = {
        "f": "“{found}” is a woman; the source has a man (“{other}”)",
        "m": "“{found}” is a man; the source has a woman (“{other}”)",
    }

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        """Pairs of (segment id, flag), at most one a segment, in order."""
        pair = (lang.base(context.source_lang), lang.base(context.target_lang))
        if pair[0] == pair[1] or not languages().issuperset(pair):
            return
        natural = next((one for one in _NATURAL if one in pair), None)
        sides, speaking = None, speakers.languages()
        if natural is not None:
            sides = _Sides(context.segments, natural, pair[pair[0] == natural], natural == pair[1])
        for at, segment in enumerate(context.segments):
            flag = self._titles(segment, *pair)
            if sides is not None and flag is None:
                flag = self._pronouns(segment, sides, at)
            elif flag is None and speaking.issuperset(pair):
                flag = self._speaker(segment, *pair)
            if flag is not None:
                yield segment.id, flag

    def _titles(self, segment: Segment, source_lang: str, target_lang: str) -> Flag | None:
        """«Mme» where the source has Mr alone."""
        theirs, ours = people(segment.source, source_lang), people(segment.target, target_lang)
        for gender, other in OPPOSITE.items():
            mine, opposed = ours[gender].title, theirs[other].title
            excused = theirs[gender].firm or theirs[gender].several or ours[other].title
            if mine and opposed and not excused:
                return self.flag(
                    segment, *mine[0], gender,
                    found=segment.target[slice(*mine[0])], other=segment.source[slice(*opposed[0])],
                )  # fmt: skip
        return None

    def _speaker(self, segment: Segment, source_lang: str, target_lang: str) -> Flag | None:
        """«A-t-il écrit» where the source says «написала она»."""
        ours = speakers.speaker(segment.target, target_lang)
        theirs = speakers.speaker(segment.source, source_lang) if ours else None
        if ours is None or theirs is None or ours.gender == theirs.gender:
            return None
        text = segment.target
        fix = _french_swap(text, ours.start, ours.end) if target_lang == "fr" else ()
        return self.flag(
            segment, ours.start, ours.end, ours.gender, fix=fix,
            found=text[ours.start : ours.end], other=segment.source[theirs.start : theirs.end],
        )  # fmt: skip

    def _pronouns(self, segment: Segment, sides: _Sides, at: int) -> Flag | None:
        for gender in OPPOSITE:
            if found := _clash(sides, at, gender):
                return self._said(segment, sides, gender, *found)
        return None

    def _said(self, segment: Segment, sides: _Sides, gender: Gender, said: Span, mark: Span | None) -> Flag:
        if mark is None:  # only a name that the translation writes says who is meant
            other = segment.target[slice(*people(segment.target, sides.natural)[OPPOSITE[gender]].full[0])]
            return self._contradiction(segment, said, gender, other, sides)
        if sides.natural_is_target:
            return self._contradiction(segment, said, gender, segment.source[slice(*mark)], sides)
        return self._contradiction(segment, mark, OPPOSITE[gender], segment.source[slice(*said)], sides)

    def _contradiction(self, segment: Segment, span: Span, gender: Gender, other: str, sides: _Sides) -> Flag:
        fix: Iterable[Edit] = ()
        if sides.natural_is_target and sides.natural == "en":
            fix = _swapped(segment.target, people(segment.target, "en")[gender].pronouns)
        return self.flag(segment, *span, gender, fix=fix, found=segment.target[slice(*span)], other=other)


Span = tuple[int, int]


class _Sides:
    """The two texts of every segment: the one whose pronouns are persons, and the other."""

    def __init__(
        self, segments: Sequence[Segment], natural: str, other: str, natural_is_target: bool
    ) -> None:
        self._segments = segments
        self.natural, self.other = natural, other
        self.natural_is_target = natural_is_target

    @property
    def names_unseen(self) -> bool:
        """Whether the other side may name people in letters in which no name is known."""
        return self.other in _NO_CAPITALS and self.natural_is_target

    def texts(self, at: int) -> tuple[str, str]:
        segment = self._segments[at]
        return (segment.target, segment.source)[:: 1 if self.natural_is_target else -1]  # type: ignore[return-value]

    def people(self, at: int) -> tuple[People, People]:
        first, second = self.texts(at)
        return people(first, self.natural), people(second, self.other)

    def mentioned(self, at: int, gender: Gender) -> bool:
        """Whether one of the segments before speaks of a person of ``gender``, on either side."""
        return any(
            side[gender].firm for before in range(max(0, at - _BEFORE), at) for side in self.people(before)
        )


def _clash(sides: _Sides, at: int, gender: Gender) -> tuple[Span, Span | None] | None:
    """(pronoun of ``gender``, mark of the other gender on the other side) that contradict each other.

    The mark is None where only a name says who is meant, and the other side writes it in another script.
    """
    natural, other = sides.people(at)
    said, rival = natural[gender], natural[OPPOSITE[gender]]
    if not said.pronouns or said.noun or said.title or said.name:
        return None
    excuse, evidence = other[gender], other[OPPOSITE[gender]]
    if said.anybody or excuse.anybody:
        return None
    pronoun = (said.subject or said.oblique)[0]
    alone = not rival.pronouns
    elsewhere = bool(rival.noun or rival.title or rival.name)
    """Somebody else whom the marks of the other side may be about."""
    loosely = bool(excuse.loose or excuse.maybe)
    named = rival.full and (evidence.name or sides.names_unseen)
    if not excuse.firm and not excuse.several:
        shown = evidence.unnamed
        if shown and alone and not elsewhere and (said.subject or not loosely):
            someone = evidence.noun or evidence.verb
            if said.subject or evidence.pronouns or (someone and not sides.mentioned(at, gender)):
                return pronoun, shown[0]
        grown = shown and _GROWN.search(sides.texts(at)[0])
        if (
            (shown or named if said.subject else alone and not loosely and (named or grown))
            and not sides.mentioned(at, gender)
        ):  # fmt: skip
            return pronoun, next(iter((*shown, *evidence.name)), None)
    if not alone:
        return None
    if sides.other in _PERSONS_ALONE and evidence.subject:
        absent = not (excuse.pronouns or excuse.noun or excuse.title or excuse.name)
        if not elsewhere or (said.subject and absent and not sides.mentioned(at, gender)):
            return pronoun, evidence.subject[0]
    explicit = sides.other in _EXPLICIT and evidence.pronouns and not excuse.pronouns and not excuse.loose
    if explicit and not _THING.search(sides.texts(at)[0]):
        return pronoun, evidence.pronouns[0]
    return None


_INVERTED = re.compile(r"-(il|elle)\b")


def _french_swap(text: str, start: int, end: int) -> Iterator[Edit]:
    """The other pronoun of «a-t-il dit»; the participle does not change after «avoir»."""
    for match in _INVERTED.finditer(text, start, end):
        yield Edit(*match.span(1), "elle" if match[1] == "il" else "il")


def _swapped(text: str, pronouns: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    """Edits of all ``pronouns``; none where one of them has more than one counterpart."""
    words = [text[start:end] for start, end in pronouns]
    if all(word.lower() in _SWAPPED for word in words):
        for (start, end), word in zip(pronouns, words, strict=True):
            new = _SWAPPED[word.lower()]
            yield Edit(start, end, new.capitalize() if word[0].isupper() else new)
