"""Seconds of ``default`` with no cache at all, and how many of them the encoders take.

Each document is aligned in a process of its own, after a pair of one-word sentences that loads the models:
what loading costs is a column of its own. Beside the seconds of the clock stand those of the processor, all
threads together: on a busy machine the former say little.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

DOCUMENTS = ("newstest2013 ru-fr", "wmt22 uk-en")
"""One pair that both encoders know, one that E5 alone does."""
_HEADS = ("sentences", "threads", "loading", "default", "cpu", "encoding", "cpu", "the rest", "cpu")


def speed(size: int) -> None:
    """Print seconds per 1,000 sentences of a side (1,000 source and 1,000 target); those of loading are of
    one process."""
    print(" " * 20 + "".join(f"{head:>10}" for head in _HEADS))
    here = Path(__file__).resolve().parents[1]
    paths = [str(here), *filter(None, [os.environ.get("PYTHONPATH")])]
    for name in DOCUMENTS:
        done = subprocess.run(
            [sys.executable, "-m", "alignment.speed", name, str(size)],
            env={**os.environ, "RELECTURE_CACHE": "off", "PYTHONPATH": os.pathsep.join(paths)},
            stdout=subprocess.PIPE,
            check=True,
        )
        found = json.loads(done.stdout)
        whole, encoding = (np.array(found[key]) * 2000 / found["sentences"] for key in ("whole", "encoding"))
        figures = (found["loading"], *whole, *encoding, *(whole - encoding))
        print(
            f"{name:20}{found['sentences']:>10}{found['threads']:>10}"
            + "".join(f"{figure:>10.1f}" for figure in figures),
            flush=True,
        )


def _times() -> np.ndarray:
    """Seconds of the clock and of the processor."""
    return np.array([time.perf_counter(), time.process_time()])


class Timed:
    """An encoder that passes every call on and counts the seconds of it."""

    def __init__(self, encoder: Any) -> None:
        self._encoder, self.seconds = encoder, np.zeros(2)

    def __getattr__(self, name: str) -> Any:
        known = getattr(self._encoder, name)
        if not callable(known):
            return known

        def call(*arguments: Any, **options: Any) -> Any:
            start = _times()
            out = known(*arguments, **options)
            self.seconds += _times() - start
            return out

        return call


def _one(name: str, size: int) -> None:
    from alignment.cases import CORPORA, document
    from qa.align import align
    from qa.encoder import load
    from qa.encoder.use import load_use

    corpus = next(corpus for corpus in CORPORA if corpus.name == name)
    pairs = corpus.pairs()[:size]
    source = document([pair[0] for pair in pairs], corpus.source_lang)
    target = document([pair[1] for pair in pairs], corpus.target_lang)
    encoder, use = Timed(load()), Timed(load_use())
    options: dict[str, Any] = {"encoder": encoder, "use": use}
    start = _times()
    align(document(["One."], corpus.source_lang), document(["Two."], corpus.target_lang), **options)
    loading = _times() - start
    encoder.seconds, use.seconds = np.zeros(2), np.zeros(2)
    start = _times()
    align(source, target, **options)
    out = {
        "sentences": len(source.sentences) + len(target.sentences),
        "threads": use.threads,
        "loading": loading[0],
        "whole": (_times() - start).tolist(),
        "encoding": (encoder.seconds + use.seconds).tolist(),
    }
    print(json.dumps(out))


if __name__ == "__main__":
    _one(sys.argv[1], int(sys.argv[2]))
