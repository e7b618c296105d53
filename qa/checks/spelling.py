"""Misspelt words: by hunspell's dictionaries, and by how common the word is that was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity
from qa.terms.frequency import common, known
from qa.terms.glossary import Glossary
from qa.terms.hunspell import Dictionary, load

__all__ = ["SpellingCheck"]

_CASED = frozenset(("Latn", "Cyrl", "Grek", "Armn"))
"""Scripts with capitals; in others nothing tells a name from a word."""
_ELIDING = frozenset(("fr", "it", "ca", "oc"))
_APOSTROPHE_IS_A_LETTER = frozenset(("uk", "be", "br"))

_HIDDEN = re.compile(
    r"<[^<>\s][^<>]{0,200}>|`[^`\n]{1,200}`|\{\{?[^{}\n]{0,80}\}\}?|\[\[[^\[\]\n]{0,80}\]\]"
    r"|%\([\w. -]{1,80}\)\w?|(?:https?://|ftp://|www\.)\S{1,2000}"
)
"""Tags, code, placeholders and addresses: what may hold spaces."""
_CHUNK = re.compile(r"\S+")
_CODE = re.compile(
    r"[\d@#\\/_<>{}|=~^*+$%&\u00ad\u00b2\u00b3\u00b9\u0300-\u036f\u200b-\u200f\u2070-\u209c\ufffd]"
    r"|\w[.:()\[\]]\w|([^\W\d_])\1\1",
    re.IGNORECASE,
)
"""What marks a piece of text between two spaces as no ordinary word: paths, handles, [w]hile, sooo."""
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_APOSTROPHE = re.compile("['’ʼ]")
_BEGINS = re.compile(r"(?:^|[.!?…:;\n])[\s\"'«»“”„‘’‹›()\[\]—–-]{0,10}\Z")
_ELIDED = re.compile(r"([lndsjmtc]|qu|dell|dall|nell|all|sull)([aeiouyhàâäéèêëîïôöûüœæ]\w{2,})")
"""A word that has lost the apostrophe after its article or pronoun."""
_NEIGHBOURS = (re.compile(r"(\w+)\W{1,2}\Z"), re.compile(r"\W{1,2}(\w+)"))

_COMMON = 1e-6
"""Share of running text from which on a word needs no dictionary."""
_NEVER_SEEN = 1e-8
"""Where the long lists of frequencies end."""
_ODDS = 3000.0
"""How many times commoner than a word of four letters its correction must be. Each further letter halves
that, since long words have few neighbours by chance."""
_LEAST_ODDS = 50.0
_LONG = 8
_LONGEST = 40
_KEPT = 100_000
"""Verdicts kept a language."""


class _Word(NamedTuple):
    start: int
    text: str
    first: bool
    """A sentence begins with it."""
    whole: str
    """The word with its hyphens and apostrophes."""


class _Doubt(NamedTuple):
    """What was meant by a word that no dictionary has, and how many times commoner that is than needed."""

    meant: str
    margin: float


class SpellingCheck(SegmentCheck):
    """Misspelt words.

    ## What it flags
    A word that the hunspell dictionary of the language rejects while a word one edit away (a letter more,
    fewer, changed, or two neighbours swapped) is very much commoner. How much depends on the length of the
    word, on whether it is seen at all, and on where the edit is: a changed ending is often an inflection
    that the dictionary lacks. Words of the source, names, capitals, codes, addresses, tags, terms of the
    glossary and short words beside unknown names are left alone.

    Dictionaries are those of the system, of LibreOffice, or of the folders in ``RELECTURE_HUNSPELL``;
    American English comes with chunspell. A language without a dictionary or a list of frequencies is not
    checked, nor one whose script has no capitals to know names by.

    ## Why it matters
    A misspelling is the error that every reader sees, and it makes a text look careless.

    ## Example
    ``The goverment has announced`` (meant: *government*)

    ## Fix
    The commoner word.
    """

    id = "spelling"
    category = "linguistic-conventions/spelling"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.85
    messages = {"misspelt": "“{word}” is in no dictionary; “{meant}”?"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        dictionary = _dictionary(context.target_lang)
        if dictionary is None:
            return
        speller = _speller(lang.base(context.target_lang), dictionary)
        for word in _words(segment.target, speller.base):
            doubt = speller.doubt(word, segment.target)
            if doubt is None or word.text.casefold() in segment.source.casefold():
                continue  # what the source has as well was taken over
            if _is_term(word.text.casefold(), context.glossary):
                continue
            end = word.start + len(word.text)
            meant = doubt.meant[0].upper() + doubt.meant[1:] if word.first else doubt.meant
            if "’" in segment.target:
                meant = meant.replace("'", "’")
            yield self.flag(
                segment, word.start, end, "misspelt", fix=[Edit(word.start, end, meant)],
                confidence=0.95 if doubt.margin >= 10 else None, word=word.text, meant=meant,
            )  # fmt: skip


class _Speller:
    """What is known of the words of one language. Verdicts are kept, since words come back."""

    def __init__(self, base: str, dictionary: Dictionary) -> None:
        self.base = base
        self._dictionary = dictionary
        self._shares: Mapping[str, float] = known(base)
        self._floor = max(_NEVER_SEEN, min(self._shares.values(), default=0.0))
        self._letters = "".join(
            sorted({letter for word in common(base) for letter in word if letter.isalpha()})
        )
        self._doubts: dict[str, _Doubt | None] = {}

    def doubt(self, word: _Word, text: str) -> _Doubt | None:
        """What is wrong with ``word`` in ``text``, if anything."""
        low = word.text.lower()
        if self._shares.get(low, 0.0) > _COMMON:
            return None
        try:
            found = self._doubts[low]
        except KeyError:
            if len(self._doubts) >= _KEPT:
                self._doubts.clear()
            found = self._doubts[low] = self._judged(low)
        if found is None or (word.whole != word.text and self._accepted(word.whole.lower())):
            return None
        if word.first and not _swapped(low, found.meant) and found.margin < (3 if len(low) >= _LONG else 100):
            return None  # a name
        if len(low) < 6 and any(map(self._is_foreign, _neighbours(text, word))):
            return None  # Ústí nad Labem
        if "-" in word.whole and (low in self._shares or len(low) < 5 or not word.whole.endswith(word.text)):
            return None  # halves of compounds: belle-lettres, pre-empt
        return found

    def _judged(self, word: str) -> _Doubt | None:
        if self._accepted(word):
            return None
        share = max(self._shares.get(word, 0.0), self._floor)
        odds = {
            meant: listed / share
            for meant in _one_edit_away(word, self._letters)
            if (listed := self._shares.get(meant, 0.0)) > share
        }
        if self.base in _ELIDING and (elided := _ELIDED.match(word)) is not None:
            odds[f"{elided[1]}'{elided[2]}"] = self._shares.get(elided[2], 0.0) / share
        for meant in sorted(odds, key=lambda meant: (odds[meant], "'" in meant), reverse=True):
            margin = odds[meant] / self._needed(word, meant)
            if margin >= 1 and self._dictionary.accepts(meant.rpartition("'")[2]):
                return _Doubt(meant, margin)
        return None

    def _needed(self, word: str, meant: str) -> float:
        """How many times commoner than ``word`` its correction ``meant`` must be."""
        swapped = _swapped(word, meant)
        if len(word) < 4:
            return 10 * _ODDS if swapped else float("inf")
        needed = max(_LEAST_ODDS, _ODDS * 0.5 ** (len(word) - 4))
        if word in self._shares:
            needed *= 1.5
        if swapped:
            return needed / 3
        ending = word[-1] != meant[-1] or word[:-1] == meant or word == meant[:-1]
        return needed * 5 if ending else needed

    def _accepted(self, word: str) -> bool:
        """In the dictionary in any case, as an abbreviation, or with the other apostrophe."""
        forms = {word, word.capitalize(), word + ".", _APOSTROPHE.sub("'", word), _APOSTROPHE.sub("’", word)}
        return any(map(self._dictionary.accepts, forms))

    def _is_foreign(self, name: str) -> bool:
        return name.istitle() and self._shares.get(name.lower(), 0.0) < _COMMON and not self._accepted(name)


def _dictionary(tag: str) -> Dictionary | None:
    """The dictionary for ``tag``; None where a word could not be told from a name or no list says how
    common words are."""
    dictionary = load(tag)
    if dictionary is None or lang.is_unspaced(tag) or lang.script(tag) not in _CASED:
        return None
    return dictionary if known(lang.base(tag)) else None


@lru_cache(maxsize=8)
def _speller(base: str, dictionary: Dictionary) -> _Speller:
    return _Speller(base, dictionary)


def _is_term(word: str, glossary: Glossary | None) -> bool:
    terms = glossary.terms if glossary is not None else ()
    return any(word in wanted.casefold() for term in terms for wanted in (*term.preferred, *term.allowed))


def _swapped(word: str, meant: str) -> bool:
    return len(word) == len(meant) and sorted(word) == sorted(meant)


def _one_edit_away(word: str, letters: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from (head + letter + tail for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
            yield head + tail[1::-1] + tail[2:]


def _neighbours(text: str, word: _Word) -> list[str]:
    before = _NEIGHBOURS[0].search(text[max(0, word.start - 30) : word.start])
    after = _NEIGHBOURS[1].match(text, word.start + len(word.text))
    return [match[1] for match in (before, after) if match is not None]


def _words(text: str, base: str) -> Iterator[_Word]:
    """The words of ``text`` that can be judged: in lower case, or with a capital that begins a sentence."""
    text = _HIDDEN.sub(lambda match: "_" * len(match.group()), text)
    for chunk in _CHUNK.finditer(text):
        if _CODE.search(chunk.group()):
            continue
        for match in _WORD.finditer(chunk.group()):
            whole, start = match.group(), chunk.start() + match.start()
            end = start + len(whole)
            if text[end : end + 1] == "-" or text[start - 1 : start] == "-":
                continue  # half a compound: pre- and post-war
            for at, part in _parts(whole, base):
                if not 3 <= len(part) <= _LONGEST or not part[1:].islower():
                    continue
                if part[0].islower():
                    yield _Word(start + at, part, False, whole)
                elif at == 0 and _BEGINS.search(text[max(0, start - 12) : start]):
                    yield _Word(start, part, True, whole)


def _parts(whole: str, base: str) -> Iterator[tuple[int, str]]:
    """(offset, word) of what stands between hyphens and apostrophes and is a word by itself."""
    pieces = [(match.start(), match.group()) for match in re.finditer(r"[^-]+", whole)]
    if len(pieces) > 1 and not whole.islower():
        return
    for at, piece in pieces:
        marks = [match.start() for match in _APOSTROPHE.finditer(piece)]
        if not marks or base in _APOSTROPHE_IS_A_LETTER:
            yield at, piece
        elif base in _ELIDING:
            yield at + marks[-1] + 1, piece[marks[-1] + 1 :]
        else:
            yield at, piece[: marks[0]]
