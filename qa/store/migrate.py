"""Bringing a database to the schema this code knows, on opening, under a lock."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from qa.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

__all__ = ["HEAD", "alembic_config", "upgrade"]

HEAD = "0008"
"""The newest migration. A test checks that it is; naming it here spares importing Alembic on most opens."""

_LOCK = 7_345_112_908
"""Key of PostgreSQL's advisory lock for migrating."""


def alembic_config() -> Config:
    """Alembic's configuration for the packaged migrations, without a file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def upgrade(engine: Engine, name: str, exclusive: Callable[[], AbstractContextManager[Connection]]) -> None:
    """Migrate the database behind ``engine`` to ``HEAD``; ``exclusive`` opens a writing transaction.

    Raises StoreError when the database was written by a newer release, or holds somebody else's tables.
    """
    with engine.connect() as connection:
        if _revision(connection) == HEAD:
            return
    with exclusive() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        # Another process may have migrated while this one waited for the lock.
        current = _revision(connection)
        if current == HEAD:
            return
        if current is None and inspect(connection).get_table_names():
            raise StoreError(f"{name} holds other tables than Relecture's; give another database")
        _run(connection, name, current)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _run(connection: Connection, name: str, current: str | None) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    config = alembic_config()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise StoreError(
            f"{name} was written by a newer release (schema {current}, this one knows {HEAD}); "
            "update Relecture to open it"
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
