"""One encoder for all tests of the room: its weights take a moment to load."""

import pytest

from qa.encoder.e5 import E5Encoder


@pytest.fixture(scope="session")
def e5() -> E5Encoder:
    return E5Encoder(threads=1)
