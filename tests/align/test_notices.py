"""What a person is told about two documents, and what not."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.align.notices import Kind, notices, verdicts
from qa.align.runs import runs
from qa.model import Document, Link, Sentence


def document(texts: Sequence[str], lang: str) -> Document:
    sentences, at = [], 0
    for index, text in enumerate(texts):
        sentences.append(Sentence(index, text, at, at + len(text)))
        at += len(text) + 1
    return Document("\n".join(texts), lang, tuple(sentences))


class Affinities:
    """Rewards that know the affinity of links by their first source sentence; .5 where nothing is said."""

    def __init__(self, low: dict[int, float]) -> None:
        self._low = low

    def affinity(self, a: int, b: int, i: int, j: int) -> float:
        return self._low.get(i - a, 0.5)


def english(count: int) -> list[str]:
    return [f"Number {n} of the many lines of this text." for n in range(1, count + 1)]


def french(count: int) -> list[str]:
    return [f"Ligne {n} parmi toutes celles de ce texte." for n in range(1, count + 1)]


def pairs(count: int, left: int = 0, right: int = 0) -> list[Link]:
    return [Link((left + n,), (right + n,), 0.95) for n in range(count)]


def left_alone(first: int, stop: int) -> list[Link]:
    return [Link((n,), (), 0.9) for n in range(first, stop)]


def said(n: int, m: int, links: Sequence[Link], low: dict[int, float] | None = None) -> list[tuple[str, str]]:
    source, target = document(english(n), "en"), document(french(m), "fr")
    rewards = None if low is None else Affinities(low)
    found = verdicts(source, target, links, rewards)  # type: ignore[arg-type]
    return [(verdict.kind.value, verdict.text) for verdict in found]


@pytest.mark.parametrize("low", [None, {}])
def test_nothing_is_said_of_sound_documents(low: dict[int, float] | None) -> None:
    assert said(60, 60, pairs(60), low) == []
    # four left out in a row, six here and there, joined sentences
    links = [*pairs(20), *left_alone(20, 24), *pairs(36, 24, 20)]
    assert said(60, 56, links, low) == []
    scattered = [Link((n,), () if n % 10 == 5 else (n - (n + 4) // 10,), 0.9) for n in range(60)]
    assert said(60, 54, scattered, low) == []
    joined = [Link((2 * n, 2 * n + 1), (n,), 0.9) for n in range(30)]
    assert said(60, 30, joined, low) == []


def test_a_free_translation_is_not_unrelated() -> None:
    assert said(40, 40, pairs(40), dict.fromkeys(range(40), 0.16)) == []


def test_the_target_ends_early() -> None:
    assert said(60, 40, [*pairs(40), *left_alone(40, 60)], {}) == [
        (
            "ends-early",
            "the target ends early: source sentences 41 to 60 have no counterpart "
            "(«Number 41 of the many lines…» to «Number 60 of the many lines…»)",
        )
    ]


def test_the_source_ends_early_though_its_end_swallowed_some() -> None:
    links = [
        *pairs(40),
        Link((40,), (40, 41, 42, 43, 44), 0.4),
        *(Link((), (n,), 0.9) for n in range(45, 60)),
    ]
    ((kind, text),) = said(41, 60, links, {40: 0.25})
    assert kind == "ends-early"
    assert "the source ends early: target sentences 41 to 60 have no counterpart" in text


def test_the_target_begins_late() -> None:
    ((kind, text),) = said(60, 40, [*left_alone(0, 20), *pairs(40, 20, 0)], None)
    assert (kind, "source sentences 1 to 20 have no counterpart" in text) == ("begins-late", True)


def test_a_missing_chapter_though_two_strangers_were_linked() -> None:
    links = [*pairs(20), *left_alone(20, 26), *pairs(2, 26, 20), *left_alone(28, 36), *pairs(24, 36, 22)]
    ((kind, text),) = said(60, 46, links, {26: -0.05, 27: 0.02})
    assert kind == "gap"
    assert text.startswith(
        "source sentences 21 to 36 have no counterpart in the target: a part of the target"
    )


def test_a_replaced_chapter_is_one_verdict() -> None:
    ((kind, text),) = said(60, 60, pairs(60), dict.fromkeys(range(20, 35), -0.05))
    assert kind == "replaced"
    assert "source sentences 21 to 35 and target sentences 21 to 35 do not look like translations" in text


def test_unrelated_texts_are_told_so_and_nothing_else() -> None:
    links = [*pairs(30), *left_alone(30, 40), *(Link((), (n,), 0.5) for n in range(30, 40))]
    assert [kind for kind, _ in said(40, 40, links, dict.fromkeys(range(30), -0.03))] == ["unrelated"]


def test_a_tenth_of_a_book_is_related_to_it() -> None:
    assert [kind for kind, _ in said(100, 10, [*pairs(10), *left_alone(10, 100)], {})] == ["ends-early"]


def test_a_headline_alone_is_not_called_unrelated() -> None:
    assert [kind for kind, _ in said(12, 1, [*pairs(1), *left_alone(1, 12)], {0: -0.1})] != ["unrelated"]


def test_a_third_of_a_short_text_is_a_long_run() -> None:
    assert [kind for kind, _ in said(12, 8, [*pairs(8), *left_alone(8, 12)], {})] == ["ends-early"]
    assert said(12, 10, [*pairs(10), *left_alone(10, 12)], {}) == []


def test_a_summary() -> None:
    links = [Link(tuple(range(5 * n, 5 * n + 5)), (n,), 0.3) for n in range(12)]
    ((kind, text),) = said(60, 12, links, dict.fromkeys(range(60), 0.25))
    assert (kind, text) == (
        "length",
        "the source is 5 times as long as the target: the target may be incomplete or a summary",
    )


def test_a_short_pair_may_be_as_uneven_as_it_likes() -> None:
    found = notices(document(["你好世界。"], "zh"), document(["Hello, world."], "en"), pairs(1), None)
    assert found == ()


def test_the_same_text_twice() -> None:
    one = document(english(40), "en")
    (verdict,) = verdicts(one, document([*english(39), "Et la fin."], "fr"), pairs(40), None)
    assert verdict.kind is Kind.SAME
    assert "both texts look like English" in verdict.text
    assert "\n" not in verdict.text


def test_names_and_numbers_alone_are_not_the_same_text() -> None:
    texts = [f"{n}." for n in range(40)]
    left, right = document([*texts, "The end."], "en"), document([*texts, "Fin."], "fr")
    assert verdicts(left, right, pairs(41), None) == ()


def test_swapped_documents_are_told_beside_what_is_missing() -> None:
    source, target = document(french(60), "en"), document(english(40), "fr")
    found = verdicts(source, target, [*pairs(40), *left_alone(40, 60)], None)
    assert [verdict.kind for verdict in found] == [Kind.SWAPPED, Kind.ENDS_EARLY]


def test_without_vectors_low_confidence_is_all_that_is_said() -> None:
    links = [Link(link.source, link.target, 0.6) for link in pairs(60)]
    assert [kind for kind, _ in said(60, 60, links)] == ["doubtful"]
    assert said(60, 60, links, {}) == []
    source, target = document(english(60), "en"), document(french(60), "fr")
    assert notices(source, target, links, None, calibrated=False) == ()
    assert said(10, 10, links[:10]) == []


def test_no_more_than_three_gaps_are_told_of() -> None:
    links: list[Link] = []
    for part in range(5):
        begin = part * 40
        links += [*pairs(28, begin, part * 28), *left_alone(begin + 28, begin + 40)]
    links += pairs(20, 200, 140)
    assert [kind for kind, _ in said(220, 160, links, {})] == ["gap"] * 3


SHAPES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.floats(-0.2, 0.8)), max_size=40)


@given(SHAPES)
def test_runs_do_not_overlap_and_stay_within_the_document(shapes: list[tuple[int, int, float]]) -> None:
    links, affinities = list[Link](), list[float | None]()
    i = j = 0
    for a, b, affinity in shapes:
        if a or b:
            links.append(Link(tuple(range(i, i + a)), tuple(range(j, j + b)), 0.5))
            affinities.append(affinity if a and b else None)
            i, j = i + a, j + b
    found = runs(links, affinities, "source", ([10] * i, [10] * j))
    edges = [edge for run in found for edge in (run.first, run.last)]
    assert edges == sorted(edges)
    assert all(0 <= edge < i for edge in edges)
    assert all(one.last < other.first for one, other in itertools.pairwise(found))
