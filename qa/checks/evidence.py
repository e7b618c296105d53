"""What a document says about the words of each segment, gathered once for the checks of meaning.

A ``Reading`` holds one segment's words and what the sense inventory knows of them on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.checks.base import Context
from qa.lang import base
from qa.model import Segment
from qa.terms.senses import Inventory, Match
from qa.terms.senses.keys import Token, tokens

__all__ = ["Reading", "read"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A segment with its words and its matches in the sense inventory, per side."""

    segment: Segment
    source_words: Sequence[Token]
    target_words: Sequence[Token]
    source: Sequence[Match]
    target: Sequence[Match]


def read(context: Context, inventory: Inventory) -> list[Reading]:
    """The readings of all segments that have both sides, in order; linear in the document's length."""
    source_lang, target_lang = base(context.source_lang), base(context.target_lang)
    readings = []
    for segment in context.segments:
        if not segment.source.strip() or not segment.target.strip():
            continue
        source_words, target_words = tokens(segment.source), tokens(segment.target)
        readings.append(
            Reading(
                segment,
                source_words,
                target_words,
                inventory.find(segment.source, source_lang, source_words),
                inventory.find(segment.target, target_lang, target_words),
            )
        )
    return readings
