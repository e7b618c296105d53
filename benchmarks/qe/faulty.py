"""Good translations with one fault of meaning at a known place: words left out, or words that are false."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from examples import good_translations, held_back
from twins import twins

import corpora
from corpora import Row, demetr, dev_keys, half, news_sentences, records, squeeze, untokenised
from qa.estimate.words import split_words

__all__ = [
    "FALSE_IN_DEMETR",
    "FALSE_KINDS",
    "LEFT_OUT",
    "Fault",
    "between_twins",
    "good_pairs",
    "held_news",
    "kept_apart",
    "made_false",
    "shortened",
    "without_phrase",
]

FALSE_KINDS = (
    "name", "number", "negation", "neighbour", "antonym", "wider", "gender", "insert", "modifier",
    "addition", "replaced", "foreign", "untranslated",
)  # fmt: skip
FALSE_IN_DEMETR = {
    "critical_id9_ne_replaced", "critical_id10_numbers_replaced", "critical_id7_antonym",
    "critical_id6_addition", "critical_id4_codemix", "major_id3_hypernym", "critical_id8_negation",
    "critical_id11_gender",
}  # fmt: skip
LEFT_OUT = {
    "critical_id21_adj_adv_removed", "critical_id22_verb_removed", "critical_id23_noun_removed",
    "critical_id24_subj_removed", "critical_id25_ne_removed", "major_id5_pp_removed",
    "minor_id12_conj_removed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """``bad`` is ``good`` with words missing at offset ``gap`` (of ``bad``), or, where that is None, with
    the words of ``false`` (ranges of ``bad``)."""

    source: str
    good: str
    bad: str
    gap: int | None = None
    false: tuple[tuple[int, int], ...] = ()


def _fits(source: str, target: str) -> bool:
    return len(source) < 350 and 30 < len(target) < 300


def good_pairs(rng: random.Random) -> list[tuple[str, str]]:
    """(source, translation) by people: news, post-edits, references; into languages that put blanks between
    words. No source of a development set, none that calibration holds back, nothing of FLORES."""
    rows: list[Row] = []
    for group in news_sentences().values():
        rows += group
    for path in sorted((corpora.folder() / "qe").glob("qe_mlqepe-train_*-en.tsv")):
        known = records(path)
        pair = path.stem.rsplit("_", 1)[1]
        share = known if pair in ("et-en", "ro-en", "ru-en") else rng.sample(known, 2500)
        rows += [Row("post-edit", pair, row["src"], untokenised(row["pe"])) for row in share]
    for path in sorted((corpora.folder() / "qe").glob("qe_*.tsv")):
        name, pair = path.stem.removeprefix("qe_").rsplit("_", 1)
        if name.startswith(("wmt21mqm", "biomqm")) and not pair.endswith("-zh"):
            found = {row["src"]: row["ref"] for row in records(path) if row.get("ref")}
            made = [Row(name, pair, src, ref) for src, ref in found.items()]
            rows += [row for row in made if name.startswith("wmt21mqm") or half(row.key) == 0]
    dev = dev_keys()
    return [
        (row.src, row.mt)
        for row in rows
        if row.key not in dev and not held_back(row.key) and _fits(row.src, row.mt)
    ]


def kept_apart() -> list[Row]:
    """Translations by people whose sources teach nothing: FLORES, and the news that calibration
    holds back."""
    flores = corpora.parallel()
    out = []
    for pair in ("fr-en", "de-en", "ru-en", "uk-en", "en-fr", "en-de", "en-ru", "ru-fr"):
        one, other = pair.split("-")
        texts = list(zip(flores[one], flores[other], strict=True))[:150]
        out += [Row("flores", pair, *sides) for sides in texts]
    for group in held_news().values():
        out += group[:100]
    return [row for row in out if _fits(row.src, row.mt)]


def held_news() -> dict[str, list[Row]]:
    """Language pair → the news that calibration holds back."""
    return {pair: [row for row in group if held_back(row.key)] for pair, group in news_sentences().items()}


def shortened(text: str, rng: random.Random) -> tuple[str, int] | None:
    """``text`` less one to five neighbouring words with a longer one among them, and where they stood."""
    words = split_words(text)
    solid = sum(text[start].isalnum() for start, _ in words)
    for _ in range(20 if solid >= 6 else 0):
        count = rng.choices((1, 2, 3, 4, 5), (0.55, 0.18, 0.12, 0.09, 0.06))[0]
        at = rng.randrange(len(words))
        taken = [text[start:end] for start, end in words[at : at + count]]
        if len(taken) < count or solid - count < 4 or max(map(len, taken)) < 4:
            continue
        if all(word[0].isalnum() for word in taken):
            before, after = text[: words[at][0]].rstrip(), text[words[at + count - 1][1] :]
            left = f"{before}{' ' if before and after[:1].isspace() else ''}{after.lstrip()}"
            return (left if before else left[:1].upper() + left[1:]), len(before)
    return None


_CLAUSE = re.compile(r"[,;:] | [–—] |[.!?»”\"]*$")


def without_phrase(text: str, rng: random.Random) -> str | None:
    """``text`` less three to eight words as they come, or less a clause of four words and more; None where
    hardly anything would be left."""
    words = text.split()
    if rng.random() < 0.5:
        count = rng.randint(3, 8)
        if len(words) < count + 5:
            return None
        at = rng.randrange(1, len(words) - count + 1)
        return " ".join(words[:at] + words[at + count :])
    marks = [0, *(match.start() for match in _CLAUSE.finditer(text) if match.start())]
    clauses = [
        (start, end) for start, end in pairwise(marks) if 4 <= len(text[start:end].split()) < 0.7 * len(words)
    ]
    if not clauses:
        return None
    start, end = rng.choice(clauses)
    left = text[:start] + text[end:] if start else text[end:].lstrip(" ,;:–—")
    return left[:1].upper() + left[1:] if any(map(str.isalnum, left)) else None


def made_false(n: int, seed: int) -> tuple[list[Fault], list[Row]]:
    """Faults of :data:`FALSE_KINDS`, about half of ``n``, and the rows of the other kinds of twins."""
    faults, others = [], []
    for good, bad, kind in twins(good_translations(seed), n, seed):
        if held_back(good.key):
            continue
        if kind in FALSE_KINDS and bad.spans:
            faults.append(Fault(good.src, good.mt, bad.mt, false=tuple(bad.spans)))
        else:
            others.append(bad)
    return faults, others


def between_twins() -> tuple[list[Fault], list[Fault]]:
    """DEMETR's taught half: with words left out, with false words."""
    lost, false = [], []
    dev = dev_keys()
    for record in demetr():
        source, good, bad = record["src"], record["good"], record["bad"]
        if half(squeeze(source)) != 0 or squeeze(source) in dev or good == bad:
            continue
        changed = [op for op in _changes(good, bad) if op[0] != op[1] or op[2] != op[3]]
        if record["category"] in LEFT_OUT and changed:
            longest = max(changed, key=lambda op: op[1] - op[0])
            lost.append(Fault(source, good, bad, gap=longest[2]))
        elif record["category"] in FALSE_IN_DEMETR and (
            spans := tuple((c, d) for _, _, c, d in changed if d > c)
        ):
            false.append(Fault(source, good, bad, false=spans))
    return lost, false


def _changes(good: str, bad: str) -> list[tuple[int, int, int, int]]:
    """Where words of ``good`` and of ``bad`` differ, as offsets in both."""
    one, other = split_words(good), split_words(bad)
    matcher = SequenceMatcher(None, [good[s:e] for s, e in one], [bad[s:e] for s, e in other], autojunk=False)
    out = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            starts = [(words[x][0], words[y - 1][1]) if y > x else (p := words[x - 1][1] if x else 0, p)
                      for words, x, y in ((one, a, b), (other, c, d))]  # fmt: skip
            out.append((*starts[0], *starts[1]))
    return out
