"""Texts one behind the other: every one gets the states that it has alone, whatever lies beside it."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.encoder.bert import Bert, from_weights
from qa.encoder.flat import flat_layers, groups, lay
from qa.encoder.weights import WeightFile

sizes = st.lists(st.integers(1, 512), min_size=1, max_size=40)


@settings(deadline=None)
@given(sizes)
def test_rows_hold_every_text_once(lengths: list[int]) -> None:
    rows = lay(lengths)
    assert rows.size % 32 == 0
    for number, (start, length) in enumerate(zip(rows.starts, lengths, strict=True)):
        assert (rows.owner[start : start + length] == number).all()
        assert rows.places[start : start + length].tolist() == list(range(length))
        assert start + -(-length // 16) * 16 <= rows.size  # attention reads that far
    assert int((rows.owner >= 0).sum()) == sum(lengths)


@settings(deadline=None)
@given(st.lists(st.integers(1, 512), max_size=60), st.integers(1, 5), st.integers(512, 3000))
def test_groups_are_about_equally_large(lengths: list[int], threads: int, rows: int) -> None:
    found = groups(lengths, threads, rows=rows)
    assert sorted(i for group in found for i in group) == list(range(len(lengths)))
    filled = [sum(lengths[i] for i in group) for group in found]
    assert all(filled)
    assert not filled or max(filled) - min(filled) <= max(lengths)
    assert not filled or max(filled) <= rows + max(lengths)
    if sum(lengths) >= 512 * threads:
        assert len(found) % threads == 0 or len(found) == len(lengths)


@pytest.fixture(scope="module")
def weights() -> WeightFile:
    return WeightFile()


@pytest.mark.parametrize(("dtype", "apart"), [(torch.float32, 1e-4), (torch.bfloat16, 0.2)])
def test_states_are_those_of_the_padded_network(
    weights: WeightFile, dtype: torch.dtype, apart: float
) -> None:
    body: Bert = from_weights(weights, dtype)
    torch.manual_seed(1)
    lengths = [1, 16, 17, 100, 3, 64]
    texts = [torch.randint(5, 100_000, (length,)) for length in lengths]
    padded = torch.full((len(texts), max(lengths)), weights.pad)
    rows = lay(lengths)
    ids = torch.full((rows.size,), weights.pad)
    for i, (text, start) in enumerate(zip(texts, rows.starts, strict=True)):
        padded[i, : len(text)] = text
        ids[start : start + len(text)] = text
    with torch.inference_mode():
        words = torch.from_numpy(weights.embed(padded.numpy())).to(dtype)
        expected = body(words, torch.tensor(lengths))[weights.shape.layers].float()
        x = body.embeddings.at(torch.from_numpy(weights.embed(ids.numpy())).to(dtype), rows.places)
        for layer in flat_layers(body):
            x = layer(x, rows)
    for i, (start, length) in enumerate(zip(rows.starts, lengths, strict=True)):
        assert (x[start : start + length].float() - expected[i, :length]).abs().max() < apart


def test_neighbours_are_not_seen(weights: WeightFile) -> None:
    body = from_weights(weights, torch.float32)
    layer = flat_layers(body)[0]
    rows = lay([5, 20, 7])
    torch.manual_seed(2)
    x = torch.randn(rows.size, weights.shape.hidden)
    other = x.clone()
    other[:5] += 3
    other[25:] -= 3
    with torch.inference_mode():
        one, two = layer(x, rows), layer(other, rows)
    assert torch.allclose(one[5:25], two[5:25], atol=1e-5)
    assert not torch.allclose(one[:5], two[:5], atol=0.1)
