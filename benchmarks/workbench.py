"""How fast the review page answers in a real browser: opening, moving, saving, filtering.

    python benchmarks/workbench.py [--segments 100000] [--repeat 60] [--against CHECKOUT]

Makes a database in a temporary folder, serves it on a free port of the loopback interface and drives
Chromium. Times are what a person waits for, measured in the page: from the key to the painted frame or to
the acknowledged save, from the address to the painted card, from the click to the painted list. With
``--against``, the page of another checkout is opened in turn with this one's, and nothing else is timed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from qa.model import (
    CheckedDocument,
    CheckedSegment,
    Document,
    Estimate,
    Flag,
    Score,
    Segment,
    Sentence,
    Severity,
    Span,
)
from qa.review.service import ReviewService
from qa.review.views import Actor, Role

ROOT = Path(__file__).parents[1]
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]

PAINTED = """async (press) => {
  const host = document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot;
  const before = host.querySelector('.card-head h3').textContent;
  const start = performance.now();
  host.querySelector('textarea.editor').dispatchEvent(
    new KeyboardEvent('keydown', { ...press, bubbles: true, composed: true, cancelable: true }));
  while (host.querySelector('.card-head h3').textContent === before) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""

NOTHING = 'import streamlit as st\nst.html("<p class=painted>nothing</p>")\n'
"""A page of Streamlit with one line: what nobody's page opens faster than, here and now."""

# Looks at every frame: what drives the browser looks twice a second, half a second too late at worst.
OPENED = """() => {
  const look = () => {
    const host = document.querySelector('[data-testid=stBidiComponentIsolated]')?.shadowRoot;
    const drawn = host?.querySelector('.card-head h3') ?? document.querySelector('p.painted');
    if (drawn?.getClientRects().length)
      requestAnimationFrame(() => { window.opened = performance.now(); });
    else requestAnimationFrame(look);
  };
  if (window === window.top) look();
}"""

# From the click as it reaches the page to the frame in which the list shows another number of segments.
FILTERED = """() => {
  window.filtered = null;
  const host = document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot;
  const before = host.querySelector('.list-head span').textContent;
  addEventListener('click', (event) => {
    const look = () => {
      const now = document.querySelector('[data-testid=stBidiComponentIsolated]')?.shadowRoot;
      const text = now?.querySelector('.list-head span')?.textContent;
      if (text && text !== before)
        requestAnimationFrame(() => { window.filtered = performance.now() - event.timeStamp; });
      else requestAnimationFrame(look);
    };
    look();
  }, { capture: true, once: true });
}"""

SAVED = """async (press) => {
  const host = document.querySelector('[data-testid=stBidiComponentIsolated]').shadowRoot;
  const editor = host.querySelector('textarea.editor');
  editor.focus();
  document.execCommand('insertText', false, ' x');
  const status = host.querySelector('.status');
  const start = performance.now();
  editor.dispatchEvent(
    new KeyboardEvent('keydown', { ...press, bubbles: true, composed: true, cancelable: true }));
  while (!status.classList.contains('good')) await new Promise((done) => setTimeout(done, 1));
  return performance.now() - start;
}"""


def made(segments: int, database: Path) -> None:
    """A document of ``segments`` sentences, every tenth of them flagged."""
    sides: list[Document] = []
    for tag, words in (
        ("ru", "Предложение {} о складах порта и их охране."),
        ("fr", "Phrase {} sur le port."),
    ):
        sentences, at = [], 0
        for index in range(segments):
            text = words.format(index)
            sentences.append(Sentence(index, text, at, at + len(text), index))
            at += len(text) + 1
        sides.append(Document("\n".join(s.text for s in sentences), tag, tuple(sentences)))
    source, target = sides
    checked = tuple(
        CheckedSegment(
            Segment(i + 1, a.text, b.text, (i,), (i,), 0.9, Span(a.start, a.end), Span(b.start, b.end)),
            Estimate(Score(float(i % 100), "benchmark")),
            (Flag("wrong-sense", "accuracy/mistranslation", Severity.MAJOR, "target", 0, 6, "Phrase", "why"),)
            if i % 10 == 0
            else (),
        )
        for i, (a, b) in enumerate(zip(source.sentences, target.sentences, strict=True))
    )
    service, lead = ReviewService.open(database), Actor("Lea", Role.LEAD)
    project = service.create_project(lead, "Benchmark", "ru", "fr")
    service.import_document(lead, project.id, CheckedDocument(source, target, checked), name="benchmark")
    service.close()


def told(name: str, times: list[float], digits: int = 0) -> None:
    ordered = sorted(times)
    at95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    print(
        f"{name:<34} p50 {statistics.median(ordered):7.{digits}f} ms   p95 {at95:7.{digits}f} ms   "
        f"max {ordered[-1]:7.{digits}f} ms   n {len(ordered)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--segments", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=60)
    parser.add_argument("--against", type=Path, help="another checkout, with the same data model")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "benchmark.db"
        started = time.perf_counter()
        made(options.segments, database)
        print(f"{options.segments:,} segments imported in {time.perf_counter() - started:.1f} s")
        script = Path(folder) / "nothing.py"
        script.write_text(NOTHING)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER)
            if options.against is not None:
                in_turn(browser, database, options.against.resolve(), options.repeat)
                browser.close()
                return
            with served(database, script) as (url, _):
                told("open a page with one line", [opened(browser, url)[1] for _ in range(6)])
            with served(database) as (url, _):
                measure(browser, url, options.repeat)
            browser.close()


