"""Obligations that become permissions, possibilities that become facts, and the reverse."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Flag, Segment, Severity
from qa.terms.modality import Modality, languages, modality

__all__ = ["ModalityCheck"]

Span = tuple[int, int]

_QUESTION = re.compile(r"[?？؟]")
_CLAUSES = re.compile(r"[^.!?;:,。！？；，、]+")

_NEAR, _APART, _LEAST = 0.2, 0.25, 30
"""How near (as a share of the sentence) a weak word stands to what it may render, and the two sides of a change
to each other; the last in characters: as near they may be in any sentence."""

_OBLIGED, _ALLOWED = ("must", "ought"), ("may", "can", "might")
_ANY = ("neutral", "exempt", "ban")
_OBLIGING = (*_OBLIGED, "should", "past", "unmet", *_ANY, "~must")
_ALLOWING = (*_ALLOWED, "perhaps", *_ANY, "~may")
_ADVISING = ("should", "ought", "past", "unmet", *_ANY, "~should")
_HEDGING = (*_ALLOWED, "perhaps", "should", "ought", "past", "unmet", *_ANY, "~may", "~might")


@dataclass(frozen=True, slots=True)
class _Rule:
    """A change: more of ``said`` in the source than the translation has of ``right``, and more of ``wrong``
    in the translation than the source has of ``fair``."""

    key: str
    said: tuple[str, ...]
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    fair: tuple[str, ...]
    severity: Severity = Severity.MAJOR


_RULES = (
    _Rule("eased", (*_OBLIGED, "should"), _OBLIGING, _ALLOWED, _ALLOWING),
    _Rule("tightened", _ALLOWED, _ALLOWING, _OBLIGED, _OBLIGING),
    _Rule("forbidden", ("exempt",), ("exempt", "neutral"), ("ban",), ("ban", "neutral")),
    _Rule("released", ("ban",), ("ban", "neutral"), ("exempt",), ("exempt", "neutral")),
    _Rule("ordered", ("should",), _ADVISING, ("must",), (*_OBLIGED, "past", "unmet", *_ANY, "~must"), Severity.MINOR),
    _Rule("advised", ("must",), (*_OBLIGED, "past", "unmet", *_ANY, "~must"), ("should",), _ADVISING, Severity.MINOR),
    _Rule("future", ("past", "unmet"), ("past", "unmet", "neutral", "~past"), ("due",), ("due", "future")),
    _Rule("future", ("unmet",), ("past", "unmet", "neutral", "~past"), ("must", "ought", "should", "future"),
          ("must", "ought", "should", "future")),
    _Rule("sure", (*_ALLOWED, "perhaps"), _HEDGING, ("future",), ("future",)),
    _Rule("fact", ("may", "might", "perhaps"), _HEDGING, (), (), Severity.MINOR),
)  # fmt: skip


class ModalityCheck(SegmentCheck):
    """x."""

    id = "modality"
    category = "accuracy/mistranslation"
    severity = Severity.MAJOR
    precision = 0.6
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
        after = modality(text, target_lang)
        for rule in _RULES:
            found = _found(rule, before, after, (len(source), len(text)))
            if found is None:
                continue
            (first, last), place = found
            start, end = place or _clause(text, round(first / len(source) * len(text)))
            yield self.flag(
                segment, start, end, rule.key, severity=rule.severity, cue=source[first:last],
                word=text[start:end],
            )  # fmt: skip
            return


def _found(
    rule: _Rule, before: Modality, after: Modality, sizes: tuple[int, int]
) -> tuple[Span, Span | None] | None:
    """The cue of the source that the translation changes, and what it says instead (None for nothing)."""
    said, wrong = before.spans(*rule.said), after.spans(*rule.wrong)
    if not said or (rule.wrong and not wrong):
        return None
    lost = _unmatched(said, after, rule.right, wrong, sizes)
    if lost is None or not rule.wrong:
        return lost and (lost, None)
    added = _unmatched(wrong, before, rule.fair, said, sizes[::-1])
    if added is None or abs(lost[0] / sizes[0] - added[0] / sizes[1]) > _near(_APART, sizes):
        return None
    return lost, added


def _near(share: float, sizes: tuple[int, int]) -> float:
    return max(share, _LEAST / max(sizes))


def _unmatched(
    said: tuple[Span, ...], other: Modality, ways: tuple[str, ...], taken: tuple[Span, ...],
    sizes: tuple[int, int],
) -> Span | None:  # fmt: skip
    """The first of ``said`` that no way of the other side accounts for: a plain one anywhere, or a weak one
    near its place that is not part of ``taken``."""
    plain = other.spans(*(way for way in ways if way[0] != "~"))
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
    near = _near(_NEAR, sizes)
    for cue in free:
        if not any(abs(cue[0] / sizes[0] - place) < near for place in weak):
            return cue
    return None


def _clause(text: str, place: int) -> tuple[int, int]:
    """The stretch between punctuation marks that holds ``place``, without the white space around it."""
    match = next(
        (match for match in _CLAUSES.finditer(text) if match.end() > place and match.group().strip()), None
    )
    if match is None:
        return 0, len(text)
    inside = match.group()
    return match.start() + len(inside) - len(inside.lstrip()), match.start() + len(inside.rstrip())
