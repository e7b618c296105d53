from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa.errors import StoreError
from qa.store.engine import Database
from qa.store.migrate import HEAD, alembic_config
from qa.store.schema import Base, Document, Event, Project, Revision, Segment
from qa.store.searching import Search, holding
from qa.store.text import alike_key


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(tmp_path / "x.db")
    yield database
    database.close()


def test_head_is_the_newest_migration() -> None:
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(alembic_config()).get_heads() == [HEAD]


def test_models_and_migrations_agree(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def ours(name: str | None, kind: str, parents: object) -> bool:
        # The trigram index is SQLite's own and keeps its tables to itself.
        return kind != "table" or not (name or "").startswith("segment_trigram")

    with database.exclusive() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_opening_at_the_same_time_migrates_once(tmp_path: Path) -> None:
    code = "import sys; from qa.store.engine import Database; Database.open(sys.argv[1]).close()"
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "x.db")], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    assert [(process.communicate(timeout=60)[1], process.returncode) for process in processes] == [
        (b"", 0)
    ] * 3


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    Database.open(path).close()
    before = path.read_bytes()
    Database.open(path).close()
    assert path.read_bytes() == before


class TestGuards:
    """What must never change is refused by the database itself, whoever asks."""

    @pytest.fixture(autouse=True)
    def _rows(self, database: Database) -> None:
        now = datetime.now(UTC)
        with database.write() as records:
            records.add(
                Project(name="p", key="p", source_lang="ru", target_lang="fr", policy={}, created=now)
            )
            records.add(
                Document(
                    project_id=1,
                    name="d",
                    mt_system="",
                    source_text=None,
                    mt_text="mt",
                    original=None,
                    original_name="",
                    notices=[],
                    created=now,
                )
            )
            records.add(
                Segment(
                    project_id=1,
                    document_id=1,
                    position=1,
                    state="machine",
                    version=1,
                    open_flags=0,
                    worst=-1,
                    harm=0.0,
                    author="",
                    approver="",
                    link_score=1.0,
                    source_index=[],
                    target_index=[],
                    source="s",
                    mt="mt",
                    text="mt",
                )
            )
            records.add(Revision(segment_id=1, text="t", author="a", created=now))
            records.add(Event(at=now, actor="a", role="lead", action="x", data={}))

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE segment SET mt = 'other'",
            "UPDATE segment SET source = 'other'",
            "UPDATE segment SET mt = NULL",
            "DELETE FROM segment",
            "UPDATE document SET mt_text = 'other'",
            "UPDATE document SET source_text = 'other'",
            "UPDATE document SET original = x'00'",
            "DELETE FROM document",
            "UPDATE event SET actor = 'other'",
            "UPDATE event SET data = data",
            "DELETE FROM event",
            "UPDATE revision SET text = 'other'",
            "DELETE FROM revision",
            "UPDATE segment SET state = 'finished'",
            "UPDATE segment SET document_id = 99",
            "INSERT INTO withdrawal VALUES (99, 'a', '2026-01-01')",
        ],
    )
    def test_refused(self, database: Database, statement: str) -> None:
        with pytest.raises(StoreError, match=r"never|only ever|constraint"), database.write() as records:
            records.session.connection().exec_driver_sql(statement)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE segment SET text = 'other', version = 2",
            "UPDATE segment SET assignee_id = 1",
            "INSERT INTO withdrawal VALUES (1, 'a', '2026-01-01')",
        ],
    )
    def test_allowed(self, database: Database, statement: str) -> None:
        with database.write() as records:
            assert records.session.connection().exec_driver_sql(statement).rowcount == 1


def test_a_database_of_the_first_release_is_brought_up_to_date(tmp_path: Path) -> None:
    """Its segments keep their places, and whoever had the document; the borders of its sentences are not
    known."""
    from alembic import command

    from qa.store import alignment, assignments, schema, withdrawals
    from qa.store.assignments import Run
    from qa.store.engine import locate

    first = Database(locate(tmp_path / "x.db"))
    with first.exclusive() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in (
            "INSERT INTO project VALUES (1, 'p', 'p', 'ru', 'fr', '{}', '2026-01-01')",
            "INSERT INTO document VALUES (1, 1, 'd', '', 'Ann', 's', 'mt', NULL, '', '[]', '2026-01-01')",
            "INSERT INTO segment (id, project_id, document_id, position, state, version, open_flags, worst, "
            "harm, author, approver, link_score, source_index, target_index, source, mt, text) VALUES "
            "(1, 1, 1, 1, 'machine', 1, 0, -1, 0, '', '', 0.5, '[0]', '[0]', 's', 'mt', 'mt')",
            "INSERT INTO segment_search VALUES (1, 1, 's' || char(10) || 'mt')",
        ):
            connection.exec_driver_sql(statement)
    first.close()
    database = Database.open(tmp_path / "x.db")
    with database.read() as records:
        row = records.get(Segment, 1)
        assert (row.position, row.repair_id, row.mt) == (1, None, "mt")
        assert row.alike_key == alike_key("s", "mt")
        assert records.get(schema.SegmentSearch, 1).source_length == 1
        assert alignment.sentences(records, 1) is None
        assert assignments.runs(records, 1) == [Run(1, 1, 1, 1)]
        assert assignments.assignees(records, 1) == {1: "Ann"}
        assert records.document_names(1) == {1: "d"}
        assert withdrawals.withdrawn(records, 1) == []
    with database.write() as records:
        segment = records.get(Segment, 1)
        records.advance(segment, {"text": "another"})
        records.index(segment)
        for needle, found in (("another", [1]), ("mt", [])):
            search = Search(needle, side="target")
            assert list(records.session.scalars(holding(records.session, 1, search))) == found
    database.close()
