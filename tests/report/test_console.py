"""The table for people: snapshots with and without colour, wide and narrow, and hostile text."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from qa.model import CheckedDocument, CheckedSegment, Document, Flag, Segment, Severity, Span
from qa.report.console import render, summary_line


def shown(document: CheckedDocument, *, colour: bool = False, width: int = 100, **options: bool) -> str:
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=colour,
        color_system="truecolor" if colour else None,
        no_color=not colour,
        legacy_windows=False,
    )
    render(document, console, **options)
    return "\n".join(line.rstrip() for line in stream.getvalue().split("\n"))


@pytest.mark.parametrize("width", [100, 50])
def test_without_colour(checked: CheckedDocument, width: int, snapshot: SnapshotAssertion) -> None:
    assert shown(checked, width=width) == snapshot


def test_with_colour(checked: CheckedDocument, snapshot: SnapshotAssertion) -> None:
    assert shown(checked, colour=True) == snapshot


def test_all_segments(checked: CheckedDocument) -> None:
    assert "La ville est calme." not in shown(checked)
    assert "La ville est calme." in shown(checked, all_segments=True)


def test_spans_are_visible_with_and_without_colour(checked: CheckedDocument) -> None:
    assert "Les [grèves] ont cessé." in shown(checked)
    assert "«grèves» → «frappes»" in shown(checked)
    assert re.search("\x1b\\[4;31mgrèves\x1b\\[0m", shown(checked, colour=True))


def test_no_color_on_a_terminal_still_brackets(
    checked: CheckedDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    stream = io.StringIO()
    render(checked, Console(file=stream, width=100, force_terminal=True, color_system="truecolor"))
    assert "[grèves]" in re.sub("\x1b\\[[0-9;]*m", "", stream.getvalue())


@pytest.mark.parametrize("width", [20, 50, 100, 300])
def test_hostile_text_is_shown_and_not_obeyed(hostile: CheckedDocument, width: int) -> None:
    out = shown(hostile, width=width)
    assert not re.search("[\x00-\x09\x0b-\x1f\ud800-\udfff\u202a-\u202e]", out)
    flat = re.sub(r"\s", "", out)
    assert "[boldred]x[/]" in flat
    assert "⟨U+202E⟩" in flat
    assert "⟨U+D800⟩" in flat


def one(target: str, *flags: Flag) -> CheckedDocument:
    segment = Segment(1, "x", target, (0,), (0,), 1.0, Span(0, 1), Span(0, len(target)))
    return CheckedDocument(
        Document("x", "en"), Document(target, "fr"), (CheckedSegment(segment, None, flags),)
    )


def flag(start: int, end: int, text: str, severity: Severity = Severity.MINOR) -> Flag:
    return Flag("test", "a/b", severity, "target", start, end, text, "Why.", 0.9)


def test_a_flagged_space_is_drawn() -> None:
    assert "a[␣␣]b" in shown(one("a  b", flag(1, 3, "  ")))
    assert "a[⍽]!" in shown(one("a\u00a0!", flag(1, 2, "\u00a0")))


def test_overlapping_flags_nest_and_an_empty_span_is_a_mark() -> None:
    out = shown(one("one two three", flag(0, 7, "one two"), flag(4, 13, "two three"), flag(3, 3, "")))
    assert "[one][‸]³[ ][two]¹[ three]²" in out.replace("[␣]", "[ ]")


def test_a_megabyte_line_with_many_flags_is_shortened() -> None:
    text = "a" * 1_000_000
    out = shown(one(text, *(flag(i, i + 1, "a") for i in range(0, 5000, 2))))
    assert len(out) < 20_000
    assert "more flags" in out
    assert "characters)" in out


def test_a_translation_alone_is_shown_without_source_and_score() -> None:
    segment = Segment(1, "", "a  b", (), (0,), 1.0, None, Span(0, 4))
    alone = CheckedDocument(
        None, Document("a  b", "fr"), (CheckedSegment(segment, None, (flag(1, 3, "  "),)),)
    )
    out = shown(alone)
    assert "a[␣␣]b" in out
    assert "source" not in out
    assert "estimate" not in out


def test_summary_line_counts(checked: CheckedDocument) -> None:
    assert summary_line(checked).plain == (
        "4 segments · 4 flags (1 critical, 2 major, 1 minor) · mean quality 66.9 · 11 words · "
        "363.6 per 1,000 words"
    )
    empty = CheckedDocument(None, Document("", "zh"), ())
    assert summary_line(empty).plain == "0 segments · 0 flags · 0 characters"
