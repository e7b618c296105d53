"""Estimates are remembered exactly, and only for what they were made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa import encoder
from qa.encoder.cache import VectorCache
from qa.estimate import bundled
from qa.estimate.memory import Memory
from qa.model import Estimate, Score, WordScore

PAIRS = [("Das Haus ist alt.", "The house is old."), ("Guten Tag!", "Good day!")]


@pytest.fixture
def store(tmp_path: Path) -> VectorCache:
    return VectorCache(tmp_path / "vectors.sqlite")


def test_a_second_run_computes_nothing_and_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = encoder.load(threads=1, cache=False)
    first = bundled.load_bundled(encoder=shared, cache=tmp_path).estimate(PAIRS, "de", "en")
    second = bundled.load_bundled(encoder=shared, cache=tmp_path)
    monkeypatch.setattr(second, "_told", lambda *_: pytest.fail("computed again"))
    assert second.estimate(PAIRS[::-1], "de", "en") == first[::-1]


def test_other_languages_and_signatures_are_strangers(store: VectorCache) -> None:
    memory = Memory(store)
    made = Estimate(
        Score(61.3, "s", 52.0, 70.1), (WordScore(0, 3, 0.07),), 0.2, missing=(WordScore(4, 8, 0.4),)
    )
    memory.keep("s", ("de", "en"), PAIRS[:1], [made])
    assert memory.recall("s", ("de", "en"), PAIRS) == [made, None]
    assert memory.recall("s", ("de", "fr"), PAIRS[:1]) == [None]
    assert memory.recall("t", ("de", "en"), PAIRS[:1]) == [None]
    assert memory.recall("s", ("de", "en"), [("ab", "c")]) == [None]
    memory.keep("s", ("de", "en"), [("a", "bc")], [made])
    assert memory.recall("s", ("de", "en"), [("ab", "c")]) == [None]


def test_a_damaged_entry_is_made_again(store: VectorCache, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory(store)
    memory.keep("s", ("de", "en"), PAIRS[:1], [Estimate(Score(1.0, "s"))])
    monkeypatch.setattr(VectorCache, "get_bytes", lambda *_: [b'{"half'])
    assert memory.recall("s", ("de", "en"), PAIRS[:1]) == [None]


def test_without_a_cache_nothing_is_remembered() -> None:
    assert Memory(None).recall("s", ("de", "en"), PAIRS) == [None, None]
