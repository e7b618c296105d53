"""Sentence splitting: F1 on tricky items and on joined news, and speed, beside other splitters.

    python benchmarks/segment.py [--errors] [--items FILE]

Items are lines ``language⇥text`` with `` | `` at each border. A border is where the next sentence
begins; F1 is over all borders of all items. The second table joins the lines of human-translated news
(``RELECTURE_DATA``/parallel, one sentence a line) twenty at a time into paragraphs. Systems that cannot be
imported are left out (pysbd: ``pip install pysbd``).
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

from qa.segment import split

HERE = Path(__file__).parent
DATA = Path(os.environ.get("RELECTURE_DATA", HERE.parent.parent / "shared" / "data"))
UNSPACED = ("zh", "ja")
NEWS = {
    "en": "newstest2013.en-fr.eng",
    "fr": "newstest2013.en-fr.fra",
    "ru": "newstest2013.en-ru.rus",
    "de": "wmt22.de-fr.de",
    "uk": "wmt22.uk-en.uk",
}
Splitter = Callable[[str, str], set[int]]


def ours(text: str, lang: str) -> set[int]:
    return {sentence.start for sentence in split(text, lang).sentences[1:]}


def systems() -> dict[str, Splitter]:
    found: dict[str, Splitter] = {"relecture": ours}
    from razdel import sentenize
    from yasbd import BoundaryDetector
    from yasbd.rules import get_supported_langs

    detectors: dict[tuple[str, bool], BoundaryDetector] = {}

    def yasbd(text: str, lang: str, keep: bool = True) -> set[int]:
        known = lang if lang in get_supported_langs() else "en"
        detector = detectors.setdefault((known, keep), BoundaryDetector(known, preserve_quote_and_paren=keep))
        return _next_starts(text, list(detector.detect(text)))

    found["yasbd"] = yasbd
    found["yasbd, quotes split"] = lambda text, lang: yasbd(text, lang, False)
    found["razdel"] = lambda text, lang: {s.start for s in list(sentenize(text))[1:]}
    try:
        import pysbd
    except ImportError:
        return found
    segmenters: dict[str, pysbd.Segmenter] = {}

    def old(text: str, lang: str) -> set[int]:
        known = lang if lang in pysbd.languages.LANGUAGE_CODES else "en"
        segmenter = segmenters.setdefault(known, pysbd.Segmenter(language=known, clean=False, char_span=True))
        return _next_starts(text, [span.end for span in segmenter.segment(text)])

    found["pysbd"] = old
    return found


def _next_starts(text: str, ends: list[int]) -> set[int]:
    """Ends of sentences → offsets of the first character of the next one that is no white space."""
    starts = set()
    for end in ends:
        while end < len(text) and text[end].isspace():
            end += 1
        if 0 < end < len(text):
            starts.add(end)
    return starts


def parse(line: str) -> tuple[str, str, set[int]]:
    lang, _, marked = line.rstrip("\n").partition("\t")
    pieces = marked.split(" | ")
    glue = "" if lang in UNSPACED else " "
    starts, at = set(), 0
    for piece in pieces[:-1]:
        at += len(piece) + len(glue)
        starts.add(at)
    return lang, glue.join(pieces), starts


def news(lang: str, per_paragraph: int = 20) -> list[tuple[str, str, set[int]]]:
    path = DATA / "parallel" / NEWS[lang]
    if not path.exists():
        return []
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = []
    for first in range(0, len(lines), per_paragraph):
        rows.append(parse(f"{lang}\t" + " | ".join(lines[first : first + per_paragraph])))
    return rows


def score(
    system: Splitter, rows: list[tuple[str, str, set[int]]], show: bool = False
) -> tuple[float, float, float]:
    right = found = wanted = 0
    for lang, text, gold in rows:
        got = system(text, lang)
        right, found, wanted = right + len(got & gold), found + len(got), wanted + len(gold)
        if show and got != gold:
            marked = "".join(
                ("‖" if i in got and i in gold else "+" if i in got else "-" if i in gold else "") + c
                for i, c in enumerate(text)
            )
            print(f"    {lang}  {marked}")
    precision, recall = right / max(1, found), right / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print our own errors: + too many, - missed")
    parser.add_argument("--items", type=Path, action="append")
    options = parser.parse_args()
    known = systems()
    for path in options.items or [HERE / "segment_items.tsv", HERE / "segment_fresh.tsv"]:
        rows = [parse(line) for line in path.read_text(encoding="utf-8").splitlines()[1:] if line]
        langs = {lang for lang, _, _ in rows}
        borders = sum(len(row[2]) for row in rows)
        print(f"\n{path.name}: {len(rows)} items, {len(langs)} languages, {borders} borders")
        print(f"  {'system':22} {'P':>6} {'R':>6} {'F1':>6}   F1 by language")
        for name, system in known.items():
            each = [
                f"{lang} {score(system, [r for r in rows if r[0] == lang])[2]:.2f}"
                for lang in ("ru", "fr", "en", "de", "uk", "zh", "ja", "ar")
                if lang in langs
            ]
            p, r, f = score(system, rows, options.errors and name == "relecture")
            print(f"  {name:22} {p:6.3f} {r:6.3f} {f:6.3f}   {'  '.join(each)}")
    print("\nnews, 20 lines joined to a paragraph: F1 (sentences/s)")
    for lang in NEWS:
        rows = news(lang)
        if not rows:
            print(f"  {lang}: no {DATA / 'parallel' / NEWS[lang]}; set RELECTURE_DATA")
            continue
        cells = []
        for name, system in known.items():
            begun = time.perf_counter()
            f = score(system, rows[:20] if name == "pysbd" else rows)[2]
            taken = time.perf_counter() - begun
            count = sum(len(row[2]) + 1 for row in (rows[:20] if name == "pysbd" else rows))
            cells.append(f"{name} {f:.3f} ({count / taken / 1000:.1f}k/s)")
        print(f"  {lang}: " + "  ".join(cells))


if __name__ == "__main__":
    main()
