import numpy as np
import pytest

from qa.estimate.artefact import read
from qa.estimate.bundled import ARTEFACT
from qa.estimate.vectors import VectorJudge, compared


def test_what_a_judge_compares_says_how_alike_the_sides_are() -> None:
    same, other = np.eye(2, 512, dtype=np.float32)
    [alike], [apart] = compared(same[None], same[None]), compared(same[None], other[None])
    assert alike.shape == (2048,)
    assert alike[512:1024].max() == 0  # no difference
    assert apart[:512].max() == 0  # nothing in common
    assert apart[512:1024].sum() > 0


def test_judges_are_averaged_and_their_hidden_layers_rectified() -> None:
    first = np.zeros((2, 2049, 1), np.float16)
    first[:, -1, 0] = -1, 2  # biases alone: the first judge's layer is silent behind the rectifier
    pass_on = np.zeros((2, 2, 1), np.float16)
    pass_on[:, 0, 0] = 1
    judge = VectorJudge({"vectors/0": first, "vectors/1": pass_on, "vectors/2": pass_on})
    unit = np.eye(1, 512, dtype=np.float32)
    assert judge(unit, unit) == pytest.approx([1.0])


def test_half_of_the_judge_that_ships_sees_no_side_alone() -> None:
    layers = read(ARTEFACT).tensors["vectors/0"]
    sides = np.abs(layers[:, 1024:2048]).max(axis=(1, 2))
    assert (sides[:2] == 0).all()
    assert (sides[2:] > 0).all()
