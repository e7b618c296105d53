"""The verdict on two documents as a whole, in one line each: what to know before trusting the links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from qa.align.rewards import Rewards
from qa.align.runs import GOOD, Run, lengths, runs
from qa.lang import base, detect, name
from qa.model import Document, Link, Side

__all__ = ["Kind", "Verdict", "notices", "verdicts"]

_SAMPLE = 3000  # characters are plenty to tell a language by
_LEAST = 200  # fewer say too little
_UNRELATED = 0.12
_RELATED_SHARE = 0.3
_TELLING = 3  # sentences of a side that say anything
_SAME_SHARE = 0.9
_TIMES = 3.0  # how many times longer one side may be
_DOUBTFUL = 0.75
_FEW = 40  # sentences of both sides that make a mean
_SHOWN = 3  # runs told of on each side
_OVERLAP = 0.5
_INSIDE = 0.25
_WORDS, _WIDTH = 6, 40
_BLANKS = re.compile(r"\s+")


class Kind(StrEnum):
    """What is the matter."""

    EMPTY = "empty"
    SWAPPED = "swapped"
    ONE_LANGUAGE = "one-language"
    SAME = "same"
    UNRELATED = "unrelated"
    GAP = "gap"
    BEGINS_LATE = "begins-late"
    ENDS_EARLY = "ends-early"
    REPLACED = "replaced"
    LENGTH = "length"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One remark for people. ``side`` is the one that lacks something, None where it is not one side."""

    kind: Kind
    text: str
    side: Side | None = None


def notices(
    source: Document,
    target: Document,
    links: Sequence[Link],
    rewards: Rewards | None,
    *,
    calibrated: bool = True,
) -> tuple[str, ...]:
    """The texts of ``verdicts``."""
    found = verdicts(source, target, links, rewards, calibrated=calibrated)
    return tuple(verdict.text for verdict in found)


def verdicts(
    source: Document,
    target: Document,
    links: Sequence[Link],
    rewards: Rewards | None,
    *,
    calibrated: bool = True,
) -> tuple[Verdict, ...]:
    """What a person should know before trusting ``links``.

    ``rewards`` is None where no vectors were compared, ``calibrated`` False where the links' scores are no
    probabilities (cues aligned by time, somebody else's alignment). Where one remark explains another, only
    the first is made. Sentences are counted from 1.
    """
    empty = [side for side, d in (("source", source), ("target", target)) if not d.sentences]
    if empty:
        text = f"the {' and the '.join(empty)} {'have' if len(empty) > 1 else 'has'} no sentences"
        return (*_languages(source, target), Verdict(Kind.EMPTY, text))
    out = _languages(source, target)
    if _is_same(source, target):
        alike = next((f"; {verdict.text}" for verdict in out if verdict.kind is Kind.ONE_LANGUAGE), "")
        return (Verdict(Kind.SAME, f"source and target are the same text{alike}: give the translation"),)
    affinities = _affinities(links, rewards)
    if rewards is not None and _is_unrelated(links, affinities):
        text = "these two texts do not look like translations of each other"
        return (*out, Verdict(Kind.UNRELATED, text))
    sizes = lengths(source), lengths(target)
    found = _holes(runs(links, affinities, "source", sizes), runs(links, affinities, "target", sizes))
    length = _length(sizes, found)
    if length:
        # Holes in what is thinned out everywhere are no news.
        return (*out, *length)
    if rewards is None and calibrated and _is_doubtful(links):
        text = (
            "many links are doubtful: these texts may not be translations of each other, or one may lack a "
            "part; a higher accuracy can tell"
        )
        return (*out, Verdict(Kind.DOUBTFUL, text))
    return (*out, *_parts(source, target, links, affinities, found))


def _languages(source: Document, target: Document) -> list[Verdict]:
    if min(len(source.text), len(target.text)) < _LEAST:
        return []
    wanted = base(source.lang), base(target.lang)
    found = detect(source.text[:_SAMPLE]), detect(target.text[:_SAMPLE])
    if wanted[0] != wanted[1] and found == wanted[::-1]:
        text = (
            f"source and target seem to be swapped: the source looks like {name(wanted[1])}, "
            f"the target like {name(wanted[0])}"
        )
        return [Verdict(Kind.SWAPPED, text)]
    if found[0] is not None and found[0] == found[1] and wanted[0] != wanted[1] and found[0] in wanted:
        return [Verdict(Kind.ONE_LANGUAGE, f"both texts look like {name(found[0])}")]
    return []


def _is_same(source: Document, target: Document) -> bool:
    """Do nearly all sentences with letters stand on the other side as they are, both ways?"""
    left, right = (
        Counter(
            _BLANKS.sub(" ", sentence.text)
            for sentence in document.sentences
            if any(character.isalpha() for character in sentence.text)
        )
        for document in (source, target)
    )
    shared = (left & right).total()
    return shared > 0 and shared >= _SAME_SHARE * max(left.total(), right.total())


def _affinities(links: Sequence[Link], rewards: Rewards | None) -> list[float | None]:
    return [
        rewards.affinity(len(x.source), len(x.target), x.source[-1] + 1, x.target[-1] + 1)
        if rewards is not None and x.source and x.target
        else None
        for x in links
    ]


