"""Imports that outlive a click: texts are aligned, scored and checked in a worker thread, one at a time.

A page rerun (every click is one) would cut short whatever the page itself does, so pages only look.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, TypeVar

from qa.errors import InputError, QAError
from qa.model import CheckedDocument, Document
from qa.review.views import Actor

if TYPE_CHECKING:
    from qa.formats import PairTable
    from qa.pipeline import Pipeline
    from qa.review.service import ReviewService

__all__ = ["Import", "Imports", "Order", "read_bilingual", "read_one"]

_log = logging.getLogger(__name__)

_NEWS = 600
"""Seconds for which it is said that an import is ready; the document itself stays in the list."""

Progress = Callable[[str, int, int], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Order:
    """What to import: two texts, a translation alone (``source`` None), or ``pairs``; and where to."""

    name: str
    source_lang: str
    target_lang: str
    target: str | Document = ""
    source: str | Document | None = None
    pairs: tuple[tuple[str, str], ...] | None = None
    project_id: int | None = None
    project_name: str = ""
    """Name of the project to make where ``project_id`` is None."""
    mt_system: str = ""
    original: bytes | None = None
    """The uploaded translation, where it can be written back in its format."""
    original_name: str = ""

    def run(self, pipeline: Pipeline, progress: Progress) -> CheckedDocument:
        if self.pairs is not None:
            return pipeline.check_pairs(
                self.pairs, self.source_lang, self.target_lang, name=self.name, progress=progress
            )
        return pipeline.check_texts(
            self.source, self.target, self.source_lang, self.target_lang, name=self.name, progress=progress
        )


@dataclass(slots=True)
class Import:
    """One import as it goes. ``error`` is one line for people; ``project_id`` is set when it is done."""

    id: int
    order: Order
    by: str = ""
    """Who has started it."""
    state: Literal["waiting", "running", "done", "failed"] = "waiting"
    stage: str = "Waiting"
    done: int = 0
    total: int = 0
    error: str = ""
    project_id: int | None = None
    document_id: int | None = None
    notices: tuple[str, ...] = ()
    started: float = field(default_factory=time.monotonic)
    seconds: float = 0.0
    ended: float = 0.0

    @property
    def active(self) -> bool:
        return self.state in ("waiting", "running")


class Imports:
    """The queue of one server. Everything is kept until it is forgotten by the page that showed it."""

    def __init__(self, service: ReviewService, pipeline: Callable[[], Pipeline]) -> None:
        self._service = service
        self._pipeline = pipeline
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._imports: dict[int, Import] = {}
        # One at a time: the models use every core they are given.
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="import")

    def start(self, actor: Actor, order: Order) -> Import:
        job = Import(next(self._numbers), order, actor.name)
        with self._lock:
            self._imports[job.id] = job
        self._pool.submit(self._run, actor, job)
        return job

    def all(self) -> list[Import]:
        with self._lock:
            return list(self._imports.values())

    def shown_to(self, name: str) -> list[Import]:
        """What goes on, whoever has started it, and what has become of ``name``'s own: a good end is news for
        some minutes, a bad one until it is closed."""
        latest = time.monotonic() - _NEWS
        return [
            job
            for job in self.all()
            if job.active or (job.by == name and (job.state == "failed" or job.ended > latest))
        ]

    def forget(self, id: int) -> None:
        with self._lock:
            self._imports.pop(id, None)

    def _run(self, actor: Actor, job: Import) -> None:
        def progress(stage: str, done: int, total: int) -> None:
            job.stage, job.done, job.total = stage, done, total

        job.state, order = "running", job.order
        try:
            progress("Loading the models", 0, 0)
            project_id = order.project_id
            pipeline = self._pipeline()
            if project_id is not None:
                pipeline = pipeline.with_glossary(self._service.glossary(project_id))
            checked = order.run(pipeline, progress)
            progress("Saving", 0, 0)
            if project_id is None:
                project_id = self._service.create_project(
                    actor, order.project_name, order.source_lang, order.target_lang
                ).id
            document = self._service.import_document(
                actor,
                project_id,
                checked,
                name=order.name,
                mt_system=order.mt_system,
                original=order.original,
                original_name=order.original_name,
            )
            job.notices, job.project_id, job.document_id = checked.notices, project_id, document.id
            job.state = "done"
        except QAError as error:
            job.error, job.state = str(error), "failed"
        except Exception as error:
            # A defect of ours must not leave the page waiting for ever; the log has the rest.
            _log.exception("import of %r failed", order.name)
            job.error, job.state = f"internal error ({type(error).__name__}); nothing was imported", "failed"
        finally:
            job.ended = time.monotonic()
            job.seconds = job.ended - job.started


def read_one(name: str, content: bytes) -> Document:
    """An uploaded document in one language. Raises QAErrors that name the file as the person knows it."""
    from qa.formats import open_document

    return _through_file(name, content, open_document)


def read_bilingual(name: str, content: bytes, **options: str | None) -> PairTable:
    """The pairs of an uploaded bilingual file."""
    from qa.formats import read_pairs

    return _through_file(name, content, lambda path: read_pairs(path, **options))


def _through_file(name: str, content: bytes, read: Callable[[Path], T]) -> T:
    with TemporaryDirectory(prefix="relecture-") as folder:
        # Only the extension of a stranger's file name reaches the file system.
        suffix = "".join(c for c in Path(name).suffix if c.isalnum() or c == ".")[:12]
        path = Path(folder) / f"upload{suffix}"
        path.write_bytes(content)
        try:
            return read(path)
        except QAError as error:
            raise InputError(str(error).replace(str(path), name)) from error
