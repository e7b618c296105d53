"""What the quality estimator sees: words a person would mark, words left out, words added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.checks.base import Context, SegmentCheck
from qa.checks.name_suspects import capital_bias
from qa.checks.numbers import NumbersCheck
from qa.estimate import UNSEEN
from qa.lang import base
from qa.model import Flag, Segment, Severity, Side, WordScore
from qa.terms.hanzi import heard_in, skeleton
from qa.terms.loans import heard, loans
from qa.terms.names import Name, names
from qa.terms.numerals import numbers

__all__ = ["AddedWordsCheck", "LeftOutCheck", "SuspiciousWordsCheck"]


class SuspiciousWordsCheck(SegmentCheck):
    """Words that do not seem to render the source, as the quality estimator sees them.

    ## What it flags
    Runs of words of the translation that a trained model believes wrong with a probability above a threshold.
    The default, `precise`, is the lowest at which six in ten marked words were also marked by a person
    when it was measured; `balanced` finds more and errs more often. Where another check flags the same
    words, there is one flag, and it says that the model agrees. Numbers that the source has too, and names
    that sound like the Chinese characters or the katakana of the source, are passed over at the ends of
    a run, and headings in capitals altogether. Between languages of which no judged translation taught the
    model, it must be twice as sure, and no flag is major.

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
        if text.isupper():
            return  # a heading in capitals is no language that the model has read
        taught = not estimate.quality.signature.endswith(UNSEEN)
        least = context.suspicion if taught else (1 + context.suspicion) / 2
        runs = list(_runs(estimate.words, least, text))
        for run in _trimmed(runs, text, _settled(segment, context, "target", runs)):
            start, end = run[0].start, run[-1].end
            major = max((word.major or 0.0 for word in run if _solid(text, word)), default=0.0)
            yield self.flag(
                segment, start, end, "suspicious",
                severity=Severity.MAJOR if major >= 0.5 and taught else Severity.MINOR,
                confidence=round(max(word.bad for word in run), 3), found_by="model", words=text[start:end],
            )  # fmt: skip


