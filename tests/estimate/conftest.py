"""One bundled estimator for the whole room: loading the encoder costs seconds."""

import pytest

from qa import encoder, estimate
from qa.estimate.bundled import JointEstimator


@pytest.fixture(scope="session")
def estimator() -> JointEstimator:
    loaded = estimate.load(encoder=encoder.load(threads=1, cache=False))
    assert isinstance(loaded, JointEstimator)
    return loaded
