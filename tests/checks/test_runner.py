"""The runner: selection, merging, failing plug-ins, hostile text, time."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.checks import CHECKS
from qa.checks.base import Context, DocumentCheck, SegmentCheck
from qa.checks.runner import merge, run, select
from qa.errors import UnknownNameError
from qa.model import Edit, Flag, Segment, Severity, Span, apply_edits
from qa.terms.glossary import Glossary, Term


def flag(check: str, start: int, end: int, **fields: object) -> Flag:
    values: dict[str, object] = {
        "category": "accuracy/omission", "severity": Severity.MINOR, "side": "target", "text": "",
        "message": "",
        "confidence": 0.8, **fields,
    }  # fmt: skip
    return Flag(check=check, start=start, end=end, **values)  # type: ignore[arg-type]


def context(*pairs: tuple[str, str], languages: str = "en-fr", target_only: bool = False) -> Context:
    source, _, target = languages.partition("-")
    segments = [Segment(at, one, other) for at, (one, other) in enumerate(pairs, start=1)]
    return Context(source, target, segments, target_only=target_only)


class _Broken(SegmentCheck):
    id = "broken"
    category = "accuracy/omission"
    severity = Severity.MINOR
    messages: ClassVar = {"x": "x"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        yield self.flag(segment, 0, 0, "x")
        raise RuntimeError("a plug-in's slip")


class _BrokenDocument(DocumentCheck):
    id = "broken-document"
    category = "accuracy/omission"
    severity = Severity.MINOR
    messages: ClassVar = {"x": "x"}

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        raise RuntimeError("a plug-in's slip")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        CHECKS, "_items", {**CHECKS._items, "broken": _Broken, "broken-document": _BrokenDocument}
    )


class TestMerge:
    def test_the_same_error_from_two_checks_is_one_surer_flag(self) -> None:
        one, other = flag("a", 2, 5, confidence=0.8), flag("b", 3, 6, confidence=0.5)
        (merged,) = merge([one, other])
        assert merged.check == "a"
        assert merged.confidence == pytest.approx(0.9)

    def test_the_worse_severity_and_the_fix_survive(self) -> None:
        fix = (Edit(2, 5, "x"),)
        (merged,) = merge([flag("a", 2, 5, severity=Severity.MAJOR), flag("b", 2, 5, fix=fix)])
        assert merged.severity is Severity.MAJOR

    def test_the_same_fix_is_the_same_error_across_categories(self) -> None:
        fix = (Edit(2, 5, "x"),)
        assert (
            len(
                merge(
                    [flag("a", 2, 5, fix=fix), flag("b", 2, 4, fix=fix, category="locale-conventions/other")]
                )
            )
            == 1
        )

    @pytest.mark.parametrize(
        "other",
        [
            flag("b", 5, 8),
            flag("b", 2, 5, side="source"),
            flag("b", 2, 5, category="locale-conventions/other"),
            flag("a", 2, 6),
        ],
    )
    def test_different_errors_stay_apart(self, other: Flag) -> None:
        assert len(merge([flag("a", 2, 5), other])) == 2

    def test_confidence_stays_below_certainty(self) -> None:
        (merged,) = merge([flag(name, 0, 1, confidence=0.95) for name in "abc"])
        assert merged.confidence == 0.99

    @given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 9), st.integers(0, 5)), max_size=12))
    def test_what_stands_apart_is_merged_apart(self, spans: list[tuple[str, int, int]]) -> None:
        here = [flag(name, start, start + width) for name, start, width in spans]
        far = [flag(name, 100 + start, 100 + start + width) for name, start, width in spans]
        both = merge([*far, *here])
        assert both[: len(both) // 2] == merge(here)
        assert both[len(both) // 2 :] == merge(far)

    def test_flags_are_sorted_by_start(self) -> None:
        assert [one.start for one in merge([flag("a", 9, 10), flag("b", 1, 2), flag("a", 5, 6)])] == [1, 5, 9]


class TestSelection:
    def test_every_segment_has_an_entry(self) -> None:
        assert run(context(("a", "b"), ("", ""))) == {1: (), 2: ()}

    def test_only_and_skip(self) -> None:
        pairs = context(("a, b", "a  ,, b"))
        assert {one.check for one in run(pairs, only=["doubled-space"])[1]} == {"doubled-space"}
        assert "doubled-space" not in {one.check for one in run(pairs, skip=["doubled-space"])[1]}

    @pytest.mark.parametrize("option", ["only", "skip"])
    def test_an_unknown_name_lists_the_known(self, option: str) -> None:
        with pytest.raises(UnknownNameError, match="unknown check 'nubmers'; known: "):
            run(context(("a", "b")), **{option: ["nubmers"]})  # type: ignore[arg-type]

    def test_target_only_runs_no_check_that_needs_a_source(self) -> None:
        chosen = select(context(target_only=True))
        assert chosen
        assert not any(check.needs_source for check in chosen)

    def test_target_only_is_useful(self) -> None:
        text = "La mairie également publié une une réponse , « preuve de sérieux« , dit-on."
        found = {one.check for one in run(context(("", text), target_only=True))[1]}
        assert found >= {"quote-direction", "doubled-word", "space-before-punctuation"}

    def test_languages_filter(self) -> None:
        french = {check.id for check in select(context())}
        german = {check.id for check in select(context(languages="en-de"))}
        assert french - german >= {"french-spacing", "french-auxiliary"}

    def test_progress_reaches_the_end(self) -> None:
        seen: list[tuple[int, int]] = []
        run(
            context(*[("a", "b")] * 450),
            only=["empty"],
            progress=lambda done, total: seen.append((done, total)),
        )
        assert seen == [(200, 450), (400, 450), (450, 450)]


@pytest.mark.usefixtures("broken")
class TestBrokenPlugin:
    def test_it_is_reported_once_and_costs_nothing_else(self, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.WARNING):
            found = run(context(*[("a b", "a  b")] * 3))
        assert all([one.check for one in flags] == ["doubled-space"] for flags in found.values())
        lines = [record.getMessage() for record in caplog.records]
        assert lines == [
            "check 'broken' failed on segment 1; its flags there are lost",
            "check 'broken-document' failed on the document; its flags there are lost",
            "check 'broken' failed on 3 segments in all",
        ]


HOSTILE = st.lists(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "«»“”„\"'()[]{}<>%$&;:!?.,،。、，…0123456789\u00a0\u202f \n\t\x00\u202e\u2066\u200b\ufeff"
        ),
        st.sampled_from(
            ["\ud800", "\udfff", "Ã©", "e\u0301", "а", "a", "中", "א", "क", "12,34", "<b>", "%s", "le la "]
        ),
    ),
    max_size=40,
).map("".join)
LANGUAGES = st.sampled_from(
    ["en", "fr", "ru", "de", "zh", "ja", "ar", "he", "es", "hi", "th", "uk", "pt-BR", "sw"]
)
_GLOSSARY = Glossary((Term("a", ("b",), (), ("c",)), Term("中", ("middle",)), Term("", (), (), ("é",))))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(source=HOSTILE, target=HOSTILE, source_lang=LANGUAGES, target_lang=LANGUAGES, document=st.booleans())
def test_hostile_text_breaks_no_check(
    source: str, target: str, source_lang: str, target_lang: str, document: bool
) -> None:
    """No exception, every span inside its text, every fix applicable and its result different."""
    spans = (Span(0, len(source)), Span(0, len(target))) if document else (None, None)
    segment = Segment(1, source, target, source_span=spans[0], target_span=spans[1])
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = records.append  # type: ignore[method-assign]
    logging.getLogger("qa.checks.runner").addHandler(handler)
    try:
        found = run(Context(source_lang, target_lang, [segment], glossary=_GLOSSARY))[1]
    finally:
        logging.getLogger("qa.checks.runner").removeHandler(handler)
    assert not records, [(record.getMessage(), record.exc_info) for record in records]
    for one in found:
        text = target if one.side == "target" else source
        assert 0 <= one.start <= one.end <= len(text)
        assert one.text == text[one.start : one.end]
        assert 0 <= one.confidence <= 1
        assert one.message
        assert one.key in CHECKS.get(one.check).messages
        if one.fix:
            assert apply_edits(target, one.fix) != target


# fmt: off
UNITS = [
    "a", "a ", "«", "» ", "(", "<", "<b ", "%", "{", "1", "1,", "1 ", ".", " ", "\u00a0", "-", "'", '"', "中",
    "中a", "аb", "e\u0301", "Ã©", "a.b@", "http://", "`", "*", "_", "[[", "IV ", "X", "deux ", "A b, ", "@a ",
    "&", "\u200b", "la les ", "and and ",
]
# fmt: on


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.timeout(120)
def test_a_long_line_does_no_harm(unit: str) -> None:
    """A line of 50,000 characters, where a quadratic pattern would need minutes."""
    text = unit * (50_000 // len(unit))
    segment = Segment(1, text, text + "x")
    checks = [name for name in CHECKS.names() if name not in ("wrong-sense", "term-drift")]
    run(Context("en", "fr", [segment]), only=checks)
