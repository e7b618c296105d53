"""Align subtitles by time: what is on the screen together belongs together.

Two files of one film often differ by an offset (another cut, a longer intro) and by a drift (25 against
23.976 frames a second), so the first step finds the straight line that carries the source's clock to the
target's: cue beginnings are correlated over a grid of drifts and all offsets, and the best lines are
refined by least squares on the beginnings that meet. A line counts only where far more of them meet than
would by chance, and all along: a break that one side has in its middle needs two lines. Else the times
say nothing and the texts have to (None).

Then cues that share at least half of the shorter one's time are put into one link.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qa.align.vectors import MOST
from qa.model import Document, Link

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Clock", "clock", "cue_links"]

_DRIFTS = np.round(np.arange(0.93, 1.0751, 0.001), 4)
_BIN = 0.25  # seconds
_LONGEST = 24 * 3600.0
_BEST = 8  # lines that are refined
_MEETS = 0.4  # seconds between beginnings that meet
_COINCIDES = 0.05  # seconds between beginnings that were made from one another: a few of them say enough
_ENOUGH = 0.4  # of the shorter side's cues
_RATES = tuple(one / other for one in (24000 / 1001, 24, 25) for other in (24000 / 1001, 24, 25))
# How unlikely chance must be, as minus the natural logarithm of its probability: one line is tried as it
# stands, thousands with the drifts between usual frame rates, millions over the whole grid.
_SURE_AS_IT_IS = 6.0
_SURE_OF_RATE = 12.5
_SURE = 16.0
_TOGETHER = (0.5, 0.75, 0.9)  # share of the shorter cue; higher where links grow too large
_MOST_OVERLAPS = 20  # a cue overlaps few others, unless somebody wants us to hang
_WINDOW = 40  # cues
_ALL_ALONG = 0.35  # of the cues in any window
_STRETCH = 120.0  # seconds
_SHORTEST = 0.05  # seconds


@dataclass(frozen=True, slots=True)
class Clock:
    """``target time = scale · source time + shift``, in seconds; ``agreement`` is the share of the shorter
    side's cues whose beginnings meet, 0 to 1."""

    scale: float
    shift: float
    agreement: float


def cue_links(source: Document, target: Document) -> tuple[Link, ...] | None:
    """Monotone links by time, every cue in exactly one; None where a side has no times, where they are not
    in order, or where the two sides' times have nothing to do with each other.

    A cue without counterpart stays alone. The score of a link grows with the share of their time that its
    sides have in common (it is no calibrated probability); that of a cue alone with the share of its time in
    which the other side is silent.
    """
    left, right = _times(source), _times(target)
    if left is None or right is None:
        return None
    found = clock(left[:, 0], right[:, 0])
    if found is None:
        return None
    left = left * found.scale + found.shift
    overlaps = _overlaps(left, right)
    if overlaps is None or not (_holds(left[:, 0], right[:, 0]) and _holds(right[:, 0], left[:, 0])):
        return None
    return _links(left, right, overlaps)


def clock(source: NDArray[np.float64], target: NDArray[np.float64]) -> Clock | None:
    """The line between two sorted lists of cue beginnings in seconds, or None where there is none."""
    for scales, sure in (((), _SURE_AS_IT_IS), (_RATES, _SURE_OF_RATE), (_DRIFTS, _SURE)):
        starts = _candidates(source, target, scales) if len(scales) else [(1.0, 0.0)]
        lines = [_refined(source, target, *start) for start in starts]
        # The refined line may be worse than the clocks as they stand where few beginnings meet.
        lines += [_agreement(source, target, *start) for start in starts]
        best = max(lines, key=lambda line: line.agreement)
        if best.agreement >= _ENOUGH and _surprise(source, target, best) >= sure:
            return best
    return None


def _times(document: Document) -> NDArray[np.float64] | None:
    """(n, 2) beginnings and ends, beginnings never decreasing; None where that cannot be had."""
    given = [sentence.time for sentence in document.sentences]
    times = [time for time in given if time is not None]
    if not times or len(times) < len(given):
        return None
    out = np.array(times, np.float64)
    out[:, 1] = np.maximum(out[:, 1], out[:, 0] + _SHORTEST)
    if out.max() > _LONGEST or (np.diff(out[:, 0]) < 0).any():
        return None
    return out


