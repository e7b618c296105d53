"""What two texts share to the eye: numbers, addresses, names, cognates. No model needed.

Each sentence becomes a vector of its shared tokens, weighted by rarity and hashed into a few hundred
dimensions, so that the same machinery aligns it.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from qa.align.vectors import MOST

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Surface", "surfaces"]

_WIDTH = 384
_SPREAD = 6  # dimensions a token is hashed to: two tokens hardly ever share all
_TOKEN = re.compile(r"https?://\S+|\S+@\S+\.\w+|\d+(?:[.,:]\d+)*|[^\W\d_]+|[?!]")
_STEM = 5
_LONGEST = 2000
_CHUNK = 4096


def tokens(text: str) -> list[str]:
    """Addresses, numbers without grouping, lower-case words cut to stems, question and call marks."""
    out = []
    for match in _TOKEN.finditer(text[:_LONGEST]):
        token = match[0].lower()
        if token[0].isdigit():
            out.append("#" + re.sub(r"\D", "", token))
        elif "/" in token or "@" in token:
            out.append(token)
        else:
            out.append(token[:_STEM])
    return out


class Surface:
    """A channel (see ``qa.align.vectors``) of shared tokens."""

    def __init__(self, bags: Sequence[Counter[str]], weight: dict[str, float], floor: float) -> None:
        shared = {token: number for number, token in enumerate(weight)}
        places = np.zeros((len(shared), _SPREAD), np.int64)
        signs = np.zeros((len(shared), _SPREAD), np.float32)
        for token, number in shared.items():
            places[number], signs[number] = _places(token)
        signs *= np.fromiter(weight.values(), np.float32, len(weight))[:, None] / math.sqrt(_SPREAD)
        self._sums = np.zeros((len(bags), _WIDTH), np.float32)
        self._mass = np.array(
            [sum(weight.get(token, floor) for token in bag) for bag in bags], np.float32
        ).reshape(len(bags))
        for start in range(0, len(bags), _CHUNK):
            part = bags[start : start + _CHUNK]
            found = [
                (row, shared[token], min(count, 3))
                for row, bag in enumerate(part)
                for token, count in bag.items()
                if token in shared
            ]
            if found:
                rows, numbers, counts = np.array(found, np.int64).T
                cells = (rows[:, None] * _WIDTH + places[numbers]).ravel()
                values = (signs[numbers] * counts[:, None]).ravel()
                sums = np.bincount(cells, values, minlength=len(part) * _WIDTH)
                self._sums[start : start + len(part)] = sums.reshape(len(part), _WIDTH)

    def refine(self, overlaps: Mapping[int, Sequence[int]], texts: Mapping[int, Sequence[str]]) -> None:
        """Shared tokens add up: there is nothing closer to look at."""

    def rows(self, size: int, start: int, stop: int) -> NDArray[np.float32]:
        """See ``Channel``: the norm says how much of the overlap is shared with the other side at all."""
        first = max(start, size - 1)
        out = np.zeros((stop - start, _WIDTH), np.float32)
        if first >= stop:
            return out
        body, mass = self._sums[first:stop].copy(), self._mass[first:stop].copy()
        for back in range(1, min(size, MOST)):
            body += self._sums[first - back : stop - back]
            mass += self._mass[first - back : stop - back]
        norm = np.linalg.norm(body, axis=1)
        scale = np.maximum(np.sqrt(norm * np.maximum(mass, norm)), 1e-9)  # the new norm: root of the share
        out[first - start :] = body / scale[:, None]
        return out


def surfaces(source: Sequence[str], target: Sequence[str]) -> tuple[Surface, Surface]:
    """The channels of both sides: only tokens that both texts have carry weight."""
    left = [Counter(tokens(text)) for text in source]
    right = [Counter(tokens(text)) for text in target]
    seen = [Counter(token for bag in bags for token in bag) for bags in (left, right)]
    total = len(left) + len(right) + 1
    weight = {
        token: math.log(total / (count + seen[1][token]))
        for token, count in seen[0].items()
        if token in seen[1] and count + seen[1][token] < total
    }
    return Surface(left, weight, 1.0), Surface(right, weight, 1.0)


@lru_cache(maxsize=200_000)
def _places(token: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The dimensions and signs a token is hashed to; the same in every process."""
    seed = zlib.crc32(token.encode("utf-8", "replace"))
    generator = np.random.default_rng(seed)
    places = generator.choice(_WIDTH, _SPREAD, replace=False)
    return places, generator.choice(np.array([-1.0, 1.0], np.float32), _SPREAD)
