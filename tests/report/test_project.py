"""A project's figures and exports, from a real store, read back by other programs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console
from syrupy.assertion import SnapshotAssertion
from syrupy.filters import props

from qa.errors import InputError, NotFoundError, UnknownNameError, UsageError
from qa.model import (
    CheckedDocument,
    CheckedSegment,
    Document,
    FlagState,
    Segment,
    SegmentState,
    Severity,
    Span,
)
from qa.report import charts, svg
from qa.report.console import render_metrics, render_summary
from qa.report.exports import EXPORTS, export
from qa.report.summary import COUNTING, Summary, summarise
from qa.review.service import ReviewService
from qa.review.views import Actor, ProjectView, Role

LEAD, TRANSLATOR, EDITOR = (
    Actor("Lea", Role.LEAD),
    Actor("Theo", Role.TRANSLATOR),
    Actor("Eda", Role.EDITOR),
)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[ReviewService]:
    opened = ReviewService.open(tmp_path / "review.db")
    yield opened
    opened.close()


@pytest.fixture
def project(service: ReviewService, checked: CheckedDocument) -> ProjectView:
    """Segment 1 fixed and approved, 3 with one flag dismissed, 4 translated by hand and submitted."""
    made = service.create_project(LEAD, "Talks", "ru", "fr")
    service.import_document(LEAD, made.id, checked, name="article", mt_system="MT 1")
    first, _, third, fourth = service.all_segments(made.id)
    mended = service.apply_fix(TRANSLATOR, first.id, first.flags[0].id, first.version)
    handed_in = service.submit(TRANSLATOR, first.id, mended.text, mended.version)
    service.approve(EDITOR, first.id, handed_in.version)
    service.dismiss_flag(TRANSLATOR, third.flags[0].id, "the verb is elided")
    service.submit(TRANSLATOR, fourth.id, "Les trains roulent.", fourth.version)
    return service.project(made.id)


@pytest.fixture
def summary(service: ReviewService, project: ProjectView) -> Summary:
    return summarise(project, service.all_segments(project.id))


def exported(service: ReviewService, project: ProjectView, format: str, folder: Path) -> Path:
    path = folder / f"out.{format}"
    export(service, project.id, format, path)
    return path


# Figures


def test_dismissed_flags_do_not_count_and_accepted_ones_do(summary: Summary) -> None:
    assert summary.by_check() == {"omission": 1, "wrong-sense": 1, "quotes": 1}
    assert summary.by_severity() == {
        Severity.CRITICAL: 1,
        Severity.MAJOR: 1,
        Severity.MINOR: 1,
        Severity.NEUTRAL: 0,
    }
    assert summary.mqm.apt == 25 + 5 + 1
    assert summary.mqm.basis == "11 source words"
    assert COUNTING in summary.notices
    precision = {flag.check: flag.precision for flag in summary.flags}
    assert precision == {"omission": None, "wrong-sense": 1.0, "quotes": None, "missing-auxiliary": 0.0}


def test_progress_quality_and_human_edits(summary: Summary) -> None:
    states = {state.state: state.segments for state in summary.states}
    assert states[SegmentState.APPROVED] == states[SegmentState.REVISED] == 1
    assert sum(states.values()) == summary.segments == 4
    assert summary.quality is not None
    assert sum(summary.quality.bins) == summary.quality.segments == 3
    assert summary.quality.mean == pytest.approx((41.27 + 93.5 + 66) / 3)
    assert summary.hter is not None
    assert summary.hter.value == 0.2  # one edit in five tokens, the full stop being one
    assert summary.metrics is not None
    assert summary.metrics["TER"].value == 25


def test_weights_multiply_penalties(service: ReviewService, project: ProjectView) -> None:
    segments = list(service.all_segments(project.id))
    weighted = summarise(project, segments, weights={"accuracy": 2, "accuracy/omission": 0})
    assert weighted.mqm.apt == 0 * 25 + 2 * 5 + 1


def test_a_sample_bounds_what_is_compared_and_says_so(service: ReviewService, project: ProjectView) -> None:
    segments = [replace(segment, state=SegmentState.APPROVED) for segment in service.all_segments(project.id)]
    sampled = summarise(project, segments, sample=2)
    assert sampled.approved == 4
    assert sampled.metrics is not None
    assert sampled.metrics.segments == 2
    assert any("2 of 4 approved segments" in notice for notice in sampled.notices)
    assert summarise(project, segments, sample=4).notices == summarise(project, segments).notices


def test_chinese_is_counted_in_characters(service: ReviewService) -> None:
    made = service.create_project(LEAD, "Metro", "zh", "en")
    text = "二号线开通。"
    document = CheckedDocument(
        Document(text, "zh"),
        Document("Line 2 opens.", "en"),
        (CheckedSegment(Segment(1, text, "Line 2 opens.", (0,), (0,), 1, Span(0, 6), Span(0, 13)), None),),
    )
    service.import_document(LEAD, made.id, document, name="m")
    result = summarise(made, service.all_segments(made.id))
    assert result.mqm.basis == "5 source characters"
    assert result.quality is None
    assert result.hter is None


def test_an_empty_project_can_be_summarised_shown_and_exported(
    service: ReviewService, tmp_path: Path
) -> None:
    made = service.create_project(LEAD, "Nothing", "ru", "fr")
    empty = summarise(made, service.all_segments(made.id))
    assert empty.segments == 0
    render_summary(empty, Console(file=io.StringIO()))
    assert charts.pareto(empty) is charts.quality_histogram(empty) is None
    for format in EXPORTS.names():
        if EXPORTS.get(format).single:
            with pytest.raises(UsageError, match="none"):
                exported(service, made, format, tmp_path)
        else:
            assert exported(service, made, format, tmp_path).exists()


def test_summary_is_plain_data(summary: Summary) -> None:
    data = json.loads(json.dumps(summary.as_dict()))
    assert data["mqm"]["explanation"] == "too small to decide: 11 source words, fewer than 500"
    assert data["hter"]["signature"].startswith("HTER|")


def test_summary_on_a_terminal(summary: Summary, snapshot: SnapshotAssertion) -> None:
    stream = io.StringIO()
    render_summary(summary, Console(file=stream, width=100))
    shown = re.sub(r"version:[\d.]+", "version:X", stream.getvalue())
    assert "\n".join(line.rstrip() for line in shown.split("\n")) == snapshot


def test_metrics_on_a_terminal(snapshot: SnapshotAssertion) -> None:
    from qa.metrics import corpus

    report = corpus(
        ["the cat sat", "a dog"],
        ["the cat sat down", "the dog"],
        sources=["le chat", "un chien"],
        baseline=["a", "b"],
        target_lang="en",
    )
    stream = io.StringIO()
    render_metrics(report, Console(file=stream, width=100))
    shown = re.sub(r"version:[\d.]+", "version:X", stream.getvalue())
    assert "\n".join(line.rstrip() for line in shown.split("\n")) == snapshot


def test_charts_are_valid_and_say_what_they_show(summary: Summary) -> None:
    specs = [
        charts.quality_histogram(summary).to_dict(),
        charts.pareto(summary).to_dict(),
        charts.severity_by_category(summary).to_dict(),
        charts.progress(summary).to_dict(),
    ]
    assert all("$schema" in spec for spec in specs)
    rows = [row for data in specs[1]["datasets"].values() for row in data] if "datasets" in specs[1] else []
    bars = rows or specs[1]["layer"][0]["data"]["values"]
    assert {row["check"]: row["flags"] for row in bars if "flags" in row} == summary.by_check()


# Exports


def test_xlsx_is_read_back(service: ReviewService, project: ProjectView, tmp_path: Path) -> None:
    sheets = pd.read_excel(exported(service, project, "xlsx", tmp_path), sheet_name=None)
    assert list(sheets) == ["summary", "segments", "flags", "comments"]
    segments = sheets["segments"]
    assert segments["text"][0] == "Les frappes ont cessé."
    assert segments["machine"][0] == "Les grèves ont cessé."
    assert list(segments["state"]) == ["approved", "machine", "machine", "revised"]
    assert segments["quality"].dtype == float
    assert list(segments["hter"])[:2] == [0.2, 0]
    flags = sheets["flags"]
    assert dict(zip(flags["check"], flags["decision"], strict=True)) == {
        "wrong-sense": "accepted",
        "missing-auxiliary": "dismissed",
        "quotes": "open",
        "omission": "open",
    }
    facts = dict(sheets["summary"].iloc[:, :2].dropna().to_numpy().tolist())
    assert facts["verdict"] == "too small to decide: 11 source words, fewer than 500"
    assert facts["counted in"] == "source words"
    assert facts["which flags count"] == COUNTING


def test_csv_is_read_back(service: ReviewService, project: ProjectView, tmp_path: Path) -> None:
    table = pd.read_csv(exported(service, project, "csv", tmp_path), encoding="utf-8-sig")
    assert list(table["position"]) == [1, 2, 3, 3, 4]
    assert list(table["decision"].fillna("")) == ["accepted", "", "dismissed", "open", "open"]


def test_jsonl_holds_everything(
    service: ReviewService, project: ProjectView, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    text = exported(service, project, "jsonl", tmp_path).read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert lines == snapshot(exclude=props("updated"))
    assert lines[0]["updated"]


def test_html_report_stands_alone(service: ReviewService, project: ProjectView, tmp_path: Path) -> None:
    html = exported(service, project, "html", tmp_path).read_text(encoding="utf-8")
    assert html.count("<svg") == 3
    assert not re.search(r"<script|<img|\ssrc=|\shref=|@import|url\(", html)
    assert "<del>grèves</del>" in html
    assert "<ins>frappes</ins>" in html
    assert "Open and accepted flags count" in html
    assert "Nous prêts" in html
    assert "A verb is missing" not in html  # dismissed
    assert "La ville est calme." not in html  # neither flags nor changes


def test_tmx_is_a_translation_memory(service: ReviewService, project: ProjectView, tmp_path: Path) -> None:
    from lxml import etree

    tree = etree.parse(str(exported(service, project, "tmx", tmp_path)))
    assert tree.getroot().get("version") == "1.4"
    first = [seg.text for seg in tree.iterfind(".//tu[1]//seg")]
    assert first == ["Удары прекратились.", "Les frappes ont cessé."]
    assert len(tree.findall(".//tu")) == 4


def test_corrected_document(service: ReviewService, project: ProjectView, tmp_path: Path) -> None:
    text = exported(service, project, "txt", tmp_path).read_bytes().decode("utf-8")
    assert text == (
        "Les frappes ont cessé.\n\nLa ville est calme.\n\n"
        "Le maire a dit : «\u00a0Nous prêts\u00a0«.\n\nLes trains roulent."
    )


def test_hostile_text_is_exported_harmlessly(
    service: ReviewService, hostile: CheckedDocument, tmp_path: Path
) -> None:
    made = service.create_project(LEAD, "<b>=x", "ru", "fr")
    # A store holds finite numbers only; the writers of check results get the NaN.
    segments = [
        replace(item, estimate=None, flags=tuple(replace(flag, confidence=0.5) for flag in item.flags))
        for item in hostile.segments
    ]
    document = CheckedDocument(hostile.source, hostile.target, tuple(segments))
    service.import_document(LEAD, made.id, document, name="=cmd()<script>", mt_system="@x")
    for format in EXPORTS.names():
        if format in ("srt", "vtt"):
            with pytest.raises(UsageError, match="was not imported from"):
                exported(service, made, format, tmp_path)
        else:
            exported(service, made, format, tmp_path)
    cells = [
        str(value)
        for sheet in pd.read_excel(tmp_path / "out.xlsx", sheet_name=None, header=None).values()
        for value in sheet.to_numpy().ravel()
    ]
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells += [value for row in csv.reader(stream) for value in row]
    assert not [value for value in cells if value.lstrip().startswith(("=", "@", "+"))]
    html = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert "<img" not in html


def test_a_long_text_fits_into_a_cell_and_says_it_was_cut(service: ReviewService, tmp_path: Path) -> None:
    made = service.create_project(LEAD, "Long", "ru", "fr")
    text = "mot " * 20_000
    document = CheckedDocument(
        Document("x", "ru"),
        Document(text, "fr"),
        (CheckedSegment(Segment(1, "x", text, (0,), (0,), 1, Span(0, 1), Span(0, len(text))), None),),
    )
    service.import_document(LEAD, made.id, document, name="d")
    table = pd.read_excel(exported(service, made, "xlsx", tmp_path), sheet_name="segments")
    assert len(table["machine"][0]) == 32_767
    assert table["machine"][0].endswith("[cut: the JSONL export has all of it]")


def test_sheets_go_on_when_they_are_full(
    service: ReviewService, project: ProjectView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.report.tabular._ROWS", 3)
    sheets = pd.read_excel(exported(service, project, "xlsx", tmp_path), sheet_name=None)
    assert list(sheets["segments"]["position"]) == [1, 2]
    assert list(sheets["segments 2"]["position"]) == [3, 4]


def test_export_refuses_clearly(service: ReviewService, project: ProjectView, tmp_path: Path) -> None:
    with pytest.raises(
        UnknownNameError, match="known: csv, html, jsonl, po, srt, tmx, txt, vtt, xliff, xlsx"
    ):
        export(service, project.id, "docx", tmp_path / "x")
    with pytest.raises(NotFoundError, match="no document number 99"):
        export(service, project.id, "csv", tmp_path / "x", document_id=99)
    with pytest.raises(InputError, match="cannot write"):
        export(service, project.id, "csv", tmp_path / "missing" / "x.csv")


def test_comments_go_out_with_the_segments(
    service: ReviewService, project: ProjectView, tmp_path: Path
) -> None:
    """What was said, and why a segment was sent back."""
    third, fourth = list(service.all_segments(project.id))[2:]
    service.comment(TRANSLATOR, third.id, "=who says so?")
    service.comment(EDITOR, third.id, "The mayor.\nSee the video.")
    service.send_back(EDITOR, fourth.id, fourth.version, "the register is wrong")
    sheet = pd.read_excel(exported(service, project, "xlsx", tmp_path), sheet_name="comments")
    assert sheet[["document", "position", "author", "comment"]].to_numpy().tolist() == [
        ["article", 3, "Theo", "'=who says so?"],
        ["article", 3, "Eda", "The mayor.\nSee the video."],
        ["article", 4, "Eda", "the register is wrong"],
    ]
    with exported(service, project, "csv", tmp_path).open(encoding="utf-8-sig", newline="") as stream:
        rows = [(row["position"], row["comments"]) for row in csv.DictReader(stream)]
    said = "Theo: =who says so?\nEda: The mayor.\nSee the video."
    assert rows == [("1", ""), ("2", ""), ("3", said), ("3", said), ("4", "Eda: the register is wrong")]
    lines = exported(service, project, "jsonl", tmp_path).read_text(encoding="utf-8").splitlines()
    comments = [json.loads(line)["comments"] for line in lines]
    assert [[one["text"] for one in each] for each in comments] == [
        [],
        [],
        ["=who says so?", "The mayor.\nSee the video."],
        ["the register is wrong"],
    ]
    assert comments[3][0]["author"] == "Eda"


ROWS = [("Один", "Un"), ("Два", ""), ("Три", "Trois"), ("Четыре", "Quatre"), ("Пять", "")]


def test_pairs_go_out_row_by_row(service: ReviewService, tmp_path: Path) -> None:
    """A line that is filled in or emptied moves no other."""
    made = service.create_project(LEAD, "Rows", "ru", "fr")
    sides = [[pair[side] for pair in ROWS] for side in (0, 1)]
    starts = [sum(len(text) + 1 for text in sides[1][:number]) for number in range(len(ROWS))]
    segments = [
        Segment(
            n + 1, one, two, (n,), (n,) if two else (), 1.0, None, Span(at, at + len(two)) if two else None
        )
        for n, ((one, two), at) in enumerate(zip(ROWS, starts, strict=True))
    ]
    texts = [Document("\n".join(side), lang) for side, lang in zip(sides, ("ru", "fr"), strict=True)]
    document = CheckedDocument(*texts, tuple(CheckedSegment(segment, None) for segment in segments))
    service.import_document(LEAD, made.id, document, name="pairs.tsv")

    def lines() -> list[str]:
        return exported(service, made, "txt", tmp_path).read_text(encoding="utf-8").split("\n")

    assert lines() == sides[1]
    views = list(service.all_segments(made.id))
    for number, text in ((1, "Deux"), (2, ""), (4, "Cinq")):
        service.submit(TRANSLATOR, views[number].id, text, 1)
    assert lines() == ["Un", "Deux", "", "Quatre", "Cinq"]


def test_text_needs_one_document(
    service: ReviewService, project: ProjectView, checked: CheckedDocument, tmp_path: Path
) -> None:
    second = service.import_document(LEAD, project.id, checked, name="second")
    with pytest.raises(UsageError, match="'article', 'second'"):
        export(service, project.id, "txt", tmp_path / "x.txt")
    export(service, project.id, "txt", tmp_path / "x.txt", document_id=second.id)
    assert (tmp_path / "x.txt").read_bytes().decode("utf-8") == checked.target.text


def test_a_failing_export_leaves_the_old_file(
    service: ReviewService, project: ProjectView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old", encoding="utf-8")

    def broken(*_: object) -> list[object]:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr("qa.report.tabular._segment_row", broken)
    with pytest.raises(RuntimeError):
        export(service, project.id, "csv", path)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.glob(".out*")) == []


def test_every_format_says_what_it_is() -> None:
    for name in EXPORTS.names():
        format = EXPORTS.get(name)
        assert format.suffix == f".{name}"
        assert "/" in format.media_type
        assert format.title


def test_flag_states_are_all_counted(summary: Summary) -> None:
    total = sum(flag.open + flag.accepted + flag.dismissed for flag in summary.flags)
    assert total == 4
    assert len(FlagState) == 3


def test_a_legend_that_is_too_wide_goes_on_in_another_line() -> None:
    names = ("machine", "in-revision", "revised", "approved", "sent-back")
    drawn = svg.stacked([(name, 123_456, "t") for name in names], label="x")
    ends = [
        (float(x) + 7 * len(text), int(y))
        for x, y, text in re.findall(r'<text x="([\d.]+)" y="(\d+)">([^<]+)</text>', drawn)
    ]
    assert len(ends) == len(names)
    assert max(x for x, _ in ends) <= 640
    height = int(re.findall(r'viewBox="0 0 640 (\d+)"', drawn)[0])
    assert len({y for _, y in ends}) > 1
    assert max(y for _, y in ends) < height
