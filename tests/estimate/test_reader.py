"""The network for inference gives the numbers of the network that was trained."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.encoder.e5 import E5Encoder
from qa.encoder.weights import WeightFile
from qa.estimate.artefact import read
from qa.estimate.bundled import ARTEFACT, JointEstimator, load_bundled
from qa.estimate.joint import Network, Output, pack
from qa.estimate.marks import Marker
from qa.estimate.omissions import OmissionLayers
from qa.estimate.reader import Reader, lay_out
from qa.estimate.tuned import blank_network, grown

SPECIAL = (0, 2, 1)
MARKER = Marker(lambda piece: f"\u2581{'abcdefghij'[piece % 10] * (piece % 7)}{piece if piece % 3 else ''}")
OMISSIONS = OmissionLayers(read(ARTEFACT).tensors)
ids = st.lists(st.integers(5, 1000), min_size=1, max_size=700)
PAIRS = [
    ("The port received 1,200 ships.", "Le port a accueilli 1 200 navires."),
    ("The committee will meet on Tuesday to discuss the new budget.", "Le comité se réunira mardi."),
    ("Hello", "Bonjour"),
] * 9


@settings(deadline=None)
@given(st.lists(st.tuples(ids, ids), min_size=1, max_size=4))
def test_pairs_are_laid_out_as_they_are_packed(pairs: list[tuple[list[int], list[int]]]) -> None:
    packed, laid = pack(pairs, SPECIAL, MARKER), lay_out(pairs, SPECIAL, MARKER)
    assert laid.rows.lengths == tuple(packed.sizes.tolist())
    assert laid.cuts == tuple(packed.cuts.tolist())
    for at, (start, length) in enumerate(zip(laid.rows.starts, laid.rows.lengths, strict=True)):
        assert laid.ids[start : start + length].tolist() == packed.ids[at, :length].tolist()
        assert torch.equal(laid.marks[start : start + length], packed.marks[at, :length])


@pytest.fixture(scope="module")
def weights() -> WeightFile:
    return WeightFile()


def both(
    network: Network, weights: WeightFile, pairs: list[tuple[list[int], list[int]]]
) -> tuple[Output, Output]:
    """What each network says; pieces of the padded one in the order of the other's rows."""
    packed, laid = pack(pairs, SPECIAL, MARKER), lay_out(pairs, SPECIAL, MARKER)
    with torch.inference_mode():
        padded = network(torch.from_numpy(weights.embed(packed.ids.numpy())), *packed[1:])
        flat = Reader(network, OMISSIONS)(torch.from_numpy(weights.embed(laid.ids)), laid).output
    inside = torch.cat([padded.pieces[i, :n] for i, n in enumerate(laid.rows.lengths)])
    return Output(padded.sentence, inside), Output(flat.sentence, flat.pieces[: len(inside)])


short = st.lists(st.integers(5, 1000), min_size=1, max_size=40)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(short, short), min_size=1, max_size=5))
def test_any_pairs_get_the_same_numbers(
    weights: WeightFile, pairs: list[tuple[list[int], list[int]]]
) -> None:
    torch.manual_seed(0)
    network = blank_network(weights).eval().requires_grad_(False)
    network.segments.normal_(0, 0.1)
    network.marks.normal_(0, 0.1)
    padded, flat = both(network, weights, pairs)
    assert torch.allclose(padded.sentence, flat.sentence, atol=1e-3)
    assert torch.allclose(padded.pieces, flat.pieces, atol=1e-3)


def test_the_trained_network_in_bf16(estimator: JointEstimator, weights: WeightFile) -> None:
    network = grown(estimator._tensors, weights, torch.bfloat16)
    pieces = estimator.encoder.tokenizer.pieces
    texts = [(pieces(source).ids.tolist(), pieces(target).ids.tolist()) for source, target in PAIRS[:3]]
    padded, flat = both(network, weights, texts)
    assert (padded.sentence - flat.sentence).abs().max() < 0.1
    assert (padded.pieces - flat.pieces).abs().max() < 0.3


@pytest.fixture(scope="module")
def numbers(estimator: JointEstimator) -> list[float]:
    return [raw.quality for raw in estimator.raw(PAIRS, "en", "fr") if raw]


def test_groups_and_threads_change_nothing(
    estimator: JointEstimator, numbers: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(estimator.encoder, "threads", 3)
    monkeypatch.setattr("qa.encoder.flat._FEWEST", 40)
    before = torch.get_num_threads()
    found = [raw.quality for raw in estimator.raw(PAIRS, "en", "fr") if raw]
    assert found == pytest.approx(numbers, abs=0.03)
    assert torch.get_num_threads() == before


@pytest.mark.parametrize("how", ["fp32", "bf16", "bf16, no packed matrices"])
def test_every_processor_gets_the_same_numbers(
    numbers: list[float], how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qa.encoder.packed import packable

    encoder = E5Encoder(threads=1, dtype=how[:4])
    if "no packed" in how:
        monkeypatch.setattr("qa.encoder.packed._pack", lambda _: (_ for _ in ()).throw(RuntimeError()))
        packable.cache_clear()
        assert not packable(torch.bfloat16)
    estimator = load_bundled(encoder=encoder, cache=False)
    found = [raw.quality for raw in estimator.raw(PAIRS[:3], "en", "fr") if raw]
    packable.cache_clear()
    assert found == pytest.approx(numbers[:3], abs=0.3)
