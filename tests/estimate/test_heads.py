"""The arithmetic behind the numbers: trees, heads, curves, intervals, artefacts."""

import json

import numpy as np
import pytest

from qa.errors import ModelError
from qa.estimate.artefact import read, write
from qa.estimate.calibration import Curve, Interval
from qa.estimate.heads import Head
from qa.estimate.trees import Trees

TREES = Trees(
    feature=np.array([[0, 1, 0]], dtype=np.int16),
    threshold=np.array([[0.0, 5.0, np.inf]], dtype=np.float32),
    leaf=np.array([[1.0, 2.0, 3.0, 4.0]], dtype=np.float32),
    base=10.0,
)


def test_trees_step_left_at_most_the_threshold() -> None:
    rows = np.array([[0.0, 5.0], [0.0, 5.1], [0.1, 0.0], [9.0, 9.0]], dtype=np.float32)
    assert TREES(rows).tolist() == [11.0, 12.0, 13.0, 13.0]
    assert TREES(rows[:0]).shape == (0,)


def test_trees_agree_with_a_plain_walk() -> None:
    rng = np.random.default_rng(1)
    depth, trees = 4, 7
    many = Trees(
        rng.integers(0, 5, (trees, 2**depth - 1)).astype(np.int16),
        rng.normal(size=(trees, 2**depth - 1)).astype(np.float32),
        rng.normal(size=(trees, 2**depth)).astype(np.float32),
        0.5,
    )
    rows = rng.normal(size=(5000, 5)).astype(np.float32)

    def walk(row: np.ndarray) -> float:
        total = many.base
        for tree in range(trees):
            at = 0
            for _ in range(depth):
                at = 2 * at + 1 + int(row[many.feature[tree, at]] > many.threshold[tree, at])
            total += many.leaf[tree, at - (2**depth - 1)]
        return total

    assert many(rows)[[0, 17, 4999]] == pytest.approx([walk(rows[i]) for i in (0, 17, 4999)], abs=1e-5)


def head() -> Head:
    return Head(
        mean=np.array([1.0], dtype=np.float32),
        scale=np.array([2.0], dtype=np.float32),
        weights=np.array([3.0, 0.5], dtype=np.float32),
        bias=1.0,
        trees=Trees(
            np.array([[1]], dtype=np.int16),
            np.array([[4.0]], dtype=np.float32),
            np.array([[0.0, 8.0]], dtype=np.float32),
            0.0,
        ),
        blend=0.25,
    )


def test_a_head_blends_its_line_with_trees_that_see_the_line() -> None:
    scalars = np.array([[3.0], [1.0], [1e9]], dtype=np.float32)
    vectors = np.array([[2.0], [0.0], [0.0]], dtype=np.float32)
    assert head().linear(scalars, vectors).tolist() == [5.0, 1.0, 13.0]  # the outlier is clipped at 4
    assert head()(scalars, vectors).tolist() == [0.75 * 5 + 0.25 * 8, 0.75, 0.75 * 13 + 0.25 * 8]


def test_a_head_survives_storing(tmp_path) -> None:
    path = tmp_path / "head.safetensors"
    write(path, head().tensors("quality"), {"note": "é"})
    stored = read(path)
    again = Head.of(stored.tensors, "quality")
    scalars, vectors = np.array([[3.0]], dtype=np.float32), np.array([[2.0]], dtype=np.float32)
    assert again(scalars, vectors).tolist() == head()(scalars, vectors).tolist()
    assert stored.meta["note"] == "é"
    with pytest.raises(KeyError):
        Head.of(stored.tensors, "other")


def test_artefacts_that_cannot_be_trusted(tmp_path) -> None:
    path = tmp_path / "a.safetensors"
    with pytest.raises(ModelError, match="cannot read"):
        read(path)
    write(path, {"x": np.zeros(3)}, {})
    meta = json.loads(path.with_suffix(".json").read_text())
    path.with_suffix(".json").write_text(json.dumps({**meta, "format": 99}))
    with pytest.raises(ModelError, match="format"):
        read(path)
    path.with_suffix(".json").write_text("no json")
    with pytest.raises(ModelError, match="cannot read"):
        read(path)


def test_curve_and_interval() -> None:
    curve = Curve(np.array([0.0, 1.0]), np.array([10.0, 20.0]))
    assert curve(np.array([-1.0, 0.5, 9.0])).tolist() == [10.0, 15.0, 20.0]
    interval = Interval(np.array([20.0, 80.0]), np.array([10.0, 70.0]), np.array([15.0, 95.0]))
    low, high = interval(np.array([20.0, 50.0, 80.0]))
    assert low.tolist() == [10.0, 40.0, 70.0]
    assert high.tolist() == [20.0, 55.0, 95.0]  # never below the quality itself
