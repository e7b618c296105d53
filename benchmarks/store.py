"""Measure the store: paging through a large project, and durable writes beside plain sqlite3.

    python benchmarks/store.py [--segments 100000] [--edits 300] [--database FILE]

Pages and writes go through the review service as the interface calls it. The anchor for writing is a bare
sqlite3 connection with the same durability (WAL, synchronous=FULL) that updates one row and adds one audit
row in a transaction: what no layer above SQLite can beat. Times are milliseconds.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from qa.model import (
    CheckedDocument,
    CheckedSegment,
    Document,
    Edit,
    Estimate,
    Flag,
    Score,
    Segment,
    SegmentState,
    Severity,
    WordScore,
)
from qa.review.service import ReviewService
from qa.review.views import Actor, Role, SegmentFilter

LEAD, TRANSLATOR = Actor("Lea", Role.LEAD), Actor("Tom", Role.TRANSLATOR)
CHECKS = ("numbers", "quotes", "wrong-sense", "omission", "term-drift", "untranslated")
CYRILLIC, LATIN = "авдекилмнорсту", "abdeéghilmnoprstuê"


def document(size: int, rng: random.Random) -> CheckedDocument:
    """``size`` segments of some twenty words, a third of them with a flag or more."""
    russian, french = (
        ["".join(rng.choices(letters, k=rng.randint(2, 10))) for _ in range(5000)]
        for letters in (CYRILLIC, LATIN)
    )
    # Few words are frequent, many are rare, as in a language.
    weights = [1 / rank for rank in range(10, 5010)]
    segments = []
    for number in range(1, size + 1):
        source, target = (" ".join(rng.choices(words, weights, k=20)) + "." for words in (russian, french))
        flags = tuple(
            Flag(rng.choice(CHECKS), "accuracy/mistranslation", rng.choice(list(Severity)), "target",
                 0, 5, target[:5], "a message", rng.random(), (Edit(0, 5, "Cinq "),))
            for _ in range(rng.choice((0, 0, 0, 0, 1, 2)))
        )  # fmt: skip
        suspicion = tuple(WordScore(at, at + 3, rng.random()) for at in range(0, 60, 4))
        estimate = Estimate(Score(rng.uniform(20, 100), "benchmark", 10, 100), suspicion)
        segments.append(CheckedSegment(Segment(number, source, target), estimate, flags))
    return CheckedDocument(Document("", "ru"), Document("", "fr"), tuple(segments))


def milliseconds(work: Callable[[], object], repeat: int) -> str:
    """Median and worst wall time of ``work``, and its median processor time: steadier on a busy machine."""
    times, processor = [], []
    for _ in range(repeat):
        start, cpu = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - start) * 1000)
        processor.append((time.process_time() - cpu) * 1000)
    return f"{statistics.median(times):8.1f} {max(times):8.1f} {statistics.median(processor):8.1f}"


def reading(service: ReviewService, project: int, size: int) -> None:
    def page(offset: int = 0, **fields: object) -> Callable[[], object]:
        wanted = SegmentFilter(project, **fields)  # type: ignore[arg-type]
        return lambda: service.segments(wanted, offset=offset, limit=20)

    middle = service.segment(size // 2)
    word, rendering = (max(text.split(), key=len) for text in (middle.source, middle.text))
    cases: dict[str, Callable[[], object]] = {
        "first page": page(),
        "last page": page(offset=size - 20),
        "by harm": page(order="harm"),
        "by harm, middle": page(offset=size // 2, order="harm"),
        "by score": page(order="score"),
        "open flags": page(open_flags_only=True),
        "open flags, major or worse, by harm": page(
            open_flags_only=True, min_severity=Severity.MAJOR, order="harm"
        ),
        "one check": page(checks=frozenset({"wrong-sense"})),
        "one check, critical, open, by harm": page(
            checks=frozenset({"wrong-sense"}),
            min_severity=Severity.CRITICAL,
            open_flags_only=True,
            order="harm",
        ),
        "state": page(states=frozenset({SegmentState.REVISED})),
        "quality at most 40, by score": page(max_quality=40.0, order="score"),
        "search, a word": page(search=word),
        "search, three letters": page(search=word[:3]),
        "search, two letters": page(search=word[:2]),
        "search, nothing found": page(search="no such text"),
        "search, a word of the source": page(search=word, side="source"),
        "search, a word of the translation": page(search=rendering, side="target"),
        "search, two letters of the source": page(search=word[:2], side="source"),
        "expression, one side": page(search=rf"\b{word}\b", side="source", regex=True),
        "expression, both": page(search=r"\b\w{3}é\w* [ab]\w+ê", regex=True),
        "one segment": lambda: service.segment(size // 2),
        "project and its counts": lambda: service.project(project),
    }
    print(
        f"\n{'page of 20 out of ' + format(size, ','):40} {'found':>8} {'median':>8} {'worst':>8} {'cpu':>8}"
    )
    for name, work in cases.items():
        total = getattr(work(), "total", 1)
        print(f"{name:40} {total:8,} {milliseconds(work, 15)}")


def writing(service: ReviewService, project: int, edits: int, rng: random.Random) -> None:
    rows = service.segments(SegmentFilter(project), limit=edits).rows
    versions = {row.id: row.version for row in rows}

    def save(id: int) -> None:
        versions[id] = service.save_draft(TRANSLATOR, id, f"text {rng.random()}", versions[id]).version

    ids = iter(list(versions) * 2)
    print(f"\n{'one save, durable when it returns':49} {milliseconds(lambda: save(next(ids)), edits)}")
    threads = [
        threading.Thread(target=lambda part=part: [save(id) for id in part])  # type: ignore[misc]
        for part in (list(versions)[start::8] for start in range(8))
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{'8 threads, saves a second':49} {len(versions) / (time.perf_counter() - start):8.0f}")


def anchor(folder: Path, edits: int) -> None:
    connection = sqlite3.connect(folder / "plain.db", isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE segment (id INTEGER PRIMARY KEY, version INT, text TEXT);"
        "CREATE TABLE event (id INTEGER PRIMARY KEY, segment INT, data TEXT);"
    )
    connection.executemany("INSERT INTO segment VALUES (?, 1, 'text')", [(n,) for n in range(edits)])
    ids = iter(range(edits))

    def save() -> None:
        id = next(ids)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "UPDATE segment SET text = 'new', version = version + 1 WHERE id = ? AND version = 1", (id,)
        )
        connection.execute("INSERT INTO event (segment, data) VALUES (?, '{}')", (id,))
        connection.execute("COMMIT")

    print(f"{'plain sqlite3, update and audit row':49} {milliseconds(save, edits)}")
    connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--segments", type=int, default=100_000)
    parser.add_argument("--edits", type=int, default=300)
    parser.add_argument("--database", help="a new file or an empty PostgreSQL database")
    options = parser.parse_args()
    rng = random.Random(7)  # noqa: S311
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        service = ReviewService.open(options.database or folder / "benchmark.db")
        project = service.create_project(LEAD, "Benchmark", "ru", "fr").id
        checked = document(options.segments, rng)
        start = time.perf_counter()
        service.import_document(LEAD, project, checked, name="large")
        seconds = time.perf_counter() - start
        print(
            f"import of {options.segments:,} segments: {seconds:.1f} s, "
            f"{options.segments / seconds:,.0f} a second"
        )
        reading(service, project, options.segments)
        writing(service, project, options.edits, rng)
        anchor(folder, options.edits)
        start = time.perf_counter()
        count = sum(1 for _ in service.all_segments(project))
        seconds = time.perf_counter() - start
        print(f"streaming all segments: {seconds:.1f} s, {count / seconds:,.0f} a second")
        service.close()


if __name__ == "__main__":
    main()
