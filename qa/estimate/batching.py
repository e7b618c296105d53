"""What every neural estimator does with its pairs: clean, remember, order by length, go block by block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from qa.estimate.memory import Memory, Pair
from qa.model import Estimate, Score

if TYPE_CHECKING:
    from qa.encoder import Progress

__all__ = ["MAX_CHARACTERS", "SpecialTokens", "clean", "estimate_in_blocks"]

MAX_CHARACTERS = 20_000
"""Nothing behind this character is read: no model's window reaches that far."""

# Tokenizers refuse a lone surrogate and some end at NUL. One for one, so that offsets stay true.
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")

Run = Callable[[Sequence[Pair]], list[Estimate]]


def clean(pair: Pair) -> Pair:
    """Both texts as a tokenizer can read them, no longer than MAX_CHARACTERS; offsets stay true."""
    source, target = (_UNREADABLE.sub(" ", text[:MAX_CHARACTERS]) for text in pair)
    return source, target


class SpecialTokens:
    """The marks by which a tokenizer knows borders: a text that spells one must not become one."""

    def __init__(self, tokens: Iterable[str]) -> None:
        spelled = "|".join(re.escape(token) for token in tokens if token)
        self._found = re.compile(spelled or r"(?!)")

    def defuse(self, text: str) -> str:
        """``text`` with the first character of every special token made a space; offsets stay true."""
        return self._found.sub(lambda match: " " + match.group()[1:], text)


def estimate_in_blocks(
    run: Run,
    pairs: Sequence[Pair],
    *,
    signature: str,
    languages: Pair,
    size: int,
    memory: Memory,
    nothing: Estimate | None = None,
    progress: Progress | None = None,
) -> list[Estimate]:
    """``run`` over ``pairs`` in blocks of ``size`` neighbours in length; one estimate a pair, in input order.

    A pair with a blank side is never run and has quality 0 (or is ``nothing``); what ``memory`` knows is not
    run again. An estimate that failed is returned and not remembered.
    """
    known = memory.recall(signature, languages, pairs)
    nothing = nothing or Estimate(Score(0.0, signature))
    out = [estimate or nothing for estimate in known]
    texts = [clean(pair) for pair in pairs]
    order = sorted(
        (i for i, text in enumerate(texts) if known[i] is None and all(side.strip() for side in text)),
        key=lambda i: len(texts[i][0]) + len(texts[i][1]),
    )
    for at in range(0, len(order), size):
        block = order[at : at + size]
        made = run([texts[i] for i in block])
        for i, estimate in zip(block, made, strict=True):
            out[i] = estimate
        keep = [i for i in block if not out[i].failure]
        memory.keep(signature, languages, [pairs[i] for i in keep], [out[i] for i in keep])
        if progress is not None:
            progress(at + len(block), len(order))
    return out
