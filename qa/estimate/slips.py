"""What comparing the characters of both sides shows of a translation's slips: numbers that only one side has,
words said twice, words of another script, words left as they stood.

The network is told of most of it too, but thousands of judged translations hold few of these slips, and a
network learns from what it sees often. These counts get a weight of their own in the quality.
"""

from __future__ import annotations

import re
from collections import Counter

from qa import lang
from qa.estimate.marks import digits
from qa.estimate.surface import strange_words

__all__ = ["KINDS", "slips"]

KINDS = ("number", "doubled", "strange", "copied")
_MOST = 3  # of one kind; more say little more
_NUMBER = re.compile(r"\d{1,3}(?:[ .,\u00a0\u202f]\d{3}(?!\d))+|\d+")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_COPY = 4  # shorter words are alike in many languages


def slips(source: str, target: str, source_lang: str, target_lang: str) -> tuple[float, ...]:
    """Slips of each of ``KINDS``, from 0 to 3 each. A number written out or a word two languages share counts
    as well: two translations of one source mostly have it in common."""
    before, after = _numbers(source), _numbers(target)
    unmatched = sum((before - after).values()) + sum((after - before).values())
    words, known = _WORD.findall(target), _WORD.findall(source)
    doubled = _doubled(words) - _doubled(known)
    strange = copied = 0
    if lang.base(source_lang) != lang.base(target_lang):
        strange = strange_words(words, target_lang)
        originals = {word for word in known if len(word) >= _SHORTEST_COPY and word.islower()}
        copied = sum(word in originals for word in words)
    return tuple(float(min(_MOST, max(0, n))) for n in (unmatched, doubled, strange, copied))


def _numbers(text: str) -> Counter[str]:
    return Counter(digits(number) for number in _NUMBER.findall(text))


def _doubled(words: list[str]) -> int:
    lowered = [word.casefold() for word in words]
    return sum(word == lowered[i + 1] and len(word) > 1 for i, word in enumerate(lowered[:-1]))
