from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from sqlalchemy import event
from sqlalchemy.orm.attributes import set_committed_value

from qa.errors import ConflictError
from qa.model import CheckedDocument, CheckedSegment, Document, Segment
from qa.review.importing import write_document
from qa.store import schema
from qa.store.engine import Database
from qa.store.selections import Selection


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


@pytest.mark.parametrize(
    ("order", "index"),
    [("position", "ix_segment_filter"), ("harm", "ix_segment_harm"), ("score", "ix_segment_quality")],
)
@pytest.mark.parametrize("document_id", [None, 1])
def test_a_page_comes_out_of_the_index_that_has_its_order(
    tmp_path: Path, order: Literal["position", "harm", "score"], index: str, document_id: int | None
) -> None:
    """Leaving retired segments out must not make SQLite read and sort whole documents."""
    database = Database.open(tmp_path / "x.db")
    statements: list[tuple[str, Any]] = []
    with database.read() as records:
        connection = records.session.connection()
        event.listen(
            connection, "before_cursor_execute", lambda *given: statements.append((given[2], given[3]))
        )
        records.page(Selection(1, document_id, order=order), 1000, 40)
        plans = [
            str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all())
            for statement, values in statements[:1]
        ]
    database.close()
    assert plans
    assert f"COVERING INDEX {index}" in plans[0]
