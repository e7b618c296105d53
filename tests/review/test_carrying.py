"""Texts and places carried to segments cut anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa.align.slices import segments
from qa.model import Document, Edit, Link, Segment, Sentence, Span
from qa.review.carrying import Carrying, Old, Place


def made(texts: list[str], gaps: list[str]) -> Document:
    """A document of these sentences with these gaps between them."""
    sentences, at, text = [], 0, ""
    for n, item in enumerate(texts):
        sentences.append(Sentence(n, item, at, at + len(item)))
        text += item + (gaps[n] if n + 1 < len(texts) else "")
        at = len(text)
    return Document(text, "fr", tuple(sentences))


def links(draw: st.DrawFn, sources: int, targets: int) -> list[Link]:
    """Any links over so many sentences."""
    out, i, j = [], 0, 0
    while i < sources or j < targets:
        a, b = draw(st.integers(0, min(2, sources - i))), draw(st.integers(0, min(3, targets - j)))
        if not a and not b:
            a, b = (1, 0) if i < sources else (0, 1)
        out.append(Link(tuple(range(i, i + a)), tuple(range(j, j + b)), 0.5))
        i, j = i + a, j + b
    return out


@st.composite
def cases(draw: st.DrawFn) -> tuple[Document, Document, list[Old], list[Segment]]:
    words = st.sampled_from(["Un mot.", "Deux mots ici.", "Trois?", "Non", "«Oui»."])
    targets = draw(st.lists(words, min_size=1, max_size=5))
    gaps = draw(st.lists(st.sampled_from([" ", "\n\n", ""]), min_size=5, max_size=5))
    source = made(["а."] * draw(st.integers(1, 4)), [" "] * 4)
    target = made(targets, gaps)
    shape = links(draw, len(source.sentences), len(target.sentences))
    old = []
    for item in segments(source, target, shape):
        text = item.target
        edit = draw(st.sampled_from(["none", "none", "end", "start", "all", "empty", "middle"]))
        if edit == "end":
            text += " XY"
        elif edit == "start":
            text = "XY " + text
        elif edit == "all":
            text = "tout neuf"
        elif edit == "empty":
            text = ""
        elif edit == "middle":
            text = text.replace("mot", "XYZ").replace(".", " Q.")
        old.append(Old(item, text))
    new = segments(source, target, links(draw, len(source.sentences), len(target.sentences)))
    return source, target, old, list(new)


@given(cases())
def test_what_was_typed_is_neither_lost_nor_doubled_nor_reordered(
    case: tuple[Document, Document, list[Old], list[Segment]],
) -> None:
    source, target, old, new = case
    texts = Carrying(source, target, old, new, " ").texts
    before, after = ("".join("".join(some).split()) for some in ([item.text for item in old], texts))
    if all(item.segment.target_index for item in old):
        assert after == before
    # A text typed where the machine had left something out goes with its source, and may change places.
    assert sorted(after) == sorted(before)


@given(cases())
def test_untouched_machine_text_stays_the_slice_of_the_document(
    case: tuple[Document, Document, list[Old], list[Segment]],
) -> None:
    source, target, old, new = case
    plain = [Old(item.segment, item.segment.target) for item in old]
    assert Carrying(source, target, plain, new, " ").texts == tuple(item.target for item in new)


@given(cases(), st.data())
def test_a_place_that_is_found_has_the_text_it_had(
    case: tuple[Document, Document, list[Old], list[Segment]], data: st.DataObject
) -> None:
    source, target, old, new = case
    carrying = Carrying(source, target, old, new, " ")
    number = data.draw(st.integers(0, len(old) - 1))
    start = data.draw(st.integers(0, len(old[number].segment.target)))
    end = data.draw(st.integers(start, len(old[number].segment.target)))
    place = carrying.found_in_document(number, "target", Span(start, end))
    if place is not None:
        there = new[place.owner].target[place.span.start : place.span.end]
        assert there == old[number].segment.target[start:end]
    end = data.draw(st.integers(0, len(old[number].text)))
    start = data.draw(st.integers(0, end))
    place = carrying.found_in_text(number, Span(start, end))
    if place is not None:
        there = carrying.texts[place.owner][place.span.start : place.span.end]
        assert there == old[number].text[start:end]


SOURCE = made(["Раз.", "Два.", "Три."], [" ", " ", " "])
TARGET = made(["Un deux.", "Trois quatre.", "Cinq six."], [" ", "\n\n", " "])


def carried(old: list[Link], texts: list[str | None], new: list[Link]) -> Carrying:
    before = [
        Old(item, item.target if text is None else text)
        for item, text in zip(segments(SOURCE, TARGET, old), texts, strict=True)
    ]
    return Carrying(SOURCE, TARGET, before, segments(SOURCE, TARGET, new), " ")


ONE_BY_ONE = [Link((n,), (n,), 1) for n in range(3)]
WHOLE = [Link((0, 1, 2), (0, 1, 2), 1)]


def test_merging_joins_with_the_gaps_of_the_document() -> None:
    done = carried(ONE_BY_ONE, [None, "Quatre.", None], WHOLE)
    assert done.texts == ("Un deux. Quatre.\n\nCinq six.",)
    assert done.makers(0) == (0, 1, 2)


def test_splitting_cuts_where_the_border_still_reads_as_it_did() -> None:
    done = carried(WHOLE, ["UN deux. Trois quatre.\n\nCinq six sept."], ONE_BY_ONE)
    assert done.texts == ("UN deux.", "Trois quatre.", "Cinq six sept.")


def test_where_the_border_is_gone_the_first_has_all_of_it() -> None:
    done = carried(WHOLE, ["Un deux, et trois quatre.\n\nCinq six sept."], ONE_BY_ONE)
    assert done.texts == ("Un deux, et trois quatre.", "", "Cinq six sept.")
    assert done.makers(1) == (0,)
    assert carried(WHOLE, ["Tout autre"], ONE_BY_ONE).texts == ("Tout autre", "", "")


def test_what_was_typed_for_an_omission_goes_with_its_source() -> None:
    old = [Link((0,), (0,), 1), Link((1,), (), 1), Link((2,), (1, 2), 1)]
    typed = [None, "Ajouté.", None]
    assert carried(old, typed, WHOLE).texts == ("Un deux. Ajouté. Trois quatre.\n\nCinq six.",)
    new = [Link((0,), (0,), 1), Link((1,), (1,), 1), Link((2,), (2,), 1)]
    assert carried(old, typed, new).texts == ("Un deux.", "Ajouté. Trois quatre.", "Cinq six.")


def test_places_and_fixes_move_with_their_sentence() -> None:
    done = carried(WHOLE, [None], ONE_BY_ONE)
    trois = TARGET.text.index("Trois")
    assert done.found_in_document(0, "target", Span(trois, trois + 5)) == Place(1, Span(0, 5))
    assert done.found_in_document(0, "source", Span(5, 8)) == Place(1, Span(0, 3))
    assert done.found_in_document(0, "target", Span(3, trois + 5)) is None
    assert done.found_in_document(0, "target", Span(8, 9)) is None, "a gap that is cut"
    fix = [Edit(trois, trois + 5, "Quatre")]
    assert done.fix(0, fix, 1, in_text=False) == (Edit(0, 5, "Quatre"),)
    assert done.fix(0, fix, 0, in_text=False) == ()
    joined = carried(ONE_BY_ONE, [None, "Trois quatre et demi.", None], WHOLE)
    assert joined.found_in_document(1, "target", Span(0, 5)) == Place(0, Span(9, 14))
    assert joined.found_in_text(1, Span(16, 20)) == Place(0, Span(25, 29))
    assert joined.texts[0][25:29] == "demi"
