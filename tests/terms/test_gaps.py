"""Places where an English sentence lacks a noun."""

from __future__ import annotations

import pytest

from qa.terms.gaps import gaps, tokenised

LACKING = [
    "He moved from London to a house in in the north.",
    "The police found that had passed the border.",
    "They celebrated it long before was born.",
    "Owns an apartment in the centre and another one.",
    'It was said by a "friend" of the house," said , who was there.',
    "Led the company until 1952.",
    "It came from an -positive person.",
    "Goods go from to the coast.",
    '"It will be approved," says .',
    "Psychologist, who has many readers, spoke about it.",
]
WHOLE = [
    'He said "no" and "yes" on the same day, and "maybe" later.',
    "I believe that is right.",
    "Armed with this, the men went home.",
    "The house he lived in was sold.",
    "The Egyptian President is not there.",
    "Asked about it, he said nothing.",
    "It happened before the war was over.",
    "pre- and post-war houses were sold.",
]


@pytest.mark.parametrize("text", LACKING)
def test_a_noun_is_missed(text: str) -> None:
    assert gaps(text, "en")


@pytest.mark.parametrize("text", WHOLE)
def test_a_whole_sentence_has_no_gap(text: str) -> None:
    assert gaps(text, "en") == []


def test_other_languages_are_left_alone() -> None:
    assert gaps("Er wohnt in .", "de") == []


def test_texts_with_stops_set_apart_are_told_by_their_number() -> None:
    apart = ["This is it .", "And this .", "So is that .", "All of it ."]
    assert tokenised(apart)
    assert not tokenised([text.replace(" .", ".") for text in apart])
    assert not tokenised(apart[:2])
