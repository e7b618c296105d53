"""What `qa check` writes: JSONL by its contract, CSV, HTML, SARIF; and none of it harmful."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from syrupy.assertion import SnapshotAssertion

from qa.errors import UnknownNameError
from qa.model import CheckedDocument, Document, apply_edits
from qa.report import sarif
from qa.report.checked import WRITERS, write


def written(document: CheckedDocument, format: str) -> str:
    stream = io.StringIO()
    write(document, format, stream)
    return stream.getvalue()


def test_formats_are_those_of_the_command_line() -> None:
    assert WRITERS.names() == ["jsonl", "csv", "html", "sarif"]
    with pytest.raises(UnknownNameError, match="csv, html, jsonl, sarif"):
        write(CheckedDocument(None, Document("", "fr"), ()), "docx", io.StringIO())


@pytest.mark.parametrize("format", ["jsonl", "csv", "html", "sarif"])
def test_everything_can_be_encoded_and_an_empty_document_written(
    format: str, hostile: CheckedDocument
) -> None:
    assert written(hostile, format).encode("utf-8")
    written(CheckedDocument(None, Document("", "fr"), ()), format).encode("utf-8")


def test_jsonl(checked: CheckedDocument, snapshot: SnapshotAssertion) -> None:
    assert written(checked, "jsonl") == snapshot


def test_jsonl_keys_are_the_contract(checked: CheckedDocument) -> None:
    lines = [json.loads(line) for line in written(checked, "jsonl").splitlines()]
    assert [line["id"] for line in lines] == [1, 2, 3, 4]
    for line in lines:
        assert list(line) == [
            "id",
            "source",
            "target",
            "source_index",
            "target_index",
            "score",
            "words",
            "flags",
        ]
        for flag in line["flags"]:
            assert flag["text"] == line[flag["side"]][flag["start"] : flag["end"]]
    assert list(lines[0]["score"]) == ["quality", "low", "high", "signature"]
    assert lines[3]["score"] is None


def test_jsonl_keeps_strange_text_and_stays_one_line_a_segment(hostile: CheckedDocument) -> None:
    (line,) = written(hostile, "jsonl").splitlines()
    assert json.loads(line)["target"] == hostile.segments[0].segment.target


def test_csv(checked: CheckedDocument, snapshot: SnapshotAssertion) -> None:
    assert written(checked, "csv") == snapshot


def test_csv_has_every_segment_and_runs_no_formula(
    checked: CheckedDocument, hostile: CheckedDocument
) -> None:
    rows = list(csv.DictReader(io.StringIO(written(checked, "csv"))))
    assert [row["segment"] for row in rows] == ["1", "2", "3", "3", "4"]
    assert rows[0]["fixed_target"] == "Les frappes ont cessé."
    for row in csv.reader(io.StringIO(written(hostile, "csv"))):
        assert not [value for value in row if value.lstrip().startswith(("=", "+", "-", "@"))]


# SARIF


def test_sarif(
    checked: CheckedDocument, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sarif, "_check_page", lambda check: f"Page of {check}.\n\nWhat it flags")
    monkeypatch.setattr("qa.__version__", "1.2.3")
    assert sarif.to_sarif(checked) == snapshot


def test_sarif_regions_point_at_the_flagged_text(checked: CheckedDocument) -> None:
    assert checked.source is not None
    texts = {"nouvelles.fr.txt": checked.target.text, "novosti.ru.txt": checked.source.text}
    (run,) = json.loads(written(checked, "sarif"))["runs"]
    assert len(run["results"]) == 4
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        text, region = texts[place["artifactLocation"]["uri"]], place["region"]
        start = region["charOffset"]
        assert text[start : start + region["charLength"]] == region["snippet"]["text"]
        line = text.split("\n")[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_fixes_mend_the_file(checked: CheckedDocument) -> None:
    text = checked.target.text
    for result in json.loads(written(checked, "sarif"))["runs"][0]["results"]:
        for fix in result.get("fixes", ()):
            for replacement in fix["artifactChanges"][0]["replacements"]:
                region = replacement["deletedRegion"]
                start, length = region["charOffset"], region["charLength"]
                changed = text[:start] + replacement["insertedContent"]["text"] + text[start + length :]
                segment = checked.segments[result["properties"]["segment"] - 1]
                flag = next(f for f in segment.flags if f.check == result["ruleId"])
                assert apply_edits(segment.segment.target, flag.fix) in changed


def test_sarif_rules_explain_built_in_checks(checked: CheckedDocument) -> None:
    rules = {rule["id"]: rule for rule in sarif.to_sarif(checked)["runs"][0]["tool"]["driver"]["rules"]}  # type: ignore[index]
    assert "Why it matters" in rules["wrong-sense"]["help"]["text"]
    assert rules["missing-auxiliary"]["help"]["text"] == "Found by missing-auxiliary."


def test_sarif_artifacts_differ_even_when_both_sides_have_one_name(checked: CheckedDocument) -> None:
    assert checked.source is not None
    named = replace(checked, source=replace(checked.source, name=checked.target.name))
    artifacts = json.loads(written(named, "sarif"))["runs"][0]["artifacts"]
    assert [artifact["location"]["uri"] for artifact in artifacts] == ["nouvelles.fr.txt", "source.txt"]


def test_sarif_counts_crlf_as_one_line_end(checked: CheckedDocument) -> None:
    artifact = sarif._Artifact(Document("a\r\nbc\nd", "fr"), "x y.txt")
    assert artifact.location == {"uri": "x%20y.txt"}
    region = artifact.region(3, 5)
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (2, 1, 3)
    assert artifact.region(6, 7)["startLine"] == 3


# HTML


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def page(html: str) -> _Page:
    parser = _Page()
    parser.feed(html)
    return parser


def test_html(checked: CheckedDocument, snapshot: SnapshotAssertion) -> None:
    assert written(checked, "html").split("</style>", 1)[1] == snapshot


def test_html_runs_nothing_and_fetches_nothing(hostile: CheckedDocument) -> None:
    html = written(hostile, "html")
    found = page(html)
    assert not {"script", "img", "i\\frame", "link", "object", "b<"} & set(found.tags)
    assert not [name for name, _ in found.attributes if name.startswith("on") or name in ("src", "href")]
    assert "default-src 'none'" in html
    assert "<img src=x onerror=alert(1)>" in found.text
    assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\u202e\u2028]", html)


def test_html_says_language_and_direction() -> None:
    from qa.model import CheckedSegment, Segment, Span

    document = CheckedDocument(
        Document("Hello.", "en"),
        Document("مرحبا.", "ar"),
        (CheckedSegment(Segment(1, "Hello.", "مرحبا.", (0,), (0,), 1, Span(0, 6), Span(0, 6)), None),),
    )
    html = written(document, "html")
    assert 'lang="ar" dir="rtl"' in html
    assert 'lang="en" dir="ltr"' in html
