"""Runs checks over a document and folds their flags into one list a segment.

Two flags are one error when they mark overlapping text on the same side and either speak of the same
MQM category, propose the same fix, or one of them is the estimator's, which cannot say what is wrong.
The stronger flag stays, a check's before the estimator's because it explains, and its confidence rises as
that of independent witnesses does: ``1 − ∏(1 − cᵢ)``, at most .99.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from qa import lang
from qa.checks import CHECKS
from qa.checks.apostrophes import APOSTROPHES, usual_mark, with_mark
from qa.checks.base import Check, Context, DocumentCheck, SegmentCheck
from qa.model import Flag, Segment, Severity

__all__ = ["merge", "run", "select"]

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]

AGREED = "check+model"
"""``Flag.found_by`` of a check's flag that the estimator agrees with."""
_UNEXPLAINED = frozenset({"suspicious-words", "left-out", "added-words", "comet"})
"""Flags of models that mark words and cannot say why."""
_CEILING = 0.99
_PROGRESS_EVERY = 200


def select(
    context: Context, *, only: Collection[str] | None = None, skip: Collection[str] | None = None
) -> list[Check]:
    """The checks that apply to ``context``, in registry order.

    Raises UnknownNameError when ``only`` or ``skip`` names a check that does not exist.
    """
    for name in (*(only or ()), *(skip or ())):
        CHECKS.get(name)
    target = lang.base(context.target_lang)
    chosen = []
    for name in CHECKS.names():
        if (only is not None and name not in only) or (skip is not None and name in skip):
            continue
        kind = CHECKS.get(name)
        if context.target_only and kind.needs_source:
            continue
        if kind.languages is not None and target not in kind.languages:
            continue
        chosen.append(kind())
    return chosen


def run(
    context: Context,
    *,
    only: Collection[str] | None = None,
    skip: Collection[str] | None = None,
    progress: Progress | None = None,
) -> dict[int, tuple[Flag, ...]]:
    """Segment id → flags sorted by side and start, for every segment of ``context``.

    ``only`` and ``skip`` are ids of checks. A check that raises is reported as a warning in the log
    and loses its own flags of that segment alone; the other checks go on. ``progress`` is called
    with (segments done, all segments). Raises UnknownNameError for an unknown check id.
    """
    checks = select(context, only=only, skip=skip)
    found: dict[int, list[Flag]] = {segment.id: [] for segment in context.segments}
    per_segment = [check for check in checks if isinstance(check, SegmentCheck)]
    failures = _Failures()
    total = len(context.segments)
    for done, segment in enumerate(context.segments, start=1):
        told = bool(segment.source.strip()), bool(segment.target.strip())
        for check in per_segment:
            if _wants(check, *told):
                found[segment.id] += _guarded(check, segment, context, failures)
        if progress is not None and (done % _PROGRESS_EVERY == 0 or done == total):
            progress(done, total)
    for whole in (check for check in checks if isinstance(check, DocumentCheck)):
        for number, flag in _guarded_document(whole, context, failures):
            found.setdefault(number, []).append(flag)
    failures.report()
    _set_apostrophes(found, context)
    return {number: merge(flags) if len(flags) > 1 else tuple(flags) for number, flags in found.items()}


def _set_apostrophes(found: dict[int, list[Flag]], context: Context) -> None:
    """Every fix in the apostrophes of the text, before equal fixes are looked for."""
    fixes = (edit.text for flags in found.values() for flag in flags for edit in flag.fix)
    if not any(mark in text for text in fixes for mark in APOSTROPHES):
        return
    segments = {segment.id: segment for segment in context.segments if found.get(segment.id)}
    if mark := usual_mark(context.segments):
        for id, segment in segments.items():
            found[id] = [with_mark(flag, segment, mark) if flag.fix else flag for flag in found[id]]


def _wants(check: Check, source: bool, target: bool) -> bool:
    """Whether a segment concerns this check that has a ``source`` and a ``target``, or a blank one."""
    return check.one_sided or (target and (source or not check.needs_source))


class _Failures:
    """What broken checks cost: the first failure of each in full, the others counted.

    A plug-in may raise anything; one broken check must cost neither the flags of all others nor a log
    of a million lines.
    """

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def add(self, check: Check, where: str) -> None:
        """To be called while the exception is being handled."""
        self._counts[check.id] = self._counts.get(check.id, 0) + 1
        if self._counts[check.id] == 1:
            log.warning("check %r failed on %s; its flags there are lost", check.id, where, exc_info=True)

    def report(self) -> None:
        for name, count in self._counts.items():
            if count > 1:
                log.warning("check %r failed on %d segments in all", name, count)


def _guarded(check: SegmentCheck, segment: Segment, context: Context, failures: _Failures) -> list[Flag]:
    try:
        return list(check.check(segment, context))
    except Exception:
        failures.add(check, f"segment {segment.id}")
        return []


def _guarded_document(
    check: DocumentCheck, context: Context, failures: _Failures
) -> Iterator[tuple[int, Flag]]:
    try:
        yield from check.check_document(context)
    except Exception:
        failures.add(check, "the document")


def _strength(flag: Flag) -> tuple[bool, int, bool, float, int]:
    """Which of two flags of the same error is kept: explained, worse, fixable, surer, shorter."""
    return (
        flag.check not in _UNEXPLAINED,
        flag.severity.rank,
        bool(flag.fix),
        flag.confidence,
        flag.start - flag.end,
    )


def _same_error(one: Flag, other: Flag) -> bool:
    if one.side != other.side:
        return False
    touching = max(one.start, other.start) < min(one.end, other.end) or (one.start, one.end) == (
        other.start,
        other.end,
    )
    if not touching:
        return False
    if one.check == other.check:
        return (one.start, one.end, one.key) == (other.start, other.end, other.key)
    if one.check in _UNEXPLAINED or other.check in _UNEXPLAINED:
        return True
    return one.category == other.category or (bool(one.fix) and one.fix == other.fix)


def merge(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """``flags`` of one segment with those of the same error folded together, sorted by start."""
    ordered = sorted(flags, key=lambda flag: (flag.side, flag.start, flag.end, flag.check))
    kept: list[Flag] = []
    near: list[int] = []  # places of those that this flag or a later one may still touch
    for flag in ordered:
        near = [at for at in near if kept[at].side == flag.side and kept[at].end >= flag.start]
        for at in near:
            if _same_error(flag, kept[at]):
                kept[at] = _joined(flag, kept[at])
                break
        else:
            near.append(len(kept))
            kept.append(flag)
    return tuple(sorted(kept, key=lambda flag: (flag.side, flag.start, flag.end, flag.check)))


def _joined(one: Flag, other: Flag) -> Flag:
    best, rest = sorted((one, other), key=_strength, reverse=True)
    if best.check == rest.check:
        return best
    confidence = min(_CEILING, 1 - (1 - best.confidence) * (1 - rest.confidence))
    confidence = max(confidence, best.confidence)
    if rest.check in _UNEXPLAINED and best.check not in _UNEXPLAINED:
        return replace(best, confidence=confidence, found_by=AGREED)
    severity = max(best.severity, rest.severity, key=lambda level: Severity(level).rank)
    found_by = AGREED if AGREED in (best.found_by, rest.found_by) else best.found_by
    return replace(best, confidence=confidence, severity=severity, found_by=found_by)
