"""The alignment benchmark's own pieces: made documents are what they claim, peers find plain alignments."""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.align.repair import check
from qa.model import Link

SHARES = {
    "merged": 0.1,
    "split": 0.1,
    "shifted": 0.1,
    "swapped": 0.1,
    "dropped": 0.1,
    "inserted": 0.1,
    "noise": 0.1,
    "replaced": 0.1,
}


@pytest.fixture(scope="module", autouse=True)
def parts() -> Iterator[None]:
    folder = str(Path(__file__).parents[2] / "benchmarks")
    sys.path.insert(0, folder)
    yield
    sys.path.remove(folder)


def edits() -> ModuleType:
    from alignment import edits

    return edits


def body(size: int) -> list[tuple[str, str]]:
    return [
        (
            f"The {i}th house was old and rather small, but its garden was {i * 7 % 31} acres wide.",
            f"La {i}e maison était vieille et petite ; le jardin derrière mesurait {i * 7 % 31} acres.",
        )
        for i in range(size)
    ]


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 80), st.integers(0, 10_000), st.booleans())
def test_made_documents_hold_every_sentence_once(size: int, seed: int, block: bool) -> None:
    rng = random.Random(seed)  # noqa: S311 (not for security)
    case = edits().edit(body(size), body(9), ("en", "fr"), rng, SHARES, block, "made")
    check([Link(*pair, 1.0) for pair in case.gold], len(case.source), len(case.target))
    assert len(case.kinds) == len(case.gold)
    for (source, target), kind in zip(case.gold, case.kinds, strict=True):
        shape = sorted((len(source), len(target)))
        assert shape in {
            "plain": [[1, 1]],
            "merged": [[1, 2], [1, 3]],
            "split": [[1, 2]],
            "shifted": [[2, 2]],
            "swapped": [[2, 2]],
        }.get(kind, [[0, 1]])


def test_the_same_seed_makes_the_same_document() -> None:
    made = [
        edits().edit(body(60), body(9), ("en", "fr"), random.Random(3), SHARES, True, "made")  # noqa: S311
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert set(made[0].kinds) >= {"plain", "merged", "split", "missing"}


def test_texts_say_what_the_links_say() -> None:
    """A merged sentence holds its parts, a split one is all of its sentence, a swapped pair is exchanged."""
    pairs = body(200)
    rng = random.Random(5)  # noqa: S311 (not for security)
    case = edits().edit(pairs, body(9), ("en", "fr"), rng, {"merged": 0.2, "swapped": 0.2}, False, "made")
    translation = dict(pairs)
    assert {"merged", "swapped"} <= set(case.kinds)
    for (source, target), kind in zip(case.gold, case.kinds, strict=True):
        left = [case.source[i] for i in source]
        right = [case.target[j] for j in target]
        if kind == "swapped":
            assert [translation[text] for text in left] == right[::-1]
        elif kind == "merged" and len(right) == 1:
            assert " ".join(translation[text] for text in left) == right[0]


@pytest.mark.parametrize(
    ("text", "lang", "want"),
    [
        (
            "He had seen the house before, but nobody in the village believed him.",
            "en",
            ("He had seen the house before.", "But nobody in the village believed him."),
        ),
        (
            "他以前见过那座老房子，但是村里没有人相信他说的话。",
            "zh",
            ("他以前见过那座老房子。", "但是村里没有人相信他说的话。"),
        ),
        ("They spent 1,234,567 crowns on a bridge and nobody has crossed it.", "en", None),
        ("He said (as everybody in the town knew well, and had long known) that it was over.", "en", None),
        ("Short, very.", "en", None),
    ],
)
def test_where_a_sentence_is_cut(text: str, lang: str, want: tuple[str, str] | None) -> None:
    assert edits().halves(text, lang) == want


@pytest.mark.parametrize("peer", ["vecalign", "bertalign"])
def test_vector_peers_find_merges_and_gaps(peer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On noisy vectors that add up: every run of sentences has their sum. At the deletion's price of its
    paper Vecalign rather merges the sentence that has no counterpart into a neighbour."""
    from alignment.cases import Case
    from alignment.peers import bertalign, vecalign, vectors

    rng = np.random.default_rng(0)
    own = rng.normal(size=(40, 64))
    groups = (
        [[i] for i in range(10)] + [[10, 11]] + [[i] for i in range(12, 20)] + [[i] for i in range(21, 40)]
    )
    meant = np.array([own[group].sum(0) for group in groups])
    meant += 0.5 * rng.normal(size=meant.shape)

    def side(singles: np.ndarray) -> vectors.Overlaps:
        runs = []
        for size in range(1, vectors.MOST + 1):
            sums = np.zeros_like(singles)
            for i in range(size - 1, len(singles)):
                sums[i] = singles[i - size + 1 : i + 1].sum(0)
            runs.append(
                (sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)).astype(np.float32)
            )
        characters = [np.full(len(singles), 50.0 * size) for size in range(1, vectors.MOST + 1)]
        return vectors.Overlaps(runs, characters)

    monkeypatch.setattr(vectors, "of", lambda _: (side(own), side(meant)))
    case = Case("made", [""] * 40, [""] * len(meant), "en", "fr", [])
    found = {"vecalign": vecalign, "bertalign": bertalign}[peer].align(case)
    check([Link(*pair, 1.0) for pair in found], 40, len(meant))
    want = [(tuple(group), (j,)) for j, group in enumerate(groups)]
    assert ((10, 11), (10,)) in found
    assert len(set(want) & set(found)) >= len(want) - 1
    assert (((20,), ()) in found) == (peer == "bertalign")


def test_gale_church_on_lengths() -> None:
    from alignment.peers.gale_church import by_lengths

    source = ["a" * 40, "b" * 90, "c" * 20, "d" * 70]
    target = ["a" * 42, "b" * 44, "b" * 45, "c" * 19, "d" * 71]
    want = [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,)), ((3,), (4,))]
    assert by_lengths(source, target) == want


def test_a_ladder_is_read() -> None:
    from alignment.peers.hunalign import parse_ladder

    ladder = ["0\t0\t0.3", "1\t1\t1.2", "3\t2\t0.4", "3\t3\t-0.3", "4\t4\t1", ""]
    want = [((0,), (0,)), ((1, 2), (1,)), ((), (2,)), ((3,), (3,)), ((4,), ())]
    assert parse_ladder(ladder, 5, 4) == want


def test_the_search_that_is_scaled_finds_the_links() -> None:
    from alignment import scaling

    rng = np.random.default_rng(1)
    gold = scaling.links(300, rng)
    sides = [scaling.vectors(gold, width, rng) for width in scaling.WIDTHS]
    lengths = tuple(np.full(len(side), 60.0) for side in sides[0])
    lengths[1][[target[0] for source, target in gold if target and len(source) > 1]] *= 2
    found = scaling.search_found(
        tuple(one for one, _ in sides), tuple(other for _, other in sides), (lengths[0], lengths[1])
    )
    assert len(set(found) & set(gold)) / len(gold) > 0.95