def _candidates(
    source: NDArray[np.float64], target: NDArray[np.float64], scales: Iterable[float]
) -> list[tuple[float, float]]:
    """(scale, shift) of the lines under which most beginnings meet, coarsely, best first."""
    wide = np.array([0.25, 0.5, 0.75, 1.0, 0.75, 0.5, 0.25])
    bins = int(max(source[-1] * _DRIFTS[-1], target[-1]) / _BIN) + len(wide)
    size = 1 << (2 * bins).bit_length()
    heard = np.fft.rfft(np.convolve(_impulses(target, bins), wide, "same"), size)
    found: list[tuple[float, float, float]] = []
    for scale in scales:
        spoken = np.fft.rfft(_impulses(source * scale, bins), size)
        meeting = np.fft.irfft(heard * np.conj(spoken), size)
        for lag in np.argpartition(meeting, -2)[-2:]:
            shift = (int(lag) - size if lag > size // 2 else int(lag)) * _BIN
            # Between equals the clock without drift is the likelier one.
            found.append((float(meeting[lag]) - abs(float(scale) - 1.0), float(scale), shift))
    found.sort(reverse=True)
    return [(scale, shift) for _, scale, shift in found[:_BEST]]


def _impulses(times: NDArray[np.float64], bins: int) -> NDArray[np.float64]:
    counts = np.bincount((times / _BIN).astype(np.int64), minlength=bins)[:bins]
    return np.minimum(counts, 2).astype(np.float64)


def _refined(source: NDArray[np.float64], target: NDArray[np.float64], scale: float, shift: float) -> Clock:
    """The line through the beginnings that meet, with ever less tolerance."""
    for tolerance in (2.0, 1.0, 0.6, _MEETS):
        rows, columns = _meeting(source * scale + shift, target, tolerance)
        if not len(rows):
            break
        if len(rows) < 4 or np.ptp(source[rows]) < _STRETCH:
            # Too short a stretch to tell a drift by.
            shift += float(np.median(target[columns] - source[rows] * scale - shift))
            continue
        slope, offset = np.polyfit(source[rows], target[columns], 1)
        if not _DRIFTS[0] - 0.01 <= slope <= _DRIFTS[-1] + 0.01:
            break
        scale, shift = float(slope), float(offset)
    return _agreement(source, target, scale, shift)


def _agreement(source: NDArray[np.float64], target: NDArray[np.float64], scale: float, shift: float) -> Clock:
    rows, _ = _meeting(source * scale + shift, target, _MEETS)
    return Clock(scale, shift, len(rows) / min(len(source), len(target)))


def _meeting(
    mapped: NDArray[np.float64], target: NDArray[np.float64], tolerance: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions of the beginnings that are each other's nearest within ``tolerance`` seconds."""
    to, back = _nearest(mapped, target), _nearest(target, mapped)
    rows = np.arange(len(mapped))
    kept = (back[to] == rows) & (np.abs(target[to] - mapped) <= tolerance)
    return rows[kept], to[kept]


def _nearest(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.int64]:
    after = np.clip(np.searchsorted(other, one), 1, max(1, len(other) - 1))
    if len(other) == 1:
        return np.zeros(len(one), np.int64)
    nearer = one - other[after - 1] <= other[after] - one
    return np.where(nearer, after - 1, after).astype(np.int64)


def _surprise(source: NDArray[np.float64], target: NDArray[np.float64], line: Clock) -> float:
    """Minus the logarithm of the probability that so many beginnings meet by chance (Chernoff's bound)."""
    few, many = (source, target) if len(source) <= len(target) else (target, source)
    density = len(many) / max(float(many[-1] - many[0]), 1.0)
    best = 0.0
    for tolerance in (_MEETS, _COINCIDES):
        rows, _ = _meeting(source * line.scale + line.shift, target, tolerance)
        chance = min(0.9, 2 * tolerance * density)
        share = min(len(rows) / len(few), 1 - 1e-9)
        if share > chance:
            rest = (1 - share) * np.log((1 - share) / (1 - chance))
            best = max(best, float(len(few) * (share * np.log(share / chance) + rest)))
    return best


def _holds(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    """Do beginnings of two sides on one clock meet all along, where both sides have about as many?"""
    meets = np.zeros(len(one), bool)
    meets[_meeting(one, other, _MEETS)[0]] = True
    for start in range(0, len(one) - _WINDOW + 1, _WINDOW // 2):
        window = slice(start, start + _WINDOW)
        begin, end = np.searchsorted(other, one[[start, start + _WINDOW - 1]])
        if end - begin >= _WINDOW // 2 and meets[window].mean() < _ALL_ALONG * min(
            1, (end - begin) / _WINDOW
        ):
            return False
    return True


def _overlaps(left: NDArray[np.float64], right: NDArray[np.float64]) -> list[tuple[int, int, float]] | None:
    """(source, target, share of the shorter one's time) of the cues that overlap; None where so many do
    that the times cannot be those of subtitles."""
    out: list[tuple[int, int, float]] = []
    limit = _MOST_OVERLAPS * (len(left) + len(right))
    latest = np.maximum.accumulate(right[:, 1])
    first = np.searchsorted(latest, left[:, 0], "right")
    last = np.searchsorted(right[:, 0], left[:, 1], "left")
    if int(np.maximum(last - first, 0).sum()) > limit:
        return None
    for i, (begin, end) in enumerate(left):
        for j in range(int(first[i]), int(last[i])):
            shared = min(end, right[j, 1]) - max(begin, right[j, 0])
            if shared > 0:
                shorter = min(end - begin, right[j, 1] - right[j, 0])
                out.append((i, j, float(shared / shorter)))
    return out


def _links(
    left: NDArray[np.float64], right: NDArray[np.float64], overlaps: Sequence[tuple[int, int, float]]
) -> tuple[Link, ...]:
    covered = np.zeros(len(left)), np.zeros(len(right))
    for i, j, _ in overlaps:
        shared = min(left[i, 1], right[j, 1]) - max(left[i, 0], right[j, 0])
        covered[0][i] += shared
        covered[1][j] += shared
    out: list[Link] = []

    def alone(i_stop: int, j_stop: int) -> None:
        """Cues without counterpart, in the order of their time."""
        nonlocal i, j
        while i < i_stop or j < j_stop:
            own = i < i_stop and (j >= j_stop or left[i, 0] <= right[j, 0])
            times, at = (left[i], covered[0][i]) if own else (right[j], covered[1][j])
            score = round(0.99 * max(0.0, 1 - float(at / (times[1] - times[0]))), 4)
            out.append(Link((i,), (), score) if own else Link((), (j,), score))
            i, j = (i + 1, j) if own else (i, j + 1)

    i = j = 0
    for i_first, i_last, j_first, j_last in _groups(overlaps, 0):
        alone(i_first, j_first)
        one, other = left[i_first : i_last + 1], right[j_first : j_last + 1]
        shared = min(one[:, 1].max(), other[:, 1].max()) - max(one[0, 0], other[0, 0])
        whole = one[:, 1].max() - one[0, 0] + other[:, 1].max() - other[0, 0]
        score = round(0.99 * float(np.sqrt(max(0.0, 2 * shared / whole))), 4)
        out.append(Link(tuple(range(i_first, i_last + 1)), tuple(range(j_first, j_last + 1)), score))
        i, j = i_last + 1, j_last + 1
    alone(len(left), len(right))
    return tuple(out)


def _groups(overlaps: Sequence[tuple[int, int, float]], level: int) -> list[tuple[int, int, int, int]]:
    """First and last source and target cue of each link, in order; ``overlaps`` are sorted by source."""
    stack: list[tuple[int, int, int, int]] = []
    for i, j, share in overlaps:
        if share < _TOGETHER[level]:
            continue
        new = (i, i, j, j)
        # A cue of either side that is linked already, or links that would cross.
        while stack and (new[0] <= stack[-1][1] or new[2] <= stack[-1][3]):
            old = stack.pop()
            new = min(old[0], new[0]), max(old[1], new[1]), min(old[2], new[2]), max(old[3], new[3])
        stack.append(new)
    if level + 1 == len(_TOGETHER):
        return stack
    out = []
    for group in stack:
        if group[1] - group[0] < MOST and group[3] - group[2] < MOST:
            out.append(group)
        else:
            inside = [x for x in overlaps if group[0] <= x[0] <= group[1] and group[2] <= x[1] <= group[3]]
            out += _groups(inside, level + 1)
    return out
