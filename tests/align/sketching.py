"""Sketches without an encoder: equal words have equal vectors, different ones unrelated vectors."""

import re
import zlib

import numpy as np

from qa.encoder.sketch import WIDTH, Sketch


def word_sketch(text: str) -> Sketch:
    """One piece a word, at most 50."""
    words = list(re.finditer(r"\S+", text))[:50]
    seeds = [zlib.crc32(word[0].lower().encode("utf-8", "surrogatepass")) for word in words]
    rows = [np.random.default_rng(seed).integers(-127, 128, WIDTH) for seed in seeds]
    starts = np.array([word.start() for word in words], np.int32)
    ends = np.array([word.end() for word in words], np.int32)
    return Sketch(starts, ends, np.array(rows, np.int8).reshape(len(words), WIDTH))
