"""How long the command line takes, beside the interpreter's own start.

    python benchmarks/command.py

Checks the founding article where RELECTURE_DATA (default ../shared/data) has it, else the sample news.
"First" starts with an empty cache folder, "warm" is the best of three runs after it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from qa.cli.samples import samples

DATA = Path(os.environ.get("RELECTURE_DATA", "../shared/data"))
QA = [sys.executable, "-c", "from qa.cli import main; main()"]


def seconds(command: list[str], cache: str) -> float:
    start = time.perf_counter()
    subprocess.run(command, env={**os.environ, "RELECTURE_CACHE": cache}, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    article = [DATA / "article" / f"article.{lang}.txt" for lang in ("ru", "fr")]
    if all(path.is_file() for path in article):
        name, pair = "founding article", article
    else:
        sample = next(samples())
        name, pair = f"sample {sample.name} (no article under {DATA})", [sample.source, sample.target]
    check = [*QA, "check", *map(str, pair), "--from", "ru", "--to", "fr", "--format", "jsonl"]
    python = sys.executable
    with tempfile.TemporaryDirectory() as cache:
        for what, command, runs in (
            ("interpreter alone", [python, "-c", ""], 5),
            ("qa --help", [*QA, "--help"], 5),
            ("importing torch", [python, "-c", "import torch"], 3),
            (f"qa check, {name}, first", check, 1),
            (f"qa check, {name}, warm", check, 3),
        ):
            print(f"{what:<44}{min(seconds(command, cache) for _ in range(runs)):.2f} s", flush=True)


if __name__ == "__main__":
    main()