class Served:
    """The interface over ``database`` on a free port, as a process that can be killed and started again."""

    def __init__(self, database: Path, script: Path = ROOT / "app.py", root: Path = ROOT) -> None:
        self.database, self.script, self.root = database, script, root
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(self.script), f"--server.port={self.port}"],
            cwd=self.root,
            env=os.environ | {"RELECTURE_DATABASE": str(self.database), "PYTHONPATH": str(self.root)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2).close()  # noqa: S310
                return
            except OSError:
                time.sleep(0.1)

    def kill(self) -> None:
        """SIGKILL: nothing that was about to be written is written."""
        self.process.kill()
        self.process.wait()


@contextmanager
def served(database: Path, script: Path = ROOT / "app.py") -> Iterator[tuple[str, int]]:
    """The interface over ``database``: its address and the number of its process."""
    server = Served(database, script)
    try:
        yield server.url, server.process.pid
    finally:
        server.kill()


def opened(browser: object, address: str, keep: bool = False) -> tuple[Page, float]:
    """A page at ``address`` in a browser that knows nothing yet, and how many milliseconds it took."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})  # type: ignore[attr-defined]
    page: Page = context.new_page()
    page.add_init_script(f"({OPENED})()")
    page.goto(address)
    took = float(page.wait_for_function("window.opened").json_value())
    if not keep:
        page.context.close()  # one person's times: nobody else looks on
    return page, took


def in_turn(browser: object, database: Path, other: Path, repeat: int) -> None:
    """Opens the pages of this checkout and of ``other`` by turns: an hour is slow for both."""
    builds = {"the other": Served(database, other / "app.py", other), "this": Served(database)}
    times: dict[str, list[float]] = {name: [] for name in builds}
    for number in range(repeat + 1):
        for name, server in builds.items():
            _, took = opened(browser, f"{server.url}/review?as=Theo")
            if number:  # the first is cold
                times[name].append(took)
    for name, server in builds.items():
        server.kill()
        told(f"open the page, {name} build", times[name])


def measure(browser: object, url: str, repeat: int) -> None:
    address = f"{url}/review?as=Theo"
    opening = [opened(browser, address)[1] for _ in range(5)]
    page, took = opened(browser, address, keep=True)
    opening.append(took)
    told("open the page (first included)", opening)
    moves, saves, filters = [], [], []
    for _ in range(min(repeat, 38)):
        moves.append(page.evaluate(PAINTED, {"key": "ArrowDown", "altKey": True, "code": "ArrowDown"}))
    told("move to paint", moves)
    page.goto(f"{url}/review?as=Theo")
    page.locator(".card-head h3").wait_for()
    for _ in range(min(repeat, 38)):
        saves.append(page.evaluate(SAVED, {"key": "s", "ctrlKey": True, "code": "KeyS"}))
        page.evaluate(PAINTED, {"key": "ArrowDown", "altKey": True, "code": "ArrowDown"})
    told("save to acknowledgement", saves)
    for _ in range(20):
        page.evaluate(FILTERED)
        page.get_by_text("Open flags only").click()
        filters.append(page.wait_for_function("window.filtered").json_value())
    told("filter change", filters)


if __name__ == "__main__":
    main()
