"""What the encoder says of names: likeness to the other text, and what the names check makes of it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
import pytest

from qa.checks.base import Context
from qa.checks.name_match import LAYERS, Matches
from qa.checks.names import NamesCheck
from qa.encoder import TokenVectors
from qa.model import Segment

SOURCE, TARGET = "The talks took place in Geneva.", "Les pourparlers ont eu lieu à Madrid."


class Stub:
    """Every word is a piece with a vector of its own; ``alike`` words share one."""

    hidden = 384

    def __init__(self, signature: str = "e5-small-q4:stub", **alike: str) -> None:
        self.signature = signature
        self.alike = alike
        self.read_texts = 0

    def tokens(
        self, texts: Sequence[str], *, layers: Sequence[int] = (12,), prefix: bool = False
    ) -> list[TokenVectors]:
        self.read_texts += len(texts)
        return [self._read(text, len(layers)) for text in texts]

    def _read(self, text: str, layers: int) -> TokenVectors:
        words = list(re.finditer(r"\w+", text))
        vectors = [
            10
            * np.random.default_rng(zlib.crc32(self.alike.get(m.group(), m.group()).encode())).normal(
                size=384
            )
            for m in words
        ]
        return TokenVectors(
            np.array([m.start() for m in words], np.int32),
            np.array([m.end() for m in words], np.int32),
            np.array([vectors] * layers, np.float32).reshape(layers, len(words), 384),
        )


def flagged(encoder: object) -> list[str]:
    context = Context("en", "fr", [Segment(1, SOURCE, TARGET)], encoder=encoder)  # type: ignore[arg-type]
    return [flag.text for _, flag in NamesCheck().check_document(context)]


def test_a_name_with_its_like_is_like_it() -> None:
    start = TARGET.index("Madrid")
    place = (SOURCE, TARGET, "target", start, start + len("Madrid"))
    found = Matches(Stub(Geneva="Madrid"))(*place)  # type: ignore[arg-type]
    other = Matches(Stub())(*place)  # type: ignore[arg-type]
    assert found is not None
    assert other is not None
    assert found["mean"] > 0.99 > 0.5 > other["mean"]
    assert found["lowest"] <= found["mean"] <= found["highest"]


def test_a_place_without_pieces_is_unknown() -> None:
    assert Matches(Stub())(SOURCE, TARGET, "source", 30, 31) is None  # type: ignore[arg-type]
    assert Matches(Stub())("...", TARGET, "target", 0, 3) is None  # type: ignore[arg-type]


def test_two_names_of_one_pair_are_encoded_once() -> None:
    stub = Stub()
    matches = Matches(stub)  # type: ignore[arg-type]
    for start in (4, 10):
        matches(SOURCE, TARGET, "source", start, start + 3)
    assert stub.read_texts == 2


@pytest.mark.parametrize("encoder", [None, Stub("another-encoder")])
def test_only_the_bundled_encoder_is_asked(encoder: Stub | None) -> None:
    assert Matches.by(encoder) is None  # type: ignore[arg-type]


def test_the_encoder_excuses_a_name_that_it_finds() -> None:
    assert flagged(None) == ["Madrid"]
    assert flagged(Stub()) == ["Madrid"]
    assert flagged(Stub(Geneva="Madrid")) == []


def test_means_have_a_row_a_layer() -> None:
    from qa.checks.name_match import _means

    assert _means().shape == (len(LAYERS), 384)
