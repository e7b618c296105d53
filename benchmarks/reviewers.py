"""Scripted reviewers on one server and one SQLite project: is any edit lost, doubled, or refused unseen?

    python benchmarks/reviewers.py [--people 20] [--edits 30] [--shared 30] [--pause 3]

Each of them has a page of their own over a websocket, sees what the others save and saves as a browser does:
drafts on the same ``--shared`` segments at random moments, ``--pause`` seconds apart on average. Afterwards
the audit trail has to hold every acknowledged edit exactly once and no edit that was refused. Times are from
the message that saves to the answer that names it, on the cores that also run the scripts.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from wire import Json, Wire, sitting
from workbench import made, served, told

from qa.review.service import ReviewService

RESEND = 3.0
"""Seconds without an answer before a page sends an action again (``RESEND`` of workbench.js)."""
SETTLE = 0.07
"""Seconds after which it asks for what surrounds a segment (``SETTLE`` of workbench.js)."""


@dataclass
class Reviewer:
    """One person: what was acknowledged, what was refused, and how long it took."""

    name: str
    versions: dict[int, int] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    around: int = 0
    """Saves that the page had to be asked for, since no direct answer came."""

    async def work(self, url: str, edits: int, shared: int, pause: float) -> None:
        chance = random.Random(self.name)  # noqa: S311 - moments and segments, no secret
        async with sitting(url, "review", **{"as": self.name}) as wire:
            self.see(wire.drawn["workbench"])
            segments = list(self.versions)[:shared]
            for number in range(edits):
                await self.wait(wire, chance.uniform(0.1, 2 * pause))
                await self.save(wire, chance.choice(segments), f"{self.name} writes {number}.", number)

    def see(self, data: Json) -> None:
        """Know the rows as the page was given them."""
        for row in data.get("rows", ()):
            self.versions[row["id"]] = max(row["version"], self.versions.get(row["id"], 0))

    async def wait(self, wire: Wire, seconds: float) -> None:
        """Think, and see meanwhile what others do."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            try:
                self.see((await asyncio.wait_for(wire.next(), left))[1])
            except TimeoutError:
                return

    async def save(self, wire: Wire, segment: int, text: str, number: int) -> None:
        action = {
            "id": f"{self.name}-{number}",
            "sequence": number,
            "segment": segment,
            "operation": "save-draft",
            "text": text,
            "changed": True,
            "version": self.versions[segment],
        }
        started = time.perf_counter()
        results = await wire.act(self.name, [action])
        if results is not None:
            self.waits.append(1000 * (time.perf_counter() - started))
            self.note(text, results[0])
            await asyncio.sleep(SETTLE)  # then a page asks for what surrounds the segment
            around = {"actions": [], "focus": segment, "editing": segment}
            await wire.send({"client": self.name, **around})
            return
        self.around += 1
        message = {"client": self.name, "actions": [action], "focus": segment}
        await wire.send(message)
        while True:
            try:
                _, data = await asyncio.wait_for(wire.next(), RESEND)
            except TimeoutError:
                await wire.send(message)
                continue
            self.see(data)
            for result in data.get("results", ()):
                if result["id"] == action["id"]:
                    self.waits.append(1000 * (time.perf_counter() - started))
                    self.note(text, result)
                    return

    def note(self, text: str, result: Json) -> None:
        self.versions[result["segment"]] = result["row"]["version"]
        if result["ok"]:
            self.acknowledged[text] = result["row"]["version"]
        else:
            assert result["conflict"], result["message"]
            self.refused[text] = result["row"]["text"]


def judged(database: Path, people: list[Reviewer]) -> None:
    """Hold the audit trail against what the pages were told."""
    service = ReviewService.open(database)
    edits = [e for e in service.events(project_id=1, limit=None) if e.action == "save-draft"]
    service.close()
    trail = Counter((str(e.data["text"]), int(str(e.data["version"]))) for e in edits)
    acknowledged = Counter(item for person in people for item in person.acknowledged.items())
    refused = [item for person in people for item in person.refused.items()]
    written = {text for text, _ in trail}
    lost, doubled = acknowledged - trail, {text: n for text, n in trail.items() if n > 1}
    unseen = [text for text, theirs in refused if text in written or theirs == text or not theirs]
    print(
        f"{len(people)} people, {len(acknowledged) + len(refused)} edits: {len(acknowledged)} acknowledged, "
        f"{len(refused)} refused with the other's text, {sum(p.around for p in people)} not answered directly"
    )
    print(
        f"in the trail {len(trail)}; lost {len(lost)}; doubled {len(doubled)}; refused wrongly {len(unseen)}"
    )
    assert trail == acknowledged, "the audit trail is not what was acknowledged"
    assert not unseen, "an edit was refused without showing what stands, or was refused and written"


async def all_at_work(url: str, people: list[Reviewer], options: argparse.Namespace) -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(len(people)))
    await asyncio.gather(
        *(person.work(url, options.edits, options.shared, options.pause) for person in people)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--edits", type=int, default=30)
    parser.add_argument("--shared", type=int, default=30)
    parser.add_argument("--pause", type=float, default=3.0)
    options = parser.parse_args()
    people = [Reviewer(f"Person {number}") for number in range(1, options.people + 1)]
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "benchmark.db"
        made(1000, database)
        with served(database) as (url, _):
            started = time.perf_counter()
            asyncio.run(all_at_work(url, people, options))
            seconds = time.perf_counter() - started
        judged(database, people)
    waits = [wait for person in people for wait in person.waits]
    told("save to acknowledgement", waits)
    print(f"{len(waits) / seconds:.1f} saves a second; load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
