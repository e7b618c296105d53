"""Scoring and checking the segments of a repair, in a worker thread: no click waits for the models."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from qa.errors import QAError
from qa.review.standing import alone
from qa.review.views import Actor, ProjectView, SegmentView

if TYPE_CHECKING:
    from qa.pipeline import Pipeline
    from qa.review.repairing import Found
    from qa.review.service import ReviewService

__all__ = ["Rechecks"]

_log = logging.getLogger(__name__)


class Rechecks:
    """The queue of one server. ``error`` is what went wrong last, in one line; empty when all went well."""

    def __init__(self, service: ReviewService, pipeline: Callable[[], Pipeline]) -> None:
        self._service = service
        self._pipeline = pipeline
        self._lock = threading.Lock()
        self._waiting = 0
        self.error = ""
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recheck")

    @property
    def waiting(self) -> int:
        """Segments that are not done yet."""
        with self._lock:
            return self._waiting

    def start(self, actor: Actor, project: ProjectView, segment_ids: Sequence[int]) -> None:
        """Score and check these segments soon."""
        self._count(len(segment_ids))
        self._pool.submit(self._run, actor, project, segment_ids)

    def _run(self, actor: Actor, project: ProjectView, segment_ids: Sequence[int]) -> None:
        try:
            pipeline = self._pipeline().with_glossary(self._service.glossary(project.id))

            def check(view: SegmentView) -> Found:
                return pipeline.recheck(view.source, view.mt, project.source_lang, project.target_lang)

            self._service.recheck(actor, segment_ids, check, alone())
            self.error = ""
        except QAError as error:
            self.error = str(error)
        except Exception as error:
            # A defect of ours must not go unseen; the log has the rest.
            _log.exception("checking segments %s again failed", segment_ids)
            self.error = f"internal error ({type(error).__name__})"
        finally:
            self._count(-len(segment_ids))

    def _count(self, change: int) -> None:
        with self._lock:
            self._waiting += change
