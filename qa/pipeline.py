"""The whole way from two texts to aligned, scored, flagged segments.

One :class:`Pipeline` holds the loaded models and can be used for many documents; everything heavy is
loaded on first use. The command line, the interface and a batch engine all call these functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa import lang
from qa.errors import InputError, UsageError
from qa.model import (
    CheckedDocument,
    CheckedSegment,
    Document,
    Estimate,
    Flag,
    Link,
    Segment,
    Sentence,
    Span,
)
from qa.resources import Resources, Settings

if TYPE_CHECKING:
    from qa.align import Alignment
    from qa.encoder import Encoder
    from qa.terms.glossary import Glossary

__all__ = ["Pipeline", "StageProgress", "split_text"]

StageProgress = Callable[[str, int, int], None]
"""Called with (stage, done, total); ``total`` is 0 while the length of a stage is unknown."""


def _silent(stage: str, done: int, total: int) -> None:
    return None


class Pipeline:
    """Documents in, checked documents out. Safe to share between threads."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._resources = Resources(settings or Settings())
        self._terms: Glossary | None = None

    @property
    def settings(self) -> Settings:
        return self._resources.settings

    @property
    def encoder(self) -> Encoder:
        """The encoder; the first access loads its weights."""
        return self._resources.encoder

    def validate(self) -> None:
        """See ``Resources.validate``."""
        self._resources.validate()

    def spent(self) -> str | None:
        """See ``Resources.spent``."""
        return self._resources.spent()

    def with_glossary(self, more: Glossary) -> Pipeline:
        """This pipeline with further terms, and with the same models."""
        if not more.terms:
            return self
        extended = copy(self)
        own = self._glossary
        extended._terms = replace(more, terms=(*own.terms, *more.terms)) if own else more
        return extended

    @property
    def _glossary(self) -> Glossary | None:
        return self._terms or self._resources.glossary

    # -- from texts ----------------------------------------------------------------------------------

    def check_texts(
        self,
        source: str | Document | None,
        target: str | Document,
        source_lang: str | None,
        target_lang: str,
        *,
        name: str = "",
        source_name: str = "",
        presegmented: bool = False,
        links: Path | None = None,
        progress: StageProgress = _silent,
    ) -> CheckedDocument:
        """Split, align, score and check a source text and its translation.

        A Document that has sentences already (``qa.formats.open_document`` of subtitles) is taken as it
        is. ``source=None`` checks a translation alone: nothing is scored and only the checks that need no
        source are run. ``links`` is a file with an alignment to use instead of aligning. Raises InputError
        when a side holds no text or the alignment does not fit.
        """
        target_lang = lang.normalise(target_lang)
        if source is None:
            return self._check_target(target, target_lang, name, presegmented, progress)
        if source_lang is None:
            raise UsageError("the language of the source is missing; give it with --from")
        source_doc, target_doc, alignment = self.align_texts(
            source,
            target,
            source_lang,
            target_lang,
            name=name,
            source_name=source_name,
            presegmented=presegmented,
            links=links,
            progress=progress,
        )
        from qa.align import segments
        from qa.align.completion import complete

        whole = complete(alignment.links, len(source_doc.sentences), len(target_doc.sentences))
        checked, failures = self._check_segments(
            segments(source_doc, target_doc, whole),
            source_doc.lang,
            target_lang,
            links=whole,
            progress=progress,
        )
        remarks = _language_notices(source_doc, target_doc)
        return CheckedDocument(source_doc, target_doc, checked, (*remarks, *alignment.notices, *failures))

    def align_texts(
        self,
        source: str | Document,
        target: str | Document,
        source_lang: str,
        target_lang: str,
        *,
        name: str = "",
        source_name: str = "",
        presegmented: bool = False,
        links: Path | None = None,
        progress: StageProgress = _silent,
    ) -> tuple[Document, Document, Alignment]:
        """Split both texts into sentences and link them. Raises InputError when a side is empty.

        With ``links`` nothing is aligned: the links are those of the file, which need not name every
        sentence (``qa.align.completion`` makes them whole).
        """
        from qa.align import Alignment, align

        progress("Splitting", 0, 0)
        source_doc = split_text(source, source_lang, source_name, presegmented)
        target_doc = split_text(target, target_lang, name, presegmented)
        for side, document in (("source", source_doc), ("target", target_doc)):
            if not document.sentences:
                raise InputError(f"the {side} text is empty; nothing can be aligned with it")
        if links is not None:
            from qa.align.notices import notices
            from qa.formats import read_links

            given = read_links(links, source_doc, target_doc)
            remarks = notices(source_doc, target_doc, given, None, calibrated=False)
            return source_doc, target_doc, Alignment(given, remarks)
        progress("Loading the encoder", 0, 0)
        # Length-based alignment needs no encoder: leave it unloaded, so that it stays instant.
        encoder = None if self.settings.accuracy == "fast" else self.encoder
        alignment = align(
            source_doc,
            target_doc,
            encoder=encoder,
            accuracy=self.settings.accuracy,
            progress=lambda done, total: progress("Aligning", done, total),
        )
        return source_doc, target_doc, alignment

    def _check_target(
        self, target: str | Document, target_lang: str, name: str, presegmented: bool, progress: StageProgress
    ) -> CheckedDocument:
        document = split_text(target, target_lang, name, presegmented)
        if not document.sentences:
            raise InputError("the text is empty; nothing can be checked")
        segments = tuple(
            Segment(
                id=sentence.index + 1,
                source="",
                target=sentence.text,
                target_index=(sentence.index,),
                target_span=Span(sentence.start, sentence.end),
            )
            for sentence in document.sentences
        )
        flags = self._flags(segments, "", target_lang, estimates={}, target_only=True, progress=progress)
        checked = tuple(CheckedSegment(s, None, flags.get(s.id, ())) for s in segments)
        return CheckedDocument(None, document, checked, _language_notices(None, document))

    # -- from pairs ----------------------------------------------------------------------------------

    def check_pairs(
        self,
        pairs: Iterable[tuple[str, str]],
        source_lang: str,
        target_lang: str,
        *,
        name: str = "",
        progress: StageProgress = _silent,
    ) -> CheckedDocument:
        """Score and check pairs that are aligned already; one pair becomes one segment."""
        source_lang, target_lang = lang.normalise(source_lang), lang.normalise(target_lang)
        pairs = tuple(pairs)
        if not pairs:
            raise InputError("there are no segments in the input; nothing can be checked")
        source = _stack([source for source, _ in pairs], source_lang, name)
        target = _stack([target for _, target in pairs], target_lang, name)
        segments = tuple(
            Segment(
                id=i + 1,
                source=s.text,
                target=t.text,
                source_index=(i,) if s.text else (),
                target_index=(i,) if t.text else (),
                source_span=Span(s.start, s.end) if s.text else None,
                target_span=Span(t.start, t.end) if t.text else None,
            )
            for i, (s, t) in enumerate(zip(source.sentences, target.sentences, strict=True))
        )
        checked, failures = self._check_segments(segments, source_lang, target_lang, progress=progress)
        # The texts of a pair may hold several sentences each: nothing is known of those.
        return CheckedDocument(
            replace(source, sentences=()),
            replace(target, sentences=()),
            checked,
            (*_language_notices(source, target), *failures),
        )

    def score_pairs(
        self,
        pairs: Sequence[tuple[str, str]],
        source_lang: str,
        target_lang: str,
        *,
        progress: StageProgress = _silent,
    ) -> list[Estimate]:
        """Quality estimation alone, in input order. An estimate with a ``failure`` has no value."""
        from qa.estimate.base import uses_encoder

        own = not uses_encoder(self.settings.estimator)
        progress("Loading the estimator" if own else "Loading the encoder", 0, 0)
        return self._resources.estimator.estimate(
            pairs,
            lang.normalise(source_lang),
            lang.normalise(target_lang),
            progress=lambda done, total: progress("Scoring", done, total),
        )

    def recheck(
        self, source: str, target: str, source_lang: str, target_lang: str
    ) -> tuple[Estimate | None, tuple[Flag, ...]]:
        """Score and check one edited segment on its own (document-wide checks see only this segment)."""
        segment = Segment(1, source, target, (0,) if source else (), (0,) if target else ())
        checked, _ = self._check_segments(
            (segment,), lang.normalise(source_lang), lang.normalise(target_lang), progress=_silent
        )
        return checked[0].estimate, checked[0].flags

    # -- shared --------------------------------------------------------------------------------------

    def _check_segments(
        self,
        segments: Sequence[Segment],
        source_lang: str,
        target_lang: str,
        *,
        links: Sequence[Link] = (),
        progress: StageProgress,
    ) -> tuple[tuple[CheckedSegment, ...], tuple[str, ...]]:
        """The checked segments, and a line for each that the estimator failed on."""
        from qa.estimate.failures import failure_notices

        two_sided = [s for s in segments if s.source.strip() and s.target.strip()]
        estimates = dict(
            zip(
                (s.id for s in two_sided),
                self.score_pairs(
                    [(s.source, s.target) for s in two_sided], source_lang, target_lang, progress=progress
                ),
                strict=True,
            )
        )
        failures = failure_notices(estimates.items())
        estimates = {id: estimate for id, estimate in estimates.items() if not estimate.failure}
        flags = self._flags(
            segments, source_lang, target_lang, estimates=estimates, links=links, progress=progress
        )
        checked = tuple(CheckedSegment(s, estimates.get(s.id), flags.get(s.id, ())) for s in segments)
        return checked, failures

    def _flags(
        self,
        segments: Sequence[Segment],
        source_lang: str,
        target_lang: str,
        *,
        estimates: dict[int, Estimate],
        links: Sequence[Link] = (),
        target_only: bool = False,
        progress: StageProgress,
    ) -> dict[int, tuple[Flag, ...]]:
        from qa.checks import CHECKS, runner
        from qa.checks.base import Context

        muted = self.settings.muted

        context = Context(
            source_lang=source_lang,
            target_lang=target_lang,
            segments=segments,
            estimates=estimates,
            glossary=self._glossary,
            target_only=target_only,
            links=links,
            senses=self._resources.senses,
            dictionaries=self._resources.dictionaries,
            encoder=self._resources.loaded_encoder,
            suspicion=self._resources.suspicion() if estimates else None,
        )
        found = runner.run(
            context,
            only=self.settings.only or None,
            skip=(*self.settings.skip, *(name for name in muted if name in CHECKS)) or None,
            progress=lambda done, total: progress("Checking", done, total),
        )
        if not self.settings.only:  # whoever asks for one check wants no other flags
            for id, estimate in estimates.items():
                # Before they are merged: what a project has muted is no second witness either.
                heard = [flag for flag in estimate.flags if flag.check not in muted]
                if heard:
                    found[id] = runner.merge((*found.get(id, ()), *heard))
        return found


