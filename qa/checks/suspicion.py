"""Words that the quality estimator believes a person would mark, in the translation or in the source."""

from __future__ import annotations

from collections.abc import Iterator

from qa.checks.base import Context, SegmentCheck
from qa.model import Flag, Segment, Severity, WordScore

__all__ = ["LeftOutCheck", "SuspiciousWordsCheck"]


class SuspiciousWordsCheck(SegmentCheck):
    """Words that do not seem to render the source, as the quality estimator sees them.

    ## What it flags
    Runs of words of the translation that a trained model believes wrong with a probability above a threshold.
    The default, `precise`, is the lowest at which six in ten marked words were also marked by a person
    when it was measured; `balanced` finds more and errs more often. Where another check flags the same
    words, there is one flag, and it says that the model agrees.

    ## Why it matters
    A wrong word in the wrong place breaks no rule that could be written down. The model has seen tens of
    thousands of translations that people judged; it cannot say why a word is wrong, only that words like
    it, over sources like this one, were marked.

    ## Example
    “The committee will meet on Tuesday” → « Le comité se réunira **le parapluie** »

    ## Fix
    None: compare the words with the source; where they are right, dismiss the flag. `--suspicion balanced`
    or a number changes the threshold, `--suspicion off` turns the check off.
    """

    id = "suspicious-words"
    category = "accuracy/mistranslation"
    severity = Severity.MINOR
    precision = 0.6
    messages = {
        "suspicious": "the quality model doubts “{words}”: compare it with the source",
    }

    def check(self, segment: Segment, context: Context) -> Iterator[Flag]:
        estimate = context.estimates.get(segment.id)
        if estimate is None or context.suspicion is None:
            return
        text = segment.target
        for run in _runs(estimate.words, context.suspicion, text):
            start, end = run[0].start, run[-1].end
            doubt = max(word.bad for word in run)
            major = max((word.major or 0.0) for word in run)
            yield self.flag(
                segment,
                start,
                end,
                "suspicious",
                severity=Severity.MAJOR if major >= 0.5 else Severity.MINOR,
                confidence=round(doubt, 3),
                found_by="model",
                words=text[start:end],
            )


class LeftOutCheck(SegmentCheck):
    """Words of the source that nothing in the translation seems to render.

    ## What it flags
    A stretch of the source that a trained model finds no counterpart for, where it also believes that
    something was left out of the translation. It knows no word lists and works for every pair of languages
    that the model reads; where `names`, `numbers` or `omission` flag the same words, there is one flag.

    ## Why it matters
    What a machine leaves out reads well: the sentence is whole, only poorer. Nobody sees it who does not read
    both sides word by word.

    ## Example
    “The committee will meet in Geneva **on Tuesday**” → « Le comité se réunira à Genève »

    ## Fix
    None: add what is missing; where the translation says it in another way, dismiss the flag. `--suspicion`
    sets how probable an omission must be, as for `suspicious-words`; `off` turns the check off.
    """

    id = "left-out"
    category = "accuracy/omission"
    severity = Severity.MINOR
    precision = 0.5
    messages = {
        "left-out": "nothing in the translation seems to render “{words}”",
    }

    def check(self, segment: Segment, context: Context) -> Iterator[Flag]:
        estimate = context.estimates.get(segment.id)
        if estimate is None or context.suspicion is None:
            return
        words = [word for word in estimate.missing if word.bad >= context.suspicion]
        if not words:
            return
        start, end = words[0].start, words[-1].end
        yield self.flag(
            segment,
            start,
            end,
            "left-out",
            side="source",
            confidence=max(word.bad for word in words),
            found_by="model",
            words=segment.source[start:end],
        )


def _runs(words: tuple[WordScore, ...], threshold: float, text: str) -> Iterator[list[WordScore]]:
    """Neighbouring words at or above the threshold, at least one of which holds a letter or digit."""
    run: list[WordScore] = []
    for word in (*words, None):
        if word is not None and word.bad >= threshold:
            run.append(word)
            continue
        while run and not _solid(text, run[-1]):  # a run does not end in a comma
            run.pop()
        while run and not _solid(text, run[0]):
            run.pop(0)
        if run:
            yield run
        run = []


def _solid(text: str, word: WordScore) -> bool:
    return any(c.isalnum() for c in text[word.start : word.end])
