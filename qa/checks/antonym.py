"""Words of the translation that mean the opposite of a word of the source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity
from qa.terms.negation import negations
from qa.terms.opposites import Match, load

__all__ = ["AntonymCheck"]

_DENYING = (
    "sure",
    "no",
    "~apart",
    "without",
    "fail",
    "lack",
    "prevent",
    "doubt",
    "deny",
    "end",
    "refuse",
    "few",
)
"""Ways to negate; one that only one side has may turn an opposite into a fair translation."""
_REACH, _CLOSE = 80, 40
"""Characters before and behind a word within which a negation may bear on it; the second for sure pairs."""


class AntonymCheck(SegmentCheck):
    """A word of the translation that means the opposite of what the source says.

    ## What it flags
    A word of one pole (*fall*, *before*, *worst*) where the source names the other pole («выросли», „nach“,
    «meilleur») and its own is nowhere in the source, nor the right one anywhere in the translation. Pairs of
    opposites are looked up by dictionary form, and pairs that mean much the same (*rise/fall*,
    *increase/decrease*) are compared with each other; words that may mean either are in the list to
    excuse and never flagged. Where the two sides do not negate alike («not more» for „weniger“) nothing
    is said. Major where a pair has no middle ground (points of the compass, *open/closed*) and
    each side names it once.

    ## Why it matters
    Prices that fall instead of rise: one word, and the sentence says the opposite in good style.

    ## Example
    «Цены выросли на 3 %» → “Prices **fell** by 3%”

    ## Fix
    The counterpart, for words without inflection (*before* → *after*, «toujours» → «jamais»).
    """

    id = "antonym"
    category = "accuracy/mistranslation"
    severity = Severity.MINOR  # half of what it says of human translations is a translator's choice
    precision = 0.5
    messages = {"opposite": "“{word}” is the opposite of “{source}” in the source"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source_lang, target_lang = lang.base(context.source_lang), lang.base(context.target_lang)
        opposites = load()
        if source_lang == target_lang or not {source_lang, target_lang} <= opposites.languages:
            return
        after = opposites.find(segment.target, target_lang)
        wrong = _one_sided(after)
        if not wrong:
            return
        before = opposites.find(segment.source, source_lang)
        right = _one_sided(before)
        found = [
            (match, other)
            for match in wrong.values()
            if (other := _opposite(match, right, before, after)) is not None
        ]
        flagged: set[tuple[int, int]] = set()
        blamed: set[tuple[int, int]] = set()
        for match, other in sorted(found, key=lambda one: one[0].pole.pair != one[1].pole.pair):
            if (match.start, match.end) in flagged or (other.start, other.end) in blamed:
                continue
            pairs = (match.pole.pair, other.pole.pair)
            said, rendered = (
                _denials(text, language, [one for one in named if one.pole.pair in pairs], at)
                for text, language, named, at in (
                    (segment.source, source_lang, before, other),
                    (segment.target, target_lang, after, match),
                )
            )
            if said["plain"] != rendered["plain"] or (
                said != rendered and not (match.pole.sure and "affix" not in {**said, **rendered})
            ):
                continue
            flagged.add((match.start, match.end))
            blamed.add((other.start, other.end))
            word, meant = segment.target[match.start : match.end], segment.source[other.start : other.end]
            fix = _fix(segment.target, match, target_lang) if len(set(pairs)) == 1 else ()
            yield self.flag(
                segment, match.start, match.end, "opposite", fix=fix, word=word, source=meant,
                severity=Severity.MAJOR if _sure(match, other, before, after) else None,
            )  # fmt: skip


def _one_sided(found: list[Match]) -> dict[str, Match]:
    """Pair → the first strong match, for pairs of which only one pole is named."""
    sides: defaultdict[str, set[int]] = defaultdict(set)
    strong: dict[str, Match] = {}
    for match in found:
        sides[match.pole.pair].add(match.pole.side)
        if not match.pole.weak:
            strong.setdefault(match.pole.pair, match)
    return {pair: match for pair, match in strong.items() if len(sides[pair]) == 1}


def _opposite(
    match: Match, right: Mapping[str, Match], before: list[Match], after: list[Match]
) -> Match | None:
    """What the source says instead of ``match``, best in the same pair, else in one of its family.

    In neither pair may the translation name the pole of the source, or the source that of the translation.
    """
    wrong = match.pole
    others = [
        one for one in right.values() if one.pole.family == wrong.family and one.pole.side != wrong.side
    ]
    for other in sorted(others, key=lambda one: one.pole.pair != wrong.pair):
        pairs = (wrong.pair, other.pole.pair)
        excused = any(one.pole.pair in pairs and one.pole.side != wrong.side for one in after) or any(
            one.pole.pair in pairs and one.pole.side == wrong.side for one in before
        )
        if not excused:
            return other
    return None


def _sure(match: Match, other: Match, before: list[Match], after: list[Match]) -> bool:
    """Whether it is as good as certain: a pair without middle ground, named once on each side."""
    pair = match.pole.pair
    return (
        match.pole.sure
        and other.pole.pair == pair
        and all(len({one.start for one in side if one.pole.pair == pair}) == 1 for side in (before, after))
    )


def _denials(text: str, language: str, named: list[Match], at: Match) -> dict[str, int]:
    """Way to negate → how often ``text`` does around ``at``; words of the pair itself (*loss*, *never*) are
    none, nor is the plain negation within one of its phrases («не менее», 无罪)."""
    found = negations(text, language)
    plain = (*found.sure, *found.notions.get("no", ()), *found.notions.get("~apart", ()))
    unspaced = lang.is_unspaced(language)
    phrases = [
        match
        for match in named
        if (len(match.pole.text) > 1 if unspaced else " " in match.pole.text or _negates(match, language))
    ]
    counts = {"plain": len(_near(_apart(plain, phrases), at))}
    # «Nobody is unaware»: what denies as a whole may undo a prefix, too.
    names = (*_DENYING[3:], "affix") if any(_negates(one, language) for one in named) else _DENYING[3:]
    for name, spans in found.notions.items():
        if name in names and (apart := _near(_apart(spans, named), at)):
            counts[name] = len(apart)
    return counts


def _negates(match: Match, language: str) -> bool:
    """Whether the word is a negation itself («nobody», «никогда»)."""
    found = negations(match.pole.text, language)
    return not match.pole.weak and bool(found.sure or "no" in found.notions)


def _near(spans: list[tuple[int, int]], at: Match) -> list[tuple[int, int]]:
    reach = _CLOSE if at.pole.sure else _REACH
    return [span for span in spans if at.start - reach < span[1] and span[0] < at.end + reach]


def _apart(spans: Iterable[tuple[int, int]], named: list[Match]) -> list[tuple[int, int]]:
    return [span for span in spans if all(span[1] <= match.start or match.end <= span[0] for match in named)]


def _fix(text: str, match: Match, language: str) -> Iterator[Edit]:
    new = match.pole.counterpart
    if not new or not match.exact:
        return
    word = text[match.start : match.end]
    before = text[: match.start].rstrip().rpartition(" ")[2].lower()
    if language == "en" and before in ("a", "an"):
        return  # the article may have to change as well
    yield Edit(match.start, match.end, new.capitalize() if word[0].isupper() else new)