def _language_notices(source: Document | None, target: Document) -> tuple[str, ...]:
    """A line for each side that looks like another language than it is taken for: the sentences may all be
    too short for a check to tell."""
    found = []
    for side, document in (("source", source), ("translation", target)):
        language = lang.detect(document.text) if document else None
        if document and language and not lang.confusable(language, document.lang):
            seen, wanted = lang.name(language), lang.name(document.lang)
            found.append(f"the {side} looks like {seen}, but is taken for {wanted}")
    return tuple(found)


def split_text(given: str | Document, language: str, name: str = "", presegmented: bool = False) -> Document:
    """A text as sentences, one a line if ``presegmented``; a document that has some keeps them."""
    from qa import segment

    language = lang.normalise(language)
    if isinstance(given, Document):
        if given.sentences:
            return replace(given, lang=language, name=name or given.name)
        given = given.text
    return (segment.presegmented if presegmented else segment.split)(given, language, name=name)


def _stack(texts: Sequence[str], language: str, name: str) -> Document:
    """A document whose sentences are ``texts``, one under the other; texts keep inner line breaks."""
    sentences: list[Sentence] = []
    at = 0
    for index, text in enumerate(texts):
        sentences.append(Sentence(index, text, at, at + len(text), paragraph=index))
        at += len(text) + 1
    return Document("\n".join(texts), language, tuple(sentences), name)
