from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

import pytest

from qa.errors import StoreError
from qa.store import engine
from qa.store.engine import Database, default_path, locate


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RELECTURE_DATABASE", raising=False)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the XDG folders are those of other systems")
class TestDefaultPath:
    def test_the_data_folder_is_honoured(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        assert default_path() == tmp_path / "relecture" / "relecture.db"
        assert locate().database == str(default_path())

    @pytest.mark.parametrize("value", ["", "relative/folder"])
    def test_an_unusable_setting_is_ignored(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("XDG_DATA_HOME", value)
        monkeypatch.setenv("HOME", "/home/someone")
        assert default_path() == Path("/home/someone/.local/share/relecture/relecture.db")


@pytest.mark.parametrize(
    ("given", "backend", "database"),
    [
        ("work.db", "sqlite", "work.db"),
        ("/a b/ü.db", "sqlite", "/a b/ü.db"),
        ("/odd:name?.db", "sqlite", "/odd:name?.db"),
        (Path("/x/y.db"), "sqlite", "/x/y.db"),
        ("sqlite:////x/y.db", "sqlite", "/x/y.db"),
        ("postgresql://ann@host/team", "postgresql", "team"),
        ("postgres://ann@host/team", "postgresql", "team"),
    ],
)
def test_paths_and_urls(given: str | Path, backend: str, database: str) -> None:
    url = locate(given)
    assert (url.get_backend_name(), url.database) == (backend, database)


def test_the_environment_names_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELECTURE_DATABASE", "/from/environment.db")
    assert locate().database == "/from/environment.db"
    assert locate("/given.db").database == "/given.db"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("mysql://host/x", "mysql is not supported"),
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
        ("postgresql://host:notaport/x", "cannot be read"),
    ],
)
def test_urls_that_cannot_be_used(given: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        locate(given)


def test_a_password_is_not_shown() -> None:
    pytest.importorskip("psycopg", reason="the PostgreSQL driver is an extra")
    assert "secret" not in Database(locate("postgresql://ann:secret@host/x")).name


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"pip install 'relecture\[postgres\]'"):
        Database.open("postgresql://host/x")


class TestUnusable:
    """One line each, whatever is wrong."""

    def refused(self, path: Path, message: str) -> None:
        with pytest.raises(StoreError, match=message) as caught:
            Database.open(path)
        assert "\n" not in str(caught.value)
        assert str(path.name) in str(caught.value)

    def test_a_folder(self, tmp_path: Path) -> None:
        self.refused(tmp_path, "is a folder")

    def test_a_file_in_place_of_the_folder(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x")
        with pytest.raises(StoreError, match="cannot create the folder"):
            Database.open(tmp_path / "file" / "x.db")

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_without_permission(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        with pytest.raises(StoreError, match="permission denied"):
            Database.open(tmp_path / "x.db")

    def test_another_kind_of_file(self, tmp_path: Path) -> None:
        path = tmp_path / "letter.db"
        path.write_bytes(b"Dear Ann, this is no database at all. " * 100)
        self.refused(path, "no database, or it is damaged")

    def test_a_damaged_database(self, tmp_path: Path) -> None:
        path = tmp_path / "damaged.db"
        Database.open(path).close()
        content = bytearray(path.read_bytes())
        content[100:8192] = os.urandom(8092)
        path.write_bytes(content)
        self.refused(path, "damaged")

    def test_another_programs_database(self, tmp_path: Path) -> None:
        path = tmp_path / "other.db"
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE songs (title)")
        connection.close()
        self.refused(path, "other tables")
        with sqlite3.connect(path) as connection:
            assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("songs",)]
        connection.close()

    def test_a_newer_schema(self, tmp_path: Path) -> None:
        path = tmp_path / "newer.db"
        Database.open(path).close()
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.close()
        self.refused(path, r"newer release \(schema 9999")

    def test_a_locked_database(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
        path = tmp_path / "locked.db"
        database = Database.open(path)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="keeps the database locked"), database.write():
            pytest.fail("the other program holds the lock")
        with database.read() as records:
            assert records.projects() == []
        other.close()
        database.close()


def test_the_promises_of_durability(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "new" / "folder" / "x.db")
    for transaction in (database.read, database.write):
        with transaction() as records:
            run = records.session.connection().exec_driver_sql
            assert run("PRAGMA journal_mode").scalar() == "wal"
            assert run("PRAGMA synchronous").scalar() == 2
            assert run("PRAGMA foreign_keys").scalar() == 1
    database.close()


def test_what_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    from qa.store.schema import Person

    database = Database.open(tmp_path / "x.db")

    def fail() -> None:
        with database.write() as records:
            records.add(Person(name="Ann", key="ann", email=""))
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        fail()
    with database.read() as records:
        assert records.people() == []
    database.close()