class LeftOutCheck(SegmentCheck):
    """Words of the source that nothing in the translation seems to render.

    ## What it flags
    A stretch of the source that a trained model finds no counterpart for, where it also believes that
    something was left out of the translation. It knows no word lists and works for every pair of languages
    that the model reads; where `names`, `numbers` or `omission` flag the same words, there is one flag. A
    number that the translation has, in digits or in words, is passed over at the ends of a stretch.

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
        if estimate is not None:
            for start, end, sure in _stretches(segment, context, "source", estimate.missing):
                words = segment.source[start:end]
                yield self.flag(
                    segment, start, end, "left-out", side="source",
                    confidence=sure, found_by="model", words=words,
                )  # fmt: skip


class AddedWordsCheck(SegmentCheck):
    """Words of the translation that nothing in the source seems to say.

    ## What it flags
    A stretch of a translation that is longer than is to be expected of its source, where a trained model
    believes that the source, were it a translation, would leave something out. It is `left-out` the other
    way round. Sentences that no source sentence was aligned with are `addition`.

    ## Why it matters
    A machine goes on where the source has ended, and a hurried person leaves in what belongs to another
    version: the reader takes it for the author's word.

    ## Example
    “The committee will meet in Geneva” → « Le comité se réunira à Genève **avant la fin de l’année** »

    ## Fix
    None: take out what the source does not say; where the translation only explains, dismiss the flag.
    `--suspicion` sets how probable an addition must be, as for `suspicious-words`; `off` turns the check off.
    """

    id = "added-words"
    category = "accuracy/addition"
    severity = Severity.MINOR
    precision = 0.5
    messages = {
        "added": "nothing in the source seems to say “{words}”",
    }

    def check(self, segment: Segment, context: Context) -> Iterator[Flag]:
        estimate = context.estimates.get(segment.id)
        if estimate is not None:
            for start, end, sure in _stretches(segment, context, "target", estimate.added):
                words = segment.target[start:end]
                yield self.flag(
                    segment, start, end, "added", confidence=sure, found_by="model", words=words
                )  # fmt: skip


def _stretches(
    segment: Segment, context: Context, side: Side, words: Sequence[WordScore]
) -> Iterator[tuple[int, int, float]]:
    """Start, end and probability of the words of ``side`` that the other side seems to lack."""
    if context.suspicion is None:
        return
    lacking = [word for word in words if word.bad >= context.suspicion]
    text = segment.source if side == "source" else segment.target
    for run in _trimmed([lacking], text, _settled(segment, context, side, [lacking])):
        yield run[0].start, run[-1].end, max(word.bad for word in run)


def _runs(words: tuple[WordScore, ...], threshold: float, text: str) -> Iterator[list[WordScore]]:
    """Neighbouring words at or above the threshold, at least one of which holds a letter or digit."""
    run: list[WordScore] = []
    for word in (*words, None):
        if word is not None and word.bad >= threshold:
            run.append(word)
            continue
        if any(_solid(text, one) for one in run):
            yield run
        run = []


def _solid(text: str, word: WordScore) -> bool:
    return any(c.isalnum() for c in text[word.start : word.end])


_Spans = Sequence[tuple[int, int]]


def _trimmed(runs: Sequence[list[WordScore]], text: str, settled: _Spans) -> Iterator[list[WordScore]]:
    """The runs without the punctuation and the settled words at their ends, where anything is left."""
    for run in runs:
        kept = [at for at, word in enumerate(run) if _solid(text, word) and not _inside(word, settled)]
        if kept:
            yield run[kept[0] : kept[-1] + 1]


def _inside(word: WordScore, spans: _Spans) -> bool:
    return any(start <= word.start and word.end <= end for start, end in spans)


_COUNTING = frozenset({"digits", "word", "han"})


def _settled(segment: Segment, context: Context, side: Side, runs: Sequence[list[WordScore]]) -> _Spans:
    """Spans of ``side`` that another check knows to be right.

    The model reads no digits and no Chinese characters for their sound; a check that does knows better.
    """
    if not any(runs):
        return []
    source_lang, target_lang = base(context.source_lang), base(context.target_lang)
    ours, theirs = numbers(segment.source, source_lang), numbers(segment.target, target_lang)
    if side == "target":
        ours, theirs = theirs, ours
    values = {value for number in theirs for value in number.values}
    counting = [number for number in ours if number.kind in _COUNTING]
    settled: list[tuple[int, int]] = []
    if counting:
        flags = list(NumbersCheck().check(segment, context))
        wrong = [(flag.start, flag.end) for flag in flags if flag.side == side]
        settled = [
            (number.start, number.end)
            for number in counting
            # Figures may be explained otherwise (two weeks are 14 days); words `numbers` may just pass over.
            if (not values.isdisjoint(number.values) or (number.kind == "digits" and not flags))
            and not any(start < number.end and number.start < end for start, end in wrong)
        ]
    if side == "target" and source_lang in ("zh", "ja"):
        sounds = [segment.source[start:end] for start, end in loans(segment.source, source_lang)]
        settled += [
            (name.start, name.end)
            for name in names(segment.target, target_lang, source_lang, capital_bias)
            if _heard(name, segment.source, source_lang, sounds)
        ]
    return settled


_SOUNDS = 0.75
_PINYIN = 0.9
_BONES = 3


def _heard(name: Name, source: str, source_lang: str, sounds: Sequence[str]) -> bool:
    """Whether every word of the name sounds like a loan of the source or, in pinyin, like its characters."""
    return all(
        any(heard(loan, source_lang, (word.text,)) >= _SOUNDS for loan in sounds)
        or (
            source_lang == "zh"
            and len(skeleton(word.text)) >= _BONES
            and heard_in(word.text, source) >= _PINYIN
        )
        for word in name.sure
    )
