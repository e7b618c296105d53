"""Alignment by time: offsets, drifts, missing cues, other cuts, and times that say nothing."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.align import align
from qa.align.cues import cue_links
from qa.model import Document, Link, Sentence

Times = list[tuple[float, float]]


def film(count: int, seed: int = 1) -> Times:
    rng = random.Random(seed)  # noqa: S311 (not for security)
    out, at = [], 20.0
    for _ in range(count):
        at += rng.expovariate(0.8) + (rng.random() < 0.06) * 8
        length = rng.uniform(0.9, 4.5)
        out.append((at, at + length))
        at += length
    return out


def document(times: Times, lang: str = "en") -> Document:
    sentences = tuple(Sentence(i, "x", 2 * i, 2 * i + 1, time=time) for i, time in enumerate(times))
    return Document("\n".join("x" for _ in times), lang, sentences)


def pairs(links: tuple[Link, ...] | None) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    assert links is not None
    return [(link.source, link.target) for link in links]


@pytest.mark.parametrize(("scale", "shift"), [(1, 0), (1, 7.3), (25 / 23.976, 0), (0.96, 12), (1.04, 35)])
@pytest.mark.parametrize("count", [30, 200])
def test_offset_and_drift_with_an_intro_and_cues_missing(count: int, scale: float, shift: float) -> None:
    times = film(count)
    rng = random.Random(2)  # noqa: S311
    # The target lacks the intro and every eleventh cue; nobody times a cue to the hundredth.
    kept = [n for n in range(count) if n >= 4 and n % 11]
    target = [tuple(x * scale + shift + rng.uniform(-0.15, 0.15) for x in times[n]) for n in kept]
    links = cue_links(document(times), document(target))
    expected = [((n,), (kept.index(n),)) if n in kept else ((n,), ()) for n in range(count)]
    assert pairs(links) == expected


@pytest.mark.parametrize("shift", [0.0, 7.31, -2.5])
def test_a_clip_of_a_few_cues_made_from_the_other(shift: float) -> None:
    times = film(6, seed=4)
    target = [(start + shift, end + shift) for start, end in times]
    assert pairs(cue_links(document(times), document(target))) == [((n,), (n,)) for n in range(6)]


def test_cues_that_were_joined_or_split_are_linked_together() -> None:
    times = film(60)
    target = [*times[:10], (times[10][0], times[11][1]), *times[12:20]]
    begin, end = times[20]
    target += [(begin, (begin + end) / 2), ((begin + end) / 2, end), *times[21:]]
    links = pairs(cue_links(document(times), document(target)))
    assert ((10, 11), (10,)) in links
    assert ((20,), (19, 20)) in links
    assert len(links) == 59


def test_more_time_in_common_is_a_higher_score() -> None:
    times = film(40)
    target = [*times[:20], (times[20][0], times[20][0] + (times[20][1] - times[20][0]) * 0.6), *times[21:]]
    links = cue_links(document(times), document(target))
    assert links is not None
    assert links[20].score < links[19].score
    assert all(0 <= link.score <= 1 for link in links)


def test_a_break_in_the_middle_of_one_side_is_left_to_the_texts() -> None:
    times = film(300)
    target = [*times[:150], *((start + 61.7, end + 61.7) for start, end in times[150:])]
    assert cue_links(document(times), document(target)) is None
    # Without the shift the same hole is only a hole.
    assert cue_links(document(times), document([*times[:100], *times[180:]])) is not None


@pytest.mark.parametrize("count", [5, 30, 300])
def test_times_of_another_film_say_nothing(count: int) -> None:
    assert cue_links(document(film(count, 1)), document(film(count, 2))) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda times: [],
        lambda times: times[::-1],
        lambda times: [(0.0, 10.0)] * len(times),
        lambda times: [(x + 200_000, y + 200_000) for x, y in times],
    ],
)
def test_times_that_are_none(spoil: Callable[[Times], Times]) -> None:
    times = film(500)
    assert cue_links(document(times), document(spoil(times))) is None
    assert cue_links(document(spoil(times)), document(times)) is None


def test_one_side_without_times() -> None:
    times = film(20)
    plain = Document("x", "fr", (Sentence(0, "x", 0, 1),))
    assert cue_links(document(times), plain) is None


TIMES = st.lists(st.tuples(st.floats(0, 500), st.floats(0, 5)), min_size=1, max_size=30).map(
    lambda found: sorted((start, start + length) for start, length in found)
)


@settings(deadline=None, max_examples=60)
@given(left=TIMES, right=TIMES, same=st.booleans())
def test_every_cue_is_in_exactly_one_link_and_order_is_kept(left: Times, right: Times, same: bool) -> None:
    right = left if same else right
    links = cue_links(document(left), document(right))
    if links is not None:
        assert [i for link in links for i in link.source] == list(range(len(left)))
        assert [j for link in links for j in link.target] == list(range(len(right)))


def test_align_goes_by_time_whatever_the_texts_say() -> None:
    times = film(40)
    found = align(document(times), document(times[3:], "fr"), accuracy="fast")
    assert pairs(found.links) == [((n,), (n - 3,) if n >= 3 else ()) for n in range(40)]
