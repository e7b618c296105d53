"""Live work: how soon one person sees what another saves, and what looking for it costs.

    python benchmarks/live.py [--segments 100000] [--pages 8] [--repeat 30]

Makes a database with a trail of as many events as segments in a temporary folder, measures the statements of
one look at it, serves it, and drives Chromium: one page waits for changes that are saved at random moments
through the service of another process; then ``pages`` of them are left alone, and the server's processor
time is read from ``/proc``.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from workbench import BROWSER, made, served, told

from qa.review.live import Feed
from qa.review.service import ReviewService
from qa.review.views import Actor, Part, Role, SegmentFilter
from qa.store import schema
from qa.store.engine import Database

EVA, LEA = Actor("Eva", Role.EDITOR), Actor("Lea", Role.LEAD)

SEEN = """async ([segment, text, patience]) => {
  const host = document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot;
  const until = performance.now() + patience;
  const shown = () => host.querySelector(`[data-segment="${segment}"] .snippet`).textContent;
  while (shown() !== text && performance.now() < until) await new Promise((done) => setTimeout(done, 4));
  return shown() === text ? Date.now() : null;
}"""


def trail(database: Path, events: int) -> None:
    """As much history as a project has that was worked through once."""
    opened, now = Database.open(database), datetime.now(UTC)
    row = {"at": now, "actor": "Theo", "role": "translator", "action": "submit", "project_id": 1}
    with opened.write() as records:
        for start in range(0, events, 10_000):
            ids = range(start + 1, min(start + 10_000, events) + 1)
            records.insert_many(schema.Event, [{**row, "segment_id": id, "data": {}} for id in ids])
    opened.close()


def looks(service: ReviewService, repeat: int = 500) -> None:
    """The statements of one look, with nothing new and with one change in between."""
    feed = Feed(service, 1, fresh=0.0, overlap=0.0)
    first = service.segments(SegmentFilter(1)).rows[0]
    service.edit(EVA, first.id, "another page")
    idle, busy = [], []
    for _ in range(repeat):
        started = time.perf_counter()
        feed.look()
        idle.append(1000 * (time.perf_counter() - started))
    for number in range(repeat // 10):
        service.comment(EVA, first.id, f"Oui {number}")
        before = time.perf_counter()
        service.views(feed.since(feed.look().number - 1) or ())
        busy.append(1000 * (time.perf_counter() - before))
    told("look, nothing new", idle, 2)
    told("look and read one changed row", busy, 2)


def gives(service: ReviewService, segments: int) -> None:
    """Giving a document to two people, and what the pages ask about it."""
    for name, action in (
        ("give the whole document", lambda: service.assign(LEA, [Part(1)], "Theo")),
        ("give half of it", lambda: service.assign(LEA, [Part(1, segments // 2)], "Ann")),
        ("who has what", lambda: service.assignments(1)),
        ("a page of one's own", lambda: service.segments(SegmentFilter(1, assignee="Ann"), limit=40)),
        (
            "... worst flags first",
            lambda: service.segments(SegmentFilter(1, assignee="Ann", order="harm"), limit=40),
        ),
    ):
        started = time.perf_counter()
        action()
        print(f"{name:<34} {1000 * (time.perf_counter() - started):7.0f} ms")


def seen(page: object, service: ReviewService, repeat: int) -> None:
    """From the commit of another process's save to the painted row."""
    rows = service.segments(SegmentFilter(1), limit=20).rows
    waits = []
    for number in range(repeat):
        row = rows[number % len(rows)]
        time.sleep(random.uniform(0.5, 2.5))  # noqa: S311
        text = f"Vu {number}."
        service.save_draft(EVA, row.id, text, service.segment(row.id).version)
        saved = 1000 * time.time()
        at = page.evaluate(SEEN, [row.id, text, 10_000])  # type: ignore[attr-defined]
        waits.append(at - saved if at else float("inf"))
    told("save by another to painted row", waits)


def opened(browser: object, url: str) -> object:
    page = browser.new_context().new_page()  # type: ignore[attr-defined]
    page.goto(f"{url}/review?as=Uma", timeout=90_000)
    page.locator(".card-head h3").wait_for(timeout=60_000)
    return page


def idle(browser: object, url: str, pid: int, pages: int) -> None:
    """What pages cost the server that nobody touches, while nothing happens."""
    shares = []
    for count in (1, pages):
        while len(browser.contexts) < count:  # type: ignore[attr-defined]
            opened(browser, url)
        time.sleep(5)
        before, started = cpu(pid), time.perf_counter()
        time.sleep(20)
        shares.append((cpu(pid) - before) / (time.perf_counter() - started))
        print(f"{count:>3} pages left alone: {100 * shares[-1]:.1f} % of one core")
    each = (shares[-1] - shares[0]) / max(1, pages - 1)
    print(f"a page more: {1000 * each:.1f} ms of processor time a second")


def cpu(pid: int) -> float:
    """Seconds of processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--segments", type=int, default=100_000)
    parser.add_argument("--pages", type=int, default=8)
    parser.add_argument("--repeat", type=int, default=30)
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "benchmark.db"
        made(options.segments, database)
        trail(database, options.segments)
        service = ReviewService.open(database)
        looks(service)
        gives(service, options.segments)
        with served(database) as (url, pid), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER)
            page = opened(browser, url)
            seen(page, service, options.repeat)
            idle(browser, url, pid, options.pages)
            browser.close()
        service.close()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
