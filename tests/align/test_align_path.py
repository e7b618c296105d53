"""The search: against brute force on small matrices, and its bands."""

from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.align.band import band, chain
from qa.align.constants import SHAPES
from qa.align.path import Band, Bead, best_path, rivals
from qa.align.vectors import MOST, Averaged, Side


class Table:
    """Random rewards, the same whatever block they are asked for."""

    def __init__(self, n: int, m: int, seed: int) -> None:
        self.all = np.full((n + 1, MOST, MOST + 1, m + 1), -np.inf, np.float32)
        random = np.random.default_rng(seed)
        for a, b in SHAPES:
            if a <= n and b <= m:
                self.all[a:, a - 1, b, b:] = random.normal(0, 1, (n + 1 - a, m + 1 - b))

    def block(self, i0: int, i1: int, j0: int, j1: int) -> np.ndarray:
        return self.all[i0:i1, :, :, j0:j1].copy()


def _best(table: Table, alone_s: np.ndarray, alone_t: np.ndarray, inside: Band) -> float:
    """The plain recurrence, cell by cell."""
    n, m = len(alone_s), len(alone_t)
    value = {(0, 0): 0.0}
    for i, j in product(range(n + 1), range(m + 1)):
        if (i, j) == (0, 0) or not inside.low[i] <= j < inside.high[i]:
            continue
        ways = [
            value[i - a, j - b] + float(table.all[i, a - 1, b, j])
            for a, b in SHAPES
            if (i - a, j - b) in value
        ]
        if (i - 1, j) in value:
            ways.append(value[i - 1, j] + alone_s[i - 1])
        if (i, j - 1) in value:
            ways.append(value[i, j - 1] + alone_t[j - 1])
        if ways:
            value[i, j] = max(ways)
    return value[n, m]


def _total(path: list[Bead], table: Table, alone_s: np.ndarray, alone_t: np.ndarray) -> float:
    total = 0.0
    for x in path:
        if x.b == 0:
            total += alone_s[x.i - 1]
        elif x.a == 0:
            total += alone_t[x.j - 1]
        else:
            total += float(table.all[x.i, x.a - 1, x.b, x.j])
    return total


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 10_000), st.booleans())
def test_finds_the_best_path(n: int, m: int, seed: int, narrow: bool) -> None:
    table = Table(n, m, seed)
    random = np.random.default_rng(seed + 1)
    alone_s, alone_t = -random.random(n), -random.random(m)
    inside = Band.full(n, m)
    if narrow and n:
        middle = np.arange(n + 1) * m // n
        half = 2 + m // n  # neighbouring rows must overlap, as they do in every band the aligner makes
        inside = Band(np.maximum(middle - half, 0), np.minimum(middle + half + 1, m + 1))
        inside.low[0], inside.high[-1] = 0, m + 1
    path = best_path(table, inside, alone_s, alone_t)
    assert [x for bead in path for x in range(bead.i - bead.a, bead.i)] == list(range(n))
    assert [x for bead in path for x in range(bead.j - bead.b, bead.j)] == list(range(m))
    assert np.isclose(
        _total(path, table, alone_s, alone_t), _best(table, alone_s, alone_t, inside), atol=1e-4
    )
    assert all(bead.margin >= -1e-5 for bead in path)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(1, 9)), max_size=12))
def test_the_heaviest_chain(points: list[tuple[int, int, int]]) -> None:
    unique = sorted({i: (i, j, w) for i, j, w in points}.values())
    columns = [np.array(c) for c in zip(*unique, strict=True)] or [np.zeros(0, np.int64)] * 3
    weight = {(i, j): w for i, j, w in unique}
    found = chain(columns[0], columns[1], columns[2].astype(np.float32))
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))
    best: dict[int, int] = {}
    for k, (_, j, w) in enumerate(unique):
        best[k] = w + max((best[p] for p in range(k) if unique[p][1] < j), default=0)
    assert sum(weight[p] for p in found) == max(best.values(), default=0)


def _sides(n: int, m: int, seed: int, shared: int) -> tuple[Side, Side]:
    """Two sides of which the first ``shared`` sentences are the same."""
    random = np.random.default_rng(seed)
    left, right = (random.normal(size=(count, 24)).astype(np.float32) for count in (n, m))
    right[: min(shared, n, m)] = left[: min(shared, n, m)]
    out = []
    for matrix in (left, right):
        matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
        out.append(Side(["sentence"] * len(matrix), [Averaged(matrix, np.ones(len(matrix), np.float32))]))
    return out[0], out[1]


