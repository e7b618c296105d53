"""What no translation can be: upper bounds on quality that hold whatever a model thinks.

Training sets hold few copies, loops or texts in a third language, so no model learned from them can be
relied on to notice. Each bound is set only where the texts leave no doubt.
"""

from __future__ import annotations

from qa import lang
from qa.estimate.surface import foreign_share, looped_share, other_language
from qa.estimate.words import split_words

__all__ = ["ceiling"]

_SURE = 8.0
_LIKELY = 18.0


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _prose(words: list[str]) -> list[str]:
    """Words that a translation would have changed: neither names nor numbers nor codes."""
    return [w for w in words if w.isalpha() and w.islower() and len(w) >= 3]


def ceiling(source: str, target: str, source_lang: str, target_lang: str) -> float:
    """Highest quality, 0 to 100, that ``target`` can have; 100 where nothing speaks against it."""
    source_words = [source[a:b] for a, b in split_words(source)]
    target_words = [target[a:b] for a, b in split_words(target)]
    source_letters, letters = _letters(source), _letters(target)
    if not letters and source_letters >= 3:
        return _SURE
    bound = 100.0
    if lang.base(source_lang) != lang.base(target_lang):
        unspaced = lang.is_unspaced(source_lang)
        copied = source.split() == target.split()
        if copied and (source_letters >= 6 if unspaced else len(_prose(source_words)) >= 3):
            bound = _SURE
        prose = _prose(target_words)
        known = set(source_words)
        if len(prose) >= 5 and sum(w in known for w in prose) >= 0.8 * len(prose):
            bound = min(bound, _SURE)
        if letters >= 15 and foreign_share(target, target_lang) > 0.7:
            bound = min(bound, _SURE)
    # One word over and over, or a few names, is too little to name a language by.
    varied = len({w.lower() for w in target_words if w.isalpha()}) >= 4 or lang.is_unspaced(target_lang)
    if bound > _SURE and varied and letters >= 25 and other_language(target, target_lang):
        bound = _SURE if len(_prose(target_words)) >= 5 else _LIKELY
    lowered = [w.lower() for w in target_words]
    if len(lowered) >= 8 and looped_share(lowered, [w.lower() for w in source_words]) >= 0.5:
        bound = min(bound, _LIKELY)
    return bound
