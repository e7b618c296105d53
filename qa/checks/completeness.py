"""Is everything there, and nothing else: empty, too short, too long, unaligned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.checks.endings import ending
from qa.model import Flag, Segment, Severity
from qa.terms.lengths import compared

__all__ = [
    "AdditionCheck",
    "EmptyCheck",
    "LengthRatioCheck",
    "OmissionCheck",
    "TruncatedCheck",
]


class EmptyCheck(SegmentCheck):
    """A source without a translation in a bilingual file.

    ## What it flags
    A pair whose translation is empty, blank or nothing but punctuation while the source has words.
    A source sentence of a document that no translation was aligned with is an omission (``omission``).

    ## Why it matters
    The reader gets nothing at all.

    ## Example
    ``Cancel`` → (empty)

    ## Fix
    None.
    """

    id = "empty"
    category = "accuracy/omission"
    severity = Severity.CRITICAL
    one_sided = True
    precision = 0.98
    messages = {"empty": "the translation is empty", "blank": "the translation has no words"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        if _has_words(segment.target) or not _has_words(segment.source):
            return
        if segment.target.strip():
            yield self.flag(segment, 0, len(segment.target), "blank")
        elif not _from_document(segment):
            yield self.flag(segment, 0, len(segment.target), "empty")


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _from_document(segment: Segment) -> bool:
    """The segment came from aligning two documents, not from a file of pairs."""
    return segment.source_span is not None or segment.target_span is not None


class OmissionCheck(SegmentCheck):
    """Source sentences that no translation was aligned with.

    ## What it flags
    A segment of an aligned document with a source and no target. A source without letters or digits
    (a line of asterisks) is left alone.

    ## Why it matters
    Whole sentences are missing from the translation, and fluent text around the gap hides it.

    ## Example
    A paragraph of four sentences translated in three.

    ## Fix
    None: the sentence has to be translated.
    """

    id = "omission"
    category = "accuracy/omission"
    severity = Severity.MAJOR
    one_sided = True
    precision = 0.85
    messages = {"sentence": "no part of the translation renders this sentence"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        if segment.target.strip() or not _has_words(segment.source) or not _from_document(segment):
            return
        short = sum(char.isalpha() for char in segment.source) < 12
        yield self.flag(
            segment, 0, len(segment.source), "sentence", side="source",
            severity=Severity.MINOR if short else None,
            confidence=max(0.4, min(self.precision, segment.link_score)),
        )  # fmt: skip


class AdditionCheck(SegmentCheck):
    """Target sentences that render no source sentence.

    ## What it flags
    A segment with a target and no source in a document that has a source.

    ## Why it matters
    The translation says what its source does not: an invention, a leftover, or a note of the translator.

    ## Example
    "Subscribe to our newsletter." in the middle of a translated article

    ## Fix
    None: whether to delete the sentence is for a person to decide.
    """

    id = "addition"
    category = "accuracy/addition"
    severity = Severity.MAJOR
    one_sided = True
    precision = 0.8
    messages = {"sentence": "this sentence renders nothing in the source"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        if segment.source.strip() or not _has_words(segment.target):
            return
        short = sum(char.isalpha() for char in segment.target) < 12
        yield self.flag(
            segment, 0, len(segment.target), "sentence", severity=Severity.MINOR if short else None,
            confidence=max(0.4, min(self.precision, segment.link_score)),
        )  # fmt: skip


class LengthRatioCheck(SegmentCheck):
    """A translation far too short or too long for its source.

    ## What it flags
    A length ratio (in characters) that human translations of the language pair hardly ever have: more than
    five and a half standard deviations from the mean, with mean and spread measured on human translations
    and the spread growing for short texts. Texts under 20 characters are left alone.

    ## Why it matters
    Half of the sentence is missing, something was invented, or the segments are misaligned.

    ## Example
    A source of two lines translated by three words.

    ## Fix
    None.
    """

    id = "length-ratio"
    category = "accuracy/omission"
    severity = Severity.MAJOR
    precision = 0.8
    messages = {
        "short": "the translation has {percent} % of the length expected of it: something may be missing",
        "long": "the translation has {percent} % of the length expected of it: something may be added",
    }
    _THRESHOLD = 5.5

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        before, after = len(segment.source.strip()), len(segment.target.strip())
        if before < 20 and after < 20:
            return
        length = compared(before, after, context.source_lang, context.target_lang)
        deviation = length.deviation
        if abs(deviation) < self._THRESHOLD or not _has_words(segment.target):
            return
        percent = str(round(100 * length.share))
        short = deviation < 0
        yield self.flag(
            segment, 0, len(segment.target), "short" if short else "long",
            category="accuracy/omission" if short else "accuracy/addition",
            confidence=min(0.95, 0.6 + 0.05 * (abs(deviation) - self._THRESHOLD)), percent=percent,
        )  # fmt: skip


_DANGLING: Mapping[str, frozenset[str]] = {
    "en": frozenset("the a an of to and or with for from by in on at that which".split()),
    "fr": frozenset("le la les un une des du de à et ou avec pour par dans sur que qui au aux".split()),
    "de": frozenset("der die das den dem des ein eine einen einem und oder mit für von zu in auf".split()),
    "es": frozenset("el la los las un una de del a y o con para por en que al".split()),
    "it": frozenset("il lo la i gli le un una di del della a e o con per da in che".split()),
    "pt": frozenset("o a os as um uma de do da e ou com para por em que no na".split()),
    "nl": frozenset("de het een en of met voor van te in op dat".split()),
    "ru": frozenset("и или в на с из к от по для что как".split()),
    "uk": frozenset("і й та або в на з із до від по для що як".split()),
    "pl": frozenset("i lub w na z ze do od po dla że jak".split()),
}


class TruncatedCheck(SegmentCheck):
    """A translation that stops in the middle.

    ## What it flags
    A target whose last word is an article, preposition or conjunction and which lacks the end
    punctuation of its source; a target that ends in a line break where its source goes on for another line.

    ## Why it matters
    The engine reached a length limit, or a field cut the text: the rest is missing.

    ## Example
    ``… et des discussions techniques sur la``

    ## Fix
    None.
    """

    id = "truncated"
    category = "accuracy/omission"
    severity = Severity.MAJOR
    precision = 0.9
    messages = {
        "cut": "the translation breaks off after “{word}”",
        "lines": "the source goes on after this line: lines of text in the source {wanted}, here {lines}",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target.rstrip()
        if text and "\n" in segment.target[len(text) :]:
            yield from self._lines(segment, context, len(text))
        words = text.split()
        if len(words) < 4 or words[-1] not in _DANGLING.get(lang.base(context.target_lang), ()):
            return
        if ending(segment.source, lang.base(context.source_lang))[0] in ("", "colon", "ellipsis", "comma"):
            return
        yield self.flag(segment, len(text) - len(words[-1]), len(text), "cut", word=words[-1])

    def _lines(self, segment: Segment, context: Context, end: int) -> Iterable[Flag]:
        if "\n" in segment.source[len(segment.source.rstrip()) :]:
            return
        wanted, found = (
            [len(line) for line in side.split("\n") if any(map(str.isalnum, line))]
            for side in (segment.source, segment.target)
        )
        dense = lang.is_unspaced(context.target_lang) - lang.is_unspaced(context.source_lang)
        # A translation in fewer lines may still hold all of them: then it is nearer to the whole in length.
        if (
            len(found) < len(wanted)
            and sum(found) * 2.0**dense < (sum(wanted[: len(found)]) + sum(wanted)) / 2
        ):
            start = segment.target.rfind("\n", 0, end) + 1
            yield self.flag(segment, start, end, "lines", wanted=str(len(wanted)), lines=str(len(found)))
