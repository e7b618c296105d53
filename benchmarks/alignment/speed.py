"""Seconds of ``default`` with no cache at all, and how many of them the encoders take.

Each document is aligned in a process of its own, once after a sentence that loads the models (what a
second document costs) and once with loading (what the first one costs).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

DOCUMENTS = ("newstest2013 ru-fr", "wmt22 uk-en")
"""One pair that both encoders know, one that E5 alone does."""


def speed(size: int) -> None:
    """Print seconds per 1,000 sentences of a side (1,000 source and 1,000 target)."""
    print(
        f"{'':22}{'sentences':>12}{'threads':>9}{'loading':>9}{'default':>10}{'encoding':>10}{'the rest':>10}"
    )
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
        scale = 2000 / found["sentences"]
        seconds, encoding = found["seconds"] * scale, found["encoding"] * scale
        print(
            f"{name:22}{found['sentences']:>12}{found['threads']:>9}{found['loading']:>9.1f}"
            f"{seconds:>10.1f}{encoding:>10.1f}{seconds - encoding:>10.1f}",
            flush=True,
        )


class Timed:
    """An encoder that passes everything on and counts the seconds of it."""

    def __init__(self, encoder: Any) -> None:
        self._encoder, self.seconds = encoder, 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def pooled(self, texts: Sequence[str], **options: Any) -> Any:
        return self._count(self._encoder.pooled, texts, **options)

    def embed(self, texts: Sequence[str], **options: Any) -> Any:
        return self._count(self._encoder.embed, texts, **options)

    def _count(self, call: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        start = time.perf_counter()
        try:
            return call(*arguments, **options)
        finally:
            self.seconds += time.perf_counter() - start


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
    start = time.perf_counter()
    one = document(["One."], corpus.source_lang), document(["Two."], corpus.target_lang)
    align(*one, **options)
    loading = time.perf_counter() - start
    encoder.seconds = use.seconds = 0.0
    start = time.perf_counter()
    align(source, target, **options)
    out = {
        "sentences": len(source.sentences) + len(target.sentences),
        "threads": use.threads,
        "loading": loading,
        "seconds": time.perf_counter() - start,
        "encoding": encoder.seconds + use.seconds,
    }
    print(json.dumps(out))


if __name__ == "__main__":
    _one(sys.argv[1], int(sys.argv[2]))
