from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm.attributes import set_committed_value

from qa.errors import ConflictError
from qa.model import CheckedDocument, CheckedSegment, Document, Segment
from qa.review.importing import write_document
from qa.store import schema
from qa.store.engine import Database


def test_a_row_that_moved_on_is_not_overwritten(tmp_path: Path) -> None:
    """The lock prevents it already; the version in the statement is what still holds without one."""
    database = Database.open(tmp_path / "x.db")
    checked = CheckedDocument(None, Document("", "fr"), (CheckedSegment(Segment(1, "s", "mt"), None),))
    with database.write() as records:
        project = records.add(
            schema.Project(
                name="p", key="p", source_lang="ru", target_lang="fr", policy={}, created=datetime.now(UTC)
            )
        )
        write_document(
            records, project, checked, name="d", mt_system="", original=None, original_name="", muted=()
        )
    with database.write() as records:
        row = records.lock(1)
        set_committed_value(row, "version", 7)
        with pytest.raises(ConflictError):
            records.advance(row, {"text": "overwritten"})
    with database.read() as records:
        row = records.get(schema.Segment, 1)
        assert (row.text, row.version) == ("mt", 1)
    database.close()
