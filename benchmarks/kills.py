"""A server that is killed again and again while somebody types and saves: is anything lost?

    python benchmarks/kills.py [--kills 50] [--within 4]

Chromium shows the review page; texts are typed and saved by keyboard without a pause, and the server gets
SIGKILL at a random moment of the first ``--within`` seconds. An edit counts as acknowledged when the page has
taken it out of what it repeats. Before the server is started again, every acknowledged edit has to be in the
audit trail exactly once; then what was only typed has to be back in the editor, by turns in the page that
stayed open and in a page loaded anew; and in the end every save that was made is in the trail exactly once.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import threading
from collections import Counter
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from workbench import BROWSER, Served, made

from qa.review.service import ReviewService

OUTBOX = """() => Object.keys(localStorage).filter((key) => key.includes(":outbox:"))
  .flatMap((key) => JSON.parse(localStorage[key])).map((action) => action.text)"""
"""The texts of the saves that the page still repeats."""
SETTLED = '() => !Object.keys(localStorage).some((key) => key.includes(":outbox:"))'
PATIENCE = 600_000
"""Milliseconds: the machine may be busy with other things."""


class Typist:
    """Somebody who works in one page; ``saved`` are the texts of all saves so far, one of a kind each."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.saved: list[str] = []
        page.set_default_timeout(PATIENCE)

    def open(self, segment: int) -> None:
        self.page.goto(f"{self.url}/review?as=Theo&segment={segment}")
        self.page.locator(".card-head h3").wait_for()
        self.page.locator("textarea.editor").click()

    def write(self, text: str) -> None:
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def work(self, turn: int, dead: threading.Event) -> None:
        """Save drafts and hand segments in until the server is dead, and once more after that."""
        number, last = 0, False
        while not last:
            last = dead.is_set()
            number += 1
            text = f"Round {turn}, edit {number}."
            self.write(text)
            self.page.keyboard.press("Control+s" if number % 3 else "Control+Enter")
            self.saved.append(text)
            self.page.wait_for_timeout(random.uniform(50, 300))  # noqa: S311 - a pace, no secret


def trail(database: Path) -> Counter[str]:
    """The texts that the audit trail has, each with its number of events."""
    service = ReviewService.open(database)
    events = service.events(project_id=1, limit=None)
    service.close()
    return Counter(str(e.data["text"]) for e in events if e.action in ("save-draft", "submit"))


def one_round(turn: int, typist: Typist, server: Served, database: Path, within: float) -> tuple[int, int]:
    """Kill the server once; returns how many edits were acknowledged before, and how many came after."""
    page = typist.page
    typist.open(1 + turn % 25)
    dead, before = threading.Event(), len(typist.saved)

    def kill() -> None:
        server.kill()
        dead.set()

    timer = threading.Timer(random.uniform(0.05, within), kill)  # noqa: S311 - a moment, no secret
    timer.start()
    typist.work(turn, dead)
    timer.join()
    draft = f"Round {turn}, typed and not saved."
    page.keyboard.press("Alt+ArrowDown")
    typist.write(draft)
    here = int(page.locator(".row.selected").get_attribute("data-segment") or 0)
    pending = set(page.evaluate(OUTBOX))
    acknowledged = [text for text in typist.saved[before:] if text not in pending]
    stored = trail(database)
    lost = [text for text in acknowledged if stored[text] != 1]
    assert not lost, f"acknowledged and not in the trail once: {lost}"
    server.start()
    if turn % 2:
        typist.open(here)
    page.wait_for_function(SETTLED)
    shown = page.locator("textarea.editor").input_value()
    assert shown == draft, f"what was typed did not come back: {shown!r}"
    page.keyboard.press("Control+s")
    typist.saved.append(draft)
    page.wait_for_function(SETTLED)
    return len(acknowledged), len(typist.saved) - before - len(acknowledged)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--within", type=float, default=4.0)
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = Path(folder) / "benchmark.db"
        made(200, database)
        server = Served(database)
        browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER)
        try:
            typist = Typist(browser.new_page(viewport={"width": 1280, "height": 800}), server.url)
            before = after = 0
            for turn in range(options.kills):
                acknowledged, later = one_round(turn, typist, server, database, options.within)
                before, after = before + acknowledged, after + later
                print(f"kill {turn + 1}: {acknowledged} acknowledged before, {later} saved after", flush=True)
            stored, saved = trail(database), Counter(typist.saved)
        finally:
            browser.close()
            server.kill()
    print(
        f"{options.kills} kills, {before} edits acknowledged before one, {after} after: "
        f"lost {sorted(saved - stored)}, doubled or unknown {sorted(stored - saved)}"
    )
    assert stored == saved, "the audit trail is not what was saved"


if __name__ == "__main__":
    main()
