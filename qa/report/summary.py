"""A project in figures: MQM score, flags, quality estimates, progress, HTER, reference-based metrics.

What is evaluated is the machine's text. Flags that count are those that are open or accepted; dismissed
ones do not. The human edits are measured apart: HTER and the reference-based metrics compare the machine's
text with what was approved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from statistics import fmean, median

from qa.lang import UNDETERMINED
from qa.metrics import Edits, Report, corpus, hter, hter_segments
from qa.model import PENALTIES, FlagState, Score, SegmentState, Severity
from qa.report import mqm
from qa.report.counting import count, unit
from qa.report.mqm import Mqm
from qa.review.views import ProjectView, SegmentView

__all__ = [
    "COUNTING",
    "FlagCount",
    "Quality",
    "StateCount",
    "Summariser",
    "Summary",
    "segment_edits",
    "summarise",
]

COUNTING = "Open and accepted flags count; dismissed ones do not."
BINS = 20
"""Bars of the score histogram: each is five points wide."""


@dataclass(frozen=True, slots=True)
class FlagCount:
    """How many flags of one check, category and severity there are, by what was decided about them."""

    check: str
    category: str
    severity: Severity
    open: int
    accepted: int
    dismissed: int

    @property
    def counted(self) -> int:
        """Those that count: open and accepted."""
        return self.open + self.accepted

    @property
    def precision(self) -> float | None:
        """Share of the decided flags that were accepted; None while none is decided."""
        decided = self.accepted + self.dismissed
        return self.accepted / decided if decided else None


@dataclass(frozen=True, slots=True)
class StateCount:
    """Segments in one state and their size in evaluation units."""

    state: SegmentState
    segments: int
    size: int


@dataclass(frozen=True, slots=True)
class Quality:
    """Distribution of the estimated quality, 0-100, higher is better. ``bins`` are 20 equal steps."""

    segments: int
    mean: float
    median: float
    lowest: float
    bins: tuple[int, ...]
    signatures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """All figures of a project or of one of its documents."""

    project: ProjectView
    segments: int
    mqm: Mqm
    flags: tuple[FlagCount, ...]
    """Most counted first."""
    states: tuple[StateCount, ...]
    quality: Quality | None
    approved: int
    hter: Score | None
    """HTER of the approved segments; None while nothing is approved."""
    metrics: Report | None
    """BLEU, chrF and TER of the machine's text against the approved text."""
    notices: tuple[str, ...]

    def by_severity(self) -> dict[Severity, int]:
        """Flags that count, worst severity first."""
        return {s: sum(f.counted for f in self.flags if f.severity == s) for s in reversed(Severity)}

    def by_category(self) -> dict[str, int]:
        """Flags that count by MQM category, most first."""
        return self._totals(lambda flag: flag.category)

    def by_check(self) -> dict[str, int]:
        """Flags that count by check, most first."""
        return self._totals(lambda flag: flag.check)

    def _totals(self, key: Callable[[FlagCount], str]) -> dict[str, int]:
        totals: Counter[str] = Counter()
        for flag in self.flags:
            totals[key(flag)] += flag.counted
        return {name: number for name, number in totals.most_common() if number}

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "project": self.project.name,
            "source_lang": self.project.source_lang,
            "target_lang": self.project.target_lang,
            "segments": self.segments,
            "mqm": {**asdict(self.mqm), "basis": self.mqm.basis, "explanation": self.mqm.explanation},
            "counting": COUNTING,
            "flags": [
                {**asdict(flag), "counted": flag.counted, "precision": flag.precision} for flag in self.flags
            ],
            "by_severity": {severity.value: number for severity, number in self.by_severity().items()},
            "by_category": self.by_category(),
            "by_check": self.by_check(),
            "states": [asdict(state) for state in self.states],
            "quality": None if self.quality is None else asdict(self.quality),
            "approved": self.approved,
            "hter": None if self.hter is None else asdict(self.hter),
            "metrics": None if self.metrics is None else self.metrics.as_dict(),
            "notices": list(self.notices),
        }


