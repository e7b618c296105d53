"""How common a word is, from wordfreq's lists; loaded once a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

__all__ = ["common", "known"]


@cache
def common(language: str) -> Mapping[str, float]:
    """Lower-case word → share of running text, for the commoner words; empty without a list.

    ``language`` is a base tag. The small lists hold words down to about one in a million.
    """
    return _listed(language, "small")


@cache
def known(language: str) -> Mapping[str, float]:
    """The same down to one in a hundred million where such a list exists (0.2 s to load)."""
    return _listed(language, "best")


def _listed(language: str, size: str) -> Mapping[str, float]:
    import wordfreq

    if language not in wordfreq.available_languages(size):
        return {}
    found: Mapping[str, float] = wordfreq.get_frequency_dict(language, size)
    return found
