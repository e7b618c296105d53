"""The joint network: packing, what it may look at, and that shrinking its weights loses little."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from qa.encoder.tokenizer import Pieces
from qa.encoder.weights import WeightFile, dequantise
from qa.errors import ModelError
from qa.estimate.bundled import word_logits
from qa.estimate.joint import MAX_PIECES, pack
from qa.estimate.marks import Marker
from qa.estimate.tuned import blank_network, grown, quantised, shrunk

SPECIAL = (0, 2, 1)
MARKER = Marker(lambda piece: f"\u2581{'abcdefghij'[piece % 10] * (piece % 7)}{piece if piece % 3 else ''}")
ids = st.lists(st.integers(5, 1000), min_size=1, max_size=700)


@given(ids, ids)
def test_a_packed_pair_fits_and_keeps_the_beginnings(source: list[int], target: list[int]) -> None:
    packed = pack([(source, target)], SPECIAL, MARKER)
    row, size, cut = packed.ids[0].tolist(), int(packed.sizes[0]), int(packed.cuts[0])
    assert len(row) == size <= MAX_PIECES
    assert row[0] == 0
    assert row[cut - 1] == row[-1] == 2
    kept_target, kept_source = row[1 : cut - 1], row[cut:-1]
    assert target[: len(kept_target)] == kept_target != []
    assert source[: len(kept_source)] == kept_source != []
    if len(source) + len(target) + 3 <= MAX_PIECES:
        assert (kept_target, kept_source) == (target, source)


def test_short_rows_of_a_batch_are_padded_behind() -> None:
    packed = pack([([7], [8, 9]), ([5, 6, 7], [8])], SPECIAL, MARKER)
    assert packed.ids.tolist() == [[0, 8, 9, 2, 7, 2, 1], [0, 8, 2, 5, 6, 7, 2]]
    assert packed.sizes.tolist() == [6, 7]
    assert packed.cuts.tolist() == [4, 3]


@pytest.fixture(scope="module")
def weights() -> WeightFile:
    return WeightFile()


def test_padding_changes_nothing(weights: WeightFile) -> None:
    torch.manual_seed(0)
    network = blank_network(weights).eval()
    short, long = ([100, 200, 300], [400, 500]), (list(range(1000, 1040)), list(range(2000, 2030)))
    with torch.inference_mode():
        alone, beside = (
            network(torch.from_numpy(weights.embed(p.ids.numpy())), p.sizes, p.cuts, p.marks)
            for p in (pack([short], SPECIAL, MARKER), pack([short, long], SPECIAL, MARKER))
        )
    assert torch.allclose(alone.sentence[0], beside.sentence[0], atol=1e-4)
    assert torch.allclose(alone.pieces[0], beside.pieces[0, : alone.pieces.shape[1]], atol=1e-4)


def test_a_side_sees_the_other(weights: WeightFile) -> None:
    torch.manual_seed(0)
    network = blank_network(weights).eval()
    packed = pack([([100, 200, 300], [400, 500]), ([100, 200, 999], [400, 500])], SPECIAL, MARKER)
    with torch.inference_mode():
        output = network(torch.from_numpy(weights.embed(packed.ids.numpy())), *packed[1:])
    translation = output.pieces[:, 1:3]
    assert not torch.allclose(translation[0], translation[1])


@given(st.integers(1, 5), st.integers(1, 3), st.floats(1e-3, 10), st.integers(0, 2**32 - 1))
def test_four_bits_keep_a_weight_to_a_fourteenth_of_its_block(
    rows: int, blocks: int, size: float, seed: int
) -> None:
    values = np.random.default_rng(seed).normal(0, size, (rows, 32 * blocks)).astype(np.float32)
    back = dequantise(quantised(values)).reshape(values.shape)
    largest = np.abs(values.reshape(rows, blocks, 32)).max(-1)
    worst = np.abs(back - values).reshape(rows, blocks, 32).max(-1)
    assert (worst <= largest / 14 * 1.01 + 1e-6).all()


def test_a_shrunk_network_comes_back(weights: WeightFile) -> None:
    torch.manual_seed(0)
    network = blank_network(weights)
    layer = network.body.encoder.layer[-1]
    with torch.no_grad():
        layer.output.dense.weight += 0.01 * torch.randn_like(layer.output.dense.weight)
    stored = shrunk(network, weights)
    assert not any(name.startswith(("body.encoder.layer.0.", "body.embeddings")) for name in stored)
    back = grown(stored, weights, torch.float32)
    moved = back.body.encoder.layer[-1].output.dense.weight - layer.output.dense.weight
    assert moved.abs().max() < 0.005
    untouched = back.body.encoder.layer[5].output.dense.weight
    assert torch.equal(untouched, network.body.encoder.layer[5].output.dense.weight)
    stored.pop("segments")
    with pytest.raises(ModelError, match="segments"):
        grown(stored, weights, torch.float32)


def test_words_take_the_worst_of_their_pieces() -> None:
    text = "Une frappe, encore"
    pieces = Pieces(
        np.array([1, 2, 3, 4, 5]),
        np.array([0, 4, 7, 10, 12], np.int32),
        np.array([3, 7, 10, 11, 18], np.int32),
    )
    logits = np.array([[-3, 0], [-1, 1], [2, -1], [-4, 0]], np.float32)  # the window ends before the last
    assert word_logits(text, pieces, logits) == (
        (0, 3, -3.0, 0.0),
        (4, 10, 2.0, -1.0),
        (10, 11, -4.0, 0.0),
        None,
    )
