"""Packed matrices compute what plain ones do, and plain ones take over wherever they cannot."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from qa.encoder import packed
from qa.encoder.packed import Matrix, packable


@pytest.fixture
def layers() -> tuple[nn.Linear, nn.Linear]:
    torch.manual_seed(0)
    return nn.Linear(96, 64), nn.Linear(96, 32)


@pytest.fixture
def asked_anew():
    packable.cache_clear()
    yield
    packable.cache_clear()


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("gelu", [False, True])
@pytest.mark.parametrize("rows", [1, 33, 96])
def test_a_matrix_is_its_layers_side_by_side(
    layers: tuple[nn.Linear, nn.Linear], dtype: torch.dtype, gelu: bool, rows: int
) -> None:
    x = torch.randn(rows, 96).to(dtype)
    plain = torch.cat([layer.to(dtype).float()(x.float()) for layer in layers], 1)
    plain = functional.gelu(plain) if gelu else plain
    with torch.inference_mode():
        found = Matrix.of(*(layer.to(dtype) for layer in layers), gelu=gelu)(x)
    assert found.dtype == dtype
    assert torch.allclose(found.float(), plain, atol=1e-5 if dtype == torch.float32 else 0.02)


@pytest.mark.parametrize("error", [AttributeError, RuntimeError, NotImplementedError])
def test_without_the_operators_torch_multiplies_plainly(
    error: type[Exception],
    layers: tuple[nn.Linear, nn.Linear],
    monkeypatch: pytest.MonkeyPatch,
    asked_anew: None,
) -> None:
    def missing(*_: object) -> None:
        raise error("no such operator")

    x = torch.randn(5, 96).bfloat16()
    layer = layers[0].bfloat16()
    monkeypatch.setattr(packed, "_pack", missing)
    assert not packable(torch.bfloat16)
    assert torch.equal(Matrix.of(layer, gelu=True)(x), functional.gelu(layer(x)))


def test_operators_that_compute_something_else_are_not_used(
    monkeypatch: pytest.MonkeyPatch, asked_anew: None
) -> None:
    # A release that no longer knows the name of an activation might leave it out.
    monkeypatch.setattr(packed, "_pack", lambda weight: weight)
    monkeypatch.setattr(packed, "_packed_linear", lambda x, w, b, _: functional.linear(x, w, b))
    assert not packable(torch.bfloat16)


def test_fp32_is_not_packed() -> None:
    assert not packable(torch.float32)
