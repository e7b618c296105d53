"""What a check is: a pure function from a segment (or a document) to flags.

A check class carries its metadata as class attributes and its user page as its docstring, under four
headings: What it flags, Why it matters, Example, Fix. ``qa checks explain ID`` prints that page.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

from qa.model import Edit, Estimate, Flag, Link, Segment, Severity, Side
from qa.terms.glossary import Glossary

if TYPE_CHECKING:
    from qa.encoder import Encoder
    from qa.terms.bilingual import Dictionary
    from qa.terms.senses import Inventory

__all__ = ["Check", "Context", "DocumentCheck", "SegmentCheck"]


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a check may look at beside its segment. Built once a document; never changed.

    ``estimates`` maps segment ids to estimates where the pipeline made them. ``target_only`` is True
    when no source exists: checks with ``needs_source`` are then not run. ``links`` is kept for checks
    that need the alignment (omissions, additions).
    """

    source_lang: str
    target_lang: str
    segments: Sequence[Segment] = ()
    estimates: Mapping[int, Estimate] = field(default_factory=dict)
    glossary: Glossary | None = None
    target_only: bool = False
    links: Sequence[Link] = ()
    senses: Inventory | None = None
    """The user's sense inventory, laid over ours; None means ours alone."""
    dictionaries: Sequence[Dictionary] = ()
    """Bilingual dictionaries that the user has installed: further evidence on what a word may mean."""
    encoder: Encoder | None = None
    """The encoder, where one is loaded anyway: some checks ask it about the few places that are doubtful."""
    suspicion: float | None = None
    """Probability of a word being wrong from which on it is flagged; None where the estimator knows none."""


class Check(ABC):
    """Common metadata. ``id`` is permanent: exports, dismissals and configuration refer to it."""

    id: ClassVar[str]
    category: ClassVar[str]
    """MQM ``dimension/type``, lower case with hyphens: ``accuracy/mistranslation``."""
    severity: ClassVar[Severity]
    """Default severity."""
    scope: ClassVar[Literal["segment", "document"]]
    needs_source: ClassVar[bool] = True
    one_sided: ClassVar[bool] = False
    """True when the check also wants segments one of whose sides is blank (omissions, additions).
    Other segment checks see no segment with a blank target, nor one with a blank source when they
    need the source."""
    languages: ClassVar[frozenset[str] | None] = None
    """Base tags of target languages the check knows; None means every language."""
    precision: ClassVar[float] = 0.8
    """Expected probability that a flag of this check is right (measured: docs/checks.md); the default
    confidence of its flags."""
    messages: ClassVar[Mapping[str, str]]
    """Message key → English text with ``{parameter}`` fields."""

    def flag(
        self,
        segment: Segment,
        start: int,
        end: int,
        key: str,
        *,
        side: Side = "target",
        severity: Severity | None = None,
        category: str | None = None,
        confidence: float | None = None,
        fix: Iterable[Edit] = (),
        found_by: str = "check",
        **params: str,
    ) -> Flag:
        """A flag of this check over ``[start, end)`` of the segment's ``side``.

        Raises KeyError for an unknown message key and ValueError for a span outside the text.
        """
        text = segment.target if side == "target" else segment.source
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"{self.id}: span [{start}, {end}) leaves the {side} of segment {segment.id}")
        return Flag(
            check=self.id,
            category=category or self.category,
            severity=severity or self.severity,
            side=side,
            start=start,
            end=end,
            text=text[start:end],
            message=self.messages[key].format_map(params),
            confidence=self.precision if confidence is None else confidence,
            fix=tuple(fix),
            key=key,
            params=params,
            found_by=found_by,
        )


class SegmentCheck(Check):
    """Looks at one segment at a time."""

    scope = "segment"

    @abstractmethod
    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        """The flags of ``segment``."""


class DocumentCheck(Check):
    """Looks at all segments together, in time linear in their number."""

    scope = "document"

    @abstractmethod
    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        """Pairs of (segment id, flag)."""
