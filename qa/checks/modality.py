"""Obligations that become permissions, possibilities that become facts, and the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.checks.clauses import clause_at
from qa.model import Flag, Segment, Severity
from qa.terms.modality import Modality, languages, modality

__all__ = ["ModalityCheck"]

Span = tuple[int, int]

_QUESTION = re.compile(r"[?？؟]")

_APART, _LEAST = 0.25, 30
"""How far apart (as a share of the sentence) the two sides of a change may stand; characters that count as
near in any sentence."""
_SHORT, _LONG = 150, 200
"""Characters from which on weak signs are left alone, and from which on every change is minor: a long
sentence has other ways to say it."""

_FULL = 0.1
"""Share of the source's length that a whole translation has at least, even a Chinese one."""
_DOUBT = 0.5
"""Confidence in a flag that is always minor."""

_OBLIGED, _ALLOWED = ("must", "ought"), ("may", "can", "might")
_ANY = ("neutral", "exempt", "ban")
_OBLIGING = (*_OBLIGED, "should", "past", "unmet", *_ANY, "~must")
_ALLOWING = (*_ALLOWED, "perhaps", *_ANY, "~may")
_ADVISING = ("should", "ought", "past", "unmet", *_ANY, "~should")
_ORDERING = (*_OBLIGED, "past", "unmet", *_ANY, "~must")
_PAST = ("past", "unmet", "neutral", "~past")
_PRESENT = ("must", "ought", "future")
_HEDGING = (*_ALLOWED, "perhaps", "should", "ought", "past", "unmet", *_ANY, "~may", "~might")


@dataclass(frozen=True, slots=True)
class _Rule:
    """A change: more of ``said`` in the source than the translation has of ``right``, and more of ``wrong``
    in the translation than the source has of ``fair``. Without ``wrong`` it has no ``right`` at all."""

    key: str
    said: tuple[str, ...]
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    fair: tuple[str, ...]
    severity: Severity = Severity.MAJOR
    near: float = 0.2
    """How near (as a share of the sentence) a weak way stands to what it may account for."""
    longest: int = 10_000
    """Characters of either side from which on nothing is said."""


_RULES = (
    _Rule("eased", _OBLIGED, _OBLIGING, _ALLOWED, _ALLOWING, near=0.1),
    _Rule("tightened", _ALLOWED, _ALLOWING, _OBLIGED, _OBLIGING, near=0.1),
    _Rule("forbidden", ("exempt",), ("exempt", "neutral"), ("ban",), ("ban", "neutral")),
    _Rule("released", ("ban",), ("ban", "neutral"), ("exempt",), ("exempt", "neutral")),
    _Rule("ordered", ("should",), _ADVISING, ("must",), _ORDERING, Severity.MINOR),
    _Rule("advised", ("must",), _ORDERING, ("should",), _ADVISING, Severity.MINOR, longest=120),
    _Rule("future", ("past", "unmet"), _PAST, ("due",), ("due", "future")),
    _Rule("future", ("unmet",), _PAST, _PRESENT, _PRESENT),
    _Rule("sure", ("may", "might", "perhaps"), _HEDGING, ("future",), ("future",), near=0.3),
    _Rule("sure", ("can",), _HEDGING, ("future",), ("future",), Severity.MINOR, 0.5, _SHORT),
    _Rule("fact", ("may", "might", "perhaps"), _HEDGING, (), (), Severity.MINOR, 1.0, _SHORT),
)


