"""Packed matrices compute what plain ones do, and plain ones take over wherever they cannot."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from qa.encoder import packed
from qa.encoder.packed import Matrix, packable, quick_type


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


@pytest.mark.parametrize(
    ("tiles", "knows", "seconds", "expected"),
    [
        (True, True, {}, torch.bfloat16),
        (False, False, {}, torch.float32),
        (False, True, {torch.bfloat16: 1.0, torch.float32: 2.0}, torch.bfloat16),
        (False, True, {torch.bfloat16: 1.9, torch.float32: 2.0}, torch.float32),
        (False, True, {torch.bfloat16: 3.0, torch.float32: 2.0}, torch.float32),
    ],
)
def test_the_type_is_what_the_processor_is_quick_at(
    tiles: bool,
    knows: bool,
    seconds: dict[torch.dtype, float],
    expected: torch.dtype,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: tiles, raising=False)
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: knows, raising=False)
    monkeypatch.setattr(packed, "_time", seconds.__getitem__)
    assert quick_type.__wrapped__() == expected


def test_a_torch_that_does_not_tell_its_processor_computes_in_fp32(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(torch.cpu, "_is_amx_tile_supported", raising=False)
    monkeypatch.delattr(torch.cpu, "_is_avx512_bf16_supported", raising=False)
    assert quick_type.__wrapped__() == torch.float32
