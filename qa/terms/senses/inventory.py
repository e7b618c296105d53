"""The sense inventory: pivots, their senses, and the renderings of each sense in each language.

A *pivot* is a word (mostly English) with several meanings, the place where an engine takes the wrong
turn: «удары» → *strikes* → «grèves». README.md beside this file documents the TOML format.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from qa import lang as languages
from qa.errors import FormatError, InputError
from qa.terms.plain_toml import loads
from qa.terms.senses.affixes import fold
from qa.terms.senses.friends import friends
from qa.terms.senses.keys import Token, keys, noun_keys, tokens, words_of
from qa.terms.senses.notation import Listed, Rendering, Sense
from qa.terms.simplified import simplified

__all__ = ["Inventory", "Match", "Rendering", "Sense", "load"]

_DATA = Path(__file__).parent / "data"
_EVERY_FORM = frozenset("va")
"""Verbs and adjectives match every form; nouns singular and plural."""
_CUES = "cues"
_GENERAL = "general"
_PHRASES_INFLECTED = frozenset("tr ru uk pl cs".split())
"""Where the words of a phrase are no dictionary forms themselves: «savaş uçağı», «почтовая марка»."""


@dataclass(frozen=True, slots=True)
class Match:
    """Words of a text that express senses of one pivot: ``text[start:end]``.

    ``senses`` names every sense of the pivot the words may have; ``lemma`` is their dictionary form;
    ``weak`` is true when each of these readings is weak.
    """

    start: int
    end: int
    lemma: str
    pivot: str
    senses: frozenset[str]
    weak: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    sense: Sense
    rendering: Rendering


class Inventory:
    """Senses by pivot, searchable by the words of any of its languages."""

    def __init__(self, senses: Iterable[Sense]) -> None:
        pivots: dict[str, dict[str, Sense]] = {}
        for sense in senses:
            pivots.setdefault(sense.pivot, {})[sense.name] = sense
        self.pivots: Mapping[str, Mapping[str, Sense]] = pivots
        self._indexes: dict[str, dict[str, list[_Entry]]] = {}
        self._verbs: set[str] = set()
        self._pivots: dict[str, frozenset[str]] = {}
        self._beginning = lru_cache(maxsize=100_000)(self._begin)

    def __len__(self) -> int:
        return len(self.pivots)

    @property
    def languages(self) -> frozenset[str]:
        """Base tags of the languages with at least one rendering."""
        return frozenset(
            tag for senses in self.pivots.values() for sense in senses.values() for tag in sense.renderings
        )

    def pivots_of(self, source_lang: str) -> frozenset[str]:
        """The pivots at which a translation out of ``source_lang`` can go wrong: those that are one
        word for several senses in that language or in English, through which engines go."""
        tag = languages.base(source_lang)
        if tag not in self._pivots:
            self._pivots[tag] = frozenset(
                pivot
                for pivot, senses in self.pivots.items()
                if (tag in senses and senses[tag].alike)
                or _is_ambiguous(senses.values(), tag)
                or _is_ambiguous(senses.values(), "en")
            )
        return self._pivots[tag]

    def find(self, text: str, lang: str, words: Sequence[Token] | None = None) -> list[Match]:
        """Every word or phrase of ``text`` that the inventory knows, in order of ``start``.

        At one place and for one pivot the longest phrase wins ("air strike" over "strike"). Several
        pivots may match the same words. Linear in the length of the text.
        """
        tag = languages.base(lang)
        index = self._index(tag)
        if not index:
            return []
        if languages.is_unspaced(tag):
            return _find_unspaced(simplified(text, tag), index)
        words = tokens(text) if words is None else words
        found: list[Match] = []
        until: dict[str, int] = {}
        for at, word in enumerate(words):
            best: dict[str, tuple[int, list[_Entry]]] = {}
            for entry in self._beginning(word.text, tag):
                length = _matched(entry.words, words, at, tag)
                known = best.get(entry.sense.pivot)
                if length and (known is None or length > known[0]):
                    best[entry.sense.pivot] = (length, [entry])
                elif length and known is not None and length == known[0]:
                    known[1].append(entry)
            for pivot, (length, entries) in best.items():
                if until.get(pivot, 0) > at:
                    continue  # inside a longer phrase of the same pivot
                until[pivot] = at + length
                found.append(_match(word.start, words[at + length - 1].end, pivot, entries))
        return found

    def _begin(self, word: str, tag: str) -> tuple[_Entry, ...]:
        """The entries whose first word ``word`` may be a form of."""
        index, nouns = self._index(tag), noun_keys(word, tag)
        return tuple(
            entry
            for key in sorted(keys(word, tag) if tag in self._verbs else nouns)
            for entry in index.get(key, ())
            if key in nouns or _in_every_form(entry.rendering, tag)
        )

    def rendering(self, pivot: str, sense: str, lang: str) -> Rendering | None:
        """The rendering to propose: the first that is not weak and no plain one of another sense."""
        tag = languages.base(lang)
        senses = self.pivots[pivot]
        others = {
            r.text
            for name, other in senses.items()
            if name != sense
            for r in other.renderings.get(tag, ())
            if not r.weak
        }
        options = [r for r in senses[sense].renderings.get(tag, ()) if not r.weak]
        return next((r for r in options if r.text not in others), options[0] if options else None)

    def gender(self, pivot: str, lemma: str, lang: str) -> str:
        """The gender of ``lemma`` as a rendering of ``pivot``; "" where the inventory does not tell."""
        tag = languages.base(lang)
        for sense in self.pivots[pivot].values():
            for one in sense.renderings.get(tag, ()):
                if one.text == lemma:
                    return one.gender
        return ""

    def _index(self, tag: str) -> dict[str, list[_Entry]]:
        index = self._indexes.get(tag)
        if index is None:
            index = {}
            unspaced = languages.is_unspaced(tag)
            for senses in self.pivots.values():
                for sense in senses.values():
                    for one in sense.renderings.get(tag, ()):
                        folded = fold(one.text, tag)
                        words = (folded,) if unspaced else words_of(folded)
                        if _in_every_form(one, tag):
                            self._verbs.add(tag)
                        if not words:
                            continue
                        entry = _Entry(words, sense, one)
                        firsts = {words[0][0] if unspaced else words[0]}
                        if len(words) > 1 and tag in _PHRASES_INFLECTED:
                            firsts |= keys(words[0], tag)
                        for first in sorted(firsts):
                            index.setdefault(first, []).append(entry)
            self._indexes[tag] = index
        return index


def load(*extra: Path) -> Inventory:
    """The built-in inventory with the files ``extra`` laid over it, the later ones winning.

    A file may add pivots, add senses to a pivot, or redefine a sense. Raises FormatError (with file,
    pivot and sense) for a malformed file and InputError for one that cannot be read.
    """
    if not extra:
        return _default()
    senses: dict[tuple[str, str], Sense] = {(s.pivot, s.name): s for s in _builtin()}
    for path in extra:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: cannot be read as a UTF-8 sense inventory ({error})") from None
        senses.update(((s.pivot, s.name), s) for s in parse(text, str(path), whole=True))
    return Inventory(senses.values())


@cache
def _default() -> Inventory:
    return Inventory(_builtin())


@cache
def _builtin() -> tuple[Sense, ...]:
    found: dict[tuple[str, str], Sense] = {}
    for path in sorted(_DATA.glob("*.toml")):
        for sense in parse(path.read_text(encoding="utf-8"), path.name):
            if (sense.pivot, sense.name) in found:
                raise FormatError(f"{path.name}: [{sense.pivot}.{sense.name}] is defined twice")
            found[sense.pivot, sense.name] = sense
    return (*found.values(), *friends())


def parse(text: str, name: str = "inventory", *, whole: bool = False) -> list[Sense]:
    """The senses of one TOML file; ``name`` is the file's name in messages (raises FormatError).

    A rendering that is not allowed is told of here if the ``whole`` of the file is to be read at once,
    otherwise when somebody asks for its language: the built-in files are read whole by the tests.
    """
    try:
        tables = loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormatError(f"{name}: {error}") from None
    senses = [
        _sense(name, pivot, sense, fields)
        for pivot, senses in tables.items()
        for sense, fields in _table(name, pivot, senses).items()
    ]
    if whole:
        for sense in senses:
            for tag in sense.renderings:
                sense.renderings[tag]
    return senses


def _table(name: str, where: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise FormatError(f"{name}: {where}: expected a table such as [strike.attack]")
    return value


def _sense(name: str, pivot: str, sense: str, fields: Any) -> Sense:
    where = f"{name}: [{pivot}.{sense}]"
    gloss = ""
    general = False
    renderings: dict[str, str] = {}
    cues: dict[str, tuple[str, ...]] = {}
    for key, value in _table(name, f"{pivot}.{sense}", fields).items():
        if key == _GENERAL and isinstance(value, bool):
            general = value
            continue
        if not isinstance(value, str):
            raise FormatError(f"{where} {key}: expected text between quotes")
        if key == "gloss":
            gloss = value.strip()
        elif key == _CUES or key.startswith(_CUES + "-"):
            tag = _language(where, key[len(_CUES) + 1 :] or "en")
            cues[tag] = tuple(cue.strip() for cue in value.split(",") if cue.strip())
        else:
            renderings[_language(where, key)] = value
    if not gloss:
        raise FormatError(f"{where}: needs a gloss, such as gloss = 'a military attack'")
    return Sense(pivot, sense, gloss, Listed(where, renderings), cues, general)


@cache
def _known_language(tag: str) -> bool:
    return tag.isascii() and tag.isalpha() and 2 <= len(tag) <= 3


def _language(where: str, tag: str) -> str:
    if not _known_language(tag):
        raise FormatError(f"{where}: {tag!r} is neither gloss, cues, general nor a language tag such as fr")
    return tag


def _in_every_form(one: Rendering, tag: str) -> bool:
    """A verb, an adjective, or in German whatever is no noun by its small letter."""
    return one.gender in _EVERY_FORM or (tag == "de" and not one.gender and one.text[0].islower())


def _is_ambiguous(senses: Iterable[Sense], tag: str) -> bool:
    words = [{r.text for r in sense.renderings.get(tag, ())} for sense in senses]
    return len(set().union(*words)) < sum(map(len, words))


def _matched(phrase: tuple[str, ...], words: Sequence[Token], at: int, tag: str) -> int:
    """How many words the phrase takes when it stands at ``at``; 0 when it does not."""
    if len(phrase) == 1:
        return 1
    if at + len(phrase) > len(words):
        return 0
    for part, word in zip(phrase[1:], words[at + 1 : at + len(phrase)], strict=True):
        found = keys(word.text, tag)
        if part not in found and not (tag in _PHRASES_INFLECTED and found & keys(part, tag)):
            return 0
    return len(phrase)


def _match(start: int, end: int, pivot: str, entries: Sequence[_Entry]) -> Match:
    strong = [entry for entry in entries if not entry.rendering.weak]
    return Match(
        start,
        end,
        (strong or entries)[0].rendering.text,
        pivot,
        frozenset(entry.sense.name for entry in entries),
        weak=not strong,
    )


def _find_unspaced(text: str, index: dict[str, list[_Entry]]) -> list[Match]:
    found: list[Match] = []
    until: dict[str, int] = {}
    for at, character in enumerate(text.lower() if len(text.lower()) == len(text) else text):
        best: dict[str, list[_Entry]] = {}
        for entry in index.get(character, ()):
            if text.startswith(entry.words[0], at) and not _cuts_katakana(text, at, entry.words[0]):
                known = best.get(entry.sense.pivot)
                if known is None or len(entry.words[0]) > len(known[0].words[0]):
                    best[entry.sense.pivot] = [entry]
                elif len(entry.words[0]) == len(known[0].words[0]):
                    known.append(entry)
        for pivot, entries in best.items():
            if until.get(pivot, 0) <= at:
                until[pivot] = at + len(entries[0].words[0])
                found.append(_match(at, until[pivot], pivot, entries))
    return found


def _cuts_katakana(text: str, at: int, word: str) -> bool:
    """``word`` is a part of a longer foreign word: «バー» (a bar) in «バーゲン» (a bargain)."""
    end = at + len(word)
    return (_is_katakana(word[0]) and _is_katakana(text[at - 1 : at])) or (
        _is_katakana(word[-1]) and _is_katakana(text[end : end + 1])
    )


def _is_katakana(character: str) -> bool:
    return "\u30a1" <= character <= "\u30fa" or character == "ー"