class ModalityCheck(SegmentCheck):
    """An obligation, permission, possibility or recommendation that becomes another one, or a plain fact.

    ## What it flags
    What must be done where the source says that it may (*must*, „muss“, «обязан» for *may*, „darf“, «вправе»)
    and the reverse; what need not be done, forbidden, and the reverse; what should have been done as still to
    do; advice as an order and the reverse. A possibility (*might*, «pourrait», «мог бы») made sure by a
    future; and in short sentences a possibility or hearsay (*perhaps*, *allegedly*, the French conditional
    «aurait vendu») told as a fact. Modal verbs, adverbs and phrases of both sides are counted; what can, but
    need not, say the same (*able*, „wohl“, «было бы») excuses nearby. Questions are left alone, and so are
    *can* that a translation leaves out, *shall* in the present tense, and «doit» for advice. From 200
    characters on, and for advice, ability and facts, flags are minor.

    ## Why it matters
    A right that becomes a duty, or a rumour that becomes news: the sentence reads well and binds or accuses.

    ## Example
    «Арендатор вправе расторгнуть договор» → “The tenant **must** terminate the contract”

    ## Fix
    None: the right word depends on the sentence.
    """

    id = "modality"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    precision = 0.7
    messages = {
        "eased": "“{word}” allows what the source demands (“{cue}”)",
        "tightened": "“{word}” demands what the source allows or calls possible (“{cue}”)",
        "forbidden": "“{word}” forbids what the source leaves free (“{cue}”)",
        "released": "“{word}” leaves free what the source forbids (“{cue}”)",
        "ordered": "“{word}” demands what the source recommends (“{cue}”)",
        "advised": "“{word}” recommends what the source demands (“{cue}”)",
        "future": "“{word}” is still to come; in the source it did not happen or is over (“{cue}”)",
        "sure": "“{word}” makes certain what the source calls possible (“{cue}”)",
        "fact": "the translation states as a fact what the source calls possible or hearsay (“{cue}”)",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        source_lang, target_lang = lang.base(context.source_lang), lang.base(context.target_lang)
        if source_lang == target_lang or not {source_lang, target_lang} <= languages():
            return
        before = modality(source, source_lang)
        if not before.ways or _QUESTION.search(source) or _QUESTION.search(text):
            return
        if len(text) < _FULL * len(source):
            return  # not a translation of all of it
        after = modality(text, target_lang)
        for rule in _RULES:
            found = _found(rule, before, after, (len(source), len(text)))
            if found is None:
                continue
            (first, last), place = found
            start, end = place or clause_at(text, round(first / len(source) * len(text)))
            doubtful = rule.severity is Severity.MINOR
            severity = rule.severity if max(len(source), len(text)) < _LONG else Severity.MINOR
            yield self.flag(
                segment, start, end, rule.key, severity=severity, confidence=_DOUBT if doubtful else None,
                cue=source[first:last].strip(), word=text[start:end],
            )  # fmt: skip
            return


def _found(
    rule: _Rule, before: Modality, after: Modality, sizes: tuple[int, int]
) -> tuple[Span, Span | None] | None:
    """The cue of the source that the translation changes, and what it says instead (None for nothing)."""
    said, wrong = before.spans(*rule.said), after.spans(*rule.wrong)
    if not said or (rule.wrong and not wrong) or max(sizes) > rule.longest:
        return None
    lost = _unmatched(said, after, rule.right, wrong, sizes, rule.near)
    if lost is None or not rule.wrong:
        return lost and (lost, None)
    added = _unmatched(wrong, before, rule.fair, said, sizes[::-1], rule.near)
    if added is None or abs(lost[0] / sizes[0] - added[0] / sizes[1]) > _near(_APART, sizes):
        return None
    return lost, added


def _near(share: float, sizes: tuple[int, int]) -> float:
    return max(share, _LEAST / max(sizes))


def _unmatched(
    said: tuple[Span, ...], other: Modality, ways: tuple[str, ...], taken: tuple[Span, ...],
    sizes: tuple[int, int], share: float,
) -> Span | None:  # fmt: skip
    """The first of ``said`` that no way of the other side accounts for: a plain one anywhere, or a weak one
    near its place that is not part of ``taken``."""
    plain = other.spans(*(way for way in ways if way[0] != "~"))
    if plain and not taken:
        return None
    if len(said) <= len(plain):
        return None
    free = list(said)
    for start, _ in plain:
        free.remove(min(free, key=lambda one: abs(one[0] / sizes[0] - start / sizes[1])))
    weak = [
        start / sizes[1]
        for start, end in other.spans(*(way for way in ways if way[0] == "~"))
        if not any(first < end and start < last for first, last in (*plain, *taken))
    ]
    near = _near(share, sizes)
    for cue in free:
        if not any(abs(cue[0] / sizes[0] - place) < near for place in weak):
            return cue
    return None
