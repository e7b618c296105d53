"""Maps from raw numbers to calibrated ones, and the artefact they are stored in."""

import json

import numpy as np
import pytest

from qa.errors import ModelError
from qa.estimate.artefact import read, write
from qa.estimate.calibration import Curve, Interval


def test_an_artefact_comes_back(tmp_path) -> None:
    path = tmp_path / "a.safetensors"
    digest = write(path, {"x": np.arange(3, dtype=np.uint8)}, {"note": "é"})
    stored = read(path)
    assert stored.tensors["x"].tolist() == [0, 1, 2]
    assert (stored.meta["note"], stored.sha256) == ("é", digest)


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
