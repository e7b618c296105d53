"""A process that is killed at any moment loses nothing it has acknowledged."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest

from qa.review.service import ReviewService
from qa.review.views import SegmentView

ROUNDS = 5

WRITER = """
import sys
from qa.review.service import ReviewService
from qa.review.views import Actor, Role

service = ReviewService.open(sys.argv[1])
segment, actor = int(sys.argv[2]), Actor(sys.argv[3], Role.TRANSLATOR)
version, number = service.segment(segment).version, 0
while True:
    number += 1
    version = service.save_draft(actor, segment, f"{actor.name} {number}", version).version
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_what_was_acknowledged_survives_sigkill(
    service: ReviewService, segment: SegmentView, url: str
) -> None:
    service.close()
    rng = random.Random(11)  # noqa: S311 - moments to kill at, no secret
    expected: dict[str, int] = {}
    for turn in range(ROUNDS):
        name = f"round {turn}"
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, url, str(segment.id), name], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        lines = [writer.stdout.readline()]
        reader = threading.Thread(target=lambda out=writer.stdout, to=lines: to.extend(out))
        reader.start()
        time.sleep(rng.uniform(0.02, 0.25))
        writer.send_signal(signal.SIGKILL)
        writer.wait(30)
        reader.join(30)
        writer.stdout.close()
        # A line cut by the kill was not an acknowledgement.
        expected[name] = max(int(line) for line in lines if line.endswith("\n"))
        check(url, segment.id, expected)


def check(url: str, segment_id: int, expected: dict[str, int]) -> None:
    service = ReviewService.open(url)
    events = list(reversed(service.events(segment_id=segment_id, limit=None)))
    view, revisions = service.segment(segment_id), service.revisions(segment_id)
    service.close()
    for name, acknowledged in expected.items():
        numbers = [int(str(e.data["text"]).rsplit(" ", 1)[1]) for e in events if e.actor == name]
        # One more than acknowledged may be saved: the kill came between the commit and the message.
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) in (acknowledged, acknowledged + 1)
    assert [e.data["text"] for e in events] == [r.text for r in revisions]
    assert view.text == revisions[-1].text
    assert view.version == len(events) + 1
