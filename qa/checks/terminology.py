"""The glossary: preferred, allowed, forbidden and untranslatable terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa import lang
from qa.checks.base import Context, DocumentCheck
from qa.model import Edit, Flag, Segment, Severity
from qa.terms.glossary import Term
from qa.terms.inflection import substitute
from qa.terms.lemmas import lemma
from qa.terms.matching import Occurrence, TermIndex, contains, find

__all__ = ["GlossaryCheck"]


class GlossaryCheck(DocumentCheck):
    """Terms that are not rendered as the glossary says.

    ## What it flags
    A source term whose translation holds neither the preferred nor an allowed rendering, a forbidden
    rendering of it, and a do-not-translate term that was translated. Terms are found by their
    dictionary forms, so inflected terms count on both sides; a longer term hides the shorter ones
    inside it. Chinese and Japanese terms are found as substrings. Words that are forbidden whatever
    they translate are flagged without a source as well.

    ## Why it matters
    A client's glossary is part of the order: a wrong term is an error even where the sentence is right.

    ## Example
    ``удар`` must be ``frappe``; the translation says ``grève``, which the glossary forbids.

    ## Fix
    The preferred term in the form of the forbidden one, with its article and adjectives, when the
    glossary prefers a single one.
    """

    id = "glossary"
    category = "terminology/inconsistent-with-resource"
    severity = Severity.MAJOR
    needs_source = False
    precision = 0.9
    messages = {
        "missing": "the glossary renders “{source}” as “{wanted}”; the translation has no form of it",
        "forbidden": "the glossary forbids “{found}” for “{source}”; use “{wanted}”",
        "forbidden-word": "the glossary forbids “{found}”",
        "translated": "“{source}” is not to be translated and is missing in the translation",
    }

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        if context.glossary is None or not context.glossary.terms:
            return
        terms: dict[str, list[Term]] = {}
        for term in context.glossary.terms:
            if term.source:
                terms.setdefault(term.source, []).append(term)
        always = [term for term in context.glossary.terms if not term.source and term.forbidden]
        index = TermIndex.of(terms, context.source_lang) if terms and not context.target_only else None
        for segment in context.segments:
            if not segment.target.strip():
                continue
            for term in always:
                yield from self._forbidden_words(segment, term, context)
            if index is None or not segment.source.strip():
                continue
            done: set[str] = set()
            for occurrence in index.find(segment.source):
                if occurrence.name not in done:
                    done.add(occurrence.name)
                    yield from self._rendered(segment, occurrence, terms[occurrence.name], context)

    def _rendered(
        self, segment: Segment, occurrence: Occurrence, entries: Sequence[Term], context: Context
    ) -> Iterable[tuple[int, Flag]]:
        """The flags of one source term, which may have several entries (homonyms): any of them will do."""
        target_lang = context.target_lang
        wanted = list(dict.fromkeys(text for term in entries for text in term.preferred))
        good = [*wanted, *(text for term in entries for text in term.allowed)]
        source = segment.source[occurrence.start : occurrence.end]
        if any(term.untranslatable for term in entries):
            if occurrence.name not in segment.target and occurrence.exact:
                yield (
                    segment.id,
                    self.flag(
                        segment, occurrence.start, occurrence.end, "translated", side="source", source=source
                    ),
                )
            return
        bad = [
            hit
            for term in entries
            for text in term.forbidden
            for hit in find(segment.target, text, target_lang)
        ]
        bad = [hit for hit in bad if not _inside_good(segment.target, hit, good, target_lang)]
        for hit in bad:
            yield segment.id, self._on_forbidden(segment, hit, source, wanted, target_lang)
        if bad or any(contains(segment.target, text, target_lang) for text in good) or not wanted:
            return
        flag = self.flag(
            segment, occurrence.start, occurrence.end, "missing", side="source",
            source=source, wanted="” or “".join(wanted[:3]),
        )  # fmt: skip
        yield segment.id, flag

    def _on_forbidden(
        self, segment: Segment, hit: Occurrence, source: str, wanted: Sequence[str], target_lang: str
    ) -> Flag:
        text = segment.target
        fix: tuple[Edit, ...] = ()
        if len(wanted) == 1:
            base = lang.base(target_lang)
            old = hit.name if " " in hit.name else lemma(hit.name, base)
            fix = substitute(text, hit.start, hit.end, old, wanted[0], base)
        return self.flag(
            segment, hit.start, hit.end, "forbidden", fix=fix, confidence=0.95,
            found=text[hit.start : hit.end], source=source, wanted="” or “".join(wanted[:3]),
        )  # fmt: skip

    def _forbidden_words(self, segment: Segment, term: Term, context: Context) -> Iterable[tuple[int, Flag]]:
        for text in term.forbidden:
            for hit in find(segment.target, text, context.target_lang):
                if _inside_good(segment.target, hit, term.preferred + term.allowed, context.target_lang):
                    continue
                if len(term.preferred) == 1:
                    yield (
                        segment.id,
                        self._on_forbidden(
                            segment,
                            hit,
                            segment.target[hit.start : hit.end],
                            term.preferred,
                            context.target_lang,
                        ),
                    )
                else:
                    yield (
                        segment.id,
                        self.flag(
                            segment,
                            hit.start,
                            hit.end,
                            "forbidden-word",
                            found=segment.target[hit.start : hit.end],
                        ),
                    )


def _inside_good(text: str, hit: Occurrence, good: Iterable[str], target_lang: str) -> bool:
    """The forbidden word is part of a rendering that is right («frappe» inside «frappe aérienne»)."""
    return any(
        occurrence.start <= hit.start and hit.end <= occurrence.end and occurrence.name != hit.name
        for rendering in good
        for occurrence in find(text, rendering, target_lang)
    )
