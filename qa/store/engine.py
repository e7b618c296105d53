"""Opening a database and its transactions: SQLite by default, PostgreSQL for teams.

SQLite runs in WAL mode with ``synchronous=FULL``: when ``write()`` returns, the change is on the disk and
survives SIGKILL and power loss. A writing transaction takes the write lock at its start
(``BEGIN IMMEDIATE``), so that what it has read cannot change before it commits.
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url
from sqlalchemy.orm import Session

from qa.errors import StoreError
from qa.store.migrate import upgrade
from qa.store.repository import Records

__all__ = ["Database", "default_path", "locate"]

BUSY_SECONDS = 30.0
"""How long a writer waits for another process's write to end before it gives up."""

_WRITES = "relecture_writes"


def default_path() -> Path:
    """The database of this person: in the platform's folder for application data."""
    home = Path.home()
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        configured = os.environ.get("XDG_DATA_HOME", "")
        # The specification says to ignore a relative path.
        base = Path(configured) if Path(configured).is_absolute() else home / ".local" / "share"
    return base / "relecture" / "relecture.db"


def locate(database: str | Path | None = None) -> URL:
    """The URL of ``database``: a path, a URL, or None for ``RELECTURE_DATABASE`` or the default path.

    Raises StoreError for a URL that is not SQLite's or PostgreSQL's.
    """
    text = str(database) if database else os.environ.get("RELECTURE_DATABASE", "").strip()
    if not re.match(r"[a-z][a-z0-9+]+://|sqlite:", text):
        path = Path(text).expanduser() if text else default_path()
        return URL.create("sqlite", database=str(path))
    try:
        url = make_url(text)
    except (exc.ArgumentError, ValueError):
        raise StoreError(
            "the database URL cannot be read; give a path or postgresql://user@host/name"
        ) from None
    backend = url.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError(f"{backend} is not supported; give a path (SQLite) or a postgresql:// URL")
    if not url.database or url.database == ":memory:" or "mode=memory" in text:
        raise StoreError("a database in memory would lose every edit; give the path of a file")
    return url


class Database:
    """An open, migrated database. Safe to share between threads; each transaction is its own session."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.name = url.set(drivername="postgresql").render_as_string(hide_password=True)
        if self.is_sqlite:
            self.name = str(url.database)
        self._engine = self._create()
        # SQLite's own waiting is unfair between threads; queueing here keeps 95th percentiles short.
        # PostgreSQL locks rows, so that writers of different segments need not wait for each other.
        self._queue: AbstractContextManager[object] = threading.Lock() if self.is_sqlite else nullcontext()

    @classmethod
    def open(cls, database: str | Path | None = None) -> Database:
        """Open ``database`` (see ``locate``), creating and migrating it as needed.

        Raises StoreError with one line when it cannot be opened, is damaged, or is newer than this code.
        """
        self = cls(locate(database))
        try:
            if self.is_sqlite:
                self._prepare_file(Path(str(self.url.database)))
            with self._translated():
                upgrade(self._engine, self.name, self.exclusive)
        except BaseException:
            self.close()
            raise
        return self

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    def close(self) -> None:
        """Let go of every connection. The object cannot be used afterwards."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Records]:
        """The records as one consistent snapshot; nothing is written."""
        with self._translated(), self._reading().connect() as connection, Session(connection) as session:
            yield Records(session)

    @contextmanager
    def write(self) -> Iterator[Records]:
        """The records for changing; all is committed, durably, when the block ends, or nothing is."""
        with (
            self._translated(),
            self.exclusive() as connection,
            Session(connection, expire_on_commit=False) as session,
        ):
            yield Records(session)
            session.flush()

    @contextmanager
    def exclusive(self) -> Iterator[Connection]:
        """A connection in a writing transaction, committed at the end of the block."""
        with (
            self._queue,
            self._engine.execution_options(**{_WRITES: True}).connect() as connection,
            connection.begin(),
        ):
            yield connection

    def _reading(self) -> Engine:
        if self.is_sqlite:
            return self._engine
        return self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def _create(self) -> Engine:
        if not self.is_sqlite:
            try:
                return create_engine(self.url, pool_pre_ping=True, pool_size=8, max_overflow=24)
            except ModuleNotFoundError:
                raise StoreError(
                    "PostgreSQL needs the driver psycopg; install it with: pip install 'relecture[postgres]'"
                ) from None
        engine = create_engine(
            self.url,
            pool_size=8,
            max_overflow=56,
            connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        )
        event.listen(engine, "connect", _set_up_connection)
        event.listen(engine, "begin", _begin)
        return engine

    def _prepare_file(self, path: Path) -> None:
        if sqlite3.sqlite_version_info < (3, 35):
            raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old; 3.35 or newer is needed")
        if path.is_dir():
            raise StoreError(f"{path} is a folder; give the path of a database file")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"cannot create the folder {path.parent}: {error.strerror}") from None
        probe = path if path.exists() else path.parent
        if not os.access(probe, os.W_OK):
            raise StoreError(f"cannot write to {probe}: permission denied; choose another with --database")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except exc.TimeoutError:
            raise StoreError(f"{self.name}: too many people at once; try again") from None
        except exc.DBAPIError as error:
            raise StoreError(f"{self.name}: {_reason(error)}") from error


def _set_up_connection(connection: Any, _record: object) -> None:
    # The driver's own transactions would begin late and deferred; ``_begin`` does it instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA cache_size = -16384")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _reason(error: exc.DBAPIError) -> str:
    """One line that says what is wrong and what to do."""
    original = " ".join(str(error.orig).split())
    if "locked" in original:
        return "another program keeps the database locked; close it and try again"
    if "not a database" in original or "malformed" in original:
        return "this is no database, or it is damaged; restore a copy or give another path"
    if "readonly" in original or "unable to open" in original:
        return "the database cannot be written; check the permissions of the file and its folder"
    if "full" in original and "disk" in original:
        return "the disk is full; nothing of the last change was saved"
    return original
