"""Given names, whatever form a language gives them: John, Jan, Иван; Charles, Карла, Karolem."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

from qa.terms.senses.keys import morphology
from qa.terms.transliteration import romanise

__all__ = ["given_names", "inflected", "rows"]

_CASES = re.compile(r"(?:ego|emu|owi|ovi|iem|em|im|ho|mu|ie|[aeiouym])$")
"""What Polish and Czech add to a name, in plain Latin letters."""
_SHORTEST = 3


@lru_cache(maxsize=20_000)
def given_names(word: str, lang: str) -> frozenset[int]:
    """The ids of the names of which ``word`` of language ``lang`` (a base tag) may be a form, inflected or
    not; empty where it is none. Two words that share an id may be one name."""
    low = word.lower()
    table = _table()
    return frozenset().union(*(table.get(romanise(form), ()) for form in inflected(low, lang)))


def inflected(low: str, lang: str) -> Iterator[str]:
    """The forms of a name, among them the basic one, that the lower-case word ``low`` may be."""
    yield low
    if lang in ("ru", "uk"):
        for parse in morphology(lang).parse(low):
            yield parse.normal_form
    elif lang in ("pl", "cs"):
        plain = romanise(low)
        for match in (_CASES.search(plain), re.search("[aeiouy]$", plain)):
            if match and match.start() >= _SHORTEST:
                stem = plain[: match.start()]
                yield from (stem, f"{stem}a")
    elif lang in ("de", "en"):
        yield low.removesuffix("s")


@cache
def rows() -> tuple[tuple[str, ...], ...]:
    """The forms of one name each, in lower case; the first is the English one."""
    text = resources.files("qa.terms").joinpath("given_names.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if not line.startswith("#"))


@cache
def _table() -> dict[str, frozenset[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for at, row in enumerate(rows()):
        for form in row:
            found[romanise(form)].add(at)
    return {form: frozenset(ids) for form, ids in found.items()}
