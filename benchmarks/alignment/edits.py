"""Documents made from parallel texts, edit by edit, so that every true link and its kind are known.

========  ==========================================================================================
plain     a sentence and its translation
merged    two or three neighbours joined to one sentence on one side: 2-1, 1-2, 3-1, 1-3
split     one sentence cut in two at a clause mark on one side: 1-2, 2-1
shifted   the border between two sentences moved on one side: 2-2
swapped   two neighbouring target sentences exchanged. Links cross here, which a monotone alignment
          cannot say: right is the 2-2 link of both pairs
dropped   a sentence without its translation: 1-0, or 0-1
inserted  a sentence from elsewhere in the corpus on one side
noise     a caption, page number, address, motto or scanning junk on one side (see ``noise``)
missing   every sentence of a block (one in twenty of the document, at least five) that one side lacks
replaced  the translation gave way to a sentence from elsewhere: right are two one-sided links
========  ==========================================================================================
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from alignment.cases import CORPORA, Case, Corpus, Link, Pairs
from alignment.noise import noise
from qa.lang import is_unspaced

MIXED: Mapping[str, float] = {
    "merged": 0.06,
    "split": 0.06,
    "swapped": 0.03,
    "dropped": 0.04,
    "inserted": 0.03,
    "noise": 0.04,
}
"""Shares of steps; what is left is plain."""
LITERARY: Mapping[str, float] = {"merged": 0.12, "split": 0.10, "shifted": 0.08, "dropped": 0.01}
"""As in translated novels: three links in ten are not one sentence to one."""
LITERARY_CORPORA = ("newstest2013 ru-fr", "wmt22 de-fr", "ted zh-en")

_BLOCK = 20
_CLAUSE = re.compile(r"[,;:](?=\s)|\s[—–](?=\s)|[，；：](?=.)")
_PAIRS = (("(", ")"), ("«", "»"), ("“", "”"), ("„", "“"), ("「", "」"), ("（", "）"), ("[", "]"))


def edited_cases(
    size: int, seed: int = 7, shares: Mapping[str, float] = MIXED, *, block: bool = True
) -> list[Case]:
    """One document of about ``size`` pairs for each corpus; the same for the same seed."""
    return [edited(corpus, size, seed, shares, block=block) for corpus in CORPORA]


def literary_cases(size: int, seed: int = 7) -> list[Case]:
    """Documents in which three links in ten are 1-2, 2-1, 2-2, 1-3 or 3-1."""
    return [
        edited(corpus, size, seed, LITERARY, block=False, label="literary")
        for corpus in CORPORA
        if corpus.name in LITERARY_CORPORA
    ]


def edited(
    corpus: Corpus,
    size: int,
    seed: int,
    shares: Mapping[str, float],
    *,
    block: bool,
    label: str = "edited",
) -> Case:
    """A run of ``corpus`` with edits in the given ``shares`` of steps, and one missing ``block``."""
    pairs = corpus.pairs()
    rng = random.Random(f"{seed} {corpus.name} {label}")  # noqa: S311 (not for security)
    start = rng.randrange(max(1, len(pairs) - size))
    body, spare = pairs[start : start + size], pairs[:start] + pairs[start + size :]
    langs = corpus.source_lang, corpus.target_lang
    return edit(body, spare or body, langs, rng, shares, block, f"{corpus.name}, {label}")


def edit(
    body: Sequence[tuple[str, str]],
    spare: Sequence[tuple[str, str]],
    langs: tuple[str, str],
    rng: random.Random,
    shares: Mapping[str, float],
    block: bool,
    name: str,
) -> Case:
    """The document that comes of walking through ``body`` and drawing an edit at each step."""
    page = _Page()
    kinds, weights = ["plain", *shares], [1 - sum(shares.values()), *shares.values()]
    length = max(5, len(body) // _BLOCK)
    gap = range(-1, -1)
    if block and len(body) > 4 * length:
        first = rng.randrange(length, len(body) - 2 * length)
        gap = range(first, first + length)
    lacking = rng.randrange(2)
    owed: list[str] = []  # drawn where it could not be done: done at the next place where it can
    at = 0
    while at < len(body):
        if at in gap:
            page.one_sided(body[at][1 - lacking], 1 - lacking, "missing")
            at += 1
            continue
        for kind in owed:
            used = _apply(page, kind, body, at, spare, langs, rng)
            if used is not None:
                owed.remove(kind)
                break
        else:
            kind = rng.choices(kinds, weights)[0]
            used = _apply(page, kind, body, at, spare, langs, rng)
            if used is None:
                owed.append(kind)
                page.link([body[at][0]], [body[at][1]], "plain")
                used = 1
        at += used
    return Case(name, page.texts[0], page.texts[1], *langs, page.gold, page.kinds)


@dataclass
class _Page:
    """The document so far."""

    texts: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    gold: Pairs = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def link(self, source: Sequence[str], target: Sequence[str], kind: str) -> None:
        i, j = map(len, self.texts)
        self.texts[0].extend(source)
        self.texts[1].extend(target)
        self.gold.append((tuple(range(i, i + len(source))), tuple(range(j, j + len(target)))))
        self.kinds.append(kind)

    def one_sided(self, text: str, side: int, kind: str) -> None:
        self.link([text] if side == 0 else [], [text] if side == 1 else [], kind)


def _apply(
    page: _Page,
    kind: str,
    body: Sequence[tuple[str, str]],
    at: int,
    spare: Sequence[tuple[str, str]],
    langs: tuple[str, str],
    rng: random.Random,
) -> int | None:
    """Do one edit and say how many pairs of ``body`` it used; None when it cannot be done here."""
    side = rng.randrange(2)  # the side that is changed
    here = body[at]
    if kind == "plain":
        page.link([here[0]], [here[1]], kind)
    elif kind == "merged":
        count = 3 if rng.random() < 0.25 else 2
        group = body[at : at + count]
        if len(group) < count:
            return None
        columns = [[pair[n] for pair in group] for n in (0, 1)]
        columns[side] = [_joint(langs[side]).join(columns[side])]
        page.link(columns[0], columns[1], kind)
        return count
    elif kind in ("split", "shifted"):
        following = body[at + 1] if at + 1 < len(body) else None
        parts = halves(here[side], langs[side])
        if parts is None:
            side = 1 - side
            parts = halves(here[side], langs[side])
        if parts is None or (kind == "shifted" and following is None):
            return None
        changed, kept = list(parts), [here[1 - side]]
        if kind == "shifted" and following is not None:
            changed[1] = _joint(langs[side]).join((parts[1], following[side]))
            kept.append(following[1 - side])
        page.link(*((changed, kept) if side == 0 else (kept, changed)), kind)
        return len(kept)
    elif kind == "swapped":
        if at + 2 > len(body):
            return None
        following = body[at + 1]
        page.link([here[0], following[0]], [following[1], here[1]], kind)
        return 2
    elif kind == "dropped":
        page.one_sided(here[side], side, kind)
    elif kind == "inserted":
        page.one_sided(rng.choice(spare)[side], side, kind)
        return 0
    elif kind == "noise":
        page.one_sided(noise(rng, langs[side], rng.choice(spare)[side]), side, kind)
        return 0
    elif kind == "replaced":
        page.one_sided(here[0], 0, kind)
        page.one_sided(rng.choice(spare)[1], 1, kind)
    else:
        raise ValueError(f"unknown kind of edit {kind!r}")
    return 1


def _joint(lang: str) -> str:
    return "" if is_unspaced(lang) else " "


def halves(text: str, lang: str) -> tuple[str, str] | None:
    """``text`` cut at the clause mark nearest its middle so that both parts can stand as sentences: long
    enough, no quotation or bracket torn, the first with a full stop, the second with a capital. None
    where there is no such mark."""
    unspaced = is_unspaced(lang)
    least = 8 if unspaced else 25
    best: tuple[str, str] | None = None
    for mark in _CLAUSE.finditer(text):
        left, right = text[: mark.start()].rstrip(), text[mark.end() :].lstrip()
        whole = all(left.count(a) == left.count(b) for a, b in _PAIRS) and left.count('"') % 2 == 0
        if min(len(left), len(right)) < least or not whole:
            continue
        if best is None or abs(len(left) - len(text) / 2) < abs(len(best[0]) - len(text) / 2):
            best = left, right
    if best is None:
        return None
    return best[0] + ("。" if unspaced else "."), best[1][0].upper() + best[1][1:]


def found_by_kind(case: Case, test: Iterable[Link]) -> dict[str, tuple[int, int]]:
    """For each kind of edit, how many of its links ``test`` has exactly, and how many there are."""
    have = set(test)
    total, found = Counter(case.kinds), Counter[str]()
    for link, kind in zip(case.gold, case.kinds, strict=False):
        found[kind] += link in have
    return {kind: (found[kind], total[kind]) for kind in total}
