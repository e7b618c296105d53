"""A negation that has no counterpart on the other side, and what else there may account for it.

Sure negations of both sides are paired off by their place in the sentence. Of one that is left over,
``features`` says what could excuse it, foremost negative words of the other side that have no
counterpart either, and ``likelihood`` weighs that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from qa.terms.negation import Negations
from qa.terms.opposites import load

__all__ = ["WEIGHTS", "LeftOver", "features", "left_over", "likelihood"]

_NEAR = 0.15
"""Difference of places, as shares of the sentence, within which two negative words may be one."""
_BEFORE, _BEHIND = 20, 40
"""Characters before and behind a negation among which the word it denies is looked for."""

WEIGHTS: Mapping[str, float] = {
    "always": 3.3,
    "added": -0.2,
    "affix": -1.8,
    "deny": -0.4,
    "doubt": -1.1,
    "end": -0.1,
    "exclude": 0.5,
    "fail": -1.6,
    "few": -1.5,
    "forbid": -1.0,
    "hard": -1.8,
    "lack": -1.2,
    "loose": -1.2,
    "near": -2.0,
    "opposed": -1.9,
    "paired": -1.0,
    "prevent": -1.1,
    "refuse": -0.7,
    "without": -2.0,
    "word": -0.5,
    "~only": -0.3,
    "~other": -1.6,
    "~until": -0.4,
}
"""By name of a feature or of a notion of ``negation.toml``; what is not here weighs nothing."""


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A sure negation at ``[start, end)`` of the source (``lost``) or of the target that nothing sure
    matches; ``ours`` and ``theirs`` are all negations of its own side and of the other one."""

    start: int
    end: int
    lost: bool
    place: float
    ours: Negations
    theirs: Negations
    sizes: tuple[int, int]
    opposed: bool = False
    """The other side affirms the opposite of the word denied: "stay on the path" for «не сходить с тропы»."""
    word: bool = False
    """It is a word like "no" or "nobody", and the other side denies nothing at all."""


def left_over(
    before: Negations, after: Negations, source: str, target: str, languages: tuple[str, str]
) -> LeftOver | None:
    """The negation that source or target has more than the other side; None where they have as many, or
    where as many words as are missing («нет», "nothing") negate in another way."""
    if len(before.sure) == len(after.sure):
        return _negative_word(before, after, source, target, languages)
    lost = len(before.sure) > len(after.sure)
    ours, theirs = (before, after) if lost else (after, before)
    spare = sum(max(0, _count(theirs, name) - _count(ours, name)) for name in ("no", "~apart"))
    if len(ours.sure) - len(theirs.sure) <= spare:
        return None
    texts, tags = ((source, target), languages) if lost else ((target, source), languages[::-1])
    sizes = (len(texts[0]), len(texts[1]))
    places = [start / sizes[0] for start, _ in ours.sure]
    number = _unpaired(places, [start / sizes[1] for start, _ in theirs.sure])
    start, end = ours.sure[number]
    return LeftOver(start, end, lost, places[number], ours, theirs, sizes, _opposed(start, end, texts, tags))


def _negative_word(
    before: Negations, after: Negations, source: str, target: str, languages: tuple[str, str]
) -> LeftOver | None:
    """A word that negates («found *no* evidence») where the other side has nothing negative whatever."""
    for ours, theirs, lost in ((before, after, True), (after, before, False)):
        texts, tags = ((source, target), languages) if lost else ((target, source), languages[::-1])
        if (
            not ours.words
            or theirs.sure
            or any(name == "no" or _count(theirs, name) > _count(ours, name) for name in theirs.notions)
        ):
            continue
        sizes = (len(texts[0]), len(texts[1]))
        start, end = ours.words[0]
        opposed = _opposed(start, end, texts, tags)
        one = LeftOver(start, end, lost, start / sizes[0], ours, theirs, sizes, opposed, word=True)
        return None if _denied(one) else one
    return None


def _opposed(start: int, end: int, texts: tuple[str, str], tags: tuple[str, str]) -> bool:
    """Whether a word beside the negation at ``[start, end)`` of the first text has its opposite in the other,
    and only its opposite."""
    words = load()
    near = {
        (match.pole.pair, match.pole.side)
        for match in words.find(texts[0], tags[0])
        if start - _BEFORE <= match.start
        and match.start < end + _BEHIND
        and (not match.pole.weak or match.pole.pair in words.excusing)
        and not match.pole.sure
    }
    if not near:
        return False
    sides: defaultdict[str, set[int]] = defaultdict(set)
    strong: set[str] = set()
    for match in words.find(texts[1], tags[1]):
        sides[match.pole.pair].add(match.pole.side)
        if not match.pole.weak or match.pole.pair in words.excusing:
            strong.add(match.pole.pair)
    return any(sides.get(pair) == {1 - side} and pair in strong for pair, side in near)


def _count(one: Negations, name: str) -> int:
    return len(one.notions.get(name, ()))


def _unpaired(places: list[float], others: list[float]) -> int:
    """Which of ``places`` is left when each of ``others`` has taken the nearest one still free."""
    free = list(range(len(places)))
    for other in others:
        free.remove(min(free, key=lambda number: abs(places[number] - other)))
    return free[0]


def features(one: LeftOver) -> dict[str, float]:
    """Name → value of everything that speaks for or against an error; absent means 0."""
    found = {"always": 1.0, "added": float(not one.lost)}
    if one.start in one.ours.loose:
        found["loose"] = 1.0
    if one.theirs.sure:
        found["paired"] = 1.0
    if one.opposed:
        found["opposed"] = 1.0
    if one.word:
        found["word"] = 1.0
    for name, spans in one.theirs.notions.items():
        if name in ("no", "~apart"):
            continue
        if len(spans) > len(one.ours.notions.get(name, ())):
            found[name] = 1.0
            if min(abs(start / one.sizes[1] - one.place) for start, _ in spans) < _NEAR:
                found["near"] = 1.0
    return found


def _denied(one: LeftOver) -> bool:
    """Whether beside the negation its own side has a negative word that the other side lacks: "hardly a
    village that does not" may be said without either."""
    return any(
        len(spans) > len(one.theirs.notions.get(name, ()))
        and any(abs(start - one.start) < _BEHIND and start != one.start for start, _ in spans)
        for name, spans in one.ours.notions.items()
        if name != "no" and not name.startswith("~")
    )


def likelihood(one: LeftOver) -> float:
    """Chance that ``one`` is an error and no other way to say the same: 0 to 1, the weights fitted by
    ``benchmarks/polarity.py --fit``."""
    score = sum(WEIGHTS.get(name, 0.0) * value for name, value in features(one).items())
    return 1 / (1 + exp(-score))