class Summariser:
    """Takes segments one by one, so that a big project is read once and never held whole.

    ``weights`` multiplies the penalty of a category (``accuracy/mistranslation``) or of a whole dimension
    (``accuracy``); 1 where neither is named. ``sample`` bounds how many approved segments, evenly spread,
    are compared with the machine's text: about two seconds a thousand. None compares all of them.
    """

    def __init__(
        self,
        project: ProjectView,
        *,
        weights: Mapping[str, float] | None = None,
        sample: int | None = None,
    ) -> None:
        self._project = project
        self._sample = sample
        self._weights = dict(weights or {})
        self._has_source = project.source_lang != UNDETERMINED
        self._lang = project.source_lang if self._has_source else project.target_lang
        self._flags: Counter[tuple[str, str, Severity, FlagState]] = Counter()
        self._states: Counter[SegmentState] = Counter()
        self._sizes: Counter[SegmentState] = Counter()
        self._penalties: Counter[tuple[float, int]] = Counter()
        self._qualities: list[float] = []
        self._signatures: set[str] = set()
        self._approved: list[tuple[str, str]] = []

    def add(self, segment: SegmentView) -> None:
        """Count ``segment``."""
        size = count(segment.source if self._has_source else segment.mt, self._lang)
        self._states[segment.state] += 1
        self._sizes[segment.state] += size
        penalty = 0.0
        for view in segment.flags:
            flag = view.flag
            self._flags[flag.check, flag.category, flag.severity, flag.state] += 1
            if flag.state is not FlagState.DISMISSED:
                penalty += PENALTIES[flag.severity] * self._weight(flag.category)
        self._penalties[penalty, size] += 1
        if segment.quality is not None:
            self._qualities.append(segment.quality)
            self._signatures.add(segment.signature)
        if segment.state is SegmentState.APPROVED:
            self._approved.append((segment.mt, segment.text))

    def _weight(self, category: str) -> float:
        dimension = category.split("/", 1)[0]
        return self._weights.get(category, self._weights.get(dimension, 1.0))

    def finish(self) -> Summary:
        """The figures of all segments added."""
        score = self._mqm()
        notices = [COUNTING]
        if score.ewc > mqm.LARGEST:
            notices.append(
                f"Above {mqm.LARGEST:,} {score.unit} MQM advises a non-linear tolerance; "
                "this score is the linear one."
            )
        compared = self._approved
        if self._sample is not None and len(compared) > self._sample:
            step = len(compared) / self._sample
            compared = [compared[int(number * step)] for number in range(self._sample)]
            notices.append(
                f"HTER, BLEU, chrF and TER are those of {self._sample:,} of {len(self._approved):,} "
                "approved segments, evenly spread."
            )
        machine, approved = [mt for mt, _ in compared], [text for _, text in compared]
        target_lang = self._project.target_lang
        return Summary(
            project=self._project,
            segments=self._states.total(),
            mqm=score,
            flags=self._flag_counts(),
            states=tuple(StateCount(s, self._states[s], self._sizes[s]) for s in SegmentState),
            quality=self._quality(),
            approved=len(self._approved),
            hter=hter(machine, approved, target_lang=target_lang) if approved else None,
            metrics=corpus(machine, approved, target_lang=target_lang) if approved else None,
            notices=tuple(notices),
        )

    def _mqm(self) -> Mqm:
        flags = self._flags.items()
        policy = self._project.policy
        return mqm.score(
            self._penalties,
            critical=sum(
                n
                for (_, _, s, state), n in flags
                if s is Severity.CRITICAL and state is not FlagState.DISMISSED
            ),
            unit=unit(self._lang),
            side="source" if self._has_source else "target",
            passing_threshold=policy.passing_threshold,
            acceptable_penalty=policy.acceptable_penalty,
        )

    def _flag_counts(self) -> tuple[FlagCount, ...]:
        kinds = {key[:3] for key in self._flags}
        counts = [
            FlagCount(
                *kind,
                open=self._flags[*kind, FlagState.OPEN],
                accepted=self._flags[*kind, FlagState.ACCEPTED],
                dismissed=self._flags[*kind, FlagState.DISMISSED],
            )
            for kind in kinds
        ]
        return tuple(sorted(counts, key=lambda c: (-c.counted, -c.severity.rank, c.check, c.category)))

    def _quality(self) -> Quality | None:
        values = self._qualities
        if not values:
            return None
        bins = Counter(min(BINS - 1, max(0, int(value * BINS / 100))) for value in values)
        return Quality(
            segments=len(values),
            mean=fmean(values),
            median=median(values),
            lowest=min(values),
            bins=tuple(bins[number] for number in range(BINS)),
            signatures=tuple(sorted(self._signatures)),
        )


def summarise(
    project: ProjectView,
    segments: Iterable[SegmentView],
    *,
    weights: Mapping[str, float] | None = None,
    sample: int | None = None,
) -> Summary:
    """The figures of ``segments``, which are all of the project's or all of one document's; for
    ``weights`` and ``sample`` see ``Summariser``."""
    summariser = Summariser(project, weights=weights, sample=sample)
    for segment in segments:
        summariser.add(segment)
    return summariser.finish()


def segment_edits(segment: SegmentView, target_lang: str) -> Edits:
    """HTER of one segment: edits between the machine's text and the text as it stands."""
    return hter_segments([segment.mt], [segment.text], target_lang=target_lang)[0]
