"""Windows and buckets."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qa.encoder.batching import buckets, windows


@given(st.integers(0, 5000), st.integers(1, 600), st.integers(1, 9))
def test_windows_cover_evenly(length: int, size: int, most: int) -> None:
    found = windows(length, size, most)
    assert found[0][0] == 0
    assert found[-1][1] == min(length, size * most)
    assert all(a[1] == b[0] for a, b in pairwise(found))
    sizes = [high - low for low, high in found]
    assert max(sizes) <= size
    assert max(sizes) - min(sizes) <= 1
    assert len(found) <= most


@given(st.lists(st.integers(1, 300), max_size=80), st.integers(1, 1000))
def test_buckets_hold_every_item_once_within_budget(lengths: list[int], budget: int) -> None:
    groups = list(buckets(lengths, budget))
    assert sorted(i for group in groups for i in group) == list(range(len(lengths)))
    for group in groups:
        assert len(group) == 1 or len(group) * max(lengths[i] for i in group) <= budget
