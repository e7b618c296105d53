"""Documents whose links are known, and the parallel texts that others are made from.

Data: RELECTURE_DATA (default ../shared/data), read only.
"""

from __future__ import annotations

import ast
import csv
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qa.model import Document, Sentence

DATA = Path(os.environ.get("RELECTURE_DATA", "../shared/data"))

Link = tuple[tuple[int, ...], tuple[int, ...]]
Pairs = list[Link]
"""Links in order of the documents, sentences counted from 0."""

ANCHORS = {
    "textberg-dev de-fr": "published: hunalign .694 / .923, Gale-Church .608 / .830",
    "dtm hu-en": "published: hunalign .961 / .986, Gale-Church .969 / .988",
}


@dataclass(frozen=True)
class Case:
    """Two sentence lists and their true links; ``kinds`` says for each link which edit made it (empty for
    gold sets)."""

    name: str
    source: list[str]
    target: list[str]
    source_lang: str
    target_lang: str
    gold: Pairs
    kinds: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Corpus:
    """Sentences and their translations, line by line.

    FLORES is not running text (neighbouring lines come from one article in groups of a few) and WMT22's
    uk-en is partly short messages; the others are articles and talks in their order.
    """

    name: str
    source_lang: str
    target_lang: str
    source: str
    target: str
    """Files below RELECTURE_DATA; ``file.tsv#column`` for a table."""

    def pairs(self) -> list[tuple[str, str]]:
        """(source, target) in the file's order, a source sentence at its first place only."""
        seen: dict[str, str] = {}
        for left, right in zip(_column(self.source), _column(self.target), strict=True):
            if left.strip() and right.strip():
                seen.setdefault(left, right)
        return list(seen.items())


_NEWS, _WMT, _TED = "parallel/newstest2013", "parallel/wmt22", "qe/qe_wmt21mqm-ted_zh-en.tsv"
CORPORA = (
    Corpus("newstest2013 ru-fr", "ru", "fr", f"{_NEWS}.fr-ru.rus", f"{_NEWS}.fr-ru.fra"),
    Corpus("wmt22 uk-en", "uk", "en", f"{_WMT}.uk-en.uk", f"{_WMT}.uk-en.en"),
    Corpus("flores uk-en", "uk", "en", "parallel/ukr.devtest", "parallel/eng.devtest"),
    Corpus("wmt22 de-fr", "de", "fr", f"{_WMT}.de-fr.de", f"{_WMT}.de-fr.fr"),
    Corpus("newstest2013 en-ru", "en", "ru", f"{_NEWS}.en-ru.eng", f"{_NEWS}.en-ru.rus"),
    Corpus("ted zh-en", "zh", "en", f"{_TED}#src", f"{_TED}#ref"),
)


def document(texts: Sequence[str], lang: str) -> Document:
    """A document of ready sentences, one a line."""
    sentences, at = [], 0
    for index, text in enumerate(texts):
        sentences.append(Sentence(index, text, at, at + len(text)))
        at += len(text) + 1
    return Document("\n".join(texts), lang, tuple(sentences))


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def _column(name: str) -> list[str]:
    file, _, column = name.partition("#")
    if not column:
        return lines(DATA / file)
    with (DATA / file).open(encoding="utf-8", newline="") as table:
        return [row[column] for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)]


def gold_cases() -> list[Case]:
    """The gold-aligned documents: an Alpine club's yearbooks, and a hunalign sample."""
    out = []
    for name, folder, stem, source, target in (
        ("textberg-dev de-fr", "textberg-dev_de-fr", "dev", "de", "fr"),
        ("dtm hu-en", "dtm_hu-en", "doc", "hu", "en"),
    ):
        path = DATA / "align" / folder
        gold: Pairs = []
        for line in lines(path / f"{stem}.gold"):
            if line.strip():
                left, right = line.strip().split(":")[:2]
                gold.append((tuple(ast.literal_eval(left)), tuple(ast.literal_eval(right))))
        texts = [lines(path / f"{stem}.{lang}") for lang in (source, target)]
        out.append(Case(name, texts[0], texts[1], source, target, gold))
    return out
