"""The benchmarks that a coffee break allows, one after the other (``make bench``).

Each is a script of its own with more options; docs/benchmarks.md says what its figures mean. Those that
need labelled data read it from RELECTURE_DATA (default ../shared/data) and are passed over without it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
DATA = Path(os.environ.get("RELECTURE_DATA", "../shared/data"))

WITHOUT_DATA = (("command.py",), ("segment.py",), ("corpora.py",))
WITH_DATA = (
    ("align.py", "--gold-only"),
    ("encoder.py",),
    ("qe/evaluate.py", "--limit", "50", "--twins", "5"),
)


def main() -> int:
    chosen = list(WITHOUT_DATA)
    if DATA.is_dir():
        chosen += WITH_DATA
    else:
        print(f"No labelled data at {DATA}: set RELECTURE_DATA to run {', '.join(x[0] for x in WITH_DATA)}")
    failed = []
    for script, *options in chosen:
        print(f"\n=== {' '.join(('python', f'benchmarks/{script}', *options))}", flush=True)
        start = time.perf_counter()
        if subprocess.run([sys.executable, str(HERE / script), *options], check=False).returncode:
            failed.append(script)
        print(f"--- {time.perf_counter() - start:.0f} s", flush=True)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
