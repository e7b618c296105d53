"""Surnames of China, Japan and Korea and characters of Chinese given names, and their Latin letters."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib import resources

__all__ = ["readings", "spellings", "surnames"]


@cache
def readings() -> dict[str, str]:
    """Character of Chinese given names (simplified) → its syllable in pinyin, without its tone."""
    return {
        character: syllable for syllable, characters in _rows("given_hanzi.tsv") for character in characters
    }


@cache
def spellings(lang: str) -> dict[str, frozenset[str]]:
    """Surname as ``lang`` (a base tag: zh, ja, ko) writes it → its spellings in lower-case Latin letters."""
    rows = _rows("surnames.tsv")
    return {form: frozenset(latin.split("|")) for tag, form, latin in rows if tag == lang}


@cache
def surnames(lang: str) -> dict[str, frozenset[str]]:
    """The same the other way: spelling → the surnames it may stand for."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for form, latin in spellings(lang).items():
        for spelling in latin:
            found[spelling].add(form)
    return {spelling: frozenset(forms) for spelling, forms in found.items()}


def _rows(file: str) -> list[list[str]]:
    text = resources.files("qa.terms").joinpath(file).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