def test_a_band_holds_corners_and_rises() -> None:
    for n, m, shared in (
        (1, 1, 1),
        (700, 700, 700),
        (400, 900, 200),
        (900, 300, 0),
        (3000, 30, 10),
        (30, 3000, 30),
    ):
        inside = band(*_sides(n, m, 3, shared))
        assert len(inside.low) == len(inside.high) == n + 1
        assert inside.low[0] == 0
        assert inside.high[-1] == m + 1
        assert (np.diff(inside.low) >= 0).all()
        assert (np.diff(inside.high) >= 0).all()
        assert (inside.low < inside.high).all()
        assert (inside.low[1:] < inside.high[:-1]).all()  # a path can always step into the next row
        diagonal = np.arange(min(shared, n, m))
        assert ((inside.low[diagonal] <= diagonal) & (diagonal < inside.high[diagonal])).all()


def test_bands_grow_with_the_text_and_not_its_square() -> None:
    small, large = (band(*_sides(n, n, 1, n)).cells / n for n in (1000, 4000))
    assert large < 1.5 * small


def test_averaged_overlaps_are_centred_means() -> None:
    random = np.random.default_rng(0)
    single = random.normal(size=(50, 16)).astype(np.float32)
    single /= np.linalg.norm(single, axis=1, keepdims=True)
    channel = Averaged(single, np.ones(50, np.float32))
    rows = channel.rows(3, 0, 50)
    assert not rows[:2].any()
    assert np.allclose(np.linalg.norm(rows[2:], axis=1), 1, atol=1e-5)
    assert np.allclose(channel.rows(3, 10, 20), rows[10:20], atol=1e-6)
    assert (rows[5] @ single[3:6].T).min() > 0


def test_refined_overlaps_take_the_place_of_means() -> None:
    rng = np.random.default_rng(5)
    asked: list[list[str]] = []

    def encode(texts: list[str]) -> np.ndarray:
        asked.append(texts)
        return rng.normal(size=(len(texts), 16)).astype(np.float32)

    channel = Averaged(rng.normal(size=(9, 16)).astype(np.float32), np.ones(9, np.float32), None, encode)
    side = Side([f"s{i}" for i in range(9)], [channel], joint=" ")
    before = {size: side.rows(size, 0, 9) for size in (1, 2, 3)}
    side.refine({2: [3, 7], 3: [8]})
    assert asked == [["s2 s3", "s6 s7", "s6 s7 s8"]]
    changed = {size: np.flatnonzero((side.rows(size, 0, 9) != before[size]).any(axis=1)) for size in before}
    assert {size: rows.tolist() for size, rows in changed.items()} == {1: [], 2: [3, 7], 3: [8]}
    np.testing.assert_array_equal(side.rows(2, 2, 5), side.rows(2, 0, 9)[2:5])
    assert not side.rows(3, 0, 9)[:2].any()  # overlaps that would begin before the document


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 7), st.integers(1, 7), st.integers(0, 10_000), st.sampled_from([0.0, 0.5, 2.0]))
def test_rivals_are_the_merges_on_nearly_best_paths(n: int, m: int, seed: int, slack: float) -> None:
    table = Table(n, m, seed)
    random = np.random.default_rng(seed)
    alone_s, alone_t = random.normal(-0.5, 0.3, n), random.normal(-0.5, 0.3, m)
    cells = Band.full(n, m)
    moves = [(1, 0), (0, 1), *SHAPES]

    def worth(a: int, b: int, i: int, j: int) -> float:
        if b == 0:
            return float(alone_s[i - 1])
        return float(alone_t[j - 1]) if a == 0 else float(table.all[i, a - 1, b, j])

    forth, back = {(0, 0): 0.0}, {(n, m): 0.0}
    for i, j in list(product(range(n + 1), range(m + 1)))[1:]:
        forth[i, j] = max(
            forth[i - a, j - b] + worth(a, b, i, j) for a, b in moves if a <= i and b <= j and a + b
        )
    for i, j in list(product(range(n, -1, -1), range(m, -1, -1)))[1:]:
        back[i, j] = max(
            back[i + a, j + b] + worth(a, b, i + a, j + b) for a, b in moves if i + a <= n and j + b <= m
        )
    through = {
        (a, b, i, j): forth[i - a, j - b] + worth(a, b, i, j) + back[i, j]
        for a, b in SHAPES
        for i, j in product(range(a, n + 1), range(b, m + 1))
        if a + b > 2
    }
    found = rivals(table, cells, alone_s, alone_t, slack)
    least = forth[n, m] - slack
    assert found >= {bead for bead, value in through.items() if value > least + 1e-4}
    assert found <= {bead for bead, value in through.items() if value > least - 1e-4}