def _is_unrelated(links: Sequence[Link], affinities: Sequence[float | None]) -> bool:
    """Are the links strangers, on the shorter side too? A part of a book is no stranger to the book, and
    a headline alone may be any book's."""
    known = [(x, affinity) for x, affinity in zip(links, affinities, strict=True) if affinity is not None]
    if known and median(affinity for _, affinity in known) >= _UNRELATED:
        return False
    shares = []
    for side in (0, 1):
        count = sum(len((x.source, x.target)[side]) for x in links)
        if count < _TELLING:
            return False
        good = sum(len((x.source, x.target)[side]) for x, affinity in known if affinity >= GOOD)
        shares.append(good / count)
    return max(shares) < _RELATED_SHARE


def _holes(left: list[Run], right: list[Run]) -> tuple[list[Run], list[Run]]:
    """The runs that are holes of the other side: where much of it lies within a run of this side alone, it
    is thinned out, not cut."""
    sides = []
    for own, other in ((left, right), (right, left)):
        sides.append([x for x in own if x.inside <= _INSIDE or any(_overlap(x, y) for y in other)])
    return sides[0], sides[1]


def _is_doubtful(links: Sequence[Link]) -> bool:
    """Is the mean confidence, over sentences, one that sound documents hardly have?"""
    weights = [len(link.source) + len(link.target) for link in links]
    mean = sum(link.score * weight for link, weight in zip(links, weights, strict=True)) / sum(weights)
    return sum(weights) >= _FEW and mean < _DOUBTFUL


def _parts(
    source: Document,
    target: Document,
    links: Sequence[Link],
    affinities: Sequence[float | None],
    found: tuple[list[Run], list[Run]],
) -> list[Verdict]:
    """What the runs of both sides mean, in document order, the longest few of each side."""
    sure = [
        at
        for at, (link, affinity) in enumerate(zip(links, affinities, strict=True))
        if link.source and link.target and (affinity is None or affinity >= GOOD)
    ]
    first, last = (sure[0], sure[-1]) if sure else (len(links), -1)
    out: list[tuple[int, Verdict]] = []
    told: set[Run] = set()
    for run in sorted((*found[0], *found[1]), key=len, reverse=True):
        twin = next((x for x in found[run.side == "source"] if x not in told and _overlap(run, x)), None)
        if run in told or sum(verdict.side == _other(run.side) for _, verdict in out) >= _SHOWN:
            continue
        told.add(run)
        if twin is not None:
            told.add(twin)
            left, right = (run, twin) if run.side == "source" else (twin, run)
            text = (
                f"source sentences {_numbers(left)} and target sentences {_numbers(right)} do not look like "
                f"translations of each other {_words(run, source if run.side == 'source' else target)}"
            )
            out.append((run.start, Verdict(Kind.REPLACED, text)))
            continue
        document, other = (source, "target") if run.side == "source" else (target, "source")
        gone, words = f"{run.side} sentences {_numbers(run)} have no counterpart", _words(run, document)
        if run.stop > last:
            kind, text = Kind.ENDS_EARLY, f"the {other} ends early: {gone} {words}"
        elif run.start <= first:
            kind, text = Kind.BEGINS_LATE, f"the {other} begins late: {gone} {words}"
        else:
            kind, text = Kind.GAP, f"{gone} in the {other}: a part of the {other} may be missing {words}"
        out.append((run.start, Verdict(kind, text, _other(run.side))))
    return [verdict for _, verdict in sorted(out, key=lambda item: item[0])]


def _other(side: Side) -> Side:
    return "target" if side == "source" else "source"


def _overlap(one: Run, other: Run) -> bool:
    shared = min(one.stop, other.stop) - max(one.start, other.start)
    return shared >= _OVERLAP * max(one.stop - one.start, other.stop - other.start)


def _numbers(run: Run) -> str:
    return f"{run.first + 1} to {run.last + 1}"


def _words(run: Run, document: Document) -> str:
    """The first words of the first and of the last sentence, for finding the place."""
    first, last = (_first_words(document.sentences[index].text) for index in (run.first, run.last))
    return f"(«{first}» to «{last}»)"


def _first_words(text: str) -> str:
    words = " ".join(text.split()[:_WORDS])
    short = words if len(words) <= _WIDTH else words[:_WIDTH].rstrip()
    return short if len(short) == len(" ".join(text.split())) else f"{short}…"


def _length(sizes: tuple[list[int], list[int]], found: tuple[list[Run], list[Run]]) -> list[Verdict]:
    """One side many times as long as the other, unless the runs say so already."""
    totals = [sum(own) for own in sizes]
    left = [
        total - sum(sum(own[run.first : run.last + 1]) for run in some)
        for total, own, some in zip(totals, sizes, found, strict=True)
    ]
    if min(totals) == 0 or max(left) < _TIMES * max(1, min(left)):
        return []
    times = f"{max(totals) / min(totals):.0f}"
    short: Side = "target" if totals[0] > totals[1] else "source"
    long = _other(short)
    text = f"the {long} is {times} times as long as the {short}: the {short} may be incomplete or a summary"
    return [Verdict(Kind.LENGTH, text, short)]
