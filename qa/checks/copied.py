"""A translation that repeats its source."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.checks.markup import without_tags
from qa.model import Flag, Segment, Severity
from qa.terms.frequency import known

__all__ = ["SourceCopiedCheck"]


class SourceCopiedCheck(SegmentCheck):
    """A translation that is its source.

    ## What it flags
    A target equal to its source (apart from case, spaces and punctuation) which holds at least three
    words in lower case, or two where the languages have different scripts; a shorter one when it holds a
    very common word that the target language hardly knows (``See www.example.org``), or when all of its
    words, be it a single one, are at home in the source language alone (``Wednesday``). Names and titles,
    addresses, numbers, code and words that two languages share are left alone.

    ## Why it matters
    The segment was never translated.

    ## Example
    ``Click here to continue`` → ``Click here to continue``

    ## Fix
    None.
    """

    id = "source-copied"
    category = "accuracy/untranslated"
    severity = Severity.CRITICAL
    precision = 0.95
    messages = {"copied": "the translation is the source, untranslated"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, target = context.source_lang, context.target_lang
        if lang.base(source) == lang.base(target) or len(segment.source) * 2 < len(segment.target):
            return
        first, other = segment.source[:1], segment.target[:1]
        if first.casefold() != other.casefold() and first not in _ACCELERATORS and other not in _ACCELERATORS:
            return
        if _bare(segment.source) != _bare(segment.target):
            return
        text, length = without_tags(segment.target), len(segment.target)
        other_script = lang.script(source) != lang.script(target)
        if lang.is_unspaced(source) and other_script:
            enough = sum(char.isalpha() and not char.isascii() for char in text) >= 4
        else:
            words = [word.strip(".,;:!?«»“”\"'()") for word in text.split()]
            plain = [word for word in words if word.isalpha() and word.islower()]
            enough = len(plain) >= (2 if other_script else 3)
            if not enough and _speaks(words, lang.base(source), lang.base(target)):
                severity = Severity.MAJOR
                yield self.flag(segment, 0, length, "copied", severity=severity, confidence=0.8)
            elif not enough and _at_home(words, lang.base(source), lang.base(target)):
                severity = Severity.MINOR
                yield self.flag(segment, 0, length, "copied", severity=severity, confidence=0.7)
        if enough:
            yield self.flag(segment, 0, length, "copied")


_COMMON = 1e-4
_ABROAD = 10.0**-1.6


def _speaks(words: list[str], source: str, target: str) -> bool:
    """Several words, no title, one of them everyday in the source language and rare in the target's."""
    if not any((word[:1].isalpha() and word[0].islower()) or word[:1] == "#" for word in words[1:]):
        return False
    theirs, ours = known(source), known(target)
    return bool(ours) and any(
        (rate := theirs.get(word.lower(), 0.0)) >= _COMMON and ours.get(word.lower(), 0.0) < rate * _ABROAD
        for at, word in enumerate(words)
        if len(word) > 1 and (word.islower() or at == 0)
    )


_KNOWN = 10.0**-5.8
_NAME = 1.2
"""Names are at most so much rarer (powers of ten) abroad than in the language they come from."""
_STRANGE = 1.85
_FLOOR = 1e-9
_NEIGHBOURS = ("de", "en", "fr")


def _at_home(words: list[str], source: str, target: str) -> bool:
    """All words are of the source language, and one of them is none that other languages borrow.

    Where no word list of the target language exists, those of big languages say what is international.
    """
    labels = [word.translate(_NO_ACCELERATORS).split("/") for word in words]  # Search/replace
    plain = [part for parts in labels if all(map(str.isalpha, parts)) for part in parts if len(part) > 1]
    if not plain or any(word.isupper() for word in plain) or not all(map(str.islower, plain[1:])):
        return False
    theirs = known(source)
    abroad = [known(target)] if known(target) else [known(tag) for tag in _NEIGHBOURS if tag != source]
    distances = []
    for word in map(str.lower, plain):
        rate = theirs.get(word, 0.0)
        if rate < _KNOWN:
            return False
        distances.append(math.log10(rate / max(_FLOOR, *(ours.get(word, 0.0) for ours in abroad))))
    return min(distances) >= _NAME and max(distances) >= _STRANGE


_ACCELERATORS = "&_~"
"""Marks of the key that opens a menu: &File, Fi_le."""
_NO_ACCELERATORS = str.maketrans("", "", _ACCELERATORS)


def _bare(text: str) -> str:
    """Letters and digits alone, folded."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
