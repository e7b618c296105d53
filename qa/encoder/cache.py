"""Vectors and estimates on disk, so that nothing is computed twice: one SQLite file in the user's cache
folder.

The cache is a convenience and never a reason to fail: a damaged file is dropped and begun anew, a
folder that cannot be written or a file that stays locked means working without. Several processes
may share it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["VectorCache", "cache_folder", "open_cache", "write_atomically"]

LIMIT_BYTES = 512 * 2**20
_OFF = frozenset({"", "0", "off", "no", "none", "false"})
_SCHEMA = 1


def cache_folder() -> Path | None:
    """The folder for everything that can be made again; None when ``RELECTURE_CACHE`` is ``off``."""
    wish = os.environ.get("RELECTURE_CACHE")
    if wish is not None:
        return None if wish.strip().lower() in _OFF else Path(wish).expanduser()
    try:
        home = Path.home()
    except RuntimeError:  # no home at all: a bare container user
        return None
    if sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        root = home / "Library" / "Caches"
    else:
        root = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return root / "relecture"


def open_cache(where: Path | bool | None = True) -> VectorCache | None:
    """The cache for ``load(cache=where)``: True is the user's, a path a folder, False or None none."""
    folder = cache_folder() if where is True else None if where is False else where
    return None if folder is None else VectorCache(folder / "vectors.sqlite")


def write_atomically(path: Path, data: bytes) -> bool:
    """Write a cache file so that no reader ever sees half of it; False when it cannot be written."""
    part = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()
        return False
    return True


class VectorCache:
    """``signature`` + text → float32 vector, or any bytes.

    ``limit`` bounds the file (bytes, roughly): the vectors stored first are dropped first.
    """

    def __init__(self, path: Path, *, limit: int = LIMIT_BYTES) -> None:
        self.path = path
        self.limit = limit
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._pid = os.getpid()
        self._failures = 0
        self._dead = False

    def get(
        self, signature: str, texts: Sequence[str], width: int
    ) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
        """(n, width) vectors and the indices of the texts that were not found (rows of zeros)."""
        import numpy as np

        out = np.zeros((len(texts), width), np.float32)
        found = np.zeros(len(texts), bool)
        for at, blob in enumerate(self.get_bytes(signature, texts)):
            if blob is None or len(blob) != 4 * width:
                continue
            vector = np.frombuffer(blob, np.float32)
            if np.isfinite(vector).all():
                out[at], found[at] = vector, True
        return out, np.flatnonzero(~found)

    def put(self, signature: str, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store one vector per text; silently does nothing where the cache cannot be written."""
        self.put_bytes(signature, texts, [vector.astype("float32").tobytes() for vector in vectors])

    def get_bytes(self, signature: str, texts: Sequence[str]) -> list[bytes | None]:
        """What was stored for each text, None where nothing was."""
        keys = [_key(signature, text) for text in texts]
        out: list[bytes | None] = []
        for begin in range(0, len(keys), 500):
            part = keys[begin : begin + 500]
            rows = dict(self._select(part))
            out += [rows.get(key) for key in part]
        return out

    def put_bytes(self, signature: str, texts: Sequence[str], values: Sequence[bytes]) -> None:
        """Store one value per text; silently does nothing where the cache cannot be written."""
        rows = [(_key(signature, text), value) for text, value in zip(texts, values, strict=True)]
        with self._lock:
            connection = self._open()
            if connection is None or not rows:
                return
            try:
                with connection:
                    connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
                    self._shrink(connection)
            except sqlite3.Error as error:
                self._fail(error)

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _select(self, keys: list[bytes]) -> list[tuple[bytes, bytes]]:
        with self._lock:
            connection = self._open()
            if connection is None:
                return []
            marks = ",".join("?" * len(keys))
            try:
                query = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"  # noqa: S608 (marks only)
                return connection.execute(query, keys).fetchall()
            except sqlite3.Error as error:
                self._fail(error)
                return []

    def _shrink(self, connection: sqlite3.Connection) -> None:
        pages, free, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
        if (pages - free) * size > self.limit:
            connection.execute(
                "DELETE FROM vectors WHERE rowid <="
                " (SELECT MIN(rowid) + (MAX(rowid) - MIN(rowid)) / 4 FROM vectors)"
            )

    def _open(self) -> sqlite3.Connection | None:
        if self._dead:
            return None
        if self._connection is not None and self._pid == os.getpid():
            return self._connection
        self._connection, self._pid = None, os.getpid()  # a forked child must not share the parent's handle
        for attempt in (1, 2):
            try:
                self._connection = self._connect()
                return self._connection
            except sqlite3.OperationalError:  # locked, read-only, no room
                break
            except sqlite3.DatabaseError:  # no database, or another schema
                if attempt == 2 or not self._drop():
                    break
            except OSError:
                break
        self._dead = True
        return None

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=2.0, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            # After a power cut the cache may be lost: it can be made again.
            connection.execute("PRAGMA synchronous=OFF")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version not in (0, _SCHEMA):
                raise sqlite3.DatabaseError("made by another version")
            with connection:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)"
                )
                connection.execute(f"PRAGMA user_version={_SCHEMA}")
        except BaseException:
            connection.close()
            raise
        return connection

    def _drop(self) -> bool:
        try:
            for suffix in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def _fail(self, error: sqlite3.Error) -> None:
        """Called with the lock held, when reading or writing went wrong."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if isinstance(error, sqlite3.OperationalError):
            self._failures += 1
            self._dead = self._failures >= 3  # stop paying for time-outs
        elif not self._drop():
            self._dead = True


def _key(signature: str, text: str) -> bytes:
    digest = hashlib.sha256(signature.encode())
    digest.update(b"\0")
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.digest()[:20]
