"""Sketches keep apart what the network keeps apart, in a fraction of the room."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from qa.encoder import TokenVectors, load
from qa.encoder.sketch import WIDTH, Sketch, sketch


def test_cosines_survive_the_projection() -> None:
    rng = np.random.default_rng(1)
    base = rng.normal(size=(1, 384))
    mix = np.linspace(0, 1, 30)[:, None]
    rows = (mix * base + (1 - mix) * rng.normal(size=(30, 384))).astype(np.float32)
    places = np.arange(30, dtype=np.int32)
    small = sketch(TokenVectors(places, places + 1, rows[None])).vectors.astype(np.float32)

    def cosines(x: np.ndarray) -> np.ndarray:
        unit = x / np.linalg.norm(x, axis=1, keepdims=True)
        return unit @ unit[-1]

    assert np.abs(cosines(small) - cosines(rows)).mean() < 0.1


def test_bytes_round_trip_and_others_are_refused() -> None:
    rng = np.random.default_rng(2)
    one = Sketch(
        np.array([0, 4], np.int32), np.array([3, 9], np.int32), rng.integers(-127, 128, (2, WIDTH), np.int8)
    )
    back = Sketch.from_bytes(one.to_bytes())
    assert back is not None
    assert back.starts.tolist() == [0, 4]
    assert back.ends.tolist() == [3, 9]
    assert (back.vectors == one.vectors).all()
    assert Sketch.from_bytes(one.to_bytes()[:-1]) is None
    empty = Sketch.from_bytes(b"")
    assert empty is not None
    assert empty.vectors.shape == (0, WIDTH)


def test_reading_agrees_with_pooling_and_is_remembered(tmp_path: Path) -> None:
    texts = ["Der Zug fährt nach Köln.", "", "Le train part.", "Der Zug fährt nach Köln."]
    encoder = load(cache=tmp_path)
    vectors, sketches = encoder.read(texts)
    np.testing.assert_allclose(vectors, load(cache=None).pooled(texts), atol=2e-2)
    assert len(sketches) == 4
    assert [texts[0][a:b] for a, b in zip(sketches[0].starts, sketches[0].ends, strict=True)][:2] == [
        "Der",
        "Zug",
    ]
    again = load(cache=tmp_path)
    same, kept = again.read(texts)
    assert "model" not in vars(again)  # nothing was computed
    assert (same == vectors).all()
    assert all((a.vectors == b.vectors).all() for a, b in zip(sketches, kept, strict=True))
