"""How fast the review page answers in a real browser: opening, moving, saving, filtering.

    python benchmarks/workbench.py [--segments 100000] [--repeat 60]

Makes a database in a temporary folder, serves it on a free port of the loopback interface and drives
Chromium. Times are what a person waits for, measured in the page: from the key to the painted frame or to
the acknowledged save, from the address to the painted card, from the click to the painted list.
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

# Looks at every frame: what drives the browser looks twice a second, half a second too late at worst.
OPENED = """() => {
  const look = () => {
    const host = document.querySelector('[data-testid=stBidiComponentIsolated]')?.shadowRoot;
    if (host?.querySelector('.card-head h3')?.getClientRects().length)
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
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--segments", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=60)
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "benchmark.db"
        started = time.perf_counter()
        made(options.segments, database)
        print(f"{options.segments:,} segments imported in {time.perf_counter() - started:.1f} s")
        with served(database) as (url, _), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER)
            measure(browser, url, options.repeat)
            browser.close()


class Served:
    """The interface over ``database`` on a free port, as a process that can be killed and started again."""

    def __init__(self, database: Path) -> None:
        self.database = database
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={self.port}"],
            cwd=ROOT,
            env=os.environ | {"RELECTURE_DATABASE": str(self.database)},
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
def served(database: Path) -> Iterator[tuple[str, int]]:
    """The interface over ``database``: its address and the number of its process."""
    server = Served(database)
    try:
        yield server.url, server.process.pid
    finally:
        server.kill()


def measure(browser: object, url: str, repeat: int) -> None:
    opening = []
    page = None
    for _ in range(6):
        if page is not None:
            page.context.close()  # one person's times: nobody else looks on
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()  # type: ignore[attr-defined]
        page.add_init_script(f"({OPENED})()")
        page.goto(f"{url}/review?as=Theo")
        opening.append(page.wait_for_function("window.opened").json_value())
    assert page is not None
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
