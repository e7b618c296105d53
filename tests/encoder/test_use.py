"""USE-multilingual behind the same cache."""

from pathlib import Path

import numpy as np
import pytest

from qa.encoder.use import UseEncoder, load_use


@pytest.fixture(scope="module")
def use() -> UseEncoder:
    return load_use(threads=1, cache=False)


def test_translations_are_close_and_strangers_are_not(use: UseEncoder) -> None:
    a, b, c = use.embed(
        ["Il a plu hier toute la journée.", "Вчера весь день шёл дождь.", "The cat sleeps on the sofa."]
    )
    assert a @ b > a @ c + 0.2


def test_odd_texts(use: UseEncoder) -> None:
    vectors = use.embed(["", "\0", "\ud800", "x" * 100_000, "e\u0301", "▁", "\u202e"])
    assert vectors.shape == (7, 512)
    assert np.isfinite(vectors).all()


def test_languages() -> None:
    assert {"ru", "fr", "en", "zh", "ar"} <= UseEncoder.languages
    assert not {"uk", "hu"} & UseEncoder.languages


def test_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_use(threads=1, cache=tmp_path).embed(["grève", "удар"])
    again = load_use(cache=tmp_path)
    monkeypatch.setattr(UseEncoder, "_encode", lambda *_: pytest.fail("encoded again"))
    assert np.array_equal(again.embed(["удар", "grève"])[::-1], first)
