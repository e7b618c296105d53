"""Many people at once: no edit lost, none doubled, and each acknowledged one in the audit trail once."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter

from qa.errors import ConflictError, TransitionError
from qa.review.service import ReviewService
from qa.review.views import Actor, EventView, Role, SegmentFilter, SegmentView

THREADS, EDITS = 8, 12

WORKER = """
import json, sys
from qa.errors import ConflictError
from qa.review.service import ReviewService
from qa.review.views import Actor, Role

url, name, segment, edits = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
service = ReviewService.open(url)
actor = Actor(name, Role.TRANSLATOR)
acknowledged, refused = [], 0
view = service.segment(segment)
while len(acknowledged) < edits:
    text = f"{name} {len(acknowledged)}"
    try:
        view = service.save_draft(actor, segment, text, view.version)
    except ConflictError as error:
        refused += 1
        assert error.yours == text
        view = service.segment(segment)
        continue
    acknowledged.append([text, view.version])
print(json.dumps([acknowledged, refused]))
"""


def saved(events: list[EventView]) -> list[list[object]]:
    return [[e.data["text"], e.data["version"]] for e in reversed(events) if e.action == "save-draft"]


def test_threads_on_one_segment_and_on_their_own(service: ReviewService, project: int) -> None:
    rows = service.segments(SegmentFilter(project)).rows
    shared, own = rows[0], rows[1]
    acknowledged: dict[int, list[list[object]]] = {shared.id: [], own.id: []}
    failures: list[BaseException] = []
    start = threading.Barrier(THREADS)

    def hammer(number: int) -> None:
        actor = Actor(f"person {number}", Role.TRANSLATOR)
        try:
            start.wait(30)
            for edit in range(EDITS):
                # The last thread has a segment to itself; it must never be refused.
                id = own.id if number == THREADS - 1 else shared.id
                while True:
                    text = f"{number} {edit}"
                    try:
                        view = service.save_draft(actor, id, text, service.segment(id).version)
                    except ConflictError:
                        assert id == shared.id
                        continue
                    acknowledged[id].append([text, view.version])
                    break
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=hammer, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failures == []
    assert len(acknowledged[shared.id]) == EDITS * (THREADS - 1)
    for id, done in acknowledged.items():
        in_order = sorted(done, key=lambda item: int(str(item[1])))
        assert saved(service.events(segment_id=id, limit=None)) == in_order
        assert [version for _, version in in_order] == list(range(2, len(done) + 2))
        assert [r.text for r in service.revisions(id)] == [text for text, _ in in_order]
        assert service.segment(id).text == in_order[-1][0]


def test_processes_on_one_segment(service: ReviewService, segment: SegmentView, url: str) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, url, name, str(segment.id), "25"],
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("first", "second")
    ]
    answers = [json.loads(process.communicate(timeout=120)[0]) for process in processes]
    acknowledged = sorted((item for done, _ in answers for item in done), key=lambda item: item[1])
    assert saved(service.events(segment_id=segment.id, limit=None)) == acknowledged
    assert [version for _, version in acknowledged] == list(range(2, 52))


def test_one_fix_is_applied_by_one_of_many(service: ReviewService, segment: SegmentView) -> None:
    outcomes: Counter[str] = Counter()
    start = threading.Barrier(THREADS)

    def apply(number: int) -> None:
        start.wait(30)
        try:
            service.apply_fix(Actor(f"p{number}", Role.TRANSLATOR), segment.id, segment.flags[0].id, 1)
            outcomes["applied"] += 1
        except ConflictError:
            outcomes["refused"] += 1

    threads = [threading.Thread(target=apply, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert outcomes == {"applied": 1, "refused": THREADS - 1}
    assert len(service.events(segment_id=segment.id)) == 1


def test_one_decision_about_a_flag_stands(service: ReviewService, segment: SegmentView) -> None:
    outcomes: Counter[str] = Counter()
    start = threading.Barrier(THREADS)

    def dismiss(number: int) -> None:
        start.wait(30)
        try:
            service.dismiss_flag(Actor(f"p{number}", Role.EDITOR), segment.flags[0].id, f"reason {number}")
            outcomes["dismissed"] += 1
        except TransitionError:
            outcomes["refused"] += 1

    threads = [threading.Thread(target=dismiss, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert outcomes == {"dismissed": 1, "refused": THREADS - 1}
