from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta, timezone
from io import StringIO
from pathlib import Path

import pytest

from qa.errors import InputError, UnknownNameError
from qa.report.trail import COLUMNS, FORMATS, export_trail
from qa.review.trail import Place, TrailEntry
from qa.review.views import EventView

MOMENT = datetime(2026, 3, 1, 15, 4, 5, 678900, timezone(timedelta(hours=1)))
STRANGE = "=1+1\u2028\ud800\x00\n"
ENTRIES = [
    TrailEntry(
        EventView(7, MOMENT, "@Ann", "lead", "comment", 1, 2, 3, {"comment": STRANGE}, "g1"),
        (Place(2, 3, 4),),
    ),
    TrailEntry(EventView(8, MOMENT.astimezone(UTC), "Bo", "lead", "repair", 1, 2, 3, {}), (Place(2, 3, -3),)),
    TrailEntry(EventView(9, MOMENT, "Bo", "lead", "mute-check", 1, None, None, {"check": "x"}), ()),
]
NAMES = {2: "=news"}


def test_csv_is_safe_in_a_spreadsheet(tmp_path: Path) -> None:
    export_trail(iter(ENTRIES), NAMES, tmp_path / "t.csv", "csv")
    text = (tmp_path / "t.csv").read_bytes().decode("utf-8-sig")
    header, first, second, third = csv.reader(StringIO(text, newline=""))
    assert tuple(header) == COLUMNS
    assert first[:9] == [
        "7", "2026-03-01T14:04:05.678+00:00", "'@Ann", "lead", "comment", "'=news", "4", "3", "g1",
    ]  # fmt: skip
    assert json.loads(first[9]) == {"comment": STRANGE}
    assert second[5:9] == ["'=news", "", "3", ""]
    assert third[5:] == ["", "", "", "", '{"check": "x"}']


def test_jsonl_is_one_event_a_line_and_loses_nothing(tmp_path: Path) -> None:
    export_trail(iter(ENTRIES), NAMES, tmp_path / "t.jsonl", "jsonl")
    records = [json.loads(line) for line in (tmp_path / "t.jsonl").read_text("utf-8").splitlines()]
    assert records[0] == {
        "event": 7,
        "time": "2026-03-01T14:04:05.678+00:00",
        "person": "@Ann",
        "role": "lead",
        "operation": "comment",
        "document": "=news",
        "segment": 4,
        "segment_id": 3,
        "decision": "g1",
        "details": {"comment": STRANGE},
    }
    assert [record["event"] for record in records] == [7, 8, 9]
    assert (records[1]["segment"], records[2]["document"]) == (None, None)


def test_an_unknown_format_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="csv, jsonl"):
        export_trail(iter(ENTRIES), NAMES, tmp_path / "t", "xml")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_half_way_leaves_the_older_file(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("older")

    def broken() -> object:
        yield ENTRIES[0]
        raise InputError("the record has gone")

    for format in FORMATS:
        with pytest.raises(InputError):
            export_trail(broken(), NAMES, path, format)  # type: ignore[arg-type]
    assert path.read_text() == "older"
    assert [each.name for each in tmp_path.iterdir()] == ["t.csv"]
