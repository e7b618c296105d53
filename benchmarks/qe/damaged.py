"""Gross damage to a translation: cut, shuffled, looped, another text; single errors are in ``twins.py``."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from corpora import Row
from qa import lang

Spans = list[tuple[int, int]]
Damaged = tuple[str, Spans]


def _joined(words: Sequence[str], wrong: set[int], glue: str) -> Damaged:
    spans, at = [], 0
    for i, word in enumerate(words):
        if i in wrong:
            spans.append((at, at + len(word)))
        at += len(word) + len(glue)
    return glue.join(words), spans


def _units(text: str, language: str) -> tuple[list[str], str]:
    """The parts to take a text apart into, and what stands between them."""
    return (list(text), "") if lang.is_unspaced(language) else (text.split(), " ")


def damage(kind: str, row: Row, other: Row, rng: random.Random) -> Damaged | None:
    """``row``'s translation under ``kind`` of damage; None where it is too short for it. ``other`` is
    another row of the same language pair."""
    words, glue = _units(row.mt, row.langs[1])
    source_words, _ = _units(row.src, row.langs[1])
    foreign, _ = _units(other.mt, row.langs[1])
    n = len(words)
    if n < 6 or len(foreign) < 6:
        return None

    def cut() -> Damaged:
        return glue.join(words[: max(2, int(n * rng.uniform(0.25, 0.6)))]), []

    def omission() -> Damaged:
        size = max(1, int(n * rng.uniform(0.12, 0.3)))
        start = rng.randrange(n - size)
        return glue.join(words[:start] + words[start + size :]), []

    def addition() -> Damaged:
        size = min(len(foreign), max(3, int(n * rng.uniform(0.15, 0.5))))
        start, place = rng.randrange(len(foreign) - size + 1), rng.randrange(1, n + 1)
        added = foreign[start : start + size]
        return _joined([*words[:place], *added, *words[place:]], set(range(place, place + len(added))), glue)

    def replaced() -> Damaged:
        long = [w for w in foreign if len(w) > 3] or foreign
        wrong = set(rng.sample(range(n), 1 + n // 12))
        return _joined([rng.choice(long) if i in wrong else w for i, w in enumerate(words)], wrong, glue)

    def shuffled() -> Damaged:
        order = rng.sample(words, n)
        return glue.join(order), []

    def untranslated() -> Damaged:
        start = n // 2
        tail = source_words[len(source_words) // 2 :]
        return _joined([*words[:start], *tail], set(range(start, start + len(tail))), glue)

    kinds: dict[str, Callable[[], Damaged]] = {
        "cut": cut,
        "omission": omission,
        "addition": addition,
        "replaced": replaced,
        "shuffled": shuffled,
        "swapped": lambda: (other.mt, [(0, len(other.mt))]),
        "looped": lambda: (glue.join((words[: max(3, n // 3)]) * 4), []),
        "untranslated": untranslated,
        "copied": lambda: (row.src, [(0, len(row.src))]),
    }
    return kinds[kind]()
