"""The verdict on two documents (``qa.align.notices``): how often it is right, how often it cries wolf.

    python benchmarks/verdict.py                  # default accuracy
    python benchmarks/verdict.py --accuracy fast

Pairs of 100 to 140 sentences are cut from the parallel texts and the gold alignments of RELECTURE_DATA
(default ../shared/data) and damaged in ways whose truth is known. A verdict is right when it says exactly
what was done and nothing else.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.formats import read_links
from qa.model import Document
from qa.segment import presegmented

DATA = Path(os.environ.get("RELECTURE_DATA", "../shared/data"))
PARALLEL = (
    ("newstest2012.en-ru", ".eng", ".rus", "en", "ru"),
    ("newstest2012.fr-ru", ".fra", ".rus", "fr", "ru"),
    ("newstest2013.en-fr", ".eng", ".fra", "en", "fr"),
    ("wmt22.uk-en", ".uk", ".en", "uk", "en"),
    ("wmt22.ru-en", ".ru", ".en", "ru", "en"),
    ("wmt22.de-fr", ".de", ".fr", "de", "fr"),
    ("", "deu.devtest", "ukr.devtest", "de", "uk"),
)
GOLD = (("textberg-dev_de-fr", "dev", "de", "fr"), ("dtm_hu-en", "doc", "hu", "en"))
Texts = list[str]


@dataclass(frozen=True)
class Case:
    """Two documents, what was done to them, and the verdicts that say so (each "kind side")."""

    name: str
    kind: str
    source: Document
    target: Document
    right: tuple[str, ...]


def lines(path: Path) -> Texts:
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def document(texts: Sequence[str], lang: str) -> Document:
    return presegmented("\n".join(texts), lang)


def sound_pairs(seed: int) -> Iterator[tuple[str, Texts, Texts, str, str, Texts, Texts]]:
    """(name, source, target, languages, a source and a target of other content)."""
    for stem, left, right, source, target in PARALLEL:
        texts = lines(DATA / "parallel" / f"{stem}{left}"), lines(DATA / "parallel" / f"{stem}{right}")
        rng = random.Random(f"{seed} {stem}{left}")  # noqa: S311 (not for security)
        size = rng.randrange(100, 141)
        start = rng.randrange(len(texts[0]) - 2 * size - 100)
        other = start + size + 100
        name = f"{stem}{left}{right} from {start}"
        parts = [side[at : at + size] for at in (start, other) for side in texts]
        yield name, parts[0], parts[1], source, target, parts[2], parts[3]
    for folder, stem, source, target in GOLD:
        texts = tuple(lines(DATA / "align" / folder / f"{stem}.{lang}") for lang in (source, target))
        gold = [x for x in read_links(DATA / "align" / folder / f"{stem}.gold") if x.source and x.target]
        rng = random.Random(f"{seed} {folder}")  # noqa: S311
        size = rng.randrange(100, 141)
        start = rng.randrange(len(gold) - size)
        first, last = gold[start], gold[start + size - 1]
        body = (
            texts[0][first.source[0] : last.source[-1] + 1],
            texts[1][first.target[0] : last.target[-1] + 1],
        )
        middle = len(gold) // 2
        far = gold[0] if start > middle else gold[middle]
        other = texts[0][far.source[0] :][:size], texts[1][far.target[0] :][:size]
        yield f"{folder} from {start}", *body, source, target, *other


def cases(seeds: Sequence[int]) -> Iterator[Case]:
    """Every pair as it is, retold, and damaged in each way."""
    for seed in seeds:
        for name, left, right, source, target, other_left, other_right in sound_pairs(seed):
            rng = random.Random(f"{seed} {name}")  # noqa: S311

            def case(
                kind: str,
                a: Texts,
                b: Texts,
                *right: str,
                langs: tuple[str, str] = (source, target),
                name: str = name,
            ) -> Case:
                return Case(name, kind, document(a, langs[0]), document(b, langs[1]), right)

            n, m = len(left), len(right)
            yield case("sound", left, right)
            yield case("sound, sentences joined", left, joined(right, rng))
            yield case("sound, 8% left out", left, [x for x in right if rng.random() > 0.08])
            yield case("unrelated", left, other_right, "unrelated")
            yield case("unrelated, half as long", left, other_right[: m // 2], "unrelated")
            yield case("target cut at 60%", left, right[: m * 6 // 10], "ends-early target")
            yield case("target cut at 85%", left, right[: m * 85 // 100], "ends-early target")
            yield case("source cut at 60%", left[: n * 6 // 10], right, "ends-early source")
            yield case("target without its first 25%", left, right[m // 4 :], "begins-late target")
            yield case(
                "target lacks a chapter of 20%",
                left,
                right[: m // 3] + right[m // 3 + m // 5 :],
                "gap target",
            )
            yield case(
                "source lacks a chapter of 12%",
                left[: n // 2] + left[n // 2 + n * 12 // 100 :],
                right,
                "gap source",
            )
            yield case("chapter replaced", left, right[: m // 3] + other_right[: m // 4] + right[m // 3 + m // 4 :],
                       "gap target", "gap source")  # fmt: skip
            yield case("swapped", right, left, "swapped")
            yield case("the same text twice", left, left, "same")
            yield case("a summary: one sentence in six", left, right[::6], "length target")


def joined(texts: Texts, rng: random.Random) -> Texts:
    """Every fifth sentence or so joined to the one before."""
    out: Texts = []
    for text in texts:
        if out and rng.random() < 0.2:
            out[-1] += f" {text}"
        else:
            out.append(text)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--accuracy", choices=("fast", "default", "best"), default="default")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--wrong", action="store_true", help="list what was said of the cases judged wrongly")
    options = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"no data in {DATA}; set RELECTURE_DATA")


if __name__ == "__main__":
    main()
